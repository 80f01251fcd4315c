"""What a frozen report is asked: what changed since, frozen beside now, and the records a figure counted then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.access.scope import Scope, whole
from shanghui.indicators.listing import Listing, listing
from shanghui.indicators.models import Snapshot
from shanghui.indicators.queries import rows
from shanghui.indicators.registry import Indicator, registry
from shanghui.kernel.records import Records
from shanghui.reports.models import Report
from shanghui.reports.queries import changes_since, compare, counts_in_words, read
from shanghui.reports.queries import reports as reports_within
from shanghui.web.kit.links import address_of, address_of_subject
from shanghui.web.kit.listing import ListPage, answer_list
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.reports.showing import address

COLUMNS_SHOWN = 6


@page(Act.REPORT_READ, methods=("GET",))
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


@page(Act.REPORT_READ, methods=("GET",))
def report_figure(request: HttpRequest, visit: Visit, report: int, code: str) -> HttpResponse:
    """The records a figure counted when it was frozen; of a draft, those of the ledger.

    `?of=2021-12-31`: of the other day the report speaks of; `?under=3`: of a unit below its own.
    """
    row = found(reports_within(visit.scope_today()), report)
    indicator = registry.get(code)
    if indicator is None:
        raise Http404
    if indicator.population.code in ("people", "secretaries", "guides") and not visit.may(Act.PEOPLE_VIEW):
        raise PermissionDenied
    part = "denominator" if request.GET.get("part") == "denominator" and indicator.is_rate else "numerator"
    asked = _asked(request, row)
    if row.snapshot_id is not None:
        return answer_list(request, visit, _kept(row, asked, indicator, part))
    if not visit.may(Act.FIGURES_VIEW):
        return answer_list(request, visit, _of_the_ledger(row, asked, indicator, part))
    query = urlencode({"on": asked.day.isoformat(), "under": asked.unit, "part": part})
    return redirect(f"{address('figure', code=code)}?{query}")


@dataclass(frozen=True)
class Asked:
    """The day and the unit a figure of a report is of, and the frozen figures of that day."""

    day: date
    unit: int
    snapshot: Snapshot | None

    @property
    def scope(self) -> Scope:
        """What stands below the unit on the day."""
        return whole(self.day).under(self.unit)


def _asked(request: HttpRequest, row: Report) -> Asked:
    """What the address names; 404 for a day the report does not speak of and a unit that is not below its own."""
    day, unit = request.GET.get("of", ""), request.GET.get("under", "")
    if day and not (row.earlier and row.earlier.as_at.isoformat() == day) and (row.snapshot_id or day not in _days(row)):
        raise Http404
    if unit and not (unit.isdecimal() and whole(row.as_at).under(row.unit).contains(int(unit))):
        raise Http404
    return Asked(date.fromisoformat(day) if day else row.as_at, int(unit or row.unit_id), row.earlier if day else row.snapshot)


def _days(row: Report) -> set[str]:
    return {day.isoformat() for day in read(row).other_days()}


def _kept(row: Report, asked: Asked, indicator: Indicator, part: str) -> ListPage:
    kept = asked.snapshot.figures.filter(code=indicator.code).first() if asked.snapshot else None
    if kept is None:
        raise Http404
    keys = kept.denominator_rows if part == "denominator" else kept.numerator_rows
    population = indicator.population
    if population.computed:
        counted: Any = Records(population.computed.named(keys))
        if asked.unit != row.unit_id:
            units = set(asked.scope.units().values_list("pk", flat=True))
            counted = Records(one for one in counted if one.unit in units)
    else:
        counted = population.rows(asked.day).model._default_manager.filter(pk__in=keys)
        if asked.unit != row.unit_id:
            counted = counted.filter(asked.scope.condition(population.owner))
    shown = listing(population, counted, whole(asked.day).under(row.unit), asked.day)
    lost = len(keys) - shown.rows.count() if asked.unit == row.unit_id else 0
    counts = counts_in_words(kept.numerator, kept.denominator) if asked.unit == row.unit_id else f"{shown.rows.count()}"
    lead = f"{row.title}：{counts}。{indicator.definition}" + (f"其中{lost}条后来从台账里去掉了，不再列出。" if lost else "")
    return _page_of(f"{kept.title}（冻结时）", lead, shown, indicator, asked.day)


def _of_the_ledger(row: Report, asked: Asked, indicator: Indicator, part: str) -> ListPage:
    shown = listing(indicator.population, rows(indicator, asked.scope, asked.day, part), asked.scope, asked.day)
    return _page_of(indicator.title, f"{row.title}：{indicator.definition}", shown, indicator, asked.day)


def _page_of(title: str, lead: str, shown: Listing, indicator: Indicator, day: date) -> ListPage:
    return ListPage(
        title=title, rows=shown.rows, columns=shown.columns, export=False, unit=indicator.unit, lead=lead,
        shown=[column.key for column in shown.columns[:COLUMNS_SHOWN]], link=address_of,
        context={"as_at": day, "as_at_is_frozen": True, "as_at_is_today": False, "as_at_choices": ()},
    )
