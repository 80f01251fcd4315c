"""An activity recorded for an item of a campaign: the page of the campaign leads to a form that knows the item already (M20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from shanghui.access.models import Role, Unit
from shanghui.ledger.activities.models import Activity, Campaign, CampaignItem
from shanghui.ledger.activities.operations import Asked, launch_campaign
from tests.worked_city import AT, BRANCH, city, named, neighbour

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
OTHER = "云泽市餐饮业商会党支部"


def launched(*, by: Unit | None = None, target: str = BRANCH, since: date = date(2022, 5, 1), until: date = date(2022, 7, 1)) -> Campaign:
    return launch_campaign(
        title="“四个一”主题活动", launched_by=by or city(), since=since, until=until, targets=[named(target)], by=None, at=AT,
        items=[Asked("一次党课", date(2022, 6, 30), "party_class"), Asked("一件好事", date(2022, 6, 30)), Asked("谈一次", date(2022, 6, 30), "talk")],
    )


def item_of(campaign: Campaign, place: int) -> CampaignItem:
    return campaign.items.get(place=place)


def new(item: CampaignItem, unit: str = BRANCH) -> str:
    return f"/activities/new/?unit={named(unit).pk}&item={item.pk}"


def typed(item: CampaignItem, **changes: Any) -> dict[str, Any]:
    return {
        "type": "volunteering", "title": "义诊进社区", "held_on": "2022-06-18", "hosts": [BRANCH], "items": [item.pk], "counting": "numbers",
        "expected": "9", "present": "9", "minutes": "看诊四十人。", "way": "room", "agenda-total": "0", **changes,
    }


def test_the_item_is_ticked_and_its_kind_and_period_stand_there(editor: Client) -> None:
    form = editor.get(new(item_of(launched(), 1))).context["form"]

    assert (form["items"].value(), form["type"].value()) == ([form.item.pk], "party_class")
    assert form["held_on"].value() == date(2022, 6, 30)
    assert form["hosts"].value() == [BRANCH]


def test_an_item_of_any_kind_leaves_the_kind_open(editor: Client) -> None:
    assert editor.get(new(item_of(launched(), 2))).context["form"]["type"].value() == ""


def test_what_is_saved_counts_for_the_item(editor: Client) -> None:
    item = item_of(launched(), 2)

    answer = editor.post(new(item), typed(item))

    assert answer.status_code == 302
    assert list(Activity.objects.latest("pk").shares.values_list("item_id", flat=True)) == [item.pk]
    page = editor.get(f"/campaigns/{item.campaign_id}/branches/{named(BRANCH).pk}/").content.decode()
    assert "登记活动时选了算入这一项" in page


def test_without_the_tick_it_counts_by_its_kind_alone(editor: Client) -> None:
    item = item_of(launched(), 2)

    editor.post(new(item), typed(item, items=[]))

    assert not Activity.objects.latest("pk").shares.exists()


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"held_on": "2022-04-30"}, "“四个一”主题活动”是 2022-05-01 至 2022-06-30的活动，2022-04-30不在里面"),
    ({"held_on": "2022-07-01"}, "2022-07-01不在里面"),
    ({"hosts": [OTHER]}, "没有要求这里写的主办单位参加"),
])
def test_what_cannot_count_is_refused_in_plain_words(editor: Client, changes: dict[str, Any], sentence: str) -> None:
    item = item_of(launched(), 2)

    answer = editor.post(new(item), typed(item, **changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("day", ["2022-05-01", "2022-06-30"])
def test_first_and_last_day_of_the_campaign_count(editor: Client, day: str) -> None:
    item = item_of(launched(), 2)

    assert editor.post(new(item), typed(item, held_on=day)).status_code == 302


def test_the_item_stays_ticked_while_the_form_is_shown_again(editor: Client) -> None:
    item = item_of(launched(), 2)

    form = editor.post(new(item), typed(item, do="show")).context["form"]

    assert [str(one) for one in form["items"].value()] == [str(item.pk)]


def test_an_item_next_door_does_not_exist(as_role: AsRole) -> None:
    item = item_of(launched(by=neighbour(), target="临江市茶叶商会党支部"), 1)

    assert as_role(Role.SECRETARY).get(new(item)).status_code == 404


def test_no_item_asked_for_leaves_the_form_as_it_was(editor: Client) -> None:
    assert "items" not in editor.get("/activities/new/").context["form"].fields


def test_a_talk_is_recorded_in_its_own_form(editor: Client) -> None:
    campaign = launched()

    page = editor.get(f"/campaigns/{campaign.pk}/branches/{named(BRANCH).pk}/").content.decode()

    assert f"/activities/talks/new/?unit={named(BRANCH).pk}" in page
    assert f"item={item_of(campaign, 3).pk}" not in page
