"""Figures as at a day: totals, tables by node, and the rows behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from shanghui.access.models import Axis
from shanghui.access.queries import parents_on
from shanghui.access.scope import Scope
from shanghui.indicators.conditions import holds
from shanghui.indicators.registry import Indicator, Population, registry
from shanghui.kernel.rates import Rate


@dataclass(frozen=True)
class Figure:
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
Counts = list[int]


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


def rows(indicator: Indicator, scope: Scope, day: date, part: str = "numerator") -> QuerySet[Any]:
    """The records behind a figure: exactly as many (distinct by the population's key) as the figure says."""
    found = population_rows(indicator.population, scope, day).filter(indicator.condition(part, day))
    if not indicator.population.spread:
        return found
    keys = found.order_by().values("pk")
    chosen: QuerySet[Any] = indicator.population.rows(day).model._default_manager.filter(pk__in=keys)
    return chosen


Place = Callable[[int, Mapping[str, Any]], Iterable[Hashable]]


def _count(
    population: Population, parts: list[_Part], scope: Scope, day: date, place: Place
) -> dict[Hashable, list[Any]]:
    """Counts of all parts by where `place(owner, flags)` puts a record. One query: grouped by owner and flags."""
    columns = [population.owner, *population.flags]
    grouped = population_rows(population, scope, day).order_by().values_list(*columns)
    conditions = [(part, part.indicator.condition(part.part, day)) for part in parts]
    matching: dict[tuple[Any, ...], list[tuple[int, bool]]] = {}
    table: dict[Hashable, list[Any]] = {}
    if population.spread:
        source: Iterable[tuple[Any, ...]] = grouped.values_list(*columns, population.key).distinct()
    elif population.amount:
        source = grouped.annotate(_n=Count("pk"), _amount=Sum(population.amount))
    else:
        source = grouped.annotate(_n=Count("pk"))
    width = len(columns)
    for row in source:
        flags = row[1:width]
        found = matching.get(flags)
        if found is None:
            named = dict(zip(population.flags, flags, strict=True))
            found = [(p.place, p.indicator.total) for p, condition in conditions if holds(condition, named)]
            matching[flags] = found
        if not found:
            continue
        for node in place(row[0], dict(zip(population.flags, flags, strict=True)) if place is not _owner else _NONE):
            counts = table.get(node)
            if counts is None:
                counts = table[node] = [set() if population.spread else 0 for _ in parts]
            for index, total in found:
                if population.spread:
                    counts[index].add(row[width])
                else:
                    counts[index] += row[width + 1] if total else row[width]
    return table


_NONE: Mapping[str, Any] = {}


def _owner(owner: int, flags: Mapping[str, Any]) -> Iterable[Hashable]:
    return (owner,)


def _figures(population: Population, parts: list[_Part], counts: list[Any] | None) -> Figures:
    def number(place: int) -> int:
        value = counts[place] if counts is not None else 0
        return len(value) if isinstance(value, set) else int(value or 0)

    figures: Figures = {}
    for part in parts:
        if part.part == "numerator":
            denominator = number(part.place + 1) if part.indicator.is_rate else None
            figures[part.indicator.code] = Figure(part.indicator, number(part.place), denominator)
    return figures


def none_of(codes: Collection[str] | None = None) -> Figures:
    """Figures of 0: what a unit without anything to count has."""
    return {one.code: Figure(one, 0, 0 if one.is_rate else None) for one in _chosen(codes)}


def _chosen(codes: Collection[str] | None) -> list[Indicator]:
    return [one for one in registry if codes is None or one.code in codes]


def figures(scope: Scope, day: date, codes: Collection[str] | None = None) -> Figures:
    """Every figure (or those named) over the whole scope as at the day, in the catalogue's order."""
    found: Figures = {}
    for population, parts in _parts(_chosen(codes)).items():
        table = _count(population, parts, scope, day, lambda owner, flags: ("all",))
        found |= _figures(population, parts, table.get("all"))
    return {one.code: found[one.code] for one in _chosen(codes)}


def breakdown(scope: Scope, day: date, flag: str, codes: Collection[str]) -> dict[Any, Figures]:
    """The named figures of one population by the values of one of its flags (kind of chamber …)."""
    found: dict[Any, Figures] = {}
    for population, parts in _parts(_chosen(codes)).items():
        table = _count(population, parts, scope, day, lambda owner, flags: (flags[flag],))
        for value, counts in table.items():
            found.setdefault(value, {}).update(_figures(population, parts, counts))
    return found


def matrix(scope: Scope, day: date, codes: Collection[str] | None = None) -> dict[int, Figures]:
    """Every figure of every unit within the scope as at the day: each population is read once and folded up the tree of
    that day. Units with nothing below them to count are absent; take figures of 0 for them."""
    parents = parents_on(day, Axis.SUPERVISION)
    found: dict[int, Figures] = {}
    for population, parts in _parts(_chosen(codes)).items():
        table = _count(population, parts, scope, day, _owner)
        for unit, counts in fold(table, parents).items():
            found.setdefault(unit, {}).update(_figures(population, parts, counts))
    return found


def fold(table: Mapping[Any, list[Any]], parents: Mapping[int, int]) -> dict[int, list[Any]]:
    """Adds the counts of every unit to all units above it; sets are united, so that a record counts once at each level."""
    folded: dict[int, list[Any]] = {}
    for unit, counts in table.items():
        node: int | None = unit
        while node is not None:
            present = folded.get(node)
            if present is None:
                folded[node] = [set(one) if isinstance(one, set) else one for one in counts]
            else:
                for place, one in enumerate(counts):
                    if one:
                        if isinstance(one, set):
                            present[place] |= one
                        else:
                            present[place] += one
            node = parents.get(node)
    return folded
