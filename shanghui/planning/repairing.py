"""Chambers that a quick plan left out: into a group with room, else into a new one with chambers that their own groups can spare."""

from __future__ import annotations

import numpy as np

from shanghui.planning.branches import Branches, none, under_best_lead
from shanghui.planning.nearness import Hubs, Ints, Space


class Repair:
    """A plan in pieces, while chambers move between its groups."""

    def __init__(self, space: Space, hubs: Hubs, plan: Branches) -> None:
        self.space, self.hubs = space, hubs
        self.groups = [[int(unit) for unit in row if unit >= 0] for row in plan.sets]
        self.place = {unit: number for number, group in enumerate(self.groups) for unit in group}

    def seat(self, units: Ints) -> Branches:
        """The plan with as many of these chambers in it as simple moves allow."""
        for unit in units:
            if int(unit) not in self.place:
                rows = np.nonzero((self.hubs.lead == unit) | (self.hubs.near == unit).any(axis=1))[0]
                if not self._into_room(int(unit), rows):
                    self._with_spared(int(unit), rows)
        return _table(self.space, [group for group in self.groups if group])

    def _into_room(self, unit: int, rows: Ints) -> bool:
        near = {int(one) for one in self.hubs.lead[rows]} | {int(one) for one in self.hubs.near[rows].ravel() if one >= 0}
        numbers = sorted({self.place[one] for one in near if one in self.place})
        numbers = [number for number in numbers if len(self.groups[number]) < self.space.rule.max_units]
        if not numbers:
            return False
        dearer = _table(self.space, [[*self.groups[number], unit] for number in numbers]).costs \
            - _table(self.space, [self.groups[number] for number in numbers]).costs
        best = int(dearer.argmin())
        if np.isfinite(dearer[best]):
            self._put(unit, numbers[best])
            return True
        return False

    def _with_spared(self, unit: int, rows: Ints) -> bool:
        rule = self.space.rule
        for row in rows:
            lead = int(self.hubs.lead[row])
            order = np.argsort(self.hubs.dist[row], kind="stable")
            joining = [int(one) for one in self.hubs.near[row][order] if one >= 0 and one != unit]
            group, lost = [unit], set[int]()
            for one in ([lead] if lead != unit else []) + joining:
                if self.space.full[group].sum() >= rule.min_full or len(group) == rule.max_units:
                    break
                if self.place.get(one, -1) not in lost and self._spare(one):
                    group.append(one)
                    lost |= {self.place[one]} if one in self.place else set()
            if lead in group and self.space.full[group].sum() >= rule.min_full:
                self.groups.append([])
                for one in group:
                    self._put(one, len(self.groups) - 1)
                return True
        return False

    def _spare(self, unit: int) -> bool:
        """Whether its group stays lawful without it."""
        if unit not in self.place:
            return True
        rest = [one for one in self.groups[self.place[unit]] if one != unit]
        enough = self.space.full[rest].sum() >= self.space.rule.min_full if rest else False
        return bool(enough and np.isfinite(_table(self.space, [rest]).costs[0]))

    def _put(self, unit: int, number: int) -> None:
        if unit in self.place:
            self.groups[self.place[unit]].remove(unit)
        self.groups[number].append(unit)
        self.place[unit] = number


def _table(space: Space, groups: list[list[int]]) -> Branches:
    if not groups:
        return none(space)
    sets = np.full((len(groups), space.rule.max_units), -1, dtype=np.int64)
    for number, group in enumerate(groups):
        sets[number, :len(group)] = group
    return under_best_lead(space, sets)
