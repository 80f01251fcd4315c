"""A report as a Word file in the layout of GB/T 9704: 28 × 22 characters, official type faces, page numbers outside."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from shanghui.reports.content import Content, Gap, Paragraph, Section, chinese_day
from shanghui.reports.documents import layout
from shanghui.reports.documents.layout import BODY, HEADING, PAGE_NUMBER, SUBHEADING, TITLE, Face

_INDENT = 2


def to_word(content: Content) -> bytes:
    """The file's bytes."""
    document = Document()
    _prepare(document, content)
    for line in content.title:
        _line(document, line, TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, spacing=0)
    _line(document, "", BODY)
    for paragraph in content.opening:
        _paragraph(document, paragraph)
    for part in content.parts:
        _line(document, part.heading, HEADING, first=_INDENT, level=1)
        for section in part.sections:
            _section(document, section)
    _signature(document, content)
    _notes(document, content)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _section(document: Any, section: Section) -> None:
    _line(document, section.heading, SUBHEADING, first=_INDENT, level=2)
    for paragraph in section.paragraphs:
        _paragraph(document, paragraph)


def _prepare(document: Any, content: Content) -> None:
    """Paper, grid, default type face, page numbers, properties."""
    section = document.sections[0]
    section.page_width, section.page_height = layout.PAGE
    section.top_margin, section.bottom_margin = layout.TOP, layout.BOTTOM
    section.left_margin, section.right_margin = layout.LEFT, layout.RIGHT
    section.footer_distance = layout.FOOTER
    layout.set_grid(section)
    _default_face(document)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right")
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left")
    properties = document.core_properties
    properties.title, properties.author = layout.printable("".join(content.title)), layout.printable(content.issuer)
    properties.language, properties.comments = "zh-CN", f"数据截至{chinese_day(content.as_at)}"


def _default_face(document: Any) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    layout.set_face(defaults, BODY)
    layout.set_language(defaults)
    normal = document.styles["Normal"]
    layout.set_face(normal.element.get_or_add_rPr(), BODY)
    for name in ("Header", "Footer", "Heading 1", "Heading 2"):
        style = document.styles[name]
        layout.set_face(style.element.get_or_add_rPr(), {"Heading 1": HEADING, "Heading 2": SUBHEADING}.get(name, PAGE_NUMBER))
        style.font.bold, style.font.italic, style.font.color.rgb = False, False, None
        for colour in style.element.rPr.findall(qn("w:color")):
            style.element.rPr.remove(colour)


def _page_number(footer: Any, align: WD_ALIGN_PARAGRAPH, side: str) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    layout.indent(paragraph, **{side: 1})
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        layout.set_face(run._r.get_or_add_rPr(), PAGE_NUMBER, spacing=0)
        if text is None:
            layout.field(run, "PAGE")


def _line(
    document: Any, text: str, face: Face, *, first: float = 0, left: float = 0, right: float = 0,
    align: WD_ALIGN_PARAGRAPH | None = None, spacing: float = layout.TIGHTER, level: int = 0,
) -> Any:
    """A line or paragraph of plain text; indents in characters; `level`: of a heading, for the outline."""
    paragraph = document.add_paragraph(style=f"Heading {level}" if level else None)
    _measure(paragraph)
    paragraph.paragraph_format.keep_with_next = bool(level)
    paragraph.alignment = align
    wanted = {name: count for name, count in (("firstLine", first), ("left", left), ("right", right)) if count}
    layout.indent(paragraph, **wanted)
    _run(paragraph, text, face, spacing)
    return paragraph


def _measure(paragraph: Any) -> None:
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, layout.LINE
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    layout.leave_grid(paragraph)


def _run(paragraph: Any, text: str, face: Face, spacing: float = layout.TIGHTER) -> Any:
    run = paragraph.add_run(layout.printable(text))
    layout.set_face(run._r.get_or_add_rPr(), face, spacing)
    return run


def _paragraph(document: Any, paragraph: Paragraph) -> None:
    line = _line(document, "", BODY, first=_INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    for piece in paragraph.pieces:
        run = _run(line, piece.text, BODY)
        if isinstance(piece, Gap):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _signature(document: Any, content: Content) -> None:
    """One blank line, the issuer 2 characters from the right, the date beginning 2 characters right of the issuer."""
    issuer, day = content.issuer, chinese_day(content.made_on)
    begins = layout.CHARACTERS - 2 - layout.width(issuer)
    if begins + 2 + layout.width(day) > layout.CHARACTERS - 2:
        begins = layout.CHARACTERS - 4 - layout.width(day)
    begins = max(begins, 0)
    _line(document, "", BODY)
    _line(document, issuer, BODY, left=begins).paragraph_format.keep_with_next = True
    _line(document, day, BODY, left=begins + 2)


def _notes(document: Any, content: Content) -> None:
    """附注 below the date, 2 characters from the left, in brackets; one definition a line."""
    last = len(content.notes) - 1
    for index, note in enumerate(content.notes):
        text = f"{'（附注：' if index == 0 else ''}{note}{'）' if index == last else ''}"
        _line(document, text, BODY, first=_INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
