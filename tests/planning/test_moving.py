"""Moving a chamber by hand: what it costs, and what is wrong afterwards."""

from __future__ import annotations

import pytest

from shanghui.kernel.refusals import Refused
from shanghui.planning.moving import NEW, move
from shanghui.planning.problem import CODE_RULE, Group, Problem, Unit, cost_of

UNITS = (
    Unit(1, 1, 1, "320101101"), Unit(2, 1, 1, "320101101"), Unit(3, 1, 2, "320101102"), Unit(4, 2, 2, "320101102"),
    Unit(5, 1, 1, "320102101"), Unit(6, 2, 3, "320102101"),
)
PROBLEM = Problem("", "code", CODE_RULE, UNITS)
PLAN = (Group(1, (1, 2, 3)), Group(5, (5, 6)))


def test_the_parts_of_a_plan_s_cost() -> None:
    cost = cost_of(PROBLEM, PLAN)

    assert (cost.total, cost.uncovered, cost.branches, cost.distance, cost.faults) == (10210, 1, 2, 10, ())


def test_a_chamber_left_out_is_taken_in() -> None:
    moved = move(PROBLEM, PLAN, 4, 0)

    assert set(moved.groups[0].units) == {1, 2, 3, 4}
    assert moved.difference == 10 - 10000
    assert moved.after.faults == ()


def test_the_lead_moves_on_and_the_rest_gets_a_new_one() -> None:
    moved = move(PROBLEM, PLAN, 5, None)

    assert moved.groups[1] == Group(6, (6,))
    assert moved.difference == 10000
    assert moved.after.faults == ((1, "正式党员共 2 名，不足 3 名"),)


def test_too_far_is_said_not_hidden() -> None:
    moved = move(PROBLEM, PLAN, 6, 0)

    assert {place for place, _ in moved.after.faults} == {0, 1}
    assert any("附近" in message for place, message in moved.after.faults if place == 0)


def test_a_group_of_its_own_and_an_empty_group_goes() -> None:
    alone = move(PROBLEM, PLAN, 4, NEW)
    together = move(PROBLEM, alone.groups, 4, 0)

    assert alone.groups[2] == Group(4, (4,))
    assert len(together.groups) == 2


def test_to_where_it_is_nothing_changes() -> None:
    moved = move(PROBLEM, PLAN, 2, 0)

    assert moved.difference == 0
    assert moved.groups == PLAN


@pytest.mark.parametrize(("unit", "to"), [(99, 0), (1, 2), (1, -1), (1, "elsewhere")])
def test_what_does_not_exist_is_refused(unit: int, to: int | str) -> None:
    with pytest.raises(Refused):
        move(PROBLEM, PLAN, unit, to)


@pytest.mark.parametrize(("group", "words"), [
    (Group(1, (1, 1, 2, 3)), "出现了两次"), (Group(4, (1, 2, 3)), "牵头商会不在组内"), (Group(1, (1, 2)), "不足 3 名"),
    (Group(1, (1, 2, 3, 4, 5, 6)), "最多 5 家"), (Group(3, (3, 4, 5)), "附近"), (Group(1, (1, 2, 3, 9)), "没有编号为 9"),
])
def test_each_fault_has_its_sentence(group: Group, words: str) -> None:
    faults = cost_of(PROBLEM, [group]).faults

    assert any(words in message for _, message in faults)


def test_a_chamber_in_two_groups_is_a_fault_of_the_second() -> None:
    faults = cost_of(PROBLEM, [PLAN[0], Group(4, (4, 3))]).faults

    assert faults == ((1, "商会 3 已经在别的组里"),)
