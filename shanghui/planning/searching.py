"""The search in one part of a problem, in small steps, so that it can be stopped between any two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from shanghui.planning.branches import Branches, together
from shanghui.planning.clock import Clock
from shanghui.planning.greedy import scarcity, seat
from shanghui.planning.nearness import Flags, Floats, Hubs, Ints, Space
from shanghui.planning.neighbourhoods import Regrouped, Surroundings, cost, group_of, lower
from shanghui.planning.repairing import Repair


class Search:
    """A part of a problem, its best plan so far, and what is proven of it."""

    def __init__(self, space: Space, hubs: Hubs, units: Ints, clock: Clock) -> None:
        self.space, self.units, self.hubs, self.clock = space, units, hubs, clock
        self.plan = self._seated(scarcity(space, hubs), clock)
        self.cost = cost(space, units, self.plan)
        self.bound, self.finished = 0, False
        self.around = Surroundings(space, hubs)
        self._opening, self._steps = self._open(), self._work()

    def _seated(self, prices: Floats, clock: Clock) -> Branches:
        """A quick plan by these prices."""
        free = np.zeros(self.space.n, dtype=bool)
        free[self.units] = True
        return Repair(self.space, self.hubs, seat(self.space, self.hubs, free, prices, clock)).seat(self.units)

    def open(self) -> bool:
        """One step of what is quickly done and does most; False when there is none left."""
        return not self.finished and next(self._opening, None) is not None

    def go_on(self, share: Clock, tell: Callable[[], None]) -> None:
        """Step after step until the share of time is used up; a step itself ends only with the whole time."""
        while not share.over() and not self.finished:
            next(self._steps)
            tell()

    def _open(self) -> Iterator[bool]:
        """Steps that end by themselves."""
        raise NotImplementedError

    def _work(self) -> Iterator[bool]:
        """Steps without end."""
        raise NotImplementedError

    def _round(self, hubs: Hubs, units: Ints, now: Branches) -> Regrouped:
        raise NotImplementedError

    def _take(self, plan: Branches) -> bool:
        """Keeps the plan when it is better."""
        now = cost(self.space, self.units, plan)
        better = now < self.cost
        if better:
            self.plan, self.cost = plan, now
        self._prove(self.bound)
        return better

    def _prove(self, bound: float) -> None:
        self.bound = max(self.bound, min(lower(bound, self.space.grain), self.cost))
        self.finished = self.bound >= self.cost

    def _left_out(self, size: int) -> Iterator[bool]:
        """Round every chamber that is left out."""
        return self._round_each(self.units[group_of(self.space, self.plan)[self.units] < 0], size)

    def _sweep(self, size: int) -> Iterator[bool]:
        """Round every chamber that is left out, then round all others in an order drawn once."""
        yield from self._left_out(size)
        yield from self._round_each(np.random.default_rng(size).permutation(self.units), size)

    def _cover(self, size: int) -> Iterator[bool]:
        """Neighbourhoods until each chamber has been in one, beginning with those left out."""
        left = group_of(self.space, self.plan)[self.units] < 0
        return self._round_each(np.concatenate([self.units[left], self.units[~left]]), size, once=True)

    def _round_each(self, seeds: Ints, size: int, once: bool = False) -> Iterator[bool]:
        """One neighbourhood after the other; what lay well inside one (`once`: what lay in it at all) is not asked again."""
        seen = np.zeros(self.space.n, dtype=bool)
        for seed in seeds:
            if not seen[seed]:
                chambers, groups = self.around.round(int(seed), size, group_of(self.space, self.plan), self.plan)
                seen[chambers if once else self._heart(int(seed), chambers, size)] = True
                found = self._round(self.hubs.within(chambers), np.nonzero(chambers)[0], self.plan[groups])
                yield self._take(together(self.plan[~groups], found.branches))

    def _heart(self, seed: int, chambers: Flags, size: int) -> list[int]:
        return [seed, *[other for other in self.around.near(seed) if chambers[other]][:size // 4]]
