"""Where a deadline comes from, in the version in force on the day. What nobody has compared with the official text yet
says so (待核实)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.rules.registry import Norm, norm_on


@dataclass(frozen=True)
class Article:
    """A regulation and what of it applies. `norm`: the code under which the rules show it, if any."""

    title: str
    text: str
    norm: str = ""


OWN_PLAN = Article("本单位的打算", "")


def build(day: date) -> Article | None:
    """The articles on setting up a branch, alone or with others."""
    own, joint = norm_on("ORG-01", day), norm_on("ORG-03", day)
    if own is None or joint is None:
        return of_norm(own or joint)
    return Article(own.source, f"、{joint.article if joint.regulation == own.regulation else joint.source}", own.code)


def probation(day: date) -> Article | None:
    """The article on the end of probation in force on the day."""
    norm = norm_on("DEV-24", day)
    return Article(norm.source, "：期满及时讨论", norm.code) if norm is not None else None


def of_norm(norm: Norm | None) -> Article | None:
    """The article of a rule's norm, with 待核实 where it was not read; none for a convention of the program."""
    return Article(norm.source, "", norm.code) if norm is not None else None
