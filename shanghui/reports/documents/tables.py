"""Tables and bars of a report in Word: heads on every page, rows not torn, bars that can be told apart in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from shanghui.reports.content import Bars, Gap, Piece, Table
from shanghui.reports.documents.layout import BODY, HEADING, SUBHEADING, Face, width
from shanghui.reports.documents.paper import hold_ends, hold_row, keep_whole, line, measure, run

CELL, CELL_HEAD, CAPTION = Face(BODY.name, 12), Face(HEADING.name, 12), Face(SUBHEADING.name, 14)
PITCH, APART = Pt(18), Pt(4)
TEXT_WIDTH = 156
"""Millimetres between the margins."""
SHORT = 8
"""Characters up to which a column's cells stand in the middle; longer ones begin at the left."""
LABEL, STEPS = 46, 40
"""The width of the names beside bars in millimetres, and into how many steps a bar is divided."""
FILLS: tuple[tuple[str, str], ...] = (("404040", "FFFFFF"), ("A0A0A0", "000000"), ("E4E4E4", "000000"), ("FFFFFF", "000000"))
"""The ground of the parts of a bar in their order, from dark to white, and the colour of the count upon it: four greys that every
printer and every office program keeps apart."""
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def add_table(document: Any, content: Table) -> None:
    """A table with its title above it."""
    _caption(document, content.title)
    shares = content.wide or (1,) * len(content.heads)
    widths = [Mm(TEXT_WIDTH * share / sum(shares)) for share in shares]
    table = _grid(document, widths, "Table Grid")
    _cells(table.rows[0], [((head,), CELL_HEAD, True) for head in content.heads], widths)
    middle = [max((width(row[place]) for row in content.texts[1:]), default=0) <= SHORT for place in range(len(content.heads))]
    for row in content.rows:
        _cells(table.add_row(), [(cell, CELL, middle[place]) for place, cell in enumerate(row)], widths)
    hold_ends(table)


def add_bars(document: Any, content: Bars) -> None:
    """A bar for each row, as long as all others and divided by its counts, below what the fillings mean."""
    _caption(document, content.title)
    _legend(document, content.parts)
    step = Mm((TEXT_WIDTH - LABEL) / STEPS)
    table = _grid(document, [Mm(LABEL), *[step] * STEPS], None)
    table._tbl.remove(table.rows[0]._tr)
    for place, (label, counts) in enumerate(content.rows):
        if place:
            _apart(table.add_row())
        row = table.add_row()
        keep_whole(row)
        row.height = Mm(7)
        _text(row.cells[0], (label,), CELL, centred=False)
        begin = 1
        for part, (count, length) in enumerate(zip(counts, _lengths(counts), strict=True)):
            if length:
                _fill(row.cells[begin].merge(row.cells[begin + length - 1]), part, str(count))
                begin += length
    line(document, "", CELL).paragraph_format.line_spacing = PITCH


def _apart(row: Any) -> None:
    """A narrow row between two bars, or dark ones would run together; it stays with the next."""
    whole = row.cells[0].merge(row.cells[-1])
    for one in whole.paragraphs[1:]:
        whole._tc.remove(one._p)
    measure(whole.paragraphs[0])
    whole.paragraphs[0].paragraph_format.line_spacing = row.height = APART
    row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
    keep_whole(row)
    hold_row(row)


def _lengths(counts: Sequence[int]) -> list[int]:
    """How many steps each part takes: together all of them, and none that counts anything is lost."""
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    lengths = [max(1, STEPS * count // whole) if count else 0 for count in counts]
    longest = lengths.index(max(lengths))
    lengths[longest] += STEPS - sum(lengths)
    return lengths


def _legend(document: Any, parts: Sequence[str]) -> None:
    asked = [width(part) + 2 for part in parts]
    names = [Mm((TEXT_WIDTH - 8 * len(parts)) * one / sum(asked)) for one in asked]
    table = _grid(document, [each for name in names for each in (Mm(8), name)], None)
    for place, part in enumerate(parts):
        swatch, name = table.rows[0].cells[2 * place : 2 * place + 2]
        _fill(swatch, place, "")
        _text(name, (part,), Face(BODY.name, 10.5), centred=False)
    keep_whole(table.rows[0])
    hold_row(table.rows[0])
    below = line(document, "", Face(BODY.name, 6)).paragraph_format
    below.line_spacing, below.keep_with_next = Pt(8), True


def _fill(cell: Any, place: int, text: str) -> None:
    ground, colour = FILLS[place % len(FILLS)]
    properties = cell._tc.get_or_add_tcPr()
    properties.append(_borders())
    properties.append(_element("w:shd", val="clear", color="auto", fill=ground))
    for added in _text(cell, (text,), CELL, centred=True).runs:
        added._r.get_or_add_rPr().append(_element("w:color", val=colour))


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _borders() -> Any:
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_element(f"w:{side}", val="single", sz="4", color="404040"))
    return borders


def _caption(document: Any, title: str) -> None:
    if title:
        line(document, title, CAPTION, align=_CENTRE).paragraph_format.keep_with_next = True


def _grid(document: Any, widths: Sequence[Any], style: str | None) -> Any:
    """A table of one row whose columns, and the cells of all rows added to it, are as wide as that."""
    table = document.add_table(rows=1, cols=len(widths), style=style)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    return table


def _cells(row: Any, cells: Sequence[tuple[Sequence[Piece | str], Face, bool]], widths: Sequence[Any]) -> None:
    for cell, (pieces, face, centred), wide in zip(row.cells, cells, widths, strict=True):
        cell.width = wide
        _text(cell, pieces, face, centred=centred)


def _text(cell: Any, pieces: Sequence[Piece | str], face: Face, *, centred: bool) -> Any:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    written = line(cell, "", face, align=_CENTRE if centred else None)
    written.paragraph_format.line_spacing = PITCH
    for piece in pieces:
        added = run(written, piece if isinstance(piece, str) else piece.text, face, 0)
        if isinstance(piece, Gap):
            added.font.highlight_color = WD_COLOR_INDEX.YELLOW
    for before in cell.paragraphs[:-1]:
        cell._tc.remove(before._p)
    return written
