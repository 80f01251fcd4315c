"""Paper, type faces and single lines of a Word file in the layout of GB/T 9704: what every document is written with."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from shanghui.reports.documents import layout
from shanghui.reports.documents.layout import BODY, HEADING, PAGE_NUMBER, SUBHEADING, Face

INDENT = 2


def new_document(*, title: str, issuer: str, comments: str) -> Any:
    """An empty document: paper, grid, default type face, page numbers, properties."""
    document = Document()
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
    properties.title, properties.author = layout.printable(title), layout.printable(issuer)
    properties.language, properties.comments = "zh-CN", comments
    return document


def bytes_of(document: Any) -> bytes:
    """The file's bytes."""
    written = BytesIO()
    document.save(written)
    return written.getvalue()


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
        number = paragraph.add_run(text or "")
        layout.set_face(number._r.get_or_add_rPr(), PAGE_NUMBER, spacing=0)
        if text is None:
            layout.field(number, "PAGE")


def line(
    document: Any, text: str, face: Face, *, first: float = 0, left: float = 0, right: float = 0,
    align: WD_ALIGN_PARAGRAPH | None = None, spacing: float = layout.TIGHTER, level: int = 0,
) -> Any:
    """A line or paragraph of plain text; indents in characters; `level`: of a heading, for the outline."""
    paragraph = document.add_paragraph(style=f"Heading {level}" if level else None)
    measure(paragraph)
    paragraph.paragraph_format.keep_with_next = bool(level)
    paragraph.alignment = align
    wanted = {name: count for name, count in (("firstLine", first), ("left", left), ("right", right)) if count}
    layout.indent(paragraph, **wanted)
    run(paragraph, text, face, spacing)
    return paragraph


def measure(paragraph: Any) -> None:
    """The exact pitch of the grid, and nothing before or after."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, layout.LINE
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    layout.leave_grid(paragraph)


def run(paragraph: Any, text: str, face: Face, spacing: float = layout.TIGHTER) -> Any:
    """Text in a type face, added to a paragraph."""
    added = paragraph.add_run(layout.printable(text))
    layout.set_face(added._r.get_or_add_rPr(), face, spacing)
    return added


def signature(document: Any, issuer: str, day: str) -> tuple[Any, Any]:
    """One blank line, then issuer and date in their places."""
    line(document, "", BODY).paragraph_format.keep_with_next = True
    signed, dated = line(document, issuer, BODY), line(document, day, BODY)
    place_signature(signed, dated, issuer, day)
    return signed, dated


def place_signature(signed: Any, dated: Any, issuer: str, day: str) -> None:
    """The issuer 2 characters from the right, the date beginning 2 characters right of the issuer; a date that is longer stands 2
    characters from the right and the issuer moves left (7.3.5.2).

    A date near the margin is set from the right: digits are as wide as half a character in 仿宋_GB2312, in other fonts up to a
    whole one, and set from the left it would break in two lines.
    """
    begins, wide = layout.CHARACTERS - 2 - layout.width(issuer), layout.width(day)
    near = begins + 2 + len(day) > layout.CHARACTERS
    right = max(layout.CHARACTERS - 2 - begins - wide, 2)
    begins = max(layout.CHARACTERS - right - wide - 2 if near else begins, 0)
    for paragraph, places in ((signed, {"left": begins}), (dated, {"right": right} if near else {"left": begins + 2})):
        layout.clear_indent(paragraph)
        layout.indent(paragraph, **places)
        paragraph.alignment = None
        paragraph.paragraph_format.keep_together = True
    signed.paragraph_format.keep_with_next = True
    dated.alignment = WD_ALIGN_PARAGRAPH.RIGHT if near else None


def fit_columns(table: Any, rows: Sequence[Sequence[str]]) -> list[int]:
    """Columns as wide as their words ask, over the whole width of the text; gives the widths."""
    measures = [max(layout.width(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
    full = layout.PAGE[0] - layout.LEFT - layout.RIGHT
    widths = [int(full * one / sum(measures)) for one in measures]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    return widths


def repeat_on_pages(row: Any) -> None:
    """The heads of a table stand on every page."""
    _mark(row, "w:tblHeader")


def keep_whole(row: Any) -> None:
    """A row of a table is not torn apart between two pages."""
    _mark(row, "w:cantSplit")


def _mark(row: Any, tag: str) -> None:
    mark = OxmlElement(tag)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
