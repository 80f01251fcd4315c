"""A better bound than the relaxation's: cuts are added where its shares break them, and branches are priced with the cuts.

With cuts a branch's reduced cost is no sum over its chambers any more, but it never falls below the one without them. So all branches
that would pay without cuts are listed, and those that pay with them are taken; when there is none, the value is proven.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shanghui.planning.branches import Branches
from shanghui.planning.clock import Clock
from shanghui.planning.cuts import broken, touched
from shanghui.planning.enumeration import below
from shanghui.planning.generation import Relaxation
from shanghui.planning.master import Master
from shanghui.planning.nearness import Floats, Hubs, Ints, Space

MOST_LISTED = 400_000
MOST_TAKEN = 3000


@dataclass(frozen=True)
class Dual:
    """What proves a bound: prices of chambers, triples and how much each cut weighs (never above 0)."""

    bound: float
    prices: Floats
    triples: Ints
    weights: Floats

    @classmethod
    def of(cls, relaxed: Relaxation) -> Dual:
        """Without cuts."""
        return cls(relaxed.bound, relaxed.prices, np.zeros((0, 3), dtype=np.int64), np.zeros(0))

    def reduced(self, space: Space, branches: Branches) -> Floats:
        """The reduced costs: by how much the bound rises when the branch must be in the plan."""
        earned = np.where(branches.sets >= 0, self.prices[branches.sets], 0).sum(axis=1)
        row, cut = touched(space, branches.sets, self.triples)
        costs: Floats = branches.costs - earned
        np.subtract.at(costs, row, self.weights[cut])
        return costs

    def below(self, space: Space, hubs: Hubs, limit: float, most: int) -> tuple[Branches, bool]:
        """Branches with the least reduced costs, at most `most`, and whether they are all with reduced cost up to the limit."""
        whole, asked = True, limit
        while True:
            found = below(space, hubs, self.prices, asked, MOST_LISTED)
            if found is not None:
                break
            whole, asked = False, asked * 0.6 if asked > 0 else asked - 10
        reduced = self.reduced(space, found)
        order = np.argsort(reduced, kind="stable")
        order = order[reduced[order] <= limit + 1e-6]
        return found[order[:most]], whole and len(order) <= most


class Tightening:
    """The relaxation of a part, tightened round by round."""

    def __init__(self, space: Space, hubs: Hubs, units: Ints, relaxed: Relaxation) -> None:
        self.space, self.hubs, self.units = space, hubs, units
        self.dual = Dual.of(relaxed)
        self.master = Master(space, units)
        reduced = self.dual.reduced(space, relaxed.branches)
        order = np.argsort(reduced, kind="stable")[:max(2000, 5 * len(units))]
        self.master.add(relaxed.branches[order])

    def round(self, clock: Clock) -> bool:
        """More cuts, and the branches they make worth while; False when nothing more can be had."""
        solved = self.master.solve(clock)
        if solved is None:
            return False
        triples = broken(self.master.branches, solved[2], max(30, len(self.units) // 3))
        if not len(triples):
            return False
        self.master.cut(triples)
        return self._close(clock)

    def _close(self, clock: Clock) -> bool:
        while not clock.over():
            solved = self.master.solve(clock)
            if solved is None:
                return False
            value, prices, _ = solved
            dual = Dual(value, prices, self.master.triples, self.master.weights())
            found = below(self.space, self.hubs, prices, -1e-6, MOST_LISTED)
            if found is None:
                return False
            reduced = dual.reduced(self.space, found)
            order = np.argsort(reduced, kind="stable")
            order = order[reduced[order] < -1e-6][:MOST_TAKEN]
            if not self.master.add(found[order]):
                self.dual = dual
                return True
        return False
