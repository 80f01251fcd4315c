"""Shares: «A 45 名，占 20.5%», «占律师总数的 33%», «占生产总值 1853.2 亿元的 65.0%» (M44)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.named_wholes import IN_IT, of_count, possible
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import mistyped, slip_in_share
from shanghui.reports.checking.verdicts import FITS, Finding, share_finding, share_verdict

_SHARE = re.compile(r"(?:占|占比|比例|比重)(?P<base>[^占，。；]{0,20}?)(?:的?比例|的?比重|比)?(?:为|达到|达|约|近|是)?的?$|中[，,]?有$")
_GROWTH = re.compile(r"(增长|下降|减少|增加|提高|同比|环比|增幅|增速|降低|上升|增长率|负增长)[^，。]{0,6}$")
_EMPTY = re.compile(r"^(?:全[省市县区国]|总|其|本|该|的|数|量|人|会员|比|为|约|了)*$")
_WHOLE = re.compile(r"总数|总量|总人数|人数|总户数|总|的|数$|全[省市县区国乡镇]+")
NEAR, ADJACENT = 12, 40
LONG = 3


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


def _votes(passage: Passage, claims: Sequence[Claim]) -> Counter[int]:
    """By the place of a whole, how many shares fit it."""
    found: Counter[int] = Counter()
    for claim in claims:
        if claim.part is not None:
            fitting = [one for one in _wholes(passage, claim.part, claim) if share_verdict(claim.percent, claim.part, one) in FITS]
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
        if match is None or "分别" in before or _GROWTH.search(before) or of_count(passage, earlier, one):
            continue
        adjacent = earlier is not None and not earlier.is_percent and _is_part(passage, earlier, one) and _is_its_own(passage, earlier, one)
        yield Claim(one, earlier if adjacent else _headed(passage, one), _core(match.group("base") or ""))


def _headed(passage: Passage, percent: Figure) -> Figure | None:
    """The count a stretch up to ; or 。 begins with, where other figures stand between it and its share."""
    start = max(passage.shown.rfind(mark, 0, percent.start) for mark in "。；;\n") + 1
    inside = [one for one in passage.figures if start <= one.start < percent.start]
    if len(inside) < 2 or inside[0].is_percent or not _is_its_own(passage, inside[0], percent) or IN_IT.search(passage.between(inside[0], percent)):
        return None
    return inside[0]


def _is_part(passage: Passage, part: Figure, percent: Figure) -> bool:
    """Whether a count directly before a share is its part: in the same sentence, nothing but its own words between. «30 名书记中» is
    the whole."""
    between = passage.between(part, percent)
    one_sentence = passage.sentence(part.start) == passage.sentence(percent.start)
    return one_sentence and len(between) < ADJACENT and not IN_IT.search(between)


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
        return possible(passage, claim.percent) if not claim.base else None, settled
    part = claim.part
    direct = len(passage.between(part, claim.percent)) < ADJACENT
    wholes = _wholes(passage, part, claim)
    if settled is not None and settled in wholes:
        others = [one for one in wholes if one != settled and (_named(passage, claim, one) or _opens(passage, one, part))]
        wholes = [settled, *others]
    for whole in wholes:
        if (verdict := share_verdict(claim.percent, part, whole)) in FITS:
            return share_finding(claim.percent, part, whole, verdict), whole
    meant = _meant(passage, part, claim, wholes, settled) or _slipped(claim, part, wholes, settled)
    if meant is None or not (direct or claim.base):
        return None, settled
    return share_finding(claim.percent, part, meant, share_verdict(claim.percent, part, meant)), meant


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
            return named[0] if _is_nearest(passage, named[0], part, wholes) else None
    if settled is not None and settled in wholes:
        return settled if _is_nearest(passage, settled, part, wholes) else None
    if claim.base:
        return None
    heads = [one for one in wholes if _opens(passage, one, part)]
    return heads[0] if heads else None


def _is_nearest(passage: Passage, whole: Figure, part: Figure, wholes: Sequence[Figure]) -> bool:
    """Whether the sentence of a part has no other whole of its own: «59.8 万户…。238.5 万户企业中，38 万户…» speaks of the second."""
    here = [one for one in wholes if passage.sentence(one.start) == passage.sentence(part.start)]
    return whole in here or not any(_opens(passage, one, part) for one in here)


def _slipped(claim: Claim, part: Figure, wholes: Sequence[Figure], settled: Figure | None) -> Figure | None:
    """The whole of which one mistyped figure explains the share: one that other shares fit but the part exceeds, or one of the nearest
    where nothing says of what the share is."""
    if settled is not None and settled.value < part.value and slip_in_share(claim.percent, part, settled):
        return settled
    if claim.base or len(re.sub(r"\D", "", claim.percent.text)) < LONG:
        return None
    return next((one for one in wholes[:2] if mistyped(claim.percent, 100 * part.value / one.value)), None)


def _opens(passage: Passage, whole: Figure, part: Figure) -> bool:
    """Whether a whole is divided up right after it: «共 3166 个…，其中 1909 个»."""
    between = passage.shown[whole.end : part.start]
    others = [one for one in passage.counts if whole.end <= one.start and one.end <= part.start and one.same_kind(part)]
    return bool(IN_IT.search(between)) and not others
