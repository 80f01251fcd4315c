"""Two records of one person made one: chosen, moved, each day as before and never twice, taken back as one act (M14; lessons 23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from shanghui.access.audit import as_one
from shanghui.access.models import AuditEntry, User
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.indicators.queries import figures
from shanghui.kernel.facts import Fact
from shanghui.kernel.refusals import Refused
from shanghui.ledger import integrity
from shanghui.ledger.activities.models import Activity, Attendance
from shanghui.ledger.dues.models import DuesBase, DuesPayment
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.merging import ALONE, FAMILIES, OPEN_ONCE, laid, pointing_to_people
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    Category,
    MembershipRecord,
    MemberStanding,
    Merger,
    NotSame,
    Person,
    Post,
)
from shanghui.ledger.people.operations import (
    affiliate,
    appoint,
    change_person,
    merge_people,
    register_person,
    say_not_same,
    set_category,
    set_standing,
)
from shanghui.ledger.people.queries import former_keys, matching_people
from shanghui.ledger.people.standings import StandingKind
from tests.web.somebody import NUMBER, OTHER, PHONE, somebody
from tests.worked_city import AT, BRANCH, HALF_YEAR, TODAY, named

BY: dict[str, Any] = {"by": None, "at": AT}
SINCE = date(2015, 3, 1)


@pytest.fixture
def person(db: None) -> Person:
    return somebody()


def again(**values: Any) -> Person:
    """The same man, registered once more by the other branch."""
    return register_person(kept_by=named(OTHER), name="方云泽", **BY, **values)


def home(one: Person, branch: str = OTHER, since: date = SINCE) -> Affiliation:
    return affiliate(person=one, organization=PartyOrganization.objects.get(unit__name=branch), kind=AffiliationKind.HOME, since=since, **BY)


def merge(stays: Person, gone: Person, facts: dict[str, int] | None = None, **columns: int) -> Merger:
    return merge_people(stays=stays, gone=gone, columns=columns, facts=facts or {}, reason="核对了证件", **BY)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the installation but for the journal, sealed values as text."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("shanghui.") and model is not AuditEntry]
    return {model._meta.db_table: sorted(map(repr, model._base_manager.values_list())) for model in ours}


def test_what_one_record_lacks_comes_from_the_other(person: Person) -> None:
    other = again(workplace="长青商行", birth="1970-05-12")
    change_person(person=person, birth="1970-05", **BY)

    merge(other, person)

    row = Person.objects.get(name="方云泽")
    assert (row.pk, row.workplace, row.birth, row.id_number, row.phone) == (other.pk, "长青商行", "1970-05-12", NUMBER, PHONE)
    assert list(Person.objects.filter(matching_people(NUMBER))) == [row]
    assert row.memberships.get().category == Category.FULL
    assert row.affiliations.get().organization.unit == named(BRANCH)
    assert former_keys(row) == [person.pk]


def test_the_value_that_was_chosen_stands(person: Person) -> None:
    other = again(phone="15400007777", workplace="乙")
    change_person(person=person, workplace="甲", **BY)

    with pytest.raises(Refused, match=r"联系电话.*以哪一条为准"):
        merge(person, other, workplace=other.pk)
    merge(person, other, workplace=other.pk, phone=person.pk)

    row = Person.objects.get(pk=person.pk)
    assert (row.workplace, row.phone) == ("乙", PHONE)


def test_two_homes_on_one_day_are_asked_about_and_then_there_is_one(person: Person) -> None:
    other = again()
    home(other)

    with pytest.raises(Refused, match=r"自2015-03-01起，两条记录的组织关系不一样"):
        merge(person, other)
    merge(person, other, {"home": other.pk})

    homes = person.affiliations.order_by("valid_from").values_list("organization__unit__name", "valid_from", "valid_to")
    assert list(homes) == [(BRANCH, date(2011, 7, 1), SINCE), (OTHER, SINCE, None)]
    assert Person.objects.get(pk=person.pk).kept_by == named(OTHER)


def test_one_home_registered_twice_is_one_and_needs_no_choice(person: Person) -> None:
    other = again()
    home(other, BRANCH, date(2008, 1, 1))

    merge(person, other)

    row = person.affiliations.get()
    assert (row.organization.unit.name, row.valid_from, row.valid_to) == (BRANCH, date(2008, 1, 1), None)


def test_who_was_counted_twice_is_counted_once_on_every_day(person: Person) -> None:
    other = again()
    set_category(person=other, category=Category.FULL, since=date(2011, 7, 1), **BY)
    home(other, OTHER, date(2011, 7, 1))
    days = (date(2012, 1, 1), HALF_YEAR, TODAY)
    before = [_members(day) for day in days]

    merge(person, other, {"home": person.pk})

    assert [_members(day) for day in days] == [count - 1 for count in before]


def _members(day: date) -> int:
    return int(figures(whole(day), day)["members.total"].value or 0)


def _with_everything(person: Person) -> Person:
    """Another record of the same man with facts of every room, some the same, some others."""
    other = again(phone="15400007777", workplace="乙")
    change_person(person=person, user_id=User.objects.create(username="fang", display_name="方云泽").pk, workplace="甲", **BY)
    set_category(person=other, category=Category.PROBATIONARY, since=date(2011, 1, 1), **BY)
    home(other)
    appoint(person=other, unit=named(OTHER), post=Post.COMMITTEE_MEMBER, since=SINCE, **BY)
    appoint(person=other, unit=named(BRANCH), post=Post.COMMITTEE_MEMBER, since=SINCE, **BY)
    appoint(person=person, unit=named(BRANCH), post=Post.COMMITTEE_MEMBER, since=date(2012, 1, 1), **BY)
    activity = Activity.objects.create(type="other", held_on=date(2021, 1, 1), title="学习", chair=other)
    for one, state in ((person, "present"), (other, "absent")):
        activity.attendances.create(person=one, unit=named(BRANCH), state=state)
        DuesBase.objects.create(person=one, kind="wages", amount=str(5000 + one.pk), monthly=Decimal(50 + one.pk % 7), valid_from=SINCE)
        DuesPayment.objects.create(person=one, organization_id=named(BRANCH).pk, month=SINCE, due=Decimal(50 + one.pk % 7))
        MemberStanding.objects.create(person=one, kind="floating", place=f"外地{one.pk}", valid_from=SINCE).contacts.create(held_on=HALF_YEAR)
    say_not_same(one=other, other=register_person(kept_by=named(OTHER), name="方云泽", **BY), reason="核对了证件", **BY)
    return other


FACTS = ("category", "home", "base", "payment", "attendance", "standing", "post")


@pytest.mark.parametrize("right", ["stays", "gone"])
@pytest.mark.parametrize("first", [True, False])
def test_all_of_it_moves_and_goes_back_as_one_act(person: Person, right: str, first: bool) -> None:
    other = _with_everything(person)
    stays, gone = (person, other) if first else (other, person)
    chosen = stays.pk if right == "stays" else gone.pk
    before = everything()

    merge(stays, gone, dict.fromkeys(FACTS, chosen), phone=chosen, workplace=chosen)

    for model, column in pointing_to_people():
        assert not model._base_manager.filter(**{column: gone.pk}).exists(), (model, column)
    row = Person.objects.get(pk=stays.pk)
    assert (row.workplace, row.user.username if row.user else "") == ("甲" if chosen == person.pk else "乙", "fang")
    assert row.attendances.get().state == ("present" if chosen == person.pk else "absent")
    assert row.dues_bases.get().amount == str(5000 + chosen)
    standing = row.standings.get()
    assert (standing.place, standing.contacts.count()) == (f"外地{chosen}", 2)
    assert NotSame.objects.filter(first=row).exists() or NotSame.objects.filter(second=row).exists()
    assert row.appointments.filter(unit=named(BRANCH)).get().valid_from == date(2012, 1, 1)
    entry = AuditEntry.objects.get(verb="合并人员")
    assert (entry.subject_id, entry.reason) == (stays.pk, "核对了证件")

    undo([entry], **BY)

    assert everything() == before


def test_a_later_change_stands_in_the_way_of_taking_back(person: Person) -> None:
    merge(person, again(workplace="乙"))
    entry = AuditEntry.objects.get(verb="合并人员")
    change_person(person=Person.objects.get(pk=person.pk), workplace="丙", **BY)

    with pytest.raises(Refused, match="先撤销那一步"):
        undo([entry], **BY)


def test_the_same_record_no_reason_and_a_gone_one_are_refused(person: Person) -> None:
    other = again()
    for stays, gone, reason, words in ((person, person, "x", "同一条"), (person, other, " ", "依据"), (person, Person(pk=10**9), "x", "已经没有")):
        with pytest.raises(Refused, match=words):
            merge_people(stays=stays, gone=gone, columns={}, facts={}, reason=reason, **BY)


def _another_number(person: Person) -> None:
    change_person(person=person, id_number="990101197005120041", **BY)


def _account(person: Person) -> None:
    for one in Person.objects.filter(name=person.name):
        change_person(person=one, user_id=User.objects.create(username=f"u{one.pk}", display_name="x").pk, **BY)


def _apart(person: Person) -> None:
    say_not_same(one=person, other=Person.objects.exclude(pk=person.pk).get(name=person.name), reason="x", **BY)


def _died(person: Person) -> None:
    set_standing(person=person, kind=StandingKind.DIED, since=date(2020, 1, 1), **BY)


@pytest.mark.parametrize(("happens", "words"), [
    (_another_number, "号码不同，是两个人"), (_account, "各有一个登录账号"), (_apart, "登记为不是同一人"), (_died, "去世，另一条在那以后"),
])
def test_two_who_cannot_be_one_are_refused_with_the_reason(person: Person, happens: Any, words: str) -> None:
    other = again()
    happens(other)
    count = AuditEntry.objects.count()

    with pytest.raises(Refused, match=words):
        merge(person, other, {"category": person.pk})

    assert Person.objects.filter(pk=other.pk).exists()
    assert AuditEntry.objects.count() == count


def test_an_import_of_the_record_that_went_is_not_taken_back_under_the_merger(person: Person) -> None:
    with as_one("import:1"):
        other = again()
    merge(person, other)

    with pytest.raises(Refused, match="合并人员"):
        undo(AuditEntry.objects.filter(run="import:1"), **BY)


def test_every_table_in_which_a_person_stands_once_is_a_family() -> None:
    known = {one.table for one in FAMILIES} | ALONE.keys() | OPEN_ONCE.keys()
    for model, _ in pointing_to_people():
        for one in model._meta.constraints:
            if isinstance(one, models.UniqueConstraint):
                named_in = {*one.fields, *(getattr(e, "name", "") for e in one.expressions)}
                assert "person" not in named_in or model._meta.db_table in known, model
        if issubclass(model, Fact):
            assert model._meta.db_table in known, model


# --- the algorithm, and the home of every day


def _rows(stretches: list[tuple[int, int, int]], person: int) -> Iterator[Affiliation]:
    """Homes that follow one another: gap before, length, where."""
    start = date(2010, 1, 1)
    for number, (gap, length, where) in enumerate(stretches):
        begin = start + timedelta(days=gap)
        start = begin + timedelta(days=length)
        yield Affiliation(pk=person * 100 + number, person_id=person, organization_id=where, kind="home", valid_from=begin, valid_to=start)


STRETCHES = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.integers(1, 2)), max_size=5)


@given(STRETCHES, STRETCHES)
@settings(max_examples=200, deadline=None)
def test_on_every_day_the_chosen_says_where_else_the_other_and_never_both(ours: list[Any], theirs: list[Any]) -> None:
    winners, losers = list(_rows(ours, 1)), list(_rows(theirs, 2))
    pieces = laid(winners, losers)

    def at(rows: Any, day: date) -> list[int]:
        return [one.organization_id for one in rows if one.valid_from <= day < one.valid_to]

    for offset in range(45):
        day = date(2010, 1, 1) + timedelta(days=offset)
        now = [piece.row.organization_id for piece in pieces if piece.start <= day and (piece.end is None or day < piece.end)]
        assert now == (at(winners, day) or at(losers, day))


@pytest.mark.django_db
def test_the_ledger_has_no_fault_after_merging(person: Person) -> None:
    other = again()
    set_category(person=other, category=Category.FULL, since=date(2011, 7, 1), **BY)
    home(other, OTHER, date(2011, 7, 1))

    merge(person, other, {"home": other.pk})

    assert [rows for check, rows in integrity.run(TODAY) if check.name in ("members.without_home", "sealed.numbers")] == [[], []]
    assert MembershipRecord.objects.filter(person=person).count() == 1
    assert Attendance.objects.filter(person=other).count() == 0
