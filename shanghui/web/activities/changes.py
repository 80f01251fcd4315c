"""Recording, changing and removing an activity."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.access.queries import history_of
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.operations import change_activity, record_activity, remove_activity
from shanghui.ledger.activities.queries import held_same_days
from shanghui.rules.findings import follow
from shanghui.web.activities.agenda import standing
from shanghui.web.activities.items import beginning_for, item_asked
from shanghui.web.activities.lists import changeable_hosts
from shanghui.web.activities.people import circle_of
from shanghui.web.activities.roster import MARKS
from shanghui.web.activities.sheet import Sheet, beginning, once_more
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.fields import Option
from shanghui.web.kit.forms import DayField
from shanghui.web.kit.visits import Visit, found, page, show

_FIRST = {UnitKind.FEDERATION: 0, UnitKind.ORGANIZATION: 1}
_BESIDE = timedelta(days=31)
"""So far from the day of an activity others are offered as held at the same time; the day itself is checked when it is sent."""


def host_options(visit: Visit) -> list[Option]:
    """The units one records for: federations, then party organizations, then chambers."""
    order = Case(*(When(kind=kind, then=place) for kind, place in _FIRST.items()), default=Value(2), output_field=IntegerField())
    units = visit.scope_today(Act.ACTIVITY_CHANGE).units().order_by(order, "name")
    named: dict[str, int] = {}
    listed = list(units.values_list("pk", "name", "initials", "code"))
    for _, name, _, _ in listed:
        named[name] = named.get(name, 0) + 1
    return [
        Option(pk, name if named[name] == 1 else f"{name}（{code or pk}）", tuple(filter(None, (initials, code))))
        for pk, name, initials, code in listed
    ]


@page(Act.ACTIVITY_CHANGE)
def activity_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One activity. Today and one's own unit stand there already; `?unit=` names another, `?copy=` an activity to begin from,
    `?item=` an item of a campaign for which it is recorded."""
    options, item = host_options(visit), item_asked(request, visit)
    initial = _initial(request, visit, options) | (beginning_for(item, visit.today) if item is not None else {})
    sheet = Sheet(request, visit, initial=initial, item=item, **_choices(request, visit, options, visit.today))

    def do() -> str:
        values = sheet.values() | {"type": ActivityType(sheet.form.cleaned_data["type"]), "key": _key(request)}
        hosts = units_of(sheet.form.cleaned_data["hosts"])
        made = record_activity(hosts=hosts, by=visit.user, at=visit.now, parts=sheet.parts(), **values)
        follow(hosts, visit.today)
        messages.success(request, "已登记为计划。到日子开完了，再来补到会和记录。" if made.planned else "已登记。这一次已经算进各处的数字，不用再填别的表。")
        return reverse("activity", kwargs={"activity": made.pk})

    shown = {"heading": "记一次活动", "verb": "登记", "back": reverse("activities"), "key": _key(request) or uuid.uuid4().hex}
    return answer_sheet(request, visit, sheet, do, shown | {"crumbs": (("活动", reverse("activities")), ("记一次活动", ""))})


def answer_sheet(request: HttpRequest, visit: Visit, sheet: Sheet, do: Callable[[], str], shown: dict[str, Any]) -> HttpResponse:
    """Shows the form; when it was sent and is right, does it and goes on. What is refused stands on top, all that was typed stays."""
    if sheet.is_checked and sheet.is_valid():
        try:
            return redirect(do())
        except Refused as refusal:
            sheet.form.add_error(None, str(refusal))
    context = {"sheet": sheet, "form": sheet.form, "marks": MARKS} | shown
    return show(request, "activities/form.html", visit, context, status=422 if sheet.is_checked else 200)


def _key(request: HttpRequest) -> str:
    """What the form was named when it was first shown, so that the same one sent twice stands once."""
    key = request.POST.get("key", "")
    return key if len(key) == 32 and key.isalnum() else ""


def _choices(request: HttpRequest, visit: Visit, options: list[Option], day: date) -> dict[str, Any]:
    """What the fields offer; what was held about the day that was typed, or stands there."""
    with suppress(ValidationError):
        day = DayField().clean(request.POST.get("held_on", "")) or day
    beside = held_same_days(visit.scope_today(Act.LEDGER_VIEW), day - _BESIDE, day + _BESIDE)
    beside = [one for one in beside if one.type != ActivityType.TALK]
    return {"units": options, "circle": circle_of(visit), "beside": beside}


def _initial(request: HttpRequest, visit: Visit, options: list[Option]) -> dict[str, Any]:
    asked = request.GET.get("copy", "")
    if asked.isdecimal() and len(asked) < 15:
        row, own, _ = changeable(visit, int(asked))
        if row.type != ActivityType.TALK:
            return once_more(row, same_weekday_next_month(row.held_on, visit.today)) | {"hosts": [unit.pk for unit in own]}
    return {"held_on": visit.today, "hosts": own_unit(request, visit, options)}


def same_weekday_next_month(day: date, today: date) -> date:
    """The same weekday at about the same place in the next month; at the earliest today."""
    later = day + timedelta(days=28)
    later += timedelta(days=7 if later.month == day.month else 0)
    weeks_behind = max(0, -((later - today).days // 7))
    return later + timedelta(weeks=weeks_behind)


def own_unit(request: HttpRequest, visit: Visit, options: list[Option]) -> list[int]:
    """The unit asked for by `?unit=`, else the visitor's own."""
    known = {option.value for option in options}
    asked = request.GET.get("unit", "")
    if asked.isdecimal() and len(asked) < 15 and int(asked) in known:
        return [int(asked)]
    return [seat.unit_id for seat in visit.seats if seat.unit_id in known][:1]


def units_of(pks: Sequence[int]) -> list[Unit]:
    """These units, in this order."""
    found = Unit.objects.in_bulk(pks)
    return [found[pk] for pk in pks]


def changeable(visit: Visit, pk: int) -> tuple[Activity, list[Unit], list[Unit]]:
    """An activity one may change, with the hosts one records for and the others."""
    row = found(Activity.objects.within(visit.scope_today()), pk)
    hosts = [host.unit for host in row.hosts.select_related("unit").order_by("unit__kind", "unit__name")]
    own = changeable_hosts(visit, [unit.pk for unit in hosts])
    return row, [unit for unit in hosts if unit.pk in own], [unit for unit in hosts if unit.pk not in own]


@page(Act.ACTIVITY_CHANGE)
def activity_change(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Another title, day, roster, agenda … Hosts outside one's part of the tree stay as they are."""
    row, own, others = changeable(visit, activity)
    if row.type == ActivityType.TALK:
        return redirect("talk-change", activity=row.pk)
    back = reverse("activity", kwargs={"activity": row.pk})
    initial = beginning(row) | {"hosts": [unit.pk for unit in own]}
    choices = _choices(request, visit, host_options(visit), row.held_on)
    choices["beside"] = [one for one in choices["beside"] if one.pk != row.pk]
    sheet = Sheet(request, visit, initial=initial, agenda=standing(list(row.agenda.all())), row=row, others=others, **choices)

    def do() -> str:
        hosts = [*units_of(sheet.form.cleaned_data["hosts"]), *others]
        kept = sheet.keeps_roster_of_another_day
        change_activity(activity=row, hosts=hosts, by=visit.user, at=visit.now, parts=sheet.parts(), **sheet.values())
        follow([*own, *hosts], visit.today)
        messages.success(request, "已保存。")
        if kept:
            messages.info(request, "到会名册还是原来保存的那一份，没有按新的类别、日期或主办单位重列。要重列，在“修改”里点“按当天名册重列”。")
        return back if sheet.form.cleaned_data["hosts"] else reverse("activities")

    crumbs = (("活动", reverse("activities")), (row.title, back), ("修改", ""))
    notes = [f"{'、'.join(unit.name for unit in others)}也是主办单位，不在您的范围，保持不变。"] if others else []
    return answer_sheet(
        request, visit, sheet, do, {"heading": "修改活动", "verb": "保存", "back": back, "crumbs": crumbs, "notes": notes}
    )


@page(Act.ACTIVITY_CHANGE)
def activity_remove(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Removes what was entered by mistake; what others held too is not one's own to remove."""
    row, own, others = changeable(visit, activity)
    back = reverse("activity", kwargs={"activity": row.pk})
    if others:
        messages.warning(request, f"这次活动还有“{others[0].name}”主办，不能由您删除。可以在“修改”里把本单位从主办单位中去掉，或者请上级办公室删除。")
        return redirect(back)

    def do(cleaned: dict[str, Any]) -> str:
        table, pk, title = row._meta.db_table, row.pk, row.title
        remove_activity(activity=row, reason=cleaned["reason"], by=visit.user, at=visit.now)
        follow(own, visit.today)
        entry = history_of(table, [pk]).first()
        assert entry is not None
        undo = reverse("undo", kwargs={"entry": entry.pk})
        messages.success(request, format_html('已删除“{}”。删错了可以<a href="{}">撤销删除</a>。', title, undo))
        return reverse("activities")

    return answer_question(
        request, visit, question=f"删除“{row.title}”？", do=do, back=back, verb="删除", cancel_verb="不删除",
        consequences=["这次活动不再计入各处的数字；已冻结的报告不变。", "到会、议题和附件一起删除。", "删除留有记录，可以撤销。"],
    )
