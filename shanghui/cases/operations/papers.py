"""Keeping and removing the papers of a case. A removed paper's file stays, so that the removal can be taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.cases.models import Case, CasePaper
from shanghui.kernel.attachments import look_into
from shanghui.kernel.filing import put_away
from shanghui.kernel.refusals import Refused

MOST = 30
"""Papers that one case may have."""
REMOVAL = "删除文件"


@transaction.atomic
def keep_paper(*, case: Case, name: str, content: bytes, by: User | None, at: datetime, step: str = "") -> CasePaper | None:
    """Keeps a paper; None when the same content is kept already. Raises Unfit for what a file may not be, Refused for one too many."""
    looked_into = look_into(name, content)
    kept = case.papers.values_list("sha256", flat=True)
    if looked_into.sha256 in kept:
        return None
    if len(kept) >= MOST:
        raise Refused(f"一件事最多放 {MOST} 个文件。请先删去不用的。")
    journal = Journal(by=by, at=at, verb="上传文件")
    made = journal.create(CasePaper(case=case, step=step, **put_away(looked_into, content, "papers", at)))
    journal.close(case, case.office)
    return made


@transaction.atomic
def remove_paper(*, paper: CasePaper, by: User | None, at: datetime) -> None:
    """Takes a paper off a case."""
    journal = Journal(by=by, at=at, verb=REMOVAL)
    case = paper.case
    journal.delete(paper)
    journal.close(case, case.office)
