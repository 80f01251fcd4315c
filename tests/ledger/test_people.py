"""What can happen to people, and what one may ask: one home, one category, one holder of a post; who sees whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from shanghui.access.acts import Act
from shanghui.access.models import AuditEntry, Role
from shanghui.access.scope import Scope, scope_of, seats_that_reach, whole
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people import listing
from shanghui.ledger.people.listing import belonging_to, complete, in_category, listed_people
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, MembershipRecord, Person, Post
from shanghui.ledger.people.operations import (
    affiliate,
    appoint,
    assign_guide,
    change_person,
    link_account,
    register_person,
    reveal,
    set_category,
)
from shanghui.ledger.people.queries import matching_people, people
from shanghui.ledger.people.records import record_of, wanted
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, TODAY, UNCOVERED, city, named, neighbour, user

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"
JULY = date(2022, 7, 1)


@pytest.fixture
def person() -> Person:
    made = register_person(kept_by=named(BRANCH), by=None, at=AT, name="方云泽", gender="男")
    set_category(person=made, category=Category.PROBATIONARY, since=date(2021, 7, 1), by=None, at=AT)
    affiliate(person=made, organization=branch(BRANCH), kind=AffiliationKind.HOME, since=date(2021, 7, 1), by=None, at=AT)
    return made


def branch(name: str) -> PartyOrganization:
    return PartyOrganization.objects.get(unit__name=name)


def move(person: Person, to: str, since: date) -> None:
    affiliate(person=person, organization=branch(to), kind=AffiliationKind.HOME, since=since, by=None, at=AT)


def scope(role: Role, day: date = TODAY) -> Scope:
    return scope_of(user(role), Act.PEOPLE_VIEW, today=TODAY, day=day)


# --- one home at a time


def test_a_new_home_ends_the_old_one_on_that_day(person: Person) -> None:
    move(person, OTHER, JULY)

    homes = record_of(person)
    assert homes.home(date(2022, 6, 30)).organization.unit.name == BRANCH  # type: ignore[union-attr]
    assert homes.home(JULY).organization.unit.name == OTHER  # type: ignore[union-attr]
    assert Person.objects.get(pk=person.pk).kept_by == named(OTHER)


def test_dual_life_leaves_the_home_alone(person: Person) -> None:
    affiliate(person=person, organization=branch(OTHER), kind=AffiliationKind.DUAL, since=JULY, by=None, at=AT)

    record = record_of(person)
    assert record.home(JULY).organization.unit.name == BRANCH  # type: ignore[union-attr]
    assert [one.organization.unit.name for one in record.dual(JULY)] == [OTHER]


@pytest.mark.parametrize("since", [date(2021, 7, 1), date(2020, 1, 1)])
def test_a_home_is_not_slipped_in_before_the_present_one(person: Person, since: date) -> None:
    with pytest.raises(Refused, match="新的日期须在其后"):
        move(person, OTHER, since)


def test_a_home_is_not_slipped_in_before_one_that_ended(person: Person) -> None:
    Affiliation.objects.filter(person=person).update(valid_to=JULY)

    with pytest.raises(Refused, match="到2022-06-30为止"):
        move(person, OTHER, date(2022, 6, 30))
    move(person, OTHER, JULY)


def test_the_database_itself_refuses_two_homes_on_one_day(person: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(
            person=person, organization=branch(OTHER), kind="home", valid_from=date(2021, 1, 1), valid_to=date(2021, 8, 1)
        )


# --- the road of a member


def test_the_open_category_ends_where_the_next_begins(person: Person) -> None:
    set_category(person=person, category=Category.FULL, since=JULY, by=None, at=AT)

    assert list(MembershipRecord.objects.filter(person=person).order_by("pk").values_list("category", "valid_to")) == [
        ("probationary", JULY), ("full", None)
    ]


def test_a_category_is_not_slipped_in_before_one_that_ended(person: Person) -> None:
    MembershipRecord.objects.filter(person=person).update(valid_to=JULY)

    with pytest.raises(Refused, match="到2022-06-30为止是预备党员"):
        set_category(person=person, category=Category.FULL, since=date(2022, 6, 30), by=None, at=AT)


# --- posts, guides, accounts


def test_a_second_president_is_refused_by_name(person: Person) -> None:
    with pytest.raises(Refused, match="的会长自2022-06-30起是龙泽兴"):
        appoint(person=person, unit=named(CHAMBER), post=Post.PRESIDENT, since=TODAY, by=None, at=AT)


def test_a_second_vice_president_is_recorded_and_the_same_person_twice_is_not(person: Person) -> None:
    appoint(person=person, unit=named(CHAMBER), post=Post.VICE_PRESIDENT, since=TODAY, by=None, at=AT)

    with pytest.raises(Refused, match="方云泽"):
        appoint(person=person, unit=named(CHAMBER), post=Post.VICE_PRESIDENT, since=TODAY, by=None, at=AT)


def test_a_guide_may_be_sent_for_a_term(person: Person) -> None:
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    row = assign_guide(person=person, chamber=chamber, since=TODAY, until=date(2023, 7, 8), by=None, at=AT)

    assert row.valid_to == date(2023, 7, 8)
    with pytest.raises(Refused, match="不能早于"):
        assign_guide(person=person, chamber=Chamber.objects.get(unit=named(CHAMBER)), since=TODAY, until=TODAY, by=None, at=AT)


def test_an_account_belongs_to_one_person(person: Person) -> None:
    with pytest.raises(Refused, match="另一个人"):
        link_account(person=person, user=user(Role.MEMBER), by=None, at=AT)


def test_the_same_identity_number_is_registered_once(person: Person) -> None:
    change_person(person=person, by=None, at=AT, id_number="990101197005120036")

    with pytest.raises(Refused, match="已经登记过"):
        register_person(kept_by=city(), by=None, at=AT, name="方某", id_number="990101197005120036")


def test_a_full_view_is_noted_with_its_reason_or_not_given(person: Person) -> None:
    change_person(person=person, by=None, at=AT, phone="15400001234")
    with pytest.raises(Refused):
        reveal(person=person, field="phone", reason=" ", by=user(Role.EDITOR), at=AT)

    assert reveal(person=person, field="phone", reason="核对", by=user(Role.EDITOR), at=AT) == "15400001234"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.reason, entry.by) == ("查看联系电话", "核对", user(Role.EDITOR))


def test_nothing_of_a_number_stands_in_the_audit(person: Person) -> None:
    change_person(person=person, by=None, at=AT, id_number="990101197005120036", phone="15400001234")

    with connection.cursor() as cursor:
        cursor.execute("SELECT changes FROM access_auditentry ORDER BY id DESC LIMIT 1")
        written = str(cursor.fetchone()[0])
    assert "19700512" not in written
    assert "15400001234" not in written


def test_a_number_that_was_changed_comes_back_when_the_change_is_taken_back(person: Person) -> None:
    change_person(person=person, by=None, at=AT, phone="15400001234")
    change_person(person=person, by=None, at=AT, phone="15400005678")

    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)

    found = Person.objects.get(pk=person.pk)
    assert found.phone == "15400001234"
    assert Person.objects.filter(matching_people("15400001234")).get() == found


# --- who sees whom


@pytest.mark.parametrize("few", [0, 300], ids=["walking the names", "unit by unit"])
@pytest.mark.parametrize("role", [Role.EDITOR, Role.SECRETARY, Role.MEMBER, Role.GUIDE])
def test_the_list_and_the_single_record_agree_on_who_is_seen(role: Role, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FEW_UNITS", few)
    seen = set(Person.objects.within(scope(role)).values_list("pk", flat=True))

    assert set(listed_people(scope(role), TODAY).values_list("pk", flat=True)) == seen
    assert Person.objects.get(name="方临江").pk not in seen


@pytest.mark.parametrize("few", [0, 300])
def test_dual_life_shows_a_person_and_does_not_let_change_him(person: Person, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FEW_UNITS", few)
    move(person, OTHER, JULY)
    assert person not in listed_people(scope(Role.SECRETARY), TODAY)

    affiliate(person=person, organization=branch(BRANCH), kind=AffiliationKind.DUAL, since=JULY, by=None, at=AT)

    assert person in listed_people(scope(Role.SECRETARY), TODAY)
    assert person not in Person.objects.kept_within(scope(Role.SECRETARY))


@pytest.mark.parametrize("few", [0, 300])
def test_who_moved_away_is_still_seen_as_at_the_day_before(person: Person, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FEW_UNITS", few)
    move(person, OTHER, JULY)

    assert person in listed_people(scope(Role.SECRETARY, HALF_YEAR), HALF_YEAR)
    assert person not in listed_people(scope(Role.SECRETARY), JULY)


def test_a_member_sees_himself_alone() -> None:
    assert list(Person.objects.within(scope(Role.MEMBER))) == [Person.objects.get(user=user(Role.MEMBER))]


def test_a_scope_under_a_node_is_narrower_than_the_seat() -> None:
    under = scope(Role.EDITOR).under(named(BRANCH))

    names = set(listed_people(under, TODAY).values_list("kept_by__name", flat=True))
    assert names == {BRANCH}
    assert under.few_units(5) == [named(BRANCH).pk]
    assert not listed_people(scope(Role.EDITOR).under(neighbour()), TODAY).exists()


def test_seats_that_reach_a_branch_are_those_above_it_and_on_it() -> None:
    usernames = {seat.user.username for seat in seats_that_reach([named(BRANCH).pk], Act.PEOPLE_VIEW, day=TODAY)}

    assert usernames == {"editor", "reader", "secretary"}


# --- what a page shows beside the columns


def test_a_page_is_completed_to_what_the_ledger_computes_for_everybody() -> None:
    everything = whole(TODAY)
    rows = list(listed_people(everything, TODAY))
    complete(rows, TODAY)

    known = {row.pk: (row.category, row.branch_name, row.branch_pk) for row in people(everything, TODAY)}
    assert {row.pk: (row.category, row.branch_name, row.branch_pk) for row in rows} == known  # type: ignore[attr-defined]


@pytest.mark.parametrize("few", [0, 2000])
def test_a_small_and_a_large_category_are_found_alike(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FEW_PEOPLE", few)
    under = whole(HALF_YEAR).under(city())

    counts = [in_category(listed_people(under, HALF_YEAR), one, HALF_YEAR).count() for one in ("full", "probationary", "activist")]
    assert counts == [331, 31, 85]


def test_a_branch_lists_home_cultivation_and_dual_life(person: Person) -> None:
    move(person, OTHER, JULY)
    before = belonging_to(listed_people(whole(TODAY), TODAY), branch(BRANCH).pk, TODAY).count()
    affiliate(person=person, organization=branch(BRANCH), kind=AffiliationKind.DUAL, since=JULY, by=None, at=AT)

    assert belonging_to(listed_people(whole(TODAY), TODAY), branch(BRANCH).pk, TODAY).count() == before + 1


@pytest.mark.parametrize(("asked", "found"), [("fyz", True), ("FY", True), ("云泽", True), ("方", True), ("fyzz", False), ("云 泽", True)])
def test_names_are_found_by_any_part_and_by_the_beginning_of_their_initials(person: Person, asked: str, found: bool) -> None:
    assert (person in Person.objects.filter(matching_people(asked))) == found


# --- completeness


def test_what_is_missing_depends_on_the_category(person: Person) -> None:
    missing, total = wanted(record_of(person), TODAY)

    titles = [one.title for one in missing]
    assert "入党时间" in titles
    assert "转正时间" not in titles
    assert "性别" not in titles
    assert total > len(missing)


def test_somebody_without_party_record_is_asked_for_little() -> None:
    outsider = register_person(kept_by=city(), by=None, at=AT, name="方外")

    assert [one.title for one in wanted(record_of(outsider), TODAY)[0]] == ["性别", "工作单位", "联系电话"]
