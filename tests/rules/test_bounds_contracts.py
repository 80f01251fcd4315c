"""Terms that people are sent or hired for: thirty-one days before the end, thirty, the last day, the day after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import Category, GuideAssignment, Post
from shanghui.ledger.people.operations import assign_guide, hand_over, renew
from tests.rules.bounds import appoint, bounds, branch, chamber, covered_by, people, stands, state
from tests.worked_city import AT, city

pytestmark = pytest.mark.django_db
NOW = date(2022, 6, 30)
DAY = timedelta(days=1)
LAST = NOW + 30 * DAY


def guided(until: date | None = LAST + DAY) -> GuideAssignment:
    unit = chamber()
    return assign_guide(
        person=people(1, Category.FULL, city())[0], chamber=Chamber.objects.get(unit=unit), since=date(2021, 7, 1), until=until,
        by=None, at=AT,
    )


@bounds("work.guide_term")
def test_the_end_of_a_term_is_told_thirty_days_before_until_it_is_there() -> None:
    unit = guided().chamber.unit

    days = [NOW - DAY, NOW, LAST, LAST + DAY]
    assert [state("work.guide_term", unit, day) for day in days] == ["", "due", "due", ""]
    assert [state("work.coverage", unit, day) for day in days] == ["", "", "", "due"]
    assert [one.due for one in stands("work.guide_term", unit, NOW)] == [LAST]


@bounds("work.guide_term")
@pytest.mark.parametrize("until", [None, LAST + 2 * DAY])
def test_no_term_and_a_later_end_are_told_nothing(until: date | None) -> None:
    assert state("work.guide_term", guided(until).chamber.unit, NOW) == ""


@bounds("work.guide_term")
def test_who_goes_on_or_was_followed_by_another_is_told_nothing() -> None:
    old = guided()
    renew(assignments=[old], until=LAST + 10 * DAY, unit=city(), by=None, at=AT)
    unit = old.chamber.unit

    assert [state("work.guide_term", unit, NOW + n * DAY) for n in (0, 8, 9)] == ["", "", "due"]
    hand_over(
        assignments=[GuideAssignment.objects.get(valid_from=LAST + DAY)], to=people(1, Category.FULL, city())[0], since=LAST + 5 * DAY,
        until=None, note="", unit=city(), by=None, at=AT,
    )
    assert state("work.guide_term", unit, NOW + 10 * DAY) == ""


@bounds("work.guide_term")
def test_a_hole_before_the_next_is_told_and_a_covered_chamber_is_not() -> None:
    old = guided()
    assign_guide(person=old.person, chamber=old.chamber, since=LAST + 2 * DAY, by=None, at=AT)

    assert state("work.guide_term", old.chamber.unit, NOW) == "due"
    covered_by(branch(3), old.chamber.unit)
    assert state("work.guide_term", old.chamber.unit, NOW) == ""


@bounds("work.guide_term")
def test_an_end_that_comes_earlier_moves_nothing_as_at_a_day_before() -> None:
    old = guided(LAST + 10 * DAY)
    GuideAssignment.objects.filter(pk=old.pk).update(valid_to=NOW + DAY)

    assert state("work.guide_term", old.chamber.unit, NOW - DAY) == ""


@bounds("secretary.contract")
def test_the_contract_of_a_hired_secretary_is_told_thirty_days_before_and_after() -> None:
    unit = branch(3)
    appoint(unit, method="hired", due_by=LAST, until=LAST + 3 * DAY)

    days = [NOW - DAY, NOW, LAST, LAST + DAY, LAST + 2 * DAY, LAST + 3 * DAY]
    assert [state("secretary.contract", unit, day) for day in days] == ["", "due", "due", "due", "due", ""]
    assert "将满" in stands("secretary.contract", unit, LAST)[0].message
    assert "已满" in stands("secretary.contract", unit, LAST + DAY)[0].message


@bounds("secretary.contract")
def test_an_elected_secretary_and_a_hired_deputy_have_no_contract_to_tell_of() -> None:
    unit = branch(3)
    appoint(unit, method="elected")
    appoint(unit, Post.DEPUTY_SECRETARY, method="hired", due_by=NOW)

    assert state("secretary.contract", unit, NOW) == ""


@bounds("secretary.contract")
def test_a_contract_whose_end_is_not_known_cannot_be_told() -> None:
    unit = branch(3)
    appoint(unit, method="hired")

    assert state("secretary.contract", unit, NOW) == "cannot_tell"
