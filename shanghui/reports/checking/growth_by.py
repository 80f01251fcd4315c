"""Growth of which the text says what there is now and by how much it changed: «9918.5 万名，比上年净增 114.4 万名，增幅为 1.2%» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from shanghui.reports.checking.ends import BY, LATELY, THAN, THEN
from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, against, change

_FEWER = re.compile(r"减|降|下滑|少了?$")
_CLOSE_BY = re.compile(r"^[^，,；;。]{0,8}[，,][^，,；;。]{0,8}$")


def growth_by(passage: Passage, place: int, one: Figure, alone: bool) -> Iterator[Finding]:
    """The growth at this place, of the change beside it; where there is none and the growth stands `alone`, only whether some change of the
    text gives it."""
    by = _beside(passage, place, one)
    if by is None:
        yield from _of_any(passage, one) if alone else ()
        return
    now, sure = _now_of(passage, by)
    ways = [*((other, FITS) for other in now), *((other, (Verdict.OK,) if sure else FITS) for other in _candidates(passage, by))]
    fitting = next((other for other, verdicts in ways if _verdict(passage, one, other, by) in verdicts), None)
    if fitting is not None:
        yield _finding(passage, one, fitting, by)
    elif sure and now:
        yield _finding(passage, one, now[0], by)


def _beside(passage: Passage, place: int, one: Figure) -> Figure | None:
    """The change right before a percentage in its sentence, or right behind it: «同比下降 2.60%，同比减少 7 件»."""
    around = [passage.figures[place - 1]] if place else []
    around += passage.figures[place + 1 : place + 2]
    for other in around:
        gap = passage.between(*sorted((other, one), key=lambda figure: figure.start))
        behind = other.start > one.start
        near = _CLOSE_BY.match(gap) if behind else passage.sentence(other.start) == passage.sentence(one.start)
        if not other.is_percent and near and BY.search(passage.before(other)):
            return other if not behind or "同比" in passage.before(other) or "同比" in passage.before(one) else None
    return None


def _now_of(passage: Passage, by: Figure) -> tuple[list[Figure], bool]:
    """([what there is now], whether it is certainly that): the count before a change, or the one that the change names."""
    subject = _subject(passage, by)
    earlier = _candidates(passage, by)
    if not subject:
        here = [one for one in earlier if passage.sentence(one.start) == passage.sentence(by.start)]
        return here[:1], bool(here)
    named = [one for one in earlier if subject in passage.name(one)]
    return named[:1], len(named) == 1


def _subject(passage: Passage, by: Figure) -> str:
    """«党员总数» of «党员总数比上年净增 227.4 万名»."""
    said = BY.sub("", passage.before(by))
    said = re.sub(r"(?:[比较与][^，]*|同比|环比)$", "", said)
    return re.sub(r"^(?:其中|而)", "", said) if len(said) > 1 else ""


def _candidates(passage: Passage, by: Figure) -> list[Figure]:
    """Earlier counts of the unit of a change that are no changes and of no earlier time, the nearest first."""
    earlier = [one for one in passage.counts if one.end <= by.start and one.unit == by.unit][-LATELY:]
    fewer = _FEWER.search(passage.before(by))
    kept = [one for one in reversed(earlier) if not BY.search(passage.before(one)) and (fewer or one.value > by.value)]
    return [one for one in kept if not THEN.search(said := passage.before(one)) or THAN.search(said)]


def _of_any(passage: Passage, one: Figure) -> Iterator[Finding]:
    for by in [other for other in passage.counts if other.end <= one.start and BY.search(passage.before(other))][-LATELY:]:
        for now in _candidates(passage, by)[:1]:
            if not one.is_whole and _verdict(passage, one, now, by) is Verdict.OK:
                yield _finding(passage, one, now, by)
                return


def _bounds(passage: Passage, now: Figure, by: Figure) -> tuple[Fraction, Fraction]:
    """The growth, in percent, as an interval."""
    if THAN.search(passage.before(now)):  # «较 2020 年的 46 个增加 12 个，增长 26.1%»: what it was before
        return 100 * by.low / now.high, 100 * by.high / now.low
    if _FEWER.search(passage.before(by)):
        return 100 * by.low / (now.high + by.high), 100 * by.high / (now.low + by.low)
    least, most = now.low - by.high, now.high - by.low
    return (100 * by.low / most, 100 * by.high / least) if least > 0 else (Fraction(0), Fraction(0))


def _verdict(passage: Passage, one: Figure, now: Figure, by: Figure) -> Verdict:
    return against(one, *_bounds(passage, now, by))


def _finding(passage: Passage, one: Figure, now: Figure, by: Figure) -> Finding:
    low, high = _bounds(passage, now, by)
    said = "减少" if _FEWER.search(passage.before(by)) else "增加"
    if opposed(passage, one, by):
        return change(one, "growth", Verdict.WRONG, -high, -low, (now, by), f"{now.text}，{said}{by.text}")
    return change(one, "growth", against(one, low, high), low, high, (now, by), f"{now.text}，{said}{by.text}")


def opposed(passage: Passage, one: Figure, by: Figure) -> bool:
    """Whether a count is said to fall and its percentage, with no minus before it, to rise."""
    rises = re.search(r"(?<!负)(?:增长|增加|上升|提高|增幅)(?:了|为|达)?$", passage.before(one))
    return bool(rises and re.search(r"(?:减少|下降|降低|净减)了?$", passage.before(by)))
