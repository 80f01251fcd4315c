"""The gap list as rows: what each chamber shows, how the list is narrowed, its columns for the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from shanghui.indicators.gaps import Suggestion, suggestion
from shanghui.indicators.populations import BUILDABLE
from shanghui.kernel.columns import Column, attribute, label
from shanghui.ledger.organizations.models import ChamberKind, GapReason, GapRoute
from shanghui.ledger.organizations.queries import matching_units
from shanghui.web.kit.listing import Filter

COLUMNS = (
    Column("name", "商会", lambda row: row.unit.name, sort="unit__name", width=30),
    label("kind", "商会类别", ChamberKind.choices),
    attribute("federation_name", "所属工商联", width=20),
    attribute("full_members", "正式党员", numeric=True),
    Column("suggested", "建议（仅供参考）", lambda row: suggested(row).text, width=40),
    label("reason", "为什么还没有建", GapReason.choices),
    label("route", "打算怎么建", GapRoute.choices),
    attribute("owner", "经办人"),
    attribute("next_on", "下一步日期"),
    attribute("guide", "指导员", sort="-"),
    attribute("note", "记事", sort="-", width=50),
)

SUGGESTED = ((GapRoute.OWN.value, "应当单独组建"), (GapRoute.JOINT.value, "可联合组建"), (GapRoute.GUIDE.value, "指导员联系"))


def suggested(row: Any) -> Suggestion:
    """What the regulations point to for a row of the list."""
    return suggestion(row.full_members or 0, bool(row.guide))


def matching(text: str) -> Q:
    """Name or initials of the chamber, or who works it."""
    return matching_units(text) | Q(owner__contains=text.strip())


def filters(day: date) -> tuple[Filter, ...]:
    """No plan yet, date passed, by suggestion, reason and route."""

    def by_plan(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "none":
            return rows.filter(planned_since=None)
        if value == "overdue":
            return rows.filter(next_on__lt=day)
        return rows.filter(planned_since__isnull=False)

    def by_members(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == GapRoute.OWN:
            return rows.filter(full_members__gte=BUILDABLE)
        return rows.filter(full_members__gt=0, full_members__lt=BUILDABLE) if value == GapRoute.JOINT else rows.filter(full_members=0)

    return (
        Filter("plan", "办理", (("none", "还没有打算"), ("overdue", "日期已过"), ("some", "已有打算")), by_plan),
        Filter("members", "建议", SUGGESTED, by_members),
        Filter("reason", "原因", GapReason.choices, lambda rows, value: rows.filter(reason=value)),
        Filter("route", "打算", GapRoute.choices, lambda rows, value: rows.filter(route=value)),
    )


@dataclass(frozen=True)
class Words:
    """What the page says of a row beyond its columns."""

    suggestion: Suggestion
    reason: str
    route: str
    is_late: bool
    url: str


def words(row: Any, day: date) -> Words:
    """The row in words; `url`: where it is worked."""
    reasons, routes = dict(GapReason.choices), dict(GapRoute.choices)
    return Words(
        suggested(row), str(reasons.get(row.reason or "", "")), str(routes.get(row.route or "", "")),
        row.next_on is not None and row.next_on < day, reverse("gap", kwargs={"chamber": row.pk}),
    )


def in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What is due first stands first, what has no date yet last; then by name."""
    return rows.order_by(F("next_on").asc(nulls_last=True), "unit__name", "pk")
