"""Why a chamber is in no group, in words for the office."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shanghui.planning.branches import Branches
from shanghui.planning.nearness import Flags, Hubs, Space
from shanghui.planning.problem import Id, Problem

NAMED = 5


@dataclass(frozen=True)
class LeftOut:
    """A chamber in no group, and the reason."""

    id: Id
    why: str


def reasons(problem: Problem, space: Space, hubs: Hubs, able: Flags, plan: Branches, optimal: bool) -> tuple[LeftOut, ...]:
    """Every chamber that is in no branch of the plan, in the order of the problem."""
    seated = np.zeros(space.n, dtype=bool)
    seated[plan.units()] = True
    return tuple(
        LeftOut(problem.units[unit].id, _reason(problem, space, hubs, int(unit), bool(able[unit]), optimal))
        for unit in np.nonzero(~seated)[0]
    )


def _reason(problem: Problem, space: Space, hubs: Hubs, unit: int, able: bool, optimal: bool) -> str:
    rows = np.nonzero((hubs.lead == unit) | (hubs.near == unit).any(axis=1))[0]
    company = sorted({int(one) for row in rows for one in (hubs.lead[row], *hubs.near[row]) if one >= 0 and one != unit})
    if not company:
        return f"附近没有可以联合的商会，同行业的也都太远；本会正式党员 {space.full[unit]} 名，不足 {space.rule.min_full} 名，不能单独成立支部。"
    names = "、".join(str(problem.units[one].id) for one in company[:NAMED]) + ("等" if len(company) > NAMED else "")
    if not able:
        most = max(_most_full(space, hubs, int(row), unit) for row in rows)
        return (f"能与它同组的只有 {len(company)} 家（{names}），连同本会最多 {space.rule.max_units} 家合起来正式党员也只有 {most} 名，"
                f"不足 {space.rule.min_full} 名。")
    if optimal:
        return f"可以与 {names} 同组，但它们编入别的组后全部商会的总代价更小；要编入本会，别处会有商会落下或者相距更远。"
    return f"可以与 {names} 同组，但在时限内没有找到既编入本会又不使别处落下商会的分法；可以延长时限，或者手工调整。"


def _most_full(space: Space, hubs: Hubs, row: int, unit: int) -> int:
    """The most full members of a group of this row with the chamber in it."""
    lead = int(hubs.lead[row])
    others = sorted((int(space.full[one]) for one in hubs.near[row] if one >= 0 and one != unit), reverse=True)
    if lead == unit:
        return int(space.full[unit]) + sum(others[:space.rule.max_units - 1])
    return int(space.full[unit] + space.full[lead]) + sum(others[:max(space.rule.max_units - 2, 0)])
