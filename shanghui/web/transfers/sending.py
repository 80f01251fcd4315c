"""The sending side: one person, or several of an organization at once, to another organization of the platform."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Person, Transfer
from shanghui.ledger.people.operations import send_people
from shanghui.ledger.people.operations.moving import homes_of, obstacles
from shanghui.ledger.people.transferring import destinations, members_here
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import Option
from shanghui.web.kit.units import organization_options
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.people.changes import address, changeable
from shanghui.web.transfers.forms import SendForm
from shanghui.web.transfers.sides import address_of

NOTES = (
    "发起以后等对方接收。对方接收以前，组织关系、党费和组织生活都还在原党组织；对方退回的，要写明原因。",
    "对方现在看得到的只有姓名、性别、民族、出生年月、人员类别和党费交至，接收以后才看得到全部。",
)


def _offered(visit: Visit, units: Iterable[int]) -> list[Option]:
    """Those in one's own part of the tree, and by name alone those below the same party committee."""
    own = organization_options(visit)
    known = {one.value for one in own} | set(units)
    near = [Option(one.pk, one.name, (one.initials,)) for one in destinations(set(units), visit.today) if one.pk not in known]
    return [*(one for one in own if one.value not in set(units)), *near]


def _send(visit: Visit, form: SendForm, people: list[Person]) -> list[Transfer]:
    said = form.cleaned_data
    return send_people(
        people=people, target=form.organization(), on=said["sent_on"], reason=said["reason"], dues_until=said["dues_until"], by=visit.user,
        at=visit.now,
    )


@page(Act.PEOPLE_CHANGE)
def person_transfer(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """One person's relation goes to another organization of the platform; to one outside goes a letter."""
    row = changeable(visit, person)
    home = homes_of([row]).get(row.pk)
    units = [home.organization_id] if home is not None else []
    form = SendForm(request.POST or None, initial={"sent_on": visit.today}, today=visit.today, destinations=lambda: _offered(visit, units))

    def do(cleaned: dict[str, Any]) -> str:
        made = _send(visit, form, [row])[0]
        messages.success(request, f"已发起，等“{made.destination}”接收。接收以前{row.name}仍在“{made.origin}”。")
        return address_of(made)

    where = f"现在在“{home.organization.unit.name}”。" if home is not None else "还没有登记组织关系。"
    return answer_form(
        request, visit, form, do=do, heading=f"转出{row.name}的组织关系", back=address(row), verb="发起接转", done="", lead=where, notes=NOTES,
        crumbs=(("人员", reverse("people")), (row.name, address(row)), ("组织关系接转", "")), template="transfers/send.html",
        context={"letter_url": reverse("person-letter", kwargs={"person": row.pk})},
    )


@page(Act.PEOPLE_CHANGE)
def organization_transfer(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """Several people of an organization, or all of them, in one act; who cannot go stands below with the reason."""
    row = found(PartyOrganization.objects.filter(visit.scope_today().condition("unit_id")).select_related("unit"), organization)
    people = members_here(row.pk, visit.today)
    against = obstacles(people, homes_of(people), visit.today)
    free = [one for one in people if not against[one.pk]]
    choices = [(str(one.pk), " · ".join(filter(None, (one.name, one.category_word)))) for one in free]  # type: ignore[attr-defined]
    form = SendForm(
        request.POST or None, initial={"sent_on": visit.today}, today=visit.today, choices=choices, destinations=lambda: _offered(visit, [row.pk])
    )
    back = reverse("organization", kwargs={"organization": row.pk})

    def do(cleaned: dict[str, Any]) -> str:
        chosen = [one for one in free if str(one.pk) in cleaned["people"]]
        made = _send(visit, form, chosen)
        messages.success(request, f"已发起 {len(made)} 人的接转，等“{made[0].destination}”接收。")
        return f"{reverse('transfers')}?side=out&state=sent"

    return answer_form(
        request, visit, form, do=do, heading="几个人一起转出", back=back, verb="发起接转", done="", lead=row.unit.name, notes=NOTES,
        crumbs=(("党组织", reverse("organizations")), (row.unit.name, back), ("组织关系接转", "")), template="transfers/send.html",
        context={"many": len(free), "barred": [fault for one in people for fault in against[one.pk]]},
    )
