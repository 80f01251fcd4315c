"""Signing in by a code: off until a branch turns it on, only who is expected, once, and the secretary has the last word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shanghui.access.models import AuditEntry, Role, Unit
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import (
    Activity,
    ActivityType,
    Attendance,
    CodeSignIn,
    Occasion,
    Presence,
    SignInCode,
)
from shanghui.ledger.activities.operations import (
    NotExpected,
    ask_leave,
    change_activity,
    close_code,
    open_code,
    record_activity,
    sign_in,
    turn_off,
    turn_on,
)
from shanghui.ledger.activities.rosters import expected
from shanghui.ledger.activities.signing import CodeState, signing, turnout
from shanghui.ledger.people.models import Person
from tests.worked_city import AT, BRANCH, TODAY, named, user

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"


@pytest.fixture
def branch() -> Unit:
    """A branch that offers signing in by code."""
    turn_on(unit=named(BRANCH), since=TODAY, by=None, at=AT)
    return named(BRANCH)


@pytest.fixture
def meeting(branch: Unit) -> Activity:
    """Today's theme day of the branch."""
    return record_activity(type=ActivityType.THEME_DAY, held_on=TODAY, title="明厨亮灶回头看", hosts=[branch], by=None, at=AT)


@pytest.fixture
def member() -> Person:
    """The member who has an account."""
    return Person.objects.get(user=user(Role.MEMBER))


def state_of_code(token: str) -> CodeState:
    found = signing(token, AT)
    assert found is not None
    return found.state


def state_of(meeting: Activity, person: Person) -> str:
    return Attendance.objects.get(activity=meeting, person=person).state


def test_a_code_freezes_the_roster_and_keeps_only_its_digest(meeting: Activity) -> None:
    token = open_code(activity=meeting, by=None, at=AT)

    code = SignInCode.objects.get(activity=meeting)
    assert token not in code.digest
    assert not AuditEntry.objects.filter(changes__icontains=token).exists()
    assert code.expires_at == AT + timedelta(hours=2)
    assert turnout(meeting).expected == len(expected(ActivityType.THEME_DAY, [named(BRANCH).pk], TODAY))
    assert turnout(meeting).present == 0


def test_a_member_signs_in_once(meeting: Activity, member: Person) -> None:
    token = open_code(activity=meeting, by=None, at=AT)

    for _ in range(2):
        sign_in(token=token, person=member, by=user(Role.MEMBER), at=AT)

    meeting.refresh_from_db()
    assert state_of(meeting, member) == Presence.PRESENT
    assert meeting.present == 1
    assert AuditEntry.objects.filter(verb="扫码签到").count() == 1


def test_the_journal_keeps_the_day_and_not_the_minute(meeting: Activity, member: Person) -> None:
    sign_in(token=open_code(activity=meeting, by=None, at=AT), person=member, by=user(Role.MEMBER), at=AT)

    entry = AuditEntry.objects.get(verb="扫码签到")
    assert entry.at.isoformat() == "2022-07-07T16:00:00+00:00"  # midnight of 8 July in China


def test_leave_is_asked_with_a_reason_and_whoever_comes_after_all_signs_in(meeting: Activity, member: Person) -> None:
    token = open_code(activity=meeting, by=None, at=AT)

    ask_leave(token=token, person=member, reason=" 出差 ", by=user(Role.MEMBER), at=AT)
    row = Attendance.objects.get(activity=meeting, person=member)
    sign_in(token=token, person=member, by=user(Role.MEMBER), at=AT)

    assert (row.state, row.reason) == (Presence.EXCUSED, "出差")
    assert state_of(meeting, member) == Presence.PRESENT
    with pytest.raises(Refused, match="已经签到"):
        ask_leave(token=token, person=member, reason="", by=user(Role.MEMBER), at=AT)


@pytest.mark.parametrize(("later", "opens"), [(timedelta(minutes=119), True), (timedelta(hours=2), False), (timedelta(hours=3), False)])
def test_a_code_expires_by_itself(meeting: Activity, member: Person, later: timedelta, opens: bool) -> None:
    token = open_code(activity=meeting, by=None, at=AT)

    if opens:
        sign_in(token=token, person=member, by=user(Role.MEMBER), at=AT + later)
    else:
        with pytest.raises(Refused, match="不能用了"):
            sign_in(token=token, person=member, by=user(Role.MEMBER), at=AT + later)


def test_another_code_closes_the_old_one_and_what_was_signed_stays(meeting: Activity, member: Person) -> None:
    old = open_code(activity=meeting, by=None, at=AT)
    sign_in(token=old, person=member, by=user(Role.MEMBER), at=AT)

    new = open_code(activity=meeting, by=None, at=AT)

    assert [state_of_code(old), state_of_code(new)] == [CodeState.CLOSED, CodeState.OPEN]
    assert turnout(meeting).present == 1
    close_code(activity=meeting, by=None, at=AT)
    assert state_of_code(new) == CodeState.CLOSED


def test_a_branch_that_turned_it_off_has_no_codes(meeting: Activity, member: Person) -> None:
    token = open_code(activity=meeting, by=None, at=AT)

    turn_off(unit=named(BRANCH), on=TODAY, by=None, at=AT)

    assert state_of_code(token) == CodeState.TURNED_OFF
    with pytest.raises(Refused):
        sign_in(token=token, person=member, by=user(Role.MEMBER), at=AT)
    with pytest.raises(Refused, match="没有启用"):
        open_code(activity=meeting, by=None, at=AT)


def test_turning_on_and_off_is_dated_and_journaled(branch: Unit) -> None:
    turn_on(unit=branch, since=TODAY, by=None, at=AT)
    turn_off(unit=branch, on=TODAY + timedelta(days=3), by=None, at=AT)
    turn_on(unit=branch, since=TODAY + timedelta(days=3), by=None, at=AT)

    assert CodeSignIn.objects.filter(unit=branch).count() == 2
    assert AuditEntry.objects.filter(verb__endswith="用扫码签到", subject_id=branch.pk).count() == 3


def test_who_is_not_expected_cannot_sign_in(meeting: Activity) -> None:
    stranger = Person.objects.get(name="方临江")
    token = open_code(activity=meeting, by=None, at=AT)

    with pytest.raises(NotExpected):
        sign_in(token=token, person=stranger, by=user(Role.SECRETARY), at=AT)
    assert not Attendance.objects.filter(activity=meeting, person=stranger).exists()


def test_members_of_a_host_that_does_not_offer_it_are_ticked_by_their_secretary(branch: Unit) -> None:
    joint = record_activity(type=ActivityType.THEME_DAY, held_on=TODAY, title="联学", hosts=[branch, named(OTHER)], by=None, at=AT)
    token = open_code(activity=joint, by=None, at=AT)
    guest = Attendance.objects.filter(activity=joint, unit=named(OTHER)).first()
    assert guest is not None

    with pytest.raises(Refused, match="没有启用扫码签到"):
        sign_in(token=token, person=guest.person, by=user(Role.MEMBER), at=AT)


def test_only_today_and_at_most_twelve_hours(branch: Unit, meeting: Activity) -> None:
    past = record_activity(type=ActivityType.THEME_DAY, held_on=TODAY - timedelta(days=1), title="昨天", hosts=[branch], by=None, at=AT)

    with pytest.raises(Refused, match="今天"):
        open_code(activity=past, by=None, at=AT)
    for hours in (0, 13):
        with pytest.raises(Refused, match="12 小时"):
            open_code(activity=meeting, by=None, at=AT, hours=hours)


def test_the_secretary_finishes_what_the_code_began(meeting: Activity, member: Person) -> None:
    sign_in(token=open_code(activity=meeting, by=None, at=AT), person=member, by=user(Role.MEMBER), at=AT)
    meeting.refresh_from_db()
    assert not Occasion.objects.filter(activity=meeting).exists()

    change_activity(activity=meeting, hosts=[named(BRANCH)], minutes="看了三家后厨。", by=None, at=AT)

    assert list(Occasion.objects.filter(activity=meeting).values_list("type", flat=True)) == ["theme_day"]


def test_a_sign_in_after_the_minutes_makes_it_count(meeting: Activity, member: Person) -> None:
    token = open_code(activity=meeting, by=None, at=AT)
    meeting.refresh_from_db()
    change_activity(activity=meeting, hosts=[named(BRANCH)], minutes="看了三家后厨。", by=None, at=AT)
    assert not Occasion.objects.filter(activity=meeting).exists()

    sign_in(token=token, person=member, by=user(Role.MEMBER), at=AT)

    assert Occasion.objects.filter(activity=meeting).count() == 1
