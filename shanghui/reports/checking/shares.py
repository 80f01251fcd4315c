"""Shares: «A 45 名，占 20.5%», «占律师总数的 33%», «占生产总值 1853.2 亿元的 65.0%» (M44)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import mistyped, slip_in_share
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits, share

_SHARE = re.compile(r"(?:占|占比|比例|比重)(?P<base>[^占，。；]{0,20}?)(?:的?比例|的?比重|比)?(?:为|达到|达|约|近|是)?的?$|中[，,]?有$")
_GROWTH = re.compile(r"(增长|下降|减少|增加|提高|同比|环比|增幅|增速|降低|上升|增长率|负增长)[^，。]{0,6}$")
_IN_IT = re.compile(r"^[^，。]{0,12}中[，,有]|其中")
_MEASURED = re.compile(r"占|完成|达到?|为|相当于|实现")
_EMPTY = re.compile(r"^(?:全[省市县区国]|总|其|本|该|的|数|量|人|会员|比|为|约|了)*$")
_WHOLE = re.compile(r"总数|总量|总人数|人数|总户数|总|的|数$|全[省市县区国乡镇]+")
NEAR, ADJACENT, SMALL = 12, 40, 200
LONG = 3
FITS = (Verdict.OK, Verdict.ROUNDING)


@dataclass(frozen=True)
class Claim:
    """A percentage that says what share a count has: of which whole is to be found out."""

    percent: Figure
    part: Figure | None
    base: str


def shares(passage: Passage, added: Sequence[Finding] = ()) -> Iterator[Finding]:
    """Every share whose part and whole can be found. A whole that fits once is the first guess for the next share beside it; one whose
    parts were added up (`added`) is surer still."""
    claims = list(_claims(passage))
    votes = _votes(passage, claims)
    wholes = {part.start: one.figure for one in added if one.verdict in FITS for part in one.operands}
    settled: Figure | None = None
    for claim in claims:
        proved = wholes.get(claim.part.start) if claim.part is not None and not claim.base else None
        found, settled = _judged(passage, claim, proved or settled or _voted(passage, claim, votes))
        if found is not None:
            yield found
    yield from _of_named_counts(passage)


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
        earlier = passage.figures[place - 1] if place else None
        if match is None or "分别" in before or _GROWTH.search(before) or _of_count(passage, earlier, one):
            continue
        adjacent = earlier is not None and not earlier.is_percent and _is_part(passage, earlier, one) and _is_its_own(passage, earlier, one)
        yield Claim(one, earlier if adjacent else _headed(passage, one), _core(match.group("base") or ""))


def _headed(passage: Passage, percent: Figure) -> Figure | None:
    """The count a stretch up to ; or 。 begins with, where other figures stand between it and its share."""
    start = max(passage.shown.rfind(mark, 0, percent.start) for mark in "。；;\n") + 1
    inside = [one for one in passage.figures if start <= one.start < percent.start]
    if len(inside) < 2 or inside[0].is_percent or not _is_its_own(passage, inside[0], percent) or _IN_IT.search(passage.between(inside[0], percent)):
        return None
    return inside[0]


def _is_part(passage: Passage, part: Figure, percent: Figure) -> bool:
    """Whether a count directly before a share is its part: in the same sentence, nothing but its own words between. «30 名书记中» is
    the whole."""
    between = passage.between(part, percent)
    one_sentence = passage.sentence(part.start) == passage.sentence(percent.start)
    return one_sentence and len(between) < ADJACENT and not _IN_IT.search(between)


def _is_its_own(passage: Passage, part: Figure, percent: Figure) -> bool:
    """Whether a share says what it is a share of the count before it: «294 家，小微企业占七成» does where that count is of 小微企业."""
    clause = passage.whole_before(percent)
    subject = re.split(r"占", clause)[0]
    if re.search(r"[\d〇一二三四五六七八九十]", subject) or len(subject) < 2:
        return True
    named = passage.name(part)
    return any(subject[place : place + 2] in named for place in range(len(subject) - 1))


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
            return share_finding(claim.percent, part, whole, verdict), whole
    meant = _meant(passage, part, claim, wholes, settled) or _slipped(claim, part, wholes, settled)
    if meant is None or not (direct or claim.base):
        return None, settled
    return share_finding(claim.percent, part, meant, _verdict(claim.percent, part, meant)), meant


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


def _slipped(claim: Claim, part: Figure, wholes: Sequence[Figure], settled: Figure | None) -> Figure | None:
    """The whole of which one mistyped figure explains the share: one that other shares fit but the part exceeds, or one of the nearest
    where nothing says of what the share is."""
    if settled is not None and settled.value < part.value and slip_in_share(claim.percent, part, settled):
        return settled
    if claim.base or len(re.sub(r"\D", "", claim.percent.text)) < LONG:
        return None
    return next((one for one in wholes[:2] if mistyped(claim.percent, 100 * part.value / one.value)), None)


def _of_count(passage: Passage, earlier: Figure | None, percent: Figure) -> bool:
    """Whether a percentage is of the count right before it: «占生产总值 1853.2 亿元的 65.0%»."""
    return earlier is not None and not earlier.is_percent and passage.between(earlier, percent) == "的"


def _of_named_counts(passage: Passage) -> Iterator[Finding]:
    """The part is the count of its kind before the whole: the one that fits, or the only one."""
    for place, percent in enumerate(passage.figures[1:], 1):
        whole = passage.figures[place - 1]
        if not percent.is_percent or not _of_count(passage, whole, percent) or not _MEASURED.search(passage.whole_before(whole)):
            continue
        parts = [one for one in passage.counts if one.end <= whole.start and one.same_kind(whole)]
        parts = [one for one in parts if passage.sentence(one.start) == passage.sentence(whole.start)][-3:]
        fitting = [one for one in parts if _verdict(percent, one, whole) in FITS]
        slipped = [one for one in parts if slip_in_share(percent, one, whole)]
        part = next(iter(fitting or slipped or (parts if len(parts) == 1 else [])), None)
        if part is not None:
            yield share_finding(percent, part, whole, _verdict(percent, part, whole))


def _opens(passage: Passage, whole: Figure, part: Figure) -> bool:
    """Whether a whole is divided up right after it: «共 3166 个…，其中 1909 个»."""
    between = passage.shown[whole.end : part.start]
    others = [one for one in passage.counts if whole.end <= one.start and one.end <= part.start and one.same_kind(part)]
    return bool(_IN_IT.search(between)) and not others


def _verdict(percent: Figure, part: Figure, whole: Figure) -> Verdict:
    found = share(part, whole)
    return Verdict.UNSURE if found is None else against(percent, *found)


def share_finding(percent: Figure, part: Figure, whole: Figure, verdict: Verdict, type: str = "ratio") -> Finding:
    """A finding about a share."""
    low, high = share(part, whole) or (percent.low, percent.high)
    expected = in_digits(low, high, percent)
    said = f"{part.text}÷{whole.text}＝{expected}"
    return Finding(percent, type, verdict, expected, (part, whole), said if verdict is not Verdict.WRONG else f"写的是{percent.text}，{said}")


def _possible(passage: Passage, claim: Claim) -> Finding | None:
    """A share of a small whole without its part: some whole number must give it (plausible_percent)."""
    counts = [one for one in passage.counts if one.end <= claim.percent.start and passage.sentence(one.start) == passage.sentence(claim.percent.start)]
    if not counts or claim.base or not _IN_IT.search(passage.between(counts[-1], claim.percent)):
        return None
    whole, percent = counts[-1], claim.percent
    if whole.value > SMALL or whole.about or not whole.is_exact or not whole.value:
        return None
    close = min(range(int(whole.value) + 1), key=lambda part: abs(100 * part / whole.value - percent.value))
    share_of_it = 100 * close / whole.value
    verdict = against(percent, share_of_it, share_of_it)
    expected = in_digits(share_of_it, share_of_it, percent)
    said = f"{whole.text}里的{close}占{expected}"
    if verdict is Verdict.WRONG:
        said = f"{whole.text}里没有哪个人数正好占{percent.text}，最近的是{close}，占{expected}"
    return Finding(percent, "plausible_percent", verdict, expected, (whole,), said)
