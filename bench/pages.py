"""A list page among 70,000 people, signed in, against a bare view with one indexed query and no middleware."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from bench.rounds import Measured, interleaved
from shanghui.access.models import Role, Unit, User
from shanghui.access.operations import create_user, grant
from shanghui.ledger.people.models import Person

AT = datetime(2022, 7, 1, tzinfo=UTC)
TIMES = 20
"""Requests in one round."""


def bare(request: HttpRequest) -> HttpResponse:
    """Fifty rows by an index, as plain lines."""
    rows = Person.objects.order_by("initials", "pk").values_list("pk", "name", "initials", "workplace")[:50]
    return HttpResponse("".join(f"<p>{pk} {name} {initials} {workplace}</p>" for pk, name, initials, workplace in rows))


urlpatterns = [path("bare", bare)]


def _editor(unit: Unit) -> User:
    user = create_user(
        username="bench", display_name="经办", password="云泽-bench-2022", by=None, at=AT, must_change_password=False
    )
    grant(user=user, role=Role.EDITOR, unit=unit, since=date(2020, 1, 1), by=None, at=AT)
    return user


def _asking(client: Client, address: str) -> Callable[[], Any]:
    def ask() -> None:
        for _ in range(TIMES):
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)

    return ask


def measure(rounds: int) -> list[Measured]:
    """The first page, a page of a search by name, and one by pinyin."""
    province = Unit.objects.get(code="990000", kind="federation")
    client = Client()
    client.force_login(_editor(province), backend="django.contrib.auth.backends.ModelBackend")
    pages = {"人员列表第 1 页": "/people/", "按姓名查找": "/people/?q=王建", "按拼音查找": "/people/?q=wj"}

    def floor() -> None:
        with override_settings(MIDDLEWARE=[], ROOT_URLCONF="bench.pages"):
            _asking(Client(), "/bare")()

    works = {name: _asking(client, address) for name, address in pages.items()}
    times = interleaved({"floor": floor, **works}, rounds)
    return [Measured(name, times[name] / TIMES, times["floor"] / TIMES, 12, "70,000 人中的 50 行") for name in pages]
