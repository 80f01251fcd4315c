"""Writing a plan: bulk rows by executemany inside one transaction, and one audit entry a record with them (M45)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

from shanghui.access.audit import plain
from shanghui.access.closure import own_reaches, rebuild_reaches
from shanghui.access.models import AuditEntry, Axis, Link, Reach, Unit, User
from shanghui.cases.models import Case, Contact, Introducer, StepRecord
from shanghui.exchange.drafting.draft import Planned
from shanghui.exchange.drafting.rows import Row
from shanghui.exchange.planning import Plan
from shanghui.kernel import bulk
from shanghui.kernel.bulk import columns_of
from shanghui.kernel.sealing import SealedField
from shanghui.ledger.activities.models import Activity, ActivityHost, Occasion
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberMembership,
    ChamberStatus,
    CharterClause,
    Coverage,
    DeclaredSize,
    Enterprise,
    OrganizationPeriod,
    PartyOrganization,
    Term,
)
from shanghui.ledger.people.models import (
    Affiliation,
    Appointment,
    GuideAssignment,
    MembershipRecord,
    MemberStanding,
    Person,
)
from shanghui.ledger.programs.models import Promise

ORDER: tuple[type[models.Model], ...] = (
    Unit, Link, Chamber, PartyOrganization, Enterprise, Person, ChamberStatus, DeclaredSize, OrganizationPeriod, Coverage,
    Term, CharterClause, ChamberMembership, MembershipRecord, Affiliation, MemberStanding, Appointment, GuideAssignment,
    Activity, ActivityHost, Occasion, Promise, Case, StepRecord, Contact,
    Introducer,
)
"""Models in the order in which their rows can be inserted: what is pointed to first."""

Progress = Callable[[int, int], None]


def write(
    plan: Plan, *, run: str, by: User | None, at: datetime, progress: Progress | None = None, verb: str = "导入"
) -> dict[str, int]:
    """Writes everything the plan would do; returns how many rows of each table were made. Call inside one transaction.

    `verb`: what the journal calls it.
    """
    created: dict[type[models.Model], list[Row]] = {}
    revised: dict[tuple[type[models.Model], int], Row] = {}
    for planned in plan.planned:
        for row in planned.created:
            created.setdefault(row.model, []).append(row)
        for row, _, _ in planned.revised:
            if not row.is_new:
                revised[row.model, row.pk] = row
    _sign(created, by, at)
    keys = _allocate(created)
    total = sum(len(rows) for rows in created.values()) + len(revised) or 1
    done = 0
    sealed = _sealed_columns(revised.values())
    _revise(revised.values(), keys)
    for model in ORDER:
        rows = created.get(model, [])
        _insert(model, rows, keys)
        if model is Unit and rows:
            Reach.objects.bulk_create(own_reaches(keys[model][row.pk] for row in rows), batch_size=2000)
        done += len(rows)
        if progress is not None and rows:
            progress(done, total)
    _close_tree(created, keys)
    _audit(plan.planned, keys, sealed, run=run, by=by, at=at, verb=verb)
    return {model._meta.db_table: len(rows) for model, rows in created.items()}


Keys = dict[type[models.Model], dict[int, int]]
Sealed = dict[tuple[int, str], str]


def _sign(created: dict[type[models.Model], list[Row]], by: User | None, at: datetime) -> None:
    """Rows that tell themselves who entered them, and when."""
    who = by.pk if by else None
    for row in created.get(Case, ()):
        row.values["opened_by_id"] = who
    for row in created.get(StepRecord, ()):
        row.values |= {"by_id": who, "at": at}


def _root(model: type[models.Model]) -> type[models.Model]:
    """The model whose primary key a model's provisional numbers are: chambers and organizations are numbered as units."""
    key = model._meta.pk
    return key.remote_field.model if key is not None and key.remote_field else model


def _allocate(created: dict[type[models.Model], list[Row]]) -> Keys:
    keys: Keys = {}
    for model in ORDER:
        if _root(model) is model:
            rows = created.get(model, [])
            start = next_keys(model, len(rows)) if rows else 0
            keys[model] = {row.pk: start + place for place, row in enumerate(rows)}
    for model in ORDER:
        keys.setdefault(model, keys.get(_root(model), {}))
    return keys


def next_keys(model: type[models.Model], count: int) -> int:
    """The first of `count` consecutive new primary keys. On SQLite the write transaction keeps others out."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [table])
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            first = int(cursor.fetchone()[0])
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count])
            return first
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        return (int(found[0]) if found else 0) + 1


@lru_cache(maxsize=64)
def _targets(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """{attname: root model pointed to} of the foreign keys whose values may be provisional."""
    found = {}
    for name, field in columns_of(model).items():
        if field.remote_field is not None:
            target = _root(field.remote_field.model)
            if target in ORDER:
                found[name] = target
    return found


def _real(value: Any, numbers: dict[int, int]) -> Any:
    return numbers[value] if isinstance(value, int) and value < 0 else value


def _insert(model: type[models.Model], rows: Sequence[Row], keys: Keys) -> None:
    fields = columns_of(model)
    targets, numbers = _targets(model), keys[model]
    for start in range(0, len(rows), bulk.BATCH):
        batch = rows[start : start + bulk.BATCH]
        spoken_of = set[str]().union(*(row.values for row in batch))
        columns = [
            [numbers.get(row.pk, row.pk) for row in batch] if field.primary_key
            else _column(name, field, batch, targets, keys) if name in spoken_of
            else [*bulk.prepared(field, [field.get_default()])] * len(batch)  # the default, prepared once
            for name, field in fields.items()
        ]
        bulk.insert(model, list(fields), zip(*columns, strict=True))


def _column(
    name: str, field: models.Field[Any, Any], rows: Sequence[Row], targets: dict[str, type[models.Model]], keys: Keys
) -> Sequence[Any]:
    """One column of these rows, with the real keys for the provisional ones; a row that does not speak of it has the default."""
    default = field.get_default()
    values = [row.values.get(name, default) for row in rows]
    if name in targets:
        numbers = keys[targets[name]]
        return [value if value is None or value >= 0 else numbers[value] for value in values]
    return bulk.prepared(field, values)


def _revise(rows: Iterable[Row], keys: Keys) -> None:
    """Writes the revised columns of rows of the database; facts are ended before their successors are inserted."""
    grouped: dict[tuple[type[models.Model], tuple[str, ...]], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row.model, tuple(row.before)), []).append(row)
    for (model, names), listed in grouped.items():
        _update(model, names, listed, keys)


def _update(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Row], keys: Keys) -> None:
    fields, targets = columns_of(model), _targets(model)
    columns = [_column(name, fields[name], rows, targets, keys) for name in names]
    bulk.update(model, names, zip(*columns, [row.pk for row in rows], strict=True))


def _close_tree(created: dict[type[models.Model], list[Row]], keys: Keys) -> None:
    """The closure of the new links, axis by axis."""
    for axis in Axis:
        children = [
            _real(row.values["child_id"], keys[Unit]) for row in created.get(Link, ()) if row.values["axis"] == axis.value
        ]
        if children:
            rebuild_reaches(axis, children)


def _audit(
    planned: Sequence[Planned], keys: Keys, sealed: Sealed, *, run: str, by: User | None, at: datetime, verb: str
) -> None:
    """One entry a record that changed something: the rows it made, and what the rows it revised were before."""
    when = columns_of(AuditEntry)["at"].get_db_prep_save(at, connection)
    told: set[tuple[type[models.Model], int]] = set()
    rows = []
    for one in planned:
        changes = _changes(one, keys, sealed, told)
        if changes:
            subject = one.subject or (one.created[0] if one.created else one.revised[0][0])
            rows.append((
                when, by.pk if by else None, verb, _real(one.unit, keys[Unit]), subject.model._meta.db_table,
                _real(subject.pk, keys[subject.model]), one.title[:120], f"{one.record.file} {one.record.sheet} 第{one.record.row}行"[:300],
                run, None, _json(changes),
            ))
    names = ("at", "by_id", "verb", "unit_id", "subject_table", "subject_id", "subject_title", "reason", "run", "undoes", "changes")
    bulk.insert(AuditEntry, names, rows)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _changes(one: Planned, keys: Keys, sealed: Sealed, told: set[tuple[type[models.Model], int]]) -> list[list[Any]]:
    changes: list[list[Any]] = [
        [row.model._meta.db_table, _real(row.pk, keys[row.model]), None, {}] for row in one.created
    ]
    for row, _, _ in one.revised:
        if row.is_new or (row.model, row.pk) in told:
            continue
        told.add((row.model, row.pk))
        changes.append([row.model._meta.db_table, row.pk, *_columns_before_and_after(row, keys, sealed)])
    return changes


def _columns_before_and_after(row: Row, keys: Keys, sealed: Sealed) -> tuple[dict[str, Any], dict[str, Any]]:
    fields, targets = columns_of(row.model), _targets(row.model)
    before, after = {}, {}
    for name, value in row.before.items():
        now = row.values.get(name)
        if isinstance(fields[name], SealedField):
            before[name] = {"sealed": sealed.get((row.pk, name), "")}
            after[name] = {"sealed": ""}
            continue
        before[name] = plain(fields[name], value)
        after[name] = plain(fields[name], _real(now, keys[targets[name]]) if name in targets else now)
    return before, after


def _sealed_columns(rows: Iterable[Row]) -> Sealed:
    """What stands sealed in the database in columns that are about to be revised, for the undo."""
    wanted = {row.pk for row in rows if row.model is Person and row.before.keys() & {"id_number", "phone"}}
    found: Sealed = {}
    listed = sorted(wanted)
    table = connection.ops.quote_name(Person._meta.db_table)
    with connection.cursor() as cursor:
        for start in range(0, len(listed), 500):
            chunk = listed[start : start + 500]
            marks = ", ".join(["%s"] * len(chunk))
            cursor.execute(f"SELECT id, id_number, phone FROM {table} WHERE id IN ({marks})", chunk)  # noqa: S608
            for pk, number, phone in cursor.fetchall():
                found[pk, "id_number"] = base64.b64encode(bytes(number)).decode()
                found[pk, "phone"] = base64.b64encode(bytes(phone)).decode()
    return found
