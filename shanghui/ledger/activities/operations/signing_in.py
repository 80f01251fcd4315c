"""Signing in by a code (M19): a branch turns it on, a secretary opens a code, a member signs in or asks leave.

The roster stays one: what a code brings lands in the same rows that the secretary ticks, and he has the last word.
Nothing is kept of where or on what device; the journal keeps the day of a sign-in, not its minute: nobody is timed.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import (
    Activity,
    ActivityType,
    Attendance,
    CodeSignIn,
    Presence,
    SignInCode,
)
from shanghui.ledger.activities.operations.parts import write_occasions
from shanghui.ledger.activities.rosters import Expected, expected
from shanghui.ledger.activities.signing import CodeState, digest_of, place_of, signing, turned_on
from shanghui.ledger.people.models import Person

LONGEST_HOURS = 12
USUAL_HOURS = 2
_BYTES = 12


class NotExpected(Refused):
    """Somebody signs in to what he is not expected at."""


@transaction.atomic
def turn_on(*, unit: Unit, since: date, by: User | None, at: datetime) -> CodeSignIn:
    """The unit offers signing in by code from a day on; one that offers it already goes on."""
    stands = CodeSignIn.objects.on(since).filter(unit=unit).first()
    if stands is not None:
        return stands
    journal = Journal(by=by, at=at, verb="启用扫码签到")
    made = journal.create(CodeSignIn(unit=unit, valid_from=since))
    journal.close(unit, unit)
    return made


@transaction.atomic
def turn_off(*, unit: Unit, on: date, by: User | None, at: datetime) -> None:
    """No code of the unit answers any more; `on` is the first day without. Does nothing where it is off."""
    journal = Journal(by=by, at=at, verb="停用扫码签到")
    for row in CodeSignIn.objects.on(on).filter(unit=unit):
        if row.valid_from >= on:
            journal.delete(row)
        else:
            journal.change(row, valid_to=on)
    journal.close(unit, unit)


@transaction.atomic
def open_code(*, activity: Activity, by: User | None, at: datetime, hours: int = USUAL_HOURS) -> str:
    """A new code for today's activity; the old ones close. Returns its token, which is kept nowhere. Raises Refused.

    Freezes the roster where there is none yet: nobody has come so far.
    """
    _refuse_no_code(activity, hours, localtime(at).date())
    journal = Journal(by=by, at=at, verb="开签到码")
    _close_codes(journal, activity, at)
    _freeze_roster(journal, activity)
    token = secrets.token_urlsafe(_BYTES)
    journal.create(SignInCode(activity=activity, digest=digest_of(token), expires_at=at + timedelta(hours=hours)))
    journal.close(activity, _first_host(activity))
    return token


@transaction.atomic
def close_code(*, activity: Activity, by: User | None, at: datetime) -> None:
    """Ends signing in to an activity; does nothing where no code is open."""
    journal = Journal(by=by, at=at, verb="结束扫码签到")
    _close_codes(journal, activity, at)
    journal.close(activity, _first_host(activity))


def sign_in(*, token: str, person: Person, by: User, at: datetime) -> Attendance:
    """The person has come; a second time changes nothing. Raises NotExpected, Refused."""
    return _set_state(token, person, Presence.PRESENT, "", by=by, at=at)


def ask_leave(*, token: str, person: Person, reason: str, by: User, at: datetime) -> Attendance:
    """The person cannot come, with a reason or without. Raises NotExpected, Refused when he is there already."""
    return _set_state(token, person, Presence.EXCUSED, reason.strip()[:60], by=by, at=at)


@transaction.atomic
def _set_state(token: str, person: Person, state: Presence, reason: str, *, by: User, at: datetime) -> Attendance:
    found = signing(token, at)
    if found is None or found.state != CodeState.OPEN:
        raise Refused("这个签到码现在不能用了。请告诉书记，由书记在名单上勾选。")
    activity = Activity.objects.select_for_update().get(pk=found.activity.pk)
    place = _place(activity, person, found.units)
    journal = Journal(by=by, at=_day_of(at), verb="扫码签到" if state == Presence.PRESENT else "扫码请假")
    row = Attendance.objects.filter(activity=activity, person=person).first()
    if row is not None and row.state == Presence.PRESENT:
        if state == Presence.EXCUSED:
            raise Refused("您已经签到，不用请假。记错了的，请告诉书记改。")
        return row
    if row is None:
        row = journal.create(Attendance(activity=activity, person=person, unit_id=place.unit, votes=place.votes, state=state, reason=reason))
    else:
        journal.change(row, state=state, reason=reason)
    _count(journal, activity)
    journal.close(row, Unit.objects.get(pk=place.unit), activity.title)
    return row


def _place(activity: Activity, person: Person, units: frozenset[int]) -> Expected:
    place = place_of(activity, person.pk)
    if place is None:
        raise NotExpected("这次签到的名单上没有您。如果应当参加，请告诉书记加上。")
    if place.unit not in units:
        raise Refused("您所在的党支部没有启用扫码签到。请告诉支部书记，由书记在名单上勾选。")
    return place


def _day_of(at: datetime) -> datetime:
    """The beginning of the day: who signed in is kept, when is not."""
    return localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _refuse_no_code(activity: Activity, hours: int, today: date) -> None:
    if not 1 <= hours <= LONGEST_HOURS:
        raise Refused(f"签到码有效 1 到 {LONGEST_HOURS} 小时。")
    if activity.type == ActivityType.TALK:
        raise Refused("谈心谈话不用签到，谁和谁谈由书记记。")
    if activity.held_on != today:
        raise Refused(f"只能给今天的活动开签到码，这次活动是{activity.held_on}。请核对日期，或者在名单上勾选。")
    if not turned_on(activity.hosts.values_list("unit_id", flat=True), today):
        raise Refused("本支部还没有启用扫码签到。先启用，再开签到码。")
    if activity.present and not Attendance.objects.filter(activity=activity).exists():
        raise Refused("这次活动已经登记了参加人数。要按名单记，请在“改一改”里勾选。")


def _close_codes(journal: Journal, activity: Activity, at: datetime) -> None:
    for code in SignInCode.objects.filter(activity=activity, closed_at=None):
        journal.change(code, closed_at=at)


def _freeze_roster(journal: Journal, activity: Activity) -> None:
    if Attendance.objects.filter(activity=activity).exists():
        return
    hosts = list(activity.hosts.values_list("unit_id", flat=True))
    listed = expected(activity.type, hosts, activity.held_on)
    if not listed:
        raise Refused("台账里还没有应到的人，不能扫码签到。请先登记党员，或者直接填人数。")
    for one in listed:
        journal.create(Attendance(activity=activity, person_id=one.person, unit_id=one.unit, votes=one.votes, state=Presence.ABSENT))
    journal.change(activity, planned=False)
    _count(journal, activity)


def _count(journal: Journal, activity: Activity) -> None:
    """The numbers follow the roster, and what the activity counts as follows the numbers."""
    states = list(Attendance.objects.filter(activity=activity).exclude(state=Presence.OBSERVER).values_list("state", flat=True))
    journal.change(activity, expected=len(states), present=states.count(Presence.PRESENT))
    write_occasions(journal, activity)


def _first_host(activity: Activity) -> Unit | None:
    host = activity.hosts.select_related("unit").order_by("pk").first()
    return host.unit if host else None
