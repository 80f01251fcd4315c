"""What a report says, as a tree: parts, sections, paragraphs, pieces. It asks nothing and can be kept as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, ClassVar

HALF_YEAR, YEAR = "half-year", "year"
_DIGITS = "零一二三四五六七八九"


def chinese_number(n: int) -> str:
    """一 … 十 … 九十九, for headings."""
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def chinese_day(day: date) -> str:
    """2022年6月30日, without leading zeros (GB/T 9704, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


_SALUTATION = re.compile(r"(?:各位|尊敬的|全体)[^，。；：:]{1,24}[：:]")


def is_salutation(text: str) -> bool:
    """«各位代表：»: begins at the left margin, without the two characters of a paragraph."""
    return _SALUTATION.fullmatch(text.strip()) is not None


@dataclass(frozen=True)
class Words:
    """Plain text."""

    text: str
    kind: ClassVar[str] = "words"


@dataclass(frozen=True)
class Number:
    """A figure as the text shows it: `part` is numerator, denominator or rate; both counts travel with it.

    `on`: the day it is of (2021-12-31) where that is not the report's own, "" otherwise. `under`: the unit it is of where that is not
    the report's own (one of the units below it), 0 otherwise.
    """

    code: str
    title: str
    part: str
    text: str
    numerator: int
    denominator: int | None
    on: str = ""
    under: int = 0
    kind: ClassVar[str] = "number"


@dataclass(frozen=True)
class Gap:
    """A missing fact. `advice` says what to do; `place` names where (see ReportKind); `open` gaps close with own words."""

    missing: str
    advice: str
    place: str
    open: bool = False
    kind: ClassVar[str] = "gap"

    @property
    def text(self) -> str:
        """The visible blank."""
        return f"【待补充：{self.missing}】"


@dataclass(frozen=True)
class Counted:
    """A count that is no indicator's, with the records it counts. `code`: once in a report; `title`: what was counted.

    `records`: what they are (see `web.reports.records`), `keys` their keys: one each, or the one record in which the number was entered.
    """

    code: str
    title: str
    text: str
    records: str
    keys: tuple[int, ...]
    kind: ClassVar[str] = "counted"


Piece = Words | Number | Counted | Gap
_PIECES: dict[str, type[Piece]] = {piece.kind: piece for piece in (Words, Number, Counted, Gap)}


@dataclass(frozen=True)
class Paragraph:
    """Pieces in a row. `own`: written by the user."""

    pieces: tuple[Piece, ...]
    own: bool = False

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Table:
    """Rows of cells under heads, each cell pieces in a row. `wide`: how wide each column is, beside the others (empty: all alike)."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    wide: tuple[int, ...] = ()
    own: ClassVar[bool] = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of all cells, row by row."""
        return tuple(piece for row in self.rows for cell in row for piece in cell)

    @property
    def texts(self) -> list[list[str]]:
        """The heads and the cells as plain text."""
        return [list(self.heads), *([("".join(piece.text for piece in cell)) for cell in row] for row in self.rows)]

    @property
    def text(self) -> str:
        """The table as plain text: a line for each row."""
        return "\n".join("\t".join(row) for row in self.texts)


@dataclass(frozen=True)
class Bars:
    """A chart of bars of equal length, each divided in the parts of a whole; the table of its counts stands below it.

    `parts`: what the parts are called. `rows`: (whose bar, the count of each part).
    """

    title: str
    parts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    own: ClassVar[bool] = False
    pieces: ClassVar[tuple[Piece, ...]] = ()

    @property
    def text(self) -> str:
        """The chart as plain text: nothing, for its table says the same."""
        return ""


Block = Paragraph | Table | Bars
"""What stands in a section. Each has `pieces`, `text` and `own`."""


@dataclass(frozen=True)
class Section:
    """A heading of the second level and what stands below. `code` names it for the user's own paragraphs; a heading that is empty is
    not printed."""

    code: str
    heading: str
    paragraphs: tuple[Block, ...]


@dataclass(frozen=True)
class Part:
    """A heading of the first level and its sections."""

    heading: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Content:
    """A whole report. `made_on` is the day it is signed with; `notes` are the definitions printed at its end.

    `span`: whether what was held is told of the half year or of the year up to the day. `one_page`: it is set so that it fits one page.
    """

    title: tuple[str, ...]
    issuer: str
    as_at: date
    made_on: date
    opening: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = field(default=())
    span: str = HALF_YEAR
    one_page: bool = False

    def sections(self) -> Iterator[Section]:
        """All sections in order."""
        for part in self.parts:
            yield from part.sections

    def numbers(self) -> Iterator[tuple[Section, Number]]:
        """Every figure with the section it stands in."""
        for section, piece in self._pieces():
            if isinstance(piece, Number):
                yield section, piece

    def gaps(self) -> Iterator[tuple[Section, Gap]]:
        """Every missing fact with the section it stands in."""
        for section, piece in self._pieces():
            if isinstance(piece, Gap):
                yield section, piece

    def counted(self, code: str) -> Counted | None:
        """The count with this code."""
        return next((piece for _, piece in self._pieces() if isinstance(piece, Counted) and piece.code == code), None)

    def other_days(self) -> list[date]:
        """The days other than its own that figures are of, the earliest first."""
        return sorted({date.fromisoformat(number.on) for _, number in self.numbers() if number.on})

    def _pieces(self) -> Iterator[tuple[Section, Piece]]:
        for section in self.sections():
            for paragraph in section.paragraphs:
                for piece in paragraph.pieces:
                    yield section, piece


def to_json(content: Content) -> dict[str, Any]:
    """The content as JSON can hold it."""
    document = asdict(content) | {"as_at": content.as_at.isoformat(), "made_on": content.made_on.isoformat()}
    document["opening"] = [_block_to_json(one) for one in content.opening]
    document["parts"] = [
        {
            "heading": part.heading,
            "sections": [
                {"code": one.code, "heading": one.heading, "paragraphs": [_block_to_json(block) for block in one.paragraphs]}
                for one in part.sections
            ],
        }
        for part in content.parts
    ]
    return document


def _block_to_json(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"own": block.own, "pieces": _pieces_to_json(block.pieces)}
    if isinstance(block, Table):
        return asdict(block) | {"rows": [[_pieces_to_json(cell) for cell in row] for row in block.rows]}
    return {"parts": block.parts, "title": block.title, "rows": block.rows}


def _pieces_to_json(pieces: tuple[Piece, ...]) -> list[dict[str, Any]]:
    return [{"kind": piece.kind, **asdict(piece)} for piece in pieces]


def from_json(document: dict[str, Any]) -> Content:
    """The content that `to_json` kept, in this version of the program or an earlier one."""
    return Content(
        title=tuple(document["title"]), issuer=document["issuer"], as_at=date.fromisoformat(document["as_at"]),
        made_on=date.fromisoformat(document["made_on"]), opening=tuple(_paragraph(one) for one in document["opening"]),
        parts=tuple(Part(part["heading"], tuple(_section(one) for one in part["sections"])) for part in document["parts"]),
        notes=tuple(document["notes"]), span=document.get("span", HALF_YEAR), one_page=document.get("one_page", False),
    )


def _section(document: dict[str, Any]) -> Section:
    return Section(document["code"], document["heading"], tuple(_block(one) for one in document["paragraphs"]))


def _block(document: dict[str, Any]) -> Block:
    if "heads" in document:
        rows = tuple(tuple(_pieces(cell) for cell in row) for row in document["rows"])
        return Table(document["title"], tuple(document["heads"]), rows, tuple(document["wide"]))
    if "parts" in document:
        return Bars(document["title"], tuple(document["parts"]), tuple((label, tuple(counts)) for label, counts in document["rows"]))
    return _paragraph(document)


def _paragraph(document: dict[str, Any]) -> Paragraph:
    return Paragraph(_pieces(document["pieces"]), document["own"])


def _pieces(documents: list[dict[str, Any]]) -> tuple[Piece, ...]:
    return tuple(_piece(one) for one in documents)


def _piece(document: dict[str, Any]) -> Piece:
    values = {name: value for name, value in document.items() if name != "kind"}
    if "keys" in values:
        values["keys"] = tuple(values["keys"])
    return _PIECES[document["kind"]](**values)
