"""Rows of the ledger as a draft holds them: loaded, new or revised; and the shelves they stand on."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import models

from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import EPOCH


@dataclass(eq=False, slots=True)
class Row:
    """One row: its columns by attname. `before` holds what revised columns were; None for a new row."""

    model: type[models.Model]
    pk: int
    values: dict[str, Any]
    is_new: bool = False
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moment:
    """The beginning of a fact as a file gives it: a first day and how exactly it is known."""

    day: date
    precision: str


def moment(written: object, seen: date) -> Moment:
    """From a date as written (2019, 2019-07, 2019-07-01); nothing written: held at the latest since `seen`."""
    return _moment(str(written)) if written else Moment(seen, Precision.SEEN)


@lru_cache(maxsize=65536)
def _moment(written: str) -> Moment:
    parts = [int(part) for part in written.split("-")]
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    return Moment(date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1), precision)


ALWAYS = Moment(EPOCH, Precision.SEEN)


class Shelf:
    """The rows of one model that a draft knows, new rows among them, with an index of open facts by key."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.rows: dict[int, Row] = {}
        self.open: dict[Hashable, Row] = {}
        self._next = -1
        self._by: dict[str, tuple[int, dict[Hashable, list[Row]]]] = {}

    def load(self, pk: int, values: dict[str, Any]) -> Row:
        """Takes over a row of the database."""
        row = Row(self.model, pk, values)
        self.rows[pk] = row
        return row

    def add(self, values: dict[str, Any], pk: int | None = None) -> Row:
        """A new row. Its primary key is provisional (negative) until it is written, unless given."""
        if pk is None:
            pk, self._next = self._next, self._next - 1
        row = Row(self.model, pk, values, is_new=True)
        self.rows[pk] = row
        return row

    def by(self, column: str, value: Hashable) -> list[Row]:
        """The rows with this value in a column that is never revised; every row is sorted in once."""
        seen, found = self._by.get(column, (0, {}))
        for row in islice(self.rows.values(), seen, None):
            found.setdefault(row.values[column], []).append(row)
        self._by[column] = (len(self.rows), found)
        return found.get(value, [])


def filled(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """All columns of a model but its key; what is not given gets its default, nothing, or blank."""
    return {name: blank if values.get(name) is None else values[name] for name, blank in _blanks(model)}


@lru_cache(maxsize=64)
def _blanks(model: type[models.Model]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (column.attname, column.get_default() if column.has_default() else (None if column.null else ""))
        for column in model._meta.concrete_fields
        if not column.primary_key
    )
