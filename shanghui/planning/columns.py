"""The search over branches themselves: relaxation, a first choice, cuts for a better bound, and choices among more and more branches.

The better the bound and the plan, the fewer branches could be in a better plan; when all that could have been among the
choice, the plan is proved best. Neighbourhoods regrouped in between help where that is far away.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shanghui.planning.branches import Branches, distinct, together
from shanghui.planning.generation import Relaxation, relax
from shanghui.planning.master import choose
from shanghui.planning.nearness import Hubs, Ints
from shanghui.planning.neighbourhoods import Regrouped, regroup
from shanghui.planning.searching import Search
from shanghui.planning.tightening import Dual, Tightening

FEW = 1000
FOR_EACH = 4
SMALL, MEDIUM, LARGE = 40, 60, 200
UNITS_A_SECOND = 2000
MANY, FEW_LEFT = 1200, 10
CANDIDATES = 3000
AGAIN = 4


class ColumnSearch(Search):
    """For distances of any kind."""

    relaxed: Relaxation

    def _open(self) -> Iterator[bool]:
        self.relaxed = relax(self.space, self.hubs, self.units, self.plan, self.clock)
        self._prove(self.relaxed.bound)
        yield True
        if self.relaxed.closed and not self.finished:
            self._take(self._seated(self.relaxed.prices, self.clock))
            yield True
            if self._undecided() > MANY or len(self.units) - len(self.plan.units()) <= FEW_LEFT:
                yield from self._left_out(SMALL)
            if self._undecided() > MANY:
                yield from self._cover(MEDIUM)
            else:
                known = distinct(together(self.relaxed.branches, self.plan))
                self._take(choose(self.space, self.units, known, self.plan, self.clock).branches)
                yield True

    def _undecided(self) -> int:
        """How many chambers the relaxation spreads over several branches: the more, the harder a choice for all at once."""
        shares = self.relaxed.shares
        return len(np.unique(self.relaxed.branches[(shares > 0.01) & (shares < 0.99)].units()))

    def _time_for(self, units_a_second: float) -> bool:
        """Whether a step over the whole part, which does not stop on the second, still fits in; else smaller ones do."""
        return self.clock.left() > len(self.units) / units_a_second

    @property
    def _few(self) -> int:
        return FEW + FOR_EACH * len(self.units)

    def _work(self) -> Iterator[bool]:
        tight = Tightening(self.space, self.hubs, self.units, self.relaxed)
        while self._time_for(UNITS_A_SECOND) and tight.round(self.clock):
            self._prove(tight.dual.bound)
            yield True
        most, size = self._few, SMALL
        while True:
            if (size > SMALL or self._undecided() <= MANY) and self._time_for(UNITS_A_SECOND / 2):
                self._choose(tight.dual, most)
                yield True
            if size < min(len(self.units), LARGE):
                yield from self._sweep(size)
            most, size = most * 2, size * 3 // 2

    def _choose(self, dual: Dual, most: int) -> None:
        """The best choice among so many branches, again while the plan it finds leaves fewer branches to look at."""
        for _ in range(AGAIN):
            gap = self.cost - self.space.grain - dual.bound
            branches, whole = dual.below(self.space, self.hubs, gap, most)
            choice = choose(self.space, self.units, distinct(together(branches, self.plan)), self.plan, self.clock)
            better = self._take(choice.branches)
            if whole and choice.proven:
                self._prove(self.cost)
            if self.finished or not better or not choice.proven or self.clock.over():
                break

    def _round(self, hubs: Hubs, units: Ints, now: Branches) -> Regrouped:
        free = np.zeros(self.space.n, dtype=bool)
        free[units] = True
        known = together(now, self.relaxed.branches.inside(free))
        return regroup(self.space, hubs, units, now, known, CANDIDATES, self.clock, self.relaxed.prices)
