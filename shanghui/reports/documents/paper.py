"""Paper, type faces and single lines of a Word file in the layout of GB/T 9704: what every document is written with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

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


def signature(document: Any, issuer: str, day: str, write: Callable[..., Any] = line) -> None:
    """A line's height of nothing, then issuer and date in their places. `write`: see `line`."""
    signed, dated = write(document, issuer, BODY), write(document, day, BODY)
    signed.paragraph_format.space_before = layout.LINE
    place_signature(signed, dated, issuer, day)


def place_signature(signed: Any, dated: Any, issuer: str, day: str) -> None:
    """The issuer 2 characters from the right, the date beginning 2 characters right of the issuer; a date that is longer stands 2
    characters from the right and the issuer moves left (7.3.5.2). Both are made one paragraph of two lines, and what stands above is
    held to it: LibreOffice forgets that two paragraphs belong together where a page has many rows of tables.

    A date near the margin is set from the right: digits are as wide as half a character in 仿宋_GB2312, in other fonts up to a
    whole one, and set from the left it would break in two lines.
    """
    begins, wide = layout.CHARACTERS - 2 - layout.width(issuer), layout.width(day)
    near = begins + 2 + len(day) > layout.CHARACTERS
    right = max(layout.CHARACTERS - 2 - begins - wide, 2)
    begins = max(layout.CHARACTERS - right - wide - 2 if near else begins, 0)
    stop, side = (layout.CHARACTERS - right, WD_TAB_ALIGNMENT.RIGHT) if near else (begins + 2, WD_TAB_ALIGNMENT.LEFT)
    layout.clear_indent(signed)
    layout.indent(signed, left=begins)
    signed.alignment = None
    signed.paragraph_format.tab_stops.add_tab_stop(Pt(stop * layout.CHARACTER), side)
    signed.paragraph_format.keep_together, signed.paragraph_format.keep_with_next = True, False
    _join(signed, dated)
    hold_above(signed)


def _join(signed: Any, dated: Any) -> None:
    """The date as the second line of the paragraph above, at its tab stop."""
    if dated.runs:
        begun = Run(deepcopy(dated.runs[0]._r), signed)
        begun.text, begun.font.highlight_color = "\n\t", None
        for one in (begun._r, *(one for one in dated._p if one.tag != qn("w:pPr"))):
            signed._p.append(one)
    dated._p.getparent().remove(dated._p)


def hold_above(paragraph: Any) -> None:
    """What stands above goes to its page: the last paragraph of the text with the lines of 附件说明 below it, or the end of a table. A
    signature does not stand alone on a page."""
    for one in paragraph._p.itersiblings(preceding=True):
        if one.tag == qn("w:tbl"):
            hold_row(Table(one, paragraph._parent).rows[-1])
            return
        if one.tag == qn("w:p"):
            above = Paragraph(one, paragraph._parent)
            above.paragraph_format.keep_with_next = above.paragraph_format.widow_control = True
            if above.text.strip() and not above.text.startswith(("附件", "\u3000")):
                return


def hold_row(row: Any) -> None:
    """The row stands on one page with what is below it."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def hold_ends(table: Any) -> None:
    """A table leaves neither its heads alone at the foot of a page nor its last row at the head of one; no row is torn."""
    rows = table.rows
    for row in rows:
        keep_whole(row)
    repeat_on_pages(rows[0])
    for place in {0, len(rows) - 2} if len(rows) > 1 else ():
        hold_row(rows[place])


def fit_columns(table: Any, rows: Sequence[Sequence[str]], size: float) -> list[int]:
    """Columns as wide as their words ask in letters of that size (points), over the whole width of the text; gives the widths. Where it is
    not enough for all, only the widest give way."""
    full = layout.PAGE[0] - layout.LEFT - layout.RIGHT
    room = Length(full).pt / size
    asked = [max(layout.width(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
    most = room
    while sum(min(one, most) for one in asked) > room and most > 1:
        most -= 0.1
    measures = [min(one, most) for one in asked]
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
