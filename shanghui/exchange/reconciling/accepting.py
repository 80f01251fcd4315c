"""Taking what the other side says, leaving what we say, taking either back (M50). Everything accepted together is one act and one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from shanghui.access import undo
from shanghui.access.audit import note
from shanghui.access.models import User
from shanghui.exchange.drafting.draft import Planned
from shanghui.exchange.planning import Plan
from shanghui.exchange.recognition import Reading, Record
from shanghui.exchange.reconciling.desk import Desk, Stands
from shanghui.exchange.reconciling.keeping import settle_lines
from shanghui.exchange.reconciling.models import (
    Acceptance,
    CellState,
    Comparison,
    ComparisonCell,
    ComparisonLine,
    ComparisonState,
    Verdict,
)
from shanghui.exchange.reconciling.preparing import MAIN, prepare
from shanghui.exchange.reconciling.writers import WRITERS
from shanghui.exchange.writing import write
from shanghui.kernel.refusals import Refused

Cells = QuerySet[ComparisonCell]
TOLD, CHUNK = 3, 2000


@dataclass(frozen=True)
class Accepted:
    """What came of it: the act, and how many fields still wait because something stands in the way."""

    acceptance: Acceptance
    done: int
    waiting: int


def open_for_change(comparison: Comparison) -> Comparison:
    """The comparison, locked. Raises Refused when nothing can be done with it."""
    current = Comparison.objects.select_for_update().select_related("unit").get(pk=comparison.pk)
    if current.state != ComparisonState.OPEN:
        raise Refused("这次比对已经办结，或者没有比成，不能再改。要接着办，请先重新打开。")
    return current


def accept(*, comparison: Comparison, cells: Cells, since: date, by: User | None, at: datetime) -> Accepted:
    """Writes what the other side says in these open fields, from `since`; history stays. Fields in whose way something stands are left open
    with the reason. Raises Refused when nothing at all could be taken, and keeps the reasons."""
    if since > localtime(at).date():
        raise Refused(f"{since}还没有到。请填今天或更早的一天。")
    faults: dict[int, str] = {}
    try:
        with transaction.atomic():
            return _accept(open_for_change(comparison), cells, since, faults, by=by, at=at)
    except Nothing as refusal:
        _keep_faults(faults)
        raise Refused(str(refusal)) from refusal


class Nothing(Exception):
    """No field could be taken."""


def _accept(comparison: Comparison, cells: Cells, since: date, faults: dict[int, str], *, by: User | None, at: datetime) -> Accepted:
    chosen = list(cells.filter(comparison=comparison, state=CellState.OPEN, can_accept=True).select_related("line").order_by("line_id", "pk"))
    if not chosen:
        raise Refused("选中的没有可以采用的：已经办过，或者不能从这里改。请看每一处的说明。")
    desk = prepare(comparison, chosen, since)
    planned = [one for line, some in groupby(chosen, key=lambda cell: cell.line_id) if (one := _plan(desk, comparison, list(some), faults))]
    done = [cell for cell in chosen if cell.pk not in faults]
    if not done:
        raise Nothing("一处都没有采用。" + "".join(f"{one}。" for one in list(dict.fromkeys(faults.values()))[:TOLD]))
    made = Acceptance.objects.create(comparison=comparison, since=since, cells_count=len(done), at=at, by=by)
    try:
        with transaction.atomic():
            write(Plan(desk.draft, planned, Reading()), run=made.key(), by=by, at=at, verb="采用比对结果")
    except IntegrityError as clash:
        raise Refused("写入时与台账里已有的记录冲突，什么都没有改。请一处一处采用，看是哪一处；或者重新比对。") from clash
    _settle(done, made, by=by, at=at)
    _keep_faults(faults)
    settle_lines(comparison)
    return Accepted(made, len(done), len(faults))


def _plan(desk: Desk, comparison: Comparison, cells: Sequence[ComparisonCell], faults: dict[int, str]) -> Planned | None:
    """One line: its fields in the draft; None where it changes nothing."""
    line, draft, model = cells[0].line, desk.draft, MAIN[comparison.subject]
    record = Record(comparison.subject, line.sheet, line.row, {}, file=f"比对{comparison.pk}：{comparison.name[-60:]}")
    now = draft.now = Planned(record, title=line.title)
    now.subject = draft.shelf(model).rows.get(line.record or 0)
    now.unit = None if now.subject is None else now.subject.values.get("kept_by_id") or now.subject.pk
    for cell in cells:
        try:
            WRITERS[comparison.subject][cell.key](desk, cell)
        except Stands as stands:
            faults[cell.pk] = str(stands)[:300]
    return now if now.created or now.revised else None


def _settle(cells: Sequence[ComparisonCell], acceptance: Acceptance, *, by: User | None, at: datetime) -> None:
    for start in range(0, len(cells), CHUNK):
        some = ComparisonCell.objects.filter(pk__in=[cell.pk for cell in cells[start : start + CHUNK]])
        some.update(state=CellState.ACCEPTED, acceptance=acceptance, fault="", done_by=by, done_at=at)


def _keep_faults(faults: dict[int, str]) -> None:
    told = [ComparisonCell(pk=pk, fault=fault) for pk, fault in faults.items()]
    ComparisonCell.objects.bulk_update(told, ["fault"], batch_size=500)


@transaction.atomic
def take_back(*, acceptance: Acceptance, by: User | None, at: datetime) -> int:
    """Puts the ledger back as it was before an act of accepting; its fields wait again. Raises Refused when later changes depend on it."""
    comparison = open_for_change(acceptance.comparison)
    current = Acceptance.objects.select_for_update().get(pk=acceptance.pk)
    if current.undone_at is not None:
        raise Refused("这次采用已经撤销过了。")
    moved = undo.undo_run(current.key(), by=by, at=at)
    current.cells.update(state=CellState.OPEN, acceptance=None, done_by=by, done_at=None)
    current.undone_at, current.undone_by = at, by
    current.save(update_fields=["undone_at", "undone_by"])
    Comparison.objects.filter(pk=comparison.pk).update(message="")
    settle_lines(comparison)
    return moved


@transaction.atomic
def keep_ours(*, comparison: Comparison, cells: Cells, reason: str, by: User | None, at: datetime) -> int:
    """Leaves the ledger as it is, for a reason; a later comparison with the same values does not ask again. Raises Refused without a reason."""
    current = open_for_change(comparison)
    if not reason.strip():
        raise Refused("请写明为什么保留本平台的，下次比对就不再问。")
    chosen = cells.filter(comparison=current, state=CellState.OPEN).order_by()
    count = ComparisonCell.objects.filter(pk__in=chosen.values("pk")).update(
        state=CellState.KEPT, reason=reason.strip()[:200], fault="", done_by=by, done_at=at
    )
    if not count:
        raise Refused("选中的都已经办过了。")
    settle_lines(current)
    note(by=by, at=at, verb="比对后保留本平台", subject=current, unit=current.unit, reason=f"{count}处：{reason.strip()}"[:300])
    return count


@transaction.atomic
def ask_again(*, comparison: Comparison, cells: Cells, by: User | None, at: datetime) -> int:
    """Fields that were to stay as they are wait again, here and in later comparisons."""
    current = open_for_change(comparison)
    chosen = cells.filter(comparison=current, state=CellState.KEPT).order_by()
    count = ComparisonCell.objects.filter(pk__in=chosen.values("pk")).update(state=CellState.OPEN, reason="", done_by=by, done_at=at)
    if not count:
        raise Refused("这一处没有写过保留的原因，或者已经取消。")
    settle_lines(current)
    note(by=by, at=at, verb="取消比对的保留", subject=current, unit=current.unit, reason=f"{count}处")
    return count


@transaction.atomic
def note_lines(*, comparison: Comparison, lines: Iterable[int], word: str, by: User | None, at: datetime) -> int:
    """A word why a line stands on one side only, or is not clear; blank takes it back. Raises Refused for lines that differ."""
    current = open_for_change(comparison)
    chosen = ComparisonLine.objects.filter(comparison=current, pk__in=list(lines)).exclude(verdict=Verdict.DIFFERENT)
    count = chosen.update(note=word.strip()[:200], waiting=not word.strip(), run=None)
    if not count:
        raise Refused("请先选只在一边的行，再写备注；两边不同的，请逐处采用或保留。")
    note(by=by, at=at, verb="比对备注", subject=current, unit=current.unit, reason=f"{count}行：{word.strip() or '取消备注'}"[:300])
    return count
