"""Somebody to transfer between two branches of the worked city, and one next door."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, Person, Transfer
from shanghui.ledger.people.operations import (
    affiliate,
    issue_letter,
    register_letter,
    register_person,
    send_people,
    set_category,
)
from tests.worked_city import AT, BRANCH, SINCE, city, named

OTHER, NEXT_DOOR, COMMITTEE = "云泽市餐饮业商会党支部", "临江市茶叶商会党支部", "云泽市商会行业党委"
OUTSIDE = "滨海市高新区某科技公司党支部"
JUNE, JULY = date(2022, 6, 1), date(2022, 7, 1)
DAY = timedelta(days=1)
ACT: dict[str, Any] = {"by": None, "at": AT}


def organization(name: str) -> PartyOrganization:
    """The party organization of this name."""
    return PartyOrganization.objects.select_related("unit").get(unit__name=name)


def member(name: str = "方云泽", where: str = BRANCH, category: Category = Category.FULL, since: date = SINCE) -> Person:
    """A member at home there."""
    made = register_person(kept_by=named(where), name=name, gender="男", ethnicity="汉族", birth="1985-04", **ACT)
    set_category(person=made, category=category, since=since, **ACT)
    affiliate(person=made, organization=organization(where), kind=AffiliationKind.HOME, since=since, **ACT)
    return made


def limited(form: Form = Form.FUNCTIONAL) -> PartyOrganization:
    """An organization whose form leaves relations where they are."""
    return found_organization(
        name=f"云泽市{form.label}党支部", kind=OrganizationKind.BRANCH, form=form, under=city(), since=SINCE, party_parent=organization(COMMITTEE), **ACT
    )


def sent(person: Person, to: str = OTHER, on: date = JUNE) -> Transfer:
    """On the way to another branch."""
    return send_people(people=[person], target=organization(to), on=on, reason="工作变动", **ACT)[0]


def letter(person: Person, number: str = "12", on: date = JUNE, days: int = 30) -> Transfer:
    """A letter of the committee to somewhere outside."""
    return issue_letter(
        person=person, counterpart=OUTSIDE, on=on, number=number, valid_days=days, longest=90, issuer=organization(COMMITTEE), reason="工作变动", **ACT
    )


def letter_in(person: Person, number: str = "7", on: date = JUNE, days: int = 30) -> Transfer:
    """A letter from outside to the branch."""
    return register_letter(
        person=person, target=organization(BRANCH), counterpart=OUTSIDE, issued_by="滨海市委组织部", number=number, issued_on=on, valid_days=days, **ACT
    )


def stranger(name: str = "方滨海") -> Person:
    """Somebody of whom nothing but the name is known."""
    return register_person(kept_by=named(BRANCH), name=name, **ACT)


def homes(person: Person, day: date) -> list[str]:
    """The names of the homes of a day: one, or the register is wrong."""
    rows = Affiliation.objects.on(day).filter(person=person, kind=AffiliationKind.HOME)
    return list(rows.values_list("organization__unit__name", flat=True))
