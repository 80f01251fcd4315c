"""Alliances, pairings and projects: founded, changed, ended, each with its way back; and what an activity is linked to."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.models import AuditEntry
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.operations import record_activity, remove_activity
from shanghui.ledger.organizations.models import Alliance, AllianceMember, Pairing, PartnerKind
from shanghui.ledger.organizations.operations import (
    change_alliance,
    change_pairing,
    end_alliance,
    end_pairing,
    found_alliance,
    join_alliance,
    leave_alliance,
    pair,
    take_chair,
)
from shanghui.ledger.programs.models import ActivityProject, SecretaryProject
from shanghui.ledger.programs.operations import change_project, close_project, link_activity, open_project
from tests.worked_city import AT, BRANCH, CHAMBER, SINCE, TODAY, city, named

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"


def found() -> Alliance:
    return found_alliance(name="产业链党建联盟", kept_by=city(), since=SINCE, members=[named(BRANCH), named(OTHER)], by=None, at=AT)


def paired(until: date | None = None, since: date = SINCE) -> Pairing:
    return pair(unit=named(BRANCH), partner="某律师事务所", partner_kind=PartnerKind.LAW_FIRM, since=since, until=until, by=None, at=AT)


def chair(row: Alliance, day: date) -> list[str]:
    return list(AllianceMember.objects.on(day).filter(alliance=row, is_chair=True).values_list("unit__name", flat=True))


def take_back() -> None:
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)


def test_an_alliance_has_two_members_at_least_and_its_name_once() -> None:
    with pytest.raises(Refused, match="两个成员"):
        found_alliance(name="独", kept_by=city(), since=SINCE, members=[named(BRANCH)], by=None, at=AT)
    found()

    with pytest.raises(Refused, match="已有"):
        found()
    take_back()
    assert not Alliance.objects.exists()


def test_the_chair_rotates_and_who_held_it_stays_a_member() -> None:
    row = found()
    take_chair(alliance=row, unit=named(BRANCH), since=SINCE, by=None, at=AT)
    take_chair(alliance=row, unit=named(OTHER), since=TODAY, by=None, at=AT)

    assert chair(row, date(2022, 7, 7)) == [BRANCH]
    assert chair(row, TODAY) == [OTHER]
    assert AllianceMember.objects.on(TODAY).filter(alliance=row).count() == 2
    take_back()
    assert chair(row, TODAY) == [BRANCH]
    with pytest.raises(Refused, match="不是成员"):
        take_chair(alliance=row, unit=named(CHAMBER), since=TODAY, by=None, at=AT)


def test_members_join_and_leave_and_all_leave_when_it_ends() -> None:
    row = found()
    with pytest.raises(Refused, match="还没有成立"):
        join_alliance(alliance=row, unit=named(CHAMBER), since=date(2019, 12, 31), by=None, at=AT)
    member = join_alliance(alliance=row, unit=named(CHAMBER), since=date(2022, 1, 1), by=None, at=AT)
    with pytest.raises(Refused, match="已经是成员"):
        join_alliance(alliance=row, unit=named(CHAMBER), since=TODAY, by=None, at=AT)

    leave_alliance(member=member, on=date(2022, 6, 1), reason="退出", by=None, at=AT)
    assert change_alliance(alliance=row, by=None, at=AT, charter="每季一次")
    end_alliance(alliance=row, on=TODAY, reason="期满", by=None, at=AT)

    assert AllianceMember.objects.on(TODAY).count() == 0
    take_back()
    assert AllianceMember.objects.on(TODAY).count() == 2


def test_one_pairing_with_a_partner_at_a_time_prolonged_and_ended() -> None:
    row = paired(until=date(2022, 9, 1))
    with pytest.raises(Refused, match="已经结对"):
        paired()
    with pytest.raises(Refused, match="早于"):
        change_pairing(pairing=row, by=None, at=AT, valid_to=SINCE)

    assert paired(since=date(2022, 9, 1)).pk
    take_back()
    assert change_pairing(pairing=row, by=None, at=AT, valid_to=date(2023, 9, 1))
    end_pairing(pairing=row, on=TODAY, reason="对方撤并", by=None, at=AT)
    take_back()
    row.refresh_from_db()
    assert row.valid_to == date(2023, 9, 1)


def test_a_chamber_is_not_paired_and_has_no_project() -> None:
    with pytest.raises(Refused, match="不是党组织"):
        pair(unit=named(CHAMBER), partner="某银行", partner_kind=PartnerKind.BANK, since=SINCE, until=None, by=None, at=AT)
    with pytest.raises(Refused, match="不是党组织"):
        open_project(unit=named(CHAMBER), year=2022, title="助企", by=None, at=AT)


def test_one_project_a_year_closed_with_its_result() -> None:
    row = open_project(unit=named(BRANCH), year=2022, title="助企服务", by=None, at=AT)
    with pytest.raises(Refused, match="一年一个"):
        open_project(unit=named(BRANCH), year=2022, title="再来一个", by=None, at=AT)
    with pytest.raises(Refused, match="请写明结果"):
        close_project(project=row, on=TODAY, result=" ", by=None, at=AT)

    assert change_project(project=row, by=None, at=AT, goal="走访 30 家")
    close_project(project=row, on=TODAY, result="走访 32 家", by=None, at=AT)
    with pytest.raises(Refused, match="结项"):
        close_project(project=row, on=TODAY, result="又", by=None, at=AT)
    take_back()
    assert SecretaryProject.objects.get().closed_on is None


def test_links_are_one_act_and_come_back_with_a_removed_activity() -> None:
    project = open_project(unit=named(BRANCH), year=2022, title="助企服务", by=None, at=AT)
    alliance, pairing = found(), paired()
    held = record_activity(type=ActivityType.OTHER, held_on=TODAY, title="法律进商会", hosts=[named(BRANCH)], by=None, at=AT)
    wanted = {"items": [], "alliances": [alliance.pk], "pairings": [pairing.pk], "projects": [project.pk]}

    assert link_activity(activity=held, host=named(BRANCH), by=None, at=AT, **wanted)
    assert not link_activity(activity=held, host=named(BRANCH), by=None, at=AT, **wanted)
    remove_activity(activity=held, reason="误记", by=None, at=AT)
    assert not ActivityProject.objects.exists()
    take_back()

    again = Activity.objects.get(title="法律进商会")
    assert (again.project_links.count(), again.alliance_links.count(), again.pairing_links.count()) == (1, 1, 1)
    undo([AuditEntry.objects.filter(verb="活动算入").latest("pk")], by=None, at=AT)
    assert not ActivityProject.objects.exists()
