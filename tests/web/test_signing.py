"""The pages of signing in: the wall shows numbers, a member has one button, a code that is no good says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from shanghui.access.models import Role
from shanghui.ledger.activities.models import Activity, ActivityType, Attendance, SignInCode
from shanghui.ledger.activities.operations import open_code, record_activity, turn_off, turn_on
from shanghui.ledger.people.models import Person
from tests.worked_city import BRANCH, named, user

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def meeting() -> Activity:
    turn_on(unit=named(BRANCH), since=localdate(), by=None, at=now())
    return record_activity(type=ActivityType.THEME_DAY, held_on=localdate(), title="回头看", hosts=[named(BRANCH)], by=None, at=now())


@pytest.fixture
def token(meeting: Activity) -> str:
    return open_code(activity=meeting, by=None, at=now())


def state(meeting: Activity) -> str:
    return Attendance.objects.get(activity=meeting, person__user=user(Role.MEMBER)).state


def test_a_branch_turns_it_on_and_off(as_role: AsRole) -> None:
    secretary, address = as_role(Role.SECRETARY), f"/organizations/{named(BRANCH).pk}/sign-in/"

    assert "没有启用" in text_of(secretary.get(address))
    secretary.post(address, {"do": "on"})
    assert "已启用" in text_of(secretary.get(address))
    secretary.post(address, {"do": "off"})
    assert "没有启用" in text_of(secretary.get(address))


def test_the_wall_has_the_picture_the_link_and_no_names(as_role: AsRole, meeting: Activity) -> None:
    secretary = as_role(Role.SECRETARY)
    wall = secretary.post(f"/activities/{meeting.pk}/sign-in/", {"hours": "4"})["Location"]

    page = text_of(secretary.get(wall))

    assert 'class="qr"' in page
    assert f"http://testserver{wall.removesuffix('wall/')}" in page
    assert not any(name in page for name in meeting.attendances.values_list("person__name", flat=True))
    assert "<b>0</b>到会" in text_of(secretary.get(wall.replace("wall", "turnout")))
    assert secretary.post(f"/activities/{meeting.pk}/sign-in/", {"hours": "13"}).status_code == 422


def test_a_member_signs_in_with_one_button(as_role: AsRole, meeting: Activity, token: str) -> None:
    member = as_role(Role.MEMBER)
    assert ">签到</button>" in text_of(member.get(f"/sign/{token}/"))

    for _ in range(2):
        assert "已签到" in text_of(member.post(f"/sign/{token}/", {"do": "sign"}))

    assert state(meeting) == "present"
    assert "<b>1</b>到会" in text_of(as_role(Role.SECRETARY).get(f"/sign/{token}/turnout/"))


def test_leave_is_asked(as_role: AsRole, meeting: Activity, token: str) -> None:
    assert "已请假" in text_of(as_role(Role.MEMBER).post(f"/sign/{token}/", {"do": "leave", "reason": "出差"}))
    assert state(meeting) == "excused"


def test_signed_out_leads_to_the_sign_in_and_back(token: str) -> None:
    assert Client().get(f"/sign/{token}/")["Location"] == f"/login/?next=/sign/{token}/"


def test_a_code_that_is_no_good_says_why(as_role: AsRole, meeting: Activity, token: str) -> None:
    member = as_role(Role.MEMBER)

    unknown = member.get("/sign/nothing-of-this/")
    SignInCode.objects.update(expires_at=now() - timedelta(minutes=1))
    expired = member.post(f"/sign/{token}/", {"do": "sign"})
    new = open_code(activity=meeting, by=None, at=now())
    closed = member.get(f"/sign/{token}/")
    turn_off(unit=named(BRANCH), on=localdate(), by=None, at=now())
    off = member.get(f"/sign/{new}/")

    assert [one.status_code for one in (unknown, expired, closed, off)] == [404, 410, 410, 410]
    assert "没有这个签到码" in text_of(unknown)
    assert "签到时间已过" in text_of(expired)
    assert "签到已经结束" in text_of(closed)
    assert "没有启用" in text_of(off)
    assert state(meeting) == "absent"


def test_who_is_not_expected_is_told_so_and_nothing_of_the_meeting(as_role: AsRole, meeting: Activity, token: str) -> None:
    Person.objects.filter(user=user(Role.MEMBER)).update(user=None)
    Person.objects.filter(name="方临江").update(user=user(Role.MEMBER))
    member = as_role(Role.MEMBER)

    for answer in (member.get(f"/sign/{token}/"), member.post(f"/sign/{token}/", {"do": "sign"}), as_role(Role.EDITOR).get(f"/sign/{token}/")):
        assert answer.status_code == 404
        assert "名单上没有您" in text_of(answer)
        assert "回头看" not in text_of(answer)
        assert 'name="do"' not in text_of(answer)
    assert not Attendance.objects.filter(activity=meeting, state="present").exists()


def test_a_secretary_elsewhere_neither_signs_in_nor_sees_the_wall(as_role: AsRole) -> None:
    branch = named("临江市茶叶商会党支部")
    turn_on(unit=branch, since=localdate(), by=None, at=now())
    row = record_activity(type=ActivityType.THEME_DAY, held_on=localdate(), title="茶", hosts=[branch], by=None, at=now())
    token = open_code(activity=row, by=None, at=now())
    secretary = as_role(Role.SECRETARY)

    assert secretary.post(f"/sign/{token}/", {"do": "sign"}).status_code == 404
    assert secretary.get(f"/sign/{token}/wall/").status_code == 404
    assert secretary.get(f"/sign/{token}/turnout/").status_code == 404


def test_ending_it_leads_to_the_record_with_the_list_filled_in(as_role: AsRole, meeting: Activity, token: str) -> None:
    as_role(Role.MEMBER).post(f"/sign/{token}/", {"do": "sign"})
    secretary = as_role(Role.SECRETARY)

    record = secretary.post(f"/activities/{meeting.pk}/sign-in/close/")["Location"]
    page = text_of(secretary.get(record))

    assert page.count('value="present" checked') == 1
    assert as_role(Role.MEMBER).get(f"/sign/{token}/").status_code == 410
