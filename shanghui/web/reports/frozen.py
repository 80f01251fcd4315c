"""What a frozen report is asked: what changed since, frozen beside now, and the records a figure counted then."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.access.scope import whole
from shanghui.indicators.listing import listing
from shanghui.indicators.models import SnapshotFigure
from shanghui.indicators.registry import Indicator, registry
from shanghui.kernel.records import Records
from shanghui.reports.models import Report
from shanghui.reports.queries import changes_since, compare, counts_in_words
from shanghui.reports.queries import reports as reports_within
from shanghui.web.kit.links import address_of, address_of_subject
from shanghui.web.kit.listing import ListPage, answer_list
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.reports.showing import address

COLUMNS_SHOWN = 6


@page(Act.REPORT_VIEW, methods=("GET",))
def report_changes(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """Acts on the ledger after the freezing, and every figure frozen beside now; of a draft, the draft itself."""
    row = found(reports_within(visit.scope_today()), report)
    if row.snapshot_id is None:
        return redirect("report", report=row.pk)
    compared = compare(row)
    turned = paginate(changes_since(row, day=visit.today).defer("changes"), request, count=True)
    context = {
        "report": row, "page": turned, "entries": [(entry, address_of_subject(entry)) for entry in turned.rows],
        "moved": [one for one in compared if one.differs], "same": [one for one in compared if not one.differs],
        "figure_query": f"?on={row.as_at.isoformat()}&under={row.unit_id}",
    }
    return show(request, "reports/changes.html", visit, context)


@page(Act.REPORT_VIEW, methods=("GET",))
def report_figure(request: HttpRequest, visit: Visit, report: int, code: str) -> HttpResponse:
    """The records a figure counted when it was frozen; of a draft, those of the ledger."""
    row = found(reports_within(visit.scope_today()), report)
    indicator = registry.get(code)
    if indicator is None:
        raise Http404
    if indicator.population.code in ("people", "secretaries", "guides") and not visit.may(Act.PEOPLE_VIEW):
        raise PermissionDenied
    part = "denominator" if request.GET.get("part") == "denominator" else "numerator"
    if row.snapshot is None:
        ledger = address("figure", code=code) or address("report", report=row.pk)
        return redirect(f"{ledger}?on={row.as_at.isoformat()}&under={row.unit_id}&part={part}")
    kept = row.snapshot.figures.filter(code=code).first()
    if kept is None:
        raise Http404
    return answer_list(request, visit, _records(row, kept, indicator, part))


def _records(row: Report, kept: SnapshotFigure, indicator: Indicator, part: str) -> ListPage:
    keys = kept.denominator_rows if part == "denominator" else kept.numerator_rows
    population = indicator.population
    counted = (
        Records(population.computed.named(keys)) if population.computed
        else population.rows(row.as_at).model._default_manager.filter(pk__in=keys)
    )
    shown = listing(population, counted, whole(row.as_at).under(row.unit), row.as_at)
    lost = len(keys) - shown.rows.count()
    return ListPage(
        title=f"{kept.title}（冻结时）", rows=shown.rows, columns=shown.columns, export=False, unit=indicator.unit,
        shown=[column.key for column in shown.columns[:COLUMNS_SHOWN]], link=address_of,
        lead=f"{row.title}：{counts_in_words(kept.numerator, kept.denominator)}。{indicator.definition}"
        + (f"其中{lost}条后来从台账里去掉了，不再列出。" if lost else ""),
        context={"as_at": row.as_at, "as_at_is_frozen": True, "as_at_is_today": False, "as_at_choices": ()},
    )
