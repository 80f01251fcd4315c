"""Which chambers could stand together in a joint branch, from the ledger; and what has changed since a plan was made (M07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from math import cos, radians

from django.db.models import Q

from shanghui.access.models import Axis, Link, Unit
from shanghui.access.scope import Scope
from shanghui.cases.counting import full_by_chamber
from shanghui.cases.models import CaseChamber, JointPlan, Near, PlanUnit, State
from shanghui.kernel.facts import holds_on
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.organizations.queries import live_coverages
from shanghui.planning.problem import Cost, Group, Problem, Rule, cost_of, from_chambers
from shanghui.planning.problem import Unit as Small
from shanghui.rules.registry import limit

COUNTY, TOWN = 6, 9
DEGREE, STANDARD = 111.2, 32.0
"""Kilometers in a degree; the latitude (the middle of the country) at which degrees of longitude are measured, so that one chamber
lies at one place in every plan."""
KILOMETERS = {Near.TOWN: 3, Near.COUNTY: 10, Near.CITY: 40}
"""What the steps of nearness are where every chamber has coordinates."""
SECTIONS = "ABCDEFGHIJKLMNOPQRST"
DIVISION = 2
"""Two digits of GB/T 4754 say the division (大类): that is one industry here."""


@dataclass(frozen=True)
class Candidate:
    """An uncovered chamber: its full members, industry (division), region code padded so that only what is known is shared."""

    chamber: Chamber
    full: int
    industry: str
    region: str
    case: str = ""
    x: float | None = None
    y: float | None = None

    @property
    def why_not(self) -> str:
        """Why it is not planned for; "" when it is."""
        if self.case:
            return f"已在办理：{self.case}"
        if self.full >= limit("ORG-01", "full_members"):
            return f"有正式党员{self.full}名，应当单独组建"
        return "" if self.full else "台账里没有在这里任职或者入会的正式党员，先派指导员"


def candidates(office: Unit, day: date) -> list[Candidate]:
    """The chambers below an office that no party organization covers on `day`, by name. Five questions."""
    scope = Scope(roots=(office.pk,), day=day)
    rows = list(
        Chamber.objects.filter(scope.condition("unit_id")).in_operation(day).select_related("unit")
        .exclude(pk__in=live_coverages(day).values("chamber_id")).order_by("unit__name", "pk")
    )
    counts, parents, busy = full_by_chamber(rows, day), _codes_above(rows, day), _cases(rows)
    return [
        Candidate(
            one, counts.get(one.pk, 0), one.industry_code.lstrip(SECTIONS)[:DIVISION], region_of(one, parents.get(one.pk, "")),
            busy.get(one.pk, ""), *flat(one),
        )
        for one in rows
    ]


def region_of(chamber: Chamber, above: str) -> str:
    """The region code for planning: nine digits where the town is known; else the county's six and something of its own, so that
    two such chambers share the county and no town. A chamber without a region stands where its federation does."""
    code = (chamber.region_code or above).ljust(TOWN, "0")
    return code[:TOWN] if code[COUNTY:TOWN] != "000" else f"{code[:COUNTY]}{chamber.pk:09d}"


def flat(chamber: Chamber) -> tuple[float | None, float | None]:
    """Kilometers east and north of a fixed point, on a plane good enough within a province; (None, None) without coordinates."""
    if chamber.longitude is None or chamber.latitude is None:
        return None, None
    north = float(chamber.latitude)
    return float(chamber.longitude) * DEGREE * cos(radians(STANDARD)), north * DEGREE


def _codes_above(rows: Sequence[Chamber], day: date) -> dict[int, str]:
    links = Link.objects.on(day).filter(axis=Axis.SUPERVISION, child_id__in=[one.pk for one in rows])
    return dict(links.values_list("child_id", "parent__code"))


def _cases(rows: Sequence[Chamber]) -> dict[int, str]:
    taken = CaseChamber.objects.filter(chamber_id__in=[one.pk for one in rows], case__state=State.OPEN, case__kind="establishment")
    return dict(taken.values_list("chamber_id", "case__title"))


def too_small(units: Sequence[PlanUnit]) -> list[PlanUnit]:
    """The chambers of a plan with one or two full members, those already accepted included."""
    most = limit("ORG-01", "full_members")
    return [one for one in units if 0 < one.full < most]


def is_located(units: Sequence[PlanUnit]) -> bool:
    """Whether every small chamber of a plan has coordinates: then kilometers count, else region codes (planning.problem). Ask it of
    all its chambers: what some of them become later does not change by which measure the plan was made."""
    small = too_small(units)
    return bool(small) and all(one.x is not None for one in small)


def rule_of(plan: JointPlan, located: bool) -> Rule:
    """The rule a plan is made by: five units, three full members, the nearness the office chose (ORG-01, ORG-03)."""
    most, least = limit("ORG-03", "units"), limit("ORG-01", "full_members")
    area, industry = Near(plan.near), Near(max(plan.near, plan.near_industry))
    if located:
        return Rule(most, least, r_area=10 * KILOMETERS[area], r_industry=10 * KILOMETERS[industry])
    return Rule(most, least, r_area=area, r_industry=industry)


def problem_of(plan: JointPlan, units: Sequence[PlanUnit], located: bool) -> Problem:
    """The problem of a plan for some of its chambers, from what was known when it was made; `located`: by which measure
    (`is_located`). A chamber whose industry is not known shares it with none."""
    small = [
        Small(one.chamber_id, one.full, one.industry or f"?{one.chamber_id}", one.region, *((one.x, one.y) if located else (None, None)))
        for one in units
    ]
    return from_chambers(small, plan.office.name, rule_of(plan, located))


def plannable(units: Sequence[PlanUnit]) -> list[PlanUnit]:
    """The chambers of a plan that can stand in a joint branch: those with one or two full members, not founded otherwise."""
    return [one for one in too_small(units) if one.case_id is None]


def groups_of(units: Sequence[PlanUnit]) -> dict[int, list[PlanUnit]]:
    """The groups by their number, the lead first."""
    found: dict[int, list[PlanUnit]] = {}
    for one in sorted(units, key=lambda unit: (unit.group or 0, not unit.lead, unit.pk)):
        if one.group is not None:
            found.setdefault(one.group, []).append(one)
    return found


def as_group(members: Sequence[PlanUnit]) -> Group:
    """A group in the words of planning."""
    return Group(members[0].chamber_id, tuple(one.chamber_id for one in members))


def rearranged(units: Sequence[PlanUnit], unit: PlanUnit, group: int | None) -> dict[int, tuple[int | None, bool]]:
    """{key of a chamber in the plan: (group, lead)} for those that change when one goes to another group, a new one (0) or none.
    Where the lead leaves, the next of its group takes over."""
    groups = groups_of(units)
    found: dict[int, tuple[int | None, bool]] = {}
    left = [one for one in groups.get(unit.group or 0, ()) if one.pk != unit.pk]
    if unit.lead and left:
        found[left[0].pk] = (left[0].group, True)
    found[unit.pk] = (max(groups, default=0) + 1 if group == 0 else group, group == 0)
    return found


def standing_cost(plan: JointPlan, units: Sequence[PlanUnit], places: Mapping[int, tuple[int | None, bool]] | None = None) -> Cost:
    """What the groups cost as they stand, those accepted included, or as they would stand with some chambers at other places
    (`rearranged`)."""
    small = too_small(units)
    shown = [copy(one) for one in small]
    for one in shown:
        one.group, one.lead = (places or {}).get(one.pk, (one.group, one.lead))
    return cost_of(problem_of(plan, small, is_located(units)), [as_group(members) for members in groups_of(shown).values()])


def changes_since(plan: JointPlan, units: Sequence[PlanUnit], day: date) -> dict[int, str]:
    """{chamber: what is different on `day` from what the plan rests on}; chambers newly uncovered too. Six questions."""
    now = {one.chamber.pk: one for one in candidates(plan.office, day)}
    covered = _covered_by([one.chamber_id for one in units], day)
    found = {}
    for unit in units:
        words = _difference(unit, now.get(unit.chamber_id), covered)
        if words and unit.case_id is None:
            found[unit.chamber_id] = f"“{unit.chamber.unit.name}”{words}"
    known = {unit.chamber_id for unit in units}
    return found | {pk: f"“{one.chamber.unit.name}”是后来没有覆盖的，不在规划里" for pk, one in now.items() if pk not in known}


def _covered_by(chambers: Sequence[int], day: date) -> Mapping[int, str]:
    rows = live_coverages(day).filter(Q(chamber_id__in=chambers), holds_on(day))
    return dict(rows.values_list("chamber_id", "organization__unit__name"))


def _difference(unit: PlanUnit, now: Candidate | None, covered: Mapping[int, str]) -> str:
    if unit.chamber_id in covered:
        return f"已由“{covered[unit.chamber_id]}”覆盖"
    if now is None:
        return "已不在运行的商会里"
    if now.case:
        return f"已另行办理：{now.case}"
    if now.full != unit.full:
        return f"的正式党员由{unit.full}名变为{now.full}名"
    if (now.industry, now.region, now.x, now.y) != (unit.industry, unit.region, unit.x, unit.y):
        return "的行业或者所在地改了"
    return ""
