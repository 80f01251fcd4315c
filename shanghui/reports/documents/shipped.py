"""The templates that come with the platform: the layout of GB/T 9704 with fields in place of text, to begin an own one from."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from shanghui.reports.documents.layout import BODY, HEADING, LINE, SUBHEADING, TITLE, Face
from shanghui.reports.documents.letter import CELL, CELL_HEAD
from shanghui.reports.documents.paper import (
    INDENT,
    bytes_of,
    fit_columns,
    hold_ends,
    keep_whole,
    line,
    new_document,
    place_signature,
    repeat_on_pages,
)
from shanghui.reports.documents.tables import CAPTION
from shanghui.reports.documents.tables import CELL as REPORT_CELL
from shanghui.reports.documents.tables import CELL_HEAD as REPORT_CELL_HEAD

SIGNED, DATED = "公文署名", "公文成文日期"
"""Styles of the two lines that are put in their places once their text is known."""
FITTED = "列宽按内容"
"""The caption (Word: table properties, alternative text) of a table whose columns are measured once it is filled."""
_CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def shipped_report() -> bytes:
    """The template that gives what `word.to_word` gives."""
    document = blank()
    loop(document, "title_lines", "one", lambda: title_line(document, "{{ one.text }}"))
    line(document, "", BODY)
    for opens in ("for one in opening", "if one.is_salutation"):
        tag(document, opens)
    line(document, "{{ one.text }}", BODY, align=_JUSTIFY)
    tag(document, "else")
    body_line(document, "{{ one.text }}")
    for closes in ("endif", "endfor"):
        tag(document, closes)
    for opens in ("for part in parts", "if part.heading"):
        tag(document, opens)
    line(document, "{{ part.heading }}", HEADING, first=INDENT, level=1)
    for opens in ("endif", "for section in part.sections", "if section.heading"):
        tag(document, opens)
    line(document, "{{ section.heading }}", SUBHEADING, first=INDENT, level=2)
    for opens in ("endif", "for one in section.paragraphs", "if one.is_table"):
        tag(document, opens)
    tag(document, "if one.title")
    line(document, "{{ one.title }}", CAPTION, align=_CENTRE).paragraph_format.keep_with_next = True
    tag(document, "endif")
    _table(document, "one.head", "one.rows", REPORT_CELL, REPORT_CELL_HEAD)
    tag(document, "elif one.is_chart")
    line(document, "{{ one.chart }}", BODY)
    tag(document, "elif one.is_salutation")
    line(document, "{{ one.text }}", BODY, align=_JUSTIFY)
    tag(document, "elif one.text")
    body_line(document, "{{ one.text }}")
    for closes in ("endif", "endfor", "endfor", "endfor"):
        tag(document, closes)
    _sign(document, "{{ made_on }}")
    loop(document, "notes", "one", lambda: body_line(
        document, "{% if loop.first %}（附注：{% endif %}{{ one.text }}{% if loop.last %}）{% endif %}"
    ))
    return bytes_of(document)


def shipped_letter() -> bytes:
    """The template that gives what `letter.letter_to_word` gives."""
    document = blank()
    tag(document, "if number")
    line(document, "{{ number }}", BODY, align=_CENTRE)
    line(document, "", BODY)
    tag(document, "endif")
    loop(document, "title_lines", "one", lambda: title_line(document, "{{ one.text }}"))
    line(document, "", BODY)
    tag(document, "if to")
    line(document, "{{ to }}：", BODY)
    for words in ("endif", "for one in paragraphs", "if one.is_heading"):
        tag(document, words)
    body_line(document, "{{ one.text }}", face=HEADING).paragraph_format.keep_with_next = True
    tag(document, "elif one.is_subheading")
    body_line(document, "{{ one.text }}", face=SUBHEADING).paragraph_format.keep_with_next = True
    tag(document, "elif one.is_salutation")
    line(document, "{{ one.text }}", BODY, align=_JUSTIFY)
    tag(document, "else")
    body_line(document, "{{ one.text }}")
    for words in ("endif", "endfor", "if table"):
        tag(document, words)
    above = line(document, "", CELL).paragraph_format
    above.line_spacing, above.keep_with_next = Pt(10), True
    _table(document, "table_head", "table")
    for words in ("endif", "if annexes"):
        tag(document, words)
    line(document, "", BODY)
    tag(document, "endif")
    loop(document, "annexes", "one", lambda: line(document, "{{ one.text }}", BODY, first=INDENT))
    tag(document, "if issuer")
    _sign(document, "{{ day }}")
    tag(document, "endif")
    return bytes_of(document)


def finish(document: Any) -> None:
    """What only the filled text decides: the places of issuer and date, the widths of columns."""
    paragraphs = document.paragraphs
    for signed, dated in pairwise(paragraphs):
        if (signed.style.name, dated.style.name) == (SIGNED, DATED):
            place_signature(signed, dated, signed.text.strip(), dated.text.strip())
    for table in document.tables:
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        if caption is not None and caption.get(qn("w:val")) == FITTED and table.rows:
            _fit(table)
            hold_ends(table)


def _fit(table: Any) -> None:
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    if len({len(row) for row in rows}) != 1 or len(rows[0]) != len(table.columns):
        return
    sizes = [run.font.size.pt for row in table.rows for cell in row.cells for one in cell.paragraphs for run in one.runs if run.font.size]
    widths = fit_columns(table, rows, max(sizes, default=CELL.size))
    for row in table.rows:
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = wide


def blank() -> Any:
    """A template with nothing in it yet."""
    document = new_document(title="", issuer="", comments="")
    for name in (SIGNED, DATED):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    return document


def tag(document: Any, words: str) -> None:
    """A block tag alone in its paragraph."""
    line(document, f"{{%p {words} %}}", BODY)


def loop(document: Any, listed: str, name: str, write: Any) -> None:
    """What `write` writes, for each of a list."""
    tag(document, f"for {name} in {listed}")
    write()
    tag(document, "endfor")


def title_line(document: Any, text: str) -> None:
    """A line of the title."""
    line(document, text, TITLE, align=_CENTRE, spacing=0)


def body_line(document: Any, text: str, face: Any = BODY) -> Any:
    """A paragraph of the text."""
    return line(document, text, face, first=INDENT, align=_JUSTIFY)


def _sign(document: Any, day: str) -> None:
    for text, style, above in (("{{ issuer }}", SIGNED, LINE), (day, DATED, Pt(0))):
        written = line(document, text, BODY, right=2, align=WD_ALIGN_PARAGRAPH.RIGHT)
        written.style, written.paragraph_format.space_before = style, above


def _table(document: Any, head: str, rows: str, face: Face = CELL, head_face: Face = CELL_HEAD) -> None:
    """Heads and rows of any number: a loop over cells within a loop over rows."""
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), FITTED)
    table._tbl.tblPr.append(caption)
    _row(table, [f"{{%tc for cell in {head} %}}", "{{ cell.text }}", "{%tc endfor %}"], head_face)
    repeat_on_pages(table.rows[0])
    _row(table, [f"{{%tr for row in {rows} %}}", "", ""], face)
    _row(table, ["{%tc for cell in row.cells %}", "{{ cell.text }}", "{%tc endfor %}"], face)
    _row(table, ["{%tr endfor %}", "", ""], face)


def _row(table: Any, texts: list[str], face: Any) -> None:
    row = table.add_row()
    keep_whole(row)
    for cell, text in zip(row.cells, texts, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        line(cell, text, face, align=_CENTRE).paragraph_format.line_spacing = Pt(20)
        cell._tc.remove(cell.paragraphs[0]._p)
