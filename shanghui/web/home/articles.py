"""Where a deadline comes from, in the version in force on the day. What nobody has compared with the official text yet
says so (待核实)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

REVISED_ON = date(2026, 5, 11)
"""From this day the revised 《发展党员工作细则》 is in force (made public by the General Office that day)."""


@dataclass(frozen=True)
class Article:
    """A regulation and what of it applies."""

    title: str
    text: str


BRANCH_TERM = Article("《支部工作条例》", "第二十一条：任期三年，上级提前6个月提醒")
COMMITTEE_TERM = Article("《关于党的基层组织任期的意见》", "：基层党委任期一般五年")
CHAMBER_TERM = Article("商会章程", "的任期规定")
BUILD = Article("《支部工作条例》", "第四条、第五条")
OWN_PLAN = Article("本单位的打算", "")


def probation(day: date) -> Article:
    """The article on the end of probation in force on the day."""
    if day >= REVISED_ON:
        return Article("《发展党员工作细则》（2026）", "第三十一条：预备期一年，期满及时讨论")
    return Article("《发展党员工作细则》（2014）", "第三十二条：预备期满及时讨论（条号待核实）")
