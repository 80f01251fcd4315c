"""Taking back what the journal wrote: one act, or a whole import run, as a unit."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from shanghui.access.closure import own_reaches, rebuild_reaches
from shanghui.access.models import AuditEntry, Axis, Link, Reach, Unit, User
from shanghui.kernel.refusals import Refused

CHUNK = 500


class CannotUndo(Refused):
    """Why a change cannot be taken back, in words for the office."""


def undone(entries: Iterable[AuditEntry]) -> set[int]:
    """Which of these entries have been taken back, by themselves or with their run."""
    listed = list(entries)
    alone = AuditEntry.objects.filter(undoes__in=[entry.pk for entry in listed]).values_list("undoes", flat=True)
    runs = {f"undo:{entry.run}" for entry in listed if entry.run}
    gone = set(AuditEntry.objects.filter(run__in=runs).values_list("run", flat=True))
    return {pk for pk in alone if pk is not None} | {entry.pk for entry in listed if f"undo:{entry.run}" in gone}


@transaction.atomic
def undo(entries: Iterable[AuditEntry], *, by: User | None, at: datetime) -> int:
    """Takes back what these entries (one act, or all of one run) wrote; returns how many rows moved.

    Raises CannotUndo, with the reason, when they were taken back already, when a later act changed the same rows, or
    when other records now depend on a row that would disappear. Nothing is done then.
    """
    listed = sorted(entries, key=lambda entry: entry.pk)
    _refuse_twice(listed)
    _refuse_when_changed_since(listed)
    changes = [change for entry in reversed(listed) for change in reversed(entry.changes)]
    places = _places(listed[0].unit_id)
    try:
        with transaction.atomic():
            _delete_created(changes)
            _restore_deleted(changes)
            _restore_changed(changes)
    except IntegrityError as refused:
        raise CannotUndo("不能撤销：恢复原样会与后来的记录冲突，或者会改动已经冻结的报告。请改为重新登记。") from refused
    _mend_closure(changes)
    _note(listed, changes, by=by, at=at, unit_id=_remaining(places))
    return len(changes)


def _places(unit_id: int | None) -> list[int]:
    """A unit and those above it, the nearest first: where an act may be noted when the unit itself goes."""
    above = Reach.objects.filter(below_id=unit_id).order_by("depth", "pk").values_list("above_id", flat=True)
    return list(dict.fromkeys(above))


def _remaining(places: Sequence[int]) -> int | None:
    """The first of these units that still exists, so that the office still finds the entry."""
    there = set(Unit.objects.filter(pk__in=places).values_list("pk", flat=True))
    return next((pk for pk in places if pk in there), None)


def _refuse_twice(entries: Sequence[AuditEntry]) -> None:
    if not entries or not any(entry.changes for entry in entries):
        raise CannotUndo("这一步没有改动任何记录，不需要撤销。")
    if any(entry.undoes or entry.run.startswith("undo:") for entry in entries):
        raise CannotUndo("撤销本身不能再撤销。请重新登记，或者重新导入。")
    if undone(entries[:1]):
        raise CannotUndo("这一步已经撤销过了。")


def _refuse_when_changed_since(entries: Sequence[AuditEntry]) -> None:
    rows = {(change[0], change[1]) for entry in entries for change in entry.changes}
    own, run = {entry.pk for entry in entries}, entries[0].run
    later = AuditEntry.objects.filter(pk__gt=entries[0].pk).exclude(changes=[]).order_by("pk")
    if run:
        later = later.exclude(run=run)
    touching = [
        e for e in later.iterator(2000) if e.pk not in own and any((change[0], change[1]) in rows for change in e.changes)
    ]
    taken_back = undone(touching) | {e.pk for e in touching if e.undoes or e.run.startswith("undo:")}
    for entry in touching:
        if entry.pk not in taken_back:
            raise CannotUndo(
                f"不能撤销：{entry.at:%Y-%m-%d}对“{entry.subject_title}”又做了“{entry.verb}”，改的是同一条记录。"
                "请先撤销那一步，再撤销这一步。"
            )


def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _by_dependency(tables: Iterable[str]) -> list[type[models.Model]]:
    """The models of these tables, those that point to others before those pointed to."""
    wanted = {_models()[table] for table in tables}
    ordered: list[type[models.Model]] = []

    def visit(model: type[models.Model]) -> None:
        if model in ordered:
            return
        for relation in model._meta.related_objects:
            if relation.related_model in wanted and relation.related_model is not model:
                visit(relation.related_model)
        ordered.append(model)

    for model in sorted(wanted, key=lambda model: model._meta.db_table):
        visit(model)
    return ordered


def _together(pks: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The keys as conditions {lookup: value}, few of them: unbroken runs of numbers as ranges (what an import made is one),
    the rest as lists."""
    alone: list[Any] = []
    for _, run in groupby(enumerate(sorted(set(pks))), key=lambda each: each[1] - each[0]):
        keys = [pk for _, pk in run]
        if len(keys) >= CHUNK:
            yield {"gte": keys[0], "lte": keys[-1]}
        else:
            alone += keys
    for start in range(0, len(alone), CHUNK):
        yield {"in": alone[start : start + CHUNK]}


def _where(name: str, keys: dict[str, Any]) -> Q:
    return Q(**{f"{name}__{lookup}": value for lookup, value in keys.items()})


def _delete_created(changes: Sequence[list[Any]]) -> None:
    created: dict[str, list[Any]] = defaultdict(list)
    for table, pk, before, _ in changes:
        if before is None:
            created[table].append(pk)
    for model in _by_dependency(created):
        for keys in _together(created[model._meta.db_table]):
            _refuse_when_depended_on(model, keys)
            if model is Unit:
                Reach.objects.filter(_where("above_id", keys))._raw_delete(using="default")
                Reach.objects.filter(_where("below_id", keys))._raw_delete(using="default")
            model._base_manager.filter(_where("pk", keys))._raw_delete(using="default")


def _refuse_when_depended_on(model: type[models.Model], keys: dict[str, Any]) -> None:
    for relation in model._meta.related_objects:
        field = relation.field
        if relation.related_model is Reach or not getattr(field, "db_constraint", True):
            continue
        holder = relation.related_model
        if holder._base_manager.filter(_where(field.attname, keys)).exists():
            raise CannotUndo(
                f"不能撤销：后来登记的“{holder._meta.verbose_name}”还要用到这些“{model._meta.verbose_name}”。"
                "请先撤销或结束那些记录。"
            )


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    """The inverse of audit.plain: what the column held."""
    if isinstance(value, dict):
        return base64.b64decode(value.get("sealed") or value.get("bytes") or "")
    return field.get_db_prep_save(field.to_python(value), connection)


def _restore_deleted(changes: Sequence[list[Any]]) -> None:
    deleted: dict[str, list[tuple[Any, dict[str, Any]]]] = defaultdict(list)
    for table, pk, before, after in changes:
        if after is None and before is not None:
            deleted[table].append((pk, before))
    for model in reversed(_by_dependency(deleted)):
        for pk, before in deleted[model._meta.db_table]:
            _write(model, "INSERT", list(before), [(pk, before)])
        if model is Unit:
            Reach.objects.bulk_create(own_reaches(pk for pk, _ in deleted[model._meta.db_table]))


def _restore_changed(changes: Sequence[list[Any]]) -> None:
    grouped: dict[tuple[str, tuple[str, ...]], list[tuple[Any, dict[str, Any]]]] = defaultdict(list)
    for table, pk, before, after in changes:
        if before is not None and after is not None:
            grouped[table, tuple(before)].append((pk, before))
    for (table, columns), rows in grouped.items():
        _write(_models()[table], "UPDATE", list(columns), rows)


def _write(
    model: type[models.Model], statement: str, names: list[str], rows: Sequence[tuple[Any, dict[str, Any]]]
) -> None:
    fields = {f.attname: f for f in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    columns = [quote(str(fields[name].column)) for name in names]
    values = [[*(_stored(fields[name], before[name]) for name in names), pk] for pk, before in rows]
    if statement == "UPDATE":
        sql = f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s"  # noqa: S608
    else:
        sql = f"INSERT INTO {table} ({', '.join([*columns, key])}) VALUES ({', '.join(['%s'] * (len(columns) + 1))})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _mend_closure(changes: Sequence[list[Any]]) -> None:
    table = Link._meta.db_table
    touched: set[int] = set()
    for change in changes:
        if change[0] == table:
            touched |= {values["child_id"] for values in change[2:] if values and "child_id" in values}
    touched |= set(
        Link.objects.filter(pk__in=[c[1] for c in changes if c[0] == table]).values_list("child_id", flat=True)
    )
    remaining = list(Unit.objects.filter(pk__in=touched).values_list("pk", flat=True))
    if remaining:
        for axis in Axis:
            rebuild_reaches(axis, remaining)


def _note(
    entries: Sequence[AuditEntry], changes: Sequence[list[Any]], *, by: User | None, at: datetime, unit_id: int | None
) -> None:
    first = entries[0]
    reversed_changes = [[table, pk, after, before] for table, pk, before, after in changes]
    AuditEntry.objects.create(
        at=at, by=by, verb=f"撤销“{first.verb}”"[:40], unit_id=unit_id, subject_table=first.subject_table,
        subject_id=first.subject_id, subject_title=first.subject_title,
        undoes=None if first.run else first.pk, run=f"undo:{first.run}" if first.run else "",
        changes=[] if first.run else reversed_changes,
    )
