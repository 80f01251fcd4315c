"""What an official letter says, as plain values; reports.documents lays it out (GB/T 9704, regulations §8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

GAP = "【待补充】"


@dataclass(frozen=True)
class Letter:
    """A 请示, 批复 or 报告. `paragraphs`: the body, one level; lines that start with «一、» are headings. `day` None is a gap.

    `table`: optional heading row and rows under the body.
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
    def gaps(self) -> int:
        """How many facts are missing."""
        texts = (self.title, self.to, self.issuer, *self.paragraphs, *(cell for row in self.table for cell in row))
        return sum(text.count(GAP) for text in texts) + (self.day is None)


def known(text: object) -> str:
    """The text, or the gap marker where nothing is known."""
    return str(text) if text not in (None, "") else GAP
