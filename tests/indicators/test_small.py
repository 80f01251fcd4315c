"""Small numbers of people: which figures tell of people, and how they are told where the people are not seen."""

from __future__ import annotations

import pytest

from shanghui.access.acts import MAY, Act
from shanghui.exchange.packages.models import Received, Rows
from shanghui.indicators.registry import registry
from shanghui.indicators.small import few, tells_of_people
from shanghui.ledger.people.privacy import Level, Viewer, sight_of
from shanghui.web.packages.received import _node
from tests.worked_city import HALF_YEAR


@pytest.mark.parametrize(("counts", "words"), [
    ((0, 12), "0"), ((1, None), "<5"), ((4, 12), "<5"), ((5, 12), "5"), ((7, 12), "7"), ((8, 12), ">7"), ((11, 12), ">7"), ((12, 12), "12"),
    ((2, 4), "<5"), ((5, 6), ">1"),
])
def test_one_to_four_are_not_told_and_neither_is_what_they_can_be_reckoned_from(counts: tuple[int, int | None], words: str) -> None:
    assert few(*counts) == words


def test_figures_by_sex_age_years_and_being_away_tell_of_people_and_others_do_not() -> None:
    found = {one.code for one in registry if tells_of_people(one, HALF_YEAR)}

    assert {"members.women", "members.young", "members.over_60", "members.floating", "members.party_age_5", "members.party_age_30"} <= found
    assert found.isdisjoint({"members.total", "members.full", "coverage.organization", "cross.secretaries", "dues.paid"})


@pytest.mark.parametrize(("rows", "told"), [(Rows.NONE, ["<5", "3"]), (Rows.MASKED, ["<5", "3"]), (Rows.FULL, ["3", "3"])])
def test_a_unit_of_the_senders_is_told_by_what_came_along(rows: str, told: list[str]) -> None:
    figures = [{"code": code, "numerator": 3, "denominator": 20} for code in ("members.women", "members.probationary")]

    node = _node(Received(rows=rows, as_at=HALF_YEAR), {"name": "东江县", "figures": figures})

    assert [one["told"] for one in node["figures"]] == told


def test_whoever_sees_figures_of_his_own_part_sees_the_people_behind_them() -> None:
    for role, acts in MAY.items():
        if Act.FIGURES_VIEW in acts:
            sight = sight_of([Viewer(role.value)])
            assert Act.PEOPLE_VIEW in acts
            assert sight.level("gender") == sight.level("name") == sight.level("flow") == Level.FULL
