"""Drafts kept while they are checked: the list, one with its findings, each closed, the mended Word file (M44)."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.kernel.columns import Column
from shanghui.reports.checking.verdicts import Verdict
from shanghui.reports.draft_operations import close_finding, open_finding, remove_draft
from shanghui.reports.draft_queries import Checked, Told, check_kept, kept_drafts, mended_file
from shanghui.reports.models import How, KeptDraft
from shanghui.web.kit.answers import Crumbs, answer_form, answer_question
from shanghui.web.kit.forms import Form
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import ListPage, answer_list, attachment
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.reports.checking import shown_of
from shanghui.web.reports.files import WORD

COLUMNS = (
    Column("name", "稿件", lambda one: one.name, sort="name", width=40),
    Column("unit", "单位", lambda one: one.unit.name, sort="unit__name", width=24),
    Column("compared", "与台账比", lambda one: one.compared.name if one.compared else "只核对自己的数"),
    Column("made_at", "存入时间", lambda one: one.made_at, sort="made_at"),
    Column("made_by", "经办", lambda one: one.made_by.display_name if one.made_by else "系统管理命令"),
)


class ClosingForm(Form):
    """What is done about a finding."""

    how = forms.ChoiceField(label="怎么处理", choices=How.choices, widget=forms.RadioSelect)
    text = forms.CharField(label="改成", required=False, max_length=60, help_text="选“改稿”时填，导出的 Word 里写成修订")
    note = forms.CharField(
        label="说明", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="选“口径说明”时必填：为什么这样写也对。以后的稿件里出现同一句话，会照此提示",
    )

    def clean(self) -> dict[str, Any]:
        """A mend needs its text, an explanation its words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("how") == How.MENDED and not (cleaned.get("text") or "").strip():
            self.add_error("text", "请写明改成什么。")
        if cleaned.get("how") == How.EXPLAINED and not (cleaned.get("note") or "").strip():
            self.add_error("note", "请写一句口径说明。")
        return cleaned


@page(Act.REPORT_VIEW, methods=("GET",))
def checked_drafts(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The kept drafts of one's units, the latest first."""
    check = reverse("draft-check")
    return answer_list(request, visit, ListPage(
        title="核校过的稿件", rows=kept_drafts(visit.scope_today()), columns=COLUMNS, export=False, unit="份", dated=False,
        shown=[column.key for column in COLUMNS], small=("name", "made_at"), link=row_link("checked-draft", "checked"),
        actions=[(check, "核校一份", "checklist")], empty_title="还没有存下来的稿件",
        empty_text="核校时选“核对并保存”，就能逐处处理、导出带修订和批注的 Word。", empty_action=(check, "核校稿件"),
    ))


@page(Act.REPORT_VIEW, methods=("GET",))
def checked_draft(request: HttpRequest, visit: Visit, checked: int) -> HttpResponse:
    """A kept draft, checked as the ledger stands now."""
    row = _row(visit, checked)
    result = check_kept(row, visit.scope_today(), visit.today)
    may = visit.may(Act.REPORT_MAKE) and visit.scope_today(Act.REPORT_MAKE).contains(row.unit_id)
    context = shown_of(result, row.compared) | {"kept": row, "may_make": may, "acts": history(row)}
    return show(request, "reports/checked.html", visit, context)


@page(Act.REPORT_MAKE)
def checked_finding(request: HttpRequest, visit: Visit, checked: int, finding_key: str) -> HttpResponse:
    """One finding is closed."""
    row = _row(visit, checked)
    told = _told(row, visit, finding_key)
    initial = {"how": How.MENDED, "text": told.finding.expected if told.finding.verdict is Verdict.WRONG else ""}
    if told.closing is not None:
        initial = {"how": How(told.closing.how), "text": told.closing.text or initial["text"], "note": told.closing.note}
    form = ClosingForm(request.POST or None, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        close_finding(
            draft=row, key=told.key, how=How(cleaned["how"]), text=cleaned["text"], words=cleaned["note"], by=visit.user, at=visit.now
        )
        return _address("checked-draft", row)

    return answer_form(
        request, visit, form, do=do, heading=f"“{told.stated}”", back=_address("checked-draft", row), done="",
        lead=f"{told.finding.verdict.word}：{told.finding.message}", crumbs=_crumbs("处理一处", row),
    )


@page(Act.REPORT_MAKE, methods=("POST",))
def checked_finding_open(request: HttpRequest, visit: Visit, checked: int, finding_key: str) -> HttpResponse:
    """A closed finding is opened again."""
    row = _row(visit, checked)
    open_finding(draft=row, key=finding_key, by=visit.user, at=visit.now)
    return redirect(_address("checked-draft", row))


@page(Act.REPORT_VIEW, methods=("GET",))
def checked_draft_download(request: HttpRequest, visit: Visit, checked: int) -> HttpResponse:
    """The draft as Word with its mends and comments; the download is noted."""
    row = _row(visit, checked)
    result: Checked = check_kept(row, visit.scope_today(), visit.today)
    written = mended_file(row, result, visit.now)
    note(by=visit.user, at=visit.now, verb="导出", subject=row, unit=row.unit, reason="带修订和批注的 Word")
    return attachment(written, f"{PurePath(row.name).stem}（核校）.docx", WORD)


@page(Act.REPORT_MAKE)
def checked_draft_remove(request: HttpRequest, visit: Visit, checked: int) -> HttpResponse:
    """Asks once, then removes the draft for good."""
    row = _row(visit, checked)

    def do(cleaned: dict[str, Any]) -> str:
        remove_draft(draft=row, by=visit.user, at=visit.now)
        return reverse("checked-drafts")

    return answer_question(
        request, visit, question=f"删除“{row.name}”？", do=do, back=_address("checked-draft", row), verb="删除", asks_reason=False,
        done="已删除。", consequences=["稿件和处理结果都删掉，不能恢复；在这份稿件里写的口径说明以后不再提示。"],
    )


def _row(visit: Visit, pk: int) -> KeptDraft:
    return found(kept_drafts(visit.scope_today()), pk)


def _told(row: KeptDraft, visit: Visit, key: str) -> Told:
    told = check_kept(row, visit.scope_today(), visit.today).told
    one = next((one for one in told if one.key == key), None)
    if one is None:
        raise Http404
    return one


def _address(name: str, row: KeptDraft) -> str:
    return reverse(name, kwargs={"checked": row.pk})


def _crumbs(last: str, row: KeptDraft) -> Crumbs:
    return [("报告", reverse("reports")), ("核校过的稿件", reverse("checked-drafts")), (row.name, _address("checked-draft", row)), (last, "")]
