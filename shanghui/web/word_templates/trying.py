"""A version tried before it is put in force: with sample words, or with a report or a case of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.kernel.refusals import Refused
from shanghui.reports.documents.pdf import to_pdf
from shanghui.reports.word_templates.filling import fill_sample
from shanghui.reports.word_templates.operations import title_of
from shanghui.reports.word_templates.queries import file_of, visible
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.word_templates.sources import filled_with, sources
from shanghui.web.word_templates.views import WORD, document_with, unit_asked


@page(Act.TEMPLATES_VIEW, methods=("GET",))
def template_try(request: HttpRequest, visit: Visit, template: int) -> HttpResponse:
    """`?of=` a report or case by its key, «now» for one compiled at once, else sample words; `?format=pdf` for PDF. Real facts handed out are noted."""
    row = found(visible(visit.scope_today()), template)
    document, asked = document_with(row.document), request.GET.get("of", "")
    source = next((one for one in sources(visit, document, unit_asked(request, visit)) if one.key == asked), None)
    if asked and source is None:
        raise Http404
    written, kind, ending = b"", WORD, "docx"
    try:
        content = file_of(row)
        if source is not None:
            written = filled_with(visit, document, content, source)
        else:
            written = fill_sample(content, document, document.fields(unit_asked(request, visit), visit.today))
        if request.GET.get("format") == "pdf":
            written, kind, ending = to_pdf(written), "application/pdf", "pdf"
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("template", template=row.pk)
    if source is not None:
        note(by=visit.user, at=visit.now, verb="试填 Word 模板", subject=row, unit=source.unit, reason=source.unnamed, title=title_of(row))
    return attachment(written, f"{document.title}（第{row.version}版试填）.{ending}", kind)
