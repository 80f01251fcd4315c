"""Committees and secretaries: nobody, one, one too many; the day before, on and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.kernel.facts import Precision
from shanghui.ledger.activities.models import ActivityType, Presence
from shanghui.ledger.activities.operations import Parts, Roll
from shanghui.ledger.organizations.models import Form
from shanghui.ledger.people.models import Category, Post
from tests.rules.bounds import appoint, bounds, branch, hold, join, people, stands, state

pytestmark = pytest.mark.django_db
NOW = date(2022, 6, 30)
DAY = timedelta(days=1)
LIMITED = pytest.mark.parametrize("form", [Form.FUNCTIONAL, Form.TEMPORARY])


@bounds("committee.needed")
@pytest.mark.parametrize(("full", "probationary", "declared", "found"), [
    (0, 0, 0, ""), (6, 5, 1, ""), (7, 0, 1, "overdue"), (7, 0, 2, "overdue"), (7, 0, 3, ""), (8, 0, 0, "overdue"),
    (6, 0, None, ""), (7, 0, None, "cannot_tell"),
])
def test_seven_full_members_need_a_committee(full: int, probationary: int, declared: int | None, found: str) -> None:
    assert state("committee.needed", branch(full, probationary, committee_members=declared), NOW) == found


@bounds("committee.needed")
def test_a_committee_member_on_the_day_is_a_committee() -> None:
    unit = branch(7)
    appoint(unit, Post.COMMITTEE_MEMBER, since=NOW, until=NOW + DAY)

    assert [state("committee.needed", unit, NOW + n * DAY) for n in (-1, 0, 1)] == ["cannot_tell", "", "cannot_tell"]


@bounds("committee.needed", "committee.size", "committee.deputies", "committee.vacancy", "secretary.experience", "secretary.new_training")
@LIMITED
def test_a_limited_form_is_asked_for_no_committee_and_no_secretary(form: Form) -> None:
    unit = branch(7, form=form)
    for post in (Post.COMMITTEE_MEMBER, Post.DEPUTY_SECRETARY, Post.DEPUTY_SECRETARY):
        appoint(unit, post)
    appoint(unit, person=people(1, Category.FULL, unit, NOW)[0], since=NOW)

    for code in ("committee.size", "committee.deputies", "secretary.experience", "secretary.new_training"):
        assert state(code, unit, NOW) == ""
    unit.appointments.all().delete()
    for code in ("committee.needed", "committee.vacancy"):
        assert state(code, unit, NOW) == ""


@bounds("committee.size")
@pytest.mark.parametrize(("members", "found"), [(0, ""), (1, "due"), (2, ""), (4, ""), (5, "due"), (6, "due"), (7, "due")])
def test_a_committee_has_three_to_five_with_its_secretary(members: int, found: str) -> None:
    unit = branch()
    appoint(unit)
    for _ in range(members):
        appoint(unit, Post.COMMITTEE_MEMBER)

    assert state("committee.size", unit, NOW) == found
    assert all("不超过7人。" in one.message for one in stands("committee.size", unit, NOW)) or members != 7


@bounds("committee.size")
@pytest.mark.parametrize(("declared", "found"), [(None, ""), (1, ""), (2, ""), (3, ""), (5, ""), (6, "due"), (8, "due")])
def test_a_number_alone_is_a_committee_from_three(declared: int | None, found: str) -> None:
    assert state("committee.size", branch(committee_members=declared), NOW) == found


@bounds("committee.size")
def test_a_person_in_two_posts_is_one() -> None:
    unit = branch()
    secretary = appoint(unit).person
    for person in (secretary, appoint(unit, Post.DEPUTY_SECRETARY).person):
        appoint(unit, Post.COMMITTEE_MEMBER, person=person)

    assert "登记了2人" in stands("committee.size", unit, NOW)[0].message


@bounds("committee.deputies")
def test_one_deputy_at_most() -> None:
    unit = branch()
    assert state("committee.deputies", unit, NOW) == ""
    appoint(unit, Post.DEPUTY_SECRETARY)
    assert state("committee.deputies", unit, NOW) == ""

    appoint(unit, Post.DEPUTY_SECRETARY, since=NOW, until=NOW + DAY)

    assert [state("committee.deputies", unit, NOW + n * DAY) for n in (-1, 0, 1)] == ["", "overdue", ""]


@bounds("committee.vacancy")
@pytest.mark.parametrize(("day", "found"), [
    (date(2022, 5, 31), ""), (date(2022, 6, 1), "due"), (date(2022, 6, 30), "due"), (date(2022, 7, 1), "due"), (date(2022, 7, 2), "overdue"),
])
def test_a_vacant_post_is_told_from_its_first_day_and_late_after_thirty(day: date, found: str) -> None:
    unit = branch()
    appoint(unit, since=date(2020, 1, 1), until=date(2021, 1, 1))
    appoint(unit, since=date(2021, 1, 1), until=date(2022, 6, 1))

    assert state("committee.vacancy", unit, day) == found
    assert all(one.first == date(2022, 6, 1) and one.due == date(2022, 7, 1) for one in stands("committee.vacancy", unit, day))


@bounds("committee.vacancy")
def test_a_secretary_never_on_record_cannot_be_told() -> None:
    unit = branch()
    appoint(unit, Post.COMMITTEE_MEMBER)

    assert state("committee.vacancy", unit, NOW) == "cannot_tell"


@bounds("secretary.experience")
@pytest.mark.parametrize(("since", "found"), [
    (date(2021, 6, 29), ""), (date(2021, 6, 30), ""), (date(2021, 7, 1), "due"), (NOW, "due"),
])
def test_a_secretary_is_a_full_member_for_a_year(since: date, found: str) -> None:
    unit = branch()
    appoint(unit, person=people(1, Category.FULL, unit, since)[0])

    assert state("secretary.experience", unit, NOW) == found


@bounds("secretary.experience")
def test_a_secretary_of_whom_nothing_is_known_and_one_on_probation() -> None:
    unit, other = branch(), branch(name="云泽市试点商会第二党支部")
    assert state("secretary.experience", unit, NOW) == ""

    appoint(unit)
    appoint(other, person=people(1, Category.PROBATIONARY, other)[0])

    assert state("secretary.experience", unit, NOW) == "cannot_tell"
    assert state("secretary.experience", other, NOW) == "due"


@bounds("secretary.experience")
def test_a_full_member_not_later_than_a_day_within_the_year_cannot_be_told() -> None:
    unit = branch()
    person = people(1, Category.FULL, unit, date(2022, 1, 1))[0]
    person.memberships.update(from_precision=Precision.SEEN)
    appoint(unit, person=person)

    assert state("secretary.experience", unit, NOW) == "cannot_tell"
    assert state("secretary.experience", unit, date(2023, 1, 1)) == ""


@bounds("secretary.new_training")
@pytest.mark.parametrize(("day", "due"), [
    (date(2021, 12, 31), ""), (date(2022, 1, 1), "请在2022年7月1日前"), (date(2022, 7, 1), "请在2022年7月1日前"),
    (date(2022, 7, 2), "已过2022年7月1日"), (date(2022, 12, 31), "已过2022年7月1日"), (date(2023, 1, 1), ""),
])
def test_a_new_secretary_is_trained_within_six_months(day: date, due: str) -> None:
    unit = branch()
    appoint(unit, since=date(2022, 1, 1))
    found = stands("secretary.new_training", unit, day)

    assert [one.state.value for one in found] == (["due"] if due else [])
    assert all(due in one.message for one in found)


@bounds("secretary.new_training")
@pytest.mark.parametrize(("held_on", "presence", "found"), [
    (date(2021, 12, 31), Presence.PRESENT, "due"), (date(2022, 1, 1), Presence.PRESENT, ""), (date(2022, 8, 9), Presence.PRESENT, ""),
    (date(2022, 3, 1), Presence.EXCUSED, "due"),
])
def test_a_training_counts_from_the_first_day_in_office(held_on: date, presence: Presence, found: str) -> None:
    unit = branch()
    [secretary, other] = join(unit, 2)
    appoint(unit, since=date(2022, 1, 1), person=secretary)
    roster = [Roll(secretary.pk, presence, unit=unit.pk), Roll(other.pk, Presence.PRESENT, unit=unit.pk)]
    hold(unit, ActivityType.TRAINING, held_on, Parts(roster=roster))

    assert state("secretary.new_training", unit, date(2022, 9, 1)) == found


@bounds("secretary.new_training")
def test_a_secretary_again_is_not_new_and_one_seen_cannot_be_told() -> None:
    unit, other = branch(), branch(name="云泽市试点商会第二党支部")
    again = appoint(unit, since=date(2020, 1, 1), until=date(2022, 1, 1)).person
    appoint(unit, since=date(2022, 1, 1), person=again)
    appoint(other, since=date(2022, 1, 1), from_precision=Precision.SEEN)

    assert state("secretary.new_training", unit, NOW) == ""
    assert state("secretary.new_training", other, NOW) == "cannot_tell"
