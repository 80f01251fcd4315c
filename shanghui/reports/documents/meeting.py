"""The papers of a meeting as Word files: the sheet to sign, and the record."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from shanghui.reports.content import chinese_day, chinese_number
from shanghui.reports.documents.layout import BODY, HEADING, LINE, TITLE, Face
from shanghui.reports.documents.paper import INDENT, bytes_of, line, new_document, repeat_on_pages
from shanghui.reports.meetings import Heading, MeetingRecord, RecordItem, SignInSheet

COLUMNS = (("序号", Mm(16)), ("姓名", Mm(40)), ("签名", Mm(60)), ("备注", Mm(40)))
CELL = Face(BODY.name, 14)
CELL_HEAD = Face(HEADING.name, 14)
ROW = Mm(11)
EMPTY_ROWS, SPARE_ROWS = 20, 3
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def sheet_to_word(content: SignInSheet) -> bytes:
    """The sheet to sign: names in their order and a few spare rows, or empty rows where no roster is kept."""
    document = _begun(content.heading, "签到表")
    line(document, "", CELL)
    names = [*content.names, *[""] * (SPARE_ROWS if content.names else EMPTY_ROWS)]
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = width
    _row(table.rows[0], [title for title, _ in COLUMNS], CELL_HEAD)
    repeat_on_pages(table.rows[0])
    for place, (name, remark) in enumerate(zip_longest(names, content.remarks, fillvalue=""), start=1):
        _row(table.add_row(), [str(place), name, "", remark], CELL)
    if content.note:
        line(document, content.note, CELL)
    return bytes_of(document)


def record_to_word(content: MeetingRecord) -> bytes:
    """The record: who was there, what was on the agenda and decided, what was said, what comes next, lines to sign."""
    document = _begun(content.heading, "记录")
    for label, text in (*_counts(content), *content.people):
        _fact(document, label, text)
    parts = [("议程和决定", _items(content.items)), ("会议记录", list(content.minutes)), ("下一步", _steps(content.items))]
    for place, (title, lines) in enumerate([one for one in parts if one[1]], start=1):
        line(document, f"{chinese_number(place)}、{title}", HEADING, first=INDENT, level=1)
        for text in lines:
            line(document, text, BODY, first=INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    line(document, "", BODY)
    line(document, "　　".join(f"{one}（签名）：＿＿＿＿＿" for one in content.signatures), BODY)
    return bytes_of(document)


def _begun(heading: Heading, what: str) -> Any:
    """A document with its title and what is known of the meeting."""
    document = new_document(title=f"{heading.title}{what}", issuer=heading.issuer, comments=chinese_day(heading.day))
    line(document, f"{heading.kind}{what}", TITLE, align=_CENTRE, spacing=0)
    line(document, "", BODY)
    for label, text in heading.facts:
        _fact(document, label, text)
    return document


def _fact(document: Any, label: str, text: str) -> None:
    if text:
        line(document, f"{label}：{text}", BODY)


def _counts(content: MeetingRecord) -> list[tuple[str, str]]:
    return [("到会情况", content.counts), *(("表决人数", one) for one in content.quorum)]


def _items(items: tuple[RecordItem, ...]) -> list[str]:
    found = []
    for place, one in enumerate(items, start=1):
        found.append(f"（{chinese_number(place)}）{one.topic}")
        found += [f"{label}：{text}" for label, text in (("决定", one.decision), ("表决", one.votes)) if text]
    return found


def _steps(items: tuple[RecordItem, ...]) -> list[str]:
    return [f"{one.topic}：{one.next_step}" for one in items if one.next_step]


def _row(row: Any, texts: list[str], face: Face) -> None:
    row.height = ROW
    for cell, text, (_, width), place in zip(row.cells, texts, COLUMNS, range(len(texts)), strict=True):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        written = line(cell, text, face, align=_CENTRE if place < 2 or face is CELL_HEAD else None)
        written.paragraph_format.line_spacing = Pt(min(LINE.pt, 20))
        cell._tc.remove(cell.paragraphs[0]._p)
