"""Filling in a merger and a dissolution: which organizations, where people and chambers go."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.cases.bodies import effective
from shanghui.cases.file import File, file_of
from shanghui.cases.operations import put_heirs, put_homes, put_organizations
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.web.cases.page import case_within
from shanghui.web.cases.reshaping_forms import LISTED, HomesForm, OrganizationsForm
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.visits import Visit, page


def _asked(visit: Visit, case: int, part: str) -> File:
    """A case whose kind asks for this part; otherwise 404."""
    file = file_of(case_within(visit, case), visit.today)
    if not file.kind.asks(part):
        raise Http404
    return file


@page(Act.CASE_WORK)
def case_organizations(request: HttpRequest, visit: Visit, merger: int) -> HttpResponse:
    """Which organizations are merged with the one the case was opened for."""
    file = _asked(visit, merger, "organizations")
    if (back := shut_out(request, file, "organizations")) is not None:
        return back
    initial = {"organizations": [one.pk for one in file.joined]}
    form = OrganizationsForm(request.POST or None, file=file, visit=visit, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        rows = PartyOrganization.objects.select_related("unit").in_bulk(cleaned["organizations"])
        put_organizations(
            case=file.case, organizations=[rows[pk] for pk in cleaned["organizations"]], by=visit.user, at=visit.now
        )
        return address_of_case(file.case.pk)

    return answer_form(
        request, visit, form, do=do, heading="一起合并的党组织", lead=file.case.title, back=address_of_case(file.case.pk),
        crumbs=crumbs(file, "一起合并的党组织"), done="一起合并的党组织已保存。",
    )


@page(Act.CASE_WORK)
def case_homes(request: HttpRequest, visit: Visit, dissolution: int) -> HttpResponse:
    """Where each member of an organization that ends goes, and who covers its chambers."""
    file = _asked(visit, dissolution, "homes")
    if (back := shut_out(request, file, "homes")) is not None:
        return back
    form = HomesForm(request.POST or None, file=file, visit=visit, day=effective(file) or visit.today)

    def do(cleaned: dict[str, Any]) -> str:
        with transaction.atomic():
            put_homes(case=file.case, homes=form.homes(), by=visit.user, at=visit.now)
            put_heirs(case=file.case, heirs=form.heirs(), by=visit.user, at=visit.now)
        return address_of_case(file.case.pk)

    return answer_form(
        request, visit, form, do=do, heading="党员和商会的去向", lead=file.case.title, back=address_of_case(file.case.pk),
        crumbs=crumbs(file, "党员和商会的去向"), done="去向已保存。", template="cases/homes.html",
        context={"file": file, "listed": LISTED, "options": form.options},
    )
