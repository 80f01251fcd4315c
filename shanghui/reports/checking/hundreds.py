"""Percentages that divide up one whole: «25 岁以下的占 3.7%，…» adding up to 100, «25.72:26.84:47.44» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from shanghui.reports.checking.completeness import are_opposites
from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import mistyped
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits, share

_GROUP = re.compile(r"岁|年龄|工龄|党龄|[万亿]元|人以[上下]")
_FIRST = re.compile(r"以下|不满|^(?:其中[,，:：]?)?0[-—~至]")
_CHOSEN = re.compile(r"多选|选择|认为|反映|表示|希望")
NEAR, FEWEST = 5, 3


def hundreds(passage: Passage) -> Iterator[Finding]:
    """Percentages without counts that divide up one whole: together 100, but for rounding."""
    for run in _runs(passage):
        total = sum((one.value for one in run), Fraction(0))
        slack = sum((one.high - one.value for one in run), Fraction(0))
        away = abs(total - 100)
        chosen = _CHOSEN.search(passage.upto(run[0])[-60:]) and not _whole_scale(passage, run)
        if away > slack and ((away > NEAR and not _complete(passage, run) and not _one_slip(run, total)) or chosen):
            continue
        last = run[-1]
        rest = 100 - (total - last.value)
        verdict = Verdict.OK if away <= slack else Verdict.WRONG
        expected = in_digits(rest, rest, last)
        said = f"各项合计{float(total):g}%"
        yield Finding(last, "percent_sum", verdict, expected, tuple(run[:-1]), said if verdict is Verdict.OK else f"{said}，不是100%；最后一项应为{expected}")


def _one_slip(run: Sequence[Figure], total: Fraction) -> bool:
    """Whether, of four or more, one mistyped percentage explains why they do not make a hundred."""
    near = abs(total - 100) <= 2 * NEAR
    return near and len(run) > FEWEST and any(mistyped(one, one.value + 100 - total + off * one.ulp / 10) for one in run for off in range(-2, 3))


def _whole_scale(passage: Passage, run: Sequence[Figure]) -> bool:
    """From «满意» to «不满意»: everybody chose one."""
    names = [passage.whole_before(one) for one in run]
    return "满意" in names[0] and "不满意" in names[-1] and any(re.search("一般|基本", name) for name in names)


def _complete(passage: Passage, run: Sequence[Figure]) -> bool:
    """Whether groups are all there are: from «以下» to «以上» of one measure, the three sectors, or the last is «其他»."""
    names = [passage.whole_before(one) for one in run]
    measured = all(_GROUP.search(name) for name in names)
    from_end_to_end = any(_FIRST.search(name) for name in names) and any("以上" in name for name in names)
    sectors = all(re.search(f"{place}产", name) for place, name in zip("一二三", names, strict=False)) and len(names) == len("一二三")
    return sectors or (measured and from_end_to_end) or bool(re.match(r"其他|其它|其余", names[-1]))


def _runs(passage: Passage) -> Iterator[list[Figure]]:
    """Three or more percentages of one sentence, each «X占…», with no count before them."""
    run: list[Figure] = []
    for one in passage.figures:
        fits = one.is_percent and re.search(r"占(?:比|总?[^，,;；。占]{1,6}的(?:比重)?)?(?:为|达)?$", passage.whole_before(one))
        joined = not run or (fits and passage.sentence(run[-1].start) == passage.sentence(one.start))
        if fits and joined:
            run.append(one)
            continue
        if _is_run(passage, run):
            yield run
        run = [one] if fits else []
    if _is_run(passage, run):
        yield run


def _is_run(passage: Passage, run: Sequence[Figure]) -> bool:
    """Three or more, or two that have no third: «男性占 64.1%，女性占 35.9%»."""
    return len(run) >= FEWEST or (len(run) == FEWEST - 1 and are_opposites(*(passage.whole_before(one) for one in run)))


def series(passage: Passage, found: Sequence[Finding]) -> Iterator[Finding]:
    """«三次产业结构比为 25.72:26.84:47.44»: the shares of parts just added up, in their order."""
    for match in re.finditer(r"\d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?){2,}", passage.shown):
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
