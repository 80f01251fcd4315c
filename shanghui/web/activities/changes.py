"""Recording, changing and removing an activity."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.access.queries import history_of
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.operations import change_activity, record_activity, remove_activity
from shanghui.rules.findings import follow
from shanghui.web.activities.forms import ActivityForm
from shanghui.web.activities.lists import changeable_hosts
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.fields import Option
from shanghui.web.kit.visits import Visit, found, page

_FIRST = {UnitKind.FEDERATION: 0, UnitKind.ORGANIZATION: 1}


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
    """One activity. Today and one's own unit stand there already; `?unit=` names another."""
    options = host_options(visit)
    initial = {"held_on": visit.today, "hosts": _own(request, visit, options)}
    form = ActivityForm(request.POST or None, initial=initial, units=options)

    def do(cleaned: dict[str, Any]) -> str:
        values = form.values() | {"type": ActivityType(cleaned["type"])}
        made = record_activity(hosts=_units(cleaned["hosts"]), by=visit.user, at=visit.now, **values)
        follow(_units(cleaned["hosts"]), visit.today)
        return reverse("activity", kwargs={"activity": made.pk})

    crumbs = (("活动", reverse("activities")), ("记一次活动", ""))
    return answer_form(
        request, visit, form, do=do, heading="记一次活动", back=reverse("activities"), verb="登记", crumbs=crumbs,
        done="已登记。这一次已经算进各处的数字，不用再填别的表。",
    )


def _own(request: HttpRequest, visit: Visit, options: list[Option]) -> list[int]:
    known = {option.value for option in options}
    asked = request.GET.get("unit", "")
    if asked.isdecimal() and len(asked) < 15 and int(asked) in known:
        return [int(asked)]
    return [seat.unit_id for seat in visit.seats if seat.unit_id in known][:1]


def _units(pks: list[int]) -> list[Unit]:
    found = Unit.objects.in_bulk(pks)
    return [found[pk] for pk in pks]


def _changeable(visit: Visit, pk: int) -> tuple[Activity, list[Unit], list[Unit]]:
    """An activity one may change, with the hosts one records for and the others."""
    row = found(Activity.objects.within(visit.scope_today()), pk)
    hosts = [host.unit for host in row.hosts.select_related("unit").order_by("unit__kind", "unit__name")]
    own = changeable_hosts(visit, [unit.pk for unit in hosts])
    return row, [unit for unit in hosts if unit.pk in own], [unit for unit in hosts if unit.pk not in own]


@page(Act.ACTIVITY_CHANGE)
def activity_change(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Another title, day, number … Hosts outside one's part of the tree stay as they are."""
    row, own, others = _changeable(visit, activity)
    back = reverse("activity", kwargs={"activity": row.pk})
    initial = {field.name: getattr(row, field.name) for field in Activity._meta.concrete_fields}
    initial["hosts"] = [unit.pk for unit in own]
    form = ActivityForm(request.POST or None, initial=initial, units=host_options(visit), alone=not others)

    def do(cleaned: dict[str, Any]) -> str:
        change_activity(activity=row, hosts=[*_units(cleaned["hosts"]), *others], by=visit.user, at=visit.now, **form.values())
        follow([*own, *_units(cleaned["hosts"]), *others], visit.today)
        return back if cleaned["hosts"] else reverse("activities")

    notes = [f"{'、'.join(unit.name for unit in others)}也是主办单位，不在您的范围，保持不变。"] if others else []
    crumbs = (("活动", reverse("activities")), (row.title, back), ("修改", ""))
    return answer_form(request, visit, form, do=do, heading="修改活动", back=back, crumbs=crumbs, notes=notes)


@page(Act.ACTIVITY_CHANGE)
def activity_remove(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Removes what was entered by mistake; what others held too is not one's own to remove."""
    row, own, others = _changeable(visit, activity)
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
        consequences=["这次活动不再计入各处的数字；已冻结的报告不变。", "删除留有记录，可以撤销。"],
    )
