"""Developments by stage and by age of stage as at a day, and whose probation is over on which day (M15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from tests.cases.developing import ACTIVIST, APPLIED, APPROVED, CANDIDATE, ENDS, extended, walked

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def counts(on: date) -> dict[str, tuple[int, int | None]]:
    """The figures of developments on a day."""
    codes = {"open", "applicants", "activists", "candidates", "probationary", "long", "probation_over"}
    found = figures(whole(on), on, {f"development.{code}" for code in codes})
    return {code.partition(".")[2]: (one.numerator, one.denominator) for code, one in found.items()}


def test_each_stage_from_its_first_day() -> None:
    walked("oath")

    for first, before, stage in (
        (ACTIVIST, "applicants", "activists"), (CANDIDATE, "activists", "candidates"), (APPROVED, "candidates", "probationary"),
    ):
        assert counts(first - DAY)[before] == (1, None)
        assert counts(first)[stage] == (1, None)
        assert counts(first)[before] == (0, None)
    assert counts(APPLIED - DAY)["open"] == (0, None)


def test_probation_is_over_from_its_last_day_and_later_where_it_was_extended() -> None:
    case = walked("confirmation_request")
    assert [counts(day)["probation_over"] for day in (ENDS - DAY, ENDS)] == [(0, 1), (1, 1)]

    extended(case, 6)
    assert [counts(day)["probation_over"] for day in (ENDS + DAY, date(2028, 1, 19), date(2028, 1, 20))] == [(0, 1), (0, 1), (1, 1)]


def test_more_than_two_years_in_one_stage_is_told() -> None:
    walked("contacts")

    assert [counts(day)["long"] for day in (date(2026, 10, 8), date(2026, 10, 9))] == [(0, 1), (1, 1)]
