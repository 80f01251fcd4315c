"""Rates named after what they measure: «调解成功率 80.72%», «组建率 85%», «有效率 89.6%» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from shanghui.reports.checking.ends import BY, THEN
from shanghui.reports.checking.figures import BALLOTS, Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.rates_behind import behind, of_totals
from shanghui.reports.checking.share_claims import ADJACENT
from shanghui.reports.checking.shares import is_list
from shanghui.reports.checking.slips import mistyped, slip_in_share
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, added_up, share_finding, share_verdict

_RATE = re.compile(r"(?P<name>[一-龥]{1,10}率)(?:为|达到|达|约|是|均|超过)?$")
_FOUNDING = re.compile(r"组建率|覆盖率|建立率|建会率|成立率")
_NO_SHARE = re.compile(r"增长率|利率|税率|汇率|失业率|自给率|周转率|回报率|收益率|增加率")
_SYNONYMS = {"到会": "实到|出席", "参会": "实到|出席|参加", "出席": "实到|到会", "参与": "参加", "得票": "票", "投放": "发放", "完成": "实际", "满意": "满意"}
_STEPS = ("成功", "办结", "结案", "答复", "办复", "解决", "签约", "合格", "到会")
_SURE_STEPS = re.compile(r"成功|到会|出席|参会|签约|合格")
"""Whose whole stands right before them; 结案 and 办结 may count what was left from earlier."""
FAR, FAR_OFF, FAR_OFF_STEP = 8, Fraction(23, 20), Fraction(3, 2)


def rates(passage: Passage, added: Sequence[Finding] = ()) -> Iterator[Finding]:
    """«成功率», «组建率»: the part is the count the rate is named after. What parts were `added` up to a whole are no wholes themselves."""
    wholes = {part.start: one.figure for one in added if one.verdict is Verdict.OK and is_list(passage, one) for part in one.operands}
    for one in passage.figures:
        match = _RATE.search(passage.whole_before(one)) if one.is_percent else None
        if match is None or _NO_SHARE.search(match.group("name")) or re.match(r"[、和与]\d[\d.]*%", passage.ahead(one)):
            continue
        earlier = [other for other in passage.counts if other.end <= one.start and passage.sentence(one.start) - passage.sentence(other.start) <= 1]
        founded = list(_founded(passage, one, earlier[-FAR:])) if _FOUNDING.search(match.group("name")) else []
        name = match.group("name")[:-1]
        if re.match("[不未]", name):
            yield from _refused(passage, one, name, earlier)
            continue
        found = founded or list(_named(passage, one, name, earlier[-FAR:], wholes)) or list(behind(passage, one, name, earlier[-FAR:]))
        part = _right_before(passage, one)
        yield from found or (of_totals(passage, one, part) if part is not None else ())


def _refused(passage: Passage, percent: Figure, name: str, earlier: Sequence[Figure]) -> Iterator[Finding]:
    """«逮捕 25 人，不捕 24 人，不捕率 48.98%»: of both together."""
    pairs = [(done, refused) for done, refused in pairwise(earlier) if name[:2] in passage.before(refused) and done.unit == refused.unit]
    for done, refused in pairs[-1:]:
        whole = added_up((done, refused))
        verdict = share_verdict(percent, refused, whole)
        if verdict in FITS or _comes_near(percent, refused, whole):
            yield share_finding(percent, refused, whole, verdict)


def _named(passage: Passage, percent: Figure, name: str, earlier: Sequence[Figure], proved: Mapping[int, Figure]) -> Iterator[Finding]:
    """The part is the count that the rate is named after most of all («立案 175 件，立案率»), else the one right before it; the whole is
    the nearest count of its kind before that. A rate without a name in common is called wrong only where one digit explains it."""
    called = _called(passage, percent, name, earlier)
    right_before = _right_before(passage, percent)
    parts = called or ([right_before] if right_before is not None else [])
    for part in parts:
        wholes = _wholes_of(passage, part, earlier, bool(called))
        for whole in reversed(wholes[-1:] if is_step(passage, percent) else wholes):
            if (verdict := share_verdict(percent, part, whole)) in FITS:
                yield share_finding(percent, part, whole, verdict)
                return
    blamed = _blamed(passage, percent, parts[0], earlier, bool(called), proved) if parts else None
    if blamed is not None and _certain(percent, parts[0], blamed, bool(called), bool(_SURE_STEPS.search(name))):
        yield share_finding(percent, parts[0], blamed, share_verdict(percent, parts[0], blamed))


def _blamed(passage: Passage, percent: Figure, part: Figure, earlier: Sequence[Figure], called: bool, proved: Mapping[int, Figure]) -> Figure | None:
    """The whole that is certainly meant: the one the part was added up to, else the nearest of its sentence that is no such part itself."""
    if part.start in proved:
        return proved[part.start]
    wholes = _wholes_of(passage, part, earlier, called)
    if part.unit in BALLOTS:
        return wholes[-1] if wholes else None
    wholes = [one for one in wholes if one.start not in proved] or wholes
    here = wholes and passage.sentence(wholes[-1].start) == passage.sentence(part.start)
    just_before = wholes and called and passage.sentence(part.start) - passage.sentence(wholes[-1].start) == 1
    if just_before and (len(wholes) == 1 or is_step(passage, percent)):
        return wholes[-1] if slip_in_share(percent, part, wholes[-1]) or is_step(passage, percent) else None
    return wholes[-1] if here else None  # «1.6 万人。特困供养 2310 人，供养率…»: another base


def _called(passage: Passage, percent: Figure, name: str, earlier: Sequence[Figure]) -> list[Figure]:
    """The counts of the sentence that a rate is named after: those with most signs in common first, of these the last."""
    here = [one for one in earlier if passage.sentence(one.start) == passage.sentence(percent.start)]
    words = _words(name)
    ranked = [(sum(1 for word in words if re.search(word, passage.name(one))), one.start, one) for one in here]
    return [one for common, _, one in sorted(ranked, key=lambda row: row[:2], reverse=True) if common]


def _wholes_of(passage: Passage, part: Figure, earlier: Sequence[Figure], called: bool) -> list[Figure]:
    before = [one for one in earlier if one.end <= part.start and one.same_kind(part)]
    wholes = [one for one in before if one.value >= part.value] or (before if called else [])
    now = [one for one in wholes if not BY.search(passage.before(one)) and not THEN.search(passage.before(one))]
    return now or wholes  # «512 件，同比多 68 件»: no whole


def is_step(passage: Passage, percent: Figure) -> bool:
    """Whether a rate is of what was taken up right before: 成功率 of the cases tried, not of all that came."""
    match = _RATE.search(passage.whole_before(percent))
    return match is not None and any(word in match.group("name") for word in _STEPS)


def _certain(percent: Figure, part: Figure, whole: Figure, named: bool, sure: bool) -> bool:
    """Whether a rate that does not come out is wrong: named after its part; where the part exceeds the whole, or nothing is named, only
    where one mistyped figure explains it."""
    if part.value > whole.value or not _comes_near(percent, part, whole, FAR_OFF_STEP if sure else FAR_OFF):
        return named and slip_in_share(percent, part, whole)
    return named or (percent.value >= 10 and not percent.is_whole and mistyped(percent, 100 * part.value / whole.value))


def _comes_near(percent: Figure, part: Figure, whole: Figure, times: Fraction = Fraction(5, 4)) -> bool:
    """Whether a rate is about what its figures give; else another part or another whole is meant."""
    found = 100 * part.value / whole.value
    return found < times * percent.value and percent.value < times * found


def _words(name: str) -> list[str]:
    """What a count that a rate is named after may be called: two signs of the name, or another word for them."""
    pairs = [name[place : place + 2] for place in range(len(name) - 1)]
    return [*pairs, *(_SYNONYMS[pair] for pair in pairs if pair in _SYNONYMS)]


def _right_before(passage: Passage, percent: Figure) -> Figure | None:
    earlier = [one for one in passage.figures if one.end <= percent.start]
    last = earlier[-1] if earlier else None
    if last is None or last.is_percent or passage.sentence(last.start) != passage.sentence(percent.start):
        return None
    return last if len(passage.between(last, percent)) < ADJACENT else None


def _founded(passage: Passage, percent: Figure, earlier: Sequence[Figure]) -> Iterator[Finding]:
    """A rate of founding: what has been founded, alone and jointly, of all."""
    bodies = [one for one in earlier if one.unit in "家个"]
    for place, whole in enumerate(bodies):
        parts = [one for one in bodies[place + 1 :] if one.value <= whole.value]
        for some in (parts[:1], parts[:2], parts[1:3], parts):
            total = added_up(some) if some else None
            if total is not None and total.value <= whole.value and (verdict := share_verdict(percent, total, whole)) in FITS:
                yield _founding(percent, some, total, whole, verdict)
                return
    if len(bodies) < 2 or not _covers(passage, bodies[1:]) or _FOUNDED.search(passage.after(bodies[0])) or _PART.search(passage.name(bodies[0])):
        return
    founded = [one for one in bodies[1:] if _FOUNDED.search(passage.name(one))]
    total = added_up(founded) if founded else None
    if total is not None and total.value <= bodies[0].value and _comes_near(percent, total, bodies[0]):
        yield _founding(percent, bodies[1:], total, bodies[0], share_verdict(percent, total, bodies[0]))


_FOUNDED = re.compile(r"建立|成立|组建|覆盖|党支部|党组织|联合|单独|独立")
_PART = re.compile(r"党支部|党组织|党委|联合|单独|独立")
"""What one of the parts is called, and the whole is not."""
_NOT_YET = re.compile(r"未|没有|尚")


def _covers(passage: Passage, parts: Sequence[Figure]) -> bool:
    founded = [one for one in parts if _FOUNDED.search(passage.name(one)) and not _NOT_YET.search(passage.name(one))]
    return len(founded) == len([one for one in parts if not _NOT_YET.search(passage.name(one))]) and bool(founded)


def _founding(percent: Figure, parts: Sequence[Figure], total: Figure, whole: Figure, verdict: Verdict) -> Finding:
    made = share_finding(percent, total, whole, verdict)
    return Finding(percent, "ratio", verdict, made.expected, (*parts, whole), made.message)
