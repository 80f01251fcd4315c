"""What should be looked at before figures go up: broken data, and what moved since the last version that was accepted (M46)."""

from __future__ import annotations

from shanghui.cases.integrity import CHECKS as CASE_CHECKS
from shanghui.exchange.packages.models import Sent, Submission
from shanghui.indicators.models import Snapshot
from shanghui.kernel.rates import Rate
from shanghui.ledger.integrity import CHECKS, run

MOST = 40


def remarks_on(submission: Submission, snapshot: Snapshot) -> list[str]:
    """Sentences for whoever sends: faults of the data as at the day, then each figure that moved since the last accepted version."""
    broken = [
        f"{check.why}（{len(rows)}处，如{rows[0]}）{check.fix}" for check, rows in run(submission.as_at, (*CHECKS, *CASE_CHECKS)) if rows
    ]
    return [*broken, *_moved(submission, snapshot)][:MOST]


def _moved(submission: Submission, snapshot: Snapshot) -> list[str]:
    last = Submission.objects.filter(
        unit=submission.unit, receiver=submission.receiver, as_at=submission.as_at, state__in=(Sent.ACCEPTED, Sent.CORRECTED)
    ).order_by("-version").first()
    if last is None or last.snapshot is None:
        return []
    before = {one.code: (one.numerator, one.denominator) for one in last.snapshot.figures.all()}
    return [
        f"“{one.title}”与已接收的第{last.version}版不同：{_words(*before[one.code])} → {_words(one.numerator, one.denominator)}"
        for one in snapshot.figures.order_by("pk") if one.code in before and before[one.code] != (one.numerator, one.denominator)
    ]


def _words(numerator: int, denominator: int | None) -> str:
    return str(numerator) if denominator is None else f"{numerator}/{denominator} {Rate(numerator, denominator).percent()}"
