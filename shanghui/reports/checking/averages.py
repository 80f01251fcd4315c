"""So much for each: «84 家企业研发投入总额 73.6 亿元，户均约 0.88 亿元», «三年间共 7.3 亿元，年均 2.4 亿元» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from shanghui.reports.checking.figures import BODIES, DIGITS, PEOPLE, Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import mistyped
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, against, in_digits, widened

_EACH = re.compile(
    r"(?:(?P<short>[户家人年场件项次期天日月])均|平均每(?P<long>[家户个名人场件项期次年])|每(?P<bare>[家户场名人个])[^，,;；。]{0,6}平均)"
    r"(?P<named>[^，,;；。]{0,10})$"
)
_YEARS = re.compile(r"(?:(\d{4})年?[—–\-~至到](\d{4})年)|(?<![\d第])(\d{1,2}|[两二三四五六七八九十])年[来间内]")
_KINDS = {"户": BODIES, "家": BODIES, "个": BODIES, "人": PEOPLE, "名": PEOPLE, "场": "场讲次", "次": "场次"}
LATELY = 10


def averages(passage: Passage) -> Iterator[Finding]:
    """Every average whose total and number stand in its sentence or the one before; wrong only where one mistyped digit explains it."""
    for one in passage.counts:
        match = _EACH.search(passage.whole_before(one)[:40]) or _EACH.search(passage.before(one))
        if match is None or "分别" in match.group("named"):
            continue
        unit = match.group("short") or match.group("long") or match.group("bare")
        earlier = [other for other in passage.counts if other.end <= one.start and passage.sentence(one.start) - passage.sentence(other.start) <= 1]
        found = _judged(one, _totals(earlier[-LATELY:], one), _numbers(passage, earlier[-LATELY:], one, unit, match.group("named")))
        if found is not None:
            yield found


def _totals(earlier: Sequence[Figure], one: Figure) -> list[Figure]:
    """What was shared out: counts of its unit that are larger, the nearest first."""
    return [other for other in reversed(earlier) if (other.unit == one.unit or {other.unit, one.unit} == {"人", "人次"}) and other.value > one.value]


def _numbers(passage: Passage, earlier: Sequence[Figure], one: Figure, unit: str, named: str) -> list[Figure]:
    """Among how many: counts of what 均 names, the nearest first; years that the text spans."""
    if unit == "年":
        return _years(passage, one)
    kind = _KINDS.get(unit, unit)
    found = [other for other in reversed(earlier) if other.unit in kind and other.unit[0] != one.unit[0]]
    return [other for other in found if named[:2] in passage.after(other)] if unit == "个" and named else found


def _years(passage: Passage, one: Figure) -> list[Figure]:
    found = []
    for match in _YEARS.finditer(passage.shown, 0, one.start):
        first, last, number = match.groups()
        value = int(last) - int(first) + 1 if first else int(number) if number.isdigit() else DIGITS.get(number, 10)
        if value > 1:
            exact = Fraction(value)
            found.append(Figure(match.start(), match.end(), match.group(0), exact, exact, exact, "年"))
    return found[::-1]


def _judged(one: Figure, totals: Sequence[Figure], numbers: Sequence[Figure]) -> Finding | None:
    ways = [(total, number) for number in numbers for total in totals if number.value > 1]
    for total, number in ways:
        if (verdict := _verdict(one, total, number)) in FITS:
            return _finding(one, total, number, verdict)
    sure = [(total, number) for total, number in ways[:1] if not one.about and mistyped(one, total.value / number.value)]
    return _finding(one, *sure[0], Verdict.WRONG) if sure else None


def _quotient(total: Figure, number: Figure) -> tuple[Fraction, Fraction]:
    (low, high), (least, most) = widened(total), widened(number)
    return low / most, high / least


def _verdict(one: Figure, total: Figure, number: Figure) -> Verdict:
    rounded = replace(one, low=one.value - one.ulp / 2, high=one.value + one.ulp / 2) if one.is_exact else one
    return against(rounded, *_quotient(total, number))


def _finding(one: Figure, total: Figure, number: Figure, verdict: Verdict) -> Finding:
    low, high = _quotient(total, number)
    expected = in_digits(low, high, one)
    said = f"{total.text}÷{number.text}＝{expected}"
    return Finding(one, "ratio", verdict, expected, (total, number), f"写的是{one.text}，{said}" if verdict is Verdict.WRONG else said)
