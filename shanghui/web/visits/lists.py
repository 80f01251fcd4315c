"""The list of visits and one visit."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities import queries
from shanghui.ledger.activities.models import Visit as ChamberVisit
from shanghui.ledger.activities.sheets import VISIT_COLUMNS
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.organizations.queries import matching_units
from shanghui.web.activities.lists import half_years
from shanghui.web.kit.addresses import changed
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show


@page(Act.LEDGER_VIEW, methods=("GET",))
def visits(request: HttpRequest, asking: Visit) -> HttpResponse:
    """Who visited which chambers within one's part of the tree, newest first; `?chamber=` for one chamber."""
    rows, chamber = queries.visits(asking.scope_today()), _chamber(request, asking)
    if chamber is not None:
        rows = rows.filter(chamber=chamber)
    may_record = asking.may(Act.VISIT_RECORD)
    new = reverse("visit-new") + (f"?chamber={chamber.pk}" if chamber else "")
    wanted = Filter("help", "求助", (("wanted", "要上级帮忙的"),), lambda found, _: found.exclude(help_wanted=""))
    halves = Filter("half", "半年", half_years(asking.today), _in_half)
    listed = ListPage(
        title="走访", export_title="走访记录", rows=rows, columns=VISIT_COLUMNS, unit="次", dated=False,
        shown=("visited_on", "chamber", "visitor", "met", "agreed", "help_wanted", "next_on"), small=("visited_on", "chamber", "next_on"),
        link=row_link("visit", "visit"), search=lambda text: matching_units(text, "chamber__unit__") | Q(agreed__contains=text),
        search_hint="商会名称、首字母、商定的事", filters=(halves, wanted), lead="去过就记一笔：见到谁、还差什么、说定了什么。",
        actions=((new, "记一次走访", "plus"),) if may_record else (), empty_title="还没有走访记录",
        empty_text="走访回来，在手机上一分钟记完。", empty_action=(new, "记一次走访") if may_record else None,
        context={"chamber": chamber, "without": changed(request.GET, chamber=None)}, template="visits/visits.html",
    )
    return answer_list(request, asking, listed)


def _in_half(rows: QuerySet[ChamberVisit], value: str) -> QuerySet[ChamberVisit]:
    year, half = map(int, value.split("-"))
    first = date(year, 1 if half == 1 else 7, 1)
    return rows.filter(visited_on__gte=first, visited_on__lt=months_later(first, 6))


def _chamber(request: HttpRequest, asking: Visit) -> Chamber | None:
    written = request.GET.get("chamber", "")
    if not written.isdecimal() or len(written) > 15:
        return None
    return found(Chamber.objects.within(asking.scope_today()).select_related("unit"), int(written))


@page(Act.LEDGER_VIEW, methods=("GET",))
def visit_page(request: HttpRequest, asking: Visit, visit: int) -> HttpResponse:
    """One visit, and what was done to the entry."""
    row = found(queries.visits(asking.scope_today()), visit)
    context = {"row": row, "acts": history(row), "may_change": changeable(asking, row), "may_undo": changeable(asking, row)}
    return show(request, "visits/visit.html", asking, context)


def changeable(asking: Visit, row: ChamberVisit) -> bool:
    """Whether one records visits to this chamber."""
    return asking.may(Act.VISIT_RECORD) and asking.scope_today(Act.VISIT_RECORD).contains(row.chamber_id)
