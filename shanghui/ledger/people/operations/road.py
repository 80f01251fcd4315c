"""The road of a member as a development writes it (M15): category, dates and relation from the day of a step, taken back with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from shanghui.access.audit import Journal, plain
from shanghui.access.models import AuditEntry, User
from shanghui.kernel.facts import Precision
from shanghui.kernel.partial_dates import first_day
from shanghui.kernel.partial_dates import last_day as last_meant
from shanghui.kernel.periods import full_day, last_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    Category,
    MembershipRecord,
    MemberStanding,
    Person,
)
from shanghui.ledger.people.operations.standings import AGAIN, refuse_barred

ROAD = tuple(Category)
"""In their order."""
FREE = "contacts"
"""Changed on its own while the category stands."""
_WRITTEN: dict[str, type[models.Model]] = {one._meta.db_table: one for one in (MembershipRecord, Affiliation, Person, MemberStanding)}


@transaction.atomic
def advance(
    *, person: Person, category: Category, since: date, by: User | None, at: datetime, run: str,
    organization: PartyOrganization | None = None, kind: AffiliationKind = AffiliationKind.CULTIVATED, **dates: str,
) -> None:
    """From `since` the person is in this category, belongs to `organization` in this way, and has these dates (columns of Person).

    What the ledger holds already stays; a day known less exactly is put right. `run`: under which it can be taken back. Raises
    Refused where the ledger says otherwise.
    """
    left = refuse_barred(person, category, since)
    journal = Journal(by=by, at=at, verb=f"记为{category.label}", run=run)
    if left is not None:
        journal.change(left, valid_to=since, ended_how=AGAIN)
    _place(journal, person, category, since)
    for column, value in dates.items():
        _date(journal, person, column, value)
    if organization is not None:
        _belong(journal, person, organization, kind, since)
    journal.close(person, person.kept_by)


@transaction.atomic
def name_contacts(*, person: Person, contacts: str, by: User | None, at: datetime) -> None:
    """Who looks after somebody on the road, in the record of his present category."""
    journal = Journal(by=by, at=at, verb="登记培养联系人")
    for row in MembershipRecord.objects.filter(person=person, valid_to=None, category__in=(Category.ACTIVIST, Category.CANDIDATE)):
        journal.change(row, contacts=contacts[:60])
    journal.close(person, person.kept_by)


@transaction.atomic
def leave_road(*, person: Person, on: date, by: User | None, at: datetime, run: str, verb: str, **dates: str) -> None:
    """From `on` the person is in no category and belongs nowhere, dual life included; `dates` are set. Raises Refused."""
    journal = Journal(by=by, at=at, verb=verb, run=run)
    rows: list[MembershipRecord | Affiliation] = [
        *MembershipRecord.objects.filter(person=person, valid_to=None), *Affiliation.objects.filter(person=person, valid_to=None)
    ]
    for row in rows:
        if row.valid_from >= on:
            raise Refused(f"台账里{person.name}有自{full_day(row.valid_from)}起的登记，不能在{full_day(on)}结束。请核对日期。")
        journal.change(row, valid_to=on)
    journal.change(person, **dates)
    journal.close(person, person.kept_by)


@transaction.atomic
def retreat(*, person: Person, runs: Sequence[str], by: User | None, at: datetime) -> None:
    """Takes back what these runs wrote, the last first, column by column. Raises Refused where a column was changed since."""
    for run in runs:
        back = f"undo:{run}"
        last = AuditEntry.objects.filter(run=back).order_by("-pk").values_list("pk", flat=True).first() or 0
        journal = Journal(by=by, at=at, verb="退回后恢复台账", run=back)
        for entry in AuditEntry.objects.filter(run=run, pk__gt=last).order_by("-pk"):
            for table, pk, before, after in reversed(entry.changes):
                _restore(journal, person, _row(table, pk), before, after)
        journal.close(person, person.kept_by)


def _place(journal: Journal, person: Person, category: Category, since: date) -> None:
    past, rows = _roads(person)
    ended = next((one for one in past if one.valid_to is not None and one.valid_to > since), None)
    if ended is not None and ended.valid_to is not None:
        raise Refused(f"台账里{person.name}到{full_day(last_day(ended.valid_to) or ended.valid_to)}为止是{ended.get_category_display()}。请核对日期。")
    same = next((one for one in rows if one.category == category), None)
    if same is not None:
        _make_exact(journal, person, same, since, rows)
        return
    later = next((one for one in rows if ROAD.index(Category(one.category)) > ROAD.index(category)), None)
    before = [one for one in rows if later is None or one.valid_from < later.valid_from]
    _refuse_unordered(person, category, since, before, later)
    for one in before:
        if one.valid_to is None or one.valid_to > since:
            journal.change(one, valid_to=since)
    until = later.valid_from if later is not None else None
    contacts = before[-1].contacts if before and category == Category.CANDIDATE else ""
    journal.create(MembershipRecord(person=person, category=category, valid_from=since, valid_to=until, contacts=contacts))


def _roads(person: Person) -> tuple[list[MembershipRecord], list[MembershipRecord]]:
    """The records of earlier roads, and those of the present one: without a break up to the one that still holds."""
    rows = list(MembershipRecord.objects.filter(person=person).order_by("valid_from"))
    if not rows or rows[-1].valid_to is not None:
        return rows, []
    first = len(rows) - 1
    while first and rows[first - 1].valid_to == rows[first].valid_from:
        first -= 1
    return rows[:first], rows[first:]


def _refuse_unordered(
    person: Person, category: Category, since: date, before: Sequence[MembershipRecord], later: MembershipRecord | None
) -> None:
    """The days of the road follow each other."""
    if later is not None and since >= later.valid_from:
        raise Refused(f"台账里{person.name}{_begins(later)}就是{later.get_category_display()}，记为{category.label}的日期须在其前。请核对日期。")
    wrong = next((one for one in before if one.valid_from >= since), None)
    if wrong is not None:
        raise Refused(f"台账里{person.name}{_begins(wrong)}是{wrong.get_category_display()}，记为{category.label}的日期须在其后。请核对日期。")


def _begins(row: MembershipRecord) -> str:
    return f"{'不晚于' if row.from_precision == Precision.SEEN else '自'}{full_day(row.valid_from)}"


def _make_exact(journal: Journal, person: Person, row: MembershipRecord, since: date, rows: Sequence[MembershipRecord]) -> None:
    """A beginning known less exactly becomes the day; another exact day is refused."""
    if row.valid_from == since and row.from_precision == Precision.DAY:
        return
    if not _may_mean(row, since):
        raise Refused(f"台账里{person.name}{_begins(row)}是{row.get_category_display()}，与{full_day(since)}对不上。请先核对、更正其中一处。")
    earlier = [one for one in rows if one.valid_from < row.valid_from][-1:]
    if any(one.valid_from >= since for one in earlier) or (row.valid_to is not None and since >= row.valid_to):
        raise Refused(f"{person.name}记为{row.get_category_display()}的日期与台账里前后的登记冲突。请核对日期。")
    touching = [one for one in earlier if one.valid_to is not None and (one.valid_to == row.valid_from or one.valid_to > since)]
    sooner = since < row.valid_from
    for one in touching if sooner else ():
        journal.change(one, valid_to=since)
    journal.change(row, valid_from=since, from_precision=Precision.DAY)
    for one in () if sooner else touching:
        journal.change(one, valid_to=since)


def _may_mean(row: MembershipRecord, since: date) -> bool:
    """Whether the beginning, as exactly as it is known, may be this day."""
    if row.from_precision == Precision.SEEN:
        return since <= row.valid_from
    if row.from_precision == Precision.DAY:
        return since == row.valid_from
    length = 7 if row.from_precision == Precision.MONTH else 4
    return row.valid_from.isoformat()[:length] == since.isoformat()[:length]


def _date(journal: Journal, person: Person, column: str, value: str) -> None:
    """Sets a date of a person; a more exact one replaces what may mean the same day. Raises Refused."""
    held = getattr(person, column)
    if held and not first_day(held) <= first_day(value) <= last_meant(held):
        word = next(one.verbose_name for one in person._meta.concrete_fields if one.name == column)
        raise Refused(f"台账里{person.name}的{word}是{held}，与{value}对不上。请先核对、更正其中一处。")
    journal.change(person, **{column: value})


def _belong(
    journal: Journal, person: Person, organization: PartyOrganization, kind: AffiliationKind, since: date
) -> None:
    """The one home, or who cultivates him, from the day; what holds already stays."""
    held = Affiliation.objects.filter(person=person, valid_to=None).exclude(kind=AffiliationKind.DUAL)
    old = held.select_related("organization__unit").first()
    if old is not None and old.organization_id != organization.pk:
        raise Refused(f"{person.name}的{old.get_kind_display()}在“{old.organization.unit.name}”。请先把这件事转到那里。")
    if old is not None and old.kind == AffiliationKind.HOME != kind and old.from_precision == Precision.SEEN:
        journal.change(old, kind=kind)
    if old is not None and (old.kind == kind or old.kind == AffiliationKind.HOME):
        _sooner(journal, old, since)
        return
    if old is not None and old.valid_from >= since:
        raise Refused(f"{person.name}的{old.get_kind_display()}自{full_day(old.valid_from)}起，新的日期须在其后。请核对日期。")
    if old is not None:
        journal.change(old, valid_to=since)
    journal.change(person, kept_by_id=organization.unit_id)
    journal.create(Affiliation(person=person, organization=organization, kind=kind, valid_from=since))


def _sooner(journal: Journal, row: Affiliation, since: date) -> None:
    """Where somebody is only known to belong by a day, he does from the day of the step, unless he belonged elsewhere then."""
    elsewhere = Affiliation.objects.filter(person_id=row.person_id, valid_to__gt=since).exclude(kind=AffiliationKind.DUAL)
    if row.from_precision == Precision.SEEN and since < row.valid_from and not elsewhere.exists():
        journal.change(row, valid_from=since, from_precision=Precision.DAY)


def _row(table: str, pk: int) -> models.Model | None:
    return _WRITTEN[table]._default_manager.filter(pk=pk).first()


def _restore(
    journal: Journal, person: Person, row: models.Model | None, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    """Puts one row back: what was made goes, what was revised is as before, provided nobody revised it since."""
    columns = {one.attname: one for one in row._meta.concrete_fields} if row is not None else {}
    standing = {name: value for name, value in (after or {}).items() if name != FREE}
    if row is None or any(plain(columns[name], getattr(row, name)) != value for name, value in standing.items()):
        raise Refused(f"台账里{person.name}的登记后来又改过，不能自动恢复。请先撤销那一次修改，再退回。")
    if before is None:
        journal.delete(row)
        return
    journal.change(row, **{name: columns[name].to_python(value) for name, value in before.items()})
