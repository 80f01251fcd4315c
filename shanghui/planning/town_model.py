"""The problem measured by region codes, by towns instead of chambers: a small whole-number model for HiGHS.

Chambers of one town with equally many full members are alike, so the model only counts: for each town how many branches are led from
it, how many of its own chambers sit in them (no distance), how many chambers go out to other towns of the county or the city
(10 or 30 each) and how many come in from there. What goes out into a county or city comes in again somewhere in it. Branches by
industry are counted in the same way, each industry by itself. The counts are a relaxation of the problem, so their bound holds; with 1 or
2 full members at each chamber and at least three in a branch every solution can be dealt out into lawful branches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from shanghui.planning.highs import INFINITE, make_whole, quiet_highs
from shanghui.planning.nearness import Ints, Space

COUNTY, CITY = 10, 30
Place = tuple[int, int]
"""A town and how many full members each of these chambers has."""


@dataclass
class Side:
    """Branches by area (industry None) or of one industry: the columns of the model that count them."""

    industry: int | None
    stock: dict[int, Counter[int]]
    steps: tuple[int, ...]
    led: dict[int, int] = field(default_factory=dict)
    own: dict[Place, int] = field(default_factory=dict)
    out: dict[tuple[int, int, int], int] = field(default_factory=dict)
    seat: dict[tuple[int, int, int], int] = field(default_factory=dict)


class TownModel:
    """The model of some chambers of one city."""

    def __init__(self, space: Space, units: Ints) -> None:
        self.space, self.units = space, units
        self.kinds = sorted({int(kind) for kind in space.full[units]})
        self.county = {int(space.town[unit]): int(space.county[unit]) for unit in units}
        self.costs: list[float] = []
        self.uppers: list[float] = []
        self.rows: list[tuple[list[tuple[int, float]], float, float]] = []
        self.sides = [Side(None, _stock(space, units), _steps(space.rule.r_area))]
        self.sides += [Side(industry, _stock(space, members), _steps(space.rule.r_industry)) for industry, members in self._industries()]
        for side in self.sides:
            self._count(side)
        self.left = self._balance()
        self.by_area: dict[int, int] = {}
        for county in sorted(set(self.county.values())):
            self._round_up(county)

    def _industries(self) -> Iterable[tuple[int, Ints]]:
        """Industries whose branches reach further than those by area."""
        space = self.space
        area, industry = _steps(space.rule.r_area), _steps(space.rule.r_industry)
        if len(industry) <= len(area):
            return
        regions = space.county if CITY in industry and CITY not in area and COUNTY in area else space.town
        for number in np.unique(space.industry[self.units]):
            members = self.units[space.industry[self.units] == number]
            if len(np.unique(regions[members])) > 1:
                yield int(number), members

    def column(self, cost: float, upper: float) -> int:
        """A new whole number from 0 to `upper`."""
        self.costs.append(cost)
        self.uppers.append(upper)
        return len(self.costs) - 1

    def row(self, terms: Iterable[tuple[int, float]], lower: float, upper: float) -> None:
        """lower ≤ the sum of the terms ≤ upper."""
        self.rows.append((list(terms), lower, upper))

    def region(self, town: int, step: int) -> int:
        """What guests of this step come from and go to: the county, or the city (of which there is one)."""
        return self.county[town] if step == COUNTY else -1

    def _count(self, side: Side) -> None:
        pools: defaultdict[tuple[int, int, int], list[tuple[int, float]]] = defaultdict(list)
        for town, stock in side.stock.items():
            side.led[town] = self.column(self.space.rule.w_branch, stock.total())
            for kind in self.kinds:
                side.own[town, kind] = self.column(0, stock[kind])
                for step in side.steps:
                    side.out[town, kind, step] = self.column(step, stock[kind])
                    side.seat[town, kind, step] = self.column(0, len(self.units))
                    region = (self.region(town, step), kind, step)
                    pools[region] += [(side.out[town, kind, step], 1), (side.seat[town, kind, step], -1)]
            self._led_from(side, town)
        for terms in pools.values():
            self.row(terms, 0, 0)

    def _led_from(self, side: Side, town: int) -> None:
        """The branches led from a town: own chambers in each, not too many chambers, enough full members."""
        rule, led = self.space.rule, side.led[town]
        own = [(side.own[town, kind], kind) for kind in self.kinds]
        guests = [(side.seat[town, kind, step], kind) for kind in self.kinds for step in side.steps]
        least = -(-rule.min_full // max(self.kinds[-1], 1))
        self.row([*((column, 1) for column, _ in own), (led, -1)], 0, INFINITE)
        self.row([*((column, 1) for column, _ in guests), (led, 1 - rule.max_units)], -INFINITE, 0)
        self.row([*((column, 1) for column, _ in own + guests), (led, -rule.max_units)], -INFINITE, 0)
        self.row([*((column, 1) for column, _ in own + guests), (led, -least)], 0, INFINITE)
        self.row([*((column, kind) for column, kind in own + guests), (led, -rule.min_full)], 0, INFINITE)
        full, rest = divmod(side.stock[town].total(), rule.max_units)
        if rest:  # the last branch of a town has only the rest of its own chambers
            self.row([*((column, 1) for column, _ in own), (led, -rest)], -INFINITE, full * (rule.max_units - rest))

    def _balance(self) -> dict[Place, int]:
        """Each chamber sits at home, goes out, or is left out."""
        used: defaultdict[Place, list[int]] = defaultdict(list)
        for side in self.sides:
            mine: defaultdict[Place, list[int]] = defaultdict(list)
            for place, column in side.own.items():
                mine[place].append(column)
            for (town, kind, _), column in side.out.items():
                mine[town, kind].append(column)
            for place, columns in mine.items():
                if side.industry is not None and side.stock[place[0]][place[1]]:
                    self.row([(column, 1) for column in columns], 0, side.stock[place[0]][place[1]])
                used[place] += columns
        left = {}
        for town, stock in self.sides[0].stock.items():
            for kind, count in stock.items():
                left[town, kind] = self.column(self.space.rule.w_uncovered, count)
                terms = [(column, 1.0) for column in [*used[town, kind], left[town, kind]]]
                self.row(terms, count, count)
        return left

    def _round_up(self, county: int) -> None:
        """A county's branches by area are a whole number: to save the last one, all its chambers must sit elsewhere or be left out."""
        area = self.sides[0]
        towns = [town for town in area.stock if self.county[town] == county]
        full, rest = divmod(sum(area.stock[town].total() for town in towns), self.space.rule.max_units)
        if area.steps != (COUNTY,) or not rest:
            return
        whole = self.by_area[county] = self.column(0, len(self.units))
        self.row([*((area.led[town], 1) for town in towns), (whole, -1)], 0, 0)
        elsewhere = [column for side in self.sides[1:] for town in towns if town in side.stock for kind in self.kinds
                     for column in (side.own[town, kind], *(side.out[town, kind, step] for step in side.steps))]
        elsewhere += [self.left[town, kind] for town in towns for kind in area.stock[town]]
        self.row([(whole, rest), *((column, 1) for column in elsewhere)], rest * (full + 1), INFINITE)

    def highs(self, whole: bool = True) -> Any:
        """The model handed to the solver; not `whole`: its linear relaxation."""
        model, columns = quiet_highs(), len(self.costs)
        every = np.arange(columns, dtype=np.int32)
        model.addVars(columns, np.zeros(columns), np.array(self.uppers))
        model.changeColsCost(columns, every, np.array(self.costs))
        if whole:
            make_whole(model, columns)
        starts = np.cumsum([0, *(len(terms) for terms, _, _ in self.rows)])[:-1].astype(np.int32)
        index = np.array([column for terms, _, _ in self.rows for column, _ in terms], dtype=np.int32)
        value = np.array([factor for terms, _, _ in self.rows for _, factor in terms], dtype=float)
        lower, upper = (np.array([row[place] for row in self.rows], dtype=float) for place in (1, 2))
        model.addRows(len(self.rows), lower, upper, len(index), starts, index, value)
        model.setOptionValue("mip_abs_gap", self.space.grain - 0.01)
        model.setOptionValue("mip_allow_restart", False)  # it costs these models half their time and finds nothing
        return model


def _steps(radius: int) -> tuple[int, ...]:
    return tuple(step for step in (COUNTY, CITY) if step <= radius)


def _stock(space: Space, units: Ints) -> dict[int, Counter[int]]:
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for unit in units:
        found[int(space.town[unit])][int(space.full[unit])] += 1
    return dict(found)
