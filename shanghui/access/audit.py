"""The journal: rows are written, and the audit entry with them, in one transaction (M48)."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from shanghui.access.models import AuditEntry, Unit, User
from shanghui.kernel.facts import column_values
from shanghui.kernel.sealing import SealedField

Row = TypeVar("Row", bound=models.Model)
Change = list[Any]
"""[table, primary key, columns before or None, columns after or None]"""


def plain(field: models.Field[Any, Any], value: Any) -> Any:
    """A column's value as JSON can hold it; sealed text is sealed first and never stands in the clear."""
    if isinstance(field, SealedField):
        return {"sealed": base64.b64encode(field.get_prep_value(value or "")).decode()}
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _columns(row: models.Model) -> dict[str, models.Field[Any, Any]]:
    return {field.attname: field for field in row._meta.concrete_fields}


_RUN: ContextVar[str] = ContextVar("run", default="")


@contextmanager
def as_one(run: str) -> Iterator[None]:
    """Inside, every entry that names no run of its own belongs to this one: several operations that are taken back as a unit."""
    token = _RUN.set(run)
    try:
        yield
    finally:
        _RUN.reset(token)


class Journal:
    """Writes rows and remembers what it wrote; `close` adds the audit entry. Use inside one transaction."""

    def __init__(self, *, by: User | None, at: datetime, verb: str, run: str = "", reason: str = "") -> None:
        """`by`: who acts (None: a command on the server); `at`: the moment; `run`: a group undone as one."""
        self.by, self.at, self.verb, self.run, self.reason = by, at, verb, run or _RUN.get(), reason
        self.changes: list[Change] = []

    def create(self, row: Row) -> Row:
        """Inserts a row."""
        row.save(force_insert=True)
        fields = _columns(row)
        after = {name: plain(fields[name], value) for name, value in column_values(row).items()}
        self.changes.append([row._meta.db_table, row.pk, None, after])
        return row

    def change(self, row: Row, **values: Any) -> bool:
        """Sets the columns that differ (by attname); says whether any did."""
        fields = _columns(row)
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differing:
            return False
        before = {name: plain(fields[name], getattr(row, name)) for name in differing}
        for name, value in differing.items():
            setattr(row, name, value)
        row.save(update_fields=[fields[name].name for name in differing])
        after = {name: plain(fields[name], value) for name, value in differing.items()}
        self.changes.append([row._meta.db_table, row.pk, before, after])
        return True

    def delete(self, row: models.Model) -> None:
        """Removes a row; its columns stay in the entry."""
        fields = _columns(row)
        before = {name: plain(fields[name], value) for name, value in column_values(row).items()}
        self.changes.append([row._meta.db_table, row.pk, before, None])
        row.delete()

    def close(self, subject: models.Model, unit: Unit | None, title: str = "") -> AuditEntry | None:
        """Adds the entry about `subject`; None when nothing was changed."""
        if not self.changes:
            return None
        entry = AuditEntry.objects.create(
            at=self.at, by=self.by, verb=self.verb, unit=unit, run=self.run, reason=self.reason, changes=self.changes,
            subject_table=subject._meta.db_table, subject_id=subject.pk, subject_title=(title or str(subject))[:120],
        )
        self.changes = []
        return entry


def note(
    *, by: User | None, at: datetime, verb: str, subject: models.Model, unit: Unit | None, reason: str = "", title: str = ""
) -> AuditEntry:
    """An entry about an act that changes no row: a full view of a sealed number, a download of a roster."""
    return AuditEntry.objects.create(
        at=at, by=by, verb=verb, unit=unit, reason=reason, changes=[],
        subject_table=subject._meta.db_table, subject_id=subject.pk, subject_title=(title or str(subject))[:120],
    )
