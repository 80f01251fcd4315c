"""What can happen to guides and liaisons (M06): sent for a term, appointed again, handed over, sent to many at once.

Work coverage follows the assignments, so a change of guide ends one on the day the next begins: no day lies between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from shanghui.access.audit import Journal
from shanghui.access.models import Role, Seat, Unit, User
from shanghui.kernel.periods import last_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, ChamberStatus, Status
from shanghui.ledger.people.models import GuideAssignment, GuideKind, Person
from shanghui.ledger.people.operations.standings import refuse_dead


@dataclass(frozen=True)
class Sending:
    """Somebody is to look after a chamber; in the place of `instead`, where that is named."""

    person: Person
    chamber: Chamber
    kind: GuideKind = GuideKind.GUIDE
    duty: str = ""
    instead: GuideAssignment | None = None


@transaction.atomic
def assign_guide(
    *, person: Person, chamber: Chamber, since: date, by: User | None, at: datetime, kind: GuideKind = GuideKind.GUIDE,
    duty: str = "", until: date | None = None
) -> GuideAssignment:
    """From `since` (to `until`, exclusive) the person looks after the chamber. Raises Refused when that holds already."""
    journal = Journal(by=by, at=at, verb=f"选派{kind.label}")
    row = _open(journal, GuideAssignment(person=person, chamber=chamber, kind=kind, duty=duty, valid_from=since, valid_to=until))
    journal.close(chamber, chamber.unit)
    return row


@transaction.atomic
def assign_guides(
    *, sendings: Sequence[Sending], since: date, until: date | None, unit: Unit, by: User | None, at: datetime
) -> list[GuideAssignment]:
    """Many are sent at once, as one act of the office `unit`; whom one replaces ends on the day he begins. Raises Refused."""
    if not sendings:
        raise Refused("没有要选派的商会。请至少选一家。")
    journal = Journal(by=by, at=at, verb="批量选派指导员")
    made = []
    for one in sendings:
        if one.instead is not None:
            _end(journal, one.instead, since)
        new = GuideAssignment(
            person=one.person, chamber=one.chamber, kind=one.kind, duty=one.duty, valid_from=since, valid_to=until
        )
        made.append(_open(journal, new))
    title = f"选派 {len({one.person.pk for one in sendings})} 人联系 {len(made)} 家商会"
    journal.close(made[0].chamber, unit, title)
    return made


@transaction.atomic
def hand_over(
    *, assignments: Sequence[GuideAssignment], to: Person, since: date, until: date | None, note: str, unit: Unit,
    by: User | None, at: datetime
) -> list[GuideAssignment]:
    """From `since` another person looks after these chambers, of one guide, with a note of what is handed over; one act. What the
    one who hands over could see of them by a seat as their guide ends on that day.

    `until`: the first day after the new term (None: no term). Raises Refused.
    """
    if not assignments:
        raise Refused("请至少选一家要移交的商会。")
    first = assignments[0].person
    if any(one.person_id == to.pk for one in assignments):
        raise Refused(f"接手的人就是{to.name}本人。请选另一个人；只想延长聘期的，用“续聘”。")
    journal = Journal(by=by, at=at, verb="移交联系的商会", reason=note)
    made = []
    for old in assignments:
        _end(journal, old, since)
        _end_seat(journal, old, since)
        new = GuideAssignment(
            person=to, chamber=old.chamber, kind=old.kind, valid_from=since, valid_to=until, handed_over=note,
            duty=_duty_of(to, since),
        )
        made.append(_open(journal, new))
    alone = made[0].chamber if len(made) == 1 else None
    title = f"{first.name}移交给{to.name}：{len(made)} 家商会"
    if alone is not None:
        journal.close(alone, alone.unit)
    else:
        journal.close(to, unit, title)
    return made


@transaction.atomic
def renew(
    *, assignments: Sequence[GuideAssignment], until: date | None, unit: Unit, by: User | None, at: datetime
) -> list[GuideAssignment]:
    """The same person goes on for another term, which begins the day the last one ends; one act. Raises Refused.

    The term before stands as it was: it is not made longer.
    """
    if not assignments:
        raise Refused("请至少选一家要续聘的商会。")
    journal = Journal(by=by, at=at, verb="续聘指导员")
    made = []
    for old in assignments:
        if old.valid_to is None:
            raise Refused(f"{old.person.name}联系“{old.chamber.unit.name}”没有定期限，不需要续聘。")
        if until is not None and until <= old.valid_to:
            raise Refused(f"{old.person.name}联系“{old.chamber.unit.name}”的聘期本来就到{last_day(old.valid_to)}。新的聘期要在其后。")
        new = GuideAssignment(
            person=old.person, chamber=old.chamber, kind=old.kind, duty=old.duty, valid_from=old.valid_to, valid_to=until
        )
        made.append(_open(journal, new))
    person = assignments[0].person
    if len(made) == 1:
        journal.close(made[0].chamber, made[0].chamber.unit)
    else:
        journal.close(person, unit, f"续聘{person.name}：{len(made)} 家商会")
    return made


def _end_seat(journal: Journal, old: GuideAssignment, on: date) -> None:
    """Ends the seats as guide that the person's account has on this very chamber; `on` is the first day without them."""
    if old.person.user_id is None:
        return
    still = Q(valid_to=None) | Q(valid_to__gt=on)
    held = Seat.objects.filter(still, user_id=old.person.user_id, role=Role.GUIDE, unit_id=old.chamber_id, valid_from__lt=on)
    for seat in held:
        journal.change(seat, valid_to=on)


def _duty_of(person: Person, day: date) -> str:
    """What was last written of the person's own work."""
    known = GuideAssignment.objects.filter(person=person, valid_from__lte=day).exclude(duty="").order_by("-valid_from", "-pk")
    return known.values_list("duty", flat=True).first() or ""


def _end(journal: Journal, old: GuideAssignment, on: date) -> None:
    """Ends an assignment; `on` is the first day without it."""
    name = f"{old.person.name}联系“{old.chamber.unit.name}”"
    if on <= old.valid_from:
        raise Refused(f"{name}自{old.valid_from}起，移交的日期要在其后。请核对日期。")
    if old.valid_to is not None and old.valid_to < on:
        raise Refused(f"{name}到{last_day(old.valid_to)}已经结束，{on}移交就会空一段。请把日期改到{old.valid_to}或者以前。")
    if old.valid_to != on:
        journal.change(old, valid_to=on)


def _open(journal: Journal, new: GuideAssignment) -> GuideAssignment:
    """Writes a new assignment, unless the person looks after the chamber already, or the chamber is closed."""
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise Refused("联系期限的最后一天不能早于开始那一天。")
    refuse_dead(new.person, new.valid_from)
    same = GuideAssignment.objects.filter(person=new.person, chamber=new.chamber)
    held = _overlapping(same, new.valid_from, new.valid_to).order_by("valid_from").first()
    if held is not None:
        term = f"（{held.valid_from} 起{f'，到 {last_day(held.valid_to)}' if held.valid_to else ''}）"
        raise Refused(f"{new.person.name}已经联系“{new.chamber.unit.name}”{term}。")
    if ChamberStatus.objects.on(new.valid_from).filter(chamber=new.chamber, status=Status.CLOSED).exists():
        raise Refused(f"“{new.chamber.unit.name}”在{new.valid_from}已经注销，不用再派人联系。")
    new.due_by = last_day(new.valid_to)
    return journal.create(new)


def _overlapping(rows: QuerySet[GuideAssignment], since: date, until: date | None) -> QuerySet[GuideAssignment]:
    found = rows.filter(Q(valid_to=None) | Q(valid_to__gt=since))
    return found.filter(valid_from__lt=until) if until is not None else found
