"""What a cleaner knows of the column it works in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """`field` and `heading` of the column, `pivot`: the latest year a two-digit year may mean, `is_key`: names the row,
    `year`: the year that the table's title names."""

    field: str
    heading: str
    pivot: int
    is_key: bool = False
    year: int | None = None
