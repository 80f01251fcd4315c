"""What a report says, as a tree: parts, sections, paragraphs, pieces. It asks nothing and can be kept as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, ClassVar

_DIGITS = "零一二三四五六七八九"


def chinese_number(n: int) -> str:
    """一 … 十 … 九十九, for headings."""
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def chinese_day(day: date) -> str:
    """2022年6月30日, without leading zeros (GB/T 9704, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True)
class Words:
    """Plain text."""

    text: str
    kind: ClassVar[str] = "words"


@dataclass(frozen=True)
class Number:
    """A figure as the text shows it: `part` is numerator, denominator or rate; both counts travel with it."""

    code: str
    title: str
    part: str
    text: str
    numerator: int
    denominator: int | None
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


Piece = Words | Number | Gap
_PIECES: dict[str, type[Piece]] = {piece.kind: piece for piece in (Words, Number, Gap)}


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
class Section:
    """A heading of the second level and what stands below. `code` names it for the user's own paragraphs."""

    code: str
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Part:
    """A heading of the first level and its sections."""

    heading: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Content:
    """A whole report. `made_on` is the day it is signed with; `notes` are the definitions printed at its end."""

    title: tuple[str, ...]
    issuer: str
    as_at: date
    made_on: date
    opening: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = field(default=())

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

    def _pieces(self) -> Iterator[tuple[Section, Piece]]:
        for section in self.sections():
            for paragraph in section.paragraphs:
                for piece in paragraph.pieces:
                    yield section, piece


def to_json(content: Content) -> dict[str, Any]:
    """The content as JSON can hold it."""
    document = asdict(content) | {"as_at": content.as_at.isoformat(), "made_on": content.made_on.isoformat()}
    document["opening"] = [_paragraph_to_json(one) for one in content.opening]
    document["parts"] = [
        {
            "heading": part.heading,
            "sections": [
                {"code": one.code, "heading": one.heading, "paragraphs": [_paragraph_to_json(p) for p in one.paragraphs]}
                for one in part.sections
            ],
        }
        for part in content.parts
    ]
    return document


def _paragraph_to_json(paragraph: Paragraph) -> dict[str, Any]:
    return {"own": paragraph.own, "pieces": [{"kind": piece.kind, **asdict(piece)} for piece in paragraph.pieces]}


def from_json(document: dict[str, Any]) -> Content:
    """The content that `to_json` kept."""
    return Content(
        title=tuple(document["title"]), issuer=document["issuer"], as_at=date.fromisoformat(document["as_at"]),
        made_on=date.fromisoformat(document["made_on"]), opening=_paragraphs(document["opening"]),
        parts=tuple(Part(part["heading"], tuple(_section(one) for one in part["sections"])) for part in document["parts"]),
        notes=tuple(document["notes"]),
    )


def _section(document: dict[str, Any]) -> Section:
    return Section(document["code"], document["heading"], _paragraphs(document["paragraphs"]))


def _paragraphs(documents: list[dict[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(tuple(_piece(piece) for piece in one["pieces"]), one["own"]) for one in documents)


def _piece(document: dict[str, Any]) -> Piece:
    values = {name: value for name, value in document.items() if name != "kind"}
    return _PIECES[document["kind"]](**values)
