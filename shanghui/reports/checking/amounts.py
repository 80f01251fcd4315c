"""Amounts that follow from others: said again in another unit («1.2 亿元（12000 万元）»), so much for each of so many (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits

_AGAIN = re.compile(r"^[(,，]?(?:即|合|折合|也就是|约合)?$")
_EACH = re.compile(r"每(?P<unit>[家个名人户件场])[^，,。；;]{0,4}$")
_MONEY = "元"


def amounts(passage: Passage) -> Iterator[Finding]:
    """Every amount said again in another unit, and every product of «每家» and a count."""
    for first, second in pairwise(passage.counts):
        if _said_again(passage, first, second):
            verdict = against(second, first.low, first.high)
            yield _finding(second, "unit", verdict, (first,), in_digits(first.value, first.value, second), first.text)
    for place, each in enumerate(passage.counts):
        yield from _products(passage, each, passage.counts[place + 1 :])


def _said_again(passage: Passage, first: Figure, second: Figure) -> bool:
    if first.unit != second.unit or not _AGAIN.match(passage.between(first, second)):
        return False
    in_brackets = passage.between(first, second).startswith("(") and passage.ahead(second).startswith(")")
    scales = [next((word for word in ("亿", "万") if word in one.text), "") for one in (first, second)]
    return in_brackets and scales[0] != scales[1]


def _products(passage: Passage, each: Figure, later: list[Figure]) -> Iterator[Finding]:
    """«按每家 2 万元标准，为 18 家商会拨付 36 万元»: the next count of what «每» names and the amount right after it, in one sentence."""
    match = _EACH.search(passage.whole_before(each))
    if match is None or each.unit != _MONEY or len(later) < 2 or re.match(r"每?[/／]?[年月日天]", passage.ahead(each, 2)):
        return
    number, amount = later[:2]
    if number.unit[0] != match.group("unit") or amount.unit != _MONEY or passage.sentence(each.start) != passage.sentence(amount.start):
        return
    low, high = number.low * each.value, number.high * each.value
    verdict = against(amount, low, high)
    yield _finding(amount, "count", verdict, (number, each), in_digits(low, high, amount), f"{number.text}×{each.text}")


def _finding(one: Figure, type: str, verdict: Verdict, operands: tuple[Figure, ...], expected: str, words: str) -> Finding:
    said = f"{words}＝{expected}"
    return Finding(one, type, verdict, expected, operands, f"写的是{one.text}，{said}" if verdict is Verdict.WRONG else said)
