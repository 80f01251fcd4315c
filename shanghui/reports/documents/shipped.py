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

from shanghui.reports.documents.layout import BODY, HEADING, SUBHEADING, TITLE
from shanghui.reports.documents.letter import CELL, CELL_HEAD
from shanghui.reports.documents.paper import (
    INDENT,
    bytes_of,
    fit_columns,
    keep_whole,
    line,
    new_document,
    place_signature,
    repeat_on_pages,
)

SIGNED, DATED = "公文署名", "公文成文日期"
"""Styles of the two lines that are put in their places once their text is known."""
FITTED = "列宽按内容"
"""The caption (Word: table properties, alternative text) of a table whose columns are measured once it is filled."""
_CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def shipped_report() -> bytes:
    """The template that gives what `word.to_word` gives."""
    document = _begun()
    _loop(document, "title_lines", "one", lambda: _title(document, "{{ one.text }}"))
    line(document, "", BODY)
    _loop(document, "opening", "one", lambda: _body(document, "{{ one.text }}"))
    for opens in ("for part in parts", "if part.heading"):
        _tag(document, opens)
    line(document, "{{ part.heading }}", HEADING, first=INDENT, level=1)
    for opens in ("endif", "for section in part.sections", "if section.heading"):
        _tag(document, opens)
    line(document, "{{ section.heading }}", SUBHEADING, first=INDENT, level=2)
    for opens in ("endif", "for one in section.paragraphs", "if one.is_table"):
        _tag(document, opens)
    _body(document, "{{ one.title }}", face=HEADING)
    _table(document, "one.head", "one.rows")
    _tag(document, "elif one.text")
    _body(document, "{{ one.text }}")
    for closes in ("endif", "endfor", "endfor", "endfor"):
        _tag(document, closes)
    _sign(document, "{{ made_on }}")
    _loop(document, "notes", "one", lambda: _body(
        document, "{% if loop.first %}（附注：{% endif %}{{ one.text }}{% if loop.last %}）{% endif %}"
    ))
    return bytes_of(document)


def shipped_letter() -> bytes:
    """The template that gives what `letter.letter_to_word` gives."""
    document = _begun()
    _tag(document, "if number")
    line(document, "{{ number }}", BODY, align=_CENTRE)
    line(document, "", BODY)
    _tag(document, "endif")
    _loop(document, "title_lines", "one", lambda: _title(document, "{{ one.text }}"))
    line(document, "", BODY)
    _tag(document, "if to")
    line(document, "{{ to }}：", BODY)
    for tag in ("endif", "for one in paragraphs", "if one.is_heading"):
        _tag(document, tag)
    _body(document, "{{ one.text }}", face=HEADING)
    _tag(document, "elif one.is_subheading")
    _body(document, "{{ one.text }}", face=SUBHEADING)
    _tag(document, "else")
    _body(document, "{{ one.text }}")
    for tag in ("endif", "endfor", "if table"):
        _tag(document, tag)
    line(document, "", CELL).paragraph_format.line_spacing = Pt(10)
    _table(document, "table_head", "table")
    for tag in ("endif", "if annexes"):
        _tag(document, tag)
    line(document, "", BODY)
    _tag(document, "endif")
    _loop(document, "annexes", "one", lambda: line(document, "{{ one.text }}", BODY, first=INDENT))
    _tag(document, "if issuer")
    _sign(document, "{{ day }}")
    _tag(document, "endif")
    return bytes_of(document)


def finish(document: Any) -> None:
    """What only the filled text decides: the places of issuer and date, the widths of columns."""
    paragraphs = document.paragraphs
    for signed, dated in pairwise(paragraphs):
        if (signed.style.name, dated.style.name) == (SIGNED, DATED):
            place_signature(signed, dated, signed.text, dated.text)
    for table in document.tables:
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        if caption is not None and caption.get(qn("w:val")) == FITTED and table.rows:
            _fit(table)


def _fit(table: Any) -> None:
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    if len({len(row) for row in rows}) != 1 or len(rows[0]) != len(table.columns):
        return
    widths = fit_columns(table, rows)
    for row in table.rows:
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = wide


def _begun() -> Any:
    document = new_document(title="", issuer="", comments="")
    for name in (SIGNED, DATED):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    return document


def _tag(document: Any, words: str) -> None:
    line(document, f"{{%p {words} %}}", BODY)


def _loop(document: Any, listed: str, name: str, write: Any) -> None:
    _tag(document, f"for {name} in {listed}")
    write()
    _tag(document, "endfor")


def _title(document: Any, text: str) -> None:
    line(document, text, TITLE, align=_CENTRE, spacing=0)


def _body(document: Any, text: str, face: Any = BODY) -> None:
    line(document, text, face, first=INDENT, align=_JUSTIFY)


def _sign(document: Any, day: str) -> None:
    line(document, "", BODY).paragraph_format.keep_with_next = True
    for text, style in (("{{ issuer }}", SIGNED), (day, DATED)):
        line(document, text, BODY, right=2, align=WD_ALIGN_PARAGRAPH.RIGHT).style = style


def _table(document: Any, head: str, rows: str) -> None:
    """Heads and rows of any number: a loop over cells within a loop over rows."""
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), FITTED)
    table._tbl.tblPr.append(caption)
    _row(table, [f"{{%tc for cell in {head} %}}", "{{ cell.text }}", "{%tc endfor %}"], CELL_HEAD)
    repeat_on_pages(table.rows[0])
    _row(table, [f"{{%tr for row in {rows} %}}", "", ""], CELL)
    _row(table, ["{%tc for cell in row.cells %}", "{{ cell.text }}", "{%tc endfor %}"], CELL)
    _row(table, ["{%tr endfor %}", "", ""], CELL)


def _row(table: Any, texts: list[str], face: Any) -> None:
    row = table.add_row()
    keep_whole(row)
    for cell, text in zip(row.cells, texts, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        line(cell, text, face, align=_CENTRE).paragraph_format.line_spacing = Pt(20)
        cell._tc.remove(cell.paragraphs[0]._p)
