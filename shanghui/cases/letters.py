"""What an official letter says, as plain values; reports.documents lays it out (GB/T 9704, regulations §8.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

GAP = "【待补充】"
"""A missing fact; `known` also names which: «【待补充：党组织名称】»."""
_GAP = re.compile(r"【待补充(?:：([^】]*))?】")


@dataclass(frozen=True)
class Piece:
    """Some text. `missing` None: it stands as it is; otherwise it is a gap, and this is the missing fact ("" where it is not named)."""

    text: str
    missing: str | None = None


@dataclass(frozen=True)
class Letter:
    """A 请示, 批复 or 报告. `paragraphs`: the body, one level; short lines that start with «一、» are headings. `day` None is a gap.

    `to` and `issuer` "" leave out 主送机关, or signature and date. `table`: optional heading row and rows under the body.
    """

    title: str
    to: str
    paragraphs: tuple[str, ...]
    issuer: str
    day: date | None
    number: str = ""
    annexes: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()

    @property
    def missing(self) -> list[str]:
        """The missing facts in the order of the text, each as it is named ("" where it is not)."""
        texts = (self.title, self.to, *self.paragraphs, *(cell for row in self.table for cell in row), self.issuer)
        found = [piece.missing for text in texts for piece in pieces(text) if piece.missing is not None]
        return [*found, *([DAY] if self.day is None and self.issuer else [])]

    @property
    def gaps(self) -> int:
        """How many facts are missing."""
        return len(self.missing)


DAY = "成文日期"


def known(text: object, name: str = "") -> str:
    """The text, or the gap marker where nothing is known; `name`: what is missing, in the words of its form."""
    return str(text) if text not in (None, "") else gap(name)


def gap(name: str = "") -> str:
    """The marker of a missing fact."""
    return f"【待补充：{name}】" if name else GAP


def because(grounds: str) -> str:
    """«理由：……。», with one full stop however it was typed; "" without a reason."""
    return f"理由：{grounds.strip().rstrip('。')}。" if grounds.strip() else ""


def pieces(text: str) -> list[Piece]:
    """The text apart from its gaps, in order."""
    found, last = [], 0
    for match in _GAP.finditer(text):
        found += [Piece(text[last : match.start()]), Piece(match.group(), match.group(1) or "")]
        last = match.end()
    return [piece for piece in (*found, Piece(text[last:])) if piece.text]
