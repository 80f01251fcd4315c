"""What a check of a figure comes to, by exact intervals: right, right but for rounding, wrong (M44)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from shanghui.reports.checking.figures import WIDE, Figure

TENTHS = "零一二三四五六七八九十"


class Verdict(StrEnum):
    """How a figure stands to what the text itself gives."""

    OK = "ok"
    ROUNDING = "rounding"
    UNSURE = "unsure"
    WRONG = "wrong"

    @property
    def word(self) -> str:
        """The word on screen."""
        return {"ok": "一致", "rounding": "仅在取整下一致", "unsure": "口径不明", "wrong": "不一致"}[self.value]


FITS = (Verdict.OK, Verdict.ROUNDING)


@dataclass(frozen=True)
class Finding:
    """A figure that was checked. `type`: the kind of claim; `expected`: what it should say; `operands`: the figures it follows from.

    `code`: the indicator of the ledger it was compared with.
    """

    figure: Figure
    type: str
    verdict: Verdict
    expected: str
    operands: tuple[Figure, ...]
    message: str
    code: str = ""

    def shifted(self, by: int) -> Finding:
        """The same finding in a text of which the checked one is a stretch that begins at `by`."""
        return replace(self, figure=_shifted(self.figure, by), operands=tuple(_shifted(one, by) for one in self.operands))

    def data(self, text: str) -> dict[str, object]:
        """As other programs read it."""
        one = self.figure
        return {
            "start": one.start, "end": one.end, "span": text[one.start : one.end], "stated": text[one.start : one.end],
            "expected": self.expected, "type": self.type, "operands": [text[other.start : other.end] for other in self.operands],
            "verdict": self.verdict.value, "message": self.message, **({"indicator": self.code} if self.code else {}),
        }


def _shifted(one: Figure, by: int) -> Figure:
    return replace(one, start=one.start + by, end=one.end + by)


def against(one: Figure, low: Fraction, high: Fraction, slack: Fraction = Fraction(0)) -> Verdict:
    """How a figure stands to a value known to lie between `low` and `high`. Right when the middle comes to it; a matter of rounding
    when it can come out of what the others were before they were rounded, or is off by less than one unit of its last digit (cut
    instead of rounded). `slack` is allowed besides."""
    if one.low <= (low + high) / 2 <= one.high:
        return Verdict.OK
    if one.low <= high + slack and low - slack <= one.high:
        return Verdict.ROUNDING
    away = low - one.value if low > one.value else one.value - high
    cut = one.ulp if not one.is_exact else Fraction(0)
    return Verdict.ROUNDING if away < cut + slack else Verdict.WRONG


def widened(one: Figure) -> tuple[Fraction, Fraction]:
    """The interval of an operand; an approximate word widens it by a tenth, but 多 and 余, which say how much more there may be."""
    if not one.about or one.low == one.value < one.high:
        return one.low, one.high
    return one.low * Fraction(9, 10), one.high * Fraction(11, 10)


def added_up(parts: Sequence[Figure]) -> Figure:
    """Several counts as one, at the place of all of them."""
    first = parts[0]
    value, low, high = (sum((getattr(one, end) for one in parts), Fraction(0)) for end in ("value", "low", "high"))
    words = "＋".join(one.text for one in parts)
    return Figure(first.start, parts[-1].end, words if len(parts) == 1 else f"（{words}）", value, low, high, first.unit)


def share(part: Figure, whole: Figure) -> tuple[Fraction, Fraction] | None:
    """What percentage a part is of a whole, as an interval; None of nothing."""
    low, high = widened(part)
    least, most = widened(whole)
    return None if least <= 0 else (100 * low / most, 100 * high / least)


def in_digits(low: Fraction, high: Fraction, like: Figure) -> str:
    """A value written with as many digits as the figure it stands for: «85%», «31.6%», «1.06万个», «七成»."""
    middle = (low + high) / 2
    if like.text.endswith("成"):
        return f"{TENTHS[max(0, min(10, round(middle / 10)))]}成"
    scale = next((word for word in ("亿", "万") if word in like.text), "")
    factor = {"亿": 10**8, "万": 10**4, "": 1}[scale]
    decimals = re.search(r"\.(\d+)", like.text.translate(WIDE))
    places = len(decimals.group(1)) if decimals else 0
    scaled = middle / factor * 10**places
    rounded = Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**places)
    number = f"{float(rounded):.{places}f}" if places else str(int(rounded))
    return f"{number}{scale}{like.unit}"


def share_verdict(percent: Figure, part: Figure, whole: Figure) -> Verdict:
    """How a percentage stands to the share a part has of a whole; unsure of a whole that is nothing."""
    found = share(part, whole)
    return Verdict.UNSURE if found is None else against(percent, *found)


def share_finding(percent: Figure, part: Figure, whole: Figure, verdict: Verdict, type: str = "ratio") -> Finding:
    """A finding about a share."""
    low, high = share(part, whole) or (percent.low, percent.high)
    expected = in_digits(low, high, percent)
    said = f"{part.text}÷{whole.text}＝{expected}"
    return Finding(percent, type, verdict, expected, (part, whole), said if verdict is not Verdict.WRONG else f"写的是{percent.text}，{said}")


def change(
    one: Figure, type: str, verdict: Verdict, low: Fraction, high: Fraction, operands: tuple[Figure, ...], words: str
) -> Finding:
    """A finding about a change: `low` and `high` what was computed, `words` out of what."""
    expected = in_digits(low, high, one)
    said = f"{words}，算得{expected}" if verdict is not Verdict.WRONG else f"写的是{one.text}；{words}，应为{expected}"
    return Finding(one, type, verdict, expected, operands, said)
