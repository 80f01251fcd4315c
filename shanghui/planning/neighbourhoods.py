"""Better from good: take the branches round a chamber apart and group their chambers anew, proven best for them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from shanghui.planning.branches import Branches, distinct, none, together
from shanghui.planning.clock import Clock
from shanghui.planning.enumeration import below
from shanghui.planning.generation import relax
from shanghui.planning.master import choose
from shanghui.planning.nearness import Flags, Floats, Hubs, Ints, Space

SIZES = (500, 2000, 6000)
SLACK = 1e-4
NODES = 100


@dataclass(frozen=True)
class Regrouped:
    """The branches for these chambers, never dearer than before; `bound` is proven for them, `proven` when they are best."""

    branches: Branches
    bound: float
    proven: bool


def cost(space: Space, units: Ints, branches: Branches) -> int:
    """Branches, distances, and chambers left out."""
    return round(float(branches.costs.sum())) + space.rule.w_uncovered * (len(units) - len(branches.units()))


def regroup(space: Space, hubs: Hubs, units: Ints, now: Branches, known: Branches, most: int, clock: Clock, guess: Floats) -> Regrouped:
    """These chambers anew: relaxation, every branch that could be in a better plan (at most `most`), the best choice among them.

    `hubs` are those within the chambers, `now` is their plan so far, `known` branches and `guess` prices to begin with. A choice
    among the most promising branches comes first: the better the plan, the fewer branches could be in a better one. Where they
    are more than `most` nothing is proven.
    """
    relaxed = relax(space, hubs, units, known, clock, guess)
    plan = now
    for size in (*(size for size in SIZES if size < most), most):
        gap = cost(space, units, plan) - space.grain - relaxed.bound
        if gap < -SLACK:
            break
        if not relaxed.closed or clock.over():
            return Regrouped(plan, relaxed.bound, False)
        branches, whole = _candidates(space, hubs, relaxed.prices, gap + SLACK, size)
        choice = choose(space, units, distinct(together(branches, plan)), plan, clock, NODES)
        if cost(space, units, choice.branches) < cost(space, units, plan):
            plan = choice.branches
        if whole and choice.proven:
            break
    else:
        return Regrouped(plan, relaxed.bound, False)
    return Regrouped(plan, float(cost(space, units, plan)), True)


def _candidates(space: Space, hubs: Hubs, prices: Floats, gap: float, most: int) -> tuple[Branches, bool]:
    """Up to `most` branches of least reduced cost, and whether they are all up to the gap."""
    limit = gap
    while limit > SLACK:
        found = below(space, hubs, prices, limit, most)
        if found is not None:
            return found, limit == gap
        limit *= 0.6
    return none(space), False


class Surroundings:
    """Which branches lie round a chamber."""

    def __init__(self, space: Space, hubs: Hubs) -> None:
        self.space = space
        self.rows: list[list[int]] = [[] for _ in range(space.n)]
        for row, lead in enumerate(hubs.lead):
            self.rows[lead].append(row)
        self.hubs = hubs

    def near(self, unit: int) -> list[int]:
        """The chambers near this one, nearest first."""
        found: dict[int, float] = {}
        for row in self.rows[unit]:
            for other, far in zip(self.hubs.near[row], self.hubs.dist[row], strict=True):
                if other >= 0:
                    found[int(other)] = float(far)
        return sorted(found, key=lambda other: (found[other], other))

    def round(self, seed: int, size: int, group_of: Ints, plan: Branches) -> tuple[Flags, Flags]:
        """Whole branches and left-out chambers round the seed until they are `size` chambers: (chambers, branches of the plan)."""
        chambers, groups = np.zeros(self.space.n, dtype=bool), np.zeros(len(plan), dtype=bool)
        queue, asked, count = [seed], {seed}, 0
        for unit in queue:
            if count >= size:
                break
            if not chambers[unit]:
                group = group_of[unit]
                members = [unit] if group < 0 else [int(one) for one in plan.sets[group] if one >= 0]
                if group >= 0:
                    groups[group] = True
                chambers[members] = True
                count += len(members)
            for other in self.near(unit):
                if other not in asked:
                    asked.add(other)
                    queue.append(other)
        return chambers, groups


def group_of(space: Space, plan: Branches) -> Ints:
    """The row of each chamber's branch, -1 for chambers left out."""
    found = np.full(space.n, -1, dtype=np.int64)
    rows, columns = np.nonzero(plan.sets >= 0)
    found[plan.sets[rows, columns]] = rows
    return found


def lower(bound: float, grain: int) -> int:
    """The least whole cost that a proven bound leaves possible."""
    return grain * math.ceil((bound - 1e-4) / grain)
