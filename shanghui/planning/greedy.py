"""A first plan at once: the branches that earn most at given prices, one after the other, until none is left."""

from __future__ import annotations

import numpy as np

from shanghui.planning.branches import Branches, none, together
from shanghui.planning.clock import Clock
from shanghui.planning.nearness import Flags, Floats, Hubs, Ints, Space
from shanghui.planning.pricing import Pricer


def scarcity(space: Space, hubs: Hubs) -> Floats:
    """Prices for want of better ones: who has few chambers near is to be seated first."""
    company = np.zeros(space.n)
    np.maximum.at(company, hubs.lead, (hubs.near >= 0).sum(axis=1))
    return np.asarray(space.rule.w_branch * (0.6 + 2 / (1 + company)))


def seat(space: Space, hubs: Hubs, free: Flags, prices: Floats, clock: Clock) -> Branches:
    """Branches for the free chambers; at the end, for whoever is left, any lawful branch is better than none."""
    chosen, free = none(space), free.copy()
    dear = np.full(space.n, float(space.rule.w_uncovered))
    for at in (prices, np.minimum(prices * 2, dear), dear):
        while free.any() and not clock.over():
            here = hubs.within(free)
            found = Pricer(space, here).price(at, np.nonzero(free)[0]).branches if len(here.lead) else none(space)
            taken = _apart(space, found, at)
            if not len(taken):
                break
            chosen = together(chosen, taken)
            free[taken.units()] = False
    return chosen


def _apart(space: Space, branches: Branches, prices: Floats) -> Branches:
    """The best of them that share no chamber, by what they earn for each chamber."""
    used = branches.sets >= 0
    earned = np.where(used, prices[branches.sets], 0).sum(axis=1) - branches.costs
    order = np.argsort(-(earned / np.maximum(used.sum(axis=1), 1)), kind="stable")
    taken: set[int] = set()
    rows = []
    for row in order:
        units = set(_members(branches.sets[row]))
        if not units & taken:
            taken |= units
            rows.append(row)
    return branches[np.array(rows, dtype=np.int64)]


def _members(row: Ints) -> list[int]:
    return [int(unit) for unit in row if unit >= 0]
