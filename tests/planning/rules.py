"""The rules once more, written from the problem's definition and independent of the solver; and the best plan by trying everything."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

from shanghui.planning.problem import Group, Problem, Unit

NONE = 10**9


def far(problem: Problem, a: Unit, b: Unit) -> int:
    if problem.family == "geo":
        assert a.x is not None
        assert a.y is not None
        assert b.x is not None
        assert b.y is not None
        return round(10 * math.hypot(a.x - b.x, a.y - b.y))
    for length, distance in ((len(a.code) + len(b.code), 0), (6, 10), (4, 30)):
        if a.code[:length] == b.code[:length]:
            return distance
    return NONE


def lawful(problem: Problem, lead: Unit, members: list[Unit]) -> bool:
    rule = problem.rule
    if len(members) > rule.max_units or sum(unit.full for unit in members) < rule.min_full or lead not in members:
        return False
    near = all(far(problem, lead, unit) <= rule.r_area for unit in members)
    return near or all(unit.industry == lead.industry and far(problem, lead, unit) <= rule.r_industry for unit in members)


def judged(problem: Problem, groups: tuple[Group, ...]) -> int:
    """The cost; fails on any fault."""
    units = {unit.id: unit for unit in problem.units}
    seated = [one for group in groups for one in group.units]
    assert len(seated) == len(set(seated))
    distance = 0
    for group in groups:
        members = [units[one] for one in group.units]
        assert lawful(problem, units[group.lead], members), group
        distance += sum(far(problem, units[group.lead], unit) for unit in members)
    return problem.rule.w_uncovered * (len(units) - len(seated)) + problem.rule.w_branch * len(groups) + distance


def cheapest(problem: Problem) -> int:
    """The least cost of all plans, for a dozen chambers at most."""
    units, rule = problem.units, problem.rule
    costs: dict[frozenset[int], int] = {}
    for size in range(1, rule.max_units + 1):
        for places in combinations(range(len(units)), size):
            members = [units[place] for place in places]
            spans = [sum(far(problem, lead, unit) for unit in members) for lead in members if lawful(problem, lead, members)]
            if spans:
                costs[frozenset(places)] = rule.w_branch + min(spans)

    @cache
    def best(left: frozenset[int]) -> int:
        if not left:
            return 0
        first = min(left)
        rest = left - {first}
        choices = [rule.w_uncovered + best(rest)]
        choices += [cost + best(left - group) for group, cost in costs.items() if first in group and group <= left]
        return min(choices)

    return best(frozenset(range(len(units))))
