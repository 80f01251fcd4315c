"""The calendar of duties: numbers equal the slots listed, a joint meeting is told once with its label, and who may excuse."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.access.scope import Scope
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Form, OrganizationKind
from shanghui.ledger.organizations.operations import found_organization
from shanghui.rules.matrix import When, rows, totals, when
from shanghui.rules.models import Excuse, Finding, FindingState
from shanghui.rules.months import Window
from shanghui.rules.slots import meetings, slots_of
from shanghui.rules.states import State
from shanghui.rules.verdicts import Assessment, assess
from tests.worked_city import AT, BRANCH, SINCE, TODAY, city, named

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"
YEAR = "?year=2022"


def whole_year() -> Assessment:
    return assess(Scope(roots=(city().pk,), day=TODAY), TODAY, Window(2022, 2022), planned=True)


def at(name: str, period: str = "2022-05", rule: str = "", unit: str = BRANCH) -> str:
    more = {"rule": rule} if rule else {}
    return reverse(name, kwargs={"organization": named(unit).pk, "period": period, **more})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_cells_totals_and_slots_are_the_same_numbers() -> None:
    year = whole_year()
    slots = list(year.slots())

    counted = Counter((when(slot, TODAY), slot.state) for slot in slots)
    assert {(one, state): n for one, states in totals(year).items() for state, n in states.items() if n} == counted
    in_cells = Counter(
        {(row.unit, cell.month, state): n for row in rows(year.lines) for cell in row.cells(year.window, TODAY) for state, n in cell.counts.items()}
    )
    assert in_cells == Counter((slot.unit, slot.last.month, slot.state) for slot in slots)


def test_every_number_of_the_sentence_opens_into_as_many_slots(editor: Client) -> None:
    shown = editor.get(f"/calendar/{YEAR}&on={TODAY}")

    for one in When:
        for number, url in shown.context["sums"][one.value].values():
            assert editor.get(url).context["page"].total == number


def test_gaps_come_first_and_each_group_is_by_name(editor: Client) -> None:
    listed = rows(whole_year().lines)

    assert [row.has_gap for row in listed] == sorted((row.has_gap for row in listed), reverse=True)
    assert [row.name for row in rows(whole_year().lines, by_name=True)] == sorted(row.name for row in listed)


@pytest.mark.usefixtures("with_records")
def test_a_cell_says_in_words_what_is_seen(editor: Client) -> None:
    page = text(editor.get(f"/calendar/{YEAR}&on={TODAY}"))

    assert re.search(rf'aria-label="{BRANCH} 5月 缺 \d+：应开 \d+ 次，已开 0 次">缺 \d+</a>', page)
    assert re.search(rf'aria-label="{BRANCH} 7月 待 \d+：', page)
    assert re.search(rf'aria-label="{BRANCH} 12月 \d+：计划 \d+ 次', page)


def test_a_quarter_stands_in_the_month_it_ends() -> None:
    standing = {slot.duty.code for slot in slots_of(named(BRANCH).pk, TODAY, 2022) if slot.last.month == 6}

    assert "life.general_meeting" in standing
    assert "life.life_meeting" not in standing


@pytest.mark.parametrize("query", ["?year=abc", "?year=1900", "?year=2022&duty=nothing", "?q=没有这个支部", "?from=99", "?sort=name", "?under="])
def test_what_makes_no_sense_is_answered(editor: Client, query: str) -> None:
    assert editor.get(f"/calendar/{query}").status_code == 200


def test_a_period_that_is_none_does_not_exist(editor: Client) -> None:
    for period in ("2022-13", "2022-Q1", "abc", "1899-01"):
        assert editor.get(at("calendar-cell", period)).status_code == 404


def _hold(*names: str) -> None:
    record_activity(
        type=ActivityType.THEME_DAY, held_on=date(2022, 5, 20), title="走进绿色工厂", hosts=[named(name) for name in names], by=None, at=AT,
        minutes="学习", expected=20, present=18,
    )


def test_a_joint_meeting_is_told_once_with_its_label(editor: Client) -> None:
    _hold(BRANCH, OTHER)

    for unit in (BRANCH, OTHER):
        page = text(editor.get(at("calendar-cell", unit=unit)))
        assert page.count("走进绿色工厂") == 1
        assert "和 1 个支部合开" in page
        assert "到会 18/20" in page


def test_the_meetings_of_a_month_are_two_questions() -> None:
    _hold(BRANCH, OTHER)
    listed = slots_of(named(BRANCH).pk, TODAY, 2022)
    pk = named(BRANCH).pk

    with CaptureQueriesContext(connection) as queries:
        found = meetings(pk, listed, TODAY)

    assert len(queries) == 2
    assert sum(map(len, found.values())) == 1


def test_htmx_gets_the_panel_and_a_link_gets_the_page(editor: Client) -> None:
    assert "<html" not in text(editor.get(at("calendar-cell"), headers={"HX-Request": "true"}))
    assert "<h1>" in text(editor.get(at("calendar-cell")))


def test_the_office_excuses_and_takes_it_back(editor: Client) -> None:
    assert editor.post(at("calendar-excuse", rule="life.theme_day"), {"reason": ""}).status_code == 422
    editor.post(at("calendar-excuse", rule="life.theme_day"), {"reason": "防汛", "document": ""})
    assert Excuse.objects.get().reason == "防汛"
    assert "已同意免除" in text(editor.get(at("calendar-cell")))

    editor.post(at("calendar-withdraw", rule="life.theme_day"), {"reason": "已补开"})
    assert not Excuse.objects.exists()


def test_the_secretary_explains_and_does_not_excuse(as_role: Any) -> None:
    secretary = as_role(Role.SECRETARY)
    assert secretary.post(at("calendar-excuse", rule="life.theme_day"), {"reason": "防汛"}).status_code == 403
    assert "同意免除<" not in text(secretary.get(at("calendar-cell")))

    Finding.objects.create(unit=named(BRANCH), rule="life.theme_day", first=date(2022, 5, 1), message="…", since=TODAY)
    secretary.post(at("calendar-explain", rule="life.theme_day"), {"reason": "书记出差，六月补开"})

    found = Finding.objects.get(unit=named(BRANCH), rule="life.theme_day", first=date(2022, 5, 1))
    assert found.state == FindingState.EXPLAINED
    assert "书记出差" in text(secretary.get(at("calendar-cell")))
    assert next(slot.state for slot in slots_of(named(BRANCH).pk, TODAY, 2022, ["life.theme_day"]) if slot.first.month == 5) == State.OVERDUE


def test_next_door_does_not_exist(editor: Client) -> None:
    for name in ("calendar-excuse", "calendar-explain", "calendar-withdraw"):
        assert editor.post(at(name, rule="life.theme_day", unit="临江市茶叶商会党支部"), {"reason": "试"}).status_code == 404
    assert "临江市茶叶" not in text(editor.get(f"/calendar/{YEAR}"))


def test_a_past_day_shows_no_buttons(editor: Client) -> None:
    assert "同意免除<" in text(editor.get(at("calendar-cell")))
    assert "同意免除<" not in text(editor.get(f"{at('calendar-cell')}?on={TODAY}"))


def test_the_matrix_and_the_slots_go_out_as_workbooks(editor: Client) -> None:
    matrix = openpyxl.load_workbook(BytesIO(editor.get(f"/calendar/{YEAR}&on={TODAY}&format=xlsx").content)).worksheets[0]
    slots = openpyxl.load_workbook(BytesIO(editor.get(f"/calendar/slots/{YEAR}&on={TODAY}&format=xlsx").content)).worksheets[0]

    assert matrix.max_row == 3 + len(rows(whole_year().lines))
    assert [cell.value for cell in slots[3]] == ["党组织", "事项", "期间", "状态", "依据", "截止", "说明"]
    assert slots.max_row == 3 + len(list(whole_year().slots()))


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/calendar/{YEAR}&on={TODAY}").status_code == 200
    return len(queries)


def test_two_hundred_branches_ask_no_more_questions(editor: Client) -> None:
    _queries(editor)  # the first page of a while renews the session
    before = _queries(editor)
    for n in range(200):
        found_organization(
            name=f"云泽市第{n:03d}商会党支部", kind=OrganizationKind.BRANCH, form=Form.OWN, under=city(), since=SINCE, by=None, at=AT,
        )

    assert _queries(editor) == before <= 40
    shown = editor.get(f"/calendar/{YEAR}&on={TODAY}")
    assert len(shown.context["page"].rows) == 200
    assert shown.context["page"].has_next
