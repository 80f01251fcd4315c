"""What every fact of this room shares: one follows another, one ends, a name is not given twice. And terms of office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import Axis, Unit, User
from shanghui.access.naming import call
from shanghui.kernel.facts import Fact, Precision, holds_on
from shanghui.kernel.periods import last_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Term

AnyFact = TypeVar("AnyFact", bound=Fact)


def refuse_twin(name: str, under: Unit, day: date, *, but: Unit | None = None) -> None:
    """Refuses a second unit of one name directly below another."""
    twin = Unit.objects.filter(
        models.Exists(under.child_links.filter(holds_on(day), child=models.OuterRef("pk"), axis=Axis.SUPERVISION)),
        name=name,
    )
    if (twin.exclude(pk=but.pk) if but else twin).exists():
        raise Refused(f"“{under.name}”下已有“{name}”。请直接在原记录上修改。")


def call_anew(journal: Journal, unit: Unit, name: str, since: date | None) -> bool:
    """Another name from `since` on (None: the present one was written wrong), unless a sibling has it. Raises Refused."""
    if name == unit.name:
        return False
    _refuse_twin_of_sibling(name, unit, journal.at.date())
    return call(journal, unit, name, since=since)


def _refuse_twin_of_sibling(name: str, unit: Unit, day: date) -> None:
    link = unit.parent_links.filter(holds_on(day), axis=Axis.SUPERVISION).select_related("parent").first()
    if link is not None:
        refuse_twin(name, link.parent, day, but=unit)


def succeed(journal: Journal, rows: models.QuerySet[AnyFact], new: AnyFact) -> AnyFact:
    """Puts `new` in the place of the open fact among `rows`, which ends the day `new` begins.

    When both begin on the same day the old one is corrected instead. Raises Refused where a known fact lies in the way.
    """
    for old in rows.filter(Q(valid_to=None) | Q(valid_to__gt=new.valid_from)).order_by("valid_from"):
        if old.valid_to is not None:
            raise Refused(f"{old.valid_from}至{last_day(old.valid_to)}已有一条记录，新的开始日期须在其后。请核对日期。")
        if old.valid_from > new.valid_from:
            raise Refused(f"原来的记录自{old.valid_from}起，新的开始日期须在其后。")
        if old.valid_from == new.valid_from:
            journal.change(old, **_own_values(new))
            return old
        journal.change(old, valid_to=new.valid_from)
    return journal.create(new)


def _own_values(fact: Fact) -> dict[str, Any]:
    kept = {fact._meta.pk.attname, "valid_from", "valid_to"}
    return {field.attname: getattr(fact, field.attname) for field in fact._meta.concrete_fields if field.attname not in kept}


def end(journal: Journal, fact: Fact, on: date) -> None:
    """Ends a fact; `on` is the first day on which it no longer holds. Raises Refused."""
    if on <= fact.valid_from:
        raise Refused(f"结束日期不能早于开始日期（{fact.valid_from}）。请核对。")
    if fact.valid_to is not None and fact.valid_to <= on:
        raise Refused(f"这条记录已于{last_day(fact.valid_to)}结束。")
    journal.change(fact, valid_to=on)


@transaction.atomic
def end_fact(
    *, fact: Fact, subject: models.Model, unit: Unit | None, on: date, by: User | None, at: datetime, reason: str = ""
) -> None:
    """Ends any fact: `on` is the first day on which it no longer holds. Figures before that day do not move. Raises Refused."""
    journal = Journal(by=by, at=at, verb=f"结束{fact._meta.verbose_name}", reason=reason)
    end(journal, fact, on)
    journal.close(subject, unit)


@transaction.atomic
def set_term(
    *, unit: Unit, since: date, due_on: str, due_by: date, subject: models.Model, by: User | None, at: datetime,
    precision: Precision = Precision.DAY,
) -> Term:
    """A new term from `since`, planned to end at `due_on` (as written), at the latest on `due_by`; the old one ends (M08).

    Where only «not later than» was known of the present term, its beginning is filled in. Raises Refused.
    """
    if due_by <= since:
        raise Refused("届满时间须在任期开始之后。")
    journal = Journal(by=by, at=at, verb="登记任期")
    new = Term(unit=unit, valid_from=since, due_on=due_on, due_by=due_by, from_precision=precision)
    rows = Term.objects.filter(unit=unit)
    seen = rows.filter(valid_to=None, from_precision=Precision.SEEN, valid_from__gte=since).first()
    if seen is not None and not rows.exclude(pk=seen.pk).filter(valid_to__gt=since).exists():
        journal.change(seen, valid_from=since, **_own_values(new))
        new = seen
    else:
        new = succeed(journal, rows, new)
    journal.close(subject, unit)
    return new
