"""The search over branches themselves: relaxation, dive, and ever larger neighbourhoods, the last of them the whole part."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.planning.branches import Branches
from shanghui.planning.diving import dive
from shanghui.planning.generation import relax
from shanghui.planning.nearness import Hubs, Ints
from shanghui.planning.neighbourhoods import Regrouped, regroup
from shanghui.planning.searching import Search

SMALL, AT_ONCE = 30, 60
CANDIDATES, ALL_CANDIDATES = 3000, 20000


class ColumnSearch(Search):
    """For distances of any kind."""

    def _work(self) -> Iterator[bool]:
        if len(self.units) <= AT_ONCE:
            yield self._whole()
        relaxed = relax(self.space, self.hubs, self.units, self.plan, self.clock)
        self._prove(relaxed.bound)
        yield True
        self._take(dive(self.space, self.hubs, self.units, relaxed, self.clock))
        self.prices = relaxed.prices
        yield True
        size = SMALL
        while size < len(self.units):
            yield from self._sweep(size)
            size = size * 3 // 2
        yield self._whole()
        while True:
            yield from self._sweep(size)

    def _whole(self) -> bool:
        found = regroup(self.space, self.hubs, self.units, self.plan, ALL_CANDIDATES, self.clock)
        better = self._take(found.branches)
        self._prove(found.bound)
        return better

    def _round(self, hubs: Hubs, units: Ints, now: Branches) -> Regrouped:
        return regroup(self.space, hubs, units, now, CANDIDATES, self.clock)
