"""Saying what is the matter, and where, in a sentence an office reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from shanghui.exchange.recognition.model import Problem
from shanghui.exchange.recognition.vocabulary import title_of
from shanghui.kernel.workbooks.grids import letter

_PRIVATE = re.compile(r"(?<!\d)(?:\d{11,16}(?=[\dXx]{4}(?![\dA-Za-z]))|1\d{6}(?=\d{4}(?!\d)))")


def masked(text: str) -> str:
    """Numbers of identity cards and telephones by their last four characters: problems are stored in the clear."""
    return _PRIVATE.sub("****", text)


@dataclass
class Told:
    """The problems of one upload, and the file at hand."""

    problems: list[Problem]
    file: str = ""

    def of_file(self, kind: str, severity: str, text: str) -> None:
        """Something about the whole file."""
        self.problems.append(Problem(None, None, None, None, kind, severity, text, file=self.file))

    def of_sheet(self, sheet: str, kind: str, severity: str, text: str) -> None:
        """Something about a sheet."""
        self.problems.append(Problem(sheet, None, None, None, kind, severity, f"「{sheet}」{text}。", file=self.file))

    def of_row(self, sheet: str, row: int, kind: str, severity: str, text: str) -> None:
        """Something about a row (counted from 1)."""
        self.problems.append(
            Problem(sheet, row, None, None, kind, severity, f"「{sheet}」第{row}行：{text}。", file=self.file)
        )

    def of_cell(
        self,
        sheet: str,
        row: int,
        column: int | None,
        field: str | None,
        heading: str,
        kind: str,
        severity: str,
        text: str,
        value: Any = None,
        other_row: int | None = None,
        record_kind: str = "",
    ) -> None:
        """Something about a cell: row from 1, column from 0."""
        name = letter(column) if column is not None else None
        shown = heading.replace("\n", "") or title_of(record_kind, field)
        where = f"「{sheet}」第{row}行" + (f"{name}列" if name else "") + (f"“{shown}”" if shown else "")
        if value.__class__ is not str and isinstance(value, int | float) and abs(value) >= 1e10:
            value = str(int(value))
        if value.__class__ is str:
            value = masked(value)
        message = f"{where}：{masked(text)}。"
        self.problems.append(Problem(sheet, row, name, field, kind, severity, message, value, other_row, self.file))
