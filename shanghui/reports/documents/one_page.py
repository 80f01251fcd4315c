"""A report that must fit one page: set in the largest of a few sizes in which it does; the layout of GB/T 9704 first."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from shanghui.reports.content import Content
from shanghui.reports.documents import layout

TEXT = (442.2, 637.8)
"""Width and height of the text area in points: 156 × 225 mm."""


@dataclass(frozen=True)
class Size:
    """How much smaller than GB/T 9704 letters and lines are, in points."""

    letters: float
    lines: float

    @property
    def characters(self) -> int:
        """Characters of the body in a line."""
        return int(TEXT[0] // (layout.BODY.size - self.letters))

    @property
    def room(self) -> int:
        """Lines of the body on a page."""
        return int(TEXT[1] // (layout.LINE.pt - self.lines))


SIZES = (Size(0, 0), Size(2, 4), Size(3, 7), Size(4, 9.5), Size(5.5, 12))


def size_for(content: Content) -> Size | None:
    """The largest size in which the report fits one page; None when it does in none."""
    return next((size for size in SIZES if _lines(content, size) <= size.room), None)


def _lines(content: Content, size: Size) -> int:
    """How many lines it takes, reckoned a little too high: title and signature, headings, paragraphs with their indent."""
    texts = [one.text for one in content.opening] + [one.text for section in content.sections() for one in section.paragraphs]
    headings = sum(1 for part in content.parts if part.heading) + sum(1 for section in content.sections() if section.heading)
    lines = sum(ceil((layout.width(text) + INDENT) * SLACK / size.characters) for text in texts + list(content.notes))
    return len(content.title) + AROUND + headings + lines


INDENT, AROUND, SLACK = 2, 5, 1.06
"""Characters of the first line; lines for the blank below the title and for the signature; digits may be wider than half."""


def fit(document: Any, content: Content) -> None:
    """Sets a document that is written in the smaller size: the lines that have the pitch of GB/T 9704, for a template may have others. One
    that fits none keeps the smallest."""
    size = size_for(content) or SIZES[-1]
    if not size.letters:
        return
    for paragraph in document.paragraphs:
        shape = paragraph.paragraph_format
        if shape.line_spacing != layout.LINE:
            continue
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.LINE.pt - size.lines)
        if shape.space_before:
            shape.space_before = shape.line_spacing
        for run in paragraph.runs:
            _shrink(run._r.rPr, size.letters)


def _shrink(properties: Any, points: float) -> None:
    for tag in ("w:sz", "w:szCs"):
        for found in properties.findall(qn(tag)):
            found.set(qn("w:val"), str(int(found.get(qn("w:val"))) - round(points * 2)))
