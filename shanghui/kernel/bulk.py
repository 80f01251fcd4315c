"""Many rows of one table at once: prepared column by column, inserted by executemany. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, models

from shanghui.kernel.sealing import SealedField

BATCH = 5000
"""Rows handed to the driver at a time."""

Fields = dict[str, "models.Field[Any, Any]"]


@lru_cache(maxsize=64)
def columns_of(model: type[models.Model]) -> Fields:
    """The concrete columns of a model by attname."""
    return {field.attname: field for field in model._meta.concrete_fields}


def prepared(field: models.Field[Any, Any], values: Sequence[Any]) -> Sequence[Any]:
    """The values of one column as the driver takes them. Text is sealed, days and JSON are written out."""
    prepare = _preparer(field)
    return [prepare(value) for value in values] if prepare is not None else values


def _preparer(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, SealedField):
        return field.get_prep_value  # a blob needs nothing more
    if isinstance(field, models.JSONField | models.DateTimeField):
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, models.DateField) and connection.vendor == "sqlite":
        return lambda value: None if value is None else value.isoformat()
    return None


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts rows of prepared values for the columns `names` (attnames)."""
    fields, quote = columns_of(model), connection.ops.quote_name
    columns = ", ".join(quote(str(fields[name].column)) for name in names)
    table, marks = quote(model._meta.db_table), ", ".join(["%s"] * len(names))
    _execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - names of our own columns


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Sets the columns `names` of rows by primary key: each row is the prepared values and then the key."""
    fields, quote = columns_of(model), connection.ops.quote_name
    assignments = ", ".join(f"{quote(str(fields[name].column))} = %s" for name in names)
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    _execute(f"UPDATE {table} SET {assignments} WHERE {key} = %s", rows)  # noqa: S608 - names of our own columns


def _execute(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, BATCH)):
            cursor.executemany(statement, batch)
