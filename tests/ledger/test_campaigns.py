"""Campaigns: launched, changed, ended, withdrawn; and where each organization stands, from the activities themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shanghui.access.acts import Act
from shanghui.access.models import AuditEntry, Axis, Link, Reach, Role, Unit, UnitKind
from shanghui.access.scope import scope_of, whole
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.campaign_states import Cell, State, campaign_items_for, standing, standings
from shanghui.ledger.activities.models import Activity, ActivityType, Campaign, CampaignItem, CampaignTarget
from shanghui.ledger.activities.operations import (
    Asked,
    Parts,
    change_campaign,
    end_campaign,
    launch_campaign,
    record_activity,
    withdraw_campaign,
)
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.organizations.operations import dissolve_organization
from tests.worked_city import AT, BRANCH, HALF_YEAR, TODAY, city, named, user

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"
SINCE, LAST, UNTIL = date(2022, 5, 1), date(2022, 8, 31), date(2022, 9, 1)
CLASS = Asked("一次党课", HALF_YEAR, "party_class")
VISIT = Asked("一次走访", LAST, "visit")


def launch(items: Any = (CLASS, VISIT), targets: Any = None, **changes: Any) -> Campaign:
    values: dict[str, Any] = {"title": "四个一", "since": SINCE, "until": UNTIL} | changes
    return launch_campaign(launched_by=city(), items=items, targets=targets or [named(BRANCH), named(OTHER)], by=None, at=AT, **values)


def hold(*hosts: str, type: ActivityType = ActivityType.PARTY_CLASS, held_on: date = date(2022, 6, 20), **more: Any) -> Activity:
    values: dict[str, Any] = {"present": 12, "minutes": "讲了第一课。", "title": f"{type.label}{held_on}"} | more
    return record_activity(type=type, held_on=held_on, hosts=[named(one) for one in hosts or (BRANCH,)], by=None, at=AT, **values)


def cell(campaign: Campaign, place: int = 0, day: date = TODAY, name: str = BRANCH) -> Cell:
    row = next(one for one in standing(campaign, whole(day), day).rows if one.unit.name == name)
    return row.cells[place]


# --- launching and what becomes of it


def test_a_campaign_stands_with_its_items_and_targets_and_can_be_taken_back() -> None:
    made = launch(document="云委教发〔2022〕3号")

    assert [item.title for item in made.items.all()] == ["一次党课", "一次走访"]
    assert {target.unit.name for target in made.targets.all()} == {BRANCH, OTHER}
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert not Campaign.objects.exists()
    assert not CampaignTarget.objects.exists()


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"until": SINCE}, "结束日期早于开始日期"),
    ({"items": ()}, "至少写一项"),
    ({"items": [Asked("一次党课", UNTIL)]}, "不在活动期间"),
    ({"items": [Asked("一次党课", date(2022, 4, 30))]}, "不在活动期间"),
])
def test_what_cannot_be_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        launch(**changes)


def test_the_first_and_the_last_day_are_within() -> None:
    assert launch(items=[Asked("头一天", SINCE), Asked("末一天", LAST)]).items.count() == 2


def test_only_organizations_in_being_are_asked() -> None:
    dissolve_organization(organization=PartyOrganization.objects.get(unit__name=OTHER), on=TODAY, by=None, at=AT, reason="撤销")

    with pytest.raises(Refused, match="已经撤销"):
        launch()
    with pytest.raises(Refused, match="不是党组织"):
        launch(targets=[city()])


def test_the_same_campaign_is_not_launched_twice() -> None:
    launch()

    with pytest.raises(Refused, match="已经发起过"):
        launch()


def changed(made: Campaign, **changes: Any) -> bool:
    standing = [Asked(one.title, one.due_on, one.type, one.needed, one.pk) for one in made.items.all()]
    values = {"items": standing, "targets": [named(BRANCH), named(OTHER)], "since": SINCE, "until": UNTIL} | changes
    return change_campaign(campaign=made, by=None, at=AT, **values)


def test_items_and_targets_are_changed_in_place() -> None:
    made = launch()
    first = made.items.first()
    assert first is not None

    assert not changed(made)
    assert changed(made, items=[Asked("两次党课", LAST, "party_class", 2, first.pk)], targets=[named(BRANCH)])

    assert list(made.items.values_list("pk", "title", "needed")) == [(first.pk, "两次党课", 2)]
    assert made.targets.count() == 1
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert made.items.count() == 2
    assert made.targets.count() == 2


def test_an_item_of_which_activities_are_on_record_does_not_go() -> None:
    made = launch()
    hold(parts=Parts(items=list(made.items.all()[:1])))

    with pytest.raises(Refused, match="不能去掉"):
        changed(made, items=[VISIT])
    with pytest.raises(Refused, match="改为提前结束"):
        withdraw_campaign(campaign=made, reason="重复", by=None, at=AT)


def test_one_launched_by_mistake_is_withdrawn_with_a_reason_and_comes_back() -> None:
    made = launch()
    with pytest.raises(Refused, match="原因"):
        withdraw_campaign(campaign=made, reason=" ", by=None, at=AT)

    withdraw_campaign(campaign=made, reason="发错了", by=None, at=AT)

    assert not CampaignItem.objects.exists()
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert Campaign.objects.get().items.count() == 2


def test_after_an_early_end_what_was_due_later_is_asked_of_nobody() -> None:
    made = launch()
    with pytest.raises(Refused, match="不能早于"):
        end_campaign(campaign=made, on=SINCE, reason="不开展了", by=None, at=AT)

    end_campaign(campaign=made, on=date(2022, 7, 1), reason="并入主题教育", by=None, at=AT)

    assert cell(made, 1).state == State.DROPPED
    assert cell(made, 0).state == State.LATE


# --- where each stands


def test_a_complete_activity_of_the_type_counts_by_itself() -> None:
    made = launch()
    held = hold()

    found = cell(made)

    assert (found.state, found.done_on) == (State.DONE, held.held_on)
    assert [(one.activity, one.chosen) for one in found.counted] == [(held.pk, False)]
    assert cell(made, name=OTHER).state == State.LATE


def test_what_is_not_complete_or_outside_the_campaign_does_not_count_by_itself() -> None:
    made = launch()
    hold(minutes="", title="没有记录")
    hold(held_on=date(2022, 4, 30))

    assert cell(made).counted == ()


def test_an_activity_of_another_type_counts_when_it_was_chosen() -> None:
    made = launch()
    held = hold(type=ActivityType.THEME_DAY, parts=Parts(items=list(made.items.all()[:1])))

    assert [(one.activity, one.chosen) for one in cell(made).counted] == [(held.pk, True)]


def test_what_was_chosen_counts_only_when_it_is_complete() -> None:
    made = launch()
    hold(type=ActivityType.THEME_DAY, minutes="", parts=Parts(items=list(made.items.all()[:1])))

    assert cell(made).counted == ()


def test_chosen_and_of_the_type_counts_once() -> None:
    made = launch(items=[Asked("两次党课", LAST, "party_class", 2)])
    hold(parts=Parts(items=list(made.items.all())))

    found = cell(made)

    assert (len(found.counted), found.missing, found.state) == (1, 1, State.OPEN)


def test_of_two_items_of_one_type_the_first_is_filled_first_and_a_choice_decides() -> None:
    made = launch(items=[Asked("廉政党课", LAST, "party_class"), Asked("安全党课", LAST, "party_class")])
    first = hold()
    assert [one.activity for one in cell(made, 0).counted] == [first.pk]
    assert cell(made, 1).counted == ()

    second = hold(held_on=date(2022, 7, 1), parts=Parts(items=list(made.items.all()[:1])))

    assert [one.activity for one in cell(made, 0).counted] == [second.pk]
    assert [one.activity for one in cell(made, 1).counted] == [first.pk]


def test_a_joint_activity_counts_for_every_host_that_is_asked() -> None:
    made = launch()
    held = hold(BRANCH, OTHER)
    chosen = hold(BRANCH, OTHER, type=ActivityType.OTHER, parts=Parts(items=list(made.items.all()[1:])))

    for name in (BRANCH, OTHER):
        assert [one.activity for one in cell(made, 0, name=name).counted] == [held.pk]
        assert [one.activity for one in cell(made, 1, name=name).counted] == [chosen.pk]


@pytest.mark.parametrize(("day", "state"), [
    (date(2022, 6, 29), State.OPEN), (HALF_YEAR, State.OPEN), (date(2022, 7, 1), State.LATE), (date(2022, 7, 4), State.LATE),
    (date(2022, 7, 5), State.DONE),
])
def test_the_days_around_the_due_day(day: date, state: State) -> None:
    made = launch()
    hold(held_on=date(2022, 7, 5))

    assert cell(made, day=day).state == state


def test_a_secretary_sees_his_own_row_and_the_office_all_in_the_order_of_names() -> None:
    made = launch()

    own = standing(made, scope_of(user(Role.SECRETARY), Act.LEDGER_VIEW, today=TODAY), TODAY)
    office = standing(made, scope_of(user(Role.EDITOR), Act.LEDGER_VIEW, today=TODAY), TODAY)

    assert [row.unit.name for row in own.rows] == [BRANCH]
    assert [row.unit.name for row in office.rows] == sorted([BRANCH, OTHER])


def test_items_are_offered_to_those_asked_while_the_campaign_runs() -> None:
    made = launch(targets=[named(BRANCH)])
    offered = list(made.items.all())

    assert list(campaign_items_for([named(BRANCH).pk], SINCE)) == offered
    assert list(campaign_items_for([named(BRANCH).pk], LAST)) == offered
    assert list(campaign_items_for([named(BRANCH).pk], UNTIL)) == []
    assert list(campaign_items_for([named(OTHER).pk], TODAY)) == []


def test_two_hundred_branches_in_two_campaigns_take_four_questions(django_assert_num_queries: Any) -> None:
    campaigns = [launch(), launch(title="一支部一特色", items=[Asked("一次交流", LAST, "joint_learning")])]
    units = Unit.objects.bulk_create([Unit(kind=UnitKind.ORGANIZATION, name=f"第{n:03}支部") for n in range(200)])
    Link.objects.bulk_create([Link(axis=Axis.SUPERVISION, child=one, parent=city(), valid_from=SINCE) for one in units])
    Reach.objects.bulk_create([
        Reach(axis=Axis.SUPERVISION, above=city(), below=one, depth=1, valid_from=SINCE) for one in units
    ])
    CampaignTarget.objects.bulk_create([CampaignTarget(campaign=each, unit=one) for each in campaigns for one in units])
    scope = scope_of(user(Role.EDITOR), Act.LEDGER_VIEW, today=TODAY)

    with django_assert_num_queries(4):
        found = standings(campaigns, scope, TODAY)

    assert [len(found[one.pk].rows) for one in campaigns] == [202, 202]
