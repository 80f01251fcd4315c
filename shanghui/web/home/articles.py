"""Where a deadline comes from, in the version in force on the day. What nobody has compared with the official text yet
says so (待核实)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.rules.registry import Norm

REVISED_ON = date(2026, 5, 11)
"""From this day the revised 《发展党员工作细则》 is in force (made public by the General Office that day)."""


@dataclass(frozen=True)
class Article:
    """A regulation and what of it applies. `norm`: the code under which the rules show it, if any."""

    title: str
    text: str
    norm: str = ""


BUILD = Article("《支部工作条例》", "第四条、第五条")
OWN_PLAN = Article("本单位的打算", "")


def probation(day: date) -> Article:
    """The article on the end of probation in force on the day."""
    if day >= REVISED_ON:
        return Article("《发展党员工作细则》（2026）", "第三十一条：预备期一年，期满及时讨论")
    return Article("《发展党员工作细则》（2014）", "第三十二条：预备期满及时讨论（条号待核实）")


def of_norm(norm: Norm | None) -> Article | None:
    """The article of a rule's norm, with 待核实 where it was not read; none for a convention of the program."""
    return Article(norm.source, "", norm.code) if norm is not None else None
