"""Signing in: a wrong password says so, five pause the account, sessions end, a first password is changed first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shanghui.access.models import Role, User
from shanghui.web.setup.tokens import setup_token
from tests.worked_city import PASSWORD, USERNAMES, user


def _sign_in(client: Client, password: str) -> int:
    answer = client.post("/login/", {"username": USERNAMES[Role.EDITOR], "password": password})
    return answer.status_code


@pytest.mark.django_db
def test_the_right_password_leads_to_the_work_table() -> None:
    client = Client()

    assert _sign_in(client, PASSWORD) == 302
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_a_wrong_password_says_what_to_do() -> None:
    answer = Client().post("/login/", {"username": USERNAMES[Role.EDITOR], "password": "不对"})

    assert "账号或密码不对" in answer.content.decode()


@pytest.mark.django_db
def test_five_wrong_passwords_pause_the_account_for_the_right_one_too() -> None:
    client = Client()

    statuses = [_sign_in(client, "不对") for _ in range(5)]

    assert statuses[:4] == [200] * 4
    assert statuses[4] == 429
    assert _sign_in(client, PASSWORD) == 429


@pytest.mark.django_db
def test_a_first_password_is_changed_before_anything_else(editor: Client) -> None:
    User.objects.filter(username=USERNAMES[Role.EDITOR]).update(must_change_password=True)

    assert editor.get("/")["Location"] == reverse("password")
    fresh = "云泽市新密码-2022"
    editor.post(reverse("password"), {"present": PASSWORD, "password": fresh, "again": fresh})

    assert editor.get("/").status_code == 200
    assert user(Role.EDITOR).check_password(fresh)


@pytest.mark.django_db
@pytest.mark.parametrize("weak", ["123456789012", "short", "editor"])
def test_a_weak_password_is_refused(editor: Client, weak: str) -> None:
    answer = editor.post(reverse("password"), {"present": PASSWORD, "password": weak, "again": weak})

    assert answer.status_code == 422
    assert user(Role.EDITOR).check_password(PASSWORD)


@pytest.mark.django_db
def test_a_session_ends_after_twelve_hours_in_any_case(editor: Client) -> None:
    editor.get("/")
    session = editor.session
    session["began"] = session["began"] - settings.SESSION_LONGEST - 1
    session.save()

    assert editor.get("/")["Location"].startswith("/login/")


@pytest.mark.django_db
def test_a_session_ends_half_an_hour_after_the_last_click(editor: Client) -> None:
    editor.get("/")
    end = Session.objects.get().expire_date

    assert abs(end - timezone.now() - timedelta(minutes=30)) < timedelta(minutes=1)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert editor.get("/")["Location"].startswith("/login/")


@pytest.mark.django_db
def test_a_click_moves_the_end_on_and_is_written_at_most_once_a_minute(editor: Client) -> None:
    editor.get("/")
    soon = timezone.now() + timedelta(minutes=2)
    Session.objects.update(expire_date=soon)
    editor.get("/")
    assert Session.objects.get().expire_date == soon

    session = editor.session
    session["seen"] -= settings.SESSION_RENEWED_AFTER
    session.save()
    Session.objects.update(expire_date=soon)
    editor.get("/")
    assert Session.objects.get().expire_date > soon + timedelta(minutes=20)


@pytest.mark.django_db
def test_an_account_that_was_stopped_is_out_at_once(editor: Client) -> None:
    User.objects.filter(username=USERNAMES[Role.EDITOR]).update(is_active=False)

    assert editor.get("/")["Location"].startswith("/login/")


@pytest.mark.django_db
def test_signed_in_pages_are_not_kept_and_run_only_our_files(editor: Client) -> None:
    answer = editor.get("/")

    assert answer["Cache-Control"] == "private, no-store"
    assert "script-src" not in answer["Content-Security-Policy"] or "unsafe" not in answer["Content-Security-Policy"]
    assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_first_page_is_shut_once_there_is_an_account() -> None:
    assert Client().get(f"/setup/?token={setup_token()}").status_code == 404
