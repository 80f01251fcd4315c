"""Plans of small problems against trying everything; every plan lawful, every bound below its cost, the same plan each time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanghui.planning.problem import CODE_RULE, GEO_RULE, Problem, Rule, Unit
from shanghui.planning.solve import Progress, solve
from tests.planning.rules import cheapest, judged

ENOUGH = 60.0


def geo(seed: int, size: int, wide: float = 30.0, rule: Rule = GEO_RULE) -> Problem:
    draw = random.Random(seed)
    units = tuple(Unit(n, draw.choice((1, 1, 2)), draw.randrange(4), "", round(draw.uniform(0, wide), 1), round(draw.uniform(0, wide), 1))
                  for n in range(size))
    return Problem("", "geo", rule, units)


def coded(seed: int, size: int, counties: int = 3, rule: Rule = CODE_RULE, fulls: tuple[int, ...] = (1, 1, 2)) -> Problem:
    draw = random.Random(seed)
    units = tuple(Unit(f"商会{n}", draw.choice(fulls), draw.randrange(3), f"32{draw.choice('01')}1{draw.randrange(counties):02}10{draw.randrange(3)}")
                  for n in range(size))
    return Problem("", "code", rule, units)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.integers(1, 10), wide=st.sampled_from([5.0, 20.0, 60.0]))
def test_a_small_problem_by_coordinates_is_solved_to_its_optimum(seed: int, size: int, wide: float) -> None:
    problem = geo(seed, size, wide)

    plan = solve(problem, ENOUGH)

    assert plan.optimal
    assert judged(problem, plan.groups) == plan.cost == plan.bound == cheapest(problem)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.integers(1, 10), counties=st.integers(1, 4))
def test_a_small_problem_by_codes_is_solved_to_its_optimum(seed: int, size: int, counties: int) -> None:
    problem = coded(seed, size, counties)

    plan = solve(problem, ENOUGH)

    assert plan.optimal
    assert judged(problem, plan.groups) == plan.cost == plan.bound == cheapest(problem)


RULES = st.builds(Rule, max_units=st.integers(1, 5), min_full=st.integers(0, 5), w_uncovered=st.sampled_from([0, 50, 10000]),
                  w_branch=st.sampled_from([0, 7, 100]), r_area=st.sampled_from([0, 10, 30, 150]), r_industry=st.sampled_from([0, 10, 30, 400]))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.integers(0, 8), rule=RULES, by_codes=st.booleans())
def test_whatever_the_rule_no_bound_exceeds_the_optimum_and_no_plan_falls_below(seed: int, size: int, rule: Rule, by_codes: bool) -> None:
    problem = coded(seed, size, rule=rule, fulls=(0, 1, 2, 4)) if by_codes else geo(seed, size, rule=rule)

    plan = solve(problem, 3.0)

    assert judged(problem, plan.groups) == plan.cost
    assert plan.bound <= cheapest(problem) <= plan.cost
    assert by_codes or plan.optimal


@pytest.mark.parametrize("problem", [geo(3, 45, 40.0), coded(3, 40)], ids=["geo", "code"])
def test_the_same_problem_gives_the_same_plan(problem: Problem) -> None:
    first, again = solve(problem, ENOUGH), solve(problem, ENOUGH)

    assert first.optimal
    assert first.groups == again.groups


@pytest.mark.parametrize("problem", [geo(5, 150, 50.0), coded(5, 150, 6)], ids=["geo", "code"])
def test_a_larger_problem_cut_short_has_a_lawful_plan_and_a_bound(problem: Problem) -> None:
    plan = solve(problem, 1.0)

    assert judged(problem, plan.groups) == plan.cost
    assert 0 <= plan.bound <= plan.cost
    assert {one.id for one in plan.uncovered} == {unit.id for unit in problem.units} - {one for group in plan.groups for one in group.units}


def test_progress_never_gets_worse_and_ends_at_the_plan() -> None:
    told: list[Progress] = []

    plan = solve(geo(7, 60, 40.0), ENOUGH, told.append)

    assert [one.cost for one in told] == sorted((one.cost for one in told), reverse=True)
    assert [one.bound for one in told] == sorted(one.bound for one in told)
    assert (told[-1].cost, told[-1].bound) == (plan.cost, plan.bound)


def test_who_stops_keeps_the_best_so_far() -> None:
    problem, asked = geo(9, 300, 60.0), iter(range(10**9))

    plan = solve(problem, ENOUGH, should_stop=lambda: next(asked) > 400)

    assert judged(problem, plan.groups) == plan.cost
    assert plan.groups
    assert plan.bound <= plan.cost


def test_stopped_before_it_began_there_is_still_a_lawful_plan_and_who_is_left_out_is_told_why() -> None:
    problem = geo(9, 20)

    plan = solve(problem, ENOUGH, should_stop=lambda: True)

    assert judged(problem, plan.groups) == plan.cost
    assert not plan.optimal
    assert all("时限内" in one.why or "不足" in one.why for one in plan.uncovered)


def test_nobody_needs_no_plan() -> None:
    plan = solve(Problem("", "geo", GEO_RULE, ()), 1.0)

    assert (plan.groups, plan.cost, plan.bound, plan.optimal, plan.uncovered) == ((), 0, 0, True, ())


def test_chambers_without_company_are_left_out_with_the_reason() -> None:
    alone, far_away, small = Unit(1, 2, 1, "", 0, 0), Unit(2, 1, 2, "", 500, 0), Unit(3, 1, 3, "", 505, 0)

    plan = solve(Problem("", "geo", GEO_RULE, (alone, far_away, small)), 1.0)

    assert (plan.groups, plan.cost, plan.bound, plan.optimal) == ((), 30000, 30000, True)
    why = {one.id: one.why for one in plan.uncovered}
    assert "附近没有可以联合的商会" in why[1]
    assert "正式党员也只有 2 名，不足 3 名" in why[2]


def test_a_chamber_left_out_for_the_sake_of_others_is_told_so() -> None:
    six = tuple(Unit(n, 3 if n < 5 else 1, 1, "320101101") for n in range(5))
    rule = Rule(max_units=2, min_full=6)

    plan = solve(Problem("", "code", rule, six), ENOUGH)

    assert len(plan.groups) == 2
    assert len(plan.uncovered) == 1
    assert "编入别的组" in plan.uncovered[0].why


def test_codes_of_counties_only_are_towns_of_their_own() -> None:
    problem = Problem("", "code", CODE_RULE, tuple(Unit(n, 1, 1, code) for n, code in enumerate(["320101"] * 3 + ["3202", "3202", "32020"])))

    plan = solve(problem, ENOUGH)

    assert plan.optimal
    assert judged(problem, plan.groups) == plan.cost == cheapest(problem)
