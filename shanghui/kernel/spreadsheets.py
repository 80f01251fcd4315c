"""The one module that writes Excel ledgers, and writes them safely: text stays text, days are days, control characters go.

Rows are streamed, so that memory does not grow with them. The parts of a workbook are those of ECMA-376 Part 1,
SpreadsheetML: a title, the line that says what day the data is of, a heading repeated on each printed page, then rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from math import isfinite
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from shanghui.kernel import workbook_parts as parts
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused

FIRST_ROW = 4
"""Rows 1 to 3 are the title, the day of the data, and the headings."""
ROW_LIMIT = 1_048_576
TEXT_LIMIT = 32_767
"""Characters that fit into one cell; Excel refuses a file with more."""
DIGITS = 15
"""Digits Excel keeps of a number; a longer one is written as text, so that nothing is lost."""
EXACT = 10**DIGITS
FIRST_DAY = date(1900, 3, 1)
"""Earlier days have no certain number in Excel, which believes in a 29 February 1900."""
_ORDINAL = date(1899, 12, 30).toordinal()
BATCH = 500
"""Rows put together at a time."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a ledger. `note` follows the day the data is of; `tab`: what the sheet is called where that is not its title."""

    title: str
    as_at: date
    columns: Sequence[Column]
    rows: Iterable[Any]
    note: str = ""
    tab: str = ""


def write_ledger(
    target: BinaryIO, *, title: str, as_at: date, columns: Sequence[Column], rows: Iterable[Any], note: str = ""
) -> int:
    """Writes one ledger as a workbook; returns how many rows. Raises Refused when they do not fit on an Excel sheet."""
    return write_ledgers(target, [Sheet(title, as_at, columns, rows, note)])


def write_ledgers(target: BinaryIO, sheets: Sequence[Sheet]) -> int:
    """Writes several ledgers as the sheets of one workbook; returns how many rows in all."""
    names = sheet_names([sheet.tab or sheet.title for sheet in sheets])
    counts = []
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as package:
        for number, sheet in enumerate(sheets, start=1):
            with package.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                counts.append(_write_sheet(part.write, sheet))
        spans = [(len(sheet.columns), FIRST_ROW - 1 + count) for sheet, count in zip(sheets, counts, strict=True)]
        for name, text in parts.frame(names, spans):
            package.writestr(name, text)
    return sum(counts)


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Names that Excel accepts for sheets with these titles: at most 31 characters, none of []:*?/\\, no two alike."""
    names: list[str] = []
    for place, title in enumerate(titles, start=1):
        name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "", title).strip("' ")[:31] or f"表{place}"
        names.append(name if name.lower() not in {one.lower() for one in names} else f"{name[:27]}（{place}）")
    return names


def _write_sheet(write: Callable[[bytes], Any], sheet: Sheet) -> int:
    columns = [(parts.letter(place), column.value) for place, column in enumerate(sheet.columns)]
    write(parts.sheet_head([column.width for column in sheet.columns]).encode())
    write(_headings(sheet).encode())
    count, rows = 0, iter(sheet.rows)
    while batch := list(islice(rows, BATCH)):
        numbers = range(FIRST_ROW + count, FIRST_ROW + count + len(batch))
        count += len(batch)
        if numbers.stop - 1 > ROW_LIMIT:
            raise Refused(
                f"“{sheet.title}”超过{ROW_LIMIT - FIRST_ROW + 1}行，一张 Excel 表放不下。请先筛选，再分几次导出。"
            )
        cells = [[f'<row r="{number}">' for number in numbers]]
        cells += [_cells(letter, numbers, [value_of(row) for row in batch]) for letter, value_of in columns]
        cells.append(["</row>"] * len(batch))
        write("".join(chain.from_iterable(zip(*cells, strict=True))).encode())
    write(parts.sheet_tail(len(columns), FIRST_ROW - 1 + count).encode())
    return count


def _headings(sheet: Sheet) -> str:
    day = f"数据截至 {sheet.as_at:%Y-%m-%d}" + (f"　{sheet.note}" if sheet.note else "")
    titles = "".join(
        text_cell(f"{parts.letter(place)}{FIRST_ROW - 1}", column.title, parts.HEADING)
        for place, column in enumerate(sheet.columns)
    )
    return (
        f'<row r="1" ht="30" customHeight="1">{text_cell("A1", sheet.title, parts.TITLE)}</row>'
        f'<row r="2" ht="20" customHeight="1">{text_cell("A2", day, parts.LINE)}</row>'
        f'<row r="{FIRST_ROW - 1}" ht="32" customHeight="1">{titles}</row>'
    )


def _cells(letter: str, numbers: range, values: list[Any]) -> list[str]:
    """The cells of one column in one batch. Text that needs no care is told for the whole batch at once, which is quick."""
    if set(map(type, values)) <= _TEXT and _needs_no_care(values):
        opening, closing = f'<c r="{letter}', f'" s="{parts.TEXT}" t="inlineStr"><is><t>'
        return [
            f"{opening}{number}{closing}{value}</t></is></c>" if value else ""
            for number, value in zip(numbers, values, strict=True)
        ]
    return [cell(f"{letter}{number}", value) for number, value in zip(numbers, values, strict=True)]


_TEXT = {str, type(None)}


def _needs_no_care(values: list[str | None]) -> bool:
    """Whether nothing in these texts is a control character, markup, a space at an end, or what Excel reads as an escape."""
    joined = f"|{'|'.join(filter(None, values))}|"
    if not joined.isprintable() or any(sign in joined for sign in ("&", "<", ">", "_x", " |", "| ")):
        return False
    return len(joined) <= TEXT_LIMIT or max(len(value) for value in values if value) <= TEXT_LIMIT


def cell(place: str, value: Any) -> str:
    """One cell: a number, a day, or text; what is none of these is written as the text it prints as. Nothing: no cell."""
    if value is None or value == "":
        return ""
    if type(value) is int and -EXACT < value < EXACT:
        return f'<c r="{place}" s="{parts.NUMBER}"><v>{value}</v></c>'
    if isinstance(value, bool):
        return text_cell(place, "是" if value else "否")
    short = isinstance(value, float) or (isinstance(value, Decimal) and len(value.as_tuple().digits) <= DIGITS)
    if short and isfinite(value):
        return f'<c r="{place}" s="{parts.NUMBER}"><v>{value}</v></c>'
    if isinstance(value, datetime):
        return text_cell(place, f"{value:%Y-%m-%d %H:%M}")
    if isinstance(value, date) and value >= FIRST_DAY:
        return f'<c r="{place}" s="{parts.DAY}"><v>{value.toordinal() - _ORDINAL}</v></c>'
    return text_cell(place, str(value))


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def text_cell(place: str, text: str, style: int = parts.TEXT) -> str:
    """A cell of text. Nothing in it is ever a formula, whatever it begins with."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))[:TEXT_LIMIT]
    text = _ESCAPED.sub("_x005F_", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
