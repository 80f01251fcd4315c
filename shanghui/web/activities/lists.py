"""The list of activities and one activity."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.queries import FEW_UNITS, hosted_by, listed_activities
from shanghui.ledger.activities.sheets import ACTIVITY_COLUMNS
from shanghui.web.kit.addresses import changed
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.visits import Visit, found, page, show

HALVES = 10
"""How many half years back one can filter by."""


@page(Act.LEDGER_VIEW, methods=("GET",))
def activities(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was held within one's part of the tree, newest first; `?host=` for what one unit held."""
    scope = visit.scope_today()
    rows, host = listed_activities(scope), _host(request, visit)
    if host is not None:
        rows = hosted_by(rows, host.pk)
    types = Filter("type", "类别", ActivityType.choices, lambda found, value: found.filter(type=value))
    halves = Filter("half", "半年", half_years(visit.today), _in_half)
    may_record = visit.may(Act.ACTIVITY_CHANGE)
    new = reverse("activity-new") + (f"?unit={host.pk}" if host is not None else "")
    listed = ListPage(
        title="活动", export_title="活动台账", rows=rows, columns=ACTIVITY_COLUMNS, shown=("title", "held_on", "type", "hosts", "place", "present"),
        small=("title", "held_on", "type"), link=lambda row: reverse("activity", kwargs={"activity": row.pk}), unit="次",
        search=lambda text: Q(title__contains=text), search_hint="活动名称", filters=(types, halves), dated=False,
        counted=scope.few_units(FEW_UNITS) is not None, lead="一次活动只登记一次，几个单位合办的写在一起，各处的数字都从这里来。",
        actions=((new, "记一次活动", "plus"),) if may_record else (), empty_title="还没有活动",
        empty_text="开过会、办过活动就记一笔，不到一分钟。", empty_action=(new, "记一次活动") if may_record else None,
        context={"host": host, "without_host": changed(request.GET, host=None)}, template="activities/activities.html",
    )
    return answer_list(request, visit, listed)


def _host(request: HttpRequest, visit: Visit) -> Unit | None:
    written = request.GET.get("host", "")
    if not written.isdecimal() or len(written) > 15:
        return None
    return found(visit.scope_today().units(), int(written))


def half_years(today: date) -> list[tuple[str, str]]:
    """«2022-1», «2022年上半年» … back from the one `today` lies in."""
    year, half = today.year, 1 if today.month <= 6 else 2
    listed = []
    for _ in range(HALVES):
        listed.append((f"{year}-{half}", f"{year}年{'上' if half == 1 else '下'}半年"))
        year, half = (year, 1) if half == 2 else (year - 1, 2)
    return listed


def _in_half(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    year, half = map(int, value.split("-"))
    first = date(year, 1 if half == 1 else 7, 1)
    return rows.filter(held_on__gte=first, held_on__lt=months_later(first, 6))


@page(Act.LEDGER_VIEW, methods=("GET",))
def activity(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """One activity: who held it, how many came, and what was done to the entry."""
    row = found(Activity.objects.within(visit.scope_today()), activity)
    hosts = list(row.hosts.select_related("unit").order_by("unit__kind", "unit__name"))
    pks = [host.unit_id for host in hosts]
    linked = set(visit.scope_today().units().filter(pk__in=pks).values_list("pk", flat=True))
    may_change = visit.may(Act.ACTIVITY_CHANGE) and bool(changeable_hosts(visit, pks))
    context = {
        "row": row, "hosts": hosts, "linked": linked, "acts": history(row), "may_change": may_change, "may_undo": may_change,
    }
    return show(request, "activities/activity.html", visit, context)


def changeable_hosts(visit: Visit, pks: list[int]) -> set[int]:
    """Which of these units one may record for."""
    return set(visit.scope_today(Act.ACTIVITY_CHANGE).units().filter(pk__in=pks).values_list("pk", flat=True))
