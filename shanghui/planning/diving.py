"""From the relaxation to a plan: keep the branches it is surest of, solve it anew for the rest, until nothing is left."""

from __future__ import annotations

import numpy as np

from shanghui.planning.branches import Branches, none, together
from shanghui.planning.clock import Clock
from shanghui.planning.generation import Relaxation, relax
from shanghui.planning.greedy import seat
from shanghui.planning.nearness import Flags, Hubs, Ints, Space

SURE = 0.8


def dive(space: Space, hubs: Hubs, units: Ints, relaxed: Relaxation, clock: Clock) -> Branches:
    """A plan for these chambers; out of time, the rest is seated by the prices."""
    free = np.zeros(space.n, dtype=bool)
    free[units] = True
    kept = none(space)
    while free.any() and not clock.over():
        taken = _surest(relaxed)
        if not len(taken):
            break
        kept = together(kept, taken)
        free[taken.units()] = False
        hubs, left = hubs.within(free), np.nonzero(free)[0]
        if len(left):
            relaxed = relax(space, hubs, left, relaxed.branches.inside(free), clock, relaxed.prices)
    return together(kept, _rest(space, hubs, free, relaxed, clock))


def _surest(relaxed: Relaxation) -> Branches:
    """What is taken nearly whole; else the most taken, a few at a time where there are many."""
    order = np.argsort(-relaxed.shares, kind="stable")
    order = order[relaxed.shares[order] > 1e-6]
    most = max(1, round(float(relaxed.shares.sum()) / 40))
    taken: set[int] = set()
    rows: list[int] = []
    for row in order:
        if relaxed.shares[row] < SURE and len(rows) >= most:
            break
        units = {int(unit) for unit in relaxed.branches.sets[row] if unit >= 0}
        if not units & taken:
            taken |= units
            rows.append(row)
    return relaxed.branches[np.array(rows, dtype=np.int64)]


def _rest(space: Space, hubs: Hubs, free: Flags, relaxed: Relaxation, clock: Clock) -> Branches:
    return seat(space, hubs, free, relaxed.prices, clock) if free.any() else none(space)
