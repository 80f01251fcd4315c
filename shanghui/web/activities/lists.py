"""The list of activities."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.queries import FEW_UNITS, State, hosted_by, in_state, listed_activities
from shanghui.ledger.activities.sheets import ACTIVITY_COLUMNS
from shanghui.web.kit.addresses import changed
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page

HALVES = 10
"""How many half years back one can filter by."""


@page(Act.LEDGER_VIEW, methods=("GET",))
def activities(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was held within one's part of the tree, newest first; `?host=` for what one unit held."""
    scope = visit.scope_today()
    rows, host = listed_activities(scope), _host(request, visit)
    if host is not None:
        rows = hosted_by(rows, host.pk)
    may_record = visit.may(Act.ACTIVITY_CHANGE)
    unit = f"?unit={host.pk}" if host is not None else ""
    new = reverse("activity-new") + unit
    listed = ListPage(
        title="活动", export_title="活动台账", rows=rows, columns=ACTIVITY_COLUMNS,
        shown=("title", "held_on", "type", "hosts", "place", "present", "state"), small=("title", "held_on", "state"),
        link=row_link("activity", "activity"), unit="次", search=lambda text: Q(title__contains=text),
        search_hint="活动名称", filters=_filters(visit.today), dated=False, counted=scope.few_units(FEW_UNITS) is not None,
        lead="一次活动只登记一次，几个单位合办的写在一起，各处的数字都从这里来。",
        actions=((new, "记一次活动", "plus"), (reverse("talk-new") + unit, "记谈心谈话", "message")) if may_record else (),
        empty_title="还没有活动", empty_text="开过会、办过活动就记一笔，不到一分钟。", empty_action=(new, "记一次活动") if may_record else None,
        context={"host": host, "without_host": changed(request.GET, host=None)}, template="activities/activities.html",
    )
    return answer_list(request, visit, listed)


def _filters(today: date) -> tuple[Filter, ...]:
    return (
        Filter("type", "类别", ActivityType.choices, lambda rows, value: rows.filter(type=value)),
        Filter("half", "半年", half_years(today), _in_half),
        Filter("state", "记录", State.choices, lambda rows, value: in_state(rows, value, today)),
    )


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


def changeable_hosts(visit: Visit, pks: list[int]) -> set[int]:
    """Which of these units one may record for."""
    return set(visit.scope_today(Act.ACTIVITY_CHANGE).units().filter(pk__in=pks).values_list("pk", flat=True))
