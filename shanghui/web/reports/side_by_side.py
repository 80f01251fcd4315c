"""This report and the last one, side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.reports.models import Report
from shanghui.reports.queries import read
from shanghui.reports.queries import reports as reports_within
from shanghui.reports.registry import registry
from shanghui.reports.side_by_side import figures_beside, last_one, others, sections_beside
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.reports.showing import link_of


@page(Act.REPORT_READ, methods=("GET",))
def reports_compared(request: HttpRequest, visit: Visit) -> HttpResponse:
    """`?this=7`: that report beside the last one of its kind and unit, or beside `?last=5`. Without either, all that can be compared."""
    within = reports_within(visit.scope_today())
    row = found(within, _number(request.GET.get("this", ""))) if "this" in request.GET else within.first()
    if row is None:
        return show(request, "reports/compared.html", visit, {"report": None})
    last = found(others(row, within), _number(request.GET["last"])) if request.GET.get("last") else last_one(row, within)
    context = {"report": row, "last": last, "kind": registry.get(row.kind), "others": others(row, within)[:MOST]}
    return show(request, "reports/compared.html", visit, context | (_beside(last, row, visit) if last else {}))


MOST = 50


def _beside(last: Report, row: Report, visit: Visit) -> dict[str, object]:
    before, after = read(last), read(row)
    to_ledger = visit.may(Act.FIGURES_VIEW)
    links = link_of(last, to_ledger=to_ledger), link_of(row, to_ledger=to_ledger)
    told = figures_beside(before, after)
    moved = [
        (one, links[0](one.before) if one.before else "", links[1](one.after) if one.after else "") for one in told if one.differs
    ]
    return {"moved": moved, "same": [one for one in told if not one.differs], "sections": list(sections_beside(before, after))}


def _number(written: str) -> int:
    if not written.isdecimal() or len(written) > 18:
        raise Http404
    return int(written)
