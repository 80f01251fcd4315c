"""The numbers of a question: one table of all nodes per day, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from shanghui.access.scope import Scope
from shanghui.indicators.queries import Figure, Figures, breakdown, figures, matrix, none_of
from shanghui.indicators.registry import Indicator
from shanghui.web.explorer.asked import Asked, Level
from shanghui.web.explorer.places import Below, Place

Numbers = Callable[[Place, Indicator, date], Figure | None]
"""The figure of a place on a day; None where it cannot be told, or the place was not there."""


def numbers(asked: Asked, scope: Scope, below: Mapping[date, Below]) -> Numbers:
    """Counts every day once: one query for each population (by kind: two), and no more for more rows."""
    count = {Level.NODE: _whole, Level.KIND: _by_kind}.get(asked.level, _by_unit)
    if scope.node is None and asked.level is not Level.KIND:
        count = _whole
    found = {day: count(asked, scope, day, below) for day in asked.days}
    return lambda place, indicator, day: found[day](place, indicator) if place.there(day) else None


OfDay = Callable[[Place, Indicator], Figure | None]


def _whole(asked: Asked, scope: Scope, day: date, below: Mapping[date, Below]) -> OfDay:
    found = figures(scope, day, asked.codes)
    return lambda place, indicator: found[indicator.code]


def _by_kind(asked: Asked, scope: Scope, day: date, below: Mapping[date, Below]) -> OfDay:
    whole, kinds, none = figures(scope, day, asked.codes), breakdown(scope, day, "kind", asked.codes), none_of(asked.codes)
    return lambda place, indicator: (kinds.get(place.kind, none) if place.kind else whole)[indicator.code]


def _by_unit(asked: Asked, scope: Scope, day: date, below: Mapping[date, Below]) -> OfDay:
    there = below[day]
    table, none = matrix(scope, day, asked.codes, there.parents), none_of(asked.codes)
    children = sorted(there.children(scope.node)) if scope.node is not None else []
    known: dict[int, Figures] = {}

    def of(unit: int) -> Figures:
        if unit not in known:
            known[unit] = none | table.get(unit, {})
        return known[unit]

    def one(place: Place, indicator: Indicator) -> Figure | None:
        assert place.unit is not None
        whole = of(place.unit)[indicator.code]
        return _rest(whole, [of(unit)[indicator.code] for unit in children]) if place.direct else whole

    return one


def _rest(whole: Figure, below: Sequence[Figure]) -> Figure | None:
    """What hangs on the unit itself; cannot be told where one record may hang on several units."""
    if whole.indicator.population.spread:
        return None
    denominator = None if whole.denominator is None else whole.denominator - sum(one.denominator or 0 for one in below)
    return Figure(whole.indicator, whole.numerator - sum(one.numerator for one in below), denominator)
