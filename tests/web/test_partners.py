"""共建 on screen: three lists, their pages and forms, and the links of an activity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.operations import Asked, launch_campaign, record_activity
from shanghui.ledger.organizations.models import Alliance, AllianceMember, Pairing, PartnerKind
from shanghui.ledger.organizations.operations import found_alliance, pair
from shanghui.ledger.programs.models import SecretaryProject
from shanghui.ledger.programs.operations import open_project
from shanghui.web.partners.lists import term_in_words
from tests.worked_city import AT, BRANCH, CHAMBER, SINCE, TODAY, city, named

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
OTHER = "云泽市餐饮业商会党支部"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def alliance() -> Alliance:
    return found_alliance(name="产业链党建联盟", kept_by=city(), since=SINCE, members=[named(BRANCH), named(OTHER)], by=None, at=AT)


@pytest.fixture
def held() -> Activity:
    return record_activity(type=ActivityType.OTHER, held_on=TODAY, title="法律进商会", hosts=[named(BRANCH), named(OTHER)], by=None, at=AT)


def test_the_office_founds_an_alliance_and_keeps_its_members(editor: Client) -> None:
    sent = {"name": "产业链党建联盟", "since": "2022-07-01", "members": [BRANCH, OTHER], "charter": "每季一次"}
    address = editor.post(reverse("alliance-new"), sent)["Location"]
    row = Alliance.objects.get()

    editor.post(reverse("alliance-join", kwargs={"alliance": row.pk}), {"unit": CHAMBER, "since": "2022-07-02"})
    editor.post(reverse("alliance-chair", kwargs={"alliance": row.pk}), {"unit": named(OTHER).pk, "since": "2022-07-02"})
    leave = reverse("alliance-leave", kwargs={"alliance": row.pk, "unit": named(CHAMBER).pk})
    editor.post(leave, {"last_day": "2022-07-10", "reason": "退出"})

    page = text_of(editor.get(address))
    assert "轮值</span>" in page
    assert [one.unit.name for one in AllianceMember.objects.on(date(2022, 7, 11)).filter(is_chair=True)] == [OTHER]
    assert BRANCH in text_of(editor.get("/partners/"))
    editor.post(reverse("alliance-change", kwargs={"alliance": row.pk}), {"name": "链上联盟", "charter": ""})
    editor.post(reverse("alliance-end", kwargs={"alliance": row.pk}), {"last_day": "2022-07-31", "reason": "期满"})
    row.refresh_from_db()
    assert (row.name, row.valid_to) == ("链上联盟", date(2022, 8, 1))


def test_a_secretary_keeps_pairings_and_the_project_of_his_branch(as_role: AsRole) -> None:
    secretary, own = as_role(Role.SECRETARY), named(BRANCH).pk
    sent = {"unit": own, "partner": "某律师事务所", "partner_kind": "law_firm", "since": "2022-07-01", "last": "2023-06-30", "agreement": ""}

    secretary.post(reverse("pairing-new"), sent)
    secretary.post(reverse("project-new"), {"unit": own, "year": "2022", "title": "助企服务", "goal": ""})

    row, project = Pairing.objects.get(), SecretaryProject.objects.get()
    assert row.valid_to == date(2023, 7, 1)
    assert "已到期" in text_of(secretary.get(reverse("pairing", kwargs={"pairing": row.pk})))
    secretary.post(reverse("pairing-change", kwargs={"pairing": row.pk}), sent | {"last": ""})
    assert "长期" in text_of(secretary.get("/partners/pairings/"))
    secretary.post(reverse("pairing-end", kwargs={"pairing": row.pk}), {"last_day": "2024-01-31", "reason": "对方撤并"})
    secretary.post(reverse("project-change", kwargs={"project": project.pk}), {"year": "2022", "title": "助企百日", "goal": ""})
    secretary.post(reverse("project-close", kwargs={"project": project.pk}), {"on": "2022-12-20", "result": "走访 32 家"})
    assert "走访 32 家" in text_of(secretary.get(reverse("project", kwargs={"project": project.pk})))
    assert "助企百日" in text_of(secretary.get("/partners/projects/?state=closed"))
    assert secretary.get(reverse("alliance-new")).status_code == 403


@pytest.mark.parametrize(("last", "words"), [
    (date(2022, 7, 7), "2022-07-07 已到期"), (date(2022, 7, 8), "今天到期"), (date(2022, 10, 8), "还有 92 天到期"), (date(2022, 10, 9), "有效"), (None, "长期"),
])
def test_the_end_of_a_pairing_is_warned_of_three_months_before(last: date | None, words: str) -> None:
    until = None if last is None else date.fromordinal(last.toordinal() + 1)

    assert term_in_words(Pairing(valid_from=SINCE, valid_to=until), TODAY) == words


def test_an_activity_is_linked_by_ticks_and_stands_on_each_page(as_role: AsRole, editor: Client, alliance: Alliance, held: Activity) -> None:
    pairing = pair(unit=named(BRANCH), partner="某银行", partner_kind=PartnerKind.BANK, since=SINCE, until=None, by=None, at=AT)
    theirs = pair(unit=named(OTHER), partner="某高校", partner_kind=PartnerKind.UNIVERSITY, since=SINCE, until=None, by=None, at=AT)
    project = open_project(unit=named(BRANCH), year=2022, title="助企服务", by=None, at=AT)
    campaign = launch_campaign(
        title="“四个一”", launched_by=city(), since=SINCE, until=date(2023, 1, 1), targets=[named(BRANCH)], by=None, at=AT,
        items=[Asked("一次交流", TODAY)],
    )
    item = campaign.items.get()
    links = reverse("activity-links", kwargs={"activity": held.pk})
    editor.post(links, {"pairings": [theirs.pk]})
    secretary = as_role(Role.SECRETARY)
    assert "某高校" not in text_of(secretary.get(links))

    secretary.post(links, {"pairings": [pairing.pk], "alliances": [alliance.pk], "projects": [project.pk], "items": [item.pk]})

    assert set(held.pairing_links.values_list("pairing_id", flat=True)) == {pairing.pk, theirs.pk}
    page = text_of(secretary.get(reverse("activity", kwargs={"activity": held.pk})))
    for words in ("产业链党建联盟", "与某银行结对", "助企服务", "“四个一”：一次交流"):
        assert words in page
    assert "与某高校结对" not in page
    for name, row in (("alliance", alliance), ("pairing", pairing), ("project", project)):
        assert "法律进商会" in text_of(secretary.get(reverse(name, kwargs={name: row.pk})))


def test_an_alliance_of_nobody_here_is_not_offered(editor: Client, held: Activity) -> None:
    assert "也没有联盟、结对和书记项目" in text_of(editor.get(reverse("activity-links", kwargs={"activity": held.pk})))


def test_lists_and_pages_ask_a_fixed_number_of_questions(
    editor: Client, alliance: Alliance, held: Activity, django_assert_max_num_queries: Any
) -> None:
    for address in ("/partners/", "/partners/pairings/", "/partners/projects/", reverse("alliance", kwargs={"alliance": alliance.pk})):
        with django_assert_max_num_queries(13):
            editor.get(address)
