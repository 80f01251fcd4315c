"""Wholes divided up farther off: «按消费类型分，A、B», «立案提案中，A；B；C», «连任 72 人，新任 86 人» of what the sentence began with (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from shanghui.reports.checking.completeness import are_a_set, are_opposites, joined_by, names_all_parts
from shanghui.reports.checking.ends import BY, THEN
from shanghui.reports.checking.figures import PEOPLE, Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import hardly_chance, slip_in
from shanghui.reports.checking.sums import sum_finding, sum_verdict
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict

_OPENER = re.compile(
    r"(?:分别[为是有](?=\d)|(?:按[^，,。；;\d]{2,14}[分看]|从[^，,。；;\d]{2,10}[看分]|分[^，,。；;\d]{2,6}看"
    r"|(?<![其\d])(?P<what>[一-龥]{2,10})中)[，,:：])"
)
_NOT_DONE, _HAS = re.compile(r"(?:尚未|还未|未|没有)([一-龥]{2})"), re.compile(r"共|总|现有|应")
_SHARE = re.compile(r"[，,(]占[^，,；;。]{0,12}?\d[\d.]*%\)?")
_JOINED = re.compile(r"^[^，,、；;。]{0,8}[，,、][^，,、；;。]*$")
BACK, FEWEST, NEAR = 3, 2, 20
CLOSE, RARELY = Fraction(3, 2), Fraction(1, 100)


def divisions(passage: Passage, added: Sequence[Finding]) -> Iterator[Finding]:
    """The sums of such lists, without those `added` up already."""
    yield from _new([*_opened(passage), *_done_and_not_done(passage), *_sets(passage), *_hardly_by_chance(passage)], added)


def opposites(passage: Passage, added: Sequence[Finding], shared: Sequence[Finding]) -> Iterator[Finding]:
    """The sums of two parts that have no third, of the whole their sentence speaks of: the only one in it, or the one its shares are of."""
    yield from _new(_pairs(passage, shared), added)


def _new(found: Iterable[Finding], added: Sequence[Finding]) -> Iterator[Finding]:
    known = {_key(one) for one in added}
    for one in found:
        if _key(one) not in known:
            known.add(_key(one))
            yield one


def _key(one: Finding) -> tuple[int, ...]:
    return tuple(part.start for part in one.operands)


def _opened(passage: Passage) -> Iterator[Finding]:
    for match in _OPENER.finditer(passage.shown):
        parts = _list_after(passage, match.end())
        if len(parts) < FEWEST:
            continue
        wholes = _wholes(passage, match.start(), parts)
        named = [one for one in wholes if match.group("what") and match.group("what")[:2] in passage.name(one)]
        if found := _fitting(wholes, parts) or _wrong(passage, named[:1] if match.group("what") else wholes, parts):
            yield found


def _done_and_not_done(passage: Passage) -> Iterator[Finding]:
    """«现有商会 34 家。…单独建立的 21 家，联合建立的 8 家，尚未建立的 5 家»: what has not been done closes the list."""
    for last in passage.counts:
        match = _NOT_DONE.search(passage.before(last))
        done = [one for one in passage.counts if one.end <= last.start and passage.sentence(one.start) == passage.sentence(last.start)]
        done = [one for one in done if match and one.unit == last.unit and match.group(1) in passage.before(one)]
        if match is None or len(done) < FEWEST or _NOT_DONE.search(passage.before(done[-1])):
            continue
        parts = [*done, last]
        wholes = [one for one in _wholes(passage, done[0].start, parts) if _HAS.search(passage.before(one))]
        if found := _fitting(wholes, parts):
            yield found
        elif wholes and slip_in(wholes[0], parts):
            yield sum_finding(wholes[0], parts, Verdict.WRONG)


def _sets(passage: Passage) -> Iterator[Finding]:
    """Lists that say themselves that they name all, of a whole that an earlier sentence names: «党的基层组织 3656 个。…党委、总支、支部…»."""
    for first in passage.counts:
        parts = _list_after(passage, first.start)
        for length in (3, len(parts)):
            some = parts[:length]
            names = [passage.before(one) for one in some]
            if len(some) < 3 or not are_a_set(names) or names[0].startswith("其中") or any(one.about for one in some):
                continue
            wholes = _wholes(passage, first.start, some, passage.sentence(first.start) + 1 if "支部" in names[-1] else BACK)
            meant = [one for one in wholes if any(pair in passage.name(one) for pair in _pairs_of(names))]
            if found := _fitting(wholes, some):
                yield found
            elif sure := [one for one in meant if slip_in(one, some) and _close(one, some)]:
                yield sum_finding(sure[-1], some, Verdict.WRONG)
            break


def _hardly_by_chance(passage: Passage) -> Iterator[Finding]:
    """Lists of large figures that would add up to an earlier count but for one digit, which chance hardly brings about."""
    done: set[int] = set()
    for first in passage.counts:
        parts = [] if first.start in done else _list_after(passage, first.start)
        done |= {one.start for one in parts}
        if len(parts) < FEWEST or any(one.about for one in parts):
            continue
        wholes = [one for one in _wholes(passage, first.start, parts) if not one.about]
        if _fitting(wholes, parts) is None:
            alike = [one for one in wholes if len({figure.ulp for figure in (one, *parts)}) == 1 and _close(one, parts)]
            sure = [one for one in alike if slip_in(one, parts) and hardly_chance(one, parts, RARELY)]
            yield from (sum_finding(one, parts, Verdict.WRONG) for one in sure[:1])


def _pairs_of(names: Sequence[str]) -> set[str]:
    """What a whole may be called whose parts are called so."""
    if "支部" in names[-1]:
        return {"组织"}
    first = names[0]
    return {first[place : place + 2] for place in range(len(first) - 1)}


def _close(whole: Figure, parts: Sequence[Figure]) -> bool:
    total = sum((one.value for one in parts), Fraction(0))
    return total < CLOSE * whole.value and whole.value < CLOSE * total


def _list_after(passage: Passage, place: int) -> list[Figure]:
    """The counts of one unit that one mark joins, from a place on to the end of its sentence."""
    found: list[Figure] = []
    mark = ""
    for one in passage.counts:
        if one.start < place or one.is_percent or (found and one.unit != found[0].unit):
            continue
        if passage.sentence(one.start) != passage.sentence(place) or BY.search(passage.before(one)):
            break
        if found:
            now = joined_by(passage.shown[found[-1].end : one.start])
            if (mark and now != mark) or "其中" in passage.between(found[-1], one):
                break
            mark = now
        found.append(one)
    return found


def _wholes(passage: Passage, place: int, parts: Sequence[Figure], back: int = BACK) -> list[Figure]:
    """Earlier counts of the unit that may be the whole, the first of the nearest sentence first."""
    here = passage.sentence(place)
    kept = [one for one in passage.counts if one.end <= place and here - passage.sentence(one.start) < back]
    kept = [one for one in kept if one.unit == parts[0].unit or {one.unit, parts[0].unit} <= set(PEOPLE)]
    kept = [one for one in kept if one.value > max(part.value for part in parts)]
    kept = [one for one in kept if not BY.search(passage.before(one)) and not THEN.search(passage.before(one))]
    return sorted(kept, key=lambda one: (here - passage.sentence(one.start), one.start))


def _fitting(wholes: Sequence[Figure], parts: Sequence[Figure]) -> Finding | None:
    for length in range(len(parts), FEWEST - 1, -1):
        for whole in wholes:
            if (verdict := sum_verdict(whole, parts[:length])) in FITS:
                return sum_finding(whole, parts[:length], verdict)
    return None


def _wrong(passage: Passage, wholes: Sequence[Figure], parts: Sequence[Figure]) -> Finding | None:
    near = [one for one in wholes if one is wholes[0] or abs(sum(part.value for part in parts) - one.value) * NEAR < one.value]
    sure = [one for one in near if slip_in(one, parts) and names_all_parts(passage, one, parts)]
    return sum_finding(sure[0], parts, Verdict.WRONG) if sure else None


def _pairs(passage: Passage, shared: Sequence[Finding]) -> Iterator[Finding]:
    for first, second in pairwise(passage.counts):
        alike = first.unit == second.unit and not (first.about or second.about) and _JOINED.match(_SHARE.sub("", passage.between(first, second)))
        if not alike or _has_a_third(passage, first, second) or not are_opposites(passage.before(first), passage.before(second)):
            continue
        wholes = _wholes(passage, first.start, (first, second))
        if found := _fitting(wholes, (first, second)):
            yield found
        elif (whole := _spoken_of(passage, first, wholes, shared)) is not None and _nearly(whole, first, second):
            yield sum_finding(whole, (first, second), Verdict.WRONG)


def _spoken_of(passage: Passage, first: Figure, wholes: Sequence[Figure], shared: Sequence[Finding]) -> Figure | None:
    here = passage.sentence(first.start)
    of_shares = {one.operands[-1] for one in shared if one.verdict in FITS and passage.sentence(one.figure.start) == here and one.operands}
    near = [one for one in wholes if passage.sentence(one.start) == here]
    if len(of_shares) == 1:
        return next((one for one in wholes if one in of_shares), None)
    return near[0] if len(near) == 1 else None


def _nearly(whole: Figure, first: Figure, second: Figure) -> bool:
    """Whether one mistyped figure explains why the two do not come to the whole."""
    return _close(whole, (first, second)) and slip_in(whole, (first, second))


def _has_a_third(passage: Passage, first: Figure, second: Figure) -> bool:
    """Whether the list goes on before or behind the two."""
    place = passage.counts.index(first)
    row = passage.counts[max(0, place - 1) : place + 3]
    others = [pair for pair in pairwise(row) if pair != (first, second)]
    mark = joined_by(passage.shown[first.end : second.start])
    return any(
        a.unit == b.unit and _JOINED.match(passage.between(a, b)) and joined_by(passage.shown[a.end : b.start]) == mark for a, b in others
    ) and mark == "、"
