"""看问题: what must be put right, what should be looked at; and the answers to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shanghui.access.acts import Act
from shanghui.exchange.answering import answer, leave_errors_out
from shanghui.exchange.answers import PERSON, SEEN, SKIP, VALUE, Answer, Place
from shanghui.exchange.models import ImportRow, ImportRun, Outcome
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.queries import people
from shanghui.web.imports.changes import place_of
from shanghui.web.imports.going import is_small, start_reading
from shanghui.web.imports.proposing import offer, sentence
from shanghui.web.imports.showing import context_of, runs_within, to_run
from shanghui.web.kit.links import address_of
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, found, page, show

SHOWN = 40
_ORDER = Case(When(worst="error", then=Value(0)), default=Value(1), output_field=IntegerField())


def answer_page(request: HttpRequest, visit: Visit, run: ImportRun, *, sent_back: bool) -> HttpResponse:
    """The problems, errors first. `sent_back`: the visitor wanted to go on, and must be told why not yet."""
    rows = run.rows.filter(Q(worst="error") | Q(worst="warning")).exclude(outcome=Outcome.UNKEPT).order_by(_ORDER, "pk")
    turned = paginate(rows, request, size=SHOWN)
    several = run.files.count() > 1
    listed = [one for row in turned.rows for one in _open(run, row, several)]
    _name_people(visit, listed)
    must = [one for one in listed if one["must"]]
    context = context_of(run) | {"page": turned, "problems": listed, "must": must[:8], "sent_back": sent_back and bool(must)}
    return show(request, "imports/problems.html", visit, context, status=422 if context["sent_back"] else 200)


def _open(run: ImportRun, row: ImportRow, several: bool) -> list[dict[str, Any]]:
    return [
        _shown(run, row, number, problem, several)
        for number, problem in enumerate(row.detail["problems"])
        if problem["severity"] != "info" and not problem.get("seen") and not problem.get("answered")
    ]


def _shown(run: ImportRun, row: ImportRow, number: int, problem: dict[str, Any], several: bool) -> dict[str, Any]:
    title, text = sentence(problem)
    value = problem.get("value")
    if value and str(value) not in title:
        text = f"表里写的是“{value}”。{text}"
    tab = _tab(run, row, problem)
    if tab:
        text = format_html('{}<a href="{}?at={}">指明各列是什么</a>', text, reverse("import-mapping", kwargs={"run": run.pk}), tab)
    place = place_of(row, problem.get("column") or "") or row.file
    proposed, answers = offer(problem, in_row=bool(row.kind))
    return {
        "id": f"{row.pk}-{number}", "must": problem["severity"] == "error", "title": title, "text": text,
        "place": "，".join(part for part in (row.file if several and row.sheet else "", place, row.title if row.kind else "") if part),
        "proposed": proposed, "answers": answers, "people": problem.get("people", []),
        "answer_url": reverse("import-answer", kwargs={"run": run.pk}) if answers or proposed is not None else "",
    }


def _tab(run: ImportRun, row: ImportRow, problem: dict[str, Any]) -> str:
    """Where a person can say what the columns of a sheet are that nobody recognised."""
    if problem["kind"] != "sheet_unrecognised":
        return ""
    skipped = enumerate(run.reading.get("skipped", []))
    return next((f"s{n}" for n, e in skipped if (e["file"], e["sheet"]) == (row.file, row.sheet) and e["width"] > 1), "")


def _name_people(visit: Visit, listed: list[dict[str, Any]]) -> None:
    """Links to the people a name may stand for: those the visitor may see."""
    wanted = {pk for one in listed for pk in one["people"]}
    known = {person.pk: person for person in people(visit.scope_today(Act.PEOPLE_VIEW), visit.today).filter(pk__in=wanted)} if wanted else {}
    for one in listed:
        seen = [known[pk] for pk in one["people"] if pk in known]
        if seen:
            links = [_link(person, number if len(seen) > 1 else 0) for number, person in enumerate(seen, 1)]
            one["text"] = format_html("{} 台账里的是：{}", one["text"], SafeString("、").join(links))
            verbs = [f"就是第 {number} 位" for number in range(1, len(seen) + 1)] if len(seen) > 1 else ["就是这一位"]
            one["answers"] = [*((f"person:{row.pk}", verb) for row, verb in zip(seen, verbs, strict=True)), *one["answers"]]


def _link(person: Any, number: int) -> SafeString:
    words = f"{number}. {person.name}" if number else person.name
    return format_html('<a href="{}">{}（{}）</a>', address_of(person), words, person.branch_name or "没有所在支部")


@page(Act.IMPORT, methods=("POST",))
def import_answer(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """One answer: use this value, this person, leave the row out, seen; or leave out all rows with errors."""
    row = found(runs_within(visit), run)
    chosen = request.POST.get("answer", "use")
    try:
        if chosen in ("leave-errors", "keep-errors"):
            leave_errors_out(run=row, chosen=chosen == "leave-errors")
            return to_run(row, "changes" if chosen == "leave-errors" else "problems")
        said = _answer_one(row, chosen, request.POST)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if chosen != SEEN and is_small(row):
            start_reading(row, visit)
        messages.success(request, said)
    return to_run(row, "problems")


def _answer_one(run: ImportRun, chosen: str, sent: Any) -> str:
    """Keeps it, and says what was done."""
    pk, _, number = sent.get("problem", "").partition("-")
    kept = run.rows.filter(pk=int(pk)).first() if pk.isdecimal() and number.isdecimal() else None
    problems = kept.detail["problems"] if kept else []
    if kept is None or int(number) >= len(problems):
        raise Refused("这一处已经处理过了，下面是现在还要看的。")
    given, said = _given(kept, problems[int(number)], chosen, sent.get("value", ""))
    answer(run=run, row=kept, number=int(number), given=given)
    return said


def _given(row: ImportRow, problem: dict[str, Any], chosen: str, value: str) -> tuple[Answer, str]:
    cell = Place(row.file, row.sheet, problem.get("row"), problem.get("column"))
    where = place_of(row, problem.get("column") or "")
    if chosen == SKIP:
        return Answer(SKIP, Place(row.file, row.sheet, row.row, row.column or None)), f"{where}：这一行先不导入。"
    if chosen == "skip-other" and problem.get("other_row"):
        return Answer(SKIP, Place(row.file, row.sheet, problem["other_row"])), f"第 {problem['other_row']} 行先不导入。"
    if chosen == SEEN:
        return Answer(SEEN, cell, problem=problem["kind"]), f"{where}：已确认。"
    if chosen.startswith("person:") and chosen.removeprefix("person:") in map(str, problem.get("people", [])):
        asked = ",".join(map(str, problem["people"]))
        given = Answer(PERSON, Place(row.file, row.sheet, row.row, row.column or None), chosen.removeprefix("person:"), asked)
        return given, f"{where}：按台账里的这一位导入。"
    written = chosen.removeprefix("use:") if chosen.startswith("use:") else value
    if not written.strip():
        raise Refused(f"{where}：请先在框里填上正确的内容，再点“用这个”。")
    if not (cell.row and cell.column):
        raise Refused(f"{where}：这一处不是一个格子，不能直接更正。")
    return Answer(VALUE, cell, value=written.strip()[:200]), f"{where}：已按您填的更正。"
