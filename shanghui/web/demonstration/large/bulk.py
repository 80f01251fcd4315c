"""Rows written past the models: bare executemany on SQLite, COPY on PostgreSQL; indexes and triggers come back afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
_POSTGRES = """SELECT 'index', indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
AND indexname NOT IN (SELECT conname FROM pg_constraint)"""
TOGETHER = 20_000


@contextmanager
def loading(tables: Sequence[type[models.Model]]) -> Iterator[None]:
    """One transaction in which the tables are filled without their indexes and triggers. The rows are believed as they come."""
    on_sqlite, names = connection.vendor == "sqlite", {model._meta.db_table for model in tables}
    with connection.cursor() as cursor:
        before = "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF" if on_sqlite else "SET session_replication_role = replica"
        for one in before.split(";"):
            cursor.execute(one)
        with transaction.atomic():
            cursor.execute(_SQLITE if on_sqlite else _POSTGRES)
            aside = [(kind, name, sql) for kind, name, table, sql in cursor.fetchall() if table in names]
            for kind, name, _ in aside:
                cursor.execute(f"DROP {kind} {name}")
            yield
            for sql in connection.ops.sequence_reset_sql(no_style(), list(tables)):
                cursor.execute(sql)
            for _, _, sql in aside:
                cursor.execute(sql.replace("%", "%%"))
        after = "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL" if on_sqlite else "RESET session_replication_role; ANALYZE"
        for one in after.split(";"):
            cursor.execute(one)


def write(model: type[models.Model], columns: str, rows: Iterable[Sequence[Any]], **constant: Any) -> None:
    """Rows of these columns (their names parted by blanks, days as ISO text); the other columns are constant, or the default."""
    named, table = columns.split(), model._meta.db_table
    rest: dict[str, str] = {
        str(field.column): _literal(constant.get(field.attname, field.get_default()), field)
        for field in model._meta.concrete_fields if field.attname not in named and not isinstance(field, models.AutoField)
    }
    if connection.vendor == "sqlite":
        marks = ", ".join([*("?" * len(named)), *rest.values()])
        connection.ensure_connection()
        connection.connection.executemany(f"INSERT INTO {table} ({', '.join([*named, *rest])}) VALUES ({marks})", rows)
    else:
        _copy(table, named, rest, rows)


def _literal(value: Any, field: models.Field[Any, Any]) -> str:
    """As it is written in a statement."""
    stored = field.get_db_prep_save(value, connection)
    stored = getattr(stored, "obj", stored)  # as psycopg wraps it
    if isinstance(stored, bytes | memoryview):
        return f"X'{bytes(stored).hex()}'" if connection.vendor == "sqlite" else f"'\\x{bytes(stored).hex()}'"
    if isinstance(stored, bool):
        return str(stored).upper()
    return "NULL" if stored is None else f"'{stored}'" if isinstance(stored, str) or not isinstance(stored, int) else str(stored)


def _copy(table: str, named: Sequence[str], rest: dict[str, str], rows: Iterable[Sequence[Any]]) -> None:
    wanted, listed = {column: value for column, value in rest.items() if value != "NULL"}, iter(rows)
    with connection.cursor() as cursor:
        for column, value in wanted.items():
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}")
        with cursor.copy(f"COPY {table} ({', '.join(named)}) FROM STDIN") as copy:
            while some := list(islice(listed, TOGETHER)):
                copy.write("".join("\t".join(["\\N" if one is None else str(one) for one in row]) + "\n" for row in some))
        for column in wanted:
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT")
