"""Setting reading and writing going: small files within the request, so that the page answers at once; large ones later."""

from __future__ import annotations

from django.db.models import Sum

from shanghui.exchange.jobs import apply_later, apply_now, read_later, read_now
from shanghui.exchange.models import ImportRun, RunState
from shanghui.kernel.refusals import Refused
from shanghui.web.kit.visits import Visit

SMALL = 400_000
"""Bytes: about three thousand rows of a roster."""


def is_small(run: ImportRun) -> bool:
    """Whether the files are read within the request."""
    total: int = run.files.aggregate(total=Sum("size"))["total"] or 0
    return total <= SMALL


def start_reading(run: ImportRun, visit: Visit) -> None:
    """Reads now or later. A run that waits to be read may be started again; the later one finds nothing left to do."""
    moved = ImportRun.objects.filter(pk=run.pk, state__in=(RunState.READING, RunState.PROPOSED, RunState.FAILED))
    if not moved.update(state=RunState.READING, message="", done=0, total=0):
        return
    if is_small(run):
        read_now(run.pk, visit.today)
    else:
        read_later.enqueue(run.pk, visit.today.isoformat())


def start_applying(run: ImportRun, visit: Visit) -> None:
    """Writes now or later. Raises Refused when the run does not wait for a confirmation (any more)."""
    if run.counts.get("problems", {}).get("answered"):
        raise Refused("改过的地方还没有重新核对。请先点“重新核对”，看过变化再确认。")
    moved = ImportRun.objects.filter(pk=run.pk, state__in=(RunState.PROPOSED, RunState.APPLYING))
    if not moved.update(state=RunState.APPLYING, message="", done=0, total=0):
        raise Refused("这次导入已经写入过，或者已经放弃，没有再写。")
    if is_small(run):
        apply_now(run.pk, visit.user.pk, visit.today, visit.now, run.skip_errors)
    else:
        apply_later.enqueue(run.pk, visit.user.pk, visit.today.isoformat(), visit.now.isoformat(), run.skip_errors)
