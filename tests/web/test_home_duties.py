"""Duties in the to-do: one's own one by one with article and button, those below together; what was explained stays away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shanghui.access.models import Role
from shanghui.ledger.activities.models import ActivityType, Campaign, CampaignItem, Visit
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Chamber
from shanghui.rules.duties import registry
from shanghui.rules.models import Excuse, Finding, FindingState
from shanghui.rules.months import Every
from shanghui.rules.standing import Stand, Verdict
from shanghui.rules.standing import registry as checks
from shanghui.rules.states import State
from shanghui.web.home.duties import is_near, window_of
from shanghui.web.home.missed import short_period
from shanghui.web.home.standings import due_of
from shanghui.web.home.todo import Item, Todo, bucket_of
from tests.worked_city import BRANCH, UNCOVERED, city, named, user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_records")]
SignIn = Callable[[Role], Client]
THIS_MONTH = timezone.localdate().replace(day=1)
LAST_MONTH = (THIS_MONTH - timedelta(days=1)).replace(day=1)


def duties(client: Client, said: str = "") -> list[Item]:
    todo: Todo = client.get("/").context["todo"]
    return [item for item in todo.items if item.kind == "duty" and said in item.title]


def theme_day(client: Client, period: date) -> list[Item]:
    last = (period + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return [item for item in duties(client, "主题党日") if item.due == last]


def missed(client: Client) -> Item:
    """The one item of the theme days that were missed."""
    (late,) = [item for item in duties(client, "主题党日") if bucket_of(item.due, timezone.localdate()) == "late"]
    return late


def missed_months(client: Client) -> set[str]:
    """The months it opens into."""
    return {part.url.rstrip("/").rsplit("/", 1)[1] for part in missed(client).parts}


def hold(on: date, kind: ActivityType = ActivityType.THEME_DAY) -> None:
    record_activity(type=kind, held_on=on, title="学习", hosts=[named(BRANCH)], by=None, at=timezone.now(), minutes="学习", present=9)


def test_a_secretary_has_what_is_due_with_its_day_article_and_button(as_role: SignIn) -> None:
    client = as_role(Role.SECRETARY)

    (now,) = theme_day(client, THIS_MONTH)

    assert now.due is not None
    assert (now.verb, now.number, now.parts) == ("记一次", 1, ())
    assert timezone.localdate() <= now.due
    assert "《党员教育管理工作条例》" in now.article.title  # type: ignore[union-attr]
    assert f"unit={named(BRANCH).pk}" in now.url
    assert client.get(now.url).status_code == 200


def test_what_the_own_branch_missed_is_one_item_a_duty_that_opens_into_its_periods(as_role: SignIn) -> None:
    client = as_role(Role.SECRETARY)
    item = missed(client)

    assert f"缺 {item.number} 次主题党日的记录" in item.title
    assert item.number == len(item.parts) > 1
    assert f"{LAST_MONTH:%Y-%m}" in missed_months(client)
    assert all(client.get(part.url).status_code == 200 for part in item.parts[-2:])
    assert f"逐期看（{item.number} 期）" in client.get("/").content.decode()


def test_a_meeting_that_was_recorded_takes_the_slot_away(as_role: SignIn) -> None:
    client = as_role(Role.SECRETARY)
    before = missed_months(client)

    hold(LAST_MONTH)

    assert missed_months(client) == before - {f"{LAST_MONTH:%Y-%m}"}
    assert len(theme_day(client, THIS_MONTH)) == 1


@pytest.mark.parametrize("state", [FindingState.OPEN, FindingState.FIXED])
def test_only_what_was_explained_stays_away(as_role: SignIn, state: FindingState) -> None:
    client = as_role(Role.SECRETARY)
    found = Finding.objects.create(
        unit=named(BRANCH), rule="life.theme_day", first=LAST_MONTH, message="没有记录", state=state, since=THIS_MONTH
    )
    assert f"{LAST_MONTH:%Y-%m}" in missed_months(client)

    Finding.objects.filter(pk=found.pk).update(state=FindingState.EXPLAINED)

    assert f"{LAST_MONTH:%Y-%m}" not in missed_months(client)


def test_what_the_upper_level_excused_stays_away(as_role: SignIn) -> None:
    Excuse.objects.create(unit=named(BRANCH), rule="life.theme_day", first=LAST_MONTH, reason="停工", given_on=LAST_MONTH)

    assert f"{LAST_MONTH:%Y-%m}" not in missed_months(as_role(Role.SECRETARY))


def test_an_office_has_one_thing_a_duty_whatever_the_number_of_branches(editor: Client) -> None:
    late = [item for item in duties(editor, "主题党日") if item.due < timezone.localdate()]  # type: ignore[operator]

    assert len(late) == 1
    assert late[0].verb == "看名单"
    assert " 个支部" in late[0].title
    assert late[0].number > len(duties(editor))
    assert editor.get(late[0].url).status_code == 200


def test_the_office_counts_one_less_when_a_branch_records(editor: Client) -> None:
    before = theme_day(editor, THIS_MONTH)

    hold(THIS_MONTH)

    assert [item.number for item in theme_day(editor, THIS_MONTH)] == [item.number - 1 for item in before]


@pytest.mark.parametrize(("today", "first"), [
    (date(2022, 1, 1), 2021), (date(2022, 3, 31), 2021), (date(2022, 4, 1), 2022), (date(2022, 12, 31), 2022),
])
def test_the_last_year_is_told_in_the_first_months_of_the_new_one(today: date, first: int) -> None:
    assert (window_of(today).first_year, window_of(today).last_year) == (first, 2022)


@pytest.mark.parametrize(("days", "near"), [(-400, True), (0, True), (30, True), (31, False)])
def test_what_is_due_in_more_than_thirty_days_is_no_task_yet(days: int, near: bool) -> None:
    assert is_near(date(2022, 7, 8) + timedelta(days=days), date(2022, 7, 8)) is near


def test_a_period_has_its_year_only_when_it_is_another_one() -> None:
    today = date(2022, 7, 8)
    assert short_period(date(2022, 6, 1), Every.MONTH, today) == "6月"
    assert short_period(date(2022, 4, 1), Every.QUARTER, today) == "二季度"
    assert short_period(date(2022, 1, 1), Every.YEAR, today) == "今年"
    assert short_period(date(2021, 12, 1), Every.MONTH, today) == "2021年12月"


def test_every_duty_that_is_told_has_an_article_of_its_norm(as_role: SignIn) -> None:
    codes = {one.title for one in registry}

    for item in duties(as_role(Role.SECRETARY)):
        assert item.article is not None
        assert any(title in item.title for title in codes)


def _visit(days: int, next_days: int | None) -> Visit:
    today = timezone.localdate()
    return Visit.objects.create(
        chamber=Chamber.objects.get(unit=named(UNCOVERED)), visitor=user(Role.GUIDE), visited_on=today - timedelta(days=days),
        next_on=None if next_days is None else today + timedelta(days=next_days),
    )


def test_a_guide_is_reminded_of_the_next_visit_until_it_was_made(as_role: SignIn) -> None:
    client = as_role(Role.GUIDE)
    _visit(20, -2)
    said = [item for item in client.get("/").context["todo"].items if item.kind == "visit"]
    assert [bucket_of(item.due, timezone.localdate()) for item in said] == ["late"]
    assert client.get(said[0].url).status_code == 200

    _visit(1, None)

    assert [item for item in client.get("/").context["todo"].items if item.kind == "visit"] == []


def test_a_visit_that_somebody_else_agreed_on_is_not_mine(editor: Client) -> None:
    _visit(20, -2)

    assert [item for item in editor.get("/").context["todo"].items if item.kind == "visit"] == []


def _launch(due_in: int) -> CampaignItem:
    today = timezone.localdate()
    campaign = Campaign.objects.create(title="四个一", launched_by=city(), document="市委两新工委通知", valid_from=today - timedelta(days=60))
    for name in (BRANCH, "云泽市餐饮业商会党支部"):
        campaign.targets.create(unit=named(name))
    return campaign.items.create(place=1, title="一次志愿服务", type=ActivityType.VOLUNTEERING, due_on=today + timedelta(days=due_in))


@pytest.mark.parametrize(("due_in", "key"), [(-1, "late"), (7, "week"), (30, "month")])
def test_what_a_campaign_asks_is_told_to_the_branch_and_once_to_the_office(as_role: SignIn, due_in: int, key: str) -> None:
    _launch(due_in)
    for role, number in ((Role.SECRETARY, 1), (Role.EDITOR, 2)):
        client = as_role(role)
        (item,) = [item for item in client.get("/").context["todo"].items if item.kind == "campaign"]

        assert (bucket_of(item.due, timezone.localdate()), item.number) == (key, number)
        assert item.article is not None
        assert client.get(item.url).status_code == 200

    hold(timezone.localdate(), ActivityType.VOLUNTEERING)

    assert [item for item in as_role(Role.SECRETARY).get("/").context["todo"].items if item.kind == "campaign"] == []


def test_what_a_campaign_asks_later_waits() -> None:
    item = _launch(31)

    assert not is_near(item.due_on, timezone.localdate())


@pytest.mark.parametrize(("state", "due", "told"), [
    (State.OVERDUE, date(2022, 7, 8), None), (State.OVERDUE, date(2022, 7, 7), date(2022, 7, 7)), (State.DUE, None, None),
    (State.DUE, date(2022, 7, 8), date(2022, 7, 8)),
])
def test_what_has_no_day_of_its_own_is_not_told_as_overdue(state: State, due: date | None, told: date | None) -> None:
    check = next(iter(checks))
    verdict = Verdict(check, Stand(1, "支部", state, date(2020, 1, 1), "", due), None)

    assert due_of(verdict, date(2022, 7, 8)) == told
