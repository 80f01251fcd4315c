"""An organization without any activity on record is told once, not period by period; the verdicts stay what they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shanghui.access.models import Role
from shanghui.access.scope import Scope
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.activities.queries import without_records
from shanghui.rules.models import Finding
from shanghui.rules.states import State
from shanghui.rules.verdicts import assess
from shanghui.web.home.todo import Item
from tests.worked_city import BRANCH, city, named

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
TODAY = timezone.localdate()


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def duties(client: Client) -> list[Item]:
    return [item for item in client.get("/").context["todo"].items if item.kind == "duty"]


def hold(name: str = BRANCH, days_ago: int = 0) -> Activity:
    day = TODAY - timedelta(days=days_ago)
    return record_activity(type=ActivityType.OTHER, held_on=day, title="走访", hosts=[named(name)], by=None, at=timezone.now())


def bare(days_ago: int = 0) -> set[int]:
    scope = Scope(roots=(city().pk,), day=TODAY)
    return set(without_records(scope, TODAY - timedelta(days=days_ago)))


def missed(unit: str = BRANCH) -> int:
    found = assess(Scope(roots=(named(unit).pk,), day=TODAY), TODAY)
    return sum(1 for slot in found.slots([State.OVERDUE]) if slot.unit == named(unit).pk)


def test_what_was_held_ends_it_from_that_day_on_and_a_plan_does_not() -> None:
    hold(days_ago=3)
    assert named(BRANCH).pk not in bare(3)
    assert named(BRANCH).pk in bare(4)

    Activity.objects.filter(hosts__unit=named(BRANCH)).update(planned=True)
    assert named(BRANCH).pk in bare()


def test_a_secretary_has_one_task_for_the_past_and_each_that_is_due_now(as_role: SignIn) -> None:
    client = as_role(Role.SECRETARY)

    told = duties(client)

    (past,) = [item for item in told if item.due is None]
    assert past.title == f"{BRANCH}还没有任何活动记录"
    assert "过去的期间先不逐项列出" in past.text
    assert (past.url, past.verb) == (f"/record/?unit={named(BRANCH).pk}", "补记第一次")
    assert all(item.due >= TODAY for item in told if item.due is not None)


def test_after_the_first_record_every_duty_is_told_with_its_periods(as_role: SignIn) -> None:
    hold()
    client = as_role(Role.SECRETARY)

    told = duties(client)

    assert [item for item in told if item.due is None] == []
    assert sum(item.number for item in told if item.due is not None and item.due < TODAY) >= missed()


def test_an_office_has_one_task_for_all_of_them_and_the_way_to_import(editor: Client) -> None:
    (past,) = [item for item in duties(editor) if item.due is None]

    assert "个党组织还没有任何活动记录" in past.title
    assert (past.url, past.verb) == ("/imports/new/", "导入三会一课记录")
    assert past.number == len({slot.unit for slot in assess(Scope(roots=(city().pk,), day=TODAY), TODAY).slots([State.OVERDUE])})


def test_the_calendar_says_it_once_and_the_cells_are_not_red(editor: Client) -> None:
    page = text_of(editor.get("/calendar/"))

    assert "还没有任何活动记录，过去的期间先不逐项列出" in page
    assert 'class="cell late"' not in page
    assert 'class="cell bare"' in page
    assert f'aria-label="{BRANCH} ' in page


def test_one_with_records_keeps_its_gaps_and_stands_first(editor: Client) -> None:
    hold()

    page = text_of(editor.get("/calendar/"))

    assert page.count('class="cell late"') > 0
    assert page.index(f">{BRANCH}</a>") < page.index(">云泽市餐饮业商会党支部</a>")


def listed(client: Client, url: str) -> int:
    """How many findings stand behind the rows of all pages."""
    pages = range(1, client.get(url).context["page"].pages + 1)
    lines = (line for number in pages for line in client.get(f"{url}page={number}").context["lines"])
    return sum(len(line["more"].keys.split(",")) for line in lines)


def test_findings_of_the_past_are_one_sentence_that_opens(editor: Client) -> None:
    page = text_of(editor.get("/findings/"))
    shown, theirs = listed(editor, "/findings/?"), listed(editor, "/findings/?records=none&")

    assert "还没有任何活动记录，过去的期间先不逐项列出" in page
    assert shown + theirs == Finding.objects.count()
    assert theirs > shown


def test_what_cannot_be_told_is_counted_by_rule_with_the_way_to_enter_it(editor: Client) -> None:
    page = text_of(editor.get("/findings/"))

    charter = next(one for one in editor.get("/findings/").context["untold"] if one.title == "党建入章")
    assert charter.number > 10
    assert f"{charter.number} 个单位" in page
    assert "/imports/new/" in page
    assert editor.get("/findings/?state=open").context["untold"] == []


def test_a_secretary_is_led_to_record_and_not_to_import(as_role: SignIn) -> None:
    page = text_of(as_role(Role.SECRETARY).get("/findings/"))

    assert "补记第一次" in page
    assert "/imports/new/" not in page
