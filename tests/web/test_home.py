"""The work table of every role: what is due with its article, where we stand, what changed; the beginning without records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from shanghui.access.models import Role
from shanghui.access.operations import grant
from shanghui.exchange.models import ImportRun, RunState
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.organizations.operations import (
    change_chamber,
    open_federation,
    plan_gap,
    register_chamber,
    set_term,
)
from shanghui.web.home.articles import build, probation
from shanghui.web.home.due import probation_end
from shanghui.web.home.todo import Item, Todo, bucket_of
from tests.web.test_coverage import _links
from tests.worked_city import AT, BRANCH, CHAMBER, SINCE, UNCOVERED, city, named, seat, user

TODAY = date(2022, 7, 8)


@pytest.mark.parametrize(("days", "key"), [(-1, "late"), (0, "week"), (7, "week"), (8, "month"), (30, "month"), (31, "later")])
def test_the_day_decides_where_a_thing_stands(days: int, key: str) -> None:
    assert bucket_of(TODAY + timedelta(days=days), TODAY) == key
    assert bucket_of(None, TODAY) == "open"


def test_the_sentence_counts_what_is_overdue_and_near() -> None:
    def item(days: int) -> Item:
        return Item("term", TODAY + timedelta(days=days), "", "", "", "")

    assert Todo([item(-1), item(3), item(7), item(20)], TODAY).sentence == "1 件已逾期，2 件 7 天内到期。"
    assert Todo([item(20)], TODAY).sentence == "近 7 天没有到期的事。"


def test_probation_is_a_year_and_only_told_where_the_date_is_known() -> None:
    assert probation_end("2021-07-11") == date(2022, 7, 11)
    assert probation_end("2021-07") == date(2022, 7, 31)
    assert probation_end("2020-02-29") == date(2021, 2, 28)
    assert probation_end("2021") is None
    assert probation_end("") is None


def test_the_article_is_that_of_the_version_in_force() -> None:
    old, new = probation(date(2026, 5, 10)), probation(date(2026, 5, 11))

    assert old is not None
    assert new is not None
    assert old.title == "《发展党员工作细则（2014年）》（待核实）"
    assert (new.title, new.text, new.norm) == ("《发展党员工作细则（2026年）》第三十一条", "：期满及时讨论", "DEV-24")
    assert probation(date(2014, 5, 27)) is None


def test_the_articles_on_setting_up_a_branch_come_from_the_norms() -> None:
    article = build(date(2022, 7, 8))

    assert article is not None
    assert (article.title, article.text, article.norm) == ("《支部工作条例》第四条", "、第五条", "ORG-01")
    assert build(date(2018, 10, 27)) is None


@pytest.mark.django_db
def test_every_figure_of_the_office_opens_into_that_many_rows(editor: Client) -> None:
    for url, count in _links(editor.get("/")):
        assert editor.get(url).context["page"].total == count, url


@pytest.mark.django_db
def test_every_thing_to_do_leads_to_a_page_that_answers(editor: Client) -> None:
    items = editor.get("/").context["todo"].items

    assert items
    for item in items:
        assert editor.get(item.url).status_code == 200, item.url


@pytest.mark.django_db
def test_a_term_that_is_over_is_overdue_and_a_new_one_takes_it_away(editor: Client) -> None:
    PartyOrganization.objects.get(unit=named(BRANCH)).unit.terms.update(due_on="2022-07", due_by=date(2022, 7, 31))
    before = editor.get("/organizations/?term=overdue").context["page"].total
    item = next(item for item in editor.get("/").context["todo"].items if item.kind == "term" and item.due <= timezone.localdate())
    branch = PartyOrganization.objects.get(unit=named(BRANCH))

    set_term(unit=branch.unit, subject=branch, since=date(2025, 1, 1), due_on="2099", due_by=date(2099, 12, 31), by=None, at=AT)
    after = next(item for item in editor.get("/").context["todo"].items if item.kind == "term")

    assert item.number == before
    assert after.number == before - 1
    assert "《支部工作条例》" in editor.get("/").content.decode()


@pytest.mark.django_db
def test_a_gap_reminds_when_its_day_comes_and_stays_quiet_before(editor: Client) -> None:
    chamber, today = Chamber.objects.get(unit=named(UNCOVERED)), timezone.localdate()
    plan_gap(chamber=chamber, since=SINCE, by=None, at=AT, reason="too_few", route="joint", owner="王敏", next_on=today + timedelta(31))
    quiet = [item for item in editor.get("/").context["todo"].items if UNCOVERED in item.title]
    plan_gap(chamber=chamber, since=today, by=None, at=AT, owner="王敏", next_on=today - timedelta(1))

    said = [item for item in editor.get("/").context["todo"].items if UNCOVERED in item.title]

    assert quiet == []
    assert [(item.who, bucket_of(item.due, today)) for item in said] == [("王敏", "late")]
    assert any(item.title.startswith("5 家未覆盖商会") for item in editor.get("/").context["todo"].items)


@pytest.mark.django_db
def test_an_import_waits_for_confirmation_and_kinds_can_be_chosen(editor: Client) -> None:
    ImportRun.objects.create(under=city(), created_at=AT, state=RunState.PROPOSED)

    shown = editor.get("/?todo=import")

    assert [item.verb for item in shown.context["todo"].chosen] == ["去确认"]


@pytest.mark.django_db
def test_what_changed_is_told_by_name_and_without_numbers(editor: Client) -> None:
    now = timezone.now()
    change_chamber(chamber=Chamber.objects.get(unit=named(CHAMBER)), by=user(Role.EDITOR), at=now, address="云泽市工业路8号")

    shown = editor.get("/")

    assert CHAMBER in [line.subject for line in shown.context["changed"]]
    assert "云泽市工业路8号" in shown.content.decode()


@pytest.mark.django_db
def test_the_neighbour_is_nowhere(editor: Client) -> None:
    now = timezone.now()
    change_chamber(chamber=Chamber.objects.get(unit=named("临江市茶叶商会")), by=None, at=now, address="临江市")

    assert "临江" not in editor.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "said"), [
    (Role.SECRETARY, BRANCH), (Role.GUIDE, UNCOVERED), (Role.MEMBER, "同志"), (Role.ADMINISTRATOR, "机构和账号"), (Role.READER, "党组织覆盖率"),
])
def test_every_role_has_a_work_table_of_its_own(role: Role, said: str, as_role: Callable[[Role], Client]) -> None:
    assert said in as_role(role).get("/").content.decode()


@pytest.mark.django_db
def test_no_role_is_offered_what_it_may_not_open(as_role: Callable[[Role], Client]) -> None:
    for role in Role:
        client = as_role(role)
        shown = client.get("/")
        for url in shown.context["links"].values():
            assert not url or client.get(url).status_code == 200, (role, url)
        for item in shown.context["todo"].items if "todo" in shown.context else ():
            assert client.get(item.url).status_code == 200, (role, item.url)


@pytest.mark.django_db
def test_without_chambers_the_page_says_how_to_begin(as_role: Callable[[Role], Client]) -> None:
    fresh = open_federation(name="新设市工商联", code="990900", by=None, at=AT)
    account = seat(Role.EDITOR, fresh.unit, "newcomer")
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    shown = client.get("/")
    text = unescape(shown.content.decode())

    assert [task.done for task in shown.context["beginning"].tasks] == [True, False, False, False]
    assert [task.waits for task in shown.context["beginning"].tasks] == ["", "", "等第 2 步", "等第 2 步"]
    assert "没有商会时显示“—”，不显示 0%" in text
    register_chamber(name="新设市商会", under=fresh.unit, since=SINCE, by=None, at=AT)
    after = client.get("/")
    assert [task.done for task in after.context["beginning"].tasks] == [True, True, False, False]
    assert after.context["beginning"].tasks[3].waits == "请系统管理员开账号"


@pytest.mark.django_db
def test_who_also_manages_seats_can_open_accounts(as_role: Callable[[Role], Client]) -> None:
    grant(user=user(Role.EDITOR), role=Role.ADMINISTRATOR, unit=city(), since=SINCE, by=None, at=AT)

    shown = as_role(Role.EDITOR).get("/")

    assert shown.context["links"]["account_new"]


@pytest.mark.django_db
def test_the_work_table_asks_a_fixed_number_of_questions(
    as_role: Callable[[Role], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for role, most in ((Role.EDITOR, 59), (Role.SECRETARY, 48), (Role.GUIDE, 12), (Role.MEMBER, 8), (Role.ADMINISTRATOR, 10)):
        client = as_role(role)
        client.get("/")
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
            client.get("/")
