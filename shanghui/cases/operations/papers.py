"""Keeping and removing the papers of a case. A removed paper's file stays, so that the removal can be taken back."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.cases.models import Case, CasePaper
from shanghui.kernel.attachments import media_type
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.operations.papers import plain_name

MOST = 30
"""Papers that one case may have."""
REMOVAL = "删除文件"


@transaction.atomic
def keep_paper(*, case: Case, name: str, content: bytes, by: User | None, at: datetime, step: str = "") -> CasePaper | None:
    """Keeps a paper; None when the same content is kept already. Raises Unfit for what a file may not be, Refused for one too many."""
    name = plain_name(name)
    kind, digest = media_type(name, content), hashlib.sha256(content).hexdigest()
    kept = case.papers.values_list("sha256", flat=True)
    if digest in kept:
        return None
    if len(kept) >= MOST:
        raise Refused(f"一件事最多放 {MOST} 个文件。请先删去不用的。")
    place = f"papers/{localtime(at):%Y/%m}/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"
    stored = default_storage.save(place, ContentFile(content))
    journal = Journal(by=by, at=at, verb="上传文件")
    made = journal.create(
        CasePaper(case=case, step=step, name=name, media_type=kind, size=len(content), sha256=digest, stored=stored)
    )
    journal.close(case, case.office)
    return made


@transaction.atomic
def remove_paper(*, paper: CasePaper, by: User | None, at: datetime) -> None:
    """Takes a paper off a case."""
    journal = Journal(by=by, at=at, verb=REMOVAL)
    case = paper.case
    journal.delete(paper)
    journal.close(case, case.office)
