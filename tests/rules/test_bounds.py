"""Every rule has its boundary shown, stays within the scope, asks as often whatever the scope; packs add and never take away."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanghui.access.models import Role, Seat, Unit
from shanghui.access.scope import Scope, whole
from shanghui.ledger.organizations.models import Term
from shanghui.ledger.people.models import Post
from shanghui.rules.models import PackSwitch
from shanghui.rules.packs import PACKS
from shanghui.rules.queries import catalogue
from shanghui.rules.standing import Verdict, registry, standing
from shanghui.rules.verdicts import assess
from tests.rules.bounds import SINCE, TESTED, appoint, branch
from tests.worked_city import BRANCH, CHAMBER, HALF_YEAR, city, named, neighbour

pytestmark = pytest.mark.django_db
CHECKS = pytest.mark.parametrize("code", [one.code for one in registry])


def asked_of(scope: Scope, codes: list[str] | None = None, day: date = HALF_YEAR) -> list[Verdict]:
    return list(standing(scope, day, codes))


def switch_on_all(unit: Unit) -> None:
    for pack in PACKS:
        PackSwitch.objects.create(unit=unit, pack=pack, valid_from=SINCE)


def test_every_rule_has_a_boundary_test() -> None:
    for path in Path(__file__).parent.glob("test_bounds_*.py"):
        importlib.import_module(f"tests.rules.{path.stem}")

    assert {rule.code for rule in catalogue()} == TESTED


@CHECKS
def test_an_empty_scope_is_asked_nothing(code: str) -> None:
    switch_on_all(city())

    assert asked_of(Scope((), HALF_YEAR), [code]) == []
    assert list(assess(Scope((), HALF_YEAR), HALF_YEAR).slots()) == []


@CHECKS
def test_a_rule_keeps_within_the_scope(code: str) -> None:
    switch_on_all(city())
    switch_on_all(neighbour())

    for place in (city(), neighbour(), named(BRANCH)):
        scope = whole(HALF_YEAR).under(place)
        inside = set(scope.units().values_list("pk", flat=True))
        assert {one.stand.unit for one in asked_of(scope, [code])} <= inside


def test_a_chamber_hears_of_the_branch_that_covers_it_what_the_city_hears() -> None:
    switch_on_all(city())
    seats = Seat.objects.filter(role=Role.EDITOR)
    heard = []
    for roots in ((named(CHAMBER).pk,), tuple(seats.values_list("unit_id", flat=True))):
        found = asked_of(Scope(roots, HALF_YEAR))
        heard.append([(one.check.code, one.stand) for one in found if one.stand.unit == named(BRANCH).pk])

    assert heard[0] == heard[1] != []


def test_every_rule_says_what_to_do_and_when() -> None:
    switch_on_all(city())
    for one in asked_of(whole(HALF_YEAR).under(city())):
        assert one.article
        assert one.stand.message.endswith("。")
        assert "请" in one.stand.message or one.stand.state == "done"
        assert len(one.stand.message) <= 120


def test_what_goes_on_keeps_its_name_over_the_turn_of_the_year() -> None:
    switch_on_all(city())
    branch(60, committee_members=1)
    names = []
    for day in (date(2022, 12, 31), date(2023, 1, 1)):
        found = asked_of(whole(day).under(city()), day=day)
        going_on = [one for one in found if one.check.code != "term.preparing"]  # a term that ends between the two days
        names.append({(one.check.code, one.stand.unit, one.stand.first) for one in going_on})
        assert all(one.stand.due for one in found if one.stand.state == "overdue")

    assert names[0] == names[1]


def test_asking_of_one_branch_and_of_the_city_takes_the_same_questions() -> None:
    switch_on_all(city())
    asked = []
    for unit in (named(BRANCH), city()):
        with CaptureQueriesContext(connection) as queries:
            asked_of(whole(HALF_YEAR).under(unit))
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 22


@CHECKS
def test_a_rule_takes_a_handful_of_questions(code: str) -> None:
    switch_on_all(city())
    with CaptureQueriesContext(connection) as queries:
        asked_of(whole(HALF_YEAR).under(city()), [code])

    assert len(queries) <= 7


def _told() -> dict[tuple[str, str], str]:
    """Every verdict of the worked city by what names it."""
    scope = whole(HALF_YEAR).under(city())
    slots = {(slot.pk, slot.duty.pack): slot.state.value for slot in assess(scope, HALF_YEAR).slots()}
    stands = {(f"{one.stand.unit}/{one.check.code}/{one.stand.first}", one.check.pack): one.stand.state.value for one in asked_of(scope)}
    return slots | stands


def test_packs_add_and_never_take_away() -> None:
    unit = branch(60)
    appoint(unit, Post.SECRETARY)
    Term.objects.create(unit=unit, valid_from=SINCE, due_on="2022-08", due_by=date(2022, 8, 31))
    before = _told()

    switch_on_all(city())

    after = _told()
    assert before.items() <= after.items()
    assert {pack for _, pack in after.keys() - before.keys()} == set(PACKS)


def test_every_pack_has_a_rule() -> None:
    assert {rule.pack.code for rule in catalogue() if rule.pack} == set(PACKS)
