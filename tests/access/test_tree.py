"""The tree over time: the closure against the plain recursive answer, circles refused, history kept (M01)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from shanghui.access.audit import Journal
from shanghui.access.closure import rebuild_reaches
from shanghui.access.models import Axis, Link, Reach, Unit, UnitKind
from shanghui.access.operations import TreeError, attach, detach, move, open_unit
from shanghui.access.queries import ancestors_of, parent_of
from shanghui.access.scope import whole
from shanghui.kernel.facts import holds_on
from tests.worked_city import AT, CITY, HALF_YEAR, city, neighbour

DAYS = [date(2020, 1, 1) + timedelta(days=100 * step) for step in range(5)]


def _journal() -> Journal:
    return Journal(by=None, at=AT, verb="试")


def _unit(name: str, parent: Unit | None = None) -> Unit:
    return open_unit(kind=UnitKind.FEDERATION, name=name, parent=parent, journal=_journal())


def _below(unit: Unit, day: date) -> set[int]:
    """The plain recursive answer, from the links alone."""
    found, waiting = {unit.pk}, [unit.pk]
    while waiting:
        current = waiting.pop()
        for child in Link.objects.filter(holds_on(day), parent=current, axis=Axis.SUPERVISION).values_list("child_id", flat=True):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def _reached(unit: Unit, day: date) -> set[int]:
    rows = Reach.objects.filter(holds_on(day), above=unit, axis=Axis.SUPERVISION)
    return set(rows.values_list("below_id", flat=True))


STEP = st.tuples(st.sampled_from(["attach", "detach", "move"]), st.integers(0, 4), st.integers(0, 4), st.sampled_from(DAYS))


class TheClosure(TestCase):
    """Whatever happens to the tree, the closure says what the links say."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(STEP, max_size=12))
    def test_agrees_with_the_links_on_every_day(self, steps: list[tuple[str, int, int, date]]) -> None:
        units = [_unit(f"试验{number}") for number in range(5)]

        for what, child, parent, day in steps:
            try:
                if what == "attach":
                    attach(child=units[child], parent=units[parent], axis=Axis.SUPERVISION, since=day, journal=_journal())
                elif what == "detach":
                    detach(child=units[child], axis=Axis.SUPERVISION, on=day, journal=_journal())
                else:
                    move(child=units[child], parent=units[parent], axis=Axis.SUPERVISION, since=day, by=None, at=AT)
            except TreeError:
                continue

        for day in (*DAYS, DAYS[-1] + timedelta(days=1), DAYS[0] - timedelta(days=1)):
            for unit in units:
                assert _reached(unit, day) == _below(unit, day)

    def test_can_be_rebuilt_from_the_links(self) -> None:
        before = set(Reach.objects.values_list("axis", "above", "below", "depth", "valid_from", "valid_to"))

        rebuild_reaches(Axis.SUPERVISION, [city().pk])

        assert set(Reach.objects.values_list("axis", "above", "below", "depth", "valid_from", "valid_to")) == before


@pytest.mark.django_db
def test_a_parent_that_would_be_its_own_descendant_is_refused() -> None:
    county = _unit("云泽市城东区工商联", city())

    with pytest.raises(TreeError, match="不能再作它的上级"):
        attach(child=city(), parent=county, axis=Axis.SUPERVISION, since=HALF_YEAR, journal=_journal())
    with pytest.raises(TreeError, match="不能再作它的上级"):
        attach(child=county, parent=county, axis=Axis.SUPERVISION, since=HALF_YEAR, journal=_journal())


@pytest.mark.django_db
def test_a_second_parent_at_the_same_time_is_refused() -> None:
    county = _unit("云泽市城东区工商联", city())

    with pytest.raises(TreeError, match="同一时间只能有一个上级"):
        attach(child=county, parent=neighbour(), axis=Axis.SUPERVISION, since=HALF_YEAR, journal=_journal())


@pytest.mark.django_db
def test_a_move_keeps_the_days_before_it() -> None:
    county = _unit("云泽市城东区工商联", city())
    eve, day = date(2022, 6, 30), date(2022, 7, 1)

    move(child=county, parent=neighbour(), axis=Axis.SUPERVISION, since=day, by=None, at=AT)

    assert parent_of(county, axis=Axis.SUPERVISION, day=eve) == city()
    assert parent_of(county, axis=Axis.SUPERVISION, day=day) == neighbour()
    assert county.pk in whole(eve).under(city()).units().values_list("pk", flat=True)
    assert county.pk not in whole(day).under(city()).units().values_list("pk", flat=True)
    assert [unit.code for unit in ancestors_of(county, axis=Axis.SUPERVISION, day=eve)] == [CITY]
