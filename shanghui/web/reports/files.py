"""A report as a file: Word always, PDF where the server can."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.kernel.word_templates.rendering import Unfillable
from shanghui.reports.documents.pdf import NoConverter, to_pdf
from shanghui.reports.queries import read
from shanghui.reports.queries import reports as reports_within
from shanghui.reports.word_templates.filling import report_to_word, template_of
from shanghui.reports.word_templates.models import WordTemplate
from shanghui.reports.word_templates.queries import Damaged
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, found, page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def by_template(template: WordTemplate | None) -> str:
    """«，云泽市工商联的模板第2版», nothing for the platform's own."""
    return f"，{template.unit.name}的模板第{template.version}版" if template else ""


@page(Act.REPORT_READ, methods=("GET",))
def report_download(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """`?format=pdf` for PDF, otherwise Word; the download is noted."""
    row = found(reports_within(visit.scope_today()), report)
    template = template_of(row, visit.today)
    try:
        written, kind, ending = report_to_word(read(row), row, template), WORD, "docx"
        if request.GET.get("format") == "pdf":
            written, kind, ending = to_pdf(written), "application/pdf", "pdf"
    except (NoConverter, Damaged, Unfillable) as refusal:
        messages.error(request, str(refusal))
        return redirect("report", report=row.pk)
    state = "" if row.snapshot_id is not None else "（草稿）"
    note(by=visit.user, at=visit.now, verb="导出", subject=row, unit=row.unit, reason=f"{ending.upper()}{state}{by_template(template)}")
    return attachment(written, f"{row.title}{state}.{ending}", kind)
