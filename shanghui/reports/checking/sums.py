"""Parts and wholes: «37 家，其中 11 家、18 家、2 家、6 家», «25 岁以下的占 3.7%，…» adding up to 100 (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits, share, widened

MOST, REACH = 6, 8
_OPENS = re.compile(r"其中|分别|包括|：|:")
_OVERLAPS = re.compile(r"女|青年|妇女|以上|以下|少数民族|学历|文化程度|岁|高知|流动|先进|模范|兼任|新增|参加|提出")
_ALSO = re.compile(r"等$|等[，,。]")
_TAIL = 2
NEAR_MISS = Fraction(3, 100)
CHANCE = Fraction(2, 100)
FITS = (Verdict.OK, Verdict.ROUNDING)


def sums(passage: Passage) -> Iterator[Finding]:
    """Wholes with the parts that follow them; a whole that is right is right by any way to add it up."""
    for whole in passage.counts:
        parts = _listed(passage, whole)
        if len(parts) >= 2:
            yield from _listed_sum(passage, whole, parts)
            continue
        some = _subset(passage, whole)
        if some:
            yield _finding(whole, some, _verdict(whole, some))
        elif slip := _slipped(passage, whole):
            yield _finding(whole, slip, Verdict.WRONG)
    yield from _totals(passage)
    yield from everywhere(passage)
    yield from hundreds(passage)


def _listed(passage: Passage, whole: Figure) -> list[Figure]:
    """The parts named in one list after a whole: counts of its kind, one to a clause, until something else comes."""
    after = [one for one in passage.figures if one.start >= whole.end]
    found: list[Figure] = []
    for one in after[: 2 * REACH]:
        gap = passage.shown[(found[-1] if found else whole).end : one.start]
        if one.is_percent and found:
            continue
        if one.is_percent or not one.same_kind(whole) or one.value > whole.value:
            break
        if not found and not _opens_list(passage, whole, one):
            break
        if found and (re.search(r"[。！？\n]", gap) or len(gap) > 24 or "其中" in gap or gap.count(")") > gap.count("(")):
            break
        found.append(one)
    return found


def _opens_list(passage: Passage, whole: Figure, first: Figure) -> bool:
    gap = passage.shown[whole.end : first.start]
    direct = passage.sentence(first.start) - passage.sentence(whole.start) <= 1 and len(gap) < 60
    return direct and bool(_OPENS.search(gap))


def _listed_sum(passage: Passage, whole: Figure, parts: Sequence[Figure]) -> Iterator[Finding]:
    for length in range(len(parts), 1, -1):
        if _verdict(whole, parts[:length]) in FITS:
            yield _finding(whole, parts[:length], _verdict(whole, parts[:length]))
            return
    if _exhaustive(passage, whole, parts):
        yield _finding(whole, parts, Verdict.WRONG)


def _exhaustive(passage: Passage, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a list names all parts, each once: like names for like things; where names tell nothing, a near miss."""
    names = [passage.before(one) or passage.after(one) for one in parts]
    if len(parts) == 2 and any("男" in name for name in names) and any("女" in name for name in names):
        return True
    if any(_OVERLAPS.search(name) for name in names) or _ALSO.search(passage.ahead(parts[-1], 4)) or whole.about:
        return False
    total = sum((one.value for one in parts), Fraction(0))
    if not Fraction(1, 3) * whole.value < total < 3 * whole.value:
        return False
    head = passage.shown[max(0, whole.start - 40) : parts[0].start]
    tails = {name.strip()[-_TAIL:] for name in names}
    alike = all(len(tail) == _TAIL and tail in head for tail in tails)
    picked_out = len(parts) == 2 and total < whole.value and "其中" in head  # «40家，其中行业商会18家、异地商会16家»: there are others
    return (alike and not picked_out) or abs(total - whole.value) <= max(NEAR_MISS * whole.value, Fraction(1))


def _verdict(whole: Figure, parts: Sequence[Figure]) -> Verdict:
    low = sum((widened(one)[0] for one in parts), Fraction(0))
    high = sum((widened(one)[1] for one in parts), Fraction(0))
    return against(whole, low, high)


def _finding(whole: Figure, parts: Sequence[Figure], verdict: Verdict) -> Finding:
    low, high = sum((one.low for one in parts), Fraction(0)), sum((one.high for one in parts), Fraction(0))
    expected = in_digits(low, high, whole)
    said = f"{'＋'.join(one.text for one in parts)}＝{expected}"
    return Finding(whole, "sum", verdict, expected, tuple(parts), said if verdict is not Verdict.WRONG else f"写的是{whole.text}，{said}")


def _subset(passage: Passage, whole: Figure) -> list[Figure]:
    """Some of the next counts of its kind that add up to a whole; only for wholes too large to be met by chance."""
    if whole.value < 20 or not _is_total(passage, whole):
        return []
    near = [one for one in passage.counts if one.start >= whole.end and one.same_kind(whole) and one.value < whole.value]
    near = [one for one in near if passage.paragraph(one.start) == passage.paragraph(whole.start)][:REACH]
    ways = [some for size in range(2, min(MOST, len(near)) + 1) for some in combinations(near, size)]
    ways = [some for some in ways if not any(one.about and one.is_exact for one in some)]
    for wanted in FITS:
        for some in ways:
            if _verdict(whole, some) is wanted:
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
    return next((some for some in ways if _one_digit_apart(whole, some)), [])


def _heads(passage: Passage, whole: Figure) -> list[Figure]:
    """The first count of each stretch up to ; or 。 that follows in the paragraph, of the kind of the whole and less than it."""
    found: list[Figure] = []
    seen = set()
    for one in passage.counts:
        stretch = len(re.findall(r"[。；;]", passage.shown[: one.start]))
        if one.start < whole.end or passage.paragraph(one.start) != passage.paragraph(whole.start) or stretch in seen:
            continue
        if one.same_kind(whole) and one.value < whole.value:
            seen.add(stretch)
            found.append(one)
    return found[:REACH]


def _one_digit_apart(whole: Figure, parts: Sequence[Figure]) -> bool:
    total = sum((one.value for one in parts), Fraction(0))
    written, summed = in_digits(whole.value, whole.value, whole), in_digits(total, total, whole)
    return len(written) == len(summed) and sum(a != b for a, b in zip(written, summed, strict=True)) == 1


def _is_total(passage: Passage, whole: Figure) -> bool:
    """Whether a count opens its paragraph or is called a total."""
    same = [one for one in passage.counts if one.same_kind(whole) and passage.paragraph(one.start) == passage.paragraph(whole.start)]
    return same[0] == whole or bool(re.search(r"共|总|合计|全部", passage.before(whole)))


def everywhere(passage: Passage) -> Iterator[Finding]:
    """«成立党支部 5 家、功能性党支部 32 家，实现全覆盖»: what was founded together is all there are."""
    for match in re.finditer("全覆盖", passage.shown):
        before = [one for one in passage.counts if one.end <= match.start() and one.unit in "家个"]
        parts = [one for one in before if re.search("党支部|党组织|党委|党总支", passage.before(one)) and match.start() - one.end < 60]
        wholes = [one for one in before if one not in parts and re.search("商会|企业|协会", passage.name(one)) and re.search("共|总", passage.before(one))]
        if len(parts) < 2 or not wholes or passage.sentence(parts[0].start) != passage.sentence(match.start()):
            continue
        verdict = _verdict(wholes[0], parts)
        total = sum((one.value for one in parts), Fraction(0))
        if verdict is not Verdict.WRONG or abs(total - wholes[0].value) * 10 <= wholes[0].value:
            yield _finding(wholes[0], parts, verdict)


def series(passage: Passage, found: Sequence[Finding]) -> Iterator[Finding]:
    """«三次产业结构比为 25.72:26.84:47.44»: the shares of parts just added up, in their order."""
    for match in re.finditer(r"\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?){2,}", passage.shown):
        numbers = list(re.finditer(r"\d+(?:\.\d+)?", match.group(0)))
        sums_before = [one for one in found if one.type == "sum" and one.figure.end <= match.start() and len(one.operands) == len(numbers)]
        if not sums_before or not re.search(r"比(例)?为?$|结构(比)?(为)?$", passage.whole_before_place(match.start())):
            continue
        whole = sums_before[-1]
        for number, part in zip(numbers, whole.operands, strict=True):
            yield _share_of(match.start(), number, part, whole.figure)


def _share_of(start: int, number: re.Match[str], part: Figure, whole: Figure) -> Finding:
    value, ulp = Fraction(number.group(0)), Fraction(1, 10 ** len(number.group(0).partition(".")[2]))
    one = Figure(
        start + number.start(), start + number.end(), number.group(0), value, value - ulp / 2, value + ulp / 2, "", ulp=ulp
    )
    low, high = share(part, whole) or (value, value)
    verdict = against(one, low, high)
    expected = in_digits(low, high, one)
    return Finding(one, "ratio", verdict, expected, (part, whole), f"{part.text}÷{whole.text}＝{expected}%")


def _totals(passage: Passage) -> Iterator[Finding]:
    """«A 28 家、B 6 家，共 34 家»: the total stands after its parts."""
    for place, whole in enumerate(passage.counts):
        if not re.search(r"(共计|合计|总计|共|累计|总共)$", passage.before(whole)) or place < 2:
            continue
        parts: list[Figure] = []
        for one in reversed(passage.counts[:place]):
            if passage.sentence(one.start) != passage.sentence(whole.start) or not one.same_kind(whole) or one.value > whole.value:
                break
            parts.insert(0, one)
        for some in (parts, parts[-2:], parts[-3:]):
            if len(some) >= 2 and (verdict := _verdict(whole, some)) in FITS:
                yield _finding(whole, some, verdict)
                break
        else:
            if len(parts) >= 2 and _exhaustive(passage, whole, parts) and "、" in passage.between(parts[-2], parts[-1]):
                yield _finding(whole, parts, Verdict.WRONG)


def hundreds(passage: Passage) -> Iterator[Finding]:
    """Percentages without counts that divide up one whole: together 100, but for rounding."""
    for run in _runs(passage):
        total = sum((one.value for one in run), Fraction(0))
        slack = sum((one.high - one.value for one in run), Fraction(0))
        away = abs(total - 100)
        if away > 5 and not _from_end_to_end(passage, run):
            continue
        last = run[-1]
        rest = 100 - (total - last.value)
        verdict = Verdict.OK if away <= slack else Verdict.WRONG
        expected = in_digits(rest, rest, last)
        said = f"各项合计{float(total):g}%"
        yield Finding(last, "percent_sum", verdict, expected, tuple(run[:-1]), said if verdict is Verdict.OK else f"{said}，不是100%；最后一项应为{expected}")


def _from_end_to_end(passage: Passage, run: Sequence[Figure]) -> bool:
    """Whether the groups run from «以下» to «以上»: then they are all."""
    names = [passage.whole_before(one) for one in run]
    return any("以下" in name or "不满" in name for name in names) and any("以上" in name for name in names)


def _runs(passage: Passage) -> Iterator[list[Figure]]:
    """Three or more percentages of one sentence, each «X占…», with no count before them."""
    run: list[Figure] = []
    for one in passage.figures:
        fits = one.is_percent and re.search(r"占(比)?(为|达)?$", passage.whole_before(one))
        joined = not run or (fits and passage.sentence(run[-1].start) == passage.sentence(one.start))
        if fits and joined:
            run.append(one)
            continue
        if len(run) >= 3:
            yield run
        run = [one] if fits else []
    if len(run) >= 3:
        yield run
