"""Somebody with an identity and a telephone number, both invented (the area 99xxxx and the prefix 1540000 belong to nobody)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from shanghui.kernel.codes import id_check_digit
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Category, Person
from shanghui.ledger.people.operations import affiliate, register_person, set_category
from tests.worked_city import AT, BRANCH, named

OTHER = "云泽市餐饮业商会党支部"


def number(sequence: str = "003", born: str = "19700512") -> str:
    """A sound identity number; an even sequence is a woman's."""
    first = f"990101{born}{sequence}"
    return first + id_check_digit(first)


NUMBER, PHONE = number(), "15400001234"


def somebody() -> Person:
    """方云泽, a full member at home in the branch since 2011, with both numbers."""
    made = register_person(kept_by=named(BRANCH), by=None, at=AT, name="方云泽", gender="男", id_number=NUMBER, phone=PHONE)
    set_category(person=made, category=Category.FULL, since=date(2011, 7, 1), by=None, at=AT)
    home = PartyOrganization.objects.get(unit__name=BRANCH)
    affiliate(person=made, organization=home, kind=AffiliationKind.HOME, since=date(2011, 7, 1), by=None, at=AT)
    return made


def at(name: str, person: Person, **more: str) -> str:
    """An address of a person."""
    return reverse(name, kwargs={"person": person.pk, **more})


def text_of(answer: Any) -> str:
    """The page."""
    return str(answer.content.decode())
