"""Holding an activity together across parts of the tree: nothing counts for the other side before it answers (M12, M21)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shanghui.access.models import AuditEntry
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.inviting import may_be_invited
from shanghui.ledger.activities.models import Activity, ActivityType, Invitation, Occasion
from shanghui.ledger.activities.operations import (
    accept_invitation,
    change_activity,
    decline_invitation,
    invite,
    record_activity,
    remove_activity,
    withdraw_invitation,
)
from shanghui.ledger.organizations.models import Alliance, Chamber, Coverage, Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization
from tests.worked_city import AT, BRANCH, HALF_YEAR, SINCE, TODAY, city, named, neighbour

pytestmark = pytest.mark.django_db
OTHER, NEXT_DOOR = "云泽市餐饮业商会党支部", "临江市茶叶商会党支部"


def held(**more: Any) -> Activity:
    values = {"type": ActivityType.THEME_DAY, "held_on": HALF_YEAR, "title": "联合主题党日", "minutes": "学习。", "present": 12}
    return record_activity(hosts=[named(BRANCH)], by=None, at=AT, **values | more)


def asked(activity: Activity, name: str = OTHER) -> Invitation:
    return invite(activity=activity, unit=named(name), on=TODAY, by=None, at=AT)


def near(activity: Activity) -> set[str]:
    return set(may_be_invited(activity, [named(BRANCH).pk], TODAY).values_list("name", flat=True))


def counted(name: str) -> int:
    return Occasion.objects.filter(unit=named(name), activity__title="联合主题党日").count()


# --- the answer


def test_nothing_counts_before_the_answer_and_everything_after_it() -> None:
    activity = held()
    invitation = asked(activity)
    assert (counted(BRANCH), counted(OTHER)) == (1, 0)
    assert not activity.hosts.filter(unit=named(OTHER)).exists()

    accept_invitation(invitation=invitation, on=TODAY, by=None, at=AT)

    assert (counted(BRANCH), counted(OTHER)) == (1, 1)
    assert Activity.objects.filter(title="联合主题党日").count() == 1
    assert AuditEntry.objects.latest("pk").unit == named(OTHER)


def test_one_that_does_not_take_part_is_no_host_and_may_be_asked_again() -> None:
    activity = held()

    decline_invitation(invitation=asked(activity), on=TODAY, by=None, at=AT)

    assert (counted(OTHER), activity.hosts.count()) == (0, 1)
    assert asked(activity).answered_on is None


def test_an_answer_is_given_once() -> None:
    invitation = asked(held())
    accept_invitation(invitation=invitation, on=TODAY, by=None, at=AT)

    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(Refused, match="已经答复过"):
            answer(invitation=invitation, on=TODAY, by=None, at=AT)
    with pytest.raises(Refused, match="已经答复过"):
        withdraw_invitation(invitation=invitation, by=None, at=AT)


def test_one_that_was_taken_back_is_not_answered() -> None:
    activity = held()
    invitation = asked(activity)
    stale = Invitation.objects.get(pk=invitation.pk)
    withdraw_invitation(invitation=invitation, by=None, at=AT)

    with pytest.raises(Refused, match="收回"):
        accept_invitation(invitation=stale, on=TODAY, by=None, at=AT)
    assert counted(OTHER) == 0


def test_whoever_entered_the_same_by_himself_is_told_when_he_accepts_and_not_to_the_other_side() -> None:
    activity = held()
    record_activity(type=ActivityType.THEME_DAY, held_on=HALF_YEAR, title="联合主题党日", hosts=[named(OTHER)], by=None, at=AT)
    invitation = asked(activity)

    with pytest.raises(Refused, match="已登记过"):
        accept_invitation(invitation=invitation, on=TODAY, by=None, at=AT)
    assert Invitation.objects.get(pk=invitation.pk).answered_on is None


def test_a_change_by_the_first_host_keeps_the_second() -> None:
    activity = held()
    accept_invitation(invitation=asked(activity), on=TODAY, by=None, at=AT)

    hosts = [host.unit for host in activity.hosts.select_related("unit")]
    change_activity(activity=activity, hosts=hosts, by=None, at=AT, held_on=HALF_YEAR - timedelta(days=40))

    assert Occasion.objects.get(unit=named(OTHER), activity=activity).held_on == date(2022, 5, 21)


def test_it_goes_with_its_activity() -> None:
    activity = held()
    asked(activity)

    remove_activity(activity=activity, reason="重复", by=None, at=AT)

    assert not Invitation.objects.exists()


# --- what is refused


def test_a_host_or_one_asked_already_is_not_asked() -> None:
    activity = held()
    asked(activity)

    with pytest.raises(Refused, match="已经邀请过"):
        asked(activity)
    with pytest.raises(Refused, match="已经是主办单位"):
        asked(activity, BRANCH)


def test_only_a_party_organization_that_was_there_is_asked() -> None:
    with pytest.raises(Refused, match="不是党组织"):
        asked(held(), "云泽市汽配机电商会")
    with pytest.raises(Refused, match="还没有成立"):
        asked(held(title="早年", held_on=SINCE - timedelta(days=1)), NEXT_DOOR)


def test_nobody_is_asked_to_a_talk() -> None:
    talk = held(type=ActivityType.TALK, title="谈心谈话", minutes="", present=2)

    with pytest.raises(Refused, match="谈心谈话"):
        asked(talk)


def test_an_answer_without_a_word_cannot_be_stored() -> None:
    row = asked(held())

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=row.pk).update(answered_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(activity=row.activity, unit=row.unit, invited_on=TODAY)


# --- who is near


def test_organizations_of_the_same_committee_are_near_and_those_next_door_are_not() -> None:
    assert OTHER in near(held())
    assert NEXT_DOOR not in near(held(title="另一次"))
    assert BRANCH not in near(held(title="再一次"))


def test_members_of_an_alliance_and_whoever_covers_one_are_near() -> None:
    alliance = Alliance.objects.create(name="产业链党建联盟", kept_by=city(), valid_from=SINCE)
    for name in ("云泽市汽配机电商会", "临江市茶叶商会"):
        alliance.members.create(unit=named(name), valid_from=SINCE)

    assert NEXT_DOOR in near(held())

    alliance.members.update(valid_to=TODAY)
    assert NEXT_DOOR not in near(held(title="散了以后"))


def test_whoever_covers_the_same_chamber_is_near() -> None:
    chamber = Chamber.objects.get(unit__name="云泽市汽配机电商会")
    organization = PartyOrganization.objects.get(unit__name=NEXT_DOOR)
    Coverage.objects.create(chamber=chamber, organization=organization, form=Form.ATTACHED, valid_from=SINCE)

    assert NEXT_DOOR in near(held())


def test_one_that_is_dissolved_holds_or_was_asked_is_not_offered() -> None:
    activity = held()
    made = found_organization(
        name="云泽市新兴商会党支部", kind=OrganizationKind.BRANCH, form=Form.OWN, under=neighbour(), since=SINCE, by=None, at=AT,
        party_parent=PartyOrganization.objects.get(unit__name="云泽市商会行业党委"), covers=[],
    )
    assert "云泽市新兴商会党支部" in near(activity)

    made.periods.update(valid_to=TODAY)
    asked(activity)

    assert not {"云泽市新兴商会党支部", OTHER, BRANCH} & near(activity)
