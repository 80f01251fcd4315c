"""Founding, joining, leaving and ending an alliance; pairing and ending a pairing; each with its audit entry (M12, M13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, UnitKind, User
from shanghui.kernel.facts import column_values, holds_on
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Alliance, AllianceMember, Pairing, PartnerKind
from shanghui.ledger.organizations.operations.facts import end, succeed

FEWEST = 2


@transaction.atomic
def found_alliance(
    *, name: str, kept_by: Unit, since: date, members: Sequence[Unit], by: User | None, at: datetime, charter: str = ""
) -> Alliance:
    """An alliance of these members from `since`. Raises Refused for fewer than two members or a name that is taken."""
    if len(members) < FEWEST:
        raise Refused("联盟至少要有两个成员单位。")
    _refuse_named_alike(name, kept_by)
    journal = Journal(by=by, at=at, verb="成立党建联盟")
    made = journal.create(Alliance(name=name, kept_by=kept_by, charter=charter, valid_from=since))
    for unit in members:
        journal.create(AllianceMember(alliance=made, unit=unit, valid_from=since))
    journal.close(made, kept_by)
    return made


@transaction.atomic
def change_alliance(*, alliance: Alliance, by: User | None, at: datetime, **values: Any) -> bool:
    """Another name or charter; says whether anything changed. Raises Refused."""
    _refuse_named_alike(values.get("name", alliance.name), alliance.kept_by, but=alliance)
    journal = Journal(by=by, at=at, verb="修改党建联盟")
    changed = journal.change(alliance, **values)
    journal.close(alliance, alliance.kept_by)
    return changed


@transaction.atomic
def end_alliance(*, alliance: Alliance, on: date, reason: str, by: User | None, at: datetime) -> None:
    """Ends an alliance and every membership in it. Raises Refused."""
    journal = Journal(by=by, at=at, verb="结束党建联盟", reason=reason)
    end(journal, alliance, on)
    for member in alliance.members.filter(Q(valid_to=None) | Q(valid_to__gt=on)):
        end(journal, member, on)
    journal.close(alliance, alliance.kept_by)


@transaction.atomic
def join_alliance(*, alliance: Alliance, unit: Unit, since: date, by: User | None, at: datetime) -> AllianceMember:
    """A unit joins. Raises Refused when it is a member already, or before the alliance began or after it ended."""
    _refuse_outside(alliance, since)
    if alliance.members.filter(Q(valid_to=None) | Q(valid_to__gt=since), unit=unit).exists():
        raise Refused(f"“{unit.name}”已经是成员。")
    journal = Journal(by=by, at=at, verb="加入党建联盟")
    made = journal.create(AllianceMember(alliance=alliance, unit=unit, valid_from=since))
    journal.close(alliance, alliance.kept_by)
    return made


@transaction.atomic
def leave_alliance(*, member: AllianceMember, on: date, reason: str, by: User | None, at: datetime) -> None:
    """A member leaves: from `on` it no longer belongs. Raises Refused."""
    journal = Journal(by=by, at=at, verb="退出党建联盟", reason=reason)
    end(journal, member, on)
    journal.close(member.alliance, member.alliance.kept_by)


@transaction.atomic
def take_chair(*, alliance: Alliance, unit: Unit, since: date, by: User | None, at: datetime) -> None:
    """A member takes the rotating chair (轮值); who held it stays a member. Raises Refused."""
    held = {member.unit_id: member for member in alliance.members.filter(holds_on(since))}
    if unit.pk not in held:
        raise Refused(f"“{unit.name}”在{since}不是成员，请先登记加入。")
    journal = Journal(by=by, at=at, verb="轮值")
    before = [member for member in held.values() if member.is_chair and member.unit_id != unit.pk]
    for member in before:
        _seat(journal, member, since, chair=False)
    if not held[unit.pk].is_chair:
        _seat(journal, held[unit.pk], since, chair=True)
    journal.close(alliance, alliance.kept_by)


def _seat(journal: Journal, member: AllianceMember, since: date, *, chair: bool) -> None:
    new = AllianceMember(alliance_id=member.alliance_id, unit_id=member.unit_id, is_chair=chair, valid_from=since)
    succeed(journal, AllianceMember.objects.filter(alliance_id=member.alliance_id, unit_id=member.unit_id), new)


@transaction.atomic
def pair(
    *, unit: Unit, partner: str, partner_kind: PartnerKind, since: date, until: date | None, by: User | None, at: datetime,
    agreement: str = "",
) -> Pairing:
    """A party organization is paired until the first day after the agreement (None: no term). Raises Refused."""
    made = Pairing(
        unit=unit, partner=partner, partner_kind=partner_kind, agreement=agreement, valid_from=since, valid_to=until
    )
    _refuse_pairing(made)
    journal = Journal(by=by, at=at, verb="结对共建")
    journal.create(made)
    journal.close(made, unit)
    return made


@transaction.atomic
def change_pairing(*, pairing: Pairing, by: User | None, at: datetime, **values: Any) -> bool:
    """Puts a pairing right, or prolongs it; says whether anything changed. Raises Refused."""
    _refuse_pairing(Pairing(**({"pk": pairing.pk} | column_values(pairing) | values)))
    journal = Journal(by=by, at=at, verb="修改结对共建")
    changed = journal.change(pairing, **values)
    journal.close(pairing, pairing.unit)
    return changed


@transaction.atomic
def end_pairing(*, pairing: Pairing, on: date, reason: str, by: User | None, at: datetime) -> None:
    """Ends a pairing before its term. Raises Refused."""
    journal = Journal(by=by, at=at, verb="结束结对共建", reason=reason)
    end(journal, pairing, on)
    journal.close(pairing, pairing.unit)


def _refuse_named_alike(name: str, kept_by: Unit, but: Alliance | None = None) -> None:
    if Alliance.objects.open().filter(name=name, kept_by=kept_by).exclude(pk=but.pk if but else 0).exists():
        raise Refused(f"已有“{name}”。请在原来那一个上修改。")


def _refuse_outside(alliance: Alliance, since: date) -> None:
    if since < alliance.valid_from or (alliance.valid_to is not None and since >= alliance.valid_to):
        raise Refused(f"“{alliance.name}”在{since}还没有成立，或者已经结束。请核对日期。")


def _refuse_pairing(asked: Pairing) -> None:
    if asked.unit.kind != UnitKind.ORGANIZATION:
        raise Refused(f"“{asked.unit.name}”不是党组织，结对共建登记在党组织名下。")
    if asked.valid_to is not None and asked.valid_to <= asked.valid_from:
        raise Refused("结束日期早于开始日期。请核对。")
    same = Pairing.objects.filter(unit_id=asked.unit_id, partner=asked.partner).exclude(pk=asked.pk)
    overlapping = same.filter(Q(valid_to=None) | Q(valid_to__gt=asked.valid_from))
    if asked.valid_to is not None:
        overlapping = overlapping.filter(valid_from__lt=asked.valid_to)
    if overlapping.exists():
        raise Refused(f"“{asked.unit.name}”与“{asked.partner}”这段时间已经结对。续签的，请修改原来那一条的期限。")
