"""A comparison from upload to close (M50). Reading writes nothing to the ledger."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localtime

from shanghui.access.audit import note
from shanghui.access.models import Unit, User
from shanghui.exchange.layouts.layout import Layout, layout_of
from shanghui.exchange.models import ImportRun
from shanghui.exchange.operations import upload
from shanghui.exchange.recognition import KINDS, SourceFile
from shanghui.exchange.recognition.cleaning.plain import visible
from shanghui.exchange.reconciling.comparing import Compared, Progress, compare
from shanghui.exchange.reconciling.keeping import keep
from shanghui.exchange.reconciling.laid import Laid, Row, read_laid
from shanghui.exchange.reconciling.models import Comparison, ComparisonLine, ComparisonState, Verdict
from shanghui.exchange.reconciling.subjects import COMPARABLE, KIND, WORDS, compared_columns, subject_of
from shanghui.kernel.collecting import collecting_later
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused
from shanghui.kernel.spreadsheets import write_ledger


@transaction.atomic
def start(*, file: SourceFile, layout: Layout, version: int, unit: Unit, day: date, by: User | None, at: datetime) -> Comparison:
    """Keeps the file with its digest and what it is to be laid beside. `version`: of the layout, 0 as it was shipped. Raises Refused."""
    if day > localtime(at).date():
        raise Refused(f"截止日期{day}还没有到。请选今天或更早的一天。")
    subject = subject_of(layout)
    stored = default_storage.save(f"comparisons/{localtime(at):%Y/%m}/{uuid.uuid4().hex}", ContentFile(file.content))
    made = Comparison.objects.create(
        unit=unit, code=layout.code, version=version, title=layout.title, document=layout.document(), subject=subject, as_at=day,
        name=file.name[-200:], sha256=hashlib.sha256(file.content).hexdigest(), size=len(file.content), stored=stored, made_at=at, made_by=by,
    )
    note(by=by, at=at, verb="上传比对文件", subject=made, unit=unit, title=made.name)
    return made


def source(comparison: Comparison) -> SourceFile:
    """The file as it came. Raises Refused once its time was over."""
    if not comparison.stored:
        raise Refused("原文件保存期满，已经清除。请重新上传再比对。")
    with default_storage.open(comparison.stored) as kept:
        return SourceFile(comparison.name, kept.read())


@collecting_later()
def read(*, comparison: Comparison, at: datetime, progress: Progress | None = None) -> Compared:
    """Reads the file, compares it, and keeps the result. Raises Refused, saying what to do, when nothing can be compared."""
    layout = layout_of(comparison.document)
    laid = read_laid(source(comparison), layout)
    found = compare(layout, laid, comparison.unit, comparison.as_at, list, progress=progress)
    refuse_strange(found, layout)
    with transaction.atomic():
        current = Comparison.objects.select_for_update().get(pk=comparison.pk)
        if current.state not in (ComparisonState.READING, ComparisonState.FAILED):
            raise Refused("这次比对已经读过了，没有再读。")
        current.lines.all().delete()
        keep(current, found, laid, at=at)
        current.state, current.message = ComparisonState.OPEN, ""
        current.save()
    return found


def refuse_strange(found: Compared, layout: Layout) -> None:
    """Refuses a file of which no row was found in a ledger that has some: another unit's, another layout's, or of another time."""
    counts, (word, measure) = found.counts(), WORDS[found.subject]
    if found.ours and not counts["same"] + counts["different"] + counts["unclear"]:
        raise Refused(
            f"表里的{found.theirs}行没有一行在本单位的{word}台账里（台账里有{found.ours}{measure}）。请核对：是不是选错了单位、版式或者日期；"
            f"“{layout.title}”要有和台账一致的名称，或者号码、代码。确实都是新的，请用“导入”。"
        )


@transaction.atomic
def close(*, comparison: Comparison, by: User | None, at: datetime) -> int:
    """It is done with; how many lines still wait is said and kept. Raises Refused for one that is not open."""
    current = Comparison.objects.select_for_update().get(pk=comparison.pk)
    if current.state != ComparisonState.OPEN:
        raise Refused("这次比对不在办理中，不用办结。")
    waiting = current.lines.filter(waiting=True).count()
    current.state, current.closed_at, current.closed_by = ComparisonState.CLOSED, at, by
    current.save(update_fields=["state", "closed_at", "closed_by"])
    note(by=by, at=at, verb="办结比对", subject=current, unit=current.unit, reason=f"还有{waiting}行没有办" if waiting else "全部办完")
    return waiting


@transaction.atomic
def reopen(*, comparison: Comparison, by: User | None, at: datetime) -> None:
    """It is worked on again. Raises Refused for one that is not closed."""
    current = Comparison.objects.select_for_update().get(pk=comparison.pk)
    if current.state != ComparisonState.CLOSED:
        raise Refused("这次比对没有办结，不用重新打开。")
    current.state, current.closed_at, current.closed_by = ComparisonState.OPEN, None, None
    current.save(update_fields=["state", "closed_at", "closed_by"])
    note(by=by, at=at, verb="重新打开比对", subject=current, unit=current.unit)


@transaction.atomic
def to_import(*, comparison: Comparison, lines: Iterable[int], by: User | None, at: datetime) -> ImportRun:
    """An import of the chosen lines that stand only there: its dry run says what it would do. Raises Refused without a line."""
    chosen = ComparisonLine.objects.filter(comparison=comparison, verdict=Verdict.THEIRS, pk__in=list(lines))
    wanted = {(line.sheet, line.row or 0): line for line in chosen}
    if not wanted:
        raise Refused("请先选“只在对方”的行，再转到导入。")
    layout = layout_of(comparison.document)
    laid = read_laid(source(comparison), layout)
    rows = [row for row in laid.rows if (row.sheet[:100], row.number) in wanted]
    file = SourceFile(f"比对{comparison.pk}只在对方{len(rows)}行.xlsx", _workbook(comparison, layout, laid, rows))
    run = upload(files=[file], under=comparison.unit, by=by, at=at, as_at=comparison.as_at)
    chosen.update(waiting=False, note=f"已转到导入 {run.pk}", run=run)
    return run


def _workbook(comparison: Comparison, layout: Layout, laid: Laid, rows: list[Row]) -> bytes:
    """The rows as a table the import understands, in its own headings, codes in words."""
    subject, file = comparison.subject, io.BytesIO()
    known = KINDS[KIND[subject]][1]
    columns = []
    for key, title in compared_columns(layout, subject).items():
        field = COMPARABLE[subject][key].field
        if key in laid.headings:
            columns.append(Column(key, known[field][0] if field in known else title, _cell_of(key)))
    write_ledger(file, title=f"{WORDS[subject][0]}名册", as_at=comparison.as_at, columns=columns, rows=rows)
    return file.getvalue()


def _cell_of(key: str) -> Callable[[Row], str]:
    return lambda row: visible(row.cells.get(key, "")) if row.cells.get(key) not in ("", None) else ""
