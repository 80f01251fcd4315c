"""A sheet as rows of values, with what only the file's markup tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class Unreadable(Exception):
    """A file that cannot be read. `kind`: not_a_workbook, password_protected, too_large, encoding_unknown, empty."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass
class Grid:
    """Row 0 is the sheet's first row, column 0 its first column. Merges: (row, column) of both corners, inclusive."""

    name: str
    rows: list[list[Any]]
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    is_text: bool = False

    def at(self, row: int, column: int) -> Any:
        """The value of a cell, "" beyond the edge."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


def letter(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(reference: str) -> tuple[int, int]:
    """ "B7" → (6, 1): row and column from 0."""
    split = next(index for index, character in enumerate(reference) if character.isdigit())
    column = 0
    for character in reference[:split]:
        column = column * 26 + ord(character) - 64
    return int(reference[split:]) - 1, column - 1
