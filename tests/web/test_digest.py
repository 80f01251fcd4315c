"""The preview of the weekly letter: the to-do in words, as page and as plain text; nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from shanghui.access.models import Role
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.organizations.operations import change_chamber
from tests.worked_city import BRANCH, CHAMBER, named, user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_records")]
SignIn = Callable[[Role], Client]


def test_the_letter_says_what_the_work_table_says_and_that_it_is_not_sent(as_role: SignIn) -> None:
    client = as_role(Role.SECRETARY)
    todo = client.get("/").context["todo"]

    shown = client.get("/digest/")

    said = {line.title for part in shown.context["letter"].parts for line in part.lines}
    assert {item.title for item in todo.buckets[0].shown[:10]} <= said
    assert "这是预览，本版不发送" in shown.content.decode()
    assert mail.outbox == []


def test_the_plain_text_has_no_markup_and_whole_addresses(as_role: SignIn) -> None:
    plain = as_role(Role.SECRETARY).get("/digest/").context["plain"]

    assert "<" not in plain
    assert "&" not in plain.replace("&type=", "")
    assert "http://testserver/" in plain
    assert "【已逾期】" in plain
    assert "\n\n\n" not in plain


def test_meetings_announced_and_last_week_in_numbers(editor: Client) -> None:
    now, hosts = timezone.now(), [named(BRANCH)]
    for days in (-1, 3):
        record_activity(
            type=ActivityType.THEME_DAY, held_on=timezone.localdate() + timedelta(days=days), title="学习", hosts=hosts, by=None, at=now,
            minutes="学习" if days < 0 else "", present=9 if days < 0 else None,
        )
    change_chamber(chamber=Chamber.objects.get(unit=named(CHAMBER)), by=user(Role.EDITOR), at=now, address="云泽市工业路8号")

    text = unescape(editor.get("/digest/").content.decode())

    assert f"主题党日 · {BRANCH}" in text
    assert "开了 1 场活动" in text
    assert "1 家商会的台账有登记或修改" in text


def test_everybody_has_a_letter_and_it_asks_a_fixed_number_of_questions(
    as_role: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for role, most in ((Role.EDITOR, 47), (Role.SECRETARY, 47), (Role.GUIDE, 12), (Role.MEMBER, 6)):
        client = as_role(role)
        client.get("/digest/")
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
            assert client.get("/digest/").status_code == 200


def test_who_has_nothing_to_do_is_told_so(as_role: SignIn) -> None:
    assert "近来没有要办的事" in as_role(Role.MEMBER).get("/digest/").content.decode()
