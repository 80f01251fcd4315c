"""Parts and wholes: «37 家，其中 11 家、18 家、2 家、6 家», «A 28 家、B 6 家，共 34 家» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from shanghui.reports.checking.completeness import joined_by, names_all_parts
from shanghui.reports.checking.ends import BY
from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import mistyped, slip_in
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, against, in_digits, widened

MOST, REACH, GAP, REACHED, FAR_MORE = 6, 8, 40, 60, 20
_OPENS = re.compile(r"其中|分别(?![上下增减提降回比占较])|包括|：|:|中[，,]|评出|评为|评选出|分为|划分为|涵盖|^[(]|(?:^|[，,(;])含|从[一-龥]{2,8}看[，,]")
_YEAR_OPENS = re.compile(r"^[，,]\d{4}年(?:底|末)?$")
"""«11 个，2021 年 3 个、2022 年 2 个、2023 年 6 个»."""
_EACH, _NESTED = re.compile(r"平均|每|均"), re.compile(r"\((?:不?含|其中|包括)[^)]*$")
_CALLED = re.compile(r"(共计|合计|总计|总共|共有|共|累计|总数|总额|^计)[一-龥]{0,4}$")
_THEN = re.compile(r"上年|去年|同期|年初|上届|上次|上期")
"""«上年为 71 家。其中…»: the list is of what there is now."""
_SURELY = re.compile(r"合计|总计")
CHANCE = Fraction(2, 100)


def sums(passage: Passage) -> Iterator[Finding]:
    """Wholes with the parts that follow them; a whole that is right is right by any way to add it up."""
    for whole in passage.counts:
        if (found := _divided(passage, whole)) is not None:
            yield found
    yield from _totals(passage)
    yield from everywhere(passage)


def _divided(passage: Passage, whole: Figure) -> Finding | None:
    parts = _listed(passage, whole)
    if len(parts) >= 2 and (listed := _listed_sum(passage, whole, parts)) is not None:
        return listed
    if some := _subset(passage, whole):
        return sum_finding(whole, some, sum_verdict(whole, some))
    if slip := _slipped(passage, whole):
        return sum_finding(whole, slip, Verdict.WRONG)
    return None


def _listed(passage: Passage, whole: Figure) -> list[Figure]:
    """The parts named in one list after a whole: counts of its kind, joined by one and the same mark; what else stands beside each part
    («7 个，签约额 32 亿元；») is passed over."""
    found: list[Figure] = []
    mark = ""
    for one in passage.counts:
        if one.start < whole.end or not one.same_kind(whole) or BY.search(passage.before(one)):
            continue
        if found and _NESTED.search(passage.before(one)):
            continue
        gap = passage.shown[(found[-1] if found else whole).end : one.start]
        if not found:
            if _THEN.search(passage.before(one)) or _EACH.search(passage.before(one)):
                continue
            if not _opens_list(passage, whole, one):
                break
        elif _ends_list(gap) or (mark and joined_by(gap) != mark):
            break
        else:
            mark = joined_by(gap)
        if one.value > FAR_MORE * whole.value or len(found) >= 2 * REACH:
            break
        found.append(one)
    return found


def _ends_list(gap: str) -> bool:
    return bool(re.search(r"[。！？\n]", gap)) or len(gap) > GAP or "其中" in gap or gap.count(")") > gap.count("(")


def _opens_list(passage: Passage, whole: Figure, first: Figure) -> bool:
    gap = passage.shown[whole.end : first.start]
    direct = passage.sentence(first.start) - passage.sentence(whole.start) <= 1 and len(gap) < REACHED
    return direct and bool(_OPENS.search(gap) or _YEAR_OPENS.match(gap))


def _listed_sum(passage: Passage, whole: Figure, parts: Sequence[Figure]) -> Finding | None:
    for length in range(len(parts), 1, -1):
        if sum_verdict(whole, parts[:length]) in FITS:
            return sum_finding(whole, parts[:length], sum_verdict(whole, parts[:length]))
    if _THEN.search(passage.before(whole)) or _has_its_own_total(passage, parts) or not names_all_parts(passage, whole, parts):
        return None
    return sum_finding(whole, parts, Verdict.WRONG)


def _has_its_own_total(passage: Passage, parts: Sequence[Figure]) -> bool:
    """«收到 126 个，评出一等奖 10 个、二等奖 20 个，共 30 个»: the list adds up to what follows it, and not to what stands before."""
    after = next((one for one in passage.counts if one.start >= parts[-1].end), None)
    if after is None or not after.same_kind(parts[-1]) or not _CALLED.search(passage.before(after)):
        return False
    return passage.sentence(after.start) == passage.sentence(parts[-1].start) or sum_verdict(after, parts) in FITS


def sum_verdict(whole: Figure, parts: Sequence[Figure]) -> Verdict:
    """How a whole stands to what its parts come to."""
    low = sum((widened(one)[0] for one in parts), Fraction(0))
    high = sum((widened(one)[1] for one in parts), Fraction(0))
    return against(whole, low, high)


def sum_finding(whole: Figure, parts: Sequence[Figure], verdict: Verdict) -> Finding:
    """A finding about a whole and its parts."""
    low, high = sum((one.low for one in parts), Fraction(0)), sum((one.high for one in parts), Fraction(0))
    expected = in_digits(low, high, whole)
    said = f"{'＋'.join(one.text for one in parts)}＝{expected}"
    return Finding(whole, "sum", verdict, expected, tuple(parts), said if verdict is not Verdict.WRONG else f"写的是{whole.text}，{said}")


def _subset(passage: Passage, whole: Figure) -> list[Figure]:
    """Some of the next counts of its kind that add up to a whole; only for wholes too large to be met by chance."""
    if whole.value < 20 or not _is_total(passage, whole):
        return []
    near = [one for one in passage.counts if one.start >= whole.end and one.same_kind(whole) and one.value < whole.value]
    near = [one for one in near if not BY.search(passage.before(one)) and not _THEN.search(passage.before(one))]
    near = near[:REACH]
    ways = [some for size in range(2, min(MOST, len(near)) + 1) for some in combinations(near, size)]
    ways = [some for some in ways if not any(one.about and one.is_exact for one in some)]
    for wanted in FITS:
        for some in ways:
            if sum_verdict(whole, some) is wanted and (wanted is Verdict.OK or not any(one.about for one in some)):
                return list(some)
    return []


def _slipped(passage: Passage, whole: Figure) -> list[Figure]:
    """The heads of the stretches after a total that add up to it but for one digit, where that is hardly chance."""
    if whole.about or not _is_total(passage, whole):
        return []
    heads = _heads(passage, whole)
    ways = [list(some) for size in range(2, len(heads) + 1) for some in combinations(heads, size)]
    digits = len(re.sub(r"\D", "", whole.text))
    if len(ways) * 9 * digits > CHANCE * 10**digits:
        return []
    return next((some for some in ways if mistyped(whole, sum((one.value for one in some), Fraction(0)))), [])


def _heads(passage: Passage, whole: Figure) -> list[Figure]:
    """The first count of each stretch up to ; or 。 that follows in the paragraph, of the kind of the whole and less than it."""
    found: list[Figure] = []
    seen = set()
    for one in passage.counts:
        stretch = len(re.findall(r"[。；;]", passage.shown[: one.start]))
        if one.start < whole.end or stretch in seen:
            continue
        if one.same_kind(whole) and one.value < whole.value:
            seen.add(stretch)
            found.append(one)
    return found[:REACH]


def _is_total(passage: Passage, whole: Figure) -> bool:
    """Whether a count opens its paragraph or is called a total."""
    same = [one for one in passage.counts if one.same_kind(whole)]
    return same[0] == whole or bool(re.search(r"共|总|合计|全部", passage.before(whole)))


def everywhere(passage: Passage) -> Iterator[Finding]:
    """«成立党支部 5 家、功能性党支部 32 家，实现全覆盖»: what was founded together is all there are."""
    for match in re.finditer("全覆盖", passage.shown):
        before = [one for one in passage.counts if one.end <= match.start() and one.unit in "家个"]
        parts = [one for one in before if re.search("党支部|党组织|党委|党总支", passage.before(one)) and match.start() - one.end < 60]
        wholes = [one for one in before if one not in parts and re.search("商会|企业|协会", passage.name(one)) and re.search("共|总", passage.before(one))]
        if len(parts) < 2 or not wholes or passage.sentence(parts[0].start) != passage.sentence(match.start()):
            continue
        verdict = sum_verdict(wholes[0], parts)
        total = sum((one.value for one in parts), Fraction(0))
        if verdict is not Verdict.WRONG or abs(total - wholes[0].value) * 10 <= wholes[0].value:
            yield sum_finding(wholes[0], parts, verdict)


def _totals(passage: Passage) -> Iterator[Finding]:
    """«A 28 家、B 6 家，共 34 家»: the total stands after its parts."""
    for place, whole in enumerate(passage.counts):
        called = _CALLED.search(passage.before(whole))
        if called is None or place < 2:
            continue
        parts = _just_before(passage, passage.counts[:place], whole) or _list_before(passage, passage.counts[:place], whole)
        for some in (parts, parts[-2:], parts[-3:]):
            if len(some) >= 2 and (verdict := sum_verdict(whole, some)) in FITS:
                yield sum_finding(whole, some, verdict)
                break
        else:
            joined = len(parts) >= 2 and ("、" in passage.between(parts[-2], parts[-1]) or _SURELY.match(called.group(0)))
            joined = joined or (len(parts) > 2 and passage.sentence(parts[0].start) < passage.sentence(whole.start) and slip_in(whole, parts))
            listed = joined and "累计" not in called.group(0)
            if listed and names_all_parts(passage, whole, parts):
                yield sum_finding(whole, parts, Verdict.WRONG)


def _list_before(passage: Passage, earlier: Sequence[Figure], whole: Figure) -> list[Figure]:
    """«江苏（59.9 万户）、…、北京（30.5 万户）。这 6 个省市共有 273.1 万户»: the list of the sentence before, where the total points to it."""
    if not re.search(r"这[\d一二三四五六七八九十两几些]|上述|以上", passage.whole_before(whole)):
        return []
    last = next((one for one in reversed(earlier) if one.same_kind(whole)), None)
    if last is None or passage.sentence(whole.start) - passage.sentence(last.start) != 1:
        return []
    return _joined_up_to(passage, earlier, last)


def _joined_up_to(passage: Passage, earlier: Sequence[Figure], last: Figure) -> list[Figure]:
    found: list[Figure] = []
    for one in reversed([other for other in earlier if other.unit == last.unit and other.end <= last.end]):
        if found and not re.match(r"^\)?[^，,；;。]{0,8}[、和][^，,；;。]{0,12}\(?$", passage.between(one, found[0])):
            break
        found.insert(0, one)
    return found


def _just_before(passage: Passage, earlier: Sequence[Figure], whole: Figure) -> list[Figure]:
    """The counts of its kind that stand before a total in its sentence, as far as one mark joins them."""
    found: list[Figure] = []
    mark = ""
    for one in reversed(earlier):
        if passage.sentence(one.start) != passage.sentence(whole.start) or not one.same_kind(whole):
            break
        if found:
            now = joined_by(passage.shown[one.end : found[0].start])
            if mark and now != mark:
                break
            mark = now
        found.insert(0, one)
    return found
