"""Papers kept with a case: uploaded for a step, downloaded, removed. A file is only handed out as a download, within the scope."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.cases.file import file_of
from shanghui.cases.models import CasePaper
from shanghui.cases.operations import keep_paper, remove_paper
from shanghui.kernel.attachments import plain_name
from shanghui.kernel.refusals import Refused
from shanghui.web.cases.page import case_within, show_case
from shanghui.web.cases.papers_form import PapersForm
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, found, page


@page(Act.CASE_WORK, methods=("POST",))
def case_papers(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """Keeps what was uploaded: those that may be kept are, of the others it is said why not."""
    row = case_within(visit, case)
    form = PapersForm(request.POST, request.FILES, file=file_of(row, visit.today))
    if form.is_valid() and not _keep(visit, row.pk, form):
        messages.success(request, "文件已保存。")
        return redirect("case", case=row.pk)
    return show_case(request, visit, row, form, status=422)


def _keep(visit: Visit, case: int, form: PapersForm) -> bool:
    """Whether anything was refused."""
    row = case_within(visit, case)
    for file in form.cleaned_data["papers"]:
        try:
            made = keep_paper(
                case=row, name=str(file.name), content=file.read(), by=visit.user, at=visit.now, step=form.cleaned_data["step"]
            )
        except Refused as refusal:
            form.add_error("papers", str(refusal))
        else:
            if made is None:
                form.add_error("papers", f"“{file.name}”已经在这件事里了，内容一样，不用再传。")
    return bool(form.errors)


@page(Act.CASE_VIEW, methods=("GET",))
def case_paper(request: HttpRequest, visit: Visit, case: int, case_file: int) -> HttpResponse:
    """One paper as a download; the browser neither guesses its kind nor shows it in the page."""
    kept = found(CasePaper.objects.filter(case=case_within(visit, case)), case_file)
    if not default_storage.exists(kept.stored):
        raise Http404
    with default_storage.open(kept.stored) as file:
        answer = attachment(file.read(), plain_name(kept.name), kept.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


@page(Act.CASE_WORK, methods=("POST",))
def case_paper_remove(request: HttpRequest, visit: Visit, case: int, case_file: int) -> HttpResponse:
    """Takes a paper off; the history of the page takes it back."""
    kept = found(CasePaper.objects.filter(case=case_within(visit, case)).select_related("case__office"), case_file)
    remove_paper(paper=kept, by=visit.user, at=visit.now)
    messages.success(request, f"已删除“{kept.name}”。删错了，可以在操作记录里撤销这一步。")
    return redirect("case", case=case)
