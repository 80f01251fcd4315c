"""Papers of an activity: uploaded, downloaded, removed. A file is only handed out as a download, within the scope."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.kernel.attachments import plain_name
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, Attachment
from shanghui.ledger.activities.operations import keep_paper, remove_paper
from shanghui.web.activities import pages
from shanghui.web.activities.lists import changeable_hosts
from shanghui.web.activities.papers_form import PapersForm
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, found, page


def _changeable(visit: Visit, activity: int) -> Activity:
    """An activity of which one records for a host."""
    row = found(Activity.objects.within(visit.scope_today()), activity)
    if not changeable_hosts(visit, list(row.hosts.values_list("unit_id", flat=True))):
        raise Http404
    return row


@page(Act.ACTIVITY_CHANGE, methods=("POST",))
def activity_papers(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Keeps what was uploaded: those that may be kept are, of the others it is said why not."""
    row = _changeable(visit, activity)
    form = PapersForm(request.POST, request.FILES)
    if form.is_valid() and not _keep(visit, row, form):
        messages.success(request, "附件已保存。")
        return redirect("activity", activity=row.pk)
    return pages.show_activity(request, visit, pages.facts_of(visit, row.pk), form, status=422)


def _keep(visit: Visit, row: Activity, form: PapersForm) -> bool:
    """Whether anything was refused."""
    for file in form.cleaned_data["papers"]:
        try:
            keep_paper(activity=row, name=str(file.name), content=file.read(), by=visit.user, at=visit.now)
        except Refused as refusal:
            form.add_error("papers", str(refusal))
    return bool(form.errors)


@page(Act.LEDGER_VIEW, methods=("GET",))
def activity_paper(request: HttpRequest, visit: Visit, activity: int, paper: int) -> HttpResponse:
    """One paper as a download; the browser neither guesses its kind nor shows it in the page."""
    row = found(Activity.objects.within(visit.scope_today()), activity)
    kept = found(Attachment.objects.filter(activity=row), paper)
    if not default_storage.exists(kept.stored):
        raise Http404
    with default_storage.open(kept.stored) as file:
        answer = attachment(file.read(), plain_name(kept.name), kept.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


@page(Act.ACTIVITY_CHANGE, methods=("POST",))
def activity_paper_remove(request: HttpRequest, visit: Visit, activity: int, paper: int) -> HttpResponse:
    """Takes a paper off; the history of the page takes it back."""
    row = _changeable(visit, activity)
    kept = found(Attachment.objects.filter(activity=row).select_related("activity"), paper)
    remove_paper(paper=kept, by=visit.user, at=visit.now)
    messages.success(request, f"已删除附件“{kept.name}”。删错了，可以在操作记录里撤销这一步。")
    return redirect("activity", activity=row.pk)
