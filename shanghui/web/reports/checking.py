"""Checking a draft on a page: the text with its marks, the findings beside it. Nothing of it is kept unless asked for (M44)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.access.queries import federations
from shanghui.kernel.attachments import LARGEST, too_large
from shanghui.kernel.refusals import Refused
from shanghui.reports.checking.drafts import Draft, read_draft
from shanghui.reports.checking.verdicts import Verdict
from shanghui.reports.draft_operations import keep_draft
from shanghui.reports.draft_queries import Checked, Told, findings, told_of
from shanghui.reports.ledger_checking import day_of
from shanghui.reports.models import How
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.units import federation_options
from shanghui.web.kit.visits import Visit, found, page, show

LONGEST = 400_000
PASTED = "粘贴的文字.txt"


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
        if "draft" in self.errors:
            return cleaned
        if file is None and not (cleaned.get("text") or "").strip():
            self.add_error("text", "请选一个稿件文件，或者把文字粘贴在这里。")
            return cleaned
        try:
            cleaned["name"], cleaned["content"] = _sent(file, cleaned.get("text") or "")
            cleaned["read"] = read_draft(cleaned["name"], cleaned["content"])
        except Refused as refusal:
            self.add_error("draft", str(refusal))
        return cleaned


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `number`: of the finding that is marked here; `instead`: what it was mended to."""

    text: str
    number: int = 0
    instead: str = ""


@dataclass(frozen=True)
class Line:
    """A finding as the page shows it; `url`: the records behind the figure of the ledger."""

    number: int
    told: Told
    url: str


def _sent(file: Any, text: str) -> tuple[str, bytes]:
    """(name, bytes) of what was sent: the file, or the pasted text as a file."""
    if file is None:
        return PASTED, text.replace("\r\n", "\n").encode()
    if file.size > LARGEST:
        raise Refused(too_large(str(file.name), file.size))
    return str(file.name), file.read()


@page(Act.REPORT_VIEW)
def draft_check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form, and after it was sent the draft with its findings."""
    sent = request.method == "POST"
    form = DraftForm(request.POST if sent else None, request.FILES if sent else None, visit=visit)
    if sent and form.is_valid():
        if "keep" in request.POST and visit.may(Act.REPORT_MAKE):
            return _kept(visit, form)
        return _checked(request, visit, form.cleaned_data)
    shown = {"form": form, "may_keep": visit.may(Act.REPORT_MAKE)}
    return show(request, "reports/check.html", visit, shown, status=422 if form.is_bound else 200)


def _kept(visit: Visit, form: DraftForm) -> HttpResponse:
    cleaned = form.cleaned_data
    compared = _compared(visit, cleaned)
    made = keep_draft(
        unit=compared or federations(visit.scope_today(Act.REPORT_MAKE))[0], compared=compared, as_at=cleaned.get("on"),
        name=cleaned["name"], content=cleaned["content"], by=visit.user, at=visit.now,
    )
    return redirect("checked-draft", checked=made.pk)


def _compared(visit: Visit, cleaned: dict[str, Any]) -> Unit | None:
    return found(visit.scope_today().units(), int(cleaned["under"])) if cleaned.get("under") else None


def _checked(request: HttpRequest, visit: Visit, cleaned: dict[str, Any]) -> HttpResponse:
    draft: Draft = cleaned["read"]
    day = cleaned.get("on") or day_of(draft.text) or visit.today
    unit = _compared(visit, cleaned)
    scope = visit.scope_today().on(day).under(unit) if unit is not None else None
    return show(request, "reports/checked.html", visit, shown_of(told_of(draft, findings(draft, scope, day), day), unit))


def shown_of(checked: Checked, unit: Unit | None) -> dict[str, Any]:
    """What the page of a checked draft shows: the text cut at its marks, and the findings with their links."""
    lines = list(_lines(checked, unit))
    return {
        "pieces": _pieces(checked.draft.text, lines), "lines": lines, "checked": checked, "unit": unit, "day": checked.day,
        "wrong": sum(1 for one in checked.told if one.finding.verdict is Verdict.WRONG),
    }


def _lines(checked: Checked, unit: Unit | None) -> Iterator[Line]:
    for number, one in enumerate(checked.told, start=1):
        code = one.finding.code
        url = f"{reverse('figure', kwargs={'code': code})}?on={checked.day}&under={unit.pk}" if code and unit else ""
        yield Line(number, one, url)


def _pieces(text: str, lines: Sequence[Line]) -> list[Piece]:
    """The text cut at the marks, with what was mended; a figure of two findings is marked once, with the first."""
    pieces, place = [], 0
    for line in lines:
        one, closing = line.told.finding.figure, line.told.closing
        if one.start < place:
            continue
        instead = closing.text if closing and closing.how == How.MENDED else ""
        pieces += [Piece(text[place : one.start]), Piece(text[one.start : one.end], line.number, instead)]
        place = one.end
    return [*pieces, Piece(text[place:])]
