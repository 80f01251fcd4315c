"""What ends with a party organization or a chamber: posts, guides, pairings, places in alliances, access; taken back together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role, Seat
from shanghui.access.undo import undo
from shanghui.cases.file import file_of
from shanghui.cases.models import State
from shanghui.cases.operations import take_back
from shanghui.cases.registry import kinds
from shanghui.ledger.organizations.models import (
    AllianceMember,
    Chamber,
    ChamberStatus,
    OrganizationPeriod,
    Pairing,
    PartnerKind,
    PartyOrganization,
)
from shanghui.ledger.organizations.operations import found_alliance, pair
from shanghui.ledger.people.models import Appointment, GuideAssignment, Person
from shanghui.ledger.people.operations import assign_guide, close_chamber, close_organization, ends_with_organization
from shanghui.reports.operations import compile_report, freeze
from tests.cases.test_dissolution import dissolved, opened, placed
from tests.web.somebody import OTHER
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, SINCE, TODAY, UNCOVERED, city, named, seat

pytestmark = pytest.mark.django_db
AUGUST = date(2022, 8, 1)


def body() -> PartyOrganization:
    return PartyOrganization.objects.select_related("unit").get(unit__name=BRANCH)


@pytest.fixture
def bound() -> PartyOrganization:
    """BRANCH, paired, in an alliance, with a second secretary's seat from July on."""
    one = body()
    pair(unit=one.unit, partner="某律师事务所", partner_kind=PartnerKind.LAW_FIRM, since=SINCE, until=date(2025, 1, 1), by=None, at=AT)
    found_alliance(name="某联盟", kept_by=city(), since=SINCE, members=[one.unit, named(OTHER)], by=None, at=AT)
    late = seat(Role.SECRETARY, one.unit, "late")
    Seat.objects.filter(user=late).update(valid_from=date(2022, 7, 4))
    return one


def left(organization: PartyOrganization, day: date) -> list[int]:
    """How many posts, pairings, places in alliances and seats there are after `day`."""
    still = Q(valid_to=None) | Q(valid_to__gt=day)
    rows: tuple[Any, ...] = (Appointment, Pairing, AllianceMember, Seat)
    return [model.objects.filter(still, unit=organization.unit).count() for model in rows]


def test_with_an_organization_end_posts_pairings_alliances_and_seats_and_come_back_together(bound: PartyOrganization) -> None:
    before = left(bound, AUGUST)
    assert min(before) > 0

    close_organization(organization=bound, on=AUGUST, reason="撤销", by=None, at=AT)

    assert left(bound, AUGUST) == [0, 0, 0, 0]
    assert left(bound, AUGUST - timedelta(days=1)) == before
    assert AllianceMember.objects.on(AUGUST).filter(unit=named(OTHER)).exists()
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert left(bound, AUGUST) == before
    assert OrganizationPeriod.objects.on(AUGUST).filter(organization=bound).exists()


def test_access_given_since_a_backdated_end_does_not_stay(bound: PartyOrganization) -> None:
    close_organization(organization=bound, on=date(2022, 7, 2), reason="撤销", by=None, at=AT)

    assert Seat.objects.get(user__username="late").valid_to == date(2022, 7, 5)
    assert not Seat.objects.on(TODAY).filter(unit=bound.unit).exists()


def test_a_case_says_what_ends_ends_it_and_takes_it_back(bound: PartyOrganization) -> None:
    before, case = left(bound, AUGUST), opened(bound)
    placed(case)
    kind = kinds.get("dissolution")
    assert kind is not None
    said = "".join(kind.consequences(file_of(case, TODAY)))
    for words in ("将同时结束：", "与“某律师事务所”的结对", "在“某联盟”的成员资格", "席位（不能再看这里的台账）"):
        assert words in said

    assert dissolved(case).state == State.DONE
    assert left(bound, AUGUST) == [0, 0, 0, 0]
    take_back(case=case, reason="批错了", on=TODAY, by=None, at=AT)
    assert left(bound, AUGUST) == before


def test_with_a_chamber_end_its_guides_alliances_and_seats() -> None:
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    assert GuideAssignment.objects.on(TODAY).filter(chamber=chamber).exists()
    assert Seat.objects.on(TODAY).filter(unit=chamber.unit).exists()

    close_chamber(chamber=chamber, since=AUGUST, by=None, at=AT)

    assert ChamberStatus.objects.on(AUGUST).get(chamber=chamber).status == "closed"
    for rows in (GuideAssignment.objects.filter(chamber=chamber), Seat.objects.filter(unit=chamber.unit)):
        assert not rows.filter(Q(valid_to=None) | Q(valid_to__gt=AUGUST)).exists()
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert GuideAssignment.objects.on(AUGUST).filter(chamber=chamber).exists()


def test_the_page_lists_what_ends_and_asks_once_more_for_a_day_gone_by(bound: PartyOrganization, editor: Client) -> None:
    report = compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT)
    freeze(report=report, by=None, at=AT)
    url = reverse("organization-dissolve", kwargs={"organization": bound.pk})
    assert "将同时结束：" in editor.get(url).content.decode()

    asked = editor.post(url, {"last_day": "2022-05-31", "reason": "撤销"})
    words = asked.content.decode()
    assert asked.status_code == 422
    assert "已经冻结的报告不会变" in words
    assert "看过了，就这样办" in words
    assert OrganizationPeriod.objects.on(TODAY).filter(organization=bound).exists()

    assert editor.post(url, {"last_day": "2022-05-31", "reason": "撤销", "sure": "on"}).status_code == 302
    assert not OrganizationPeriod.objects.on(date(2022, 6, 1)).filter(organization=bound).exists()


def test_closing_a_chamber_is_asked_once_more_and_any_other_state_is_not(editor: Client) -> None:
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    url = reverse("chamber-status", kwargs={"chamber": chamber.pk})

    asked = editor.post(url, {"status": "closed", "since": "2022-07-08"})
    assert asked.status_code == 422
    assert "将同时结束：指导员" in asked.content.decode()
    assert editor.post(url, {"status": "reelecting", "since": "2022-07-07"}).status_code == 302
    assert editor.post(url, {"status": "closed", "since": "2022-07-08", "sure": "on"}).status_code == 302
    assert not GuideAssignment.objects.on(TODAY).filter(chamber=chamber).exists()


def test_later_records_are_named_and_left(editor: Client) -> None:
    chamber = Chamber.objects.get(unit=named(CHAMBER))
    guide = Person.objects.filter(assignments__isnull=False).first()
    assert guide is not None
    assign_guide(person=guide, chamber=chamber, since=date(2022, 7, 5), by=None, at=AT)
    url = reverse("chamber-status", kwargs={"chamber": chamber.pk})

    words = editor.post(url, {"status": "closed", "since": "2022-07-01"}).content.decode()

    assert "有1条记录在2022年7月1日以后才开始，不会自动结束，请逐条更正：指导员" in words


def test_nothing_is_asked_twice_where_nothing_is_touched(bound: PartyOrganization) -> None:
    assert [one.words for one in ends_with_organization(bound, AUGUST)][-1].endswith("席位（不能再看这里的台账）")
    close_organization(organization=bound, on=AUGUST, reason="撤销", by=None, at=AT)
    assert ends_with_organization(bound, AUGUST) == []
