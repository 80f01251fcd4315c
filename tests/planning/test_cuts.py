"""Cuts of three chambers, and the prices that go with them."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np

from shanghui.planning.branches import Branches, none
from shanghui.planning.clock import Clock
from shanghui.planning.cuts import broken, touched
from shanghui.planning.enumeration import below
from shanghui.planning.generation import relax
from shanghui.planning.nearness import Space, hubs_of
from shanghui.planning.pricing import Pricer
from shanghui.planning.problem import GEO_RULE, Problem, Unit
from shanghui.planning.tightening import Tightening
from tests.planning.rules import cheapest, far, lawful
from tests.planning.test_solving import geo

LONG = Clock(1e12)  # a deadline that no run of the tests reaches


def table(*sets: tuple[int, ...]) -> np.ndarray:
    return np.array([[*units, *[-1] * (5 - len(units))] for units in sets], dtype=np.int64)


def test_a_cut_touches_the_branches_with_two_of_its_three() -> None:
    space = Space(geo(1, 8))
    sets, triples = table((0, 1, 5), (1, 2), (3, 0, 2, 1), (4, 5), (0, 6)), np.array([[0, 1, 2], [4, 5, 6]])

    row, cut = touched(space, sets, triples)

    assert sorted(zip(row.tolist(), cut.tolist(), strict=True)) == [(0, 0), (1, 0), (2, 0), (3, 1)]


def test_without_cuts_nothing_is_touched() -> None:
    row, cut = touched(Space(geo(1, 8)), table((0, 1)), np.zeros((0, 3), dtype=np.int64))

    assert len(row) == len(cut) == 0


def test_three_halves_round_three_chambers_break_a_cut_and_whole_branches_none() -> None:
    branches = Branches(table((0, 1), (1, 2), (0, 2), (3, 4)), np.full(4, 100.0))

    assert broken(branches, np.array([0.5, 0.5, 0.5, 1.0]), 10).tolist() == [[0, 1, 2]]
    assert not len(broken(branches, np.array([1.0, 0.0, 0.0, 1.0]), 10))


def every_branch(problem: Problem) -> dict[frozenset[int], int]:
    found = {}
    for size in range(1, problem.rule.max_units + 1):
        for places in combinations(range(len(problem.units)), size):
            members = [problem.units[place] for place in places]
            spans = [sum(far(problem, lead, unit) for unit in members) for lead in members if lawful(problem, lead, members)]
            if spans:
                found[frozenset(places)] = problem.rule.w_branch + min(spans)
    return found


def members(row: np.ndarray) -> frozenset[int]:
    return frozenset(int(unit) for unit in row if unit >= 0)


def test_pricing_finds_the_best_branch_and_the_list_below_a_limit_is_complete() -> None:
    for seed in range(25):
        problem, draw = geo(seed, 12, 25.0), random.Random(seed)
        space = Space(problem)
        hubs, prices = hubs_of(space), np.array([draw.uniform(0, 90) for _ in problem.units])
        reduced = {units: cost - sum(prices[list(units)]) for units, cost in every_branch(problem).items()}

        priced = Pricer(space, hubs).price(prices, np.arange(space.n))
        listed = below(space, hubs, prices, 20.0, 10**6)

        assert listed is not None
        assert {members(row) for row in listed.sets} >= {units for units, cost in reduced.items() if cost <= 20}
        best = min(reduced.values(), default=0)
        if best < -1e-6:
            costs = priced.branches.costs - np.where(priced.branches.sets >= 0, prices[priced.branches.sets], 0).sum(axis=1)
            assert abs(costs.min() - best) < 1e-6


def test_cuts_raise_the_bound_and_never_above_the_optimum() -> None:
    raised = 0
    for seed in range(30):
        problem = geo(seed, 11, 12.0)
        space = Space(problem)
        hubs, everyone = hubs_of(space), np.arange(space.n)
        relaxed = relax(space, hubs, everyone, none(space), LONG)
        tight = Tightening(space, hubs, everyone, relaxed)
        while tight.round(LONG):
            pass

        assert relaxed.bound - 1e-6 <= tight.dual.bound <= cheapest(problem) + 1e-6
        raised += tight.dual.bound > relaxed.bound + 0.5
    assert raised


def test_at_a_half_the_distance_is_rounded_as_the_rule_does() -> None:
    units = tuple(Unit(n, 1, 1, "", x, y) for n, (x, y) in enumerate([(0, 0), (0.25, 0), (0.15, 0.2), (0.33, 0.56), (1.05, 0)]))
    problem = Problem("", "geo", GEO_RULE, units)
    space = Space(problem)

    for a, b in combinations(range(len(units)), 2):
        assert space.distances(np.array([a]), np.array([b]))[0] == far(problem, units[a], units[b])
