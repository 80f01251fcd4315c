"""Taking back what the journal wrote: one act, or a whole import run, as a unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.db.models.functions import Cast

from shanghui.access.audit import Change
from shanghui.access.models import AuditEntry, Link, Reach, Unit, User
from shanghui.access.restoring import CannotUndo, Moved, delete_created, mend_closure, restore_deleted, restore_revised

READ = 5000
"""Entries of a run read at a time."""


def undone(entries: Iterable[AuditEntry]) -> set[int]:
    """Which of these entries have been taken back, by themselves or with their run."""
    listed = list(entries)
    alone = AuditEntry.objects.filter(undoes__in=[entry.pk for entry in listed]).values_list("undoes", flat=True)
    runs = {f"undo:{entry.run}" for entry in listed if entry.run}
    gone = set(AuditEntry.objects.filter(run__in=runs).values_list("run", flat=True))
    return {pk for pk in alone if pk is not None} | {entry.pk for entry in listed if f"undo:{entry.run}" in gone}


@transaction.atomic
def undo(entries: Iterable[AuditEntry], *, by: User | None, at: datetime) -> int:
    """Takes back what these entries wrote; returns how many rows moved.

    Raises CannotUndo, with the reason, when they were taken back already, when a later act changed the same rows, or
    when other records now depend on a row that would disappear. Nothing is done then.
    """
    listed = sorted(entries, key=lambda entry: entry.pk)
    changes = [change for entry in listed for change in entry.changes]
    _refuse_twice(listed, changes)
    return _take_back(listed[0], {entry.pk for entry in listed}, changes, by=by, at=at)


@transaction.atomic
def undo_run(run: str, *, by: User | None, at: datetime) -> int:
    """The same for all that a run wrote, as a unit; 0 when it wrote nothing."""
    entries = AuditEntry.objects.filter(run=run)
    first = entries.order_by("pk").first()
    if first is None:
        return 0
    keys, changes = _read(entries)
    _refuse_twice([first], changes)
    return _take_back(first, keys, changes, by=by, at=at)


def _read(entries: QuerySet[AuditEntry]) -> tuple[set[int], list[list[Any]]]:
    """The keys of these entries and their changes in their order, without making an entry of each: a run has a hundred thousand."""
    written = entries.order_by("pk").annotate(written=Cast("changes", models.TextField())).values_list("pk", "written")
    keys: set[int] = set()
    changes: list[list[Any]] = []
    rows = written.iterator(chunk_size=READ)
    while chunk := list(islice(rows, READ)):
        keys.update(pk for pk, _ in chunk)
        changes += chain.from_iterable(json.loads(f"[{','.join(text for _, text in chunk)}]"))
    return keys, changes


def _take_back(first: AuditEntry, own: set[int], changes: Sequence[Change], *, by: User | None, at: datetime) -> int:
    """`first`: the earliest of the entries whose keys are `own` and which made the changes."""
    moved = Moved(changes)
    _refuse_when_changed_since(first, own, moved.keys)
    places = _places(first.unit_id)
    try:
        with transaction.atomic():
            delete_created(moved.created)
            restore_deleted(moved.deleted)
            restore_revised(moved.revised)
    except IntegrityError as refused:
        raise CannotUndo("不能撤销：恢复原样会与后来的记录冲突，或者会改动已经冻结的报告。请改为重新登记。") from refused
    mend_closure([change for change in changes if change[0] == Link._meta.db_table])
    _note(first, changes, by=by, at=at, unit_id=_remaining(places))
    return len(changes)


def _places(unit_id: int | None) -> list[int]:
    """A unit and those above it, the nearest first: where an act may be noted when the unit itself goes."""
    above = Reach.objects.filter(below_id=unit_id).order_by("depth", "pk").values_list("above_id", flat=True)
    return list(dict.fromkeys(above))


def _remaining(places: Sequence[int]) -> int | None:
    """The first of these units that still exists, so that the office still finds the entry."""
    there = set(Unit.objects.filter(pk__in=places).values_list("pk", flat=True))
    return next((pk for pk in places if pk in there), None)


def _refuse_twice(entries: Sequence[AuditEntry], changes: Sequence[Change]) -> None:
    if not changes:
        raise CannotUndo("这一步没有改动任何记录，不需要撤销。")
    if any(entry.undoes or entry.run.startswith("undo:") for entry in entries):
        raise CannotUndo("撤销本身不能再撤销。请重新登记，或者重新导入。")
    if undone(entries[:1]):
        raise CannotUndo("这一步已经撤销过了。")


def _refuse_when_changed_since(first: AuditEntry, own: set[int], keys: Mapping[str, set[Any]]) -> None:
    later = AuditEntry.objects.filter(pk__gt=first.pk).exclude(changes=[]).order_by("pk")
    if first.run:
        later = later.exclude(run=first.run)
    touching = [
        e for e in later.iterator(2000) if e.pk not in own and any(change[1] in keys.get(change[0], ()) for change in e.changes)
    ]
    taken_back = undone(touching) | {e.pk for e in touching if e.undoes or e.run.startswith("undo:")}
    for entry in touching:
        if entry.pk not in taken_back:
            raise CannotUndo(
                f"不能撤销：{entry.at:%Y-%m-%d}对“{entry.subject_title}”又做了“{entry.verb}”，改的是同一条记录。"
                "请先撤销那一步，再撤销这一步。"
            )


def _note(first: AuditEntry, changes: Sequence[Change], *, by: User | None, at: datetime, unit_id: int | None) -> None:
    alone = not first.run
    AuditEntry.objects.create(
        at=at, by=by, verb=f"撤销“{first.verb}”"[:40], unit_id=unit_id, subject_table=first.subject_table,
        subject_id=first.subject_id, subject_title=first.subject_title,
        undoes=first.pk if alone else None, run="" if alone else f"undo:{first.run}",
        changes=[[table, pk, after, before] for table, pk, before, after in reversed(changes)] if alone else [],
    )
