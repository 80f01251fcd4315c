"""Questions that every page asks: Django writes their SQL once, afterwards only the values change.

To write it takes ten times as long as the database takes to answer, where fifty rows are asked for by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = date | int | Sequence[int]
_FIRST_DAY = date(1001, 1, 1)
_FIRST_NUMBER = -1_000_000_000_000
"""Stand-ins for the values while the SQL is written: days and numbers that nothing else in a question is."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes: the name of the argument, and which of its values."""

    name: str
    number: int


class Prepared:
    """`build(**values)` makes a queryset of `values_list`; a call with values gives its rows as the database returns them.

    Values are days, whole numbers and lists of whole numbers. Each stands in the SQL as it is: `build` must not look at
    them. Columns must need no conversion by Django: numbers and text. An empty list gives no rows.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        """`build`: called once for each length of the lists."""
        self.build = build
        self._written: dict[tuple[Any, ...], tuple[str, list[Any]]] = {}

    def __call__(self, **values: Value) -> list[tuple[Any, ...]]:
        """The rows."""
        if any(not isinstance(value, date | int) and not value for value in values.values()):
            return []
        statement, params = self.statement(**values)
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def statement(self, **values: Value) -> tuple[str, list[Any]]:
        """The SQL and its parameters."""
        given = {name: [value] if isinstance(value, date | int) else list(value) for name, value in values.items()}
        shape = (connection.vendor, *((name, len(listed)) for name, listed in given.items()))
        if shape not in self._written:
            self._written[shape] = self._write(values, given)
        statement, places = self._written[shape]
        return statement, [_adapted(given[one.name][one.number]) if isinstance(one, _Place) else one for one in places]

    def _write(self, values: dict[str, Value], given: dict[str, list[Any]]) -> tuple[str, list[Any]]:
        """The SQL, and its parameters with places for the values."""
        places: dict[Any, _Place] = {}
        standing: dict[str, Any] = {}
        for name, listed in given.items():
            instead = []
            for number, value in enumerate(listed):
                count = len(places)
                instead.append(_FIRST_DAY + timedelta(days=count) if isinstance(value, date) else _FIRST_NUMBER - count)
                places[_adapted(instead[-1])] = _Place(name, number)
            standing[name] = instead[0] if isinstance(values[name], date | int) else instead
        statement, params = self.build(**standing).query.sql_with_params()
        return statement, [places.get(one, one) for one in params]


def _adapted(value: Any) -> Any:
    """A value as the driver takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
