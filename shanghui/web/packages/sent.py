"""Submissions of ours: drafted, checked, sent as one file, answered by a receipt (M46)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.access.queries import federations
from shanghui.exchange.packages.models import Correspondent, Rows, Sent, Submission
from shanghui.exchange.packages.operations import (
    card_of,
    check_submission,
    draft_submission,
    drop_submission,
    send_submission,
    take_receipt,
)
from shanghui.exchange.packages.queries import file_of, submissions
from shanghui.kernel.columns import Column
from shanghui.web.kit.answers import Crumbs, answer_form, answer_question
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import ListPage, answer_list, attachment
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.packages.forms import FileForm, SubmissionForm

BINARY = "application/octet-stream"
COLUMNS = (
    Column("unit", "上报单位", lambda one: one.unit.name, sort="unit__name", width=24),
    Column("as_at", "数据截至", lambda one: one.as_at, sort="as_at"), Column("version", "版次", lambda one: f"第{one.version}版"),
    Column("receiver", "报给", lambda one: one.receiver.name, width=24),
    Column("rows", "内容", lambda one: one.get_rows_display(), width=20), Column("state", "状态", lambda one: one.get_state_display()),
    Column("sent_at", "报送时间", lambda one: one.sent_at, sort="sent_at"),
)


@page(Act.REPORT_VIEW, methods=("GET",))
def submissions_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was sent up, the latest first."""
    new, may = reverse("submission-new"), visit.may(Act.REPORT_MAKE)
    return answer_list(request, visit, ListPage(
        title="上报", rows=submissions(visit.scope_today()), columns=COLUMNS, export=False, unit="次", dated=False,
        shown=[column.key for column in COLUMNS], small=("as_at", "state"), link=row_link("submission", "submission"),
        actions=[
            *([(new, "上报一次", "plus"), (reverse("receipt-new"), "登记回执", "file-text")] if may else []),
            (reverse("received"), "收到的上报", "file-text"), (reverse("correspondents"), "往来单位", "users-group"),
        ],
        empty_title="还没有上报过", empty_text="数字由台账算好、核验、签名，导出成一个文件，网上发或者用光盘送都行；上级平台核对后给回执。",
        empty_action=(new, "上报一次") if may else None,
    ))


@page(Act.REPORT_MAKE)
def submission_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Which unit, day, receiver and rows; then its page."""
    receivers = Correspondent.objects.filter(unit=None, until=None).order_by("pk")
    form = SubmissionForm(request.POST or None, units=federations(visit.scope_today()), receivers=receivers, today=visit.today)

    def do(cleaned: dict[str, Any]) -> str:
        made = draft_submission(**cleaned | {"rows": Rows(cleaned["rows"])}, by=visit.user, at=visit.now)
        return _address("submission", check_submission(submission=made, by=visit.user, at=visit.now))

    return answer_form(
        request, visit, form, do=do, heading="上报一次", back=reverse("submissions"), verb="核验", done="", crumbs=_crumbs("上报一次"),
        notes=[] if receivers else ["还没有登记上级单位。请先在“往来单位”里登记上级发来的名片。"],
    )


@page(Act.REPORT_VIEW, methods=("GET",))
def submission(request: HttpRequest, visit: Visit, submission: int) -> HttpResponse:
    """Where a submission stands, what the check said, the figures as they were checked."""
    row = _row(visit, submission)
    may = visit.may(Act.REPORT_MAKE) and visit.scope_today(Act.REPORT_MAKE).contains(row.unit_id)
    kept = list(row.snapshot.figures.order_by("pk")) if row.snapshot else []
    context = {
        "row": row, "may_make": may, "is_open": row.state in (Sent.DRAFT, Sent.CHECKED), "figures": kept, "acts": history(row),
        "where": f"?on={row.as_at.isoformat()}&under={row.unit_id}",
    }
    return show(request, "packages/submission.html", visit, context)


@page(Act.REPORT_MAKE)
def submission_check(request: HttpRequest, visit: Visit, submission: int) -> HttpResponse:
    """The figures are taken again as the ledger stands now."""
    row = _row(visit, submission)

    def do(cleaned: dict[str, Any]) -> str:
        return _address("submission", check_submission(submission=row, by=visit.user, at=visit.now))

    return answer_question(
        request, visit, question=f"再核验一次“{row}”？", do=do, back=_address("submission", row), verb="核验", asks_reason=False,
        consequences=["数字按现在的台账重新取，原来核验的作废。"],
    )


@page(Act.REPORT_MAKE)
def submission_send(request: HttpRequest, visit: Visit, submission: int) -> HttpResponse:
    """Asks once, then signs the file."""
    row = _row(visit, submission)

    def do(cleaned: dict[str, Any]) -> str:
        return _address("submission", send_submission(submission=row, sender=card_of(row.unit), by=visit.user, at=visit.now))

    return answer_question(
        request, visit, question=f"向“{row.receiver}”报送“{row}”？", do=do, back=_address("submission", row), verb="签名并生成文件",
        asks_reason=False, done="已签名。请下载文件发给上级。", consequences=[
            *(f"核验意见：{remark}" for remark in row.remarks[:10]),
            f"内容：{row.get_rows_display()}；{'加密，只有收件单位打得开' if row.encrypted else '不加密，拿到文件的人都看得到内容'}。",
            "报送以后不能再改；要更正，请另报一版。",
        ],
    )


@page(Act.REPORT_MAKE)
def submission_drop(request: HttpRequest, visit: Visit, submission: int) -> HttpResponse:
    """A version that was not sent is removed."""
    row = _row(visit, submission)

    def do(cleaned: dict[str, Any]) -> str:
        drop_submission(submission=row, by=visit.user, at=visit.now)
        return reverse("submissions")

    return answer_question(
        request, visit, question=f"删去“{row}”？", do=do, back=_address("submission", row), verb="删去", asks_reason=False, done="已删去。"
    )


@page(Act.REPORT_MAKE, methods=("GET",))
def submission_download(request: HttpRequest, visit: Visit, submission: int) -> HttpResponse:
    """The signed file; the download is noted."""
    row = _row(visit, submission)
    if not row.stored:
        raise Http404
    note(by=visit.user, at=visit.now, verb="导出", subject=row, unit=row.unit, reason=row.get_rows_display())
    return attachment(file_of(row), f"{row.unit.name}_{row.as_at}_第{row.version}版.shpkg", BINARY)


@page(Act.REPORT_MAKE)
def receipt_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A receipt from above is entered; it finds its submission by itself."""
    form = FileForm(request.POST or None, request.FILES or None)

    def do(cleaned: dict[str, Any]) -> str:
        closed = take_receipt(content=cleaned["file"], by=visit.user, at=visit.now)
        return _address("submission", closed)

    return answer_form(
        request, visit, form, do=do, heading="登记回执", back=reverse("submissions"), verb="登记", done="回执已登记。", crumbs=_crumbs("登记回执")
    )


def _row(visit: Visit, pk: int) -> Submission:
    return found(submissions(visit.scope_today()), pk)


def _address(name: str, row: Submission) -> str:
    return reverse(name, kwargs={"submission": row.pk})


def _crumbs(last: str) -> Crumbs:
    return [("上报", reverse("submissions")), (last, "")]
