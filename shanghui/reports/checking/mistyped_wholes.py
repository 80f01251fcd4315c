"""A whole that was mistyped: no share of it comes out, and all would with one digit of it changed (M44)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.share_claims import Claim
from shanghui.reports.checking.slips import mistyped
from shanghui.reports.checking.verdicts import Finding, Verdict, share_finding, share_verdict

FEWEST, MANY = 3, 400


def mistyped_wholes(claims: Sequence[Claim], counts: Sequence[Figure], found: Sequence[Finding]) -> Iterator[Finding]:
    """Every share of such a whole as wrong: of the shares nothing was `found` of, three or more that one other digit would explain."""
    known = {one.figure.start for one in found if one.verdict is not Verdict.WRONG}
    open_ones = [one for one in claims if one.part is not None and one.percent.start not in known]
    for whole in counts:
        claimed = [one for one in open_ones if one.part is not None and whole.end <= one.part.start and one.part.same_kind(whole)]
        if len(claimed) >= FEWEST and len(agreed := _agreed(claimed, whole)) >= FEWEST:
            called = {one.figure.start for one in found}
            yield from (
                share_finding(one.percent, one.part, whole, Verdict.WRONG) for one in agreed if one.part is not None and one.percent.start not in called
            )
            return


def _agreed(claims: Sequence[Claim], whole: Figure) -> list[Claim]:
    """The claims that come out with the same other whole, one that differs from this one as a mistyped figure does."""
    best: list[Claim] = []
    for one in claims:
        right = _implied(one, whole)
        if right is None or not mistyped(whole, right.value):
            continue
        fitting = [other for other in claims if other.part is not None and share_verdict(other.percent, other.part, right) is Verdict.OK]
        best = max(best, fitting, key=len)
    return best


def _implied(claim: Claim, whole: Figure) -> Figure | None:
    """The whole of which a share would be right, with the digits of the one that is written: the nearest that differs in one slip."""
    if claim.part is None or not claim.percent.low > 0:
        return None
    least, most = 100 * claim.part.value / claim.percent.high, 100 * claim.part.value / claim.percent.low
    step = whole.ulp / 10 if not whole.is_whole else whole.ulp
    if (most - least) / step > MANY:
        return None
    values = (Fraction(place) * step for place in range(int(least / step), int(most / step) + 2))
    value = next((one for one in values if mistyped(whole, one)), None)
    return None if value is None else replace(whole, value=value, low=value, high=value)

