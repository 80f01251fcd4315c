"""The scope asked row by row (an SQL written once) and as a list of units say the same, for everybody and on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.acts import Act
from shanghui.access.models import Axis, Reach, Role, Unit
from shanghui.access.scope import Scope, scope_of
from shanghui.ledger.people.models import Affiliation, Person
from tests.worked_city import BRANCH, TODAY, city, named, neighbour, user


def _both(scope: Scope) -> tuple[set[int], set[int]]:
    return (
        set(Person.objects.filter(scope.reaches("kept_by_id")).values_list("pk", flat=True)),
        set(Person.objects.filter(scope.condition("kept_by_id")).values_list("pk", flat=True)),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("day", [TODAY, date(2010, 1, 1)])
def test_both_ways_find_the_same_people(role: Role, day: date) -> None:
    scope = scope_of(user(role), Act.PEOPLE_VIEW, today=TODAY, day=day)

    for one in (scope, scope.under(named(BRANCH)), scope.under(neighbour())):
        row_by_row, as_a_list = _both(one)
        assert row_by_row == as_a_list


@pytest.mark.django_db
def test_a_city_sees_its_own_and_nobody_who_has_no_seat_anything() -> None:
    editor = scope_of(user(Role.EDITOR), Act.PEOPLE_VIEW, today=TODAY)

    assert Person.objects.filter(editor.reaches("kept_by_id")).exists()
    assert not Person.objects.filter(editor.reaches("kept_by_id"), kept_by=neighbour()).exists()
    nobody = Scope(roots=(), day=TODAY)
    assert not Person.objects.filter(nobody.reaches("kept_by_id")).exists()
    assert not Person.objects.filter(editor.under(neighbour()).reaches("kept_by_id")).exists()


@pytest.mark.django_db
def test_it_is_asked_of_units_themselves_and_through_a_relation() -> None:
    scope = Scope(roots=(city().pk,), day=TODAY)
    units = set(scope.units().values_list("pk", flat=True))

    assert set(Unit.objects.filter(scope.reaches("pk")).values_list("pk", flat=True)) == units
    homes = Affiliation.objects.filter(scope.reaches("person__kept_by_id")).exclude(person__kept_by__in=units)
    assert not homes.exists()
    assert Affiliation.objects.filter(~scope.reaches("organization_id")).exclude(organization_id__in=units).count() == (
        Affiliation.objects.exclude(organization_id__in=units).count()
    )


@pytest.mark.django_db
def test_a_unit_that_moved_away_is_reached_until_that_day() -> None:
    scope = Scope(roots=(city().pk,), day=TODAY)
    below = named(BRANCH)
    Reach.objects.filter(below=below, above=city(), axis=Axis.SUPERVISION).update(valid_to=TODAY)

    kept = Person.objects.filter(kept_by=below)
    assert not kept.filter(scope.reaches("kept_by_id")).exists()
    assert kept.filter(scope.on(TODAY - timedelta(days=1)).reaches("kept_by_id")).exists()
