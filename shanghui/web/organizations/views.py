"""The register of party organizations, and one organization's page (M03)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.queries import federations
from shanghui.ledger.organizations.models import Form, OrganizationKind
from shanghui.ledger.organizations.queries import matching_units, with_term
from shanghui.ledger.organizations.queries import organizations as organizations_within
from shanghui.ledger.organizations.sheets import ORGANIZATION_COLUMNS
from shanghui.ledger.people.ledgers import organization_ledger
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.organizations.page import page_of
from shanghui.web.study.views import is_own

_TERMS = (("overdue", "逾期未换届"), ("soon", "半年内届满"), ("none", "没有登记任期"))


@page(Act.LEDGER_VIEW)
def organizations(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every party organization of one's part of the tree that exists on the day; on request those that no longer do."""
    may_change = visit.may(Act.LEDGER_CHANGE)
    gone = request.GET.get("being") == "gone"
    rows = organization_ledger(visit.scope(), visit.day)
    rows = rows.filter(in_being=False, periods__valid_to__lte=visit.day).distinct() if gone else rows.filter(in_being=True)
    listed = ListPage(
        title="党组织台账", rows=rows, columns=ORGANIZATION_COLUMNS, unit="个",
        shown=("name", "kind", "form", "covered_names", "secretary", "members", "due_on"), small=("name", "form", "members"),
        link=row_link("organization", "organization"),
        search=matching_units, filters=_filters(visit),
        lead="已经撤销的党组织。" if gone else "",
        actions=[(reverse("organization-new"), "登记党组织", "plus")] if may_change else (),
        empty_title="还没有党组织", empty_text="登记党组织，同时写上它覆盖哪些商会；或者把现有的台账表格整个导入。",
        empty_action=(reverse("organization-new"), "登记党组织") if may_change else None,
    )
    return answer_list(request, visit, listed)


def _filters(visit: Visit) -> list[Filter]:
    offered = [
        Filter("kind", "类型", OrganizationKind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("form", "组建方式", Form.choices, lambda rows, value: rows.filter(form=value)),
        Filter("term", "任期", _TERMS, lambda rows, value: with_term(rows, visit.day, value)),
        Filter("being", "存续", (("gone", "已撤销的"),), lambda rows, value: rows),
    ]
    offices = [(str(unit.pk), unit.name) for unit in federations(visit.scope())]
    if len(offices) > 1:
        offered.append(Filter("federation", "工商联（含下级）", offices, lambda rows, value: _below(rows, value, visit)))
    return offered


def _below(rows: QuerySet[Any], value: str, visit: Visit) -> QuerySet[Any]:
    return rows.filter(visit.scope().under(int(value)).condition("unit_id"))


@page(Act.LEDGER_VIEW)
def organization(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """One party organization: form and powers, chambers, people, posts, term, history, as at the day."""
    row = found(organizations_within(visit.scope(), visit.day), organization)
    context = page_of(row, visit, kind=request.GET.get("kind", ""), whole="whole" in request.GET)
    context["is_own"] = is_own(visit, row.pk) and visit.may(Act.PEOPLE_VIEW)
    context["may_extend"] = visit.may(Act.DUTY_EXCUSE) and visit.scope_today(Act.DUTY_EXCUSE).contains(row.pk)
    return show(request, "organizations/organization.html", visit, context, dated=True)
