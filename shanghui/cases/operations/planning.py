"""Making a plan of joint branches, moving chambers by hand, accepting a group as a case (M07)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction
from django_tasks import task

from shanghui.access.audit import Journal, note
from shanghui.access.models import Unit, User
from shanghui.cases.file import file_of
from shanghui.cases.joint import (
    as_group,
    candidates,
    changes_since,
    groups_of,
    is_located,
    plannable,
    problem_of,
    rearranged,
)
from shanghui.cases.models import Case, JointPlan, Near, PlanState, PlanUnit
from shanghui.cases.operations.contents import design, list_at_hand
from shanghui.cases.operations.steps import open_case
from shanghui.cases.proposals import name_for
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Form, OrganizationKind
from shanghui.planning.problem import faults_of
from shanghui.planning.solve import Progress, solve

log = logging.getLogger(__name__)
AT_ONCE = 60
"""So many chambers are planned while one waits; more go to the background."""


@transaction.atomic
def begin_plan(
    *, office: Unit, as_at: date, near: Near, near_industry: Near, seconds: int, by: User | None, at: datetime
) -> JointPlan:
    """A plan with what the ledger knows of each uncovered chamber on the day; nothing is computed yet. Raises Refused when no
    chamber can be planned for, naming why."""
    found = candidates(office, as_at)
    if not found:
        raise Refused("这一天范围内的商会都有党组织，没有要规划的。")
    if not any(one.why_not == "" for one in found):
        raise Refused("没有可以联合组建的商会：" + "；".join(f"{one.chamber.unit.name}——{one.why_not}" for one in found[:6]) + "。")
    plan = JointPlan.objects.create(
        office=office, as_at=as_at, made_at=at, made_by=by, near=near, near_industry=near_industry, seconds=seconds
    )
    PlanUnit.objects.bulk_create([
        PlanUnit(
            plan=plan, chamber=one.chamber, full=one.full, industry=one.industry, region=one.region, x=one.x, y=one.y, why=one.why_not
        )
        for one in found
    ])
    note(by=by, at=at, verb="规划联合支部", subject=plan, unit=office)
    return plan


def plan_now(pk: int) -> None:
    """Computes a plan that waits; progress and the wish to stop are read and written between the pieces of work. A fault of ours
    leaves it «failed» with a sentence."""
    plan = JointPlan.objects.filter(pk=pk, state=PlanState.WAITING).select_related("office").first()
    if plan is None:
        return
    JointPlan.objects.filter(pk=pk).update(state=PlanState.SOLVING)
    everyone = list(plan.units.all())
    units = [one for one in everyone if not one.why]
    try:
        found = solve(problem_of(plan, units, is_located(everyone)), plan.seconds, progress=_told(pk), should_stop=_stopped(pk))
    except Exception:
        log.exception("plan %s could not be computed", pk)
        JointPlan.objects.filter(pk=pk).update(state=PlanState.FAILED, message="计算时出了意外。请再算一次；还不行，请交给技术人员查看。")
        return
    by_chamber = {one.chamber_id: one for one in units}
    for number, group in enumerate(found.groups, start=1):
        for chamber in group.units:
            by_chamber[int(chamber)].group, by_chamber[int(chamber)].lead = number, chamber == group.lead
    for left in found.uncovered:
        by_chamber[int(left.id)].why = left.why[:300]
    with transaction.atomic():
        PlanUnit.objects.bulk_update(units, ["group", "lead", "why"], batch_size=1000)
        JointPlan.objects.filter(pk=pk).update(
            state=PlanState.READY, cost=found.cost, bound=found.bound, optimal=found.optimal, elapsed=found.seconds
        )


@task()
def plan_later(pk: int) -> None:
    """`plan_now` by the worker."""
    plan_now(pk)


def _told(pk: int) -> Callable[[Progress], None]:
    def tell(now: Progress) -> None:
        JointPlan.objects.filter(pk=pk).update(cost=now.cost, bound=now.bound, elapsed=now.seconds)

    return tell


def _stopped(pk: int) -> Callable[[], bool]:
    return lambda: JointPlan.objects.filter(pk=pk, stop_asked=True).exists()


def stop_plan(*, plan: JointPlan) -> None:
    """Asks a plan that is being computed to stop: the best found so far is kept."""
    JointPlan.objects.filter(pk=plan.pk, state__in=(PlanState.WAITING, PlanState.SOLVING)).update(stop_asked=True)


@transaction.atomic
def move_unit(*, unit: PlanUnit, group: int | None, by: User | None, at: datetime) -> None:
    """Puts a chamber into another group, a new one (0), or none (None). What that costs is shown, not refused; a group that is
    not lawful cannot be accepted. Raises Refused for one that is accepted."""
    plan = JointPlan.objects.select_for_update().get(pk=unit.plan_id)
    units = list(plan.units.select_related("chamber__unit"))
    groups = groups_of(units)
    if unit.case_id is not None or (group and any(one.case_id for one in groups.get(group, ()))):
        raise Refused("这一组已经立项，不能再调整。要改，请先撤回那件事项。")
    if group and group not in groups:
        raise Refused("没有这一组。请刷新后再试。")
    if unit not in plannable(units):
        raise Refused(f"“{unit.chamber.unit.name}”{unit.why or '不能联合组建'}。")
    journal = Journal(by=by, at=at, verb="手工调整规划")
    places = rearranged(units, unit, group)
    for one in units:
        place = places.get(one.pk)
        if place is not None:
            journal.change(one, group=place[0], lead=place[1], why="手工移出" if place[0] is None else "")
    journal.change(plan, edited=True)
    journal.close(plan, plan.office)


@transaction.atomic
def lead_by(*, unit: PlanUnit, by: User | None, at: datetime) -> None:
    """Another chamber of its group takes the lead. Raises Refused for one that stands in no group or is accepted."""
    if unit.group is None or unit.case_id is not None:
        raise Refused("不在可以调整的组里。")
    journal = Journal(by=by, at=at, verb="改牵头商会")
    for one in PlanUnit.objects.filter(plan=unit.plan_id, group=unit.group):
        journal.change(one, lead=one.pk == unit.pk)
    journal.change(unit.plan, edited=True)
    journal.close(unit.plan, unit.plan.office)


@transaction.atomic
def accept_group(*, plan: JointPlan, group: int, on: date, today: date, by: User | None, at: datetime) -> Case:
    """Turns a group into a case of establishment from `on`, with its chambers and their members as the ledger has them today. Raises
    Refused when the group is not lawful, is accepted already, or what it rests on has changed by today, saying what."""
    JointPlan.objects.select_for_update().get(pk=plan.pk)
    units = list(PlanUnit.objects.filter(plan=plan).select_related("chamber__unit"))
    members = groups_of(units).get(group, [])
    if not members:
        raise Refused("没有这一组。请刷新后再试。")
    if any(one.case_id for one in members):
        raise Refused("这一组已经立项。请在规划那一页点“已立项，去办理”。")
    _refuse_changed(plan, members, today)
    problem = problem_of(plan, plannable(units), is_located(units))
    faults = faults_of(problem, as_group(members))
    if faults:
        raise Refused(f"这一组不能联合组建：{'；'.join(faults)}。请调整后再立项。")
    case = open_case(kind="establishment", office=plan.office, on=on, by=by, at=at, chambers=[one.chamber for one in members])
    form = _form(members)
    design(
        case=case, by=by, at=at, form=form, upper=getattr(getattr(plan.office, "federation", None), "committee", None),
        name=name_for([one.chamber for one in members], form, OrganizationKind.BRANCH),
    )
    list_at_hand(file=file_of(case, today), by=by, at=at)
    journal = Journal(by=by, at=at, verb="按规划立项")
    for one in members:
        journal.change(one, case_id=case.pk)
    journal.close(plan, plan.office)
    return case


def _refuse_changed(plan: JointPlan, members: Sequence[PlanUnit], today: date) -> None:
    changed = changes_since(plan, list(members), today)
    own = [changed[one.chamber_id] for one in members if one.chamber_id in changed]
    if own:
        raise Refused(f"规划以后情况变了：{'；'.join(own)}。请重新规划，或者把它移出这一组。")


def _form(members: Sequence[PlanUnit]) -> Form:
    """One industry: 行业联建; one town or county: 区域共建; else 联合组建."""
    industries = {one.industry for one in members}
    return Form.INDUSTRY if len(industries) == 1 and "" not in industries else Form.JOINT

