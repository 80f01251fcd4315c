"""A plan changed by hand: one chamber to another group, and what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shanghui.kernel.refusals import Refused
from shanghui.planning.problem import Cost, Group, Id, Problem, cost_of, faults_of

NEW = "new"
"""Where to: a group of its own."""


@dataclass(frozen=True)
class Moved:
    """The groups after a move, with the costs before and after, faults included. Groups left empty are gone."""

    groups: tuple[Group, ...]
    before: Cost
    after: Cost

    @property
    def difference(self) -> int:
        """How much dearer the plan has become; negative when cheaper."""
        return self.after.total - self.before.total


def move(problem: Problem, groups: Sequence[Group], unit: Id, to: int | str | None) -> Moved:
    """Takes the chamber out of its group, if any, and puts it into group number `to` (from 0), into a NEW one, or, with None, leaves it out.

    The two groups touched get the lead with which they are lawful and nearest, the lead they had where that is no worse. The move is
    made also where a group becomes unlawful: `after.faults` says so. Raises Refused for a chamber or group that does not exist.
    """
    if unit not in problem.by_id:
        raise Refused(f"规划里没有编号为 {unit} 的商会。规划之后名单可能变了，请重新规划。")
    if to != NEW and to is not None and (not isinstance(to, int) or not 0 <= to < len(groups)):
        raise Refused("没有这个组。它可能已经被撤销，请刷新后再试。")
    changed: list[Group | None] = list(groups)
    for place, group in enumerate(groups):
        if unit in group.units and place != to:
            changed[place] = led_best(problem, tuple(one for one in group.units if one != unit), group.lead)
    if to == NEW:
        changed.append(Group(unit, (unit,)))
    elif isinstance(to, int) and unit not in groups[to].units:
        changed[to] = led_best(problem, (*groups[to].units, unit), groups[to].lead)
    after = tuple(group for group in changed if group is not None)
    return Moved(after, cost_of(problem, groups), cost_of(problem, after))


def led_best(problem: Problem, units: tuple[Id, ...], lead: Id | None = None) -> Group | None:
    """These chambers under the lead with the fewest faults, then the least distance, then the given one; None without chambers."""
    if not units:
        return None
    known = problem.by_id

    def price(head: Id) -> tuple[int, int, bool, int]:
        away = sum(problem.distance(known[head], known[unit]) for unit in units)
        return len(faults_of(problem, Group(head, units))), away, head != lead, units.index(head)

    best = min(units, key=price)
    return Group(best, (best, *(unit for unit in units if unit != best)))
