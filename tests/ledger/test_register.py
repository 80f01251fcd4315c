"""The register as a whole: what is missing is the same asked of one or of all; records that resemble are told apart once; ages to the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from shanghui.access.models import AuditEntry
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.indicators.ages import latest_reaching
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.listing import listed_people
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    Category,
    MembershipRecord,
    NotSame,
    Person,
    StandingKind,
)
from shanghui.ledger.people.operations import (
    affiliate,
    change_person,
    register_person,
    say_not_same,
    set_category,
    set_standing,
)
from shanghui.ledger.people.queries import matching_people
from shanghui.ledger.people.records import record_of, wanted
from shanghui.ledger.people.register import gaps_by_branch, incomplete, missing_in, resembling
from tests.web.somebody import OTHER, number, somebody
from tests.worked_city import AT, BRANCH, HALF_YEAR, TODAY, city, named

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"by": None, "at": AT}
DAY = timedelta(days=1)


@pytest.fixture
def person() -> Person:
    return somebody()


# --- completeness


def test_asked_of_everybody_the_same_is_missing_as_asked_of_one() -> None:
    everything = whole(TODAY)
    listed = {row.pk: [one.title for one in missing_in(row)] for row in incomplete(everything, TODAY)}
    known = Person.objects.filter(pk__in=MembershipRecord.objects.on(TODAY).values("person_id"))

    found = {row.pk: [one.title for one in wanted(record_of(row), TODAY)[0]] for row in known}
    assert listed == {pk: titles for pk, titles in found.items() if titles}
    assert listed


def test_a_record_with_everything_is_not_listed(person: Person) -> None:
    values: dict[str, Any] = {"gender": "男", "ethnicity": "汉族", "birth": "1970-05", "education": "本科", "workplace": "云泽市长青贸易有限公司"}
    change_person(person=person, **BY, **values, joined_on="2010-07-01")
    assert [one.title for row in incomplete(whole(TODAY), TODAY).filter(pk=person.pk) for one in missing_in(row)] == ["转正时间"]

    change_person(person=person, **BY, confirmed_on="2011-07-01")
    assert not incomplete(whole(TODAY), TODAY).filter(pk=person.pk).exists()


def test_of_who_left_nothing_more_is_asked(person: Person) -> None:
    set_standing(person=person, kind=StandingKind.DIED, since=date(2022, 7, 1), **BY)

    assert not incomplete(whole(TODAY), TODAY).filter(pk=person.pk).exists()
    assert wanted(record_of(person), TODAY)[0] == []


def test_branches_add_up_to_the_register(django_assert_num_queries: Any) -> None:
    everything = whole(TODAY)
    with django_assert_num_queries(2):
        found = gaps_by_branch(everything, TODAY)

    assert sum(one.incomplete for one in found) == incomplete(everything, TODAY).count()
    assert sum(one.count for one in found) == MembershipRecord.objects.on(TODAY).count()
    assert [one.name for one in found] == sorted(one.name for one in found)


# --- duplicates


def namesake(**values: Any) -> Person:
    return register_person(kept_by=named(BRANCH), name="方云泽", **BY, **values)


def pairs(pk: int) -> list[tuple[str, ...]]:
    return [pair.because for pair in resembling(whole(TODAY), TODAY) if pk in (pair.one.pk, pair.other.pk)]


@pytest.mark.parametrize(("values", "because"), [
    ({"birth": "1970-05"}, [("出生年月相同",)]), ({"phone": "15400001234"}, [("同一电话",)]), ({"workplace": "长青"}, [("同一工作单位",)]), ({}, []),
    ({"birth": "1970-06"}, []), ({"birth": "1970-05", "gender": "女"}, []), ({"id_number": number("013"), "birth": "1970-05"}, []),
    ({"birth": "1970"}, []),
])
def test_two_of_one_name_are_asked_about_when_something_else_is_the_same(person: Person, values: dict[str, str], because: list[Any]) -> None:
    change_person(person=person, **BY, birth="1970-05-12", workplace="长青")

    assert pairs(namesake(**values).pk) == because


def test_one_name_in_one_branch_is_asked_about(person: Person) -> None:
    other = namesake()
    affiliate(person=other, organization=PartyOrganization.objects.get(unit__name=BRANCH), kind=AffiliationKind.HOME, since=HALF_YEAR, **BY)

    assert pairs(other.pk) == [("同一党组织",)]


def test_who_was_told_apart_is_not_asked_about_again_until_it_is_taken_back(person: Person) -> None:
    change_person(person=person, **BY, birth="1970-05")
    other = namesake(birth="1970-05")
    made = say_not_same(one=other, other=person, reason="核对了证件", **BY)

    assert pairs(other.pk) == []
    assert (made.first, made.second, made.said_on) == (person, other, TODAY)
    with pytest.raises(Refused, match="已经登记过"):
        say_not_same(one=person, other=other, reason="核对了证件", **BY)
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert pairs(other.pk) == [("出生年月相同",)]


def test_telling_apart_needs_two_records_and_a_reason(person: Person) -> None:
    with pytest.raises(Refused, match="同一条"):
        say_not_same(one=person, other=person, reason="核对", **BY)
    with pytest.raises(Refused, match="依据"):
        say_not_same(one=person, other=namesake(), reason=" ", **BY)
    assert not NotSame.objects.exists()


def test_a_number_is_never_in_two_records(person: Person) -> None:
    with pytest.raises(Refused, match="已经登记过"):
        namesake(id_number=person.id_number)


# --- ages


def count(code: str, day: date) -> tuple[int, int | None]:
    found = figures(whole(day).under(city()), day, [code])[code]
    return int(found.numerator), found.denominator


def differences(code: str, change: Callable[[], object], *days: date) -> list[tuple[int, int]]:
    """What a change adds to numerator and denominator on each day."""
    before = [count(code, day) for day in days]
    change()
    after = [count(code, day) for day in days]
    return [(new[0] - old[0], (new[1] or 0) - (old[1] or 0)) for old, new in zip(before, after, strict=True)]


@pytest.mark.parametrize(("written", "first_not"), [
    ("1986-06-15", date(2022, 6, 15)), ("1986-02-28", date(2022, 2, 28)), ("1988-02-29", date(2024, 2, 29)),
])
def test_young_is_until_the_day_before_the_thirty_sixth_birthday(person: Person, written: str, first_not: date) -> None:
    found = differences("members.young", lambda: change_person(person=person, **BY, birth=written), first_not - DAY, first_not, first_not + DAY)

    assert found == [(1, 1), (0, 1), (0, 1)]


@pytest.mark.parametrize(("written", "day", "added"), [
    ("1986-06", date(2022, 5, 31), (1, 1)), ("1986-06", date(2022, 6, 1), (0, 0)), ("1986-06", date(2022, 6, 29), (0, 0)),
    ("1986-06", date(2022, 6, 30), (0, 1)), ("1986", date(2021, 12, 31), (1, 1)), ("1986", date(2022, 1, 1), (0, 0)),
    ("1986", date(2022, 12, 30), (0, 0)), ("1986", date(2022, 12, 31), (0, 1)), ("", date(2022, 6, 30), (0, 0)),
])
def test_where_nobody_can_tell_the_age_it_is_left_out_and_counted_apart(person: Person, written: str, day: date, added: tuple[int, int]) -> None:
    untold = count("members.age_untold", day)[0]
    if written:
        assert differences("members.young", lambda: change_person(person=person, **BY, birth=written), day) == [added]
    assert count("members.age_untold", day)[0] - untold == (-1 if added[1] else 0)


def test_years_in_the_party_count_from_the_day_of_full_membership(person: Person) -> None:
    def confirm() -> None:
        change_person(person=person, **BY, joined_on="2016-07-01", confirmed_on="2017-07-01")

    assert differences("members.party_age_5", confirm, date(2022, 6, 30), date(2022, 7, 1)) == [(1, 1), (0, 1)]


def test_thirty_years_are_reached_on_the_day(person: Person) -> None:
    change: Callable[[], object] = lambda: change_person(person=person, **BY, joined_on="1991-07-01", confirmed_on="1992-07-01")  # noqa: E731

    assert differences("members.party_age_30", change, date(2022, 6, 30), date(2022, 7, 1)) == [(0, 1), (1, 1)]


@pytest.mark.parametrize(("day", "latest"), [
    (date(2022, 6, 30), date(1986, 6, 30)), (date(2022, 2, 28), date(1986, 2, 28)), (date(2024, 2, 28), date(1988, 2, 28)),
    (date(2024, 2, 29), date(1988, 2, 29)), (date(2023, 2, 28), date(1987, 2, 28)),
])
def test_the_latest_birth_that_reaches_thirty_six(day: date, latest: date) -> None:
    assert latest_reaching(day, 36) == latest


def test_who_was_born_on_a_leap_day_is_of_age_on_the_last_of_february() -> None:
    assert latest_reaching(date(2023, 2, 28), 35) == date(1988, 2, 29)


# --- bad input


@pytest.mark.parametrize(("name", "asked"), [("阿卜杜拉·买买提", "abdl"), ("𠮷田明", "田明"), ("欧阳䶮", "欧阳䶮")])
def test_rare_names_are_kept_found_and_written_as_they_are(name: str, asked: str) -> None:
    made = register_person(kept_by=named(BRANCH), name=name, **BY)

    assert Person.objects.get(pk=made.pk).name == name
    assert made in Person.objects.filter(matching_people(asked))
    assert made in Person.objects.filter(matching_people(name))
    assert made in listed_people(whole(TODAY), TODAY)
    assert name.encode("gb18030").decode("gb18030") == name


def test_nobody_has_two_homes(person: Person) -> None:
    for name in (OTHER, BRANCH):
        affiliate(
            person=person, organization=PartyOrganization.objects.get(unit__name=name), kind=AffiliationKind.HOME,
            since=date(2022, 7, 1) if name == OTHER else date(2022, 7, 2), **BY,
        )

    for day in (HALF_YEAR, date(2022, 7, 1), date(2022, 7, 2), TODAY):
        assert Affiliation.objects.on(day).filter(person=person, kind=AffiliationKind.HOME).count() == 1


def test_somebody_becomes_a_member_of_one_category_at_a_time(person: Person) -> None:
    with pytest.raises(Refused):
        set_category(person=person, category=Category.PROBATIONARY, since=date(2011, 7, 1), **BY)
