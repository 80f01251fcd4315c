"""The page on which a meeting is recorded, its names, and what stands there afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType, Occasion
from shanghui.ledger.activities.queries import held_in_month, unfinished
from shanghui.ledger.activities.signing import turned_on
from shanghui.ledger.organizations.queries import matching_units, organizations
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.phone.due import Kind, left_this_month
from shanghui.web.phone.forms import ASPECTS
from shanghui.web.phone.meeting import Meeting
from shanghui.web.phone.people import as_shown, group_of
from shanghui.web.phone.sending import by_script, refused, sent

LISTED = 200
"""So many branches are listed to choose from; more are searched."""
UNFINISHED_DAYS = 14


@page(Act.ACTIVITY_CHANGE)
def record(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Records a meeting of one's branch; `?unit=` names another, `?activity=` one begun already."""
    meeting = _meeting(request, visit)
    if meeting is None:
        return _choose(request, visit)
    if request.method == "POST" and request.POST.get("do") != "roster" and meeting.form.is_valid():
        try:
            return sent(request, reverse("record-done", kwargs={"activity": meeting.write().pk}))
        except Refused as refusal:
            meeting.form.add_error("people" if "名单" in str(refusal) or "双方" in str(refusal) else None, str(refusal))
    return _answer(request, meeting)


def _answer(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page with what was typed; for the script only what is wrong."""
    looks_again = request.method != "POST" or request.POST.get("do") == "roster"
    if not looks_again and by_script(request):
        return refused(meeting.form)
    return show(request, "phone/record.html", meeting.visit, shown_of(meeting, looks_again), status=200 if looks_again else 422)


@page(Act.ACTIVITY_CHANGE, methods=("POST",))
def record_roster(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The names again, after another kind, day or host was chosen; what was tapped stays."""
    meeting = _meeting(request, visit)
    if meeting is None:
        return redirect("record")
    return show(request, "phone/people.html", visit, names_of(meeting))


@page(Act.ACTIVITY_CHANGE, methods=("POST",))
def record_sign_in(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Begins today's activity and opens its code; the record is written afterwards."""
    meeting = _meeting(request, visit)
    if meeting is None:
        return redirect("record")
    try:
        token = meeting.begin()
    except Refused as refusal:
        meeting.form.add_error(None, str(refusal))
        return show(request, "phone/record.html", visit, shown_of(meeting, False), status=422)
    return redirect("sign-wall", token=token)


@page(Act.ACTIVITY_CHANGE, methods=("GET",))
def record_done(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Where the meeting counted already, what is left this month."""
    row = found(Activity.objects.within(visit.scope_today()), activity)
    unit = _own_host(visit, row)
    counted = list(Occasion.objects.filter(activity=row, unit=unit).order_by("pk")) if unit else []
    context = {
        "row": row, "unit": unit, "hosts": [host.unit for host in row.hosts.select_related("unit").order_by("pk")], "counted": counted,
        "month": [(ActivityType(type).label, times) for type, times in held_in_month(unit.pk, row.held_on)] if unit else [],
        "left": left_this_month(visit, unit) if unit else [], "is_talk": row.type == ActivityType.TALK,
    }
    return show(request, "phone/done.html", visit, context)


def _own_host(visit: Visit, row: Activity) -> Unit | None:
    own = visit.scope_today(Act.ACTIVITY_CHANGE).units().filter(organization__isnull=False)
    return own.filter(pk__in=row.hosts.values("unit_id")).order_by("pk").first()


def _branches(visit: Visit) -> Any:
    rows: Any = organizations(visit.scope_today(Act.ACTIVITY_CHANGE), visit.today)
    return rows.filter(in_being=True).order_by("unit__name", "pk")


def _number(request: HttpRequest, name: str) -> int | None:
    written = request.POST.get(name) or request.GET.get(name, "")
    return int(written) if written.isdecimal() and len(written) < 16 else None


def _meeting(request: HttpRequest, visit: Visit) -> Meeting | None:
    """The meeting asked for; None where the branch is to be chosen first."""
    begun, asked = _number(request, "activity"), _number(request, "unit")
    if begun is not None:
        row = found(Activity.objects.within(visit.scope_today()), begun)
        unit = _own_host(visit, row)
        if unit is None:
            raise Http404
        return Meeting.of(request, visit, unit, row)
    if asked is not None:
        return Meeting.of(request, visit, found(_branches(visit), asked).unit, None)
    few = list(_branches(visit)[:2])
    return Meeting.of(request, visit, few[0].unit, None) if len(few) == 1 else None


def _choose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Which branch; those found by name where there are many."""
    text = request.GET.get("q", "").strip()[:60]
    rows = _branches(visit)
    if text:
        rows = rows.filter(matching_units(text))
    listed = list(rows[: LISTED + 1])
    context = {"branches": listed[:LISTED], "more": len(listed) > LISTED, "text": text, "searches": bool(text) or len(listed) > 12}
    return show(request, "phone/choose.html", visit, context)


def names_of(meeting: Meeting, type: str = "") -> dict[str, Any]:
    """What phone/people.html shows; `type`: had another kind been chosen."""
    names = meeting.names_for(type) if type else meeting.names
    states = [one.shown.value for one in names]
    talking = meeting.sent.getlist("talk") if meeting.sent else [str(one.pk) for one in names if one.stands]
    return {
        "form": meeting.form, "names": names, "was": as_shown(names), "is_talk": (type or meeting.type) == ActivityType.TALK,
        "talking": [(one, str(one.pk) in talking) for one in names],
        "count": {"expected": len(names), **{state: states.count(state) for state in ("present", "excused", "absent")}},
    }


GROUPS = (ActivityType.THEME_DAY, ActivityType.COMMITTEE_MEETING, ActivityType.TALK)
"""A kind of each group that expects other people."""


def spare_names(meeting: Meeting) -> list[dict[str, Any]]:
    """The names for the kinds of the other groups: the page has them at hand when another kind is chosen without network."""
    others = [one for one in GROUPS if group_of(one) != group_of(meeting.type)]
    return [names_of(meeting, one) | {"group": group_of(one)} for one in others]


def shown_of(meeting: Meeting, looks_again: bool) -> dict[str, Any]:
    """What phone/record.html shows. `looks_again`: nothing is wrong yet, so that nothing is marked."""
    visit, first = meeting.visit, meeting.visit.today - timedelta(days=UNFINISHED_DAYS)
    chosen, offered = meeting.type, [one.type for one in meeting.kinds]
    rest = [Kind(one) for one in ActivityType if one not in offered]
    return names_of(meeting) | {
        "unit": meeting.unit, "activity": meeting.activity, "key": meeting.key, "chosen": chosen, "others": meeting.others,
        "kinds": [(one, group_of(one.type)) for one in meeting.kinds], "rest": [(one, group_of(one.type)) for one in rest],
        "rest_open": chosen not in offered, "day": meeting.day, "begins": meeting.value("begins"), "place": meeting.value("place"),
        "value": {name: _text(meeting, name) for name in ("title", "minutes", "hours", "expected", "present")},
        "aspects": [(one, one.value in (meeting.value("aspects") or ())) for one in ASPECTS], "way": meeting.value("way"),
        "together": [(one, one in meeting.hosts) for one in meeting.others], "looks_again": looks_again,
        "unfinished": [] if meeting.activity else list(unfinished(meeting.unit.pk, first, visit.today)[:3]),
        "spare": [] if meeting.activity or meeting.sent is not None else spare_names(meeting),
        "signs": bool(turned_on([meeting.unit.pk], visit.today)) and meeting.day == visit.today,
    }


def _text(meeting: Meeting, name: str) -> Any:
    """What was typed, sound or not."""
    return meeting.form[name].value() if meeting.form.is_bound else meeting.form.initial.get(name)
