"""An import run from upload to undo. Reading and planning write nothing; applying is one transaction; undoing is one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from shanghui.access.models import AuditEntry, Unit, User
from shanghui.access.undo import undo
from shanghui.exchange import recognition
from shanghui.exchange.drafting.draft import Planned
from shanghui.exchange.models import ImportFile, ImportRow, ImportRun, LearnedHeading, Outcome, RunState
from shanghui.exchange.planning import Plan, Progress, plan
from shanghui.exchange.recognition import Problem, Reading, SourceFile
from shanghui.exchange.writing import write
from shanghui.kernel import bulk
from shanghui.kernel.refusals import Refused

COUNTED = {
    "chamber": "商会", "party_organization": "党组织", "member": "党员", "activist": "入党积极分子", "applicant": "入党申请人",
    "candidate": "发展对象", "development": "发展党员", "appointment": "任职", "guide_assignment": "指导员联系", "activity": "活动",
    "meeting": "三会一课", "plate": "亮牌承诺", "enterprise": "会员企业", "term": "任期", "charter": "党建入章", "dues": "党费",
    "transfer": "组织关系接转",
}


def day_of(reading: Reading, given: date | None, today: date) -> date:
    """The day a ledger stands at: the one given, else the latest its tables name, else today."""
    named = [table.as_at for table in reading.tables if table.as_at is not None]
    return given or (max(named) if named else today)


def sender_of(reading: Reading) -> str:
    """Who filled the file in, as its tables say."""
    return next((table.sender for table in reading.tables if table.sender), "")


def learned_for(sender: str) -> dict[str, str]:
    """{heading: field} that a person once chose for this sender's files."""
    rows = LearnedHeading.objects.filter(sender=sender).values_list("heading", "field")
    return dict(rows) if sender else {}


def counts_of(made: Plan) -> dict[str, dict[str, int]]:
    """{kind: {"new": n, "changed": n, "same": n}} over the records of a plan."""
    counts: dict[str, Counter[str]] = {}
    for one in made.planned:
        counts.setdefault(one.record.kind, Counter({"new": 0, "changed": 0, "same": 0}))[_counted(made, one)] += 1
    return {kind: {name: n for name, n in counter.items() if name != "refused"} for kind, counter in counts.items()}


def _counted(made: Plan, one: Planned) -> str:
    return one.outcome


@transaction.atomic
def upload(
    *, files: Sequence[SourceFile], under: Unit, by: User | None, at: datetime, as_at: date | None = None
) -> ImportRun:
    """Keeps the files as they came, with their digests. Raises Refused without a file."""
    if not files:
        raise Refused("请先选择要导入的文件。")
    run = ImportRun.objects.create(under=under, by=by, created_at=at, as_at=as_at)
    for file in files:
        kept = ImportFile(
            run=run, name=file.name[:200], sha256=hashlib.sha256(file.content).hexdigest(), size=len(file.content)
        )
        kept.stored.save(f"{run.pk}-{kept.sha256[:12]}", ContentFile(file.content), save=False)
        kept.save()
    return run


def sources(run: ImportRun) -> list[SourceFile]:
    """The run's files, as they came."""
    return [SourceFile(file.name, file.stored.read()) for file in run.files.order_by("pk")]


def read_run(run: ImportRun, *, today: date, progress: Progress | None = None) -> Reading:
    """Recognises a run's files with what was learned, mapped and corrected."""
    files = sources(run)
    forced = {(entry["file"], entry["sheet"]): dict(entry["columns"]) for entry in run.mapping}
    reading = recognition.read(files, today=today, forced=forced, progress=progress)
    learned = learned_for(sender_of(reading))
    if learned and not forced:
        reading = recognition.read(files, today=today, learned=learned, forced=forced)
    return reading


def propose(*, run: ImportRun, today: date, progress: Progress | None = None) -> Plan:
    """Reads, plans, and keeps what each row would do; nothing is written to the ledger."""
    reading = read_run(run, today=today)
    as_at = day_of(reading, run.as_at, today)
    made = plan(reading, under=run.under, as_at=as_at, progress=progress)
    with transaction.atomic():
        run.rows.all().delete()
        bulk.insert(ImportRow, _ROW, _row_entries(run, made))
        run.reading = _summary(reading)
        run.sender = sender_of(reading)[:100]
        run.counts = {"kinds": counts_of(made), "problems": dict(Counter(p.severity for p in made.problems)),
                      "organizations": _by_organization(made)}
        run.as_at = as_at
        run.state = RunState.PROPOSED
        run.message = "" if reading.tables else "没有认出任何表格。"
        run.save()
    return made


def _summary(reading: Reading) -> dict[str, Any]:
    tables = []
    for table in reading.tables:
        entry = asdict(table)
        entry["as_at"] = table.as_at.isoformat() if table.as_at else None
        tables.append(entry)
    return {"tables": tables, "skipped": [list(one) for one in reading.skipped_sheets]}


def _by_organization(made: Plan) -> list[list[Any]]:
    counts: dict[str, Counter[str]] = {}
    for one in made.planned:
        counts.setdefault(one.organization or "其他", Counter())[one.outcome] += 1
    return [[name, c["new"], c["changed"], c["same"]] for name, c in sorted(counts.items())]


def _told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{k: v for k, v in asdict(p).items() if k != "file" and v is not None} for p in problems]


_WORST = ("error", "warning", "info")
_ROW = ("run_id", "file", "sheet", "row", "kind", "outcome", "worst", "title", "organization", "detail")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def _row_entries(run: ImportRun, made: Plan) -> Iterator[tuple[Any, ...]]:
    """The columns `_ROW` of what is kept of each row: one entry a record, and one a place with nothing but problems."""
    by_place: dict[tuple[str, str | None, int | None], list[Problem]] = {}
    for problem in made.problems:
        by_place.setdefault((problem.file, problem.sheet, problem.row), []).append(problem)
    seen = set()
    for one in made.planned:
        record, outcome = one.record, Outcome(one.outcome)
        place = (record.file, record.sheet, record.row)
        seen.add(place)
        problems = by_place.get(place, [])
        worst = _worst(problems)
        if worst == "warning" and outcome == Outcome.SAME:
            outcome = Outcome.WARNING
        detail = _json({"problems": _told(problems), "changes": _differences(one)})
        yield run.pk, *place, record.kind, outcome.value, worst, one.title[:120], one.organization[:100], detail
    for spot, problems in by_place.items():
        if spot not in seen:
            worst = _worst(problems)
            outcome = {"error": Outcome.ERROR, "warning": Outcome.WARNING}.get(worst, Outcome.SAME)
            detail = _json({"problems": _told(problems), "changes": []})
            yield run.pk, spot[0], spot[1] or "", spot[2], "", outcome.value, worst, "", "", detail


def _worst(problems: Sequence[Problem]) -> str:
    return next((level for level in _WORST if any(problem.severity == level for problem in problems)), "")


_HIDDEN = {"id_number", "id_digest", "phone", "phone_digest", "initials", "from_precision"}


def _differences(one: Planned) -> list[list[Any]]:
    """[column's title, old, new] of what a record would revise; sealed values are only said to change."""
    found = []
    for row, before, after in one.revised:
        if row.is_new:
            continue
        titles = {f.attname: str(getattr(f, "verbose_name", f.attname)) for f in row.model._meta.concrete_fields}
        kind = str(row.model._meta.verbose_name)
        for name, value in after.items():
            if name in ("id_number", "phone"):
                found.append([titles[name], "（不显示）", "（有变化）"])
            elif name not in _HIDDEN and not name.endswith("_id"):
                old = before.get(name)
                found.append([f"{kind}：{titles[name]}", "" if old is None else str(old), str(value)])
    return found


@transaction.atomic
def apply_plan(*, run: ImportRun, made: Plan, at: datetime, skip_errors: bool, progress: Progress | None = None) -> dict[str, int]:
    """Writes a plan. Raises Refused, and writes nothing, while the files have errors that nobody chose to leave out."""
    if made.errors and not skip_errors:
        raise Refused(f"还有{len(made.errors)}处错误没有处理，什么都没有写入。请改好后再导入，或者选择“有错误的行先不导入”。")
    written = write(made, run=run.key(), by=run.by, at=at, progress=progress)
    run.state, run.applied_at, run.skip_errors = RunState.APPLIED, at, skip_errors
    run.counts = {**run.counts, "kinds": counts_of(made), "written": written}
    run.save()
    return written


@transaction.atomic
def undo_run(*, run: ImportRun, by: User | None, at: datetime) -> int:
    """Takes a run back as a unit; returns how many rows moved. Raises Refused with the reason when later changes depend on it."""
    if run.state != RunState.APPLIED:
        raise Refused("这次导入没有写入台账，或者已经撤销。")
    entries = list(AuditEntry.objects.filter(run=run.key()).order_by("pk"))
    moved = undo(entries, by=by, at=at) if entries else 0
    run.state = RunState.UNDONE
    run.save(update_fields=["state"])
    return moved


def learn(*, sender: str, headings: dict[str, str]) -> None:
    """Remembers {heading: field} for this sender's files."""
    for heading, field in headings.items():
        LearnedHeading.objects.update_or_create(sender=sender, heading=heading, defaults={"field": field})
