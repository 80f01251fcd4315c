"""Who is near whom: distances as numpy arrays, and for each possible lead the chambers that may join it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shanghui.planning.problem import FAR, Problem

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ROWS = 256


class Space:
    """The chambers of a problem as arrays, in the order of the problem."""

    def __init__(self, problem: Problem) -> None:
        units = problem.units
        self.rule, self.family, self.n = problem.rule, problem.family, len(units)
        self.full: Ints = np.array([unit.full for unit in units], dtype=np.int64)
        self.industry = _numbered([unit.industry for unit in units])
        if self.family == "geo":
            self.x: Floats = np.array([unit.x for unit in units], dtype=float)
            self.y: Floats = np.array([unit.y for unit in units], dtype=float)
        else:
            self.town = _numbered([unit.code for unit in units])
            self.county = _numbered([unit.code[:6] for unit in units])
            self.city = _numbered([unit.code[:4] for unit in units])
        self.grain = self._grain()

    def _grain(self) -> int:
        """Every cost is a multiple of this."""
        steps = (1,) if self.family == "geo" else (10, 30)
        return math.gcd(self.rule.w_branch, self.rule.w_uncovered, *steps)

    def distances(self, a: Ints, b: Ints) -> Ints:
        """Elementwise, as `Problem.distance` says."""
        if self.family == "geo":
            return self._straight(a, b)
        by_city: Ints = np.where(self.city[a] == self.city[b], 30, FAR)
        by_county: Ints = np.where(self.county[a] == self.county[b], 10, by_city)
        found: Ints = np.where(self.town[a] == self.town[b], 0, by_county)
        return found

    def _straight(self, a: Ints, b: Ints) -> Ints:
        a, b = np.broadcast_arrays(a, b)
        dx, dy = self.x[a] - self.x[b], self.y[a] - self.y[b]
        tenfold = 10 * np.hypot(dx, dy)
        rounded: Ints = np.rint(tenfold).astype(np.int64)
        for place in zip(*np.nonzero(np.abs(tenfold - np.floor(tenfold) - 0.5) < 1e-6), strict=True):
            rounded[place] = round(10 * math.hypot(dx[place], dy[place]))  # at a half the last digit decides: as the rule computes it
        return rounded


def _numbered(values: list[object]) -> Ints:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)


@dataclass(frozen=True)
class Hubs:
    """Possible leads, one row for each way (area, industry) to be near: `near` holds the chambers that may join, padded with -1."""

    lead: Ints
    near: Ints
    dist: Floats

    def within(self, free: Flags) -> Hubs:
        """Only leads and chambers that are free."""
        rows = free[self.lead]
        lead, near, dist = self.lead[rows], self.near[rows], self.dist[rows]
        kept = (near >= 0) & free[near]
        width = int(kept.sum(axis=1).max(initial=0))
        order = np.argsort(~kept, axis=1, kind="stable")[:, :width]
        kept = np.take_along_axis(kept, order, axis=1)
        return Hubs(lead, np.where(kept, np.take_along_axis(near, order, axis=1), -1), np.take_along_axis(dist, order, axis=1))


def hubs_of(space: Space) -> Hubs:
    """All leads; the row by industry only where it reaches somebody whom the row by area does not."""
    everyone = np.arange(space.n)
    leads: list[int] = []
    rows: list[Ints] = []
    for start in range(0, space.n, ROWS):
        block = everyone[start:start + ROWS]
        far = space.distances(block[:, None], everyone[None, :])
        area = far <= space.rule.r_area
        industry = (space.industry[block][:, None] == space.industry) & (far <= space.rule.r_industry)
        wider = (industry & ~area).any(axis=1)
        for place, lead in enumerate(block):
            for ways in (area, industry) if wider[place] else (area,):
                joining = np.nonzero(ways[place])[0]
                leads.append(int(lead))
                rows.append(joining[joining != lead])
    return _table(space, leads, rows)


def _table(space: Space, leads: list[int], rows: list[Ints]) -> Hubs:
    lead = np.array(leads, dtype=np.int64)
    near = np.full((len(rows), max(map(len, rows), default=0)), -1, dtype=np.int64)
    for place, row in enumerate(rows):
        near[place, :len(row)] = row
    known = near >= 0
    dist = np.where(known, space.distances(lead[:, None], np.where(known, near, lead[:, None])), 0).astype(float)
    return Hubs(lead, near, dist)


def coverable(space: Space, hubs: Hubs) -> Flags:
    """Which chambers some lawful group contains: the best company is the lead and the members with most full members."""
    rule, found = space.rule, np.zeros(space.n, dtype=bool)
    known = hubs.near >= 0
    full = np.where(known, space.full[hubs.near], 0)
    top = -np.sort(-full, axis=1)
    alone = top[:, :max(rule.max_units - 1, 0)].sum(axis=1) + space.full[hubs.lead]
    found[hubs.lead[alone >= rule.min_full]] = True
    if rule.max_units < 2:
        return found
    best = top[:, :rule.max_units - 2].sum(axis=1)
    # one seat is the member's own: beside it sit the lead and the best others, itself not counted twice
    last = top[:, rule.max_units - 2] if top.shape[1] > rule.max_units - 2 else np.zeros(len(top), dtype=np.int64)
    beside = np.where(full >= last[:, None], alone[:, None], (space.full[hubs.lead] + best)[:, None] + full)
    np.logical_or.at(found, np.where(known, hubs.near, 0), known & (beside >= rule.min_full))
    return found


def components(space: Space, hubs: Hubs, free: Flags) -> list[Ints]:
    """The free chambers in parts that share no lawful group, smallest first."""
    label = np.arange(space.n)
    rows, columns = np.nonzero(hubs.near >= 0)
    one, other = hubs.lead[rows], hubs.near[rows, columns]
    both = free[one] & free[other]
    one, other = one[both], other[both]
    while True:
        lower = label.copy()
        np.minimum.at(lower, one, label[other])
        np.minimum.at(lower, other, label[one])
        lower = lower[lower]
        if (lower == label).all():
            break
        label = lower
    parts = [np.nonzero((label == root) & free)[0] for root in np.unique(label[free])]
    return sorted(parts, key=lambda part: (len(part), int(part[0])))
