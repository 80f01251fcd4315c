"""Shares: «A 45 名，占 20.5%», «占律师总数的 33%», «占生产总值 1853.2 亿元的 65.0%» (M44)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from shanghui.reports.checking.figures import BODIES, PEOPLE, Figure
from shanghui.reports.checking.mistyped_wholes import mistyped_wholes
from shanghui.reports.checking.named_wholes import IN_IT, possible
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.share_claims import ADJACENT, Claim, share_claims
from shanghui.reports.checking.slips import mistyped, slip_in_share
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, added_up, share_finding, share_verdict

_NARROWER = re.compile(r"岁|老年|妇女|女|男|城镇|乡村|青年|少数民族|流动")
NEAR, TENTH = 12, 10
COUNTED = f"{BODIES}份件{PEOPLE}"
"""Units of what may be named otherwise than its share: «走访企业 1408 家，出具报告 1126 份，占走访企业数的 80%»."""
LONG = 3


def shares(passage: Passage, added: Sequence[Finding] = ()) -> Iterator[Finding]:
    """Every share whose part and whole can be found. A whole that fits once is the first guess for the next share beside it; one whose
    parts were added up (`added`) is surer still."""
    claims = list(share_claims(passage))
    votes = _votes(passage, claims)
    wholes = {part.start: one.figure for one in added if one.verdict is Verdict.OK and is_list(passage, one) for part in one.operands}
    settled: Figure | None = None
    judged: list[Finding] = []
    for claim in claims:
        proved = wholes.get(claim.part.start) if claim.part is not None and not claim.base else None
        found, settled = _judged(passage, claim, proved or settled or _voted(passage, claim, votes))
        if found is not None:
            judged.append(found)
    yield from (*judged, *mistyped_wholes(claims, passage.counts, judged))


def is_list(passage: Passage, added: Finding) -> bool:
    """Whether the parts of a sum stand one after the other, with no other count of their kind between them."""
    first, last = added.operands[0], added.operands[-1]
    inside = [one for one in passage.counts if first.start <= one.start <= last.start and one.same_kind(first)]
    return len(inside) == len(added.operands)


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


def _judged(passage: Passage, claim: Claim, settled: Figure | None) -> tuple[Finding | None, Figure | None]:
    if claim.part is None:
        return possible(passage, claim.percent) if not claim.base else None, settled
    part = claim.part
    direct = claim.by_name or len(passage.between(part, claim.percent)) < ADJACENT
    wholes = _wholes(passage, part, claim)
    if settled is not None and settled in wholes:
        here = passage.sentence(part.start)
        others = [one for one in wholes if passage.sentence(one.start) == here or _named(passage, claim, one) or _opens(passage, one, part)]
        wholes = [settled, *(one for one in others if one != settled)]
    for whole in wholes:
        if (verdict := share_verdict(claim.percent, part, whole)) in FITS:
            return share_finding(claim.percent, part, whole, verdict), whole
    if together := _listed(passage, claim, wholes):
        return together, settled
    meant = _meant(passage, part, claim, wholes, settled) or _slipped(passage, claim, part, wholes, settled) or _nearly_of_the_one_before(passage, claim, part)
    if meant is None or not (direct or claim.base):
        return None, settled
    return share_finding(claim.percent, part, meant, share_verdict(claim.percent, part, meant)), meant


def _listed(passage: Passage, claim: Claim, wholes: Sequence[Figure]) -> Finding | None:
    """«A 783 件、B 579 件、C 562 件，占总量的 77%»: the share of all that a list before it names."""
    earlier = [one for one in passage.counts if one.end <= claim.percent.start][-NEAR:]
    row = earlier[-1:]
    for one in reversed(earlier[:-1]):
        if one.unit != row[0].unit or not re.match(r"^[^，,；;。：:]{0,16}[、和][^，,；;。：:]{0,16}$", passage.between(one, row[0])):
            break
        row.insert(0, one)
    for some in (row[place:] for place in range(len(row) - 1)):
        part = added_up(some)
        for whole in wholes:
            if whole.end <= some[0].start and part.value <= whole.value and share_verdict(claim.percent, part, whole) in FITS:
                return share_finding(claim.percent, part, whole, share_verdict(claim.percent, part, whole))
    return None


def _wholes(passage: Passage, part: Figure, claim: Claim) -> list[Figure]:
    """What the part may be a part of: earlier counts that are larger, of its kind or called what the share says, the nearest first."""
    earlier = [one for one in passage.counts if one.end <= part.start and one.value >= part.value]
    kept = [one for one in earlier if one.same_kind(part)][-NEAR:]
    named = [*_in_brackets(passage, claim), *(one for one in kept if _named(passage, claim, one))]
    rest = [one for one in reversed(kept) if one not in named]
    others = [one for one in earlier if not named and one.unit in COUNTED and part.unit in COUNTED and _is_called(passage, claim, one)]
    asked = [one for one in earlier if one.unit == "份" != part.unit and "问卷" in passage.shown][-2:]
    return [*reversed(named), *others[-1:], *rest, *reversed(asked)]


def _in_brackets(passage: Passage, claim: Claim) -> list[Figure]:
    """«占 GDP 的比重为 61.3%（全市 GDP 为 2963.4 亿元）»: the whole behind the share."""
    behind = next((one for one in passage.counts if one.start >= claim.percent.end), None)
    opened = behind is not None and passage.between(claim.percent, behind).startswith("(")
    return [behind] if behind is not None and opened and _named(passage, claim, behind) else []


def _named(passage: Passage, claim: Claim, whole: Figure) -> bool:
    """Whether a count is called what a share says it is of, and is not narrower: «60 岁及以上老年人口» is not «总人口»."""
    name = passage.name(whole)
    narrower = any(word not in claim.base for word in _NARROWER.findall(name))
    return bool(claim.base) and not narrower and re.sub("[的总]", "", claim.base) in re.sub("[的总]", "", name)


def _is_called(passage: Passage, claim: Claim, whole: Figure) -> bool:
    return bool(claim.base) and (passage.before(whole).endswith(claim.base) or passage.after(whole).startswith(claim.base))


def _meant(passage: Passage, part: Figure, claim: Claim, wholes: Sequence[Figure], settled: Figure | None) -> Figure | None:
    """The whole that is certainly meant, so that a share that does not fit is wrong; None where readers may differ."""
    if claim.base:
        named = [one for one in wholes if _named(passage, claim, one)]
        if named:
            return named[0] if _is_nearest(passage, named[0], part, wholes) else None
        likely = _nearly_named(passage, part, claim)
        if likely is not None and slip_in_share(claim.percent, part, likely):
            return likely
    if settled is not None and settled in wholes:
        return settled if _is_nearest(passage, settled, part, wholes) else None
    if claim.base:
        return None
    heads = [one for one in wholes if _opens(passage, one, part)]
    return heads[0] if heads else None


def _nearly_named(passage: Passage, part: Figure, claim: Claim) -> Figure | None:
    """The count before a part that is called most as the share calls its whole («占当年收缴的» of «全年收缴党费 12.84 万元»), or by its very name
    though the part exceeds it."""
    earlier = [one for one in passage.counts if one.end <= part.start and one.same_kind(part)]
    pairs = {claim.base[place : place + 2] for place in range(len(claim.base) - 1)}
    common = {one.start: sum(1 for pair in pairs if pair in passage.before(one)) for one in earlier}
    best = max(common.values(), default=0)
    found = [one for one in earlier if common[one.start] == best]
    return found[0] if best and len(found) == 1 else None


def _is_nearest(passage: Passage, whole: Figure, part: Figure, wholes: Sequence[Figure]) -> bool:
    """Whether the sentence of a part has no other whole of its own: «59.8 万户…。238.5 万户企业中，38 万户…» speaks of the second."""
    here = [one for one in wholes if passage.sentence(one.start) == passage.sentence(part.start)]
    return whole in here or not any(_opens(passage, one, part) for one in here)


def _slipped(passage: Passage, claim: Claim, part: Figure, wholes: Sequence[Figure], settled: Figure | None) -> Figure | None:
    """The whole of which one mistyped figure explains the share: one that other shares fit but the part exceeds, or one of the nearest
    where nothing says of what the share is."""
    if settled is not None and settled.value < part.value and slip_in_share(claim.percent, part, settled):
        return settled
    if (claim.base and len(wholes) != 1) or len(re.sub(r"\D", "", claim.percent.text)) < LONG:
        return None
    wholes = [one for one in wholes[:2] if not _has_its_own_share(passage, one)]
    return next((one for one in wholes if mistyped(claim.percent, 100 * part.value / one.value)), None)


def _has_its_own_share(passage: Passage, one: Figure) -> bool:
    """«413 家，占 74.0%»: itself a part like those beside it."""
    after = next((other for other in passage.figures if other.start >= one.end), None)
    return after is not None and after.is_percent and bool(re.match(r"^[^。；;]{0,8}[，,(]占", passage.between(one, after)))


def _nearly_of_the_one_before(passage: Passage, claim: Claim, part: Figure) -> Figure | None:
    """«商会 174 家，成立党组织 156 家，占比 91%»: the count right before the part where a sentence begins, of which the share is nearly right."""
    place = passage.figures.index(part)
    whole = passage.figures[place - 1] if place else None
    if whole is None or claim.base or not whole.same_kind(part) or whole.value <= part.value or claim.percent.about or claim.percent.value < TENTH:
        return None
    here = passage.sentence(part.start)
    opens = passage.sentence(whole.start) == here and (place < 2 or passage.sentence(passage.figures[place - 2].start) < here)
    away = abs(100 * part.value / whole.value - claim.percent.value)
    return whole if opens and away * TENTH < claim.percent.value else None


def _opens(passage: Passage, whole: Figure, part: Figure) -> bool:
    """Whether a whole is divided up right after it: «共 3166 个…，其中 1909 个»."""
    between = passage.shown[whole.end : part.start]
    others = [one for one in passage.counts if whole.end <= one.start and one.end <= part.start and one.same_kind(part)]
    return bool(IN_IT.search(between)) and not others
