"""A column of a record, declared once: its heading and its value, for table, export, command and detail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Column:
    """`value(row)` gives text, a number, a day or None. `sort`: the columns to order by, "" when it cannot be sorted.

    `masked` says that the value is a masked number; `width` is in characters, for a workbook. `about`: the field of a person
    it tells, "" for none; whoever may not see the field gets no such column (ledger.people.privacy).
    """

    key: str
    title: str
    value: Callable[[Any], Any]
    sort: str = ""
    numeric: bool = False
    masked: bool = False
    width: int = 14
    about: str = ""

    def text(self, row: Any) -> Any:
        """The value as JSON can hold it: days as 2022-06-30, nothing as ""."""
        value = self.value(row)
        return "" if value is None else value.isoformat() if isinstance(value, date) else value


def attribute(key: str, title: str, *, sort: str = "", **more: Any) -> Column:
    """A column that shows the attribute of its own name; sorted by it unless told otherwise ("-" for not at all)."""
    return Column(key, title, lambda row: getattr(row, key), sort="" if sort == "-" else sort or key, **more)


def label(key: str, title: str, choices: list[tuple[str, str]], **more: Any) -> Column:
    """A column that shows the Chinese word of a choice."""
    words = dict(choices)
    return Column(key, title, lambda row: words.get(getattr(row, key) or "", ""), **{"sort": key, **more})
