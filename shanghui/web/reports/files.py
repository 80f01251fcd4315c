"""A report as a file: Word always, PDF where the server can."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.reports.documents.pdf import NoConverter, to_pdf
from shanghui.reports.documents.word import to_word
from shanghui.reports.queries import read
from shanghui.reports.queries import reports as reports_within
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, found, page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(Act.REPORT_VIEW, methods=("GET",))
def report_download(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """`?format=pdf` for PDF, otherwise Word; the download is noted."""
    row = found(reports_within(visit.scope_today()), report)
    written, kind, ending = to_word(read(row)), WORD, "docx"
    if request.GET.get("format") == "pdf":
        try:
            written, kind, ending = to_pdf(written), "application/pdf", "pdf"
        except NoConverter as missing:
            messages.error(request, str(missing))
            return redirect("report", report=row.pk)
    state = "" if row.snapshot_id is not None else "（草稿）"
    note(by=visit.user, at=visit.now, verb="导出", subject=row, unit=row.unit, reason=f"{ending.upper()}{state}")
    return attachment(written, f"{row.title}{state}.{ending}", kind)
