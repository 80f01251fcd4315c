"""What somebody pays a month by the norms in force (regulations §5). `Decimal` throughout; one rate on the whole base."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from shanghui.kernel.refusals import Refused
from shanghui.ledger.dues.models import BaseKind, Rounding
from shanghui.rules.registry import Norm, norm_on

NORMS = {
    BaseKind.WAGES: "DUES-02", BaseKind.YEARLY: "DUES-02", BaseKind.AVERAGE: "DUES-02", BaseKind.RETIRED: "DUES-05", BaseKind.FARMER: "DUES-06",
    BaseKind.FIXED: "DUES-06",
}
"""By kind of base the norm that holds its numbers."""
HARDSHIP, EXTRA, TIMELY, UNPAID = "DUES-07", "DUES-11", "DUES-12", "DUES-13"
WARNED = (2, 3, 5, 6)
"""Months not paid in a row at which it is told: early, and at the limit of DUES-13. Nothing else follows by itself."""
_STEPS = {Rounding.FEN: Decimal("0.01"), Rounding.JIAO: Decimal("0.1"), Rounding.YUAN: Decimal(1)}
_FEN = Decimal("0.01")


def norm_of(kind: str, month: date) -> Norm:
    """The norm for this kind of base in the month. Raises Refused before there was one."""
    found = norm_on(NORMS[BaseKind(kind)], month)
    if found is None:
        raise Refused(f"{month:%Y年%m月}还没有现行的党费规定，算不出来。请选 2008 年 4 月以后的月份。")
    return found


def rate(limits: Mapping[str, int], base: Decimal) -> Decimal:
    """The one rate on the whole base: of the first step that reaches so far."""
    for step in ("first", "second", "third"):
        if f"{step}_to" in limits and base <= limits[f"{step}_to"]:
            return Decimal(limits[f"{step}_rate"]) / 1000
    return Decimal(limits["last_rate"]) / 1000


def due(kind: str, base: Decimal | None, month: date, rounding: str = Rounding.JIAO) -> Decimal:
    """What is due a month. `base`: the monthly income; of farmers the amount agreed, of those who pay a fixed amount None.

    Raises Refused for a base that is missing, negative, or an amount outside the limits.
    """
    limits = norm_of(kind, month).limits
    if kind == BaseKind.FIXED:
        return Decimal(limits["fixed_fen"]) / 100
    if base is None or base < 0:
        raise Refused("请填计算基数，不能是负数。")
    if kind == BaseKind.FARMER:
        least, most = Decimal(limits["least_fen"]) / 100, Decimal(limits["most_fen"]) / 100
        if not least <= base <= most:
            raise Refused(f"农民党员每月交 {least} 元至 {most} 元。请核对。")
        return base.quantize(_FEN)
    return rounded(base * rate(limits, base), rounding)


def rounded(amount: Decimal, rounding: str) -> Decimal:
    """To fen, jiao or whole yuan as the office has set it, halves up; always written with two places."""
    return amount.quantize(_STEPS[Rounding(rounding)], ROUND_HALF_UP).quantize(_FEN)
