"""Campaigns on screen: launched in one form, a table that says what is missing, each branch's own view."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Axis, Link, Reach, Role, Unit, UnitKind
from shanghui.ledger.activities.models import Activity, ActivityType, Campaign, CampaignTarget
from shanghui.ledger.activities.operations import Asked, Parts, launch_campaign, record_activity
from shanghui.ledger.organizations.models import OrganizationKind, OrganizationPeriod
from tests.worked_city import AT, BRANCH, TODAY, city, named, neighbour

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
OTHER = "云泽市餐饮业商会党支部"
SINCE, LAST, UNTIL = date(2022, 5, 1), date(2100, 8, 31), date(2100, 9, 1)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def at(name: str, row: Campaign, **more: Any) -> str:
    return reverse(name, kwargs={"campaign": row.pk, **more})


@pytest.fixture
def campaign() -> Campaign:
    return launch_campaign(
        title="“四个一”主题活动", launched_by=city(), since=SINCE, until=UNTIL, targets=[named(BRANCH), named(OTHER)], by=None, at=AT,
        items=[Asked("一次党课", date(2022, 6, 30), "party_class"), Asked("一次走访", LAST, "visit")],
    )


@pytest.fixture
def held() -> Activity:
    return record_activity(
        type=ActivityType.PARTY_CLASS, held_on=date(2022, 6, 20), title="书记讲党课", hosts=[named(BRANCH)], by=None, at=AT, present=12,
        minutes="讲了第一课。",
    )


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "title": "一支部一特色", "since": "2022-07-01", "last": "2022-12-31", "document": "", "note": "", "whom": "chosen",
        "targets": [named(BRANCH).pk, named(OTHER).pk], "item0-title": "一次党课", "item0-type": "party_class", "item0-needed": "2",
        "item0-due_on": "2022-09-30", "item1-title": "一次公益", "item1-type": "", "item1-needed": "", "item1-due_on": "", **changes,
    }


# --- launching


def test_a_campaign_is_launched_in_one_form(editor: Client) -> None:
    answer = editor.post("/campaigns/new/", typed())

    made = Campaign.objects.get()
    assert answer["Location"] == at("campaign", made)
    assert (made.launched_by, made.valid_to) == (city(), date(2023, 1, 1))
    assert list(made.items.values_list("title", "type", "needed", "due_on")) == [
        ("一次党课", "party_class", 2, date(2022, 9, 30)), ("一次公益", "", 1, date(2022, 12, 31)),
    ]
    assert AuditEntry.objects.latest("pk").verb == "发起专题活动"


def test_the_four_ones_stand_ready(editor: Client) -> None:
    page = text_of(editor.get("/campaigns/new/?preset=four-ones"))

    for words in ("一次党课", "一次交流", "一次公益", "一次走访"):
        assert f'value="{words}"' in page


@pytest.mark.parametrize(("whom", "kinds"), [
    ("branches", {OrganizationKind.BRANCH}), ("all", {OrganizationKind.BRANCH, OrganizationKind.GENERAL_BRANCH, OrganizationKind.COMMITTEE}),
])
def test_all_below_are_asked_and_nobody_next_door(editor: Client, whom: str, kinds: set[OrganizationKind]) -> None:
    editor.post("/campaigns/new/", typed(whom=whom, targets=[]))

    asked = set(Campaign.objects.get().targets.values_list("unit_id", flat=True))
    assert set(OrganizationPeriod.objects.on(TODAY).filter(organization__in=asked).values_list("kind", flat=True)) <= kinds
    assert len(asked) > 20
    assert named("临江市茶叶商会党支部").pk not in asked


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"last": "2022-06-30"}, "结束日期早于开始日期"), ({"item0-title": "", "item0-due_on": "", "item1-title": ""}, "至少写一项"),
    ({"item0-due_on": "2022-02-30"}, "没有 2022-02-30 这一天"), ({"item0-due_on": "2023-01-01"}, "不在活动期间"),
    ({"item0-title": ""}, "请写上要做什么"), ({"targets": []}, "请至少选一个参加的党组织"), ({"item0-needed": "0"}, "至少 1 次"),
    ({"whom": "branches"}, "请选“只选几个”"),
])
def test_what_cannot_be_is_refused_in_plain_words(editor: Client, changes: dict[str, Any], sentence: str) -> None:
    answer = editor.post("/campaigns/new/", typed(**changes))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Campaign.objects.exists()


def test_somebody_next_door_cannot_be_asked(editor: Client) -> None:
    assert editor.post("/campaigns/new/", typed(targets=[named("临江市茶叶商会党支部").pk])).status_code == 422


# --- seeing it


def test_the_table_says_what_is_done_and_what_is_missing(editor: Client, campaign: Campaign, held: Activity) -> None:
    page = text_of(editor.get(at("campaign", campaign)))

    assert "✓" in page
    assert reverse("activity", kwargs={"activity": held.pk}) in page
    assert "逾期，差 1 次" in page
    assert "“一次走访”还差 1 次，2100年8月31日前" in page
    assert page.index(BRANCH) < page.index(OTHER)


def test_every_total_opens(editor: Client, campaign: Campaign, held: Activity) -> None:
    first = campaign.items.first()
    assert first is not None

    late = text_of(editor.get(at("campaign", campaign) + "?show=late"))
    done = text_of(editor.get(at("campaign", campaign) + f"?show=done&item={first.pk}"))

    assert (f">{OTHER}</a>" in late, f">{BRANCH}</a>" in late) == (True, False)
    assert (f">{OTHER}</a>" in done, f">{BRANCH}</a>" in done) == (False, True)
    assert "没有这样的党组织" in text_of(editor.get(at("campaign", campaign) + "?show=done"))


def test_a_past_day_is_shown_as_it_stood(editor: Client, campaign: Campaign, held: Activity) -> None:
    page = text_of(editor.get(at("campaign", campaign) + "?on=2022-06-10"))

    assert "逾期，差" not in page
    assert "✓" not in page


def test_a_secretary_sees_his_own_row_with_the_way_to_record(as_role: AsRole, campaign: Campaign, held: Activity) -> None:
    secretary = as_role(Role.SECRETARY)
    visiting = campaign.items.last()
    assert visiting is not None

    page = text_of(secretary.get(at("campaign", campaign)))

    assert OTHER not in page
    assert "记录和到会齐全，自动算入" in page
    assert f"{reverse('activity-new')}?unit={named(BRANCH).pk}&amp;item={visiting.pk}" in page
    assert "提前结束" not in page
    assert "“一次走访”还差 1 次" in text_of(secretary.get("/campaigns/"))
    assert secretary.get(at("campaign-branch", campaign, organization=named(OTHER).pk)).status_code == 404


def test_a_branch_page_says_why_each_activity_counts(editor: Client, campaign: Campaign, held: Activity) -> None:
    record_activity(
        type=ActivityType.OTHER, held_on=date(2022, 6, 1), title="进社区", hosts=[named(BRANCH)], by=None, at=AT,
        minutes="义诊和家电维修", present=9, parts=Parts(items=list(campaign.items.all()[1:])),
    )

    page = text_of(editor.get(at("campaign-branch", campaign, organization=named(BRANCH).pk)))

    assert "登记活动时选了算入这一项" in page
    assert "党课，记录和到会齐全，自动算入" in page
    assert "要求的都做完了" in page


def test_a_campaign_of_the_neighbour_does_not_exist(editor: Client) -> None:
    theirs = launch_campaign(
        title="邻市", launched_by=neighbour(), since=SINCE, until=UNTIL, targets=[named("临江市茶叶商会党支部")], by=None, at=AT,
        items=[Asked("一次党课", LAST)],
    )

    assert editor.get(at("campaign", theirs)).status_code == 404
    assert "邻市" not in text_of(editor.get("/campaigns/"))


def test_the_table_is_a_workbook(editor: Client, campaign: Campaign, held: Activity) -> None:
    answer = editor.get(at("campaign", campaign) + "?format=xlsx")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[2][:3] == ("党组织", "一次党课（2022-06-30前）", "一次走访（2100-08-31前）")
    assert (BRANCH, "✓ 2022-06-20", "还差 1 次") in [row[:3] for row in rows]


def test_the_list_is_filtered_by_where_it_stands(editor: Client, campaign: Campaign) -> None:
    assert "“四个一”" in text_of(editor.get("/campaigns/?phase=running"))
    assert "没有符合条件" in text_of(editor.get("/campaigns/?phase=over"))


def test_the_table_of_two_hundred_branches_takes_a_fixed_number_of_questions(
    editor: Client, campaign: Campaign, django_assert_max_num_queries: Any
) -> None:
    units = Unit.objects.bulk_create([Unit(kind=UnitKind.ORGANIZATION, name=f"第{n:03}支部") for n in range(200)])
    Link.objects.bulk_create([Link(axis=Axis.SUPERVISION, child=one, parent=city(), valid_from=SINCE) for one in units])
    Reach.objects.bulk_create([Reach(axis=Axis.SUPERVISION, above=city(), below=one, depth=1, valid_from=SINCE) for one in units])
    CampaignTarget.objects.bulk_create([CampaignTarget(campaign=campaign, unit=one) for one in units])

    with django_assert_max_num_queries(14):
        page = text_of(editor.get(at("campaign", campaign)))
    with django_assert_max_num_queries(12):
        editor.get("/campaigns/")

    assert "202</a> 个党组织各做 2 件事" in page


# --- changing


def test_it_is_changed_with_its_items_and_targets(editor: Client, campaign: Campaign) -> None:
    assert "一次走访" in text_of(editor.get(at("campaign-change", campaign)))

    editor.post(at("campaign-change", campaign), typed(targets=[named(BRANCH).pk]))

    assert [item.title for item in campaign.items.all()] == ["一次党课", "一次公益"]
    assert campaign.targets.count() == 1


def test_it_is_ended_early_and_withdrawn_with_a_reason(editor: Client, campaign: Campaign) -> None:
    editor.post(at("campaign-end", campaign), {"last_day": "2022-07-31", "reason": "并入主题教育"})
    campaign.refresh_from_db()
    assert campaign.valid_to == date(2022, 8, 1)

    assert editor.post(at("campaign-withdraw", campaign), {"reason": ""}).status_code == 422
    editor.post(at("campaign-withdraw", campaign), {"reason": "发错了"})
    assert not Campaign.objects.exists()

    editor.post(reverse("undo", kwargs={"entry": AuditEntry.objects.latest("pk").pk}))
    assert Campaign.objects.exists()


def test_who_only_reads_is_offered_no_change(as_role: AsRole, campaign: Campaign) -> None:
    reader = as_role(Role.READER)

    assert "发起专题活动" not in text_of(reader.get("/campaigns/"))
    assert "提前结束" not in text_of(reader.get(at("campaign", campaign)))
