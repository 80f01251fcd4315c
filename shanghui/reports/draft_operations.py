"""What can happen to a draft that is kept while it is checked: kept, a finding closed or opened again, removed (M44)."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.storage import default_storage
from django.db import transaction

from shanghui.access.audit import Journal, note
from shanghui.access.models import Unit, User
from shanghui.kernel.attachments import look_into
from shanghui.kernel.filing import put_away
from shanghui.kernel.refusals import Refused
from shanghui.reports.checking.drafts import read_draft
from shanghui.reports.models import Closing, How, KeptDraft


@transaction.atomic
def keep_draft(
    *, unit: Unit, compared: Unit | None, as_at: date | None, name: str, content: bytes, by: User | None, at: datetime
) -> KeptDraft:
    """Keeps a draft of `unit`. Raises Refused for a file that cannot be read or may not be kept."""
    read_draft(name, content)
    looked_into = look_into(name, content)
    journal = Journal(by=by, at=at, verb="存入核校稿件")
    stored = put_away(looked_into, content, "drafts", at)
    made = journal.create(KeptDraft(unit=unit, compared=compared, as_at=as_at, made_at=at, made_by=by, **stored))
    journal.close(made, unit)
    return made


@transaction.atomic
def close_finding(*, draft: KeptDraft, key: str, how: How, text: str = "", words: str = "", by: User | None, at: datetime) -> Closing:
    """Closes a finding: mended (with `text` in its place), explained (with `words`), or left as it is here. Closed again, the last holds.

    Raises Refused where the mend or the explanation is missing.
    """
    if how is How.MENDED and not text.strip():
        raise Refused("请写明改成什么。")
    if how is How.EXPLAINED and not words.strip():
        raise Refused("请写一句口径说明，以后的稿件里同一句话会照此提示。")
    journal = Journal(by=by, at=at, verb=f"核校：{how.label}")
    _open(draft, key, journal)
    kept_text, kept_note = (text.strip() if how is How.MENDED else ""), words.strip()
    made = journal.create(Closing(draft=draft, key=key, how=how, text=kept_text, note=kept_note, at=at, by=by))
    journal.close(draft, draft.unit)
    return made


@transaction.atomic
def open_finding(*, draft: KeptDraft, key: str, by: User | None, at: datetime) -> None:
    """Takes the closing of a finding back."""
    journal = Journal(by=by, at=at, verb="核校：重新打开")
    _open(draft, key, journal)
    journal.close(draft, draft.unit)


def _open(draft: KeptDraft, key: str, journal: Journal) -> None:
    for closing in draft.closings.filter(key=key):
        journal.delete(closing)


@transaction.atomic
def remove_draft(*, draft: KeptDraft, by: User | None, at: datetime) -> None:
    """Removes a draft and its file for good; what was explained goes with it. Only that it was removed stays on record."""
    note(by=by, at=at, verb="删除核校稿件", subject=draft, unit=draft.unit)
    stored = draft.stored
    draft.delete()
    transaction.on_commit(lambda: default_storage.delete(stored))
