"""The page of two posts: each count opens exactly its list, agrees with the figures, and can be kept as a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.test import Client

from shanghui.access.models import Role
from shanghui.ledger.people.models import Appointment
from tests.worked_city import BRANCH, named

pytestmark = pytest.mark.django_db
HERE = "/cross/?on=2022-06-30"
FIGURE = re.compile(r'<a class="fig" href="(/figures/cross[^"]+)"[^>]*>(\d+)</a>')


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def figures_of(page: str) -> list[tuple[str, int]]:
    return [(unescape(url), int(count)) for url, count in FIGURE.findall(page)]


def test_every_count_opens_a_list_of_that_many(editor: Client) -> None:
    found = figures_of(text_of(editor.get(HERE)))

    assert len(found) > 15
    for url, count in found:
        assert f"共 {count} " in text_of(editor.get(url)), url


def test_the_matrix_adds_up_to_the_figures(editor: Client) -> None:
    page = editor.get(HERE)
    secretary = page.context["matrix"].rows[0]
    by_head = dict(zip(page.context["matrix"].heads, [cell.count for cell in secretary.cells], strict=True))

    assert secretary.total.count == 30
    assert by_head["会长"] == 9
    assert by_head["会长"] + by_head.get("常务副会长", 0) + by_head.get("副会长", 0) == 15
    assert sum(row.total.count for row in page.context["matrix"].rows) == 80


def test_the_forms_divide_the_matrix(editor: Client) -> None:
    totals = {}
    for value, _, count in editor.get(HERE).context["forms"]:
        page = editor.get(f"{HERE}&form={value}")
        totals[value] = sum(row.total.count for row in page.context["matrix"].rows)
        assert totals[value] == count
        for url, number in figures_of(text_of(page))[:4]:
            assert f"共 {number} " in text_of(editor.get(url))
    assert totals.pop("") == sum(totals.values())
    assert set(totals) == {"own", "joint"}


def test_what_is_no_form_is_all(editor: Client) -> None:
    assert editor.get(f"{HERE}&form=nothing").context["form"] == ""


def test_an_earlier_day_is_told_as_it_was(editor: Client) -> None:
    Appointment.objects.filter(unit=named(BRANCH), post="secretary").update(valid_from="2022-07-01")

    assert [editor.get(f"/cross/?on={day}").context["matrix"].rows[0].total.count for day in ("2022-06-30", "2022-07-01")] == [29, 30]


def test_the_table_is_a_workbook(editor: Client) -> None:
    content = editor.get(f"{HERE}&format=xlsx&form=joint").content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))

    assert rows[0][0] == "云泽市工商联交叉任职（联合组建）"
    assert [row[0] for row in rows[3:]] == ["书记", "副书记", "委员"]


def test_questions_are_fixed(editor: Client, django_assert_max_num_queries: Any) -> None:
    editor.get(HERE)

    with django_assert_max_num_queries(14):
        editor.get(HERE)


def test_who_sees_no_figures_does_not_come_here(as_role: Callable[[Role], Client]) -> None:
    for role in (Role.SECRETARY, Role.GUIDE, Role.MEMBER, Role.ADMINISTRATOR):
        assert as_role(role).get(HERE).status_code == 403
    assert as_role(Role.READER).get(HERE).status_code == 200
