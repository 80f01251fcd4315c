"""The papers of a meeting as Word files: the sheet to sign, and the record."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from shanghui.reports.content import chinese_day
from shanghui.reports.documents.layout import BODY, HEADING, LINE, TITLE, Face
from shanghui.reports.documents.paper import INDENT, bytes_of, line, new_document, repeat_on_pages
from shanghui.reports.meetings import Heading, MeetingRecord, SignInSheet

COLUMNS = (("序号", Mm(16)), ("姓名", Mm(40)), ("签名", Mm(60)), ("备注", Mm(40)))
CELL = Face(BODY.name, 14)
CELL_HEAD = Face(HEADING.name, 14)
ROW = Mm(11)
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def sheet_to_word(content: SignInSheet) -> bytes:
    """The sheet to sign: names in their order and a few spare rows, or empty rows where no roster is kept."""
    document = begun(content.heading, "签到表")
    for label, text in content.heading.facts:
        _fact(document, label, text)
    line(document, "", CELL)
    table = sheet_table(document)
    for number, name, remark in content.rows:
        sheet_row(table.add_row(), [number, name, "", remark], CELL)
    if content.note:
        line(document, content.note, CELL)
    return bytes_of(document)


def sheet_table(document: Any) -> Any:
    """The table to sign with its heads, which stand on every page."""
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = width
    sheet_row(table.rows[0], [title for title, _ in COLUMNS], CELL_HEAD)
    repeat_on_pages(table.rows[0])
    return table


def record_to_word(content: MeetingRecord) -> bytes:
    """The record: who was there, what was on the agenda and decided, what was said, what comes next, lines to sign."""
    document = begun(content.heading, "记录")
    for label, text in content.facts:
        _fact(document, label, text)
    for title, lines in content.parts:
        line(document, title, HEADING, first=INDENT, level=1)
        for text in lines:
            line(document, text, BODY, first=INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    line(document, "", BODY)
    line(document, content.to_sign, BODY)
    return bytes_of(document)


def begun(heading: Heading, what: str) -> Any:
    """A document with its title."""
    document = new_document(title=f"{heading.title}{what}", issuer=heading.issuer, comments=chinese_day(heading.day))
    line(document, f"{heading.kind}{what}", TITLE, align=_CENTRE, spacing=0)
    line(document, "", BODY)
    return document


def _fact(document: Any, label: str, text: str) -> None:
    if text:
        line(document, f"{label}：{text}", BODY)


def sheet_row(row: Any, texts: list[str], face: Face) -> None:
    """One row of the table to sign."""
    row.height = ROW
    for cell, text, (_, width), place in zip(row.cells, texts, COLUMNS, range(len(texts)), strict=True):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        written = line(cell, text, face, align=_CENTRE if place < 2 or face is CELL_HEAD else None)
        written.paragraph_format.line_spacing = Pt(min(LINE.pt, 20))
        cell._tc.remove(cell.paragraphs[0]._p)
