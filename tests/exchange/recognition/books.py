"""Small workbooks for the tests, and short ways to ask what was read from them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from shanghui.exchange.recognition import Problem, Reading, Record, SourceFile, read
from shanghui.kernel.codes import CREDIT_ALPHABET, id_check_digit

TODAY = date(2024, 6, 30)
Rows = Sequence[Sequence[Any]]


class Formula(str):
    """A formula; «=A1|7» has the stored result 7, «=A1» none."""


def workbook(
    sheets: Mapping[str, Rows],
    *,
    merges: Mapping[str, Iterable[str]] | None = None,
    hidden_rows: Mapping[str, Iterable[int]] | None = None,
    hidden: Iterable[str] = (),
    name: str = "book.xlsx",
) -> SourceFile:
    """An xlsx file with these sheets; `merges` as «A1:C1» (the first cell's value stays)."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for area in (merges or {}).get(title, ()):
            sheet.merge_range(area, "")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                _write(sheet, r, c, value, day)
        for r in (hidden_rows or {}).get(title, ()):
            sheet.set_row(r - 1, None, None, {"hidden": True})
        if title in hidden:
            sheet.hide()
    book.close()
    return SourceFile(name, content.getvalue())


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, Formula):
        formula, _, result = value.partition("|")
        sheet.write_formula(row, column, formula, None, result)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, str) and value:
        sheet.write_string(row, column, value)
    elif value not in ("", None):
        sheet.write(row, column, value)


def read_one(file: SourceFile, **more: Any) -> Reading:
    """Reads one file on the tests' day."""
    return read([file], today=TODAY, **more)


def told(reading: Reading, kind: str | None = None) -> list[tuple[int | None, str | None, str, str]]:
    """(row, column, kind, severity) of the problems, sheets passed over left out."""
    return [
        (p.row, p.column, p.kind, p.severity)
        for p in reading.problems
        if p.kind != "sheet_unrecognised" and (kind is None or p.kind == kind)
    ]


def errors(reading: Reading) -> list[Problem]:
    """The problems that are errors."""
    return [problem for problem in reading.problems if problem.severity == "error"]


def fields(reading: Reading, *names: str) -> list[tuple[Any, ...]]:
    """The named fields of each record, in order."""
    return [tuple(record.fields.get(name) for name in names) for record in reading.records]


def one(reading: Reading, **known: Any) -> Record:
    """The only record whose fields have these values."""
    found = [r for r in reading.records if all(r.fields.get(name) == value for name, value in known.items())]
    assert len(found) == 1, [record.fields for record in reading.records]
    return found[0]


def identity(birth: date, serial: int = 1) -> str:
    """A sound identity number with the area code 990100 (odd serial: a man)."""
    number = f"990100{birth:%Y%m%d}{serial:03}"
    return number + id_check_digit(number)


def credit_code(serial: int) -> str:
    """A sound 统一社会信用代码."""
    code = f"51990000MJ{serial:07}"
    total = sum(CREDIT_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(code))
    return code + CREDIT_ALPHABET[(31 - total % 31) % 31]
