"""Accounts and seats as pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role, Seat, User
from tests.worked_city import BRANCH, city, named, neighbour, user

FIRST = "第一次的密码-2022"


def _new(client: Client, **given: object) -> int:
    values = {
        "username": "zhangsan", "display_name": "张三", "role": "reader", "unit": city().pk, "password": FIRST, "again": FIRST,
    }
    return client.post(reverse("account-new"), values | given).status_code


@pytest.mark.django_db
def test_an_account_is_opened_with_its_first_seat(as_role: Callable[[Role], Client]) -> None:
    assert _new(as_role(Role.ADMINISTRATOR)) == 302

    made = User.objects.get(username="zhangsan")
    assert made.must_change_password
    assert [(seat.role, seat.unit) for seat in made.seats.all()] == [("reader", city())]
    assert AuditEntry.objects.filter(verb="设置席位", subject_id=made.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{"username": "editor"}, {"again": "另一个密码-2022"}, {"display_name": ""}])
def test_what_is_wrong_is_said_and_nothing_is_opened(as_role: Callable[[Role], Client], given: dict[str, str]) -> None:
    assert _new(as_role(Role.ADMINISTRATOR), **given) == 422
    assert not User.objects.filter(display_name="张三").exists()


@pytest.mark.django_db
def test_the_picker_offers_no_unit_of_the_neighbour(as_role: Callable[[Role], Client]) -> None:
    client = as_role(Role.ADMINISTRATOR)

    assert "临江" not in client.get(reverse("account-new")).content.decode()
    assert _new(client, unit=neighbour().pk) == 422


@pytest.mark.django_db
def test_a_seat_is_ended_from_its_page(as_role: Callable[[Role], Client]) -> None:
    seat = Seat.objects.get(user=user(Role.SECRETARY))

    as_role(Role.ADMINISTRATOR).post(reverse("seat-end", kwargs={"seat": seat.pk}))

    seat.refresh_from_db()
    assert seat.valid_to is not None


@pytest.mark.django_db
def test_one_does_not_stop_oneself(as_role: Callable[[Role], Client]) -> None:
    me = user(Role.ADMINISTRATOR)

    as_role(Role.ADMINISTRATOR).post(reverse("account-active", kwargs={"user": me.pk}))

    me.refresh_from_db()
    assert me.is_active


@pytest.mark.django_db
def test_the_list_of_seats_is_read_in_few_queries(
    as_role: Callable[[Role], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = as_role(Role.ADMINISTRATOR)
    for number in range(10):
        Seat.objects.create(user=user(Role.READER), role=Role.GUIDE, unit=named(BRANCH), valid_from=f"20{10 + number}-01-01",
                            valid_to=f"20{10 + number}-02-01")

    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        client.get(reverse("seats"))
