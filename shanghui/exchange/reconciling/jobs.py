"""Comparing large files in the background. May be done again: what is done is left alone. The clock is read by whoever asks."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django_tasks import task

from shanghui.access.models import User
from shanghui.exchange.reconciling.accepting import accept
from shanghui.exchange.reconciling.models import Comparison, ComparisonState
from shanghui.exchange.reconciling.operations import read
from shanghui.kernel.refusals import Refused

log = logging.getLogger(__name__)
_STRANGE = "比对时出了意外，台账没有变化。请再试一次；还不行，请把原文件交给技术人员查看。"


def compare_now(comparison: int, at: datetime) -> None:
    """Compares one that waits for it; whatever is in the way leaves it «failed» with a sentence, never half done."""
    found = Comparison.objects.filter(pk=comparison, state=ComparisonState.READING).select_related("unit").first()
    if found is None:
        return

    def tell(done: int, total: int) -> None:
        Comparison.objects.filter(pk=comparison, state=ComparisonState.READING).update(counts={"done": done, "total": total})

    try:
        read(comparison=found, at=at, progress=tell)
    except Refused as refusal:
        _fail(comparison, str(refusal))
    except Exception:
        log.exception("comparison %s could not be made", comparison)
        _fail(comparison, _STRANGE)


def _fail(comparison: int, message: str) -> None:
    waiting = Comparison.objects.filter(pk=comparison, state=ComparisonState.READING)
    waiting.update(state=ComparisonState.FAILED, message=message, counts={})


@task()
def compare_later(comparison: int, at: str) -> None:
    """`compare_now` by the worker."""
    compare_now(comparison, datetime.fromisoformat(at))


def accept_now(comparison: int, column: str, since: date, by: int, at: datetime) -> None:
    """Accepts all that waits in a column; what came of it is told on the page. Nothing is written where something stands in the way."""
    row = Comparison.objects.get(pk=comparison)
    try:
        done = accept(comparison=row, cells=row.cells.filter(key=column), since=since, by=User.objects.get(pk=by), at=at)
        told = f"后台采用了 {done.done} 处{f'，另有 {done.waiting} 处没有采用，原因写在那一处' if done.waiting else ''}。"
    except Refused as refusal:
        told = str(refusal)
    except Exception:
        log.exception("a column of comparison %s could not be accepted", comparison)
        told = "后台采用时出了意外，台账没有变化。请再试一次；还不行，请分几次采用。"
    Comparison.objects.filter(pk=comparison).update(message=told)


@task()
def accept_later(comparison: int, column: str, since: str, by: int, at: str) -> None:
    """`accept_now` by the worker."""
    accept_now(comparison, column, date.fromisoformat(since), by, datetime.fromisoformat(at))
