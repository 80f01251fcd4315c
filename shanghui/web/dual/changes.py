"""What is double about a party organization, entered; each page is one operation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.ledger.organizations.archive import OrganizationArchive
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.organizations.operations import give_plate, guide_locally
from shanghui.ledger.organizations.queries import organizations
from shanghui.web.dual.forms import PlateForm, TerritoryForm
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.links import address_of
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.organizations.changes import crumbs_of


def _mine(visit: Visit, pk: int) -> PartyOrganization:
    return found(organizations(visit.scope_today(), visit.today), pk)


@page(Act.LEDGER_CHANGE)
def organization_territory(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """The territorial body beside the upper party organization; another one takes the place of the present."""
    row = _mine(visit, organization)
    form = TerritoryForm(request.POST or None)
    now = OrganizationArchive(row, visit.today).guidance

    def do(cleaned: dict[str, Any]) -> str:
        since = cleaned["since"]
        guide_locally(
            organization=row, body=cleaned["body"], since=since.day, precision=since.precision, by=visit.user, at=visit.now,
        )
        return address_of(row)

    notes = ["双重管理：党组织隶属（商会行业党委等）不变，另接受属地党组织的管理和指导。"]
    if now is not None:
        notes.append(f"现在由“{now.body}”属地管理，自 {now.valid_from} 起。登记新的，原来的自动结束。")
    return answer_form(
        request, visit, form, do=do, heading=f"登记“{row.unit.name}”的属地管理", back=address_of(row), crumbs=crumbs_of(row, "属地管理"),
        notes=notes, verb="登记", done="已登记属地管理。",
    )


@page(Act.LEDGER_CHANGE)
def organization_plate(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """A second plate beside the organization's own."""
    row = _mine(visit, organization)
    form = PlateForm(request.POST or None)

    def do(cleaned: dict[str, Any]) -> str:
        since = cleaned["since"]
        give_plate(
            organization=row, name=cleaned["name"], given_by=cleaned["given_by"], since=since.day, precision=since.precision,
            by=visit.user, at=visit.now,
        )
        return address_of(row)

    return answer_form(
        request, visit, form, do=do, heading=f"“{row.unit.name}”挂第二块牌子", back=address_of(row), crumbs=crumbs_of(row, "第二块牌子"),
        notes=["一个班子、两块牌子：商会党组织同时挂非公企业党建工作指导站等牌子。摘牌的时候在党组织页上结束。"], verb="登记", done="已登记。",
    )
