"""«The unit in this column is reached»: the condition of every list, for which Django need not write the same SQL each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import BooleanField, Expression, F

from shanghui.access.models import Reach, Unit
from shanghui.kernel.prepared import Prepared

_COLUMN = -1
"""Stands in the SQL where the column goes; no unit has this key."""
_ALIASES = {Reach._meta.db_table: "reached", Unit._meta.db_table: "reached_above"}
"""Names that no table of the question around has."""


class Reached(Expression):
    """EXISTS over the closure, row by row.

    `closure` is asked with `day`, `roots` and `below`, in whose place stands the column of the row.
    """

    conditional = True

    def __init__(self, closure: Prepared, column: str, *, day: date, roots: Sequence[int]) -> None:
        """`column`: as in a filter, such as "unit_id"."""
        super().__init__(output_field=BooleanField())
        self.closure, self.day, self.roots, self.column = closure, day, tuple(roots), F(column)

    def get_source_expressions(self) -> list[Any]:
        """The column."""
        return [self.column]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """The column as the question around knows it."""
        (self.column,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The closure's SQL with the column in it."""
        column, given = compiler.compile(self.column)
        statement, params = self.closure.statement(day=self.day, roots=self.roots, below=_COLUMN)
        place = params.index(_COLUMN)
        pieces = statement.split("%s")
        written = "%s".join(pieces[: place + 1]) + column + "%s".join(pieces[place + 1 :])
        return f"EXISTS({written})", (*params[:place], *given, *params[place + 1 :])


def apart(rows: Any) -> Any:
    """The rows of the closure as «is there one», under names of their own."""
    rows.query = rows.query.exists()
    rows.query.change_aliases({table: name for table, name in _ALIASES.items() if table in rows.query.alias_map})
    return rows
