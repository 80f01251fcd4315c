"""A report's text as its page shows it: every figure with the address of its records, every gap with what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from shanghui.indicators.registry import registry
from shanghui.reports.content import (
    Bars,
    Block,
    Content,
    Counted,
    Gap,
    Number,
    Part,
    Piece,
    Section,
    Table,
    is_salutation,
)
from shanghui.reports.models import Report
from shanghui.reports.queries import counts_in_words

PLACES = {
    "chambers": ("chambers", "去商会"), "organizations": ("organizations", "去党组织"), "people": ("people", "去人员"),
    "coverage": ("gaps", "逐家办理"), "activities": ("activities", "去活动"), "promises": ("activities", "去活动"),
}
"""{place of a gap: (address, words)}."""
Link = Callable[[Number | Counted], str]
SHORT, SHORT_DAY = 6, 12
"""Characters of a cell that is not broken in two lines: a name; a day or a number."""
FILLINGS = ("own", "joint", "guide", "none")
"""How the parts of a bar are filled (classes k-…), from strong to weak."""


@dataclass(frozen=True)
class Shown:
    """A piece with where it leads; `url` is empty where it leads nowhere."""

    kind: str
    text: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class Source:
    """A figure in the side column: its two counts, its definition and its records."""

    title: str
    counts: str
    definition: str
    url: str


def address(name: str, **arguments: Any) -> str:
    """The address of this name, or "" while there is no such page."""
    try:
        return reverse(name, kwargs=arguments or None)
    except NoReverseMatch:
        return ""


def link_of(report: Report, *, to_ledger: bool = True) -> Link:
    """Where a figure of this report opens: the records of a draft in the ledger, those of a frozen one in its snapshot.

    `to_ledger`: whether the visitor may open the pages of figures; for others those of a draft are shown by the report itself.
    """

    def link(number: Number | Counted) -> str:
        if isinstance(number, Counted):
            return address("report-records", report=report.pk, counted=number.code)
        asked: dict[str, Any] = {"part": "denominator" if number.part == "denominator" else "numerator"}
        if report.snapshot_id is not None or not to_ledger:
            asked |= ({"of": number.on} if number.on else {}) | ({"under": number.under} if number.under else {})
            return f"{address('report-figure', report=report.pk, code=number.code)}?{urlencode(asked)}"
        asked = {"on": number.on or report.as_at.isoformat(), "under": number.under or report.unit_id} | asked
        base = address("figure", code=number.code)
        return f"{base}?{urlencode(asked)}" if base else ""

    return link


def sheet(content: Content, link: Link) -> dict[str, Any]:
    """The text in the nesting of the template."""
    return {
        "title": content.title, "issuer": content.issuer, "made_on": content.made_on, "notes": content.notes,
        "opening": [_block(one, link) for one in content.opening],
        "parts": [(part.heading, [_section(one, link) for one in part.sections]) for part in content.parts],
    }


def _section(section: Section, link: Link) -> dict[str, Any]:
    return {"code": section.code, "heading": section.heading, "paragraphs": [_block(one, link) for one in section.paragraphs]}


def _block(block: Block, link: Link) -> dict[str, Any]:
    """A paragraph, a table or bars, as reports/paragraph.html shows them."""
    if isinstance(block, Table):
        rows = [[_cell(cell, link) for cell in row] for row in block.rows]
        return {"table": block.title, "heads": block.heads, "rows": rows}
    if isinstance(block, Bars):
        return {"bars": block.title, "parts": list(zip(FILLINGS, block.parts, strict=False)), "rows": [_bar(*row, block.parts) for row in block.rows]}
    return {"own": block.own, "flush": is_salutation(block.text), "pieces": [_piece(piece, link) for piece in block.pieces]}


def _cell(cell: Sequence[Piece], link: Link) -> tuple[list[Shown], bool]:
    """A cell of a table, and whether it stays in one line: a name, a day, a number."""
    text = "".join(piece.text for piece in cell)
    return [_piece(piece, link) for piece in cell], len(text) <= (SHORT_DAY if text[:1].isdecimal() else SHORT)


def _bar(label: str, counts: Sequence[int], parts: Sequence[str]) -> dict[str, Any]:
    """A bar as stretches of hundredths, and the same in words."""
    whole, begin, stretches = sum(counts) or 1, 0.0, []
    for filling, count, part in zip(FILLINGS, counts, parts, strict=False):
        wide = 100 * count / whole
        if count:
            stretches.append({"kind": filling, "x": f"{begin:.2f}%", "width": f"{wide:.2f}%", "words": f"{part}{count}家"})
        begin += wide
    return {"label": label, "stretches": stretches, "words": "，".join(one["words"] for one in stretches)}


def _piece(piece: Piece, link: Link) -> Shown:
    if isinstance(piece, Number):
        opens = link(piece) if piece.numerator or piece.part != "numerator" else ""
        on = f"（{piece.on}）" if piece.on else ""
        return Shown("number", piece.text, opens, f"{piece.title}{on} {counts_in_words(piece.numerator, piece.denominator)}")
    if isinstance(piece, Counted):
        return Shown("number", piece.text, link(piece) if piece.keys else "", piece.title)
    return Shown(piece.kind, piece.text)


def sources(content: Content, link: Link) -> list[tuple[str, list[Source]]]:
    """By section: each figure of the report's own unit once, where it comes from."""
    found: dict[str, dict[str, Source]] = {}
    places = _places(content)
    for section, number in content.numbers():
        known = registry.get(number.code)
        counts = counts_in_words(number.numerator, number.denominator)
        definition = known.definition if known else ""
        title = f"{number.title}（{number.on}）" if number.on else number.title
        key = f"{number.code} {number.on}"
        if not number.under:
            found.setdefault(places[section.code], {})[key] = Source(title, counts, definition, link(number))
    return [(heading, list(by_code.values())) for heading, by_code in found.items()]


def gaps(content: Content, report: Report) -> list[dict[str, Any]]:
    """What is missing: where to record it, and, where own words answer it, where to write them."""
    places = _places(content)
    return [_gap(section, gap, report) | {"place": places[section.code]} for section, gap in content.gaps()]


def _places(content: Content) -> dict[str, str]:
    """{section: «二（一）推进组建…»}: headings of the second level repeat in each part. A section without a heading is its part."""
    return {one.code: _place(part, one) for part in content.parts for one in part.sections}


def _place(part: Part, section: Section) -> str:
    return f"{part.heading.partition('、')[0]}{section.heading}" if section.heading else part.heading or "正文"


def _gap(section: Section, gap: Gap, report: Report) -> dict[str, Any]:
    name, words = PLACES.get(gap.place, ("", ""))
    place = address(name) if name else ""
    writing = f"{address('report-text', report=report.pk)}#id_own-{section.code}" if gap.open else ""
    return {"gap": gap, "url": place, "words": words, "writing": writing}
