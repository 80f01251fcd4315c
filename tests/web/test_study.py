"""Study hours: counted from attendance, beside the norm of the role, by name, for oneself and the branch's own secretary alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from shanghui.access.models import Role
from shanghui.ledger.activities.models import Activity, ActivityType, Presence
from shanghui.ledger.activities.operations import Parts, Roll, record_activity
from shanghui.ledger.activities.study import hours_of, studied
from shanghui.ledger.people.models import Appointment, Person, Post
from shanghui.rules.study import study_of
from tests.worked_city import AT, BRANCH, city, named, seat, user

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
OTHER = "云泽市餐饮业商会党支部"
DAY, YEAR = date(2022, 6, 30), (date(2022, 1, 1), date(2022, 12, 31))


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def member() -> Person:
    return Person.objects.get(user=user(Role.MEMBER))


def attended(*, hours: str | None = "2.5", on: date = date(2022, 6, 1), state: Presence = Presence.PRESENT, title: str = "专题党课",
             hosts: tuple[str, ...] = (BRANCH,)) -> Activity:
    roll = Roll(member().pk, state, named(BRANCH).pk, True)
    return record_activity(
        type=ActivityType.PARTY_CLASS, held_on=on, title=title, hosts=[named(one) for one in hosts], by=None, at=AT,
        hours=Decimal(hours) if hours else None, minutes="学习。", parts=Parts(roster=[roll]),
    )


def hours() -> Decimal | None:
    return hours_of([member().pk], *YEAR).get(member().pk)


# --- the sum


def test_present_at_two_is_the_sum_and_a_joint_one_counts_once() -> None:
    attended()
    attended(title="联合培训", hours="4", hosts=(BRANCH, OTHER))

    assert hours() == Decimal("6.5")
    assert [one.title for one in studied(member().pk, *YEAR)] == ["联合培训", "专题党课"]


@pytest.mark.parametrize("state", [Presence.EXCUSED, Presence.ABSENT, Presence.OBSERVER])
def test_whoever_was_not_there_has_none(state: Presence) -> None:
    attended(state=state)

    assert hours() is None


@pytest.mark.parametrize(("on", "counts"), [
    (date(2021, 12, 31), False), (date(2022, 1, 1), True), (date(2022, 6, 30), True), (date(2022, 7, 1), False),
])
def test_the_year_begins_with_january_and_ends_on_the_day(on: date, counts: bool) -> None:
    attended(on=on)

    assert study_of([member().pk], DAY)[member().pk].hours == (Decimal("2.5") if counts else 0)


def test_an_activity_without_hours_or_only_planned_adds_nothing() -> None:
    attended(hours=None)
    attended(title="计划", hours="3")
    Activity.objects.filter(title="计划").update(planned=True)

    assert hours() is None


def test_the_norm_follows_the_post_on_the_day() -> None:
    person = member()
    Appointment.objects.filter(person=person).delete()
    assert study_of([person.pk], DAY)[person.pk].asked == "一般不少于 32 学时"

    Appointment.objects.create(person=person, unit=named(BRANCH), post=Post.COMMITTEE_MEMBER, valid_from=DAY)

    assert study_of([person.pk], DAY)[person.pk].asked == "不少于 56 学时"
    assert study_of([person.pk], date(2022, 6, 29))[person.pk].asked == "一般不少于 32 学时"


# --- the pages


def test_a_member_sees_his_own_with_what_is_behind_it(as_role: AsRole) -> None:
    attended()

    page = text_of(as_role(Role.MEMBER).get("/me/?on=2022-06-30"))

    assert "<b>2.5</b> 学时" in page
    assert "一般不少于 32 学时" in page
    assert "2022-06-01 专题党课" in page
    assert "《党员教育管理工作条例》第二十三条" in page


def test_the_secretary_sees_his_branch_by_name_without_ranking(as_role: AsRole) -> None:
    attended()

    answer = as_role(Role.SECRETARY).get(f"/organizations/{named(BRANCH).pk}/study/?on=2022-06-30")

    lines = answer.context["lines"]
    assert [one.initials for one, _ in lines] == sorted(one.initials for one, _ in lines)
    assert {one.pk: study.hours for one, study in lines}[member().pk] == Decimal("2.5")
    assert "sort=" not in text_of(answer).partition("<main")[2]
    assert "不作硬性要求" in text_of(answer)
    assert "党员学习时间" in text_of(as_role(Role.SECRETARY).get(f"/organizations/{named(BRANCH).pk}/"))


def test_nobody_above_and_nobody_beside_sees_it(as_role: AsRole) -> None:
    above = Client()
    above.force_login(seat(Role.SECRETARY, city(), "committee-secretary"), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/organizations/{named(BRANCH).pk}/study/"

    for client in (as_role(Role.EDITOR), as_role(Role.READER), above):
        assert client.get(address).status_code == 404
    assert as_role(Role.SECRETARY).get(f"/organizations/{named(OTHER).pk}/study/").status_code == 404
    assert "党员学习时间" not in text_of(as_role(Role.EDITOR).get(f"/organizations/{named(BRANCH).pk}/"))


def test_the_page_asks_a_fixed_number_of_questions(as_role: AsRole, django_assert_max_num_queries: Any) -> None:
    client = as_role(Role.SECRETARY)
    with django_assert_max_num_queries(12):
        client.get(f"/organizations/{named(BRANCH).pk}/study/")
