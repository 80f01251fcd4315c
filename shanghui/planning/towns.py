"""The search where nearness is by region codes: a bound at once, county by county, then neighbourhoods and the whole city in turn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shanghui.planning.branches import Branches, none, together
from shanghui.planning.clock import Clock
from shanghui.planning.highs import run
from shanghui.planning.nearness import Hubs, Ints, Space
from shanghui.planning.neighbourhoods import Regrouped, cost, lower
from shanghui.planning.searching import Search
from shanghui.planning.town_model import TownModel
from shanghui.planning.town_plans import counts_of, plan_of

SMALL = 40
NODES, ALL_NODES = 100, 10**8


def recount(space: Space, units: Ints, now: Branches, nodes: int, clock: Clock) -> Regrouped:
    """The plan of these chambers of one city anew, `now` being their plan so far; at most so many nodes of branch and bound."""
    before = cost(space, units, now)
    counted = TownModel(space, units)
    model = counted.highs()
    values = counts_of(counted, now)
    model.setSolution(len(values), np.arange(len(values), dtype=np.int32), values)
    model.setOptionValue("mip_max_nodes", nodes)
    proven = run(model, clock)
    bound = max(0.0, float(model.getInfo().mip_dual_bound))
    found = np.array(model.getSolution().col_value)
    plan = plan_of(counted, found) if len(found) == len(values) else now
    after = cost(space, units, plan)
    best = plan if after < before else now
    return Regrouped(best, bound, proven and lower(bound, space.grain) >= min(after, before))


class TownSearch(Search):
    """Neighbourhoods grow; the whole city gets more nodes each time."""

    def _open(self) -> Iterator[bool]:
        yield self._relax()
        yield self._by_county()
        yield from self._left_out(SMALL)

    def _work(self) -> Iterator[bool]:
        nodes, size = 1, SMALL
        while True:
            yield self._city(nodes)
            if size < len(self.units):
                yield from self._sweep(size)
            nodes, size = min(nodes * NODES, ALL_NODES), size * 3 // 2

    def _relax(self) -> bool:
        model = TownModel(self.space, self.units).highs(whole=False)
        solved = run(model, self.clock)
        if solved:
            self._prove(float(model.getInfo().objective_function_value))
        return solved

    def _by_county(self) -> bool:
        """As if chambers of different counties never met."""
        counties, plan = self.space.county[self.units], none(self.space)
        for county in np.unique(counties):
            if not self.clock.over():
                units = self.units[counties == county]
                plan = together(plan, recount(self.space, units, none(self.space), NODES, self.clock).branches)
        return self._take(plan)

    def _city(self, nodes: int) -> bool:
        found = recount(self.space, self.units, self.plan, nodes, self.clock)
        better = self._take(found.branches)
        self._prove(found.bound)
        return better

    def _round(self, hubs: Hubs, units: Ints, now: Branches) -> Regrouped:
        return recount(self.space, units, now, NODES, self.clock)
