"""The register of chambers, and one chamber's electronic archive (M02)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.queries import federations
from shanghui.ledger.organizations.models import Chamber, ChamberKind, Form, Status
from shanghui.ledger.organizations.queries import chambers as chambers_within
from shanghui.ledger.organizations.queries import covered, known_by, matching_units, uncovered
from shanghui.ledger.organizations.sheets import CHAMBER_COLUMNS
from shanghui.ledger.people.ledgers import chamber_ledger
from shanghui.web.chambers.archive import archive_of
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show

_COVERED = (("covered", "已覆盖（各种方式）"), *Form.choices, ("none", "未覆盖"))
_STATUS = (("operating", "运行中（正常、换届中）"), *Status.choices)


@page(Act.LEDGER_VIEW)
def chambers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every chamber of one's part of the tree, as at the day."""
    may_change = visit.may(Act.LEDGER_CHANGE)
    listed = ListPage(
        title="商会台账", rows=known_by(chamber_ledger(visit.scope(), visit.day), visit.day),
        columns=CHAMBER_COLUMNS, unit="家",
        shown=("name", "kind", "status", "form", "organization_name", "president", "guide", "enterprises"),
        small=("name", "form"), link=row_link("chamber", "chamber"),
        search=_matching, search_hint="名称、拼音首字母、信用代码", filters=_filters(visit),
        actions=[(reverse("chamber-new"), "登记商会", "plus")] if may_change else (),
        empty_title="还没有商会", empty_text="登记商会，或者把现有的台账表格整个导入。",
        empty_action=(reverse("chamber-new"), "登记商会") if may_change else None,
    )
    return answer_list(request, visit, listed)


def _matching(text: str) -> Q:
    return matching_units(text) | Q(credit_code=text.strip().upper())


def _filters(visit: Visit) -> list[Filter]:
    found_filters = [
        Filter("kind", "类别", ChamberKind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("form", "覆盖", _COVERED, lambda rows, value: _by_coverage(rows, value, visit)),
        Filter("status", "状态", _STATUS, lambda rows, value: _by_status(rows, value, visit)),
    ]
    offices = [(str(unit.pk), unit.name) for unit in federations(visit.scope())]
    if len(offices) > 1:
        found_filters.append(Filter("federation", "工商联（含下级）", offices, lambda rows, value: _below(rows, value, visit)))
    regions = sorted(set(chambers_within(visit.scope(), visit.day).exclude(region_name="").values_list("region_name", flat=True)))
    if len(regions) > 1:
        names = [(name, name) for name in regions]
        found_filters.append(Filter("region", "县（市、区）", names, lambda rows, value: rows.filter(region_name=value)))
    return found_filters


def _by_coverage(rows: QuerySet[Any], value: str, visit: Visit) -> QuerySet[Any]:
    if value == "none":
        return uncovered(rows, visit.day)
    return covered(rows, visit.day, "" if value == "covered" else value)


def _by_status(rows: Any, value: str, visit: Visit) -> QuerySet[Chamber]:
    found_rows: QuerySet[Chamber] = rows.in_operation(visit.day) if value == "operating" else rows.filter(status=value)
    return found_rows


def _below(rows: QuerySet[Any], value: str, visit: Visit) -> QuerySet[Any]:
    return rows.filter(visit.scope().under(int(value)).condition("unit_id"))


@page(Act.LEDGER_VIEW)
def chamber(request: HttpRequest, visit: Visit, chamber: int) -> HttpResponse:
    """Everything known about one chamber, on one timeline, as at the day."""
    row = found(chambers_within(visit.scope(), visit.day), chamber)
    context = archive_of(row, visit, kind=request.GET.get("kind", ""), whole="whole" in request.GET)
    return show(request, "chambers/chamber.html", visit, context, dated=True)
