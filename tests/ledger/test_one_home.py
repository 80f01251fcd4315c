"""Over random sequences of joins, transfers, letters, ends, deaths, dual life and undoing, every member has exactly one home on every
day from joining; between leaving by letter and coming back by one it is outside; and what hangs below a node adds up to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanghui.access.models import AuditEntry
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.indicators.queries import figures, matrix
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import (
    MEMBERS,
    Affiliation,
    AffiliationKind,
    Category,
    Direction,
    MembershipRecord,
    Person,
    StandingKind,
    Transfer,
    TransferState,
)
from shanghui.ledger.people.operations import (
    accept_letter,
    affiliate,
    end_affiliation,
    issue_letter,
    letter_answered,
    receive,
    register_letter,
    register_person,
    send_back,
    send_people,
    set_category,
    set_standing,
    void_letter,
    withdraw,
)
from tests.ledger.transferred import ACT, BRANCH, COMMITTEE, NEXT_DOOR, OTHER, OUTSIDE, limited, organization
from tests.worked_city import city, named, neighbour

FIRST = date(2021, 1, 1)
JOINING = ("登记人员", "记为正式党员")
STEPS = (
    "join", "join", "send", "send", "send_all", "receive", "receive", "receive", "send_back", "withdraw", "letter", "answered", "answered",
    "void", "register", "accept", "accept", "dual", "end_dual", "end_home", "die", "affiliate", "undo", "undo",
)
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 3), st.integers(0, 3), st.integers(0, 4), st.integers(0, 6))
"""What happens, to whom, where, so many days later, dated back by so many days."""


class RolledBack(Exception):
    """The end of one example."""


@contextmanager
def forgotten() -> Iterator[None]:
    """What happens inside is taken back: examples share one database."""
    try:
        with transaction.atomic():
            yield
            raise RolledBack
    except RolledBack:
        pass


@dataclass
class World:
    """Four people, three branches and one that takes no relations."""

    places: list[PartyOrganization]
    people: list[Person]
    today: date = FIRST
    letters: int = 0
    done: set[str] = field(default_factory=set)

    def act(self, name: str, who: int, where: int, later: int, back: int) -> None:
        """One step; what is refused changes nothing."""
        self.today += timedelta(days=later)
        person, place, day = self.people[who], self.places[where], self.today - timedelta(days=back)
        try:
            with transaction.atomic():
                if getattr(self, name)(person, place, day) is not False:
                    self.done.add(name)
        except Refused:
            pass

    def join(self, person: Person, place: PartyOrganization, day: date) -> Any:
        if MembershipRecord.objects.filter(person=person).exists() or place == self.places[3]:
            return False
        set_category(person=person, category=Category.FULL, since=day, **ACT)
        affiliate(person=person, organization=place, kind=AffiliationKind.HOME, since=day, **ACT)
        return True

    def send(self, person: Person, place: PartyOrganization, day: date) -> None:
        send_people(people=[person], target=place, on=day, **ACT)

    def send_all(self, person: Person, place: PartyOrganization, day: date) -> None:
        send_people(people=self.people[:2], target=place, on=day, **ACT)

    def waiting(self, person: Person, direction: Direction) -> Transfer:
        """The open one of this kind."""
        row = Transfer.objects.waiting().filter(person=person, direction=direction).first()
        if row is None:
            raise Refused("没有在途的。")
        return row

    def receive(self, person: Person, place: PartyOrganization, day: date) -> None:
        receive(transfer=self.waiting(person, Direction.INSIDE), on=day, **ACT)

    def send_back(self, person: Person, place: PartyOrganization, day: date) -> None:
        send_back(transfer=self.waiting(person, Direction.INSIDE), on=day, reason="材料不全", **ACT)

    def withdraw(self, person: Person, place: PartyOrganization, day: date) -> None:
        withdraw(transfer=self.waiting(person, Direction.INSIDE), on=day, reason="不走了", **ACT)

    def letter(self, person: Person, place: PartyOrganization, day: date) -> None:
        self.letters += 1
        issue_letter(
            person=person, counterpart=OUTSIDE, on=day, number=str(self.letters), valid_days=30, longest=90, issuer=organization(COMMITTEE), **ACT
        )

    def answered(self, person: Person, place: PartyOrganization, day: date) -> None:
        letter_answered(
            transfer=self.waiting(person, Direction.OUT), accepted_on=day, answered_on=self.today, explanation="材料迟到", **ACT
        )

    def void(self, person: Person, place: PartyOrganization, day: date) -> None:
        void_letter(transfer=self.waiting(person, Direction.OUT), on=day, explanation="遗失", **ACT)

    def register(self, person: Person, place: PartyOrganization, day: date) -> None:
        self.letters += 1
        register_letter(
            person=person, target=place, counterpart=OUTSIDE, issued_by="某组织部", number=str(self.letters), issued_on=day, valid_days=30, **ACT
        )

    def accept(self, person: Person, place: PartyOrganization, day: date) -> None:
        accept_letter(
            transfer=self.waiting(person, Direction.IN), category=Category.FULL, checked_on=day, on=day, explanation="材料迟到", **ACT
        )

    def dual(self, person: Person, place: PartyOrganization, day: date) -> None:
        affiliate(person=person, organization=place, kind=AffiliationKind.DUAL, since=day, **ACT)

    def _end(self, person: Person, kind: AffiliationKind, day: date) -> None:
        row = Affiliation.objects.filter(person=person, kind=kind, valid_to=None).select_related("person", "organization__unit").first()
        if row is None:
            raise Refused("没有。")
        end_affiliation(affiliation=row, on=day, **ACT)

    def end_dual(self, person: Person, place: PartyOrganization, day: date) -> None:
        self._end(person, AffiliationKind.DUAL, day)

    def end_home(self, person: Person, place: PartyOrganization, day: date) -> None:
        self._end(person, AffiliationKind.HOME, day)

    def die(self, person: Person, place: PartyOrganization, day: date) -> None:
        set_standing(person=person, kind=StandingKind.DIED, since=day, **ACT)

    def affiliate(self, person: Person, place: PartyOrganization, day: date) -> Any:
        if place == self.places[3] or not Affiliation.objects.filter(person=person, kind=AffiliationKind.HOME, valid_to=None).exists():
            return False
        affiliate(person=person, organization=place, kind=AffiliationKind.HOME, since=day, **ACT)
        return True

    def undo(self, person: Person, place: PartyOrganization, day: date) -> None:
        """One of the latest acts about him that still stand; joining is several acts, and does not go back."""
        entries = AuditEntry.objects.filter(subject_table=Person._meta.db_table, subject_id=person.pk, undoes=None)
        gone = AuditEntry.objects.exclude(undoes=None).values("undoes")
        rows = list(entries.exclude(pk__in=gone).exclude(verb__in=JOINING).order_by("-pk"))
        first = entries.filter(verb="登记组织关系").order_by("pk").first()
        rows = [one for one in rows if first is None or one.pk != first.pk][:3]
        if not rows:
            raise Refused("没有。")
        undo([rows[day.day % len(rows)]], **ACT)


def outside(person: Person, day: date) -> bool:
    """Whether the latest letter carried out by the day took the relation out of the platform."""
    rows = Transfer.objects.filter(person=person, state=TransferState.RECEIVED, closed_on__lte=day).exclude(direction=Direction.INSIDE)
    last = rows.order_by("closed_on", "pk").last()
    return last is not None and last.direction == Direction.OUT


def check(world: World) -> None:
    """One home on every day, and what is below adds up."""
    last = world.today + timedelta(days=2)
    days = [FIRST - timedelta(days=7) + timedelta(days=n) for n in range((last - FIRST).days + 8)]
    for person in world.people:
        records = list(MembershipRecord.objects.filter(person=person, category__in=MEMBERS).values_list("valid_from", "valid_to"))
        homes = list(Affiliation.objects.filter(person=person, kind=AffiliationKind.HOME).values_list("valid_from", "valid_to"))
        for day in days:
            member = [since for since, until in records if since <= day and (until is None or until > day)]
            at_home = [since for since, until in homes if since <= day and (until is None or until > day)]
            assert len(at_home) <= 1, (person, day)
            if member:
                assert len(member) == 1
                assert len(at_home) == (0 if outside(person, day) else 1), (person.name, day, world.done)
    for day in (days[len(days) // 2], last):
        _adds_up(world, day)


def _adds_up(world: World, day: date) -> None:
    codes = {"members.total", "transfer.in_transit"}
    parts = [figures(whole(day).under(one), day, codes) for one in (city(), neighbour())]
    total, own = figures(whole(day), day, codes), matrix(whole(day), day, codes)
    for code in codes:
        assert total[code].numerator == sum(one[code].numerator for one in parts), code
        assert total[code].numerator >= max((one[code].numerator for one in own.values() if code in one), default=0)
    ours = MembershipRecord.objects.on(day).filter(person__in=world.people, category__in=MEMBERS)
    inside = sum(1 for one in ours.select_related("person") if not outside(one.person, day))
    others = MembershipRecord.objects.on(day).filter(category__in=MEMBERS).exclude(person__in=world.people)
    homes = Affiliation.objects.on(day).filter(kind=AffiliationKind.HOME, person__in=others.values("person_id"))
    assert total["members.total"].numerator == inside + homes.count()


def made() -> World:
    """Nobody has joined yet."""
    people = [register_person(kept_by=named(BRANCH), name=f"方{word}", **ACT) for word in "甲乙丙丁"]
    return World([organization(BRANCH), organization(OTHER), organization(NEXT_DOOR), limited()], people)


REACHED: set[str] = set()


@pytest.mark.django_db
@given(steps=st.lists(step, min_size=4, max_size=22))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_member_has_one_home_on_every_day(steps: list[tuple[str, int, int, int, int]]) -> None:
    with forgotten():
        world = made()
        for number in range(4):
            world.act("join", number, number % 3, 0, 0)
        for one in steps:
            world.act(*one)
        check(world)
        REACHED.update(world.done)


@pytest.mark.django_db
def test_the_sequences_reach_receipts_letters_and_undoing() -> None:
    """A fixed sequence through every kind of step, so that the property above is not about nothing."""
    with forgotten():
        world = made()
        for one in (
            ("join", 0, 0, 0, 0), ("join", 1, 0, 0, 0), ("join", 2, 1, 0, 0), ("join", 3, 2, 0, 0), ("dual", 3, 0, 2, 0),
            ("send_all", 0, 1, 3, 0), ("receive", 0, 0, 2, 1),
            ("send_back", 1, 0, 0, 0), ("send", 2, 0, 1, 0), ("withdraw", 2, 0, 1, 0), ("letter", 2, 0, 1, 0), ("void", 2, 0, 1, 0),
            ("letter", 2, 0, 1, 0), ("answered", 2, 0, 3, 1), ("register", 2, 1, 2, 0), ("accept", 2, 1, 3, 2), ("affiliate", 2, 2, 3, 0),
            ("letter", 3, 0, 1, 0), ("answered", 3, 0, 2, 0), ("end_dual", 3, 0, 2, 0),
            ("die", 1, 0, 2, 0), ("undo", 0, 0, 1, 0), ("undo", 0, 0, 1, 0), ("end_home", 0, 0, 1, 0),
        ):
            world.act(*one)
            check(world)

    assert set(STEPS) - world.done == {"end_home"}
