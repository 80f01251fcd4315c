"""Seats: held from–to, given only by who holds as much, never to oneself; the scope follows (M48)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.acts import MAY, Act
from shanghui.access.models import Role, Seat
from shanghui.access.operations import SeatError, end_seat, grant
from shanghui.access.scope import scope_of
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people.models import Person
from tests.worked_city import AT, BRANCH, CHAMBER, TODAY, city, named, neighbour, seat, user


@pytest.mark.django_db
def test_nobody_gives_a_seat_to_himself() -> None:
    administrator = user(Role.ADMINISTRATOR)

    with pytest.raises(SeatError, match="不能给自己"):
        grant(user=administrator, role=Role.EDITOR, unit=city(), since=TODAY, by=administrator, at=AT)


@pytest.mark.django_db
def test_an_editor_gives_what_he_holds_and_no_administrator() -> None:
    editor, reader = user(Role.EDITOR), user(Role.READER)

    assert grant(user=reader, role=Role.SECRETARY, unit=named(BRANCH), since=TODAY, by=editor, at=AT).pk
    with pytest.raises(SeatError, match="不能在"):
        grant(user=reader, role=Role.ADMINISTRATOR, unit=city(), since=TODAY, by=editor, at=AT)


@pytest.mark.django_db
def test_nothing_is_given_outside_ones_own_part_of_the_tree() -> None:
    with pytest.raises(SeatError, match="不能在"):
        grant(user=user(Role.READER), role=Role.READER, unit=neighbour(), since=TODAY, by=user(Role.ADMINISTRATOR), at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "held"), [(-1, False), (0, True), (1, True), (9, True), (10, False)])
def test_a_seat_counts_from_its_first_day_until_the_day_it_ends(days: int, held: bool) -> None:
    reader = seat(Role.READER, neighbour(), "visitor")
    Seat.objects.filter(user=reader).update(valid_from=TODAY, valid_to=TODAY + timedelta(days=10))

    scope = scope_of(reader, Act.LEDGER_VIEW, today=TODAY + timedelta(days=days))

    assert scope.is_empty is not held


@pytest.mark.django_db
def test_an_ended_seat_opens_nothing_from_that_day() -> None:
    reader = user(Role.READER)

    end_seat(seat=reader.seats.get(), on=TODAY, by=None, at=AT)

    assert scope_of(reader, Act.LEDGER_VIEW, today=TODAY).is_empty
    assert not scope_of(reader, Act.LEDGER_VIEW, today=TODAY - timedelta(days=1)).is_empty


@pytest.mark.django_db
def test_a_secretary_reaches_his_branch_its_chamber_and_its_people_alone() -> None:
    scope = scope_of(user(Role.SECRETARY), Act.PEOPLE_VIEW, today=TODAY)

    assert [row.unit.name for row in PartyOrganization.objects.within(scope).select_related("unit")] == [BRANCH]
    assert [row.unit.name for row in Chamber.objects.within(scope).select_related("unit")] == [CHAMBER]
    inside = set(Person.objects.within(scope).values_list("pk", flat=True))
    at_home = Person.objects.filter(affiliations__organization__unit__name=BRANCH).values_list("pk", flat=True)
    assert set(at_home) <= inside
    assert len(inside) < 60


@pytest.mark.django_db
def test_the_scope_of_an_old_day_follows_the_tree_of_that_day() -> None:
    scope = scope_of(user(Role.EDITOR), Act.LEDGER_VIEW, today=TODAY, day=date(1899, 12, 31))

    assert not scope.units().exists()


def test_an_administrator_sees_no_members() -> None:
    assert not MAY[Role.ADMINISTRATOR] & {Act.PEOPLE_VIEW, Act.PEOPLE_CHANGE, Act.PEOPLE_REVEAL, Act.IMPORT}
