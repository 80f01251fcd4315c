"""Members away, lost, abroad or mending, and who stays away: the day before, the day itself, the day after; nobody is moved by it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from shanghui.access.models import Unit
from shanghui.ledger.activities.models import ActivityType, Presence
from shanghui.ledger.activities.operations import Parts, Roll
from shanghui.ledger.people.models import MembershipRecord, MemberStanding, Person, StandingKind
from tests.rules.bounds import bounds, branch, hold, join, stands, state

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SINCE = date(2022, 1, 31)


def standing(unit: Unit, kind: StandingKind, since: date = SINCE, person: Person | None = None, **values: Any) -> MemberStanding:
    return MemberStanding.objects.create(person=person or join(unit, 1)[0], kind=kind, valid_from=since, **values)


def around(code: str, unit: Unit, day: date) -> list[str]:
    return [state(code, unit, one) for one in (day - DAY, day, day + DAY)]


@bounds("member.floating")
def test_somebody_away_is_to_be_contacted_after_three_months() -> None:
    unit = branch(3)
    assert state("member.floating", unit, date(2023, 1, 1)) == ""

    away = standing(unit, StandingKind.FLOATING)

    assert around("member.floating", unit, date(2022, 4, 30)) == ["", "due", "due"]
    away.contacts.create(held_on=date(2022, 4, 30))
    assert around("member.floating", unit, date(2022, 7, 30)) == ["", "due", "due"]
    assert state("member.floating", unit, date(2022, 4, 30)) == ""


@bounds("member.floating")
def test_of_two_who_wait_since_one_day_it_is_said_once_without_names() -> None:
    unit = branch(3)
    for person in join(unit, 2):
        standing(unit, StandingKind.FLOATING, person=person)

    (found,) = stands("member.floating", unit, date(2022, 5, 1))
    assert found.message.startswith("2名流动党员")
    assert "党员0" not in found.message


@bounds("member.floating")
def test_who_came_back_is_told_no_more() -> None:
    unit = branch(3)
    standing(unit, StandingKind.FLOATING, valid_to=date(2022, 6, 1))

    assert [state("member.floating", unit, day) for day in (date(2022, 5, 31), date(2022, 6, 1))] == ["due", ""]


@bounds("member.fixed_place")
@pytest.mark.parametrize(("fixed", "found"), [(True, "due"), (None, "cannot_tell"), (False, "")])
def test_six_months_at_a_fixed_place_ask_for_the_relations(fixed: bool | None, found: str) -> None:
    unit = branch(3)
    standing(unit, StandingKind.FLOATING, fixed=fixed)

    assert around("member.fixed_place", unit, date(2022, 7, 31)) == ["", found, found]


@bounds("member.fixed_place")
def test_a_month_counts_from_its_last_day() -> None:
    unit = branch(3)
    standing(unit, StandingKind.FLOATING, date(2022, 1, 1), fixed=True, from_precision="month")

    assert around("member.fixed_place", unit, date(2022, 7, 31)) == ["", "due", "due"]


@bounds("member.abroad")
def test_who_studies_abroad_is_contacted_every_half_year() -> None:
    unit = branch(3)
    standing(unit, StandingKind.ABROAD, purpose="study")

    assert around("member.abroad", unit, date(2022, 7, 1)) == ["", "due", "due"]
    assert around("member.abroad", unit, date(2022, 7, 31)) == ["due", "due", "overdue"]


@bounds("member.abroad")
@pytest.mark.parametrize("purpose", ["work", "other", ""])
def test_who_is_abroad_for_something_else_is_not_asked_about(purpose: str) -> None:
    unit = branch(3)
    standing(unit, StandingKind.ABROAD, purpose=purpose)

    assert state("member.abroad", unit, date(2029, 1, 1)) == ""
    assert state("member.settled_abroad", unit, date(2029, 1, 1)) == ""


@bounds("member.settled_abroad")
def test_who_settled_is_told_at_once_and_who_studies_after_five_years() -> None:
    settled, student = branch(3), branch(3, name="云泽市另一商会党支部")
    standing(settled, StandingKind.ABROAD, purpose="settled")
    standing(student, StandingKind.ABROAD, purpose="study")

    assert around("member.settled_abroad", settled, SINCE) == ["", "due", "due"]
    assert around("member.settled_abroad", student, date(2027, 1, 31)) == ["", "", "due"]


@bounds("member.lost")
def test_six_months_of_silence_are_told_and_nobody_is_suspended_by_it() -> None:
    unit = branch(3)
    lost = standing(unit, StandingKind.LOST)

    assert around("member.lost", unit, date(2022, 7, 31)) == ["", "due", "due"]
    assert MembershipRecord.objects.filter(person=lost.person, valid_to=None).exists()


@bounds("member.lost", "member.lost_long")
def test_two_years_after_the_suspension_the_removal_is_to_be_considered() -> None:
    unit = branch(3)
    lost = standing(unit, StandingKind.LOST)
    standing(unit, StandingKind.SUSPENDED, date(2022, 9, 1), person=lost.person)

    assert state("member.lost", unit, date(2022, 9, 1)) == ""
    assert around("member.lost_long", unit, date(2024, 9, 1)) == ["", "due", "due"]


@bounds("member.lost_long")
def test_who_was_suspended_for_another_reason_is_not_told_there() -> None:
    unit = branch(3)
    standing(unit, StandingKind.SUSPENDED)

    assert state("member.lost_long", unit, date(2029, 1, 1)) == ""


@bounds("member.correcting")
def test_the_end_of_mending_is_told_thirty_days_before() -> None:
    unit = branch(3)
    standing(unit, StandingKind.CORRECTING, due_by=date(2022, 12, 31))

    assert around("member.correcting", unit, date(2022, 12, 1)) == ["", "due", "due"]
    assert around("member.correcting", unit, date(2022, 12, 31)) == ["due", "due", "overdue"]


# --- who stays away


def meetings(unit: Unit, person: Person, months: int, last: Presence = Presence.ABSENT, before: Presence = Presence.PRESENT) -> None:
    """One meeting a month from January 2022: `before` in January, then absent for so many months, `last` in the last of them."""
    states = [before, *[Presence.ABSENT] * (months - 1), last]
    for month, one in enumerate(states, start=1):
        hold(unit, ActivityType.THEME_DAY, date(2022, month, 15), Parts(roster=[Roll(person.pk, one, unit.pk)]))


@bounds("member.absent")
@pytest.mark.parametrize(("months", "words"), [(1, ""), (2, "连续2个月"), (3, "连续3个月"), (5, "连续5个月"), (6, "没有的由党组织研究")])
def test_months_of_absence_are_told_step_by_step(months: int, words: str) -> None:
    unit = branch(3)
    meetings(unit, join(unit, 1)[0], months)

    found = stands("member.absent", unit, date(2022, months + 2, 1))
    assert [one.first for one in found] == ([date(2022, 2, 1)] if words else [])
    assert all(words in one.message for one in found)
    assert state("member.absent", unit, date(2022, months + 1, 28)) == ("due" if months > 2 else "")


@bounds("member.absent")
@pytest.mark.parametrize("last", [Presence.EXCUSED, Presence.PRESENT])
def test_leave_and_coming_end_it(last: Presence) -> None:
    unit = branch(3)
    meetings(unit, join(unit, 1)[0], 4, last)

    assert state("member.absent", unit, date(2022, 6, 1)) == ""


@bounds("member.absent")
def test_who_is_away_is_told_elsewhere_and_a_month_without_a_roster_counts_for_nothing() -> None:
    unit = branch(3)
    person = join(unit, 1)[0]
    meetings(unit, person, 3)
    assert state("member.absent", unit, date(2022, 5, 1)) == "due"
    assert state("member.absent", unit, date(2022, 6, 1)) == ""

    standing(unit, StandingKind.FLOATING, person=person)
    assert state("member.absent", unit, date(2022, 5, 1)) == ""
