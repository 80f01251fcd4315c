"""Shares: «A 45 名，占 20.5%», «占律师总数的 33%», «调解成功率 80.72%», «组建率 85%» (M44)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits, share

_SHARE = re.compile(r"(?:占|占比|比例|比重)(?P<base>[^占，。；]{0,20}?)(?:的?比例|的?比重|比)?(?:为|达到|达|约|近|是)?的?$|中[，,]?有$")
_RATE = re.compile(r"(?P<name>[一-龥]{1,10}率)(?:为|达到|达|约|是|均|超过)?$")
_GROWTH = re.compile(r"(增长|下降|减少|增加|提高|同比|环比|增幅|增速|降低|上升|增长率|负增长)[^，。]{0,6}$")
_IN_IT = re.compile(r"^[^，。]{0,8}中[，,]")
_EMPTY = re.compile(r"^(?:全[省市县区国]|总|其|本|该|的|数|量|人|会员|比|为|约|了)*$")
_WHOLE = re.compile(r"总数|总量|总人数|人数|总户数|总|的|数$|全[省市县区国乡镇]+")
_FOUNDING = re.compile(r"组建率|覆盖率|建立率|建会率|成立率")
_STEPS = {"成功": "成功", "办结": "办结", "结案": "结案", "答复": "答复", "办复": "办复", "解决": "解决", "签约": "签约", "合格": "合格", "到会": "到会"}
NEAR, FAR, ADJACENT = 12, 6, 40
FITS = (Verdict.OK, Verdict.ROUNDING)


@dataclass(frozen=True)
class Claim:
    """A percentage that says what share a count has: of which whole is to be found out."""

    percent: Figure
    part: Figure | None
    base: str


def shares(passage: Passage) -> Iterator[Finding]:
    """Every share whose part and whole can be found. A whole that fits once is the first guess for the next share beside it."""
    claims = list(_claims(passage))
    votes = _votes(passage, claims)
    settled: Figure | None = None
    for claim in claims:
        found, settled = _judged(passage, claim, settled or _voted(passage, claim, votes))
        if found is not None:
            yield found
    yield from _rates(passage)


def _votes(passage: Passage, claims: Sequence[Claim]) -> Counter[int]:
    """By the place of a whole, how many shares fit it."""
    found: Counter[int] = Counter()
    for claim in claims:
        if claim.part is not None:
            fitting = [one for one in _wholes(passage, claim.part, claim) if _verdict(claim.percent, claim.part, one) in FITS]
            found.update(one.start for one in fitting)
    return found


def _voted(passage: Passage, claim: Claim, votes: Counter[int]) -> Figure | None:
    """The whole that most shares of this text fit, at least two of them."""
    wholes = _wholes(passage, claim.part, claim) if claim.part is not None else []
    best = max(wholes, key=lambda one: votes[one.start], default=None)
    return best if best is not None and votes[best.start] >= 2 else None


def _claims(passage: Passage) -> Iterator[Claim]:
    for place, one in enumerate(passage.figures):
        if not one.is_percent:
            continue
        before = passage.whole_before(one)
        match = _SHARE.search(before)
        if match is None or _GROWTH.search(before):
            continue
        earlier = passage.figures[place - 1] if place else None
        adjacent = earlier is not None and not earlier.is_percent and _is_part(passage, earlier, one)
        yield Claim(one, earlier if adjacent else _headed(passage, one), _core(match.group("base") or ""))


def _headed(passage: Passage, percent: Figure) -> Figure | None:
    """The count a stretch up to ; or 。 begins with, where other figures stand between it and its share."""
    start = max(passage.shown.rfind(mark, 0, percent.start) for mark in "。；;\n") + 1
    inside = [one for one in passage.figures if start <= one.start < percent.start]
    return inside[0] if inside and not inside[0].is_percent and len(inside) > 1 else None


def _is_part(passage: Passage, part: Figure, percent: Figure) -> bool:
    """Whether a count directly before a share is its part: in the same sentence, nothing but its own words between. «30 名书记中» is
    the whole."""
    between = passage.between(part, percent)
    one_sentence = passage.sentence(part.start) == passage.sentence(percent.start)
    return one_sentence and len(between) < ADJACENT and not _IN_IT.search(between)


def _core(base: str) -> str:
    """«发展党员» of «发展党员总数», "" of «总数»."""
    return "" if _EMPTY.match(base) else _WHOLE.sub("", base)


def _judged(passage: Passage, claim: Claim, settled: Figure | None) -> tuple[Finding | None, Figure | None]:
    if claim.part is None:
        return _possible(passage, claim), settled
    part = claim.part
    direct = len(passage.between(part, claim.percent)) < ADJACENT
    wholes = _wholes(passage, part, claim)
    if settled is not None and settled in wholes:
        others = [one for one in wholes if one != settled and (_named(passage, claim, one) or _opens(passage, one, part))]
        wholes = [settled, *others]
    for whole in wholes:
        if (verdict := _verdict(claim.percent, part, whole)) in FITS:
            return _finding(claim.percent, part, whole, verdict), whole
    meant = _meant(passage, part, claim, wholes, settled)
    if meant is None or not (direct or claim.base):
        return None, settled
    return _finding(claim.percent, part, meant, _verdict(claim.percent, part, meant)), meant


def _wholes(passage: Passage, part: Figure, claim: Claim) -> list[Figure]:
    """What the part may be a part of: earlier counts of its kind that are larger, the nearest first."""
    earlier = [one for one in passage.counts if one.end <= part.start and one.same_kind(part) and one.value >= part.value]
    kept = [one for one in earlier if passage.paragraph(one.start) == passage.paragraph(part.start)][-NEAR:]
    named = [one for one in kept if _named(passage, claim, one)]
    rest = [one for one in reversed(kept) if one not in named]
    return [*reversed(named), *rest]


def _named(passage: Passage, claim: Claim, whole: Figure) -> bool:
    return bool(claim.base) and claim.base in passage.name(whole)


def _meant(passage: Passage, part: Figure, claim: Claim, wholes: Sequence[Figure], settled: Figure | None) -> Figure | None:
    """The whole that is certainly meant, so that a share that does not fit is wrong; None where readers may differ."""
    if claim.base:
        named = [one for one in wholes if _named(passage, claim, one)]
        if named:
            return named[0]
        return settled if settled in wholes else None
    if settled is not None and settled in wholes:
        return settled
    heads = [one for one in wholes if _opens(passage, one, part)]
    return heads[0] if heads else None


def _opens(passage: Passage, whole: Figure, part: Figure) -> bool:
    """Whether a whole is divided up right after it: «共 3166 个…，其中 1909 个»."""
    between = passage.shown[whole.end : part.start]
    others = [one for one in passage.counts if whole.end <= one.start and one.end <= part.start and one.same_kind(part)]
    return ("其中" in between or passage.ahead(whole, 4).startswith(("中", "名中", "家中"))) and not others


def _verdict(percent: Figure, part: Figure, whole: Figure) -> Verdict:
    found = share(part, whole)
    return Verdict.UNSURE if found is None else against(percent, *found)


def _finding(percent: Figure, part: Figure, whole: Figure, verdict: Verdict, type: str = "ratio") -> Finding:
    low, high = share(part, whole) or (percent.low, percent.high)
    expected = in_digits(low, high, percent)
    said = f"{part.text}÷{whole.text}＝{expected}"
    return Finding(percent, type, verdict, expected, (part, whole), said if verdict is not Verdict.WRONG else f"写的是{percent.text}，{said}")


def _possible(passage: Passage, claim: Claim) -> Finding | None:
    """A share of a small whole without its part: some whole number must give it (plausible_percent)."""
    counts = [one for one in passage.counts if one.end <= claim.percent.start and passage.sentence(one.start) == passage.sentence(claim.percent.start)]
    if not counts or not _IN_IT.search(passage.between(counts[-1], claim.percent)) or counts[-1].value > 200 or not counts[-1].is_exact:
        return None
    whole, percent = counts[-1], claim.percent
    nearest = [part for part in range(int(whole.value) + 1) if percent.low <= 100 * part / whole.value <= percent.high]
    if nearest:
        return None
    close = min(range(int(whole.value) + 1), key=lambda part: abs(100 * part / whole.value - percent.value))
    expected = in_digits(100 * close / whole.value, 100 * close / whole.value, percent)
    return Finding(
        percent, "plausible_percent", Verdict.WRONG, expected, (whole,), f"{whole.text}里没有哪个人数正好占{percent.text}，最近的是{close}，占{expected}"
    )


def _rates(passage: Passage) -> Iterator[Finding]:
    """«成功率», «组建率»: the part is the count the rate is named after."""
    for one in passage.figures:
        match = _RATE.search(passage.whole_before(one)) if one.is_percent else None
        if match is None:
            continue
        earlier = [other for other in passage.counts if other.end <= one.start and passage.sentence(one.start) - passage.sentence(other.start) <= 1]
        if _FOUNDING.search(match.group("name")):
            yield from _founded(passage, one, earlier[-FAR:])
        else:
            yield from _step(passage, one, match.group("name"), earlier[-FAR:])


def _step(passage: Passage, percent: Figure, name: str, earlier: Sequence[Figure]) -> Iterator[Finding]:
    """A rate of a procedure: what came out, of the step directly before it."""
    word = next((word for word in _STEPS if word in name), None)
    parts = [one for one in earlier if word is not None and word in passage.before(one)]
    if not parts:
        return
    part = parts[-1]
    wholes = [one for one in earlier if one.end <= part.start and one.same_kind(part) and one.value >= part.value]
    if wholes:
        yield _finding(percent, part, wholes[-1], _verdict(percent, part, wholes[-1]))


def _founded(passage: Passage, percent: Figure, earlier: Sequence[Figure]) -> Iterator[Finding]:
    """A rate of founding: what has been founded, alone and jointly, of all."""
    bodies = [one for one in earlier if one.unit in "家个"]
    for place, whole in enumerate(bodies):
        parts = [one for one in bodies[place + 1 :] if one.value <= whole.value]
        for some in (parts[:1], parts[:2], parts[1:3], parts):
            total = _together(some)
            if total is not None and total.value <= whole.value and (verdict := _verdict(percent, total, whole)) in FITS:
                yield _finding_of(percent, some, total, whole, verdict)
                return
    if len(bodies) < 2 or not _covers(passage, bodies[1:]):
        return
    total = _together([one for one in bodies[1:] if _FOUNDED.search(passage.name(one))])
    if total is not None and total.value <= bodies[0].value:
        yield _finding_of(percent, bodies[1:], total, bodies[0], _verdict(percent, total, bodies[0]))


_FOUNDED = re.compile(r"建立|成立|组建|覆盖|党支部|党组织|联合|单独|独立")
_NOT_YET = re.compile(r"未|没有|尚")


def _covers(passage: Passage, parts: Sequence[Figure]) -> bool:
    founded = [one for one in parts if _FOUNDED.search(passage.name(one)) and not _NOT_YET.search(passage.name(one))]
    return len(founded) == len([one for one in parts if not _NOT_YET.search(passage.name(one))]) and bool(founded)


def _together(parts: Sequence[Figure]) -> Figure | None:
    if not parts:
        return None
    first = parts[0]
    total = sum((one.value for one in parts), start=first.value * 0)
    low, high = sum((one.low for one in parts), start=first.low * 0), sum((one.high for one in parts), start=first.high * 0)
    words = "＋".join(one.text for one in parts)
    return Figure(first.start, parts[-1].end, words if len(parts) == 1 else f"（{words}）", total, low, high, first.unit)


def _finding_of(percent: Figure, parts: Sequence[Figure], total: Figure, whole: Figure, verdict: Verdict) -> Finding:
    made = _finding(percent, total, whole, verdict)
    return Finding(percent, "ratio", verdict, made.expected, (*parts, whole), made.message)
