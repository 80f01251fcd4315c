"""Shares named in the order of their parts: «正式、预备党员分别为 1175 名、75 名，分别占 94%、6%» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, takewhile

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, added_up, against, share_finding, share_verdict

_RESPECTIVE = re.compile(r"分别占(?:(?P<base>[^，,;；。\d]{2,12}?)的)?|占比分别|比例分别|比重分别|各占")
_JOINED = re.compile(r"^[^，,;；。]{0,12}[、和与及][^，,;；。]{0,12}$")
_WHOLE_OF = re.compile(r"中[，,]|其中|分别")
FEWEST = 2


def respective(passage: Passage) -> Iterator[Finding]:
    """Every share of such a row, where as many counts stand before it and a whole before them; wrong where another of the row fits or the
    whole opens the sentence."""
    for match in _RESPECTIVE.finditer(passage.shown):
        percents = _row([one for one in passage.figures if one.start >= match.end()], passage)
        parts = _row([one for one in passage.counts if one.end <= match.start()][::-1], passage)[::-1]
        if len(percents) < FEWEST or not all(one.is_percent for one in percents):
            continue
        if len(parts) != len(percents):
            parts = _last_of_sentence(passage, match.start(), len(percents))
        whole = _whole(passage, parts, match.group("base") or "") if parts else None
        if whole is not None:
            yield from _judged(passage, whole, parts, percents)


def _row(figures: Sequence[Figure], passage: Passage) -> list[Figure]:
    """The figures from the first on that 、 or 和 joins, forwards or backwards."""
    joined = takewhile(lambda pair: _JOINED.match(passage.between(*sorted(pair, key=lambda one: one.start))), pairwise(figures))
    return [*figures[:1], *(second for _, second in joined)]


def _last_of_sentence(passage: Passage, place: int, number: int) -> list[Figure]:
    """As many last counts before a place, all of one unit and one sentence; none where there are others."""
    before = [one for one in passage.counts if one.end <= place and passage.sentence(one.start) == passage.sentence(place)][-number:]
    return before if len(before) == number and len({one.unit for one in before}) == 1 else []


def _whole(passage: Passage, parts: Sequence[Figure], base: str) -> Figure | None:
    """The count right before the parts in their sentence, else the one before that they add up to."""
    earlier = [one for one in passage.counts if one.end <= parts[0].start and one.same_kind(parts[0])]
    named = [one for one in earlier if base and re.sub("[的总]", "", base) in re.sub("[的总]", "", passage.name(one)) and one.value > parts[0].value]
    if named:
        return named[-1]
    if earlier and passage.sentence(earlier[-1].start) == passage.sentence(parts[0].start):
        return earlier[-1]
    return next((one for one in reversed(earlier) if against(one, *_bounds(parts)) is Verdict.OK), None)


def _bounds(parts: Sequence[Figure]) -> tuple[Fraction, Fraction]:
    total = added_up(parts)
    return total.low, total.high


def _judged(passage: Passage, whole: Figure, parts: Sequence[Figure], percents: Sequence[Figure]) -> Iterator[Finding]:
    verdicts = [share_verdict(percent, part, whole) for part, percent in zip(parts, percents, strict=True)]
    sure = any(one in FITS for one in verdicts) or _WHOLE_OF.search(passage.between(whole, parts[0]))
    for part, percent, verdict in zip(parts, percents, verdicts, strict=True):
        if sure or verdict in FITS:
            yield share_finding(percent, part, whole, verdict)
