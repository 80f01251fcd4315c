"""Asking for a co-host on screen: names alone are offered, the other side sees three facts and answers, and it counts there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shanghui.access.models import AuditEntry, Role
from shanghui.ledger.activities.models import Activity, ActivityType, Invitation, Presence
from shanghui.ledger.activities.operations import Parts, Roll, invite, record_activity
from shanghui.ledger.activities.rosters import expected
from tests.worked_city import AT, BRANCH, HALF_YEAR, TODAY, named, seat

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
OTHER, NEXT_DOOR = "云泽市餐饮业商会党支部", "临江市茶叶商会党支部"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def held(*, host: str = BRANCH, **more: Any) -> Activity:
    rolls = [Roll(one.person, Presence.PRESENT, one.unit, one.votes) for one in expected("theme_day", [named(host).pk], HALF_YEAR)]
    values = {"type": ActivityType.THEME_DAY, "parts": Parts(roster=rolls), "minutes": "只有主办单位看得到的记录。"} | more
    return record_activity(held_on=HALF_YEAR, title="联合主题党日", place="商会会议室", hosts=[named(host)], by=None, at=AT, **values)


def asked(activity: Activity, unit: str) -> Invitation:
    return invite(activity=activity, unit=named(unit), on=TODAY, by=None, at=AT)


@pytest.fixture
def other_secretary() -> Client:
    client = Client()
    client.force_login(seat(Role.SECRETARY, named(OTHER), "other-secretary"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_secretary_asks_a_branch_outside_his_scope(as_role: AsRole) -> None:
    activity = held()

    answer = as_role(Role.SECRETARY).post(f"/activities/{activity.pk}/invite/", {"unit": OTHER})

    assert (answer.status_code, answer["Location"]) == (302, f"/activities/{activity.pk}/")
    row = Invitation.objects.get()
    assert (row.unit, row.invited_by) == (named(OTHER), AuditEntry.objects.latest("pk").by)
    assert f"邀请{OTHER}共同主办，对方确认后计入对方" in text_of(as_role(Role.SECRETARY).get(f"/activities/{activity.pk}/"))


@pytest.mark.parametrize(("typed", "sentence"), [
    (NEXT_DOOR, "没有“临江市茶叶商会党支部”"), ("", "请写要邀请哪个党组织"), (BRANCH, "没有“云泽市汽配机电商会党支部”"), ("党支部", "可能是"),
])
def test_whom_one_cannot_ask_is_said_in_plain_words(as_role: AsRole, typed: str, sentence: str) -> None:
    answer = as_role(Role.SECRETARY).post(f"/activities/{held().pk}/invite/", {"unit": typed})

    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors["unit"])
    assert not Invitation.objects.exists()


def test_the_side_that_is_asked_sees_three_facts_and_nothing_else(other_secretary: Client) -> None:
    activity = held()
    row = asked(activity, OTHER)
    person = activity.attendances.select_related("person").first()
    assert person is not None

    page = text_of(other_secretary.get(f"/invitations/{row.pk}/"))

    for words in ("联合主题党日", "2022-06-30", BRANCH, "确认共同主办", "不参加"):
        assert words in page
    for hidden in ("只有主办单位看得到的记录", "商会会议室", person.person.name, "应到"):
        assert hidden not in page
    assert other_secretary.get(f"/activities/{activity.pk}/").status_code == 404
    assert other_secretary.get(f"/activities/{activity.pk}/change/").status_code == 404
    assert "联合主题党日" not in text_of(other_secretary.get("/activities/"))


def test_it_stands_in_the_to_do_until_it_is_answered(other_secretary: Client, as_role: AsRole) -> None:
    row = asked(held(), OTHER)

    (item,) = [one for one in other_secretary.get("/").context["todo"].items if one.kind == "invitation"]

    assert (item.url, item.title) == (f"/invitations/{row.pk}/", f"{BRANCH}邀请共同主办")
    assert "确认后计入" in item.text
    assert [one for one in as_role(Role.SECRETARY).get("/").context["todo"].items if one.kind == "invitation"] == []

    other_secretary.post(f"/invitations/{row.pk}/decline/")
    assert [one for one in other_secretary.get("/").context["todo"].items if one.kind == "invitation"] == []


def test_accepting_makes_it_count_and_leads_to_the_roster(other_secretary: Client) -> None:
    activity = held()
    row = asked(activity, OTHER)

    page = text_of(other_secretary.post(f"/invitations/{row.pk}/accept/", follow=True))

    assert "已确认共同主办" in page
    assert f"/record/?activity={activity.pk}" in page
    assert "算作 2 个党组织 2022 年 6 月的主题党日" in text_of(other_secretary.get(f"/activities/{activity.pk}/"))


def test_the_roster_of_the_other_side_is_added_and_the_first_one_stays(other_secretary: Client) -> None:
    activity = held()
    before = activity.attendances.count()
    row = asked(activity, OTHER)
    other_secretary.post(f"/invitations/{row.pk}/accept/")
    own = [one.person for one in expected("theme_day", [named(OTHER).pk], HALF_YEAR)]
    form = other_secretary.get(f"/record/?activity={activity.pk}")

    answer = other_secretary.post(f"/record/?activity={activity.pk}", {
        "type": "theme_day", "title": activity.title, "held_on": "2022-06-30", "minutes": activity.minutes, "place": activity.place,
        "way": "room", "activity": activity.pk, "key": form.context["key"], "was": form.context["was"],
        **{f"p-{pk}": "present" for pk in own},
    })

    assert answer.status_code == 302
    activity.refresh_from_db()
    assert activity.attendances.count() == before + len(own) == activity.present


def test_answered_twice_is_said_and_changes_nothing(other_secretary: Client) -> None:
    row = asked(held(), OTHER)
    other_secretary.post(f"/invitations/{row.pk}/accept/")

    page = text_of(other_secretary.post(f"/invitations/{row.pk}/decline/", follow=True))

    assert "已经答复过了" in page
    assert Invitation.objects.get(pk=row.pk).accepted is True


def test_whoever_asks_cannot_answer(as_role: AsRole) -> None:
    row = asked(held(), OTHER)

    for step in ("", "accept/", "decline/"):
        client, address = as_role(Role.SECRETARY), f"/invitations/{row.pk}/{step}"
        assert (client.post(address) if step else client.get(address)).status_code == 404
    assert Invitation.objects.get(pk=row.pk).answered_on is None


def test_whoever_is_asked_cannot_take_it_back_and_the_sender_can(other_secretary: Client, as_role: AsRole) -> None:
    row = asked(held(), OTHER)

    assert other_secretary.post(f"/invitations/{row.pk}/withdraw/").status_code == 404
    as_role(Role.SECRETARY).post(f"/invitations/{row.pk}/withdraw/")

    assert not Invitation.objects.exists()


def test_an_office_above_both_may_answer_and_needs_to_ask_nobody_below(editor: Client) -> None:
    activity = held()
    row = asked(activity, OTHER)

    assert f"/invitations/{row.pk}/" in text_of(editor.get(f"/activities/{activity.pk}/"))
    assert editor.post(f"/activities/{activity.pk}/invite/", {"unit": "云泽市再生资源行业商会党支部"}).status_code == 422
    editor.post(f"/invitations/{row.pk}/accept/")

    assert activity.hosts.filter(unit=named(OTHER)).exists()


def test_a_talk_has_no_invitation(as_role: AsRole) -> None:
    talk = held(type=ActivityType.TALK, minutes="")

    assert as_role(Role.SECRETARY).get(f"/activities/{talk.pk}/invite/").status_code == 404
