"""Solves a planning problem: an answer at once, then a better one, with what is proven about the best."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from shanghui.planning.branches import Branches, none, together
from shanghui.planning.clock import Clock
from shanghui.planning.columns import ColumnSearch
from shanghui.planning.explain import LeftOut, reasons
from shanghui.planning.nearness import Flags, Hubs, Ints, Space, components, coverable, hubs_of
from shanghui.planning.problem import Group, Problem
from shanghui.planning.searching import Search
from shanghui.planning.towns import TownSearch

RESERVE = 0.15


@dataclass(frozen=True)
class Progress:
    """Where the search stands."""

    cost: int
    bound: int
    seconds: float


@dataclass(frozen=True)
class Plan:
    """Lawful groups, what they cost, the proven lower bound, whether nothing can be better, and who is left out and why."""

    groups: tuple[Group, ...]
    cost: int
    bound: int
    optimal: bool
    uncovered: tuple[LeftOut, ...]
    seconds: float

    @property
    def gap(self) -> float:
        """How far above the bound, as a share of it."""
        return (self.cost - self.bound) / self.bound if self.bound else 0.0


def solve(problem: Problem, time_limit: float = 10.0, progress: Callable[[Progress], None] | None = None,
          should_stop: Callable[[], bool] | None = None) -> Plan:
    """The best plan found within `time_limit` seconds, or the first proved best.

    `progress` is told after each piece of work; `should_stop` is asked between them, and the best so far is returned.
    The same input solved to the end gives the same plan on every machine: nothing is drawn by chance and the solver's seed
    is fixed. Where the time limit cuts the search off, how far it came, and so the plan, depends on the machine.
    """
    started = time.monotonic()
    reserve = RESERVE + len(problem.units) / 10000  # for what comes after the search: groups and reasons
    clock = Clock.of(time_limit - min(reserve, time_limit / 4), should_stop)
    space = Space(problem)
    hubs = hubs_of(space)
    able = coverable(space, hubs)
    searches = _begin(space, hubs.within(able), able, clock)
    lost = space.rule.w_uncovered * int((~able).sum())

    def tell() -> None:
        if progress:
            now = Progress(lost + sum(one.cost for one in searches), lost + sum(one.bound for one in searches), time.monotonic() - started)
            progress(now)

    tell()
    _search(searches, clock, tell)
    plan = together(none(space), *(one.plan for one in searches))
    cost, bound = lost + sum(one.cost for one in searches), lost + sum(one.bound for one in searches)
    groups = _groups(problem, plan)
    return Plan(groups, cost, bound, bound >= cost, reasons(problem, space, hubs, able, plan, bound >= cost), time.monotonic() - started)


def _begin(space: Space, hubs: Hubs, able: Flags, clock: Clock) -> list[Search]:
    return [_search_for(space, hubs, part, clock) for part in components(space, hubs, able)]


def _search_for(space: Space, hubs: Hubs, part: Ints, clock: Clock) -> Search:
    free = np.zeros(space.n, dtype=bool)
    free[part] = True
    within = hubs.within(free)
    return TownSearch(space, within, part, clock) if space.family == "code" else ColumnSearch(space, within, part, clock)


def _search(searches: list[Search], clock: Clock, tell: Callable[[], None]) -> None:
    """Each part's quick steps in turn, then small parts first; each round shares half of what is left by size, until little is left, then all of it."""
    opening = searches
    while opening and not clock.over():
        opening = [one for one in opening if not clock.over() and one.open()]
        tell()
    while not clock.over():
        open_ones = [one for one in searches if not one.finished]
        if not open_ones:
            return
        share = clock.left() if len(open_ones) == 1 else max(clock.left() / 2, min(2.0, clock.left()))
        until = clock.at_most(share)
        for place, one in enumerate(open_ones):
            weight = len(one.units) / sum(len(other.units) for other in open_ones[place:])
            one.go_on(until.at_most(weight * until.left()), tell)


def _groups(problem: Problem, plan: Branches) -> tuple[Group, ...]:
    """With the ids of the problem; in the order of the leads in the problem."""
    units = problem.units
    rows = sorted([int(unit) for unit in row if unit >= 0] for row in plan.sets)
    return tuple(Group(units[row[0]].id, tuple(units[unit].id for unit in [row[0], *sorted(row[1:])])) for row in rows)
