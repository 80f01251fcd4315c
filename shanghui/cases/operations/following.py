"""A development in mid-course follows the person to another organization (DEV-08); one that admitted him goes with his relation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from shanghui.access.audit import Journal, as_one
from shanghui.access.models import AuditEntry, User
from shanghui.access.undo import undo
from shanghui.cases.development_bodies import belongs_on, body_faults
from shanghui.cases.models import Case, Contact, Move, State, StepRecord
from shanghui.cases.operations.contents import title_for
from shanghui.cases.queries import office_of
from shanghui.cases.registry import kinds
from shanghui.kernel.periods import full_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Person, Transfer
from shanghui.ledger.people.operations import affiliate, letter_answered, receive

RECEIPT = "receipt:"
"""Begins the run of a receipt."""


@transaction.atomic
def follow(*, person: Person, source: PartyOrganization, target: PartyOrganization, on: date, by: User | None, at: datetime) -> Case | None:
    """The open development of a person goes from one organization to another on a day: every day done stays, so that cultivation and
    probation are counted on; the contacts of before end. None where there is none. Raises Refused where the other cannot develop."""
    case = Case.objects.filter(person=person, organization=source, state=State.OPEN).select_related("organization__unit").first()
    if case is None:
        return None
    faults = body_faults(target, on)
    office = office_of([target.pk], on)
    if faults or office is None:
        raise Refused("".join(faults) or "转入的党组织上面没有工商联，接不了这件事。请核对上级关系。")
    journal = Journal(by=by, at=at, verb="发展党员转入")
    journal.create(Move(case=case, on=on, source=source, target=target))
    _end_contacts(journal, case, on)
    title = title_for(getattr(kinds.get(case.kind), "title", ""), [], target)
    journal.change(case, organization_id=target.pk, office_id=office.pk, title=title)
    journal.close(case, office)
    return case


@transaction.atomic
def take_in(*, transfer: Transfer, on: date, by: User | None, at: datetime) -> Affiliation:
    """The receiving side's answer to a transfer inside, with an open development of the person: one act, taken back as one. Raises
    Refused."""
    source, target = transfer.source, transfer.target
    assert source is not None
    assert target is not None
    with as_one(f"{RECEIPT}{transfer.pk}:{uuid4().hex[:8]}"):
        made = receive(transfer=transfer, on=on, by=by, at=at)
        follow(person=transfer.person, source=source, target=target, on=on, by=by, at=at)
    return made


@transaction.atomic
def take_away(
    *, transfer: Transfer, accepted_on: date, answered_on: date, by: User | None, at: datetime, explanation: str = ""
) -> None:
    """The return slip of a letter out came, with an open development of the person: it ends here with all that was done, the papers go
    along (DEV-08). One act, taken back as one. Raises Refused."""
    with as_one(f"{RECEIPT}{transfer.pk}:{uuid4().hex[:8]}"):
        letter_answered(
            transfer=transfer, accepted_on=accepted_on, answered_on=answered_on, by=by, at=at, explanation=explanation,
        )
        _leave(transfer, accepted_on, by, at)


def _leave(transfer: Transfer, on: date, by: User | None, at: datetime) -> None:
    case = Case.objects.filter(person=transfer.person, organization=transfer.source, state=State.OPEN).select_related("office").first()
    if case is None:
        return
    last = case.records.filter(returned_on=None).order_by("-on").values_list("on", flat=True).first()
    if last is not None and on < last:
        raise Refused(f"{transfer.person.name}的发展党员办到了{full_day(last)}，对方接收的日期不能早于这一天。请核对日期，或者先退回那一步。")
    journal = Journal(by=by, at=at, verb="发展党员转出")
    _end_contacts(journal, case, on)
    closing = f"随组织关系转到“{transfer.destination}”，发展党员的材料一并转去，时间连续计算。"
    journal.change(case, state=State.LEFT, closed_on=on, closing=closing[:300])
    journal.close(case, case.office)


def _end_contacts(journal: Journal, case: Case, on: date) -> None:
    """Nobody of here looks after the person from the day."""
    for one in Contact.objects.filter(case=case, valid_to=None):
        if one.valid_from < on:
            journal.change(one, valid_to=on, reason="本人转出")
        else:
            journal.delete(one)


@transaction.atomic
def take_out(*, entries: Sequence[AuditEntry], by: User | None, at: datetime) -> None:
    """Takes a receipt back with the move of the development. Raises Refused where a step was done at the new place since: it is
    returned first; CannotUndo as any act."""
    for entry in entries:
        if entry.subject_table == Case._meta.db_table and _worked_on(entry):
            raise Refused(f"“{entry.subject_title}”转入以后又办过步骤。请先在那件事里退回这些步骤，再撤销接收。")
    undo(entries, by=by, at=at)


def _worked_on(entry: AuditEntry) -> bool:
    """Whether a step of the case was written after this entry and still stands."""
    later = AuditEntry.objects.filter(subject_table=entry.subject_table, subject_id=entry.subject_id, pk__gt=entry.pk)
    table = StepRecord._meta.db_table
    made = [pk for one in later for name, pk, before, _ in one.changes if name == table and before is None]
    return StepRecord.objects.filter(pk__in=made, returned_on=None).exists()


@transaction.atomic
def move_candidate(*, case: Case, target: PartyOrganization, on: date, by: User | None, at: datetime) -> None:
    """Somebody not yet a member is cultivated elsewhere from a day: relation and case together. Where his relation is there already,
    the case goes alone. Raises Refused, for members whose relation is still to be transferred too."""
    if case.state != State.OPEN or case.person is None or case.organization is None:
        raise Refused("这件事已经了结，不能再转。")
    held = belongs_on(case.person, on)
    there = held is not None and held.organization_id == target.pk
    if not there and case.records.filter(step="approve", returned_on=None).exists():
        raise Refused("已经是预备党员，请办理组织关系接转，发展党员的事项随组织关系一起转过去。")
    last = case.records.filter(returned_on=None).order_by("-on").values_list("on", flat=True).first()
    if last is not None and on < last:
        raise Refused("转入时间早于最后办的一步。请核对日期。")
    if target.pk == case.organization_id:
        raise Refused("就在这个党组织，不用转。")
    source = case.organization
    if not there:
        affiliate(person=case.person, organization=target, kind=AffiliationKind.CULTIVATED, since=on, by=by, at=at)
    follow(person=case.person, source=source, target=target, on=on, by=by, at=at)
