"""The plans, and one of them: groups on one side, chambers left over with the reason on the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.joint import (
    KILOMETERS,
    as_group,
    changes_since,
    groups_of,
    is_located,
    problem_of,
    standing_cost,
    too_small,
)
from shanghui.cases.models import JointPlan, Near, PlanState, PlanUnit, State
from shanghui.kernel.columns import Column
from shanghui.planning.problem import Problem, faults_of
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import workbook
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, found, page, show

GOING = (PlanState.WAITING, PlanState.SOLVING)
AWAY = {0: "同一乡镇、街道", 10: "同一县（市、区）", 30: "同一市"}


@dataclass(frozen=True)
class Member:
    """A chamber of a group: how far it lies from the lead, in words."""

    unit: PlanUnit
    away: str


@dataclass(frozen=True)
class Card:
    """A group as the page shows it. `faults`: why it is not lawful; `changed`: what is different from what it rests on."""

    number: int
    members: tuple[Member, ...]
    full: int
    faults: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def case(self) -> int | None:
        """The case it was turned into."""
        return self.members[0].unit.case_id

    @property
    def is_founded(self) -> bool:
        """Whether that case is carried out."""
        made = self.members[0].unit.case
        return made is not None and made.state == State.DONE

    @property
    def ready(self) -> bool:
        """Whether it can be accepted."""
        return self.case is None and not self.faults and not self.changed


def plan_within(visit: Visit, pk: int, act: Act | None = None) -> JointPlan:
    """A plan of an office within one's part of the tree for the act; otherwise 404."""
    return found(JointPlan.objects.within(visit.scope_today(act)).select_related("office", "made_by"), pk)


@page(Act.CASE_VIEW, methods=("GET",))
def joint_plans(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every plan within one's part of the tree, the newest first."""
    rows = JointPlan.objects.within(visit.scope_today()).select_related("office", "made_by").order_by("-made_at", "-pk")
    return show(request, "planning/plans.html", visit, {"page": paginate(rows, request, count=True), "may": visit.may(Act.CASE_DECIDE)})


@page(Act.CASE_VIEW, methods=("GET",))
def joint_plan(request: HttpRequest, visit: Visit, plan: int) -> HttpResponse:
    """One plan; while it is being computed, how far it is."""
    row = plan_within(visit, plan)
    if row.state in GOING:
        return show(request, "planning/going.html", visit, {"plan": row, "may": visit.may(Act.CASE_DECIDE)})
    units = list(row.units.select_related("chamber__unit", "case"))
    if request.GET.get("format") == "xlsx":
        return workbook(visit, f"{row.office.name}联合支部规划", _COLUMNS, units)
    changed = changes_since(row, units, visit.today) if row.state == PlanState.READY else {}
    located = is_located(units)
    shown = {
        "plan": row, "cards": _cards(row, units, changed, located), "left": [one for one in units if one.group is None], "near": _nearness(row.near, located),
        "near_industry": _nearness(max(row.near, row.near_industry), located), "located": located, "cost": standing_cost(row, units),
        "acts": history(row), "may_undo": False,
        "may": visit.may(Act.CASE_DECIDE), "changed": list(changed.values()), "total": len(units), "small": len(too_small(units)),
    }
    return show(request, "planning/plan.html", visit, shown)


@page(Act.CASE_VIEW, methods=("GET",))
def joint_plan_progress(request: HttpRequest, visit: Visit, plan: int) -> HttpResponse:
    """The part of the page that tells how far it is; once it is computed, the browser is sent to the plan."""
    row = plan_within(visit, plan)
    answer = show(request, "planning/progress.html", visit, {"plan": row})
    if row.state not in GOING:
        answer["HX-Redirect"] = reverse("joint-plan", kwargs={"plan": row.pk})
    return answer


def _cards(plan: JointPlan, units: Sequence[PlanUnit], changed: dict[int, str], located: bool) -> list[Card]:
    problem = problem_of(plan, [one for one in units if one.group is not None], located)
    return [_card(problem, number, members, changed) for number, members in groups_of(units).items()]


def _card(problem: Problem, number: int, members: Sequence[PlanUnit], changed: dict[int, str]) -> Card:
    lead = problem.by_id[members[0].chamber_id]
    shown = tuple(
        Member(one, "牵头" if place == 0 else _away(problem, problem.distance(lead, problem.by_id[one.chamber_id])))
        for place, one in enumerate(members)
    )
    faults = () if members[0].case_id else tuple(faults_of(problem, as_group(members)))
    return Card(
        number, shown, sum(one.full for one in members), faults, tuple(changed[one.chamber_id] for one in members if one.chamber_id in changed)
    )


def _away(problem: Problem, far: int) -> str:
    return f"相距 {far / 10:.1f} 公里" if problem.family == "geo" else AWAY.get(far, "不在同一市")


def _nearness(near: int, located: bool) -> str:
    return f"{KILOMETERS[Near(near)]} 公里以内" if located else Near(near).label


_COLUMNS = (
    Column("group", "组", lambda row: row.group, numeric=True, width=8),
    Column("chamber", "商会", lambda row: row.chamber.unit.name, width=36),
    Column("lead", "牵头", lambda row: "牵头" if row.lead else "", width=8),
    Column("full", "正式党员", lambda row: row.full, numeric=True, width=10),
    Column("industry", "行业", lambda row: row.industry, width=10),
    Column("case", "组建事项", lambda row: row.case.title if row.case else "", width=40),
    Column("why", "没有分组的原因", lambda row: row.why, width=50),
)
