"""Figures as at a day: totals, tables by node, and the rows behind each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import add
from typing import Any, NamedTuple

from django.db.models import QuerySet

from shanghui.access.models import Axis
from shanghui.access.queries import parents_on
from shanghui.access.scope import Scope
from shanghui.indicators.registry import Indicator, Population, registry
from shanghui.kernel.conditions import holds
from shanghui.kernel.rates import Rate
from shanghui.kernel.records import Records


class Figure(NamedTuple):
    """An indicator's counts. `denominator` is None for a plain count."""

    indicator: Indicator
    numerator: int
    denominator: int | None

    @property
    def rate(self) -> Rate | None:
        """The two counts as a rate; None for a plain count."""
        return None if self.denominator is None else Rate(self.numerator, self.denominator)

    @property
    def value(self) -> Decimal | int | None:
        """The share (unrounded), or the count; None where there is nothing to divide by."""
        return self.rate.value if self.rate else self.numerator

    @property
    def text(self) -> str:
        """«85.0%», «—» or «28»."""
        return self.rate.percent() if self.rate else str(self.numerator)


Figures = dict[str, Figure]


@dataclass(frozen=True)
class _Part:
    """One condition of one indicator: what is counted into one place of the row of counts."""

    indicator: Indicator
    part: str
    place: int


def _parts(indicators: Iterable[Indicator]) -> dict[Population, list[_Part]]:
    found: dict[Population, list[_Part]] = defaultdict(list)
    for one in indicators:
        parts = found[one.population]
        parts.append(_Part(one, "numerator", len(parts)))
        if one.is_rate:
            parts.append(_Part(one, "denominator", len(parts)))
    return found


def population_rows(population: Population, scope: Scope, day: date) -> QuerySet[Any]:
    """The population as at the day, narrowed to the scope."""
    found: QuerySet[Any] = population.rows(day).filter(scope.on(day).condition(population.owner))
    return found


def rows(indicator: Indicator, scope: Scope, day: date, part: str = "numerator") -> QuerySet[Any] | Records[Any]:
    """The records behind a figure: exactly as many (distinct by the population's key) as the figure says."""
    computed = indicator.population.computed
    if computed is not None:
        return Records(computed.records(scope.on(day), day)).filter(indicator.condition(part, day))
    return stored_rows(indicator, scope, day, part)


def stored_rows(indicator: Indicator, scope: Scope, day: date, part: str = "numerator") -> QuerySet[Any]:
    """The same for a figure whose records are stored, as a queryset to go on asking."""
    found = population_rows(indicator.population, scope, day).filter(indicator.condition(part, day))
    if not indicator.population.spread:
        return found
    keys = found.order_by().values("pk")
    chosen: QuerySet[Any] = indicator.population.rows(day).model._default_manager.filter(pk__in=keys)
    return chosen


def _count(
    population: Population, parts: list[_Part], scope: Scope, day: date, by: str = ""
) -> dict[Hashable, list[Any]]:
    """Counts of all parts by the values of one column: the population's owner, one of its flags, or "" for all in one.

    One query reads each record's flags; a condition is asked once for each combination of flags that occurs. The numbers
    of a population that is spread are sets of keys, so that they can be united.
    """
    matching = _Matching(population.flags, parts, day)
    tally = (_tally_computed if population.computed else _tally_rows)(population, scope, day, by, matching)
    table: dict[Hashable, list[Any]] = {}
    for (node, found, more), times in tally.items():
        for place, total in matching.found[found]:
            counts = table.get(node)
            if counts is None:
                counts = table[node] = [set() for _ in parts] if population.spread else [0] * len(parts)
            if population.spread:
                counts[place].add(more)
            else:
                counts[place] += times * (more or 0) if total else times
    return table


Tally = Counter[tuple[Any, int, Any]]
"""How many records there are by (value of the column counted by, which conditions hold, key or amount)."""


def _tally_rows(population: Population, scope: Scope, day: date, by: str, matching: _Matching) -> Tally:
    columns = [population.owner, *population.flags]
    width, at = len(columns), columns.index(by) if by else None
    extra = population.key if population.spread else population.amount
    read = population_rows(population, scope, day).order_by().values_list(*columns, *([extra] if extra else []))
    tally: Tally = Counter()
    for row in read:
        node = None if at is None else row[at]
        tally[node, matching[row[1:width]], row[width] if extra else None] += 1
    return tally


def _tally_computed(population: Population, scope: Scope, day: date, by: str, matching: _Matching) -> Tally:
    assert population.computed is not None
    at = [population.owner, *population.flags].index(by) if by else None
    tally: Tally = Counter()
    for row, times in population.computed.tally(scope.on(day), day):
        tally[None if at is None else row[at], matching[row[1:]], None] += times
    return tally


class _Matching(dict[tuple[Any, ...], int]):
    """By flags, the place in `found` of the list of (place, whether the amount is summed) of the parts that hold."""

    def __init__(self, flags: tuple[str, ...], parts: list[_Part], day: date) -> None:
        self.flags, self.found = flags, list[list[tuple[int, bool]]]()
        self.conditions = [(part, part.indicator.condition(part.part, day)) for part in parts]

    def __missing__(self, values: tuple[Any, ...]) -> int:
        named = dict(zip(self.flags, values, strict=True))
        self.found.append([(p.place, p.indicator.total) for p, condition in self.conditions if holds(condition, named)])
        self[values] = len(self.found) - 1
        return self[values]


def _figures(parts: list[_Part], counts: Sequence[Any] | None) -> Figures:
    numbers = [len(one) if isinstance(one, set) else one for one in counts] if counts else [0] * len(parts)
    return {
        part.indicator.code: Figure(
            part.indicator, numbers[part.place], numbers[part.place + 1] if part.indicator.is_rate else None
        )
        for part in parts
        if part.part == "numerator"
    }


def none_of(codes: Collection[str] | None = None) -> Figures:
    """Figures of 0: what a unit without anything to count has."""
    return {one.code: Figure(one, 0, 0 if one.is_rate else None) for one in _chosen(codes)}


def _chosen(codes: Collection[str] | None) -> list[Indicator]:
    return [one for one in registry if codes is None or one.code in codes]


def figures(scope: Scope, day: date, codes: Collection[str] | None = None) -> Figures:
    """Every figure (or those named) over the whole scope as at the day, in the catalogue's order."""
    found: Figures = {}
    for population, parts in _parts(_chosen(codes)).items():
        found |= _figures(parts, _count(population, parts, scope, day).get(None))
    return {one.code: found[one.code] for one in _chosen(codes)}


def breakdown(scope: Scope, day: date, flag: str, codes: Collection[str]) -> dict[Any, Figures]:
    """The named figures of one population by the values of one of its flags (kind of chamber …)."""
    found: dict[Any, Figures] = {}
    for population, parts in _parts(_chosen(codes)).items():
        for value, counts in _count(population, parts, scope, day, flag).items():
            found.setdefault(value, {}).update(_figures(parts, counts))
    return found


class Matrix(Mapping[int, Figures]):
    """The figures of every unit that has something to count. The numbers are there; they are put into words (as figures)
    for a unit when it is asked for: a province has 8,000 units and half a million figures."""

    def __init__(self, tables: Sequence[tuple[list[_Part], Mapping[int, Sequence[Any]]]]) -> None:
        """`tables`: for each population its parts, and the folded counts by unit."""
        self._tables = tables
        self._units = {unit for _, table in tables for unit in table}

    def __getitem__(self, unit: int) -> Figures:
        if unit not in self._units:
            raise KeyError(unit)
        found: Figures = {}
        for parts, table in self._tables:
            if unit in table:
                found |= _figures(parts, table[unit])
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._units)

    def __len__(self) -> int:
        return len(self._units)


def matrix(scope: Scope, day: date, codes: Collection[str] | None = None, parents: Mapping[int, int] | None = None) -> Matrix:
    """Every figure of every unit within the scope as at the day: each population is read once and folded up the tree of
    that day (of the scope's own, where it is pinned; `parents`, where the caller has that tree). Units with nothing below
    them to count are absent; take figures of 0 for them."""
    parents = parents_on(scope.on(day).day, Axis.SUPERVISION) if parents is None else parents
    return Matrix([
        (parts, fold(_count(population, parts, scope, day, population.owner), parents))
        for population, parts in _parts(_chosen(codes)).items()
    ])


def fold(table: Mapping[Any, list[Any]], parents: Mapping[int, int]) -> dict[int, list[Any]]:
    """Adds the counts of every unit to all units above it; sets are united, so that a record counts once at each level.

    From the leaves upwards, so that each unit is added to its parent once.
    """
    folded = {unit: _copy(counts) for unit, counts in table.items()}
    depths = _depths(table, parents)
    for node in sorted(depths, key=depths.__getitem__, reverse=True):
        parent = parents.get(node)
        if parent is None:
            continue
        counts, present = folded[node], folded.get(parent)
        if present is None:
            folded[parent] = _copy(counts)
        elif isinstance(counts[0], set):
            for above, one in zip(present, counts, strict=True):
                above |= one
        else:
            folded[parent] = list(map(add, present, counts))
    return folded


def _copy(counts: list[Any]) -> list[Any]:
    return [set(one) for one in counts] if isinstance(counts[0], set) else list(counts)


def _depths(units: Iterable[int], parents: Mapping[int, int]) -> dict[int, int]:
    """How many units stand above each of these and above all that are over them."""
    depths: dict[int, int] = {}
    for unit in units:
        climbed: list[int] = []
        node: int | None = unit
        while node is not None and node not in depths:
            climbed.append(node)
            node = parents.get(node)
        above = -1 if node is None else depths[node]
        for place, one in enumerate(reversed(climbed), start=above + 1):
            depths[one] = place
    return depths
