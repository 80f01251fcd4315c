"""An import run from upload to undo. Reading and planning write nothing; applying is one transaction; undoing is one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from shanghui.access import undo
from shanghui.access.audit import note
from shanghui.access.models import AuditEntry, Unit, User
from shanghui.exchange import proposals, recognition
from shanghui.exchange.answering import Forced, learn, learned_for, people_meant, remembered_sheets
from shanghui.exchange.answers import SKIP
from shanghui.exchange.effects import before_and_after, figures_of, foreseen
from shanghui.exchange.models import ImportFile, ImportRun, RunState
from shanghui.exchange.originals import Originals
from shanghui.exchange.planning import Plan, Progress, plan
from shanghui.exchange.proposals import counts_of
from shanghui.exchange.recognition import Reading, SourceFile
from shanghui.exchange.writing import write
from shanghui.kernel.collecting import collecting_later
from shanghui.kernel.refusals import Refused

FORESEEN = 3000
"""Records up to which a dry run also tells what becomes of the figures."""
__all__ = ["counts_of", "learn"]


def day_of(reading: Reading, given: date | None, today: date) -> date:
    """The day a ledger stands at: the one given, else the latest its tables name, else today."""
    named = [table.as_at for table in reading.tables if table.as_at is not None]
    return given or (max(named) if named else today)


def sender_of(reading: Reading) -> str:
    """Who filled the file in, as its tables say."""
    return next((table.sender for table in reading.tables if table.sender), "")[:100]


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
            run=run, name=file.name[-200:], sha256=hashlib.sha256(file.content).hexdigest(), size=len(file.content)
        )
        kept.stored.save(f"{run.pk}-{kept.sha256[:12]}", ContentFile(file.content), save=False)
        kept.save()
    note(by=by, at=at, verb="上传导入文件", subject=run, unit=under, title=title_of(run))
    return run


def title_of(run: ImportRun) -> str:
    """What a run is called: its files."""
    return "、".join(file.name for file in run.files.order_by("pk"))[:120] or f"导入 {run.pk}"


def sources(run: ImportRun) -> list[SourceFile]:
    """The run's files, as they came."""
    found = []
    for file in run.files.order_by("pk"):
        with file.stored.open("rb") as stored:
            found.append(SourceFile(file.name, stored.read()))
    return found


def imported_before(run: ImportRun) -> ImportRun | None:
    """The latest run under the same unit that holds now and had exactly these files."""
    digests = sorted(run.files.values_list("sha256", flat=True))
    applied = ImportRun.objects.filter(under=run.under_id, state=RunState.APPLIED, files__sha256__in=digests).exclude(pk=run.pk)
    for one in applied.distinct().order_by("-applied_at"):
        if sorted(one.files.values_list("sha256", flat=True)) == digests:
            return one
    return None


def read_run(run: ImportRun, *, today: date) -> tuple[Reading, Originals]:
    """Recognises a run's files with what was learned for their sender, mapped and corrected."""
    files = sources(run)
    forced: Forced = {(entry["file"], entry["sheet"]): dict(entry["columns"]) for entry in run.mapping}
    reading, originals = _read(run, files, today, {}, forced)
    learned = learned_for(sender_of(reading) or run.under.name)
    if learned:
        reading, originals = _read(run, files, today, learned, forced)
        remembered = remembered_sheets(reading, originals, learned)
        if remembered:
            reading, originals = _read(run, files, today, learned, {**remembered, **forced})
    return proposals.without(reading, [one for one in run.answers() if one.do == SKIP]), originals


def _read(
    run: ImportRun, files: list[SourceFile], today: date, learned: dict[str, str], forced: Forced
) -> tuple[Reading, Originals]:
    originals = Originals(run.answers())
    return recognition.read(files, today=today, learned=learned, forced=forced, opened=originals.take), originals


@collecting_later()
def propose(*, run: ImportRun, today: date, progress: Progress | None = None) -> Plan:
    """Reads, plans, and keeps what each row would do; nothing is written to the ledger."""
    reading, originals = read_run(run, today=today)
    as_at = day_of(reading, run.as_at, today)
    made = plan(reading, under=run.under, as_at=as_at, progress=progress, meant=people_meant(run.answers()))
    _keep(run, made, originals, as_at)
    return made


@transaction.atomic
def _keep(run: ImportRun, made: Plan, originals: Originals, as_at: date) -> None:
    standing = ImportRun.objects.select_for_update().get(pk=run.pk).state
    if standing in (RunState.APPLIED, RunState.UNDONE, RunState.DISCARDED):
        raise Refused("这次导入已经结束，没有再读取。")
    problems = proposals.keep(run, made)
    run.reading = originals.summary(made.reading)
    run.sender = sender_of(made.reading)
    run.counts = {"kinds": counts_of(made), "problems": problems, "organizations": proposals.by_organization(made),
                  "doing": proposals.doing_of(made)}
    run.as_at = as_at
    run.state = RunState.PROPOSED
    run.message = "" if made.reading.tables else "没有认出任何表格。"
    run.save()


def foresee(*, run: ImportRun, made: Plan, at: datetime) -> None:
    """Keeps what a small plan would do to the figures, for the page of changes."""
    if len(made.planned) > FORESEEN or run.as_at is None:
        return
    found = foreseen(made, under=run.under, day=run.as_at, at=at)
    run.counts = {**run.counts, "foreseen": found}
    run.save(update_fields=["counts"])


def newest_change() -> int:
    """The latest act that changed the ledger: to see whether anything happened between planning and writing."""
    return AuditEntry.objects.exclude(changes=[]).order_by("-pk").values_list("pk", flat=True).first() or 0


@collecting_later()
def confirm(
    *, run: ImportRun, by: User | None, today: date, at: datetime, skip_errors: bool, progress: Progress | None = None
) -> dict[str, int]:
    """Plans once more and writes what was shown. Raises Refused, and writes nothing, when the ledger has changed since so
    that something else would happen; the run then shows it."""
    shown, mark = run.counts.get("doing"), newest_change()
    reading, originals = read_run(run, today=today)
    as_at = day_of(reading, run.as_at, today)
    made = plan(reading, under=run.under, as_at=as_at, progress=progress, meant=people_meant(run.answers()))
    if shown != proposals.doing_of(made):
        _keep(run, made, originals, as_at)
        raise Refused("在您看过变化以后，台账又有了改动，导入的结果会不一样。什么都没有写入。请再看一遍变化，再确认。")
    with transaction.atomic():
        if newest_change() != mark:
            raise Refused("正要写入时，别人改动了台账。什么都没有写入。请再确认一次。")
        return apply_plan(run=run, made=made, at=at, skip_errors=skip_errors, by=by, progress=progress)


@collecting_later()
@transaction.atomic
def apply_plan(
    *, run: ImportRun, made: Plan, at: datetime, skip_errors: bool, by: User | None = None, progress: Progress | None = None
) -> dict[str, int]:
    """Writes a plan and keeps which figures moved. Raises Refused, and writes nothing, while the files have errors that nobody chose to leave out, and
    when the run was already applied. `by`: who confirmed, else who uploaded."""
    standing = ImportRun.objects.select_for_update().get(pk=run.pk).state
    if standing not in (RunState.PROPOSED, RunState.APPLYING):
        raise Refused("这次导入已经写入过，或者已经放弃，没有再写。")
    if made.errors and not skip_errors:
        raise Refused(f"还有{len(made.errors)}处错误没有处理，什么都没有写入。请改好后再导入，或者选择“有错误的行先不导入”。")
    who, day = by or run.by, run.as_at or at.date()
    before = figures_of(run.under, day)
    try:
        with transaction.atomic():
            written = write(made, run=run.key(), by=who, at=at, progress=progress)
    except IntegrityError as clash:
        raise Refused("写入时与台账里已有的记录冲突，什么都没有写入。请重新读取文件，再看一遍变化。") from clash
    run.state, run.applied_at, run.applied_by, run.skip_errors, run.message = RunState.APPLIED, at, who, skip_errors, ""
    moved = before_and_after(before, figures_of(run.under, day))
    run.counts = {**run.counts, "kinds": counts_of(made), "written": written, "figures": moved}
    run.save()
    note(by=who, at=at, verb="确认导入", subject=run, unit=run.under, title=title_of(run), reason=in_words(run))
    return written


def in_words(run: ImportRun) -> str:
    """«新增 3 条，更新 2 条» over all kinds."""
    kinds = run.counts.get("kinds", {}).values()
    return f"新增 {sum(one['new'] for one in kinds)} 条，更新 {sum(one['changed'] for one in kinds)} 条"


@collecting_later()
@transaction.atomic
def undo_run(*, run: ImportRun, by: User | None, at: datetime) -> int:
    """Takes a run back as a unit; returns how many rows moved. Raises Refused with the reason when later changes depend on it."""
    run.state = ImportRun.objects.select_for_update().get(pk=run.pk).state
    if run.state != RunState.APPLIED:
        raise Refused("这次导入没有写入台账，或者已经撤销。")
    moved = undo.undo_run(run.key(), by=by, at=at)
    run.state = RunState.UNDONE
    run.save(update_fields=["state"])
    note(by=by, at=at, verb="撤销导入", subject=run, unit=run.under, title=title_of(run), reason=f"恢复了 {moved} 行")
    return moved


@transaction.atomic
def discard(*, run: ImportRun, by: User | None, at: datetime) -> None:
    """Gives a run up that was not applied. Raises Refused when it was."""
    run.state = ImportRun.objects.select_for_update().get(pk=run.pk).state
    if run.state in (RunState.APPLIED, RunState.UNDONE):
        raise Refused("这次导入已经写入台账，不能放弃；可以整批撤销。")
    if run.state == RunState.DISCARDED:
        return
    run.rows.all().delete()
    run.state, run.corrections = RunState.DISCARDED, ""
    run.save(update_fields=["state", "corrections"])
    note(by=by, at=at, verb="放弃导入", subject=run, unit=run.under, title=title_of(run))
