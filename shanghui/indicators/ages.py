"""Years since a day that may be known to its month or its year only: reached, not reached, or nobody can tell (CALC-02)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.functions import Length

from shanghui.kernel.periods import months_later, years_before

REACHED, NOT_YET, UNTOLD = "yes", "no", ""


def latest_reaching(day: date, years: int) -> date:
    """The latest day since which so many years are full on `day`; 29 February is full on the last of February."""
    found = years_before(day, years)
    following = found + timedelta(days=1)
    return following if months_later(following, 12 * years) <= day else found


def edges(day: date, years: int) -> tuple[tuple[int, str, str], ...]:
    """(length, latest, edge) of dates written to the day, the month, the year: up to `latest` so many years are full on `day`,
    after `edge` they are not, between them nobody can tell."""
    last = latest_reaching(day, years)
    written, following = last.isoformat(), last + timedelta(days=1)
    month = written[:7] if following.month != last.month else (last.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    year = written[:4] if following.year != last.year else f"{last.year - 1:04}"
    return (10, written, written), (7, month, written[:7]), (4, year, written[:4])


def years_full(column: str, day: date, years: int) -> Case:
    """For a row whose `column` holds a partial date: whether so many years are full on `day` (REACHED, NOT_YET, UNTOLD)."""
    size = f"{column}_length"
    reached = [When(Q(**{size: length, f"{column}__lte": latest}), then=Value(REACHED)) for length, latest, _ in edges(day, years)]
    not_yet = [When(Q(**{size: length, f"{column}__gt": edge}), then=Value(NOT_YET)) for length, _, edge in edges(day, years)]
    return Case(*reached, *not_yet, default=Value(UNTOLD), output_field=CharField())


def lengths(*columns: str) -> dict[str, Length]:
    """How exactly the dates of these columns are written: what `years_full` looks at."""
    return {f"{column}_length": Length(column) for column in columns}
