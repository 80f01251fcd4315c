"""Making a plan, stopping it, moving a chamber by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.joint import groups_of, plannable, rearranged, standing_cost
from shanghui.cases.models import JointPlan, Near, PlanUnit
from shanghui.cases.operations.planning import (
    AT_ONCE,
    begin_plan,
    lead_by,
    move_unit,
    plan_later,
    plan_now,
    stop_plan,
)
from shanghui.kernel.refusals import Refused
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import Option, PickField
from shanghui.web.kit.forms import Form
from shanghui.web.kit.units import federation_options
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.planning.views import plan_within

SECONDS = ((10, "10 秒"), (60, "1 分钟"), (300, "5 分钟"))
NEW, OUT = "new", "out"


class PlanForm(Form):
    """For which office, how near, how long."""

    near = forms.TypedChoiceField(
        label="地域相邻", choices=Near.choices, coerce=int, widget=forms.RadioSelect,
        help_text="按区划代码；没有登记所在地的商会，按所属工商联算。要规划的商会都有坐标时，改按公里：3、10、40",
    )
    near_industry = forms.TypedChoiceField(
        label="行业相近的，可以远到", choices=Near.choices, coerce=int, widget=forms.RadioSelect, help_text="同一国民经济行业大类"
    )
    seconds = forms.TypedChoiceField(
        label="最多算多久", choices=SECONDS, coerce=int, widget=forms.RadioSelect, help_text="算出最优就停；时间到了，给出最好的一个和它离最优最多差多少"
    )

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"] = PickField(label="工商联", options=federation_options(visit), help_text="规划它和它下面没有党组织的商会；写名称、代码或拼音")
        self.order_fields(["office", "near", "near_industry", "seconds"])


class MoveForm(Form):
    """Where a chamber goes."""

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"] = forms.ChoiceField(
            label="移到", choices=choices, widget=forms.RadioSelect, error_messages={"required": "请选移到哪里。"}
        )


def address_of_plan(plan: JointPlan) -> str:
    return reverse("joint-plan", kwargs={"plan": plan.pk})


@page(Act.CASE_DECIDE)
def joint_plan_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Plans for the uncovered chambers of an office as they are today."""
    offices = federation_options(visit)
    initial = {"near": Near.COUNTY, "near_industry": Near.CITY, "seconds": 10, "office": offices[0].value if offices else None}
    initial |= _named(offices, request.GET.get("office", "")) | _as_before(visit, request.GET.get("like", ""))
    form = PlanForm(request.POST or None, visit=visit, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        office = found(visit.scope_today().units(), cleaned["office"])
        plan = begin_plan(
            office=office, as_at=visit.today, near=Near(cleaned["near"]), near_industry=Near(cleaned["near_industry"]),
            seconds=cleaned["seconds"], by=visit.user, at=visit.now,
        )
        if plan.units.filter(why="").count() <= AT_ONCE:
            plan_now(plan.pk)
        else:
            plan_later.enqueue(plan.pk)
        return address_of_plan(plan)

    crumbs = (("办理事项", reverse("cases")), ("联合支部规划", reverse("joint-plans")), ("新规划", ""))
    return answer_form(
        request, visit, form, do=do, heading="规划联合支部", back=reverse("joint-plans"), verb="开始规划", crumbs=crumbs, done="",
        lead="把单独建不了的商会组成联合党支部：至多 5 个单位，正式党员合计 3 名以上，地域相邻或者行业相近，支部尽量少，尽量近。",
    )


def _named(offices: list[Option], written: str) -> dict[str, Any]:
    """The office looked at before (`?office=3`), where one may plan for it."""
    named = next((one.value for one in offices if str(one.value) == written), None)
    return {"office": named} if named else {}


def _as_before(visit: Visit, written: str) -> dict[str, Any]:
    """The settings of an earlier plan (`?like=7`), to plan again."""
    if not (written.isdecimal() and len(written) < 19):
        return {}
    earlier = plan_within(visit, int(written))
    return {"near": earlier.near, "near_industry": earlier.near_industry, "seconds": earlier.seconds, "office": earlier.office_id}


@page(Act.CASE_DECIDE, methods=("POST",))
def joint_plan_stop(request: HttpRequest, visit: Visit, plan: int) -> HttpResponse:
    """Stops the computing; the best found so far is kept."""
    row = plan_within(visit, plan)
    stop_plan(plan=row)
    messages.info(request, "已请它停下，保留目前最好的一个。")
    return redirect(address_of_plan(row))


def _unit(plan: JointPlan, pk: int) -> tuple[PlanUnit, list[PlanUnit]]:
    """A chamber of a plan with all of them; otherwise 404."""
    one = found(PlanUnit.objects.filter(plan=plan).select_related("chamber__unit", "plan__office"), pk)
    return one, list(plan.units.select_related("chamber__unit"))


@page(Act.CASE_DECIDE)
def joint_plan_move(request: HttpRequest, visit: Visit, plan: int, plan_unit: int) -> HttpResponse:
    """Where a chamber could go, each place with what it costs; then it goes there."""
    row = plan_within(visit, plan)
    one, units = _unit(row, plan_unit)
    form = MoveForm(request.POST or None, choices=_places(row, one, units))

    def do(cleaned: dict[str, Any]) -> str:
        to = cleaned["to"]
        move_unit(unit=one, group=None if to == OUT else 0 if to == NEW else int(to), by=visit.user, at=visit.now)
        return address_of_plan(row)

    crumbs = (("联合支部规划", reverse("joint-plans")), (row.office.name, address_of_plan(row)), ("移动", ""))
    return answer_form(
        request, visit, form, do=do, heading=f"移动“{one.chamber.unit.name}”", back=address_of_plan(row), verb="移动", crumbs=crumbs, done="已移动。",
        lead=f"正式党员 {one.full} 名。每个去处后面写着比现在差多少。",
    )


def _places(plan: JointPlan, one: PlanUnit, units: list[PlanUnit]) -> list[tuple[str, str]]:
    """Every place with the difference in words. Nothing is asked of the database."""
    now = standing_cost(plan, units)
    free, places = plannable(units), []
    for number, members in groups_of(free).items():
        if number != one.group:
            places.append((str(number), f"第 {number} 组（{members[0].chamber.unit.name}等 {len(members)} 家）"))
    if one.group is not None:
        places.append((OUT, "移出，不分组"))
    places.append((NEW, "自成一组，由它牵头"))
    return [(value, f"{words}：{_difference(plan, units, one, value, now)}") for value, words in places]


def _difference(plan: JointPlan, units: list[PlanUnit], one: PlanUnit, to: str, now: Any) -> str:
    group = None if to == OUT else 0 if to == NEW else int(to)
    then = standing_cost(plan, units, rearranged(units, one, group))
    parts = [
        (then.uncovered - now.uncovered, "未分组的商会"), (then.branches - now.branches, "支部"), (then.distance - now.distance, "路程"),
    ]
    words = "，".join(f"{word}{'多' if by > 0 else '少'} {abs(by)}" for by, word in parts if by)
    faults = len(then.faults) - len(now.faults)
    tail = f"；有不合规定的组：{then.faults[-1][1]}" if faults > 0 else ""
    return (words or "没有差别") + tail


@page(Act.CASE_DECIDE, methods=("POST",))
def joint_plan_lead(request: HttpRequest, visit: Visit, plan: int, plan_unit: int) -> HttpResponse:
    """Another chamber takes the lead of its group."""
    row = plan_within(visit, plan)
    one, _ = _unit(row, plan_unit)
    try:
        lead_by(unit=one, by=visit.user, at=visit.now)
        messages.success(request, f"改由“{one.chamber.unit.name}”牵头。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(address_of_plan(row))
