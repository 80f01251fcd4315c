"""A text cut into sentences and clauses, with what stands around each figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from shanghui.reports.checking.figures import Figure, figures, plain

_CLAUSE = re.compile(r"[，,、；;：:。！？!?\n]")
_SENTENCE = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True)
class Passage:
    """A text and its figures."""

    text: str

    @cached_property
    def shown(self) -> str:
        """The text with half-width signs, of the same length."""
        return plain(self.text)

    @cached_property
    def figures(self) -> list[Figure]:
        """Its counts and percentages in their order."""
        return figures(self.text)

    @cached_property
    def counts(self) -> list[Figure]:
        """Its counts in their order."""
        return [one for one in self.figures if not one.is_percent]

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in _SENTENCE.finditer(self.shown) if not _is_decimal(self.shown, match.start())]

    def sentence(self, place: int) -> int:
        """The number of the sentence a place lies in."""
        return sum(1 for end in self._ends if end < place)

    def paragraph(self, place: int) -> int:
        """The number of the paragraph."""
        return self.shown.count("\n", 0, place)

    def between(self, first: Figure, second: Figure) -> str:
        """What stands between two figures."""
        return _close(self.shown[first.end : second.start])

    def before(self, one: Figure) -> str:
        """The clause up to a figure, from the last mark or figure before it."""
        start = max((other.end for other in self.figures if other.end <= one.start), default=0)
        return _last(_CLAUSE, self.shown[start : one.start])

    def whole_before(self, one: Figure) -> str:
        """The clause up to a figure, other figures included."""
        return self.whole_before_place(one.start)

    def whole_before_place(self, place: int) -> str:
        """The clause up to a place."""
        return _last(_CLAUSE, self.shown[:place])

    def after(self, one: Figure) -> str:
        """The clause that follows a figure, up to the next mark or figure."""
        end = min((other.start for other in self.figures if other.start >= one.end), default=len(self.shown))
        return _close(_CLAUSE.split(self.shown[one.end : end])[0])

    def name(self, one: Figure) -> str:
        """What a figure counts, as far as it stands beside it."""
        return f"{self.before(one)}{self.after(one)}"

    def rest(self, one: Figure) -> str:
        """Everything that follows a figure."""
        return _close(self.shown[one.end :])

    def upto(self, one: Figure) -> str:
        """Everything before a figure."""
        return _close(self.shown[: one.start])

    def ahead(self, one: Figure, length: int = 40) -> str:
        """What follows a figure."""
        return _close(self.shown[one.end : one.end + 2 * length])[:length]


def _last(marks: re.Pattern[str], text: str) -> str:
    return _close(marks.split(text)[-1])


def _close(text: str) -> str:
    """Without white space, which means nothing between Chinese characters."""
    return re.sub(r"[ \t\u3000\xa0]+", "", text)


def _is_decimal(text: str, place: int) -> bool:
    return text[place] == "." and text[place - 1 : place].isdigit()
