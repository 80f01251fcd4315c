"""What a code on the wall is good for at a moment, and whether somebody is expected (M19)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.timezone import localtime

from shanghui.ledger.activities.models import Activity, Attendance, CodeSignIn, Presence, SignInCode
from shanghui.ledger.activities.rosters import Expected, expected


class CodeState(StrEnum):
    """Whether one can sign in by a code; else why not."""

    OPEN = "open"
    EXPIRED = "expired"
    CLOSED = "closed"
    TURNED_OFF = "turned-off"


@dataclass(frozen=True)
class Signing:
    """A code as it stands at a moment. `units`: the hosts that offer signing in by code that day."""

    code: SignInCode
    state: CodeState
    units: frozenset[int]

    @property
    def activity(self) -> Activity:
        """What one signs in to."""
        return self.code.activity


@dataclass(frozen=True)
class Turnout:
    """How many were expected, came, asked leave."""

    expected: int
    present: int
    excused: int

    @property
    def open(self) -> int:
        """Of whom nothing is known yet."""
        return self.expected - self.present - self.excused


def digest_of(token: str) -> str:
    """What is kept of a code. It is random and lives a few hours: no key is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def turned_on(units: Iterable[int], day: date) -> frozenset[int]:
    """Of these units those that offer signing in by code on the day."""
    return frozenset(CodeSignIn.objects.on(day).filter(unit_id__in=list(units)).values_list("unit_id", flat=True))


def signing(token: str, at: datetime) -> Signing | None:
    """The code of this token as it stands; None where there is none."""
    code = SignInCode.objects.select_related("activity").filter(digest=digest_of(token)).first()
    if code is None:
        return None
    units = turned_on(code.activity.hosts.values_list("unit_id", flat=True), localtime(at).date())
    return Signing(code, _state(code, units, at), units)


def _state(code: SignInCode, units: frozenset[int], at: datetime) -> CodeState:
    if not units:
        return CodeState.TURNED_OFF
    if code.closed_at is not None:
        return CodeState.CLOSED
    return CodeState.EXPIRED if code.expires_at <= at else CodeState.OPEN


def place_of(activity: Activity, person: int) -> Expected | None:
    """Where somebody stands on the roster: as it was frozen, else as it is on the day; None where he is not expected."""
    row = Attendance.objects.filter(activity=activity, person_id=person).select_related("person").first()
    if row is not None:
        known = row.state != Presence.OBSERVER and row.unit_id is not None
        return Expected(person, row.person.name, row.unit_id, row.votes) if known and row.unit_id else None
    hosts = list(activity.hosts.values_list("unit_id", flat=True))
    return next((one for one in expected(activity.type, hosts, activity.held_on) if one.person == person), None)


def state_of(activity: Activity, person: int) -> Presence | None:
    """What stands for somebody; None where nothing does."""
    found = Attendance.objects.filter(activity=activity, person_id=person).values_list("state", flat=True).first()
    return Presence(found) if found else None


def turnout(activity: Activity) -> Turnout:
    """The numbers on the wall: no names."""
    states = list(Attendance.objects.filter(activity=activity).exclude(state=Presence.OBSERVER).values_list("state", flat=True))
    return Turnout(len(states), states.count(Presence.PRESENT), states.count(Presence.EXCUSED))
