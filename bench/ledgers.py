"""A ledger of 100,000 rows as Excel against the barest XML that is still a workbook's sheet."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bench.rounds import Measured, interleaved
from shanghui.kernel.columns import Column
from shanghui.kernel.spreadsheets import write_ledger
from shanghui.kernel.workbook_parts import letter
from shanghui.web.demonstration.large import people

WIDTH = 20
Row = list[Any]


def rows(count: int) -> list[Row]:
    """Rows as in a roster: text, a number, a day, here and there nothing."""
    random = Random(5)
    return [[*people.roster_row(n, "云泽市家居行业商会党支部", "云泽市家居行业商会", random)[:-2], n % 7, date(2020, 1, 1 + n % 28)]
            for n in range(count)]


def bare(listed: list[Row]) -> int:
    """Cells written one after the other into a compressed part: no formats, no title, no care for control characters."""
    target, letters = BytesIO(), [letter(place) for place in range(WIDTH)]
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as package, package.open("xl/worksheets/sheet1.xml", "w") as part:
        part.write(b"<worksheet><sheetData>")
        for start in range(0, len(listed), 500):
            lines = []
            for number, row in enumerate(listed[start : start + 500], start=start + 1):
                cells = [_cell(f"{column}{number}", value) for column, value in zip(letters, row, strict=True)]
                lines.append(f'<row r="{number}">{"".join(cells)}</row>')
            part.write("".join(lines).encode())
        part.write(b"</sheetData></worksheet>")
    return len(target.getvalue())


def _cell(place: str, value: Any) -> str:
    if value.__class__ is str:
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""
    number = value.toordinal() - 693_594 if value.__class__ is date else value
    return f'<c r="{place}"><v>{number}</v></c>'


def measure(count: int, rounds: int) -> list[Measured]:
    """The project's writer against the bare one, on the same rows."""
    listed = rows(count)
    columns = [Column(str(place), f"列{place}", lambda row, place=place: row[place]) for place in range(WIDTH)]
    times = interleaved({
        "bare": lambda: bare(listed),
        "ours": lambda: write_ledger(BytesIO(), title="党员名册", as_at=date(2022, 6, 30), columns=columns, rows=iter(listed)),
    }, rounds)
    return [Measured(f"{count} 行导出 Excel", times["ours"], times["bare"], 2, "与最简 XML 相比")]
