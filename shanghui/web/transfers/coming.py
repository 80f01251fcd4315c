"""Letters from organizations outside: registered, checked, accepted; the home is here from the day of acceptance."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Category, Direction
from shanghui.ledger.people.operations import accept_letter, register_letter
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.units import organization_options, own_organization
from shanghui.web.kit.visits import Visit, page
from shanghui.web.people.changes import address
from shanghui.web.people.picking import PersonChoice
from shanghui.web.transfers.answering import turned_away
from shanghui.web.transfers.forms import AcceptForm, LetterInForm
from shanghui.web.transfers.sides import address_of, compare, crumbs_of, sent_here


@page(Act.PEOPLE_CHANGE)
def letter_in_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who comes, and what the letter says; nothing changes before it is accepted."""
    choice = PersonChoice(request, visit)
    if choice.onward:
        return redirect(choice.onward)
    initial = {"target": own_organization(visit)}
    form = LetterInForm(choice.sent, initial=initial, today=visit.today, organizations=lambda: organization_options(visit), person=choice.field())

    def do(cleaned: dict[str, Any]) -> str:
        target = PartyOrganization.objects.select_related("unit").get(pk=cleaned["target"])
        with transaction.atomic():
            made = register_letter(
                person=choice.person(cleaned["person"], target.unit), target=target, counterpart=cleaned["counterpart"],
                issued_by=cleaned["issued_by"], number=cleaned["number"], issued_on=cleaned["issued_on"], valid_days=cleaned["valid_days"],
                dues_until=cleaned["dues_until"], by=visit.user, at=visit.now,
            )
        compare(visit, made)
        messages.success(request, f"已登记。核对介绍信和党员材料以后接收；有效期到 {made.due_on}。")
        return address_of(made)

    return answer_form(
        request, visit, form, do=do, heading="登记转入介绍信", back=reverse("transfers"), verb="登记", done="",
        lead="平台外的党组织开来的。平台内的党组织之间直接接转，不用介绍信。", template="people/pick.html",
        crumbs=(("组织关系接转", reverse("transfers")), ("登记转入介绍信", "")), context=choice.context,
    )


@page(Act.PEOPLE_CHANGE)
def transfer_accept(request: HttpRequest, visit: Visit, transfer: int) -> HttpResponse:
    """Checked and accepted."""
    row = sent_here(visit, transfer)
    away = turned_away(request, row, Direction.IN)
    if away is not None:
        return away
    form = AcceptForm(request.POST or None, initial={"checked_on": visit.today, "on": visit.today}, today=visit.today)

    def do(cleaned: dict[str, Any]) -> str:
        accept_letter(
            transfer=row, category=Category(cleaned["category"]), checked_on=cleaned["checked_on"], on=cleaned["on"],
            explanation=cleaned["explanation"], by=visit.user, at=visit.now,
        )
        compare(visit, row)
        messages.success(request, f"已接收，从 {cleaned['on']} 起计入“{row.destination}”。请把回执交回对方，补齐{row.person.name}的资料。")
        return address(row.person)

    notes = ["接收以前先核对：介绍信有没有过期、印章和编号；本人身份；入党志愿书等党员材料。材料有疑问的，报上级党组织审查。"]
    return answer_form(
        request, visit, form, do=do, heading=f"接收{row.person.name}的组织关系", back=address_of(row), verb="接收", done="", notes=notes,
        lead=f"“{row.counterpart}”{row.letter_number}，有效期到 {row.due_on}。", crumbs=crumbs_of(row, "接收"),
    )
