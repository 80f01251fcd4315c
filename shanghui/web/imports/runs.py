"""The list of imports, the upload, and a run's page at whatever step it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.access.queries import federations
from shanghui.exchange.models import ImportFile, ImportRun, RunState
from shanghui.exchange.operations import discard, title_of, undo_run, upload
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.templates_out import TEMPLATES
from shanghui.kernel.refusals import Refused
from shanghui.web.imports import changes, problems
from shanghui.web.imports.forms import UploadForm
from shanghui.web.imports.going import start_applying, start_reading
from shanghui.web.imports.showing import STEPS, context_of, open_errors, runs_within, to_run, totals
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, found, page, show


@page(Act.IMPORT, methods=("GET",))
def imports(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every import, newest first: state, counts, undo."""
    listed = runs_within(visit).annotate(file_count=Count("files")).prefetch_related("files").order_by("-pk")
    turned = paginate(listed.defer("reading", "corrections", "mapping"), request, size=20)
    return show(request, "imports/imports.html", visit, {"page": turned, "lines": [(run, totals(run)) for run in turned.rows]})


@page(Act.IMPORT)
def import_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The upload. Small files are read at once, large ones in the background."""
    units = federations(visit.scope_today())
    form = UploadForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        files = [SourceFile(file.name or "文件", file.read()) for file in cleaned["workbooks"]]
        run = upload(files=files, under=cleaned["under"], by=visit.user, at=visit.now, as_at=cleaned["as_at"])
        start_reading(run, visit)
        return to_run(run)
    recent = runs_within(visit).filter(state=RunState.APPLIED).prefetch_related("files").order_by("-applied_at")[:4]
    context = {"form": form, "recent": recent, "steps": STEPS,
               "templates": [(kind, one.title) for kind, one in TEMPLATES.items()]}
    return show(request, "imports/new.html", visit, context, status=422 if form.is_bound else 200)


@page(Act.IMPORT, methods=("GET",))
def import_run(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """A run at the step it stands."""
    row = found(runs_within(visit), run)
    if row.state in (RunState.READING, RunState.APPLYING):
        return show(request, "imports/going.html", visit, context_of(row))
    if row.state == RunState.PROPOSED:
        return _proposed(request, visit, row)
    if row.state == RunState.FAILED:
        return show(request, "imports/failed.html", visit, context_of(row))
    context = context_of(row) | changes.done(row) | {"acts": history(row), "may_undo": False}
    return show(request, "imports/done.html", visit, context)


def _proposed(request: HttpRequest, visit: Visit, row: ImportRun) -> HttpResponse:
    """看问题 while there are any and the visitor does not ask for 看变化; with unsolved errors 看变化 leads back."""
    counts = row.counts.get("problems", {})
    asked = request.GET.get("step", "")
    unsolved = open_errors(row) and not row.skip_errors
    first = asked not in ("changes", "problems") and (counts.get("error") or counts.get("warning") or counts.get("answered"))
    if unsolved or counts.get("answered") or asked == "problems" or (first and not row.skip_errors):
        return problems.answer_page(request, visit, row, sent_back=asked == "changes")
    return changes.answer_page(request, visit, row)


@page(Act.IMPORT, methods=("GET",))
def import_progress(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """The moving part of the page, asked for every two seconds; when it is over the page is loaded anew."""
    row = found(runs_within(visit), run)
    answer = show(request, "imports/progress.html", visit, context_of(row))
    if row.state not in (RunState.READING, RunState.APPLYING):
        answer["HX-Redirect"] = reverse("import", kwargs={"run": row.pk})
    return answer


@page(Act.IMPORT, methods=("POST",))
def import_read(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """Reads the files again: with the answers given, after a fault, or when the server was stopped meanwhile."""
    row = found(runs_within(visit), run)
    if row.state not in (RunState.READING, RunState.PROPOSED, RunState.FAILED):
        messages.error(request, "这次导入已经结束，没有再读取。")
        return to_run(row)
    start_reading(row, visit)
    return to_run(row)


@page(Act.IMPORT, methods=("POST",))
def import_apply(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """The one confirmation. Pressed twice, or by two people, it writes once."""
    row = found(runs_within(visit), run)
    try:
        start_applying(row, visit)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return to_run(row)


@page(Act.IMPORT)
def import_undo(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """Takes a run back as a unit, or says which later change stands in the way."""
    row = found(runs_within(visit), run)

    def do(cleaned: dict[str, Any]) -> str:
        undo_run(run=row, by=visit.user, at=visit.now)
        return reverse("import", kwargs={"run": row.pk})

    consequences = [
        "台账恢复到这次导入之前的样子：新增的记录撤去，改动的记录改回。",
        "以后又改过其中的记录的，不能整批撤销，会告诉您是哪一条。",
        "原文件和这一批的明细保留，撤销本身也会留下记录。",
    ]
    return answer_question(
        request, visit, question=f"撤销“{title_of(row)}”的导入？", do=do, back=reverse("import", kwargs={"run": row.pk}),
        verb="整批撤销", asks_reason=False, consequences=consequences, cancel_verb="不撤销", done="已整批撤销，台账恢复到导入之前。",
    )


@page(Act.IMPORT)
def import_discard(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """Gives a run up that was not written."""
    row = found(runs_within(visit), run)

    def do(cleaned: dict[str, Any]) -> str:
        discard(run=row, by=visit.user, at=visit.now)
        return reverse("imports")

    return answer_question(
        request, visit, question=f"放弃“{title_of(row)}”的导入？", do=do, back=reverse("import", kwargs={"run": row.pk}), verb="放弃",
        asks_reason=False, consequences=["台账没有写入任何内容，也不会写入。", "上传的原文件保留，填过的更正不保留。"],
        cancel_verb="不放弃", done="已放弃，台账没有变化。",
    )


@page(Act.IMPORT, methods=("GET",))
def import_file(request: HttpRequest, visit: Visit, run: int, file: int) -> HttpResponse:
    """The original file as it came; the download is noted."""
    row = found(runs_within(visit), run)
    kept = found(ImportFile.objects.filter(run=row).exclude(stored=""), file)
    note(by=visit.user, at=visit.now, verb="下载导入原文件", subject=row, unit=row.under, title=kept.name)
    with kept.stored.open("rb") as stored:
        return attachment(stored.read(), kept.name, "application/octet-stream")
