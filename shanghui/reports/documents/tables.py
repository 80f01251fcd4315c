"""Tables and bars of a report in Word: heads on every page, rows not torn, bars that can be told apart in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from shanghui.reports.content import Bars, Gap, Piece, Table
from shanghui.reports.documents.layout import BODY, HEADING, SUBHEADING, Face, width
from shanghui.reports.documents.paper import keep_whole, line, repeat_on_pages, run

CELL, CELL_HEAD, CAPTION = Face(BODY.name, 12), Face(HEADING.name, 12), Face(SUBHEADING.name, 14)
PITCH = Pt(18)
TEXT_WIDTH = 156
"""Millimetres between the margins."""
SHORT = 8
"""Characters up to which a column's cells stand in the middle; longer ones begin at the left."""
LABEL, STEPS = 46, 40
"""The width of the names beside bars in millimetres, and into how many steps a bar is divided."""
FILLS: tuple[tuple[str, str, str], ...] = (
    ("clear", "000000", "404040"), ("thinDiagStripe", "000000", "FFFFFF"), ("pct25", "000000", "FFFFFF"),
    ("thinHorzStripe", "808080", "FFFFFF"), ("clear", "FFFFFF", "FFFFFF"),
)
"""How the parts of a bar are filled, in their order (pattern, its colour, the ground): dark, oblique, dotted, level, empty."""
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def add_table(document: Any, content: Table) -> None:
    """A table with its title above it."""
    _caption(document, content.title)
    shares = content.wide or (1,) * len(content.heads)
    widths = [Mm(TEXT_WIDTH * share / sum(shares)) for share in shares]
    table = _grid(document, len(content.heads), "Table Grid")
    _cells(table.rows[0], [((head,), CELL_HEAD, True) for head in content.heads], widths)
    repeat_on_pages(table.rows[0])
    middle = [max((width(row[place]) for row in content.texts), default=0) <= SHORT for place in range(len(content.heads))]
    for row in content.rows:
        _cells(table.add_row(), [(cell, CELL, middle[place]) for place, cell in enumerate(row)], widths)
    for row in table.rows:
        keep_whole(row)


def add_bars(document: Any, content: Bars) -> None:
    """A bar for each row, as long as all others and divided by its counts, below what the fillings mean."""
    _caption(document, content.title)
    _legend(document, content.parts)
    table = _grid(document, 1 + STEPS, None)
    table._tbl.remove(table.rows[0]._tr)
    step = Mm((TEXT_WIDTH - LABEL) / STEPS)
    for label, counts in content.rows:
        row = table.add_row()
        keep_whole(row)
        row.height = Mm(8)
        _text(row.cells[0], (label,), CELL, centred=False)
        row.cells[0].width = Mm(LABEL)
        begin = 1
        for place, (count, length) in enumerate(zip(counts, _lengths(counts), strict=True)):
            if length:
                cell = row.cells[begin].merge(row.cells[begin + length - 1])
                cell.width = step * length
                _fill(cell, place, str(count))
                begin += length
    line(document, "", CELL)


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
    table = _grid(document, 2 * len(parts), None)
    for place, part in enumerate(parts):
        swatch, name = table.rows[0].cells[2 * place : 2 * place + 2]
        _fill(swatch, place, "")
        swatch.width, name.width = Mm(8), Mm(TEXT_WIDTH / len(parts) - 8)
        _text(name, (part,), Face(BODY.name, 10.5), centred=False)
    keep_whole(table.rows[0])
    line(document, "", Face(BODY.name, 6)).paragraph_format.line_spacing = Pt(8)


def _fill(cell: Any, place: int, text: str) -> None:
    pattern, colour, ground = FILLS[place % len(FILLS)]
    properties = cell._tc.get_or_add_tcPr()
    properties.append(_borders())
    shading = OxmlElement("w:shd")
    for name, value in (("val", pattern), ("color", colour), ("fill", ground)):
        shading.set(qn(f"w:{name}"), value)
    properties.append(shading)
    written = _text(cell, (text,), CELL, centred=True)
    if ground == "404040":
        for added in written.runs:
            _white(added)
    elif pattern != "clear" and text:
        for added in written.runs:
            _on_white(added)


def _white(added: Any) -> None:
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), "FFFFFF")
    added._r.get_or_add_rPr().append(colour)


def _on_white(added: Any) -> None:
    """The count stands on white, or the pattern behind it would make it hard to read."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "FFFFFF")):
        shading.set(qn(f"w:{name}"), value)
    added._r.get_or_add_rPr().append(shading)


def _borders() -> Any:
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "404040")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    return borders


def _caption(document: Any, title: str) -> None:
    if title:
        line(document, title, CAPTION, align=_CENTRE).paragraph_format.keep_with_next = True


def _grid(document: Any, columns: int, style: str | None) -> Any:
    table = document.add_table(rows=1, cols=columns, style=style)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
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
