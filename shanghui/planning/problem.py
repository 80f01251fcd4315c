"""What is planned (M07): small chambers, the rule a joint branch must keep, and the cost that is to be made small.

A joint branch has a lead and at most `max_units` chambers with at least `min_full` full members in all (Regulations on branches,
article 5: three full members; joint branches stay small), and is near: every chamber within `r_area` of the lead, or every
chamber of the lead's industry and within `r_industry` of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from shanghui.kernel.refusals import Refused

FAR = 10**9
"""The distance of two chambers that never stand together."""

Id = int | str


@dataclass(frozen=True)
class Unit:
    """A chamber without a branch. `code` is its region: four digits say the city, six the county, nine the town."""

    id: Id
    full: int
    industry: Id | None
    code: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Rule:
    """The rule and the weights. Distances are in 100 m (family geo) or 0, 10, 30 (family code)."""

    max_units: int = 5
    min_full: int = 3
    w_uncovered: int = 10000
    w_branch: int = 100
    r_area: int = 10
    r_industry: int = 30


GEO_RULE = Rule(r_area=100, r_industry=400)
CODE_RULE = Rule(r_area=10, r_industry=30)


@dataclass(frozen=True)
class Group:
    """A joint branch: its lead and its chambers, the lead first among them."""

    lead: Id
    units: tuple[Id, ...]


@dataclass(frozen=True)
class Problem:
    """Chambers and rule. Family geo measures with coordinates, family code with region codes."""

    name: str
    family: str
    rule: Rule
    units: tuple[Unit, ...]
    note: str = field(default="", compare=False)

    @cached_property
    def by_id(self) -> Mapping[Id, Unit]:
        """The chambers by their id."""
        return {unit.id: unit for unit in self.units}

    def distance(self, a: Unit, b: Unit) -> int:
        """Geo: rounded tenfold kilometers. Code: 0 one town, 10 one county, 30 one city, else FAR."""
        if self.family == "geo":
            return round(10 * math.hypot((a.x or 0) - (b.x or 0), (a.y or 0) - (b.y or 0)))
        if a.code == b.code:
            return 0
        return 10 if a.code[:6] == b.code[:6] else 30 if a.code[:4] == b.code[:4] else FAR


class BadProblem(Refused):
    """The input cannot be planned with; `problems` names each place and what to do."""

    def __init__(self, problems: Sequence[Mapping[str, str]]) -> None:
        super().__init__("\n".join(f"{one['place']}：{one['message']}" for one in problems))
        self.problems = list(problems)


def from_chambers(rows: Iterable[Unit], name: str = "联合支部规划", rule: Rule | None = None) -> Problem:
    """A problem of real chambers.

    Kilometers and steps of region codes cannot be added up, so one measure holds for all: coordinates (x, y in kilometers) when
    every chamber has them, else region codes, and the coordinates that are known stay unused; `note` says so.
    Raises BadProblem when an id comes twice or, measured by codes, a code is shorter than the city's four digits.
    """
    units = tuple(rows)
    located = sum(unit.x is not None and unit.y is not None for unit in units)
    family = "geo" if units and located == len(units) else "code"
    note = f"{located} 家有坐标、{len(units) - located} 家没有，远近一律按区划代码计算。" if family == "code" and located else ""
    problems = []
    seen: set[Id] = set()
    for unit in units:
        if unit.id in seen:
            problems.append({"place": f"商会 {unit.id}", "message": "出现了两次，请只保留一次。"})
        seen.add(unit.id)
        if unit.full < 0:
            problems.append({"place": f"商会 {unit.id}", "message": "正式党员人数不能是负数。"})
        if family == "code" and not (unit.code.isdigit() and len(unit.code) >= 4):
            problems.append({"place": f"商会 {unit.id}", "message": f"区划代码“{unit.code}”不足四位数字，看不出在哪个市，请先补登记。"})
    if problems:
        raise BadProblem(problems)
    return Problem(name, family, rule or (GEO_RULE if family == "geo" else CODE_RULE), units, note)


@dataclass(frozen=True)
class Cost:
    """What a plan costs, in its parts; `faults` has one sentence for each thing wrong, with the number of its group."""

    total: int
    uncovered: int
    branches: int
    distance: int
    faults: tuple[tuple[int, str], ...]

    def parts(self) -> dict[str, Any]:
        """As data."""
        return {"cost": self.total, "uncovered": self.uncovered, "branches": self.branches, "distance": self.distance,
                "faults": [{"group": place, "message": message} for place, message in self.faults]}


def faults_of(problem: Problem, group: Group) -> list[str]:
    """What is wrong with this group by itself, in Chinese; nothing when it is lawful."""
    rule, known = problem.rule, problem.by_id
    strangers = [unit for unit in (*group.units, group.lead) if unit not in known]
    if strangers:
        return [f"没有编号为 {'、'.join(map(str, dict.fromkeys(strangers)))} 的商会"]
    found = []
    if len(set(group.units)) != len(group.units):
        found.append("同一家商会在组内出现了两次")
    if group.lead not in group.units:
        found.append("牵头商会不在组内")
    if len(group.units) > rule.max_units:
        found.append(f"有 {len(group.units)} 家商会，最多 {rule.max_units} 家")
    units, lead = [known[unit] for unit in group.units], known[group.lead]
    full = sum(unit.full for unit in units)
    if full < rule.min_full:
        found.append(f"正式党员共 {full} 名，不足 {rule.min_full} 名")
    if not _near(problem, lead, units):
        found.append("既不都在牵头商会附近，也不是同一行业且相距不远")
    return found


def _near(problem: Problem, lead: Unit, units: Iterable[Unit]) -> bool:
    away = [(problem.distance(lead, unit), unit.industry == lead.industry) for unit in units]
    rule = problem.rule
    return all(far <= rule.r_area for far, _ in away) or all(same and far <= rule.r_industry for far, same in away)


def cost_of(problem: Problem, groups: Sequence[Group]) -> Cost:
    """What these groups cost, whether lawful or not: the parts, the sum, and every fault."""
    faults, seen, distance = [], set[Id](), 0
    for place, group in enumerate(groups):
        faults += [(place, message) for message in faults_of(problem, group)]
        again = [unit for unit in group.units if unit in seen]
        if again:
            faults.append((place, f"商会 {'、'.join(map(str, again))} 已经在别的组里"))
        seen |= {unit for unit in group.units if unit in problem.by_id}
        distance += _span(problem, group)
    rule, left = problem.rule, len(problem.units) - len(seen)
    total = rule.w_uncovered * left + rule.w_branch * len(groups) + distance
    return Cost(total, left, len(groups), distance, tuple(faults))


def _span(problem: Problem, group: Group) -> int:
    lead = problem.by_id.get(group.lead)
    units = [problem.by_id[unit] for unit in group.units if unit in problem.by_id]
    return sum(problem.distance(lead, unit) for unit in units) if lead else 0
