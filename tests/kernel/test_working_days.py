"""Working days follow the notices: holidays, days worked instead, and years without a notice yet (CALC-04, CALC-05)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.kernel.working_days import (
    LAST_YEAR,
    after_working_days,
    is_working_day,
    working_days_between,
)


@pytest.mark.parametrize(("day", "working"), [
    (date(2026, 6, 18), True), (date(2026, 6, 19), False), (date(2026, 6, 20), False), (date(2026, 6, 22), True),
    (date(2025, 9, 28), True), (date(2025, 10, 1), False), (date(2025, 10, 8), False), (date(2025, 10, 9), True),
    (date(2025, 10, 11), True), (date(2025, 10, 12), False),
])
def test_holidays_and_days_worked_instead(day: date, working: bool) -> None:
    assert is_working_day(day) is working


def test_the_day_of_posting_is_not_counted() -> None:
    assert after_working_days(date(2026, 6, 1), 5).day == date(2026, 6, 8)
    assert after_working_days(date(2026, 6, 1), 1).day == date(2026, 6, 2)


def test_a_holiday_and_a_sunday_that_is_worked_move_the_end() -> None:
    assert after_working_days(date(2025, 9, 26), 5).day == date(2025, 10, 10)
    assert after_working_days(date(2025, 10, 9), 3).day == date(2025, 10, 13)


def test_a_year_without_a_notice_is_counted_by_weekends_and_said_to_be_provisional() -> None:
    known, unknown = after_working_days(date(LAST_YEAR, 11, 2), 5), after_working_days(date(LAST_YEAR, 12, 30), 5)

    assert not known.provisional
    assert known.mark == ""
    assert unknown.provisional
    assert "暂算" in unknown.mark
    assert is_working_day(date(LAST_YEAR + 1, 1, 4))


def test_days_between_leave_out_the_first_and_count_the_last() -> None:
    assert working_days_between(date(2026, 6, 1), date(2026, 6, 8)) == 5
    assert working_days_between(date(2026, 6, 1), date(2026, 6, 7)) == 4
    assert working_days_between(date(2026, 6, 8), date(2026, 6, 1)) == 0


def test_no_count_below_one() -> None:
    with pytest.raises(ValueError, match="0"):
        after_working_days(date(2026, 6, 1), 0)
