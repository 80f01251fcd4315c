"""The records behind a count of a report that is no indicator's: those it counted, of those the visitor may see."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.scope import Scope
from shanghui.indicators.listing import Listing, listed
from shanghui.kernel.columns import Column
from shanghui.ledger.activities.models import Attendance
from shanghui.ledger.organizations.models import ChamberMembership
from shanghui.reports.content import Counted
from shanghui.reports.dossier import since
from shanghui.reports.models import Report
from shanghui.reports.queries import read
from shanghui.reports.queries import reports as reports_within
from shanghui.rules.models import Finding
from shanghui.web.findings.rows import columns as finding_columns
from shanghui.web.findings.rows import rules_by_code
from shanghui.web.kit.links import address_of
from shanghui.web.kit.listing import ListPage, answer_list
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.reports.frozen import COLUMNS_SHOWN

ATTENDANCE_COLUMNS = (
    Column("held_on", "时间", lambda row: row.activity.held_on, sort="activity__held_on"),
    Column("title", "活动", lambda row: row.activity.title, sort="activity__title", width=40),
    Column("name", "姓名", lambda row: row.person.name, sort="person__initials", about="name"),
    Column("state", "到会情况", lambda row: row.get_state_display(), sort="state"),
)
MEMBERSHIP_COLUMNS = (
    Column("enterprise", "企业名称", lambda row: row.enterprise.name, sort="enterprise__initials", width=40),
    Column("chamber", "商会", lambda row: row.chamber.unit.name, sort="chamber__unit__name", width=30),
    Column("since", "入会时间", since, sort="valid_from"),
    Column("until", "退会时间", lambda row: row.valid_to, sort="valid_to"),
)
Find = Callable[[Collection[int], Scope, date], Listing]
Link = Callable[[Any], str]


def _attendances(keys: Collection[int], scope: Scope, day: date) -> Listing:
    rows = Attendance.objects.filter(scope.condition("unit_id"), pk__in=keys).select_related("activity", "person")
    rows = rows.defer("person__id_number", "person__phone").order_by("activity__held_on", "activity_id", "person__initials", "pk")
    return Listing(rows, ATTENDANCE_COLUMNS)


def _findings(keys: Collection[int], scope: Scope, day: date) -> Listing:
    rows = Finding.objects.within(scope.on(day)).filter(pk__in=keys).select_related("unit").order_by("since", "pk")
    return Listing(rows, finding_columns(rules_by_code(), day))


def _memberships(keys: Collection[int], scope: Scope, day: date) -> Listing:
    rows = ChamberMembership.objects.filter(scope.on(day).condition("chamber__unit_id"), pk__in=keys).select_related("enterprise", "chamber__unit")
    return Listing(rows.order_by("enterprise__initials", "pk"), MEMBERSHIP_COLUMNS)


OWN: dict[str, tuple[Find, Link]] = {
    "attendances": (_attendances, lambda row: address_of(row.activity)),
    "findings": (_findings, lambda row: reverse("finding", kwargs={"finding": row.pk})),
    "memberships": (_memberships, lambda row: address_of(row.enterprise)),
}
ABOUT_PEOPLE = ("attendances", "guides")
UNITS = {
    "attendances": "人次", "findings": "项", "memberships": "家", "chambers": "家", "organizations": "个", "guides": "名", "activities": "次",
    "cases": "件",
}


@page(Act.REPORT_READ, methods=("GET",))
def report_records(request: HttpRequest, visit: Visit, report: int, counted: str) -> HttpResponse:
    """The records of one count, of a frozen report as it counted them; 404 for a count the report does not make."""
    row = found(reports_within(visit.scope_today()), report)
    one = read(row).counted(counted)
    if one is None:
        raise Http404
    if one.records in ABOUT_PEOPLE and not visit.may(Act.PEOPLE_VIEW):
        raise PermissionDenied
    return answer_list(request, visit, _page_of(visit, row, one))


def _page_of(visit: Visit, row: Report, one: Counted) -> ListPage:
    find, link = OWN.get(one.records, (None, address_of))
    scope = visit.scope_today(Act.PEOPLE_VIEW) if one.records in ABOUT_PEOPLE else visit.scope_today()
    shown = find(one.keys, scope, row.as_at) if find else listed(one.records, one.keys, scope, row.as_at)
    lost = len(one.keys) - shown.rows.count()
    unit = UNITS[one.records]
    lead = f"{row.title}，截至{row.as_at}：{one.text}" + ("，数填在下面这条记录里。" if int(one.text) != len(one.keys) else f"{unit}。")
    lead += f"其中{lost}条不在您能看的范围里，或者后来从台账里去掉了，没有列出。" if lost else ""
    return ListPage(
        title=one.title, rows=shown.rows, columns=shown.columns, export=False, unit=unit, lead=lead,
        shown=[column.key for column in shown.columns[:COLUMNS_SHOWN]], link=link,
        context={"as_at": row.as_at, "as_at_is_frozen": True, "as_at_is_today": False, "as_at_choices": ()},
    )
