"""Asking a party organization to hold an activity together, and its answer, each with its audit entry.

The activity stays one record. What it counts as for the organization that is asked begins with the answer of its own side.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, UnitKind, User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityType, Invitation
from shanghui.ledger.activities.operations.papers import host_of
from shanghui.ledger.activities.operations.parts import NOTHING, write_occasions
from shanghui.ledger.activities.operations.recording import refuse_impossible, refuse_unfounded


@transaction.atomic
def invite(*, activity: Activity, unit: Unit, on: date, by: User | None, at: datetime) -> Invitation:
    """Asks a party organization. Raises Refused for a talk, a host, one that was asked already or was not there that day."""
    if activity.type == ActivityType.TALK:
        raise Refused("谈心谈话不能邀请别的党组织共同主办。")
    if unit.kind != UnitKind.ORGANIZATION:
        raise Refused(f"“{unit}”不是党组织。共同主办只能邀请党组织。")
    if activity.hosts.filter(unit=unit).exists():
        raise Refused(f"“{unit}”已经是主办单位，不用邀请。")
    if activity.invitations.open().filter(unit=unit).exists():
        raise Refused(f"已经邀请过“{unit}”，等对方答复。")
    refuse_unfounded(activity.held_on, [unit])
    journal = Journal(by=by, at=at, verb="邀请共同主办", reason=unit.name)
    made = journal.create(Invitation(activity=activity, unit=unit, invited_by=by, invited_on=on))
    journal.close(activity, host_of(activity))
    return made


@transaction.atomic
def accept_invitation(*, invitation: Invitation, on: date, by: User | None, at: datetime) -> None:
    """From now on the organization is a host and the activity counts for it too. Raises Refused when it was answered already,
    or when the organization has entered the same activity by itself."""
    row = _open(invitation)
    refuse_impossible(row.activity, [row.unit], at, NOTHING)
    journal = Journal(by=by, at=at, verb="确认共同主办", reason=row.unit.name)
    journal.change(row, answered_on=on, accepted=True)
    if not row.activity.hosts.filter(unit=row.unit).exists():
        journal.create(ActivityHost(activity=row.activity, unit=row.unit))
    write_occasions(journal, row.activity)
    journal.close(row.activity, row.unit)


@transaction.atomic
def decline_invitation(*, invitation: Invitation, on: date, by: User | None, at: datetime) -> None:
    """The organization does not take part: nothing counts for it. Raises Refused when it was answered already."""
    row = _open(invitation)
    journal = Journal(by=by, at=at, verb="谢绝共同主办", reason=row.unit.name)
    journal.change(row, answered_on=on, accepted=False)
    journal.close(row.activity, row.unit)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User | None, at: datetime) -> None:
    """Takes an invitation back before it is answered. Raises Refused when it was answered already."""
    row = _open(invitation)
    journal = Journal(by=by, at=at, verb="收回邀请", reason=row.unit.name)
    journal.delete(row)
    journal.close(row.activity, host_of(row.activity))


def _open(invitation: Invitation) -> Invitation:
    """The row as it stands now, and nobody else answers it meanwhile."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("activity", "unit")
    row = rows.filter(pk=invitation.pk).first()
    if row is None:
        raise Refused("这份邀请已经收回了。")
    if row.answered_on is not None:
        raise Refused(f"这份邀请 {row.answered_on} 已经答复过了。")
    return row
