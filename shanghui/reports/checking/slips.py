"""Whether two figures differ as one that was mistyped differs from the right one: one digit other, or two neighbours changed over (M44)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from shanghui.reports.checking.figures import SCALES, WIDE, Figure
from shanghui.reports.checking.verdicts import in_digits

RARE = Fraction(5, 100)


def mistyped(one: Figure, right: Fraction) -> bool:
    """Whether a figure, written with the digits it has, would be `right` but for one digit or for two that changed places."""
    if right < 0:
        return False
    written, other = (re.sub(r"\D", "", text.translate(WIDE)) for text in (in_digits(one.value, one.value, one), in_digits(right, right, one)))
    if len(written) != len(other) or written == other:
        return False
    differing = [place for place, (a, b) in enumerate(zip(written, other, strict=True)) if a != b]
    if len(differing) == 1:
        return True
    first, last = differing[0], differing[-1]
    return len(differing) == 2 and last == first + 1 and written[first] == other[last] and written[last] == other[first]


def slip_in(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether one mistyped figure, the whole or a part, explains why the parts do not come to the whole."""
    total = sum((one.value for one in parts), Fraction(0))
    return mistyped(whole, total) or any(mistyped(one, whole.value - total + one.value) for one in parts)


def slip_in_share(percent: Figure, part: Figure, whole: Figure) -> bool:
    """Whether one mistyped figure explains why a share does not come out: the percentage, its part or its whole."""
    if not whole.value or not percent.value or not part.value:
        return False
    if mistyped(percent, 100 * part.value / whole.value):
        return True
    right_part, right_whole = percent.value * whole.value / 100, 100 * part.value / percent.value
    return mistyped(part, right_part) or mistyped(whole, right_whole)


def hardly_chance(whole: Figure, parts: Sequence[Figure], rare: Fraction = RARE) -> bool:
    """Whether figures that have nothing to do with each other would seldom differ by one slip: not so where they are small. `rare`: how
    seldom, of one."""
    ways = sum(9 * _digits(one) + _digits(one) - 1 for one in (whole, *parts))
    return ways <= rare * max(whole.value, *(one.value for one in parts)) / min(_unit(one) for one in (whole, *parts))


def _digits(one: Figure) -> int:
    return len(re.sub(r"\D", "", one.text.translate(WIDE))) or 1


def _unit(one: Figure) -> Fraction:
    """The step between two figures that can be written as this one is."""
    scale = next((word for word in ("亿", "万") if word in one.text), "")
    decimals = re.search(r"\.(\d+)", one.text.translate(WIDE))
    return Fraction(SCALES[scale], 10 ** (len(decimals.group(1)) if decimals else 0))
