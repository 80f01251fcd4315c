"""Joint branches as rows of a table: chambers padded with -1, the lead first. Every set of chambers is kept once, under its cheapest lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shanghui.planning.nearness import Flags, Floats, Ints, Space


@dataclass(frozen=True)
class Branches:
    """Lawful branches with their costs (weight of a branch and distances)."""

    sets: Ints
    costs: Floats

    def __len__(self) -> int:
        return len(self.sets)

    def __getitem__(self, rows: Ints | Flags) -> Branches:
        return Branches(self.sets[rows], self.costs[rows])

    def inside(self, free: Flags) -> Branches:
        """Those whose chambers are all free."""
        whole: Flags = np.all(free[self.sets] | (self.sets < 0), axis=1)
        return self[whole]

    def units(self) -> Ints:
        """Every chamber in them."""
        return self.sets[self.sets >= 0]


def none(space: Space) -> Branches:
    """No branch."""
    return Branches(np.zeros((0, space.rule.max_units), dtype=np.int64), np.zeros(0))


def together(*parts: Branches) -> Branches:
    """One table after the other."""
    return Branches(np.concatenate([part.sets for part in parts]), np.concatenate([part.costs for part in parts]))


def under_best_lead(space: Space, sets: Ints) -> Branches:
    """Each set, known to be lawful under one of its chambers, under the lawful lead with the least distance (of equals the first)."""
    used = sets >= 0
    units = np.where(used, sets, sets[:, :1])
    best = np.full(len(sets), np.inf)
    lead = np.full(len(sets), space.n)
    column = np.zeros(len(sets), dtype=np.int64)
    for place in range(sets.shape[1]):
        head = units[:, place:place + 1]
        far = np.where(used, space.distances(head, units), 0)
        near = (far <= space.rule.r_area).all(axis=1)
        same = ((far <= space.rule.r_industry) & (space.industry[head] == space.industry[units])).all(axis=1)
        total = far.sum(axis=1)
        better = (near | same) & used[:, place] & ((total < best) | ((total == best) & (head[:, 0] < lead)))
        best, lead, column = np.where(better, total, best), np.where(better, head[:, 0], lead), np.where(better, place, column)
    rows = np.arange(len(sets))
    swapped = sets.copy()
    swapped[:, 0], swapped[rows, column] = sets[rows, column], sets[:, 0]
    return Branches(swapped, best + space.rule.w_branch)


def distinct(branches: Branches) -> Branches:
    """Each set of chambers once, in an order that depends on the sets alone."""
    if not len(branches):
        return branches
    sets = np.sort(branches.sets, axis=1)
    order = np.lexsort((branches.costs, *sets.T))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (sets[order][1:] != sets[order][:-1]).any(axis=1)
    return branches[order[new]]
