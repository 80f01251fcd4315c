"""Checking a draft on a page: the text with its marks, the findings beside it. Nothing of it is kept (M44)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.attachments import LARGEST, too_large
from shanghui.kernel.refusals import Refused
from shanghui.reports.checking.check import check_draft
from shanghui.reports.checking.drafts import Draft, read_draft
from shanghui.reports.checking.verdicts import Finding, Verdict
from shanghui.reports.ledger_checking import against_ledger, day_of
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.units import federation_options
from shanghui.web.kit.visits import Visit, found, page, show

LONGEST = 400_000
TOLD = (Verdict.WRONG, Verdict.ROUNDING)


class DraftForm(Form):
    """A draft as a file or pasted, and what it is compared with."""

    draft = forms.FileField(label="稿件", required=False, help_text="Word（.docx）或者文本（.txt），20 MB 以内；不得上传涉密内容")
    text = forms.CharField(label="或者粘贴文字", required=False, max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 10}))
    under = forms.ChoiceField(label="与台账比", required=False)
    on = DayField(label="比哪一天的数", required=False, help_text="不填就按稿件里“截至……”的那一天，没有写就是今天")

    field_order = ("draft", "text", "under", "on")

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        offices = [(str(one.value), one.words) for one in federation_options(visit)]
        self.fields["under"] = forms.ChoiceField(
            label="与台账比", required=False, choices=[("", "只核对稿件自己的数"), *offices], initial=offices[0][0] if offices else ""
        )

    def clean(self) -> dict[str, Any]:
        """The draft, read; one of file and text is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("draft")
        if file is None and not (cleaned.get("text") or "").strip():
            self.add_error("text", "请选一个稿件文件，或者把文字粘贴在这里。")
            return cleaned
        try:
            cleaned["read"] = _read(file, cleaned.get("text") or "")
        except Refused as refusal:
            self.add_error("draft", str(refusal))
        return cleaned


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `number`: of the finding that is marked here."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Line:
    """A finding as the page shows it; `url`: the records behind the figure of the ledger."""

    number: int
    finding: Finding
    stated: str
    url: str


def _read(file: Any, text: str) -> Draft:
    if file is None:
        return Draft(text.replace("\r\n", "\n"))
    if file.size > LARGEST:
        raise Refused(too_large(str(file.name), file.size))
    return read_draft(str(file.name), file.read())


@page(Act.REPORT_VIEW)
def draft_check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form, and after it was sent the draft with its findings."""
    sent = request.method == "POST"
    form = DraftForm(request.POST if sent else None, request.FILES if sent else None, visit=visit)
    if sent and form.is_valid():
        return _checked(request, visit, form.cleaned_data)
    return show(request, "reports/check.html", visit, {"form": form}, status=422 if form.is_bound else 200)


def _checked(request: HttpRequest, visit: Visit, cleaned: dict[str, Any]) -> HttpResponse:
    draft: Draft = cleaned["read"]
    day = cleaned.get("on") or day_of(draft.text) or visit.today
    unit = found(visit.scope_today().units(), int(cleaned["under"])) if cleaned.get("under") else None
    findings = check_draft(draft)
    if unit is not None:
        findings = sorted([*findings, *against_ledger(draft.text, visit.scope_today().on(day).under(unit), day)], key=lambda one: one.figure.start)
    lines = list(_lines(draft.text, findings, unit, day))
    shown = {
        "pieces": _pieces(draft.text, lines), "lines": lines, "wrong": sum(1 for one in lines if one.finding.verdict is Verdict.WRONG),
        "checked": len(findings), "unit": unit, "day": day,
    }
    return show(request, "reports/checked.html", visit, shown)


def _lines(text: str, findings: Sequence[Finding], unit: Unit | None, day: date) -> Iterator[Line]:
    told = [one for one in findings if one.verdict in TOLD]
    for number, one in enumerate(told, start=1):
        url = f"{reverse('figure', kwargs={'code': one.code})}?on={day.isoformat()}&under={unit.pk}" if one.code and unit else ""
        yield Line(number, one, text[one.figure.start : one.figure.end], url)


def _pieces(text: str, lines: Sequence[Line]) -> list[Piece]:
    """The text cut at the marks; a figure of two findings is marked once, with the first."""
    pieces, place = [], 0
    for line in lines:
        one = line.finding.figure
        if one.start < place:
            continue
        pieces += [Piece(text[place : one.start]), Piece(text[one.start : one.end], line.number)]
        place = one.end
    return [*pieces, Piece(text[place:])]
