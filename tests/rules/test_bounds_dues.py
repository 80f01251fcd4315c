"""The yearly publication of dues: asked of who keeps dues here, due while the year runs, overdue in the next (DUES-20)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shanghui.access.models import Unit
from shanghui.ledger.dues.models import DuesPayment, DuesPublication
from shanghui.ledger.organizations.models import Form, OrganizationKind
from shanghui.ledger.people.models import Affiliation
from tests.rules.bounds import bounds, branch, stands, state

pytestmark = pytest.mark.django_db
LAST = date(2022, 12, 31)
AROUND = [date(2022, 1, 31), LAST, date(2023, 1, 1), date(2024, 1, 1)]


def paid(unit: Unit, month: date = date(2022, 2, 1)) -> None:
    person = Affiliation.objects.filter(organization_id=unit.pk).values_list("person_id", flat=True)[0]
    DuesPayment.objects.create(person_id=person, organization_id=unit.pk, month=month, due=Decimal(30))


def shown(unit: Unit, on: date, year: int = 2022) -> None:
    DuesPublication.objects.create(organization_id=unit.pk, year=year, published_on=on)


@bounds("dues.publication")
def test_who_keeps_no_dues_here_is_not_asked_and_who_does_to_the_last_day_of_the_year() -> None:
    unit = branch(3)
    assert [state("dues.publication", unit, day) for day in AROUND] == [""] * 4

    paid(unit)

    assert [state("dues.publication", unit, day) for day in AROUND] == ["", "due", "overdue", ""]
    assert stands("dues.publication", unit, LAST)[0].due == LAST


@bounds("dues.publication")
@pytest.mark.parametrize(("on", "year", "found"), [
    (LAST, 2022, ["due", "", ""]), (date(2023, 1, 2), 2022, ["due", "due", ""]), (LAST, 2021, ["due", "", ""]),
    (date(2021, 12, 31), 2021, ["due", "due", "overdue"]),
])
def test_one_publication_settles_the_year_it_is_of_and_the_one_it_was_shown_in(on: date, year: int, found: list[str]) -> None:
    unit = branch(3)
    paid(unit)
    shown(unit, on, year)

    assert [state("dues.publication", unit, day) for day in (date(2022, 12, 30), LAST, date(2023, 1, 2))] == found


@bounds("dues.publication")
def test_only_branches_whose_form_collects_are_asked() -> None:
    for form, kind, name in ((Form.FUNCTIONAL, OrganizationKind.BRANCH, "甲"), (Form.OWN, OrganizationKind.COMMITTEE, "乙")):
        unit = branch(3, form=form, kind=kind, name=f"云泽市{name}商会党组织")
        paid(unit)
        assert state("dues.publication", unit, LAST) == ""
