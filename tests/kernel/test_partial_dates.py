"""Dates with the precision written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanghui.kernel.partial_dates import (
    NotADate,
    first_day,
    last_day,
    plus_months,
    read_number,
    read_text,
    read_value,
    surely_before,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2019年7月1日", "2019-07-01"), ("2019-7-1", "2019-07-01"), ("2019/7/1", "2019-07-01"), (" 2019. 7.1 ", "2019-07-01"),
        ("２０１９．０７．０１", "2019-07-01"), ("20190701", "2019-07-01"), ("2019-07-01 00:00:00", "2019-07-01"),
        ("2019/2/3  14:30", "2019-02-03"), ("2019年7月", "2019-07"), ("2019.07", "2019-07"), ("2019.10", "2019-10"), ("201907", "2019-07"),
        ("2019年", "2019"), ("2019", "2019"), ("2019年七月", "2019-07"), ("1985年05月生", "1985-05"),
        ("2019-7-1日", "2019-07-01"), ("2019。7。1", "2019-07-01"), ("二〇二二年三月", "2022-03"), ("二○二二年十二月三十一日", "2022-12-31"),
        ("43647", "2019-07-01"),
    ],
)  # fmt: skip
def test_ways_of_writing(text: str, written: str) -> None:
    assert read_text(text)[0] == written


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2022-02-30", "date_invalid"), ("2015年13月", "date_invalid"), ("2019.0", "date_invalid"), ("不详", "date_unknown"),
        ("2019年十十月", "date_invalid"), ("201913", "date_invalid"),
    ],
)  # fmt: skip
def test_what_is_no_date(text: str, kind: str) -> None:
    with pytest.raises(NotADate) as refused:
        read_text(text)

    assert refused.value.kind == kind


def test_a_year_of_two_digits_is_the_latest_that_may_be_meant() -> None:
    assert read_text("85.7", 2023) == ("1985-07", True)
    assert read_text("19.7.1", 2023) == ("2019-07-01", True)


@pytest.mark.parametrize(
    ("number", "written"), [(43647, "2019-07-01"), (20140804, "2014-08-04"), (201408, "2014-08"), (2014, "2014"), (2009.2, "2009-02"), (2009.12, "2009-12")]
)  # fmt: skip
def test_numbers(number: float, written: str) -> None:
    assert read_number(number) == written


def test_the_number_2009_1_is_january_or_october() -> None:
    with pytest.raises(NotADate) as refused:
        read_number(2009.1)

    assert refused.value.kind == "date_ambiguous"


@given(DAYS)
def test_every_day_is_read_back_from_each_way_of_writing_it(day: date) -> None:
    iso = day.isoformat()

    for written in (
        iso, f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", f"{day.year}/{day.month:02}/{day.day:02}",
        f"{day:%Y%m%d}", f"{iso} 00:00:00",
    ):  # fmt: skip
        assert read_text(written) == (iso, False)
    assert read_value(day, 2100) == read_value(datetime(day.year, day.month, day.day, 9), 2100) == (iso, False)


@given(DAYS)
def test_day_numbers_of_excel_count_from_the_end_of_1899(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    if serial >= 10000:
        assert read_number(serial) == day.isoformat()


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_a_partial_date_spans_its_days(day: date, length: int) -> None:
    written = day.isoformat()[:length]

    assert first_day(written) <= day <= last_day(written)
    following = (last_day(written) + timedelta(days=1)).isoformat()
    assert not following.startswith(written)


@given(DAYS, DAYS, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_surely_before_means_that_every_day_is(a: date, b: date, first: int, second: int) -> None:
    x, y = a.isoformat()[:first], b.isoformat()[:second]

    assert surely_before(x, y) == (last_day(x) < first_day(y))


@given(DAYS, st.integers(0, 60))
def test_months_later_keep_the_precision_and_the_order(day: date, months: int) -> None:
    later = plus_months(day.isoformat(), months)

    assert len(later) == 10
    assert first_day(later) >= day
    assert plus_months(day.isoformat()[:7], months) == later[:7]


def test_the_last_day_of_a_shorter_month() -> None:
    assert plus_months("2023-08-31", 6) == "2024-02-29"
    assert plus_months("2024-02-29", 12) == "2025-02-28"
    assert plus_months("2019", 12) == "2020"
