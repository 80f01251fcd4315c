"""A report as a Word file in the layout of GB/T 9704: 28 × 22 characters, official type faces, page numbers outside."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX

from shanghui.reports.content import Bars, Block, Content, Gap, Paragraph, Section, Table, chinese_day, is_salutation
from shanghui.reports.documents.layout import BODY, HEADING, SUBHEADING, TITLE
from shanghui.reports.documents.one_page import fit
from shanghui.reports.documents.paper import INDENT, bytes_of, line, new_document, run, signature
from shanghui.reports.documents.tables import add_bars, add_table


def to_word(content: Content) -> bytes:
    """The file's bytes."""
    document = new_document(
        title="".join(content.title), issuer=content.issuer, comments=f"数据截至{chinese_day(content.as_at)}"
    )
    for words in content.title:
        line(document, words, TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, spacing=0)
    line(document, "", BODY)
    for paragraph in content.opening:
        _paragraph(document, paragraph)
    for part in content.parts:
        if part.heading:
            line(document, part.heading, HEADING, first=INDENT, level=1)
        for section in part.sections:
            _section(document, section)
    signature(document, content.issuer, chinese_day(content.made_on))
    _notes(document, content)
    if content.one_page:
        fit(document, content)
    return bytes_of(document)


def _section(document: Any, section: Section) -> None:
    if section.heading:
        line(document, section.heading, SUBHEADING, first=INDENT, level=2)
    for block in section.paragraphs:
        _block(document, block)


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Table):
        add_table(document, block)
    elif isinstance(block, Bars):
        add_bars(document, block)
    else:
        _paragraph(document, block)


def _paragraph(document: Any, paragraph: Paragraph) -> None:
    written = line(document, "", BODY, first=0 if is_salutation(paragraph.text) else INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    for piece in paragraph.pieces:
        added = run(written, piece.text, BODY)
        if isinstance(piece, Gap):
            added.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _notes(document: Any, content: Content) -> None:
    """附注 below the date, 2 characters from the left, in brackets; one definition a line, none parted by a page."""
    last = len(content.notes) - 1
    for index, note in enumerate(content.notes):
        text = f"{'（附注：' if index == 0 else ''}{note}{'）' if index == last else ''}"
        line(document, text, BODY, first=INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY).paragraph_format.keep_together = True
