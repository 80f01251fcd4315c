"""The search where nearness is by region codes: county by county, then the city, then neighbourhoods and the city again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shanghui.planning.branches import Branches, together
from shanghui.planning.clock import Clock
from shanghui.planning.highs import run
from shanghui.planning.nearness import Hubs, Ints, Space
from shanghui.planning.neighbourhoods import Regrouped, cost, lower
from shanghui.planning.searching import Search
from shanghui.planning.town_model import TownModel
from shanghui.planning.town_plans import counts_of, plan_of

FIRST_NODES, LAST_NODES = 1, 10**8


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
    """Counties alone, the whole city with few nodes, neighbourhoods growing, the whole city with more nodes, and so on."""

    def _work(self) -> Iterator[bool]:
        yield from self._by_county()
        nodes, size = FIRST_NODES, 40
        while True:
            yield self._city(nodes)
            if size < len(self.units):
                yield from self._sweep(size)
            nodes, size = min(nodes * 10, LAST_NODES), size * 3 // 2

    def _city(self, nodes: int) -> bool:
        found = recount(self.space, self.units, self.plan, nodes, self.clock)
        better = self._take(found.branches)
        self._prove(found.bound)
        return better

    def _by_county(self) -> Iterator[bool]:
        """As if chambers of different counties never met."""
        counties = self.space.county[self.units]
        for county in np.unique(counties):
            units = self.units[counties == county]
            inside = np.isin(self.plan.sets[:, 0], units) & (np.isin(self.plan.sets, units) | (self.plan.sets < 0)).all(axis=1)
            yield self._regroup(units, inside)

    def _regroup(self, units: Ints, groups: np.ndarray) -> bool:
        taken = units[~np.isin(units, self.plan[~groups].units())]
        found = recount(self.space, taken, self.plan[groups], 200, self.clock)
        return self._take(together(self.plan[~groups], found.branches))

    def _round(self, hubs: Hubs, units: Ints, now: Branches) -> Regrouped:
        return recount(self.space, units, now, 200, self.clock)
