"""Finds the branches that pay at given prices: exactly, for all leads at once.

A chamber covered earns its price; a branch earns the prices of its chambers less its cost. For a fixed lead the earnings are a
sum over the others, so only how many full members they have ties them together: of the chambers with equally many (counted
up to the minimum) the best come first, and the few ways to take so many of each kind are tried one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shanghui.planning.branches import Branches, distinct, none, under_best_lead
from shanghui.planning.nearness import Floats, Hubs, Ints, Space

NEVER = -1e9


@dataclass(frozen=True)
class Priced:
    """`bound` is a proven lower bound of the relaxation at these prices; `branches` those with negative reduced cost."""

    bound: float
    branches: Branches


class Pricer:
    """Prices branches among some leads and the chambers near them."""

    def __init__(self, space: Space, hubs: Hubs) -> None:
        self.space, self.hubs = space, hubs
        self.known = hubs.near >= 0
        self.near = np.where(self.known, hubs.near, 0)
        self.seats = min(space.rule.max_units - 1, hubs.near.shape[1])
        capped = np.minimum(space.full, space.rule.min_full)
        self.kinds = sorted({int(kind) for kind in np.unique(capped[hubs.near[self.known]])})
        self.of_kind = [self.known & (capped[self.near] == kind) for kind in self.kinds]
        self.lead_full = capped[hubs.lead]
        self.ways = list(_ways(len(self.kinds), self.seats))

    def price(self, prices: Floats, units: Ints) -> Priced:
        """All leads at these prices; `units` are the chambers of the problem, for the bound."""
        rule, hubs = self.space.rule, self.hubs
        top, sums = self._best_of_each_kind(prices)
        earned = np.full((len(self.ways), len(hubs.lead)), NEVER)
        for place, way in enumerate(self.ways):
            full = self.lead_full + sum(count * kind for count, kind in zip(way, self.kinds, strict=True))
            total = sum((of[:, count] for of, count in zip(sums, way, strict=True)), np.zeros(len(hubs.lead)))
            earned[place] = np.where(full >= rule.min_full, total, NEVER)
        reduced = rule.w_branch - prices[hubs.lead] - earned
        best = np.zeros(self.space.n)
        np.minimum.at(best, hubs.lead, reduced.min(axis=0, initial=0.0))
        return Priced(float(prices[units].sum() + best.sum()), self._paying(top, reduced))

    def _best_of_each_kind(self, prices: Floats) -> tuple[list[Ints], list[Floats]]:
        worth = prices[self.near] - self.hubs.dist
        top, sums = [], []
        for kind in self.of_kind:
            value = np.where(kind, worth, NEVER)
            if value.shape[1] > self.seats:
                first = np.sort(np.argpartition(-value, self.seats - 1, axis=1)[:, :self.seats], axis=1)
            else:
                first = np.tile(np.arange(value.shape[1]), (len(value), 1))
            picked = np.take_along_axis(value, first, axis=1)
            order = np.argsort(-picked, axis=1, kind="stable")
            top.append(np.take_along_axis(self.hubs.near, np.take_along_axis(first, order, axis=1), axis=1))
            running = np.cumsum(np.take_along_axis(picked, order, axis=1), axis=1)
            sums.append(np.concatenate([np.zeros((len(value), 1)), running], axis=1))
        return top, sums

    def _paying(self, top: list[Ints], reduced: Floats) -> Branches:
        """For each lead the best branch of each size, where it pays."""
        sizes = np.array([sum(way) for way in self.ways])
        found = []
        for size in range(self.seats + 1):
            ways = np.nonzero(sizes == size)[0]
            if not len(ways):
                continue
            best = ways[reduced[ways].argmin(axis=0)]
            rows = np.nonzero(reduced[best, np.arange(len(best))] < -1e-6)[0]
            found += [self._seated(top, rows[best[rows] == way], self.ways[way]) for way in ways]
        sets = np.concatenate(found) if found else none(self.space).sets
        return distinct(under_best_lead(self.space, sets)) if len(sets) else none(self.space)

    def _seated(self, top: list[Ints], rows: Ints, way: tuple[int, ...]) -> Ints:
        sets = np.full((len(rows), self.space.rule.max_units), -1, dtype=np.int64)
        sets[:, 0], place = self.hubs.lead[rows], 1
        for of, count in zip(top, way, strict=True):
            sets[:, place:place + count] = of[rows, :count]
            place += count
        return sets


def _ways(kinds: int, seats: int) -> Iterator[tuple[int, ...]]:
    """How many of each kind, at most so many in all."""
    if not kinds:
        yield ()
        return
    for first in range(seats + 1):
        for rest in _ways(kinds - 1, seats - first):
            yield (first, *rest)
