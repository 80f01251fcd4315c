"""A new report: first which kind, then of which unit as at which day; the draft is there at once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.reports.operations import compile_report
from shanghui.reports.registry import ReportKind, registry
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import Option
from shanghui.web.kit.units import federation_options, unit_options
from shanghui.web.kit.visits import Visit, page, show
from shanghui.web.reports.forms import NewReportForm


@page(Act.REPORT_WRITE, methods=("GET",))
def report_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The kinds that can be written about one of the visitor's units, by group."""
    offered: dict[str, list[ReportKind]] = {}
    for one in _offered(visit):
        offered.setdefault(one.group, []).append(one)
    return show(request, "reports/new.html", visit, {"offered": offered.items()})


@page(Act.REPORT_WRITE)
def report_new_of(request: HttpRequest, visit: Visit, report_kind: str) -> HttpResponse:
    """Which unit, as at which day. `?unit=3` chooses the unit already."""
    kind = next((one for one in _offered(visit) if one.code == report_kind), None)
    if kind is None:
        raise Http404
    options = _options(visit, kind)
    initial = {"unit": _first(request.GET.get("unit", ""), options, kind), "day": kind.default_day(visit.today)}
    form = NewReportForm(request.POST or None, options=options, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        unit = Unit.objects.get(pk=cleaned["unit"])
        made = compile_report(kind=kind.code, unit=unit, day=cleaned["day"], by=visit.user, at=visit.now)
        return reverse("report", kwargs={"report": made.pk})

    return answer_form(
        request, visit, form, do=do, heading=kind.title, back=reverse("report-new"), verb="生成草稿", done="",
        lead=f"{kind.about}同一单位、同一天已有草稿的，直接打开那一份，您写的段落都在。",
        crumbs=[("报告", reverse("reports")), ("写一份报告", reverse("report-new")), (kind.title, "")],
    )


def _offered(visit: Visit) -> list[ReportKind]:
    """The kinds of which some unit is within reach. One query."""
    within = set(visit.scope_today().units().values_list("kind", flat=True).distinct())
    return [one for one in registry if within & set(one.units)]


def _options(visit: Visit, kind: ReportKind) -> list[Option]:
    if kind.units == (UnitKind.FEDERATION,):
        return federation_options(visit)
    return unit_options(visit, *kind.units)


def _first(asked: str, options: list[Option], kind: ReportKind) -> Any:
    """The unit asked for, else the only one, else the office itself; None where one has to choose."""
    named = next((one.value for one in options if str(one.value) == asked), None)
    only = len(options) == 1 or (options and kind.units == (UnitKind.FEDERATION,))
    return named or (options[0].value if only else None)
