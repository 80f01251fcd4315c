"""What cannot be told for want of a fact, rule by rule with its number and the way to enter it: never hundreds of rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shanghui.access.acts import Act
from shanghui.rules.standing import standing
from shanghui.rules.states import State
from shanghui.rules.verdicts import assess
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

TEMPLATES = {"term.organization": "party_organization"}
"""The template in which the missing fact has a column."""


@dataclass(frozen=True)
class Untold:
    """One rule: of how many units it cannot be told, whom for example, what is to be entered, and where."""

    title: str
    number: int
    names: str
    enter: str
    norm: str
    list_url: str = ""
    template_url: str = ""


def untold(visit: Visit) -> list[Untold]:
    """The rules that cannot tell, those with most units first. A fixed number of questions."""
    scope = visit.scope_today()
    checks: dict[Any, list[str]] = defaultdict(list)
    for one in standing(scope, visit.today):
        if one.stand.state is State.UNKNOWN:
            checks[one.check].append(one.stand.name)
    duties: dict[Any, set[str]] = defaultdict(set)
    for line in assess(scope, visit.today).lines:
        if line.unknown:
            duties[line.duty].add(line.roll.name)
    found = [_told(one, names, one.settled_by, visit) for one, names in checks.items()]
    found += [_told(one, sorted(names), one.missing, visit) for one, names in duties.items()]
    return sorted(found, key=lambda one: (-one.number, one.title))


def _told(rule: Any, names: Iterable[str], enter: str, visit: Visit) -> Untold:
    listed = list(Counter(names))
    kind = TEMPLATES.get(rule.code, "")
    return Untold(
        rule.title, len(listed), "、".join(listed[:3]) + ("等" if len(listed) > 3 else ""), enter, rule.norm,
        _list_of(rule.code),
        address("import-template", kind=kind) if kind and visit.may(Act.IMPORT) else "",
    )


def _list_of(code: str) -> str:
    """Where these units are listed."""
    if code == "term.organization":
        return address("organizations", "?term=none")
    return address("chambers") if code in ("term.chamber", "charter.items") else ""
