"""Who looks after which chambers, from when to when; sending somebody and ending it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.ledger.people.models import GuideAssignment, Person
from tests.worked_city import CHAMBER, UNCOVERED, city, named

pytestmark = pytest.mark.django_db
NEW = "/guides/new/"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_each_guide_stands_with_his_chambers_and_since_when(editor: Client) -> None:
    page = text_of(editor.get("/guides/"))

    assert "共 3 人" in page
    assert page.count(">结束</a>") == 6
    assert UNCOVERED in page
    assert "2022年3月" in page


@pytest.mark.parametrize("asked", ["印刷包装", "郭丽静", "glj"])
def test_a_guide_is_found_by_name_and_by_chamber(editor: Client, asked: str) -> None:
    page = text_of(editor.get(f"/guides/?q={asked}"))

    assert "郭丽静" in page
    assert "于辉鹏" not in page


def test_the_list_asks_a_fixed_number_of_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        editor.get("/guides/")


def test_the_list_is_a_workbook(editor: Client) -> None:
    rows = list(openpyxl.load_workbook(io.BytesIO(editor.get("/guides/?format=xlsx").content)).active.iter_rows(values_only=True))

    assert rows[0][0] == "党建指导员联系表"
    assert any(UNCOVERED in str(row) for row in rows)


def test_somebody_is_sent_to_two_chambers_for_a_term(editor: Client) -> None:
    person = Person.objects.get(name="郭丽静")
    sent = {"person": person.pk, "chambers": [CHAMBER, "餐饮"], "kind": "liaison", "since": "2022-07-01", "until": "2023-06-30"}

    answer = editor.post(f"{NEW}?person={person.pk}", sent)

    rows = GuideAssignment.objects.filter(person=person, kind="liaison").order_by("chamber__unit__name")
    assert answer["Location"] == "/guides/"
    assert {row.chamber.unit.name for row in rows} == {CHAMBER, "云泽市餐饮业商会"}
    assert {row.valid_to for row in rows} == {date(2023, 7, 1)}


def test_what_holds_already_is_refused_and_nothing_is_written(editor: Client) -> None:
    person, before = Person.objects.get(name="郭丽静"), GuideAssignment.objects.count()

    answer = editor.post(
        f"{NEW}?person={person.pk}", {"person": person.pk, "chambers": [CHAMBER, UNCOVERED], "kind": "guide", "since": "2022-07-01"}
    )

    assert "已经联系" in text_of(answer)
    assert GuideAssignment.objects.count() == before


def test_the_last_day_does_not_lie_before_the_first(editor: Client) -> None:
    person = Person.objects.get(name="郭丽静")
    sent = {"person": person.pk, "chambers": [CHAMBER], "kind": "guide", "since": "2022-07-01", "until": "2022-06-30"}

    assert "最后一天不能早于开始那一天" in text_of(editor.post(f"{NEW}?person={person.pk}", sent))


def test_somebody_new_from_the_office_is_registered_and_kept_there(editor: Client) -> None:
    editor.post(f"{NEW}?find=欧阳云泽", {"person": "new", "chambers": [CHAMBER], "kind": "guide", "duty": "会员部副部长", "since": "2022-07-01"})

    assert Person.objects.get(name="欧阳云泽").kept_by == city()


def test_an_assignment_is_ended_by_the_page_of_facts(editor: Client) -> None:
    row = GuideAssignment.objects.get(chamber__unit=named(UNCOVERED), valid_to=None)

    editor.post(reverse("fact-end", kwargs={"kind": "assignment", "fact": row.pk}), {"last_day": "2022-07-07", "reason": "调离"})

    assert GuideAssignment.objects.get(pk=row.pk).valid_to == date(2022, 7, 8)
    assert UNCOVERED in text_of(editor.get("/guides/?on=2022-07-07"))
    assert UNCOVERED not in text_of(editor.get("/guides/?on=2022-07-08"))


def test_a_guide_sees_his_chamber_and_no_other(as_role: Callable[[Role], Client]) -> None:
    page = text_of(as_role(Role.GUIDE).get("/guides/"))

    assert UNCOVERED in page
    assert "云泽市女企业家商会" not in page
    assert "选派</a>" not in page
    assert "/people/" not in page
