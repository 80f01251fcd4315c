"""Letters of introduction that run out: ten days ahead, the last day, the day after; closed ones are not told (REL-06)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shanghui.ledger.people.models import Category
from shanghui.ledger.people.operations import accept_letter, letter_answered, void_letter
from tests.ledger.transferred import ACT, BRANCH, DAY, JUNE, letter, letter_in, member, stranger
from tests.rules.bounds import bounds, stands, state
from tests.worked_city import named

pytestmark = pytest.mark.django_db
LAST = JUNE + timedelta(days=30)
AROUND = [LAST - 11 * DAY, LAST - 10 * DAY, LAST, LAST + DAY]


@bounds("transfer.letter_out")
def test_the_slip_is_asked_for_ten_days_ahead_and_overdue_after_the_last_day() -> None:
    letter(member())

    assert [state("transfer.letter_out", named(BRANCH), day) for day in AROUND] == ["", "due", "due", "overdue"]
    assert stands("transfer.letter_out", named(BRANCH), LAST)[0].due == LAST


@bounds("transfer.letter_out")
def test_letters_of_one_last_day_are_told_together_and_of_another_apart() -> None:
    for number, days in enumerate((30, 30, 31)):
        letter(member(f"方{number}"), str(number + 1), days=days)

    found = stands("transfer.letter_out", named(BRANCH), LAST)
    assert [one.message[:2] for one in found] == ["2封", "1封"]


@bounds("transfer.letter_out")
def test_one_answered_or_void_is_over_from_that_day() -> None:
    answered, void = letter(member("方一"), "1"), letter(member("方二"), "2")
    letter_answered(transfer=answered, accepted_on=LAST, answered_on=LAST, **ACT)
    void_letter(transfer=void, on=LAST, explanation="遗失", **ACT)

    assert [state("transfer.letter_out", named(BRANCH), day) for day in (LAST - DAY, LAST)] == ["due", ""]


@bounds("transfer.letter_in")
def test_one_that_came_in_is_to_be_accepted_before_it_runs_out() -> None:
    row = letter_in(stranger())

    assert [state("transfer.letter_in", named(BRANCH), day) for day in AROUND] == ["", "due", "due", "overdue"]
    accept_letter(transfer=row, category=Category.FULL, checked_on=LAST, on=LAST, **ACT)
    assert state("transfer.letter_in", named(BRANCH), LAST + DAY) == ""
