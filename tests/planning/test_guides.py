"""Guides for chambers: relations stay, loads are even, near and of the industry; exact, and the same each time."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanghui.planning.guides import Guide, Guided, assign
from shanghui.planning.problem import BadProblem

WANG = Guide("w", "王敏", "320101101", (1,))
LI = Guide("l", "李强", "320102101", (2,))


def test_near_and_of_the_industry_is_preferred() -> None:
    found = assign([WANG, LI], [Guided(1, "320101101", 1), Guided(2, "320102102", 2)])

    assert [(one.chamber, one.guide) for one in found.proposals] == [(1, "w"), (2, "l")]
    assert found.proposals[0].reasons == ("同乡镇街道", "同行业", "负担 0 家 → 1 家")
    assert found.proposals[1].reasons[:2] == ("同县区", "同行业")


def test_an_existing_relation_stays_though_another_guide_is_nearer() -> None:
    found = assign([WANG, LI], [Guided(1, "320101101", 1, guide="l")])

    assert (found.proposals[0].guide, found.proposals[0].kept) == ("l", True)
    assert found.proposals[0].reasons[0] == "原有指导员"


def test_loads_are_even_where_distance_does_not_speak_against_it() -> None:
    found = assign([WANG, LI], [Guided(n, "320103101") for n in range(10)])

    assert found.loads == {"w": 5, "l": 5}
    assert found.spread == 0


def test_what_a_guide_has_elsewhere_counts() -> None:
    busy = Guide("b", "忙人", "320101101", (), load=6)

    found = assign([busy, Guide("f", "闲人", "320101101")], [Guided(n, "320101101") for n in range(4)])

    assert found.loads == {"b": 6, "f": 4}


def test_above_the_most_a_relation_is_given_up_and_that_is_said() -> None:
    full = Guide("w", "王敏", "320101101", most=1)

    found = assign([full, LI], [Guided(1, "320101101", guide="w"), Guided(2, "320101101", guide="w")])

    assert sorted(one.guide for one in found.proposals) == ["l", "w"]
    assert any("原指导员王敏超过上限" in one.reasons for one in found.proposals if one.guide == "l")


def test_who_is_about_to_leave_keeps_nothing() -> None:
    found = assign([WANG, LI], [Guided(1, "320101101", guide="w")], on_hold=frozenset({"w"}))

    assert found.proposals[0].guide == "l"
    assert "原指导员王敏不再安排" in found.proposals[0].reasons


def test_a_guide_unknown_here_is_no_relation() -> None:
    found = assign([LI], [Guided(1, "320101101", guide="gone")])

    assert "原指导员不在名单内" in found.proposals[0].reasons


def test_no_room_is_said() -> None:
    none, full = assign([], [Guided(1, "320101")]), assign([Guide("w", "王敏", "320101", most=1)], [Guided(1, "320101"), Guided(2, "320101")])

    assert "没有可以安排的指导员" in none.without[0].why
    assert len(full.proposals) == len(full.without) == 1
    assert "都已到上限" in full.without[0].why


def test_nobody_needs_nobody() -> None:
    assert assign([WANG], []).proposals == ()


@pytest.mark.parametrize(("guides", "chambers"), [
    ([WANG, WANG], []), ([WANG], [Guided(1, "3201"), Guided(1, "3201")]), ([Guide("w", "王敏", "3201", load=-1)], []),
])
def test_bad_input_is_refused(guides: list[Guide], chambers: list[Guided]) -> None:
    with pytest.raises(BadProblem):
        assign(guides, chambers)


def _costs(guides: list[Guide], chambers: list[Guided], chosen: tuple[int, ...]) -> tuple[int, int, int]:
    """Chambers without, relations given up, load and distance: in this order."""
    loads, given_up, total = [guide.load for guide in guides], 0, 0
    for chamber, number in zip(chambers, chosen, strict=True):
        given_up += chamber.guide is not None and (number < 0 or guides[number].id != chamber.guide)
        if number >= 0:
            guide = guides[number]
            same = [digits for digits in (9, 6, 4) if guide.code[:digits] == chamber.code[:digits]]
            total += {9: 0, 6: 10, 4: 30}[same[0]] if same else 100
            total += 0 if chamber.industry in guide.industries else 8
            total += 10 * loads[number]
            loads[number] += 1
    return chosen.count(-1), given_up, total


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_no_other_assignment_is_better(seed: int) -> None:
    draw = random.Random(seed)
    code = lambda: f"32{draw.choice('01')}10{draw.choice('12')}10{draw.choice('12')}"  # noqa: E731
    guides = [Guide(n, f"甲{n}", code(), (draw.randrange(2),), draw.randrange(3), draw.randrange(1, 5)) for n in range(3)]
    chambers = [Guided(n, code(), draw.randrange(2), draw.choice([None, 0, 1, 2])) for n in range(5)]

    found, again = assign(guides, chambers), assign(guides, chambers)

    assert found == again
    by_chamber = {one.chamber: one.guide for one in found.proposals}
    chosen = tuple(int(by_chamber.get(chamber.id, -1)) for chamber in chambers)
    every = product(range(-1, 3), repeat=5)
    allowed = [one for one in every if all(guides[n].load + one.count(n) <= max(guides[n].most, guides[n].load) for n in range(3))]
    assert _costs(guides, chambers, chosen) == min(_costs(guides, chambers, one) for one in allowed)
