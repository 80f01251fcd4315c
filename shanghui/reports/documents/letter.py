"""A 请示, 批复 or 报告 as a Word file in the layout of GB/T 9704: title, 主送机关, body, table, annexes, signature and date.

Drafts have no red head: they are printed on the office's own paper, or go on from here. Missing facts are highlighted.
"""

from __future__ import annotations

import re
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Pt

from shanghui.cases.letters import DAY, Letter, gap, pieces
from shanghui.reports.content import chinese_day, is_salutation
from shanghui.reports.documents import layout
from shanghui.reports.documents.layout import BODY, HEADING, SUBHEADING, TITLE, Face
from shanghui.reports.documents.paper import (
    INDENT,
    bytes_of,
    fit_columns,
    hold_ends,
    line,
    new_document,
    run,
    signature,
)

CELL, CELL_HEAD = Face(BODY.name, 14), Face(HEADING.name, 14)
TITLE_LINE = 19
"""Characters of 2号 that stand comfortably in a line of 156 mm."""
LONGEST_HEADING = 25
ENDS = "，。；：！？"
_LEVELS = ((re.compile(r"^[一二三四五六七八九十]+、"), HEADING), (re.compile(r"^（[一二三四五六七八九十]+）"), SUBHEADING))
_BREAKS = re.compile(r"[、的等]|商会|成立|同意|关于")
_CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def letter_to_word(letter: Letter) -> bytes:
    """The file's bytes."""
    document = new_document(title=letter.title, issuer=letter.issuer, comments="")
    if letter.number:
        line(document, letter.number, BODY, align=_CENTRE)
        line(document, "", BODY)
    for words in title_lines(letter.title):
        _written(document, words, TITLE, align=_CENTRE, spacing=0)
    line(document, "", BODY)
    if letter.to:
        _written(document, f"{letter.to}：", BODY)
    for text in letter.paragraphs:
        face = face_of(text)
        written = _written(document, text, face, first=0 if is_salutation(text) else INDENT, align=_JUSTIFY)
        written.paragraph_format.keep_with_next = face != BODY
    if letter.table:
        _table(document, letter.table)
    _annexes(document, letter.annexes)
    if letter.issuer:
        signature(document, letter.issuer, chinese_day(letter.day) if letter.day else gap(DAY), _written)
    return bytes_of(document)


def face_of(text: str) -> Face:
    """黑体 for «一、…», 楷体 for «（一）…» where that is a heading: short, without a full stop. A sentence so numbered is body."""
    for begins, face in _LEVELS:
        if begins.match(text) and len(text) <= LONGEST_HEADING and text[-1] not in ENDS:
            return face
    return BODY


def title_lines(title: str) -> list[str]:
    """A title in lines of about the same length, broken where words end (7.3.1: 梯形或菱形)."""
    count = -(-int(layout.width(title)) // TITLE_LINE)
    lines, rest = [], title
    for left in range(count, 1, -1):
        wanted = len(rest) / left
        ends = [match.end() for match in _BREAKS.finditer(rest) if 0 < match.end() < len(rest) and not _splits(rest, match.end())]
        near = [end for end in ends if abs(end - wanted) <= 5 and end <= TITLE_LINE]
        at = min(near, key=lambda end: abs(end - wanted), default=round(wanted))
        while at < len(rest) and _splits(rest, at):
            at += 1
        lines.append(rest[:at])
        rest = rest[at:]
    return [one for one in (*lines, rest) if one]


def _splits(text: str, at: int) -> bool:
    """Whether a break there would begin a line with what belongs to the one before, or tear a gap apart."""
    return text[at] in "的、等）】" or text.rfind("【", 0, at) > text.rfind("】", 0, at)


def _written(document: Any, text: str, face: Face, **shape: Any) -> Any:
    """A paragraph with its gaps highlighted."""
    written = line(document, "", face, **shape)
    _fill(written, text, face, shape.get("spacing", layout.TIGHTER))
    return written


def _fill(paragraph: Any, text: str, face: Face, spacing: float = layout.TIGHTER) -> None:
    for piece in pieces(text):
        added = run(paragraph, piece.text, face, spacing)
        if piece.missing is not None:
            added.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _annexes(document: Any, annexes: tuple[str, ...]) -> None:
    """附件说明: a blank line below the body, 2 characters in, no punctuation after a name (7.3.4)."""
    if annexes:
        line(document, "", BODY)
    for place, name in enumerate(annexes, start=1):
        number = f"{place}．" if len(annexes) > 1 else ""
        line(document, f"{'附件：' if place == 1 else '　　　'}{number}{name}", BODY, first=INDENT)


def _table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    """The first row is the heading; columns as wide as their words ask."""
    above = line(document, "", CELL).paragraph_format
    above.line_spacing, above.keep_with_next = Pt(10), True
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = fit_columns(table, rows, CELL.size)
    for place, texts in enumerate(rows):
        row = table.add_row()
        for cell, text, wide in zip(row.cells, texts, widths, strict=True):
            cell.width, cell.vertical_alignment = wide, WD_CELL_VERTICAL_ALIGNMENT.CENTER
            written = line(cell, "", CELL, align=_CENTRE)
            written.paragraph_format.line_spacing = Pt(20)
            _fill(written, text, CELL if place else CELL_HEAD)
            cell._tc.remove(cell.paragraphs[0]._p)
    hold_ends(table)
