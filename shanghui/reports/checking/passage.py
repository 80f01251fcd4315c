"""A text cut into sentences and clauses, with what stands around each figure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from shanghui.reports.checking.figures import Figure, figures, plain

_CLAUSE = re.compile(r"[，,、；;：:。！？!?\n]")
_SENTENCE = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True)
class Passage:
    """A text and its figures: a paragraph of a draft, or all of it."""

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
    def _figure_starts(self) -> list[int]:
        return [one.start for one in self.figures]

    @cached_property
    def _figure_ends(self) -> list[int]:
        return sorted(one.end for one in self.figures)

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in _SENTENCE.finditer(self.shown) if not _is_decimal(self.shown, match.start())]

    def sentence(self, place: int) -> int:
        """The number of the sentence a place lies in."""
        return bisect_left(self._ends, place)

    def between(self, first: Figure, second: Figure) -> str:
        """What stands between two figures."""
        return _close(self.shown[first.end : second.start])

    def before(self, one: Figure) -> str:
        """The clause up to a figure, from the last mark or figure before it."""
        place = bisect_right(self._figure_ends, one.start)
        start = self._figure_ends[place - 1] if place else 0
        return _last(_CLAUSE, self.shown[start : one.start])

    def whole_before(self, one: Figure) -> str:
        """The clause up to a figure, other figures included."""
        return self.whole_before_place(one.start)

    def whole_before_place(self, place: int) -> str:
        """The clause up to a place."""
        return _last(_CLAUSE, self.shown[:place])

    def after(self, one: Figure) -> str:
        """The clause that follows a figure, up to the next mark or figure."""
        place = bisect_left(self._figure_starts, one.end)
        end = self._figure_starts[place] if place < len(self.figures) else len(self.shown)
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
