"""Recording a talk 谈心谈话: who, with whom, when. What was said is nobody's business (domain.md §1)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.activities.models import Activity, ActivityType, Presence
from shanghui.ledger.activities.operations import Parts, Roll, change_activity, record_activity
from shanghui.rules.findings import follow
from shanghui.web.activities.changes import changeable, host_options, own_unit, units_of
from shanghui.web.activities.forms import TalkForm
from shanghui.web.activities.people import circle_of
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.visits import Visit, page

TITLE = "谈心谈话"
LEAD = "只记谁、和谁、什么时候，不记谈了什么。"


def _values(cleaned: dict[str, Any]) -> dict[str, Any]:
    people = [cleaned["who"], *cleaned["with_whom"]]
    return {
        "held_on": cleaned["held_on"], "begins": cleaned["begins"], "chair_id": cleaned["who"],
        "parts": Parts(roster=[Roll(one, Presence.PRESENT) for one in people]),
    }


@page(Act.ACTIVITY_CHANGE)
def talk_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One talk that took place."""
    options = host_options(visit)
    initial = {"held_on": visit.today, "hosts": own_unit(request, visit, options)}
    form = TalkForm(request.POST or None, initial=initial, units=options, circle=circle_of(visit))

    def do(cleaned: dict[str, Any]) -> str:
        hosts = units_of(cleaned["hosts"])
        made = record_activity(
            type=ActivityType.TALK, title=TITLE, hosts=hosts, by=visit.user, at=visit.now, **_values(cleaned)
        )
        follow(hosts, visit.today)
        return reverse("activity", kwargs={"activity": made.pk})

    back = reverse("activities")
    crumbs = (("活动", back), ("记一次谈心谈话", ""))
    return answer_form(
        request, visit, form, do=do, heading="记一次谈心谈话", back=back, verb="登记", done="已登记。", lead=LEAD, crumbs=crumbs
    )


@page(Act.ACTIVITY_CHANGE)
def talk_change(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Other people, or another day."""
    row, own, others = changeable(visit, activity)
    if row.type != ActivityType.TALK:
        return redirect("activity-change", activity=row.pk)
    back = reverse("activity", kwargs={"activity": row.pk})
    form = TalkForm(
        request.POST or None, initial=_standing(row) | {"hosts": [unit.pk for unit in own]}, units=host_options(visit),
        circle=circle_of(visit), alone=not others,
    )

    def do(cleaned: dict[str, Any]) -> str:
        hosts = [*units_of(cleaned["hosts"]), *others]
        change_activity(activity=row, hosts=hosts, by=visit.user, at=visit.now, **_values(cleaned))
        follow([*own, *hosts], visit.today)
        return back

    crumbs = (("活动", reverse("activities")), (row.title, back), ("修改", ""))
    return answer_form(request, visit, form, do=do, heading="修改谈心谈话", back=back, lead=LEAD, crumbs=crumbs)


def _standing(row: Activity) -> dict[str, Any]:
    people = list(row.attendances.order_by("pk").values_list("person_id", flat=True))
    with_whom = [one for one in people if one != row.chair_id]
    return {"who": row.chair_id, "with_whom": with_whom, "held_on": row.held_on, "begins": row.begins}
