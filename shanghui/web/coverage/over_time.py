"""The two rates over the last half years, and against the end of last year; all asked of the ledger as it stood then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.access.scope import Scope
from shanghui.indicators.queries import Figures, figures
from shanghui.kernel.rates import Rate, points_between
from shanghui.web.kit.trends import Line, Trend

ORGANIZATION, WORK = "coverage.organization", "coverage.work"
RATES = (ORGANIZATION, WORK)


def half_year_ends(day: date, count: int = 5) -> tuple[date, ...]:
    """The last ends of half years up to the day, the oldest first.

    >>> [end.isoformat() for end in half_year_ends(date(2022, 7, 8), 2)]
    ['2021-12-31', '2022-06-30']
    """
    ends = [date(year, month, last) for year in range(day.year - count, day.year + 1) for month, last in ((6, 30), (12, 31))]
    return tuple(end for end in ends if end <= day)[-count:]


def rates_on(scope: Scope, day: date) -> Figures:
    """Both coverages as at a day. One query."""
    return figures(scope.on(day), day, set(RATES))


def trend(scope: Scope, day: date, name: str) -> Trend | None:
    """Both coverages at the last five ends of half years; None where no day has anything to show. Five queries."""
    days = half_year_ends(day)
    found = [rates_on(scope, end) for end in days]
    if not any(one[ORGANIZATION].denominator for one in found):
        return None
    lines = tuple(Line(word, tuple(_rate(one, code) for one in found)) for word, code in (("党组织", ORGANIZATION), ("党的工作", WORK)))
    return Trend("coverage-trend", f"{name}两个覆盖，{days[0].year} 年{'中' if days[0].month == 6 else '末'}以来", days, lines)


def _rate(found: Figures, code: str) -> Rate:
    one = found[code]
    return Rate(one.numerator, one.denominator or 0)


@dataclass(frozen=True)
class Step:
    """One rate on two days; `points` signed, None where either day has nothing to divide by."""

    title: str
    code: str
    then: Rate
    now: Rate

    @property
    def points(self) -> str | None:
        """«+3.4», from the counts."""
        return points_between(self.now, self.then)

    @property
    def words(self) -> str:
        """«提高 3.4 个百分点», «降低 …», «持平», "" where it cannot be said."""
        if self.points is None:
            return ""
        size = self.points.lstrip("+-")
        if self.now.value == self.then.value:
            return "持平"
        return f"{'提高' if self.points.startswith('+') else '降低'} {size} 个百分点"


def steps(then: Figures, now: Figures) -> list[Step]:
    """Both coverages from one day to another."""
    return [Step(now[code].indicator.title, code, _rate(then, code), _rate(now, code)) for code in RATES]


def year_end_before(day: date) -> date:
    """The last day of the year before."""
    return date(day.year - 1, 12, 31)
