"""A guide's visits (M06): recorded, put right, removed, each with its audit entry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.facts import holds_on
from shanghui.kernel.partial_dates import first_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Visit
from shanghui.ledger.organizations.models import Chamber, ChamberStatus, Status


def record_visit(*, chamber: Chamber, visited_on: date, by: User | None, at: datetime, key: str = "", **values: Any) -> Visit:
    """One visit; one sent with a `key` that is known already is answered with what stands there.

    Raises Refused for what cannot be: a day in the future, a chamber that was not there that day, a next day that is past.
    """
    sent = Visit.objects.filter(key=key).first() if key else None
    if sent is not None:
        return sent
    try:
        return _record(Visit(chamber=chamber, visited_on=visited_on, visitor=by, key=key, **values), by=by, at=at)
    except IntegrityError:
        sent = Visit.objects.filter(key=key).first() if key else None
        if sent is None:
            raise
        return sent


@transaction.atomic
def _record(made: Visit, *, by: User | None, at: datetime) -> Visit:
    _refuse_impossible(made, at)
    journal = Journal(by=by, at=at, verb="登记走访")
    journal.create(made)
    journal.close(made, made.chamber.unit)
    return made


@transaction.atomic
def change_visit(*, visit: Visit, by: User | None, at: datetime, **values: Any) -> bool:
    """Puts a visit right; says whether anything changed. Raises Refused as `record_visit` does."""
    stands = {field.attname: getattr(visit, field.attname) for field in Visit._meta.concrete_fields}
    _refuse_impossible(Visit(**(stands | values)), at)
    journal = Journal(by=by, at=at, verb="修改走访")
    changed = journal.change(visit, **values)
    journal.close(visit, visit.chamber.unit)
    return changed


@transaction.atomic
def remove_visit(*, visit: Visit, reason: str, by: User | None, at: datetime) -> None:
    """Removes a visit that was entered by mistake; the audit keeps it and it can be undone. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("请写明删除原因。")
    journal = Journal(by=by, at=at, verb="删除走访", reason=reason)
    title, pk = str(visit), visit.pk
    journal.delete(visit)
    visit.pk = pk
    journal.close(visit, visit.chamber.unit, title)


def _refuse_impossible(asked: Visit, at: datetime) -> None:
    if asked.visited_on > localtime(at).date():
        raise Refused("走访日期在今天之后。去过了再记；打算去的日子写在“下次什么时候”。")
    if asked.next_on is not None and asked.next_on <= asked.visited_on:
        raise Refused(f"下次的日期要在这次走访（{asked.visited_on}）之后。")
    if not _was_there(asked.chamber, asked.visited_on):
        raise Refused(f"“{asked.chamber.unit.name}”在{asked.visited_on}还没有成立，或者已经注销。请核对日期和商会。")


def _was_there(chamber: Chamber, day: date) -> bool:
    """A chamber that is closed is not visited; one whose founding is not known may have been there before its first entry."""
    if ChamberStatus.objects.filter(holds_on(day), chamber=chamber, status=Status.CLOSED).exists():
        return False
    return not chamber.founded_on or first_day(chamber.founded_on) <= day
