"""Accepting a group: it becomes a case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.joint import groups_of
from shanghui.cases.operations.planning import accept_group
from shanghui.web.cases.opening import FromForm
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.visits import Visit, page
from shanghui.web.planning.changes import address_of_plan
from shanghui.web.planning.views import plan_within


@page(Act.CASE_DECIDE)
def joint_plan_accept(request: HttpRequest, visit: Visit, plan: int, group: int) -> HttpResponse:
    """Turns a group into a case from a day; one that is accepted leads to its case, so that sending twice does no harm."""
    row = plan_within(visit, plan)
    members = groups_of(list(row.units.select_related("chamber__unit"))).get(group)
    if not members:
        raise Http404
    if members[0].case_id is not None:
        messages.info(request, f"第 {group} 组已经立项，就是这一件。")
        return redirect(reverse("case", kwargs={"case": members[0].case_id}))
    form = FromForm(request.POST or None, visit=visit, initial={"on": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        made = accept_group(plan=row, group=group, on=cleaned["on"], today=visit.today, by=visit.user, at=visit.now)
        return reverse("case", kwargs={"case": made.pk})

    names = "、".join(one.chamber.unit.name for one in members)
    return answer_question(
        request, visit, question=f"第 {group} 组立项组建联合党支部？", do=do, back=address_of_plan(row), verb="立项", form=form,
        consequences=[names, "立成一件“组建党组织”的事项，商会和在商会任职的党员一起带过去。"],
        done="已立项。方案和党员已经按台账填好，核对后往下办。",
    )
