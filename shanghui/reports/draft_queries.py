"""What one may ask about drafts: what was found in them, what was done about it, and the mended file (M44)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.storage import default_storage

from shanghui.access.scope import Scope
from shanghui.reports.checking.check import check_draft
from shanghui.reports.checking.drafts import Draft, read_draft
from shanghui.reports.checking.figures import plain
from shanghui.reports.checking.marking import Mark, marked, text_marked
from shanghui.reports.checking.verdicts import Finding, Verdict
from shanghui.reports.ledger_checking import against_ledger, day_of
from shanghui.reports.models import Closing, How, KeptDraft, KeptDraftQuerySet

TOLD = (Verdict.WRONG, Verdict.ROUNDING)


@dataclass(frozen=True)
class Told:
    """A finding the office is told of. `closing`: what was done about it here, or the explanation remembered from another draft."""

    finding: Finding
    key: str
    stated: str
    closing: Closing | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer: mere rounding does not."""
        return self.closing is None and self.finding.verdict is Verdict.WRONG


@dataclass(frozen=True)
class Checked:
    """A draft that was checked: its text, what is told, how many claims were checked at all, as at which day."""

    draft: Draft
    told: Sequence[Told]
    claims: int
    day: date | None

    @property
    def open(self) -> int:
        """How many findings wait for an answer."""
        return sum(1 for one in self.told if one.is_open)


def kept_drafts(scope: Scope) -> KeptDraftQuerySet:
    """Drafts kept by units within the scope, the latest first."""
    return KeptDraft.objects.within(scope).select_related("unit", "compared", "made_by").order_by("-made_at", "-pk")


def findings(draft: Draft, scope: Scope | None, day: date) -> list[Finding]:
    """The findings of a draft by its own arithmetic and, with a scope, against its ledger as at the day."""
    ledger = against_ledger(draft.text, scope, day) if scope is not None else ()
    return sorted([*check_draft(draft), *ledger], key=lambda one: (one.figure.start, one.type))


def check_kept(kept: KeptDraft, scope: Scope, today: date) -> Checked:
    """A kept draft checked as the ledger and the rules of the checker stand now. `scope`: what the visitor may see."""
    draft = read_draft(kept.name, content_of(kept))
    day = kept.as_at or day_of(draft.text) or today
    compared = scope.on(day).under(kept.compared) if kept.compared is not None else None
    return told_of(draft, findings(draft, compared, day), day, kept)


def told_of(draft: Draft, found: Sequence[Finding], day: date | None, kept: KeptDraft | None = None) -> Checked:
    """What the office is told of the findings, each with what was done about it: a figure that was mended is done with whatever was
    said about it. One key stands once."""
    told = {key_of(draft.text, one): one for one in found if one.verdict in TOLD}
    closings = _closings(told, kept) if kept is not None else {}
    mended = {told[key].figure.start: one for key, one in closings.items() if one.how == How.MENDED}
    listed = [
        Told(one, key, draft.text[one.figure.start : one.figure.end], closings.get(key) or mended.get(one.figure.start))
        for key, one in told.items()
    ]
    return Checked(draft, listed, len(found), day)


def key_of(text: str, finding: Finding) -> str:
    """The same for the same claim in the same sentence, wherever it stands and however it is spaced."""
    shown = plain(text)
    start = max(shown.rfind(mark, 0, finding.figure.start) for mark in "。！？\n") + 1
    ends = [place for mark in "。！？\n" if (place := shown.find(mark, finding.figure.end)) >= 0]
    sentence = re.sub(r"\s", "", shown[start : min(ends, default=len(shown))])
    within = len(re.sub(r"\s", "", shown[start : finding.figure.start]))
    return hashlib.sha256(f"{finding.type}|{finding.code}|{within}|{sentence}".encode()).hexdigest()


def _closings(keys: Iterable[str], kept: KeptDraft) -> dict[str, Closing]:
    """By key: what was done here; else the latest explanation in another draft of the unit."""
    wanted = list(keys)
    explained = Closing.objects.filter(draft__unit=kept.unit_id, how=How.EXPLAINED, key__in=wanted).select_related("by").order_by("at")
    here = kept.closings.filter(key__in=wanted).select_related("by")
    return {one.key: one for one in [*explained, *here]}


def content_of(kept: KeptDraft) -> bytes:
    """The bytes of a kept draft as they were uploaded."""
    with default_storage.open(kept.stored) as file:
        return bytes(file.read())


def mended_file(kept: KeptDraft, checked: Checked, at: datetime) -> bytes:
    """The draft as Word: what was mended as tracked changes, what is open or explained as comments; the layout untouched."""
    marks = [mark for one in checked.told if (mark := _mark(one)) is not None]
    if kept.name.lower().endswith(".docx"):
        return marked(kept.name, content_of(kept), marks, at)
    return text_marked(checked.draft, marks, at)


def _mark(one: Told) -> Mark | None:
    figure, closing = one.finding.figure, one.closing
    said = f"{one.finding.verdict.word}：{one.finding.message}"
    if closing is None:
        return Mark(figure.start, figure.end, said) if one.is_open else None
    if closing.how == How.MENDED:
        return Mark(figure.start, figure.end, said, closing.text)
    return Mark(figure.start, figure.end, f"口径说明：{closing.note}") if closing.how == How.EXPLAINED else None
