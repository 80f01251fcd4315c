"""Months as bits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanghui.kernel.facts import Precision
from shanghui.rules.months import (
    Every,
    Window,
    all_of,
    any_of,
    first_of_period,
    period_name,
    period_words,
    places,
    surely_since,
    year_wide,
)

WINDOW = Window(2021, 2022)
DAYS = st.dates(date(2020, 6, 1), date(2023, 6, 30))


@given(DAYS, DAYS)
def test_a_month_is_within_when_its_days_are(since: date, until: date) -> None:
    whole = {
        n for n in range(WINDOW.length)
        if since <= WINDOW.first_day(n) and WINDOW.last_day(n, Every.MONTH) < until
    }
    begun = {n for n in range(WINDOW.length) if since <= WINDOW.first_day(n) < until}

    assert set(places(WINDOW.wholly_within(since, until))) == whole
    assert set(places(WINDOW.beginning_within(since, until))) == begun


@given(DAYS, st.sampled_from(Every))
def test_a_period_is_over_the_day_after_its_last_day(day: date, every: Every) -> None:
    starts = places(WINDOW.starts(every))

    assert places(WINDOW.ended_before(day, every)) == [n for n in starts if WINDOW.last_day(n, every) < day]
    assert places(WINDOW.beginning_by(day)) == [n for n in range(WINDOW.length) if WINDOW.first_day(n) <= day]


@given(st.integers(0, WINDOW.whole), st.sampled_from(Every))
def test_a_period_has_any_or_all_of_its_months(mask: int, every: Every) -> None:
    months, starts = set(places(mask)), WINDOW.starts(every)

    assert places(any_of(mask, every, starts)) == [n for n in places(starts) if months & set(range(n, n + every))]
    assert places(all_of(mask, every, starts)) == [n for n in places(starts) if months >= set(range(n, n + every))]


@given(st.integers(0, WINDOW.whole))
def test_a_year_is_wide_when_one_month_is_set(mask: int) -> None:
    years = {n // 12 for n in places(mask)}

    assert {n // 12 for n in places(year_wide(mask))} == years
    assert len(places(year_wide(mask))) == 12 * len(years)


def test_periods_have_the_names_an_office_uses() -> None:
    assert period_name(date(2022, 6, 1), Every.MONTH) == "2022-06"
    assert period_name(date(2022, 4, 1), Every.QUARTER) == "2022-Q2"
    assert period_name(date(2022, 7, 1), Every.HALF_YEAR) == "2022-H2"
    assert [period_words(date(2022, m, 1), Every.QUARTER) for m in (1, 4, 7, 10)] == [f"2022年{n}季度" for n in "一二三四"]
    assert period_words(date(2022, 7, 1), Every.HALF_YEAR) == "2022年下半年"


def test_a_beginning_known_to_the_month_is_sure_from_the_next() -> None:
    assert surely_since(date(2022, 3, 1), Precision.MONTH) == date(2022, 4, 1)
    assert surely_since(date(2022, 12, 1), Precision.MONTH) == date(2023, 1, 1)
    assert surely_since(date(2022, 1, 1), Precision.YEAR) == date(2023, 1, 1)
    assert surely_since(date(2022, 3, 1), Precision.DAY) == date(2022, 3, 1)


def test_the_bits_of_a_window_are_its_months() -> None:
    assert WINDOW.first_day(0) == date(2021, 1, 1)
    assert WINDOW.last_day(23, Every.MONTH) == date(2022, 12, 31)
    assert WINDOW.place(date(2022, 2, 28)) == 13
    assert all(WINDOW.place(WINDOW.first_day(n) - timedelta(days=1)) == n - 1 for n in range(24))


@pytest.mark.parametrize("every", list(Every))
def test_a_period_is_found_by_its_name(every: Every) -> None:
    for place in places(WINDOW.starts(every)):
        first = WINDOW.first_day(place)

        assert first_of_period(period_name(first, every), every) == (first, WINDOW.last_day(place, every))
