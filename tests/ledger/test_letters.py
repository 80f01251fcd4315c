"""Letters of introduction (REL-04 to REL-07): numbers, validity, return slips, explanations; each limit the day before, on, after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shanghui.access.models import AuditEntry
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.integrity import CHECKS, run
from shanghui.ledger.people.models import (
    AffiliationKind,
    Category,
    MembershipRecord,
    StandingKind,
    Transfer,
    TransferState,
)
from shanghui.ledger.people.operations import (
    accept_letter,
    affiliate,
    issue_letter,
    letter_answered,
    send_back,
    set_standing,
    void_letter,
)
from shanghui.ledger.people.operations.letters import written_number
from shanghui.ledger.people.transferring import left_by_letter, letter_writers, next_number
from tests.ledger.transferred import (
    ACT,
    BRANCH,
    COMMITTEE,
    DAY,
    JULY,
    JUNE,
    NEXT_DOOR,
    OUTSIDE,
    homes,
    letter,
    letter_in,
    member,
    organization,
    stranger,
)
from tests.worked_city import SINCE, TODAY, named

pytestmark = pytest.mark.django_db


# --- out


def test_the_home_is_here_until_the_day_the_other_side_accepted() -> None:
    person = member()
    row = letter(person)

    assert homes(person, TODAY) == [BRANCH]
    letter_answered(transfer=row, accepted_on=JUNE + 9 * DAY, answered_on=JULY, **ACT)
    assert [homes(person, JUNE + n * DAY) for n in (8, 9)] == [[BRANCH], []]
    assert MembershipRecord.objects.get(person=person).valid_to == JUNE + 9 * DAY
    assert left_by_letter(person.pk) == row


def test_who_goes_on_with_dual_life_here_stays_a_member_with_his_home_outside() -> None:
    person = member()
    affiliate(person=person, organization=organization(NEXT_DOOR), kind=AffiliationKind.DUAL, since=SINCE, **ACT)
    letter_answered(transfer=letter(person), accepted_on=JULY, answered_on=JULY, **ACT)

    assert MembershipRecord.objects.get(person=person).valid_to is None
    assert run(TODAY, [check for check in CHECKS if check.name == "members.without_home"])[0][1] == []


@pytest.mark.parametrize(("days", "said"), [(0, "最长 90 天"), (1, ""), (90, ""), (91, "最长 90 天")])
def test_a_letter_is_good_for_one_to_ninety_days(days: int, said: str) -> None:
    if said:
        with pytest.raises(Refused, match=said):
            letter(member(), days=days)
        return
    assert letter(member(), days=days).due_on == JUNE + timedelta(days=days)


@pytest.mark.parametrize(("after", "explained", "taken"), [(29, "", True), (30, "", True), (31, "", False), (31, "对方搬迁，材料迟到", True)])
def test_a_letter_used_after_its_last_day_wants_an_explanation(after: int, explained: str, taken: bool) -> None:
    row, on = letter(member()), JUNE + after * DAY

    if taken:
        letter_answered(transfer=row, accepted_on=on, answered_on=on, explanation=explained, **ACT)
        row.refresh_from_db()
        assert row.state == TransferState.RECEIVED
        return
    with pytest.raises(Refused, match="已经过期"):
        letter_answered(transfer=row, accepted_on=on, answered_on=on, explanation=explained, **ACT)


def test_a_number_is_given_once_a_year() -> None:
    letter(member("方一"), "012")

    with pytest.raises(Refused, match="不能重复"):
        letter(member("方二"), "第12号")
    letter(member("方三"), "12", on=JUNE - timedelta(days=365))
    assert next_number(organization(COMMITTEE).pk, 2022) == 13
    assert [written_number(text) for text in ("第 012 号", "A-7", "")] == ["12", "A-7", ""]


def test_the_number_of_an_office_outside_is_given_once_too() -> None:
    values = {"counterpart": OUTSIDE, "on": JUNE, "number": "3", "valid_days": 30, "longest": 90, "issued_by": "云泽市委组织部", **ACT}
    issue_letter(person=member("方一"), **values)

    with pytest.raises(Refused, match="不能重复"):
        issue_letter(person=member("方二"), **values)


def test_only_a_committee_or_a_named_office_writes_letters() -> None:
    values = {"counterpart": OUTSIDE, "on": JUNE, "number": "3", "valid_days": 30, "longest": 90, **ACT}

    with pytest.raises(Refused, match="不是党委"):
        issue_letter(person=member("方一"), issuer=organization(BRANCH), **values)
    with pytest.raises(Refused, match="由哪个单位开"):
        issue_letter(person=member("方二"), **values)
    with pytest.raises(Refused, match="编号"):
        issue_letter(person=member("方三"), issued_by="云泽市委组织部", **{**values, "number": " "})
    assert [one.unit.name for one in letter_writers(named(BRANCH).pk, TODAY)] == [COMMITTEE]


def test_after_one_that_was_lost_the_next_names_it() -> None:
    person = member()
    first = letter(person)
    with pytest.raises(Refused, match="还在途中"):
        letter(person, "13")
    with pytest.raises(Refused, match="说明以后才能重开"):
        void_letter(transfer=first, on=JULY, explanation=" ", **ACT)
    void_letter(transfer=first, on=JULY, explanation="邮寄途中遗失", **ACT)

    again = letter(person, "13", on=JULY)
    assert again.follows == first
    assert homes(person, TODAY) == [BRANCH]


def test_who_is_not_a_member_gets_no_letter() -> None:
    person = stranger()
    affiliate(person=person, organization=organization(BRANCH), kind=AffiliationKind.CULTIVATED, since=SINCE, **ACT)

    with pytest.raises(Refused, match="还不是党员"):
        letter(person)


def test_a_slip_does_not_come_before_the_acceptance_nor_that_before_the_letter() -> None:
    row = letter(member())

    with pytest.raises(Refused, match="不能早于对方接收"):
        letter_answered(transfer=row, accepted_on=JULY, answered_on=JULY - DAY, **ACT)
    with pytest.raises(Refused, match="不能早于发出日期"):
        letter_answered(transfer=row, accepted_on=JUNE - DAY, answered_on=JULY, **ACT)


def test_a_slip_entered_by_mistake_goes_back_as_one() -> None:
    person = member()
    letter_answered(transfer=letter(person), accepted_on=JULY, answered_on=JULY, **ACT)
    undo([AuditEntry.objects.get(verb="登记介绍信回执")], **ACT)

    assert homes(person, TODAY) == [BRANCH]
    assert MembershipRecord.objects.get(person=person).valid_to is None


# --- in


def test_a_letter_that_came_in_makes_a_home_when_it_is_accepted() -> None:
    person = stranger()
    row = letter_in(person)

    assert homes(person, TODAY) == []
    accept_letter(transfer=row, category=Category.PROBATIONARY, checked_on=JUNE + DAY, on=JULY, **ACT)
    assert [homes(person, day) for day in (JULY - DAY, JULY)] == [[], [BRANCH]]
    assert MembershipRecord.objects.get(person=person).category == Category.PROBATIONARY


def test_accepted_not_before_it_was_checked_and_only_as_a_member() -> None:
    row = letter_in(stranger())

    with pytest.raises(Refused, match="不能早于核对日期"):
        accept_letter(transfer=row, category=Category.FULL, checked_on=JULY, on=JULY - DAY, **ACT)
    with pytest.raises(Refused, match="正式党员或者预备党员"):
        accept_letter(transfer=row, category=Category.ACTIVIST, checked_on=JULY, on=JULY, **ACT)


@pytest.mark.parametrize(("after", "explained", "taken"), [(30, "", True), (31, "", False), (31, "本人住院", True)])
def test_a_letter_that_ran_out_is_accepted_with_an_explanation_only(after: int, explained: str, taken: bool) -> None:
    row, on = letter_in(stranger()), JUNE + after * DAY

    if taken:
        accept_letter(transfer=row, category=Category.FULL, checked_on=on, on=on, explanation=explained, **ACT)
        return
    with pytest.raises(Refused, match="已经过期"):
        accept_letter(transfer=row, category=Category.FULL, checked_on=on, on=on, explanation=explained, **ACT)


def test_who_is_at_home_in_the_platform_comes_without_a_letter() -> None:
    with pytest.raises(Refused, match="平台内的"):
        letter_in(member(where=NEXT_DOOR))


def test_a_letter_is_registered_once_and_again_after_it_was_sent_back() -> None:
    row = letter_in(stranger("方一"))
    with pytest.raises(Refused, match="已经登记过"):
        letter_in(stranger("方二"))
    send_back(transfer=row, on=JULY, reason="印章不清", **ACT)

    letter_in(row.person)


def test_out_and_in_again_with_a_new_record() -> None:
    person = member()
    letter_answered(transfer=letter(person), accepted_on=JUNE + DAY, answered_on=JULY, **ACT)
    accept_letter(transfer=letter_in(person, on=JUNE + 2 * DAY), category=Category.FULL, checked_on=JULY, on=JULY, **ACT)

    assert [homes(person, day) for day in (JUNE, JUNE + DAY, JULY)] == [[BRANCH], [], [BRANCH]]
    assert MembershipRecord.objects.filter(person=person).count() == 2
    assert left_by_letter(person.pk) is None


def test_the_database_refuses_two_ends_or_none() -> None:
    row = letter(member())

    for wrong in ({"target": organization(NEXT_DOOR)}, {"source": None}, {"state": "received"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.filter(pk=row.pk).update(**wrong)


# --- what became of the person


def test_no_letter_brings_in_who_has_died_or_left() -> None:
    decided: dict[str, Any] = {"decided_by": "支部党员大会", "decided_on": JUNE, "approved_by": COMMITTEE}
    dead, removed = member(), member("方远")
    set_standing(person=dead, kind=StandingKind.DIED, since=JUNE, **ACT)
    set_standing(person=removed, kind=StandingKind.REMOVED, since=JUNE, **decided, **ACT)

    with pytest.raises(Refused, match="去世"):
        letter_in(dead, number="8")
    with pytest.raises(Refused, match="先登记为入党申请人"):
        accept_letter(transfer=letter_in(removed), category=Category.FULL, checked_on=JULY, on=JULY, explanation="迟到", **ACT)


def test_a_letter_that_is_out_is_void_when_the_person_dies() -> None:
    row = letter(member())
    set_standing(person=row.person, kind=StandingKind.DIED, since=JUNE + DAY, **ACT)

    row.refresh_from_db()
    assert (row.state, row.closed_on) == (TransferState.VOID, JUNE + DAY)
    with pytest.raises(Refused, match="已作废"):
        letter_answered(transfer=row, accepted_on=JULY, answered_on=JULY, **ACT)
