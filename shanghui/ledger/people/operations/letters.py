"""Letters of introduction (组织关系介绍信, REL-04 to REL-07): a relation that leaves the platform, or comes to it from outside.

The home ends, or begins, on the day of acceptance, never with the letter.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.periods import full_day, last_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import OrganizationKind, OrganizationPeriod, PartyOrganization
from shanghui.ledger.people.models import MEMBERS, Affiliation, AffiliationKind, Category, MembershipRecord, Person
from shanghui.ledger.people.operations.moving import (
    arrive,
    close,
    end_on,
    homes_of,
    leaving_faults,
    locked,
    refuse_all,
    refuse_as_home,
    refuse_before,
    start,
)
from shanghui.ledger.people.operations.standings import refuse_barred, refuse_dead
from shanghui.ledger.people.transfers import Direction, Transfer, TransferState

_RUN_OUT = "介绍信有效期到{day}，已经过期。对方接收了的，请写明过期的原因；没有接收的，请说明情况后作废重开。"
_CAME_LATE = "介绍信有效期到{day}，已经过期。请退回，由对方说明后重开；确实接收的，写明原因。"


def written_number(text: str) -> str:
    """«第012号» is 12: the same number however it is written."""
    bare = "".join(text.split()).removeprefix("第").removesuffix("号")
    return str(int(bare)) if bare.isdecimal() and bare.isascii() else bare


@transaction.atomic
def issue_letter(
    *, person: Person, counterpart: str, on: date, number: str, valid_days: int, longest: int, by: User | None, at: datetime,
    issuer: PartyOrganization | None = None, issued_by: str = "", reason: str = "", dues_until: str = "",
) -> Transfer:
    """A letter to an organization outside. `issuer`: the party committee of the platform that wrote it, else `issued_by` says who.

    `longest`: days that a letter may be good for (REL-06). After one that was lost or ran out, the new one names it. Raises Refused.
    """
    _refuse_issuer(issuer, issued_by, on)
    bare = written_number(number)
    if not bare:
        raise Refused("请写介绍信编号。")
    if not 1 <= valid_days <= longest:
        raise Refused(f"介绍信有效期最长 {longest} 天，至少 1 天。请核对。")
    homes = homes_of([person])
    home = homes.get(person.pk)
    if home is not None and home.kind != AffiliationKind.HOME:
        raise Refused(f"{person.name}还不是党员，没有组织关系可转；培养材料请直接转交对方党组织。")
    refuse_all(leaving_faults([person], homes, on))
    assert home is not None
    before = Transfer.objects.filter(person=person, direction=Direction.OUT, state=TransferState.VOID).order_by("closed_on", "pk").last()
    return start(
        person, home.organization, by=by, at=at, verb="开组织关系介绍信", direction=Direction.OUT, source=home.organization,
        counterpart=counterpart, sent_on=on, issuer=issuer, issued_by="" if issuer else issued_by, number=bare, year=on.year,
        valid_days=valid_days, due_on=on + timedelta(days=valid_days), reason=reason, dues_until=dues_until, follows=before,
    )


def _refuse_issuer(issuer: PartyOrganization | None, issued_by: str, on: date) -> None:
    """Only a party committee writes to other places (REL-04); another office stands by name."""
    if issuer is None:
        if not issued_by.strip():
            raise Refused("请选开介绍信的党委，或者写明由哪个单位开。")
        return
    period = OrganizationPeriod.objects.on(on).filter(organization=issuer).first()
    if period is not None and period.kind != OrganizationKind.COMMITTEE:
        raise Refused(f"“{issuer.unit.name}”不是党委，不能直接对外开介绍信。请由上级党委开。")
    if period is None:
        raise Refused(f"“{issuer.unit.name}”在{full_day(on)}不存在，不能开介绍信。")


@transaction.atomic
def letter_answered(
    *, transfer: Transfer, accepted_on: date, answered_on: date, by: User | None, at: datetime, explanation: str = ""
) -> None:
    """The return slip came: the other side took the person from `accepted_on`, and the home here ends then.

    The membership record kept here ends too, unless he goes on with organizational life here. Raises Refused.
    """
    row = locked(transfer, Direction.OUT)
    refuse_before(row, accepted_on)
    if answered_on < accepted_on:
        raise Refused("收到回执的日期不能早于对方接收的日期。请核对。")
    _refuse_late(row, accepted_on, explanation, _RUN_OUT)
    assert row.source is not None
    home = homes_of([row.person]).get(row.person_id)
    if home is None or home.organization_id != row.source_id:
        raise Refused(f"{row.person.name}的组织关系已不在“{row.origin}”。请作废这封介绍信。")
    refuse_all(leaving_faults([row.person], {row.person_id: home}, accepted_on, but=row))
    journal = Journal(by=by, at=at, verb="登记介绍信回执", reason=explanation.strip()[:300])
    leave(journal, row, home, accepted_on)
    journal.change(
        row, state=TransferState.RECEIVED, closed_on=accepted_on, answered_on=answered_on, closing=explanation.strip()[:300]
    )
    journal.close(row.person, row.source.unit)


def leave(journal: Journal, row: Transfer, home: Affiliation, on: date) -> None:
    """Home, and with it what is kept of the membership, end on the day. Raises Refused."""
    end_on(journal, home, on, f"{row.person.name}的组织关系自{home.valid_from}起登记，接收日期须在其后。")
    if Affiliation.objects.filter(person=row.person, kind=AffiliationKind.DUAL, valid_to=None).exists():
        return
    for record in MembershipRecord.objects.filter(person=row.person, valid_to=None):
        end_on(journal, record, on, f"{row.person.name}自{record.valid_from}起是{record.get_category_display()}，接收日期须在其后。")


@transaction.atomic
def void_letter(*, transfer: Transfer, on: date, explanation: str, by: User | None, at: datetime) -> None:
    """A letter that was lost, ran out or is not needed any more; without an explanation no other is issued (REL-07). Raises Refused."""
    row = locked(transfer, Direction.OUT)
    if not explanation.strip():
        raise Refused("请写明遗失、过期或者作废的情况：说明以后才能重开。")
    assert row.source is not None
    close(row, TransferState.VOID, on, explanation, unit=row.source, by=by, at=at, verb="作废介绍信")


@transaction.atomic
def register_letter(
    *, person: Person, target: PartyOrganization, counterpart: str, issued_by: str, number: str, issued_on: date, valid_days: int,
    by: User | None, at: datetime, reason: str = "", dues_until: str = "",
) -> Transfer:
    """A letter from outside came in: written down, nothing changes yet. Raises Refused for somebody at home in the platform."""
    refuse_dead(person, issued_on)
    home, bare = homes_of([person]).get(person.pk), written_number(number)
    if home is not None and home.kind == AffiliationKind.HOME:
        raise Refused(f"{person.name}的组织关系在平台内的“{home.organization.unit.name}”，请由它在平台内发起接转，不用介绍信。")
    if not bare:
        raise Refused("请写介绍信编号。")
    issuer = issued_by.strip() or counterpart
    refuse_as_home(target, issued_on)
    same = Transfer.objects.filter(direction=Direction.IN, issued_by=issuer, year=issued_on.year, number=bare)
    if same.filter(state__in=(TransferState.SENT, TransferState.RECEIVED)).exists():
        raise Refused(f"“{issuer}”{issued_on.year}年第{bare}号介绍信已经登记过。请核对编号。")
    return start(
        person, target, by=by, at=at, verb="登记转入介绍信", direction=Direction.IN, target=target, counterpart=counterpart, issued_by=issuer,
        number=bare, year=issued_on.year, sent_on=issued_on, valid_days=valid_days, due_on=issued_on + timedelta(days=valid_days),
        reason=reason, dues_until=dues_until,
    )


@transaction.atomic
def accept_letter(
    *, transfer: Transfer, category: Category, checked_on: date, on: date, by: User | None, at: datetime, explanation: str = ""
) -> Affiliation:
    """Letter and papers were checked, and the person is at home here from `on`, in the category of the letter. Raises Refused."""
    row = locked(transfer, Direction.IN)
    refuse_before(row, checked_on)
    if on < checked_on:
        raise Refused("接收日期不能早于核对日期。请先核对介绍信和党员材料。")
    if category not in MEMBERS:
        raise Refused("介绍信只转接党员的组织关系：请选正式党员或者预备党员。")
    _refuse_late(row, on, explanation, _CAME_LATE)
    assert row.target is not None
    refuse_as_home(row.target, on)
    home = homes_of([row.person]).get(row.person_id)
    if home is not None and home.kind == AffiliationKind.HOME:
        raise Refused(f"{row.person.name}的组织关系已在“{home.organization.unit.name}”。请退回这封介绍信。")
    refuse_barred(row.person, category, on)
    journal = Journal(by=by, at=at, verb="凭介绍信接收", reason=row.counterpart)
    _record(journal, row.person, category, on)
    made = arrive(journal, row, AffiliationKind.HOME, on)
    journal.change(row, checked_on=checked_on, closing=explanation.strip()[:300])
    journal.close(row.person, row.target.unit)
    return made


def _record(journal: Journal, person: Person, category: Category, on: date) -> None:
    """He is in this category from the day, unless that is known already."""
    later = MembershipRecord.objects.filter(person=person, valid_to__gt=on).order_by("valid_to").last()
    if later is not None:
        raise Refused(f"{person.name}到{last_day(later.valid_to)}为止是{later.get_category_display()}，接收日期须在其后。")
    for old in MembershipRecord.objects.filter(person=person, valid_to=None):
        if old.category == category and old.valid_from <= on:
            return
        end_on(journal, old, on, f"{person.name}自{old.valid_from}起是{old.get_category_display()}，接收日期须在其后。")
    journal.create(MembershipRecord(person=person, category=category, valid_from=on))


def _refuse_late(row: Transfer, day: date, explanation: str, sentence: str) -> None:
    """A letter that ran out before it was used wants an explanation (REL-07)."""
    if row.due_on is not None and day > row.due_on and not explanation.strip():
        raise Refused(sentence.format(day=full_day(row.due_on)))
