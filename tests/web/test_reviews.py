"""Yearly reviews: grades by name for the branch and its office, counts for others, one's own for oneself (M18, LIFE-07)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from shanghui.access.models import Role
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType, Presence, ReviewGrade
from shanghui.ledger.activities.operations import Parts, Roll, record_activity
from shanghui.ledger.activities.operations.reviews import set_grades
from shanghui.ledger.people.models import Person
from tests.ledger.transferred import ACT
from tests.ledger.transferred import member as somebody
from tests.web.somebody import text_of
from tests.worked_city import BRANCH, named, user

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]


def member() -> Person:
    return Person.objects.get(user=user(Role.MEMBER))


def held(people: list[Person], on: date = date(2022, 6, 10), type: ActivityType = ActivityType.REVIEW, title: str = "民主评议党员") -> Activity:
    roster = [Roll(one.pk, Presence.PRESENT, named(BRANCH).pk, True) for one in people]
    return record_activity(type=type, held_on=on, title=title, hosts=[named(BRANCH)], minutes="评议。", parts=Parts(roster=roster), **ACT)


def grades(activity: Activity) -> dict[int, str]:
    return dict(ReviewGrade.objects.filter(activity=activity).values_list("person_id", "grade"))


def test_the_secretary_writes_down_grades_and_puts_one_right(as_role: AsRole) -> None:
    one, two = member(), somebody()
    row, client = held([one, two]), as_role(Role.SECRETARY)
    address = f"/activities/{row.pk}/grades/"
    assert address in text_of(client.get(f"/activities/{row.pk}/"))

    client.post(address, {f"grade-{one.pk}": "excellent", f"grade-{two.pk}": "sound"})
    assert grades(row) == {one.pk: "excellent", two.pk: "sound"}
    client.post(address, {f"grade-{one.pk}": "", f"grade-{two.pk}": "basic"})

    assert grades(row) == {two.pk: "basic"}
    assert "基本合格" in text_of(client.get(address))


def test_what_is_wrong_is_refused() -> None:
    one, other = member(), somebody()
    row, meeting = held([one]), held([one], type=ActivityType.LIFE_MEETING, title="组织生活会")
    for activity, given, message in (
        (meeting, {one.pk: "sound"}, "只有已经开了的民主评议"), (row, {one.pk: "best"}, "评定意见只有"), (row, {other.pk: "sound"}, "不在这次活动的名册上"),
    ):
        with pytest.raises(Refused, match=message):
            set_grades(activity=activity, grades=given, **ACT)
    assert set_grades(activity=row, grades={one.pk: "sound"}, **ACT) == 1
    assert set_grades(activity=row, grades={one.pk: "sound"}, **ACT) == 0

    with pytest.raises(Refused, match="一年只评定一次"):
        set_grades(activity=held([one], on=date(2022, 1, 1), title="补评"), grades={one.pk: "basic"}, **ACT)
    assert set_grades(activity=held([one], on=date(2021, 12, 31), title="上年"), grades={one.pk: "basic"}, **ACT) == 1


def test_a_wrong_grade_sent_is_said_and_kept(as_role: AsRole) -> None:
    row = held([member()])

    answer = as_role(Role.SECRETARY).post(f"/activities/{row.pk}/grades/", {f"grade-{member().pk}": "best"})

    assert answer.status_code == 422
    assert "评定意见只有优秀" in text_of(answer)
    assert grades(row) == {}


def test_readers_see_counts_and_those_too_few_not_apart(as_role: AsRole, django_assert_max_num_queries: Any) -> None:
    people = [member(), *(somebody(f"方评{n}") for n in "甲乙丙丁")]
    row = held(people)
    set_grades(activity=row, grades={one.pk: "sound" for one in people[:4]}, **ACT)
    reader, editor = as_role(Role.READER), as_role(Role.EDITOR)

    with django_assert_max_num_queries(14):
        few = text_of(reader.get("/reviews/?year=2022"))
    assert "人数少，不分列" in few
    assert "人数少" not in text_of(editor.get("/reviews/?year=2022"))
    set_grades(activity=row, grades={people[4].pk: "basic"}, **ACT)

    assert "人数少" not in text_of(reader.get("/reviews/?year=2022"))
    assert reader.get(f"/activities/{row.pk}/grades/").status_code == 403
    assert as_role(Role.MEMBER).get(f"/activities/{row.pk}/grades/").status_code == 403
    for client in (reader, as_role(Role.GUIDE)):
        assert "基本合格" not in text_of(client.get(f"/activities/{row.pk}/"))


def test_one_takes_away_ones_own_grade(as_role: AsRole) -> None:
    set_grades(activity=held([member()]), grades={member().pk: "basic"}, **ACT)

    assert "基本合格" in as_role(Role.MEMBER).get("/me/export/csv/").content.decode("gb18030")
