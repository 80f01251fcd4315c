"""Reading and writing of large files in the background. Every job may be done again: what is done is left alone.

The clock is read by whoever asks for the job and given as text.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime

from django_tasks import task

from shanghui.access.models import User
from shanghui.exchange.models import ImportRun, RunState
from shanghui.exchange.operations import confirm, foresee, propose
from shanghui.kernel.refusals import Refused

log = logging.getLogger(__name__)
_STRANGE = "出了意外，台账没有变化。请再试一次；还不行，请把原文件交给技术人员查看。"


def _progress(run: int) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        ImportRun.objects.filter(pk=run).update(done=done, total=total)

    return tell


def _end(run: int, state: RunState, message: str, but: RunState) -> None:
    """Sets the state unless another job has brought the run further."""
    ImportRun.objects.filter(pk=run, state=but).update(state=state, message=message, done=0, total=0)


def read_now(run: int, today: date) -> None:
    """Reads a run that waits to be read; a fault of ours leaves it «failed» with a sentence, never half read."""
    found = ImportRun.objects.filter(pk=run, state=RunState.READING).select_related("under", "by").first()
    if found is None:
        return
    try:
        made = propose(run=found, today=today, progress=_progress(run))
        foresee(run=found, made=made, at=found.created_at)
    except Refused as refusal:
        _end(run, RunState.FAILED, str(refusal), RunState.READING)
    except Exception:
        log.exception("import run %s could not be read", run)
        _end(run, RunState.FAILED, "读取时" + _STRANGE, RunState.READING)


def apply_now(run: int, by: int, today: date, at: datetime, skip_errors: bool) -> None:
    """Writes a run that was confirmed; anything in the way puts it back to «waits for you», with the reason."""
    found = ImportRun.objects.filter(pk=run, state=RunState.APPLYING).select_related("under", "by").first()
    if found is None:
        return
    try:
        confirm(run=found, by=User.objects.get(pk=by), today=today, at=at, skip_errors=skip_errors, progress=_progress(run))
    except Refused as refusal:
        _end(run, RunState.PROPOSED, str(refusal), RunState.APPLYING)
        ImportRun.objects.filter(pk=run, state=RunState.PROPOSED).update(message=str(refusal))
    except Exception:
        log.exception("import run %s could not be written", run)
        _end(run, RunState.PROPOSED, "写入时" + _STRANGE, RunState.APPLYING)


@task()
def read_later(run: int, today: str) -> None:
    """`read_now` by the worker."""
    read_now(run, date.fromisoformat(today))


@task()
def apply_later(run: int, by: int, today: str, at: str, skip_errors: bool) -> None:
    """`apply_now` by the worker."""
    apply_now(run, by, date.fromisoformat(today), datetime.fromisoformat(at), skip_errors)
