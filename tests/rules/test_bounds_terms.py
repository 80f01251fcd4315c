"""Terms of office: silent, then found, on the day before, on and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.models import Unit
from shanghui.ledger.organizations.models import Form, Term
from shanghui.rules.models import Excuse, PackSwitch
from tests.rules.bounds import SINCE, bounds, branch, chamber, stands, state
from tests.worked_city import city, neighbour

pytestmark = pytest.mark.django_db
DUE = date(2022, 9, 30)
DAY = timedelta(days=1)
PACK = "election_preparation"


def term(unit: Unit, due: date = DUE) -> Unit:
    Term.objects.create(unit=unit, valid_from=SINCE, due_on=str(due), due_by=due)
    return unit


def extend(unit: Unit, until: date | None, first: date = DUE, given_on: date = date(2022, 9, 1)) -> None:
    Excuse.objects.create(unit=unit, rule="term.organization", first=first, reason="班子调整", given_on=given_on, until=until)


@bounds("term.organization")
@pytest.mark.parametrize(("day", "found"), [
    (date(2022, 3, 29), "done"), (date(2022, 3, 30), "due"), (date(2022, 3, 31), "due"),
    (DUE - DAY, "due"), (DUE, "due"), (DUE + DAY, "overdue"),
])
def test_an_organization_is_reminded_six_months_ahead_and_late_the_day_after(day: date, found: str) -> None:
    assert state("term.organization", term(branch()), day) == found


@bounds("term.organization")
def test_without_a_term_nobody_can_tell() -> None:
    assert state("term.organization", branch(), DUE) == "cannot_tell"


@bounds("term.organization")
def test_an_agreed_delay_holds_to_its_last_day() -> None:
    unit = term(branch())
    extend(unit, date(2022, 12, 31))

    assert state("term.organization", unit, date(2022, 12, 31)) == "excused"
    assert state("term.organization", unit, date(2023, 1, 1)) == "overdue"


@bounds("term.organization", "term.preparing", "term.extended_too_long")
@pytest.mark.parametrize("form", [Form.FUNCTIONAL, Form.TEMPORARY])
@pytest.mark.parametrize("code", ["term.organization", "term.preparing", "term.extended_too_long"])
def test_a_limited_form_is_never_asked_for_elections(code: str, form: Form) -> None:
    PackSwitch.objects.create(unit=city(), pack=PACK, valid_from=SINCE)
    unit = term(branch(form=form))
    extend(unit, DUE.replace(year=2024))

    assert state(code, unit, DUE) == ""


@bounds("term.chamber")
@pytest.mark.parametrize(("day", "found"), [
    (date(2022, 3, 29), "done"), (date(2022, 3, 30), "due"), (DUE, "due"), (DUE + DAY, "due"), (date(2024, 1, 1), "due"),
])
def test_a_chamber_is_reminded_and_its_latest_day_named(day: date, found: str) -> None:
    unit = term(chamber())

    assert state("term.chamber", unit, day) == found
    assert stands("term.chamber", unit, day)[0].due == (date(2023, 9, 30) if day > DUE else DUE)


@bounds("term.chamber")
def test_a_chamber_without_a_term_cannot_be_told() -> None:
    assert state("term.chamber", chamber(), DUE) == "cannot_tell"


@bounds("term.preparing")
@pytest.mark.parametrize(("day", "months"), [
    (date(2022, 6, 29), ""), (date(2022, 6, 30), "3个月"), (date(2022, 7, 29), "3个月"), (date(2022, 7, 30), "2个月"),
    (date(2022, 8, 29), "2个月"), (date(2022, 8, 30), "1个月"), (DUE, "1个月"), (DUE + DAY, ""),
])
def test_preparing_is_reminded_three_times(day: date, months: str) -> None:
    PackSwitch.objects.create(unit=city(), pack=PACK, valid_from=SINCE)
    found = stands("term.preparing", term(branch()), day)

    assert [one.state.value for one in found] == (["due"] if months else [])
    assert all(f"只有{months}" in one.message and one.due == date(2022, 8, 30) for one in found)


@bounds("term.preparing")
def test_a_local_rule_is_asked_where_and_while_it_is_switched_on() -> None:
    unit = term(branch())
    PackSwitch.objects.create(unit=neighbour(), pack=PACK, valid_from=SINCE)
    PackSwitch.objects.create(unit=unit, pack="size_decides", valid_from=SINCE)
    assert state("term.preparing", unit, date(2022, 8, 1)) == ""

    PackSwitch.objects.create(unit=unit, pack=PACK, valid_from=date(2022, 8, 1), valid_to=date(2022, 8, 3))

    assert [state("term.preparing", unit, date(2022, 8, n)) for n in (2, 3)] == ["due", ""]
    assert state("term.preparing", unit, date(2022, 7, 31)) == ""


@bounds("term.extended_too_long")
@pytest.mark.parametrize(("until", "found"), [
    (None, ""), (date(2023, 9, 29), ""), (date(2023, 9, 30), ""), (date(2023, 10, 1), "due"),
])
def test_a_delay_of_more_than_a_year_is_told(until: date | None, found: str) -> None:
    unit = term(branch())
    assert state("term.extended_too_long", unit, DUE) == ""

    extend(unit, until)

    assert state("term.extended_too_long", unit, DUE) == found


@bounds("term.extended_too_long")
def test_a_delay_is_told_from_the_day_it_was_given_and_not_after_the_election() -> None:
    unit = term(branch())
    extend(unit, date(2024, 1, 1))
    assert state("term.extended_too_long", unit, date(2022, 8, 31)) == ""
    assert state("term.extended_too_long", unit, date(2022, 9, 1)) == "due"

    Term.objects.filter(unit=unit).update(valid_to=date(2023, 3, 1))
    Term.objects.create(unit=unit, valid_from=date(2023, 3, 1), due_on="2026-02", due_by=date(2026, 2, 28))

    assert state("term.extended_too_long", unit, date(2023, 3, 1)) == ""
