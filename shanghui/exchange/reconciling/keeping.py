"""What was found, kept in bulk; what was explained before with the same values is not asked again (M50)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db.models import Exists, OuterRef

from shanghui.exchange.reconciling.comparing import Cell, Compared, Line
from shanghui.exchange.reconciling.laid import Laid
from shanghui.exchange.reconciling.models import CellState, Comparison, ComparisonCell, ComparisonLine, Verdict
from shanghui.exchange.reconciling.subjects import COMPARABLE

BATCH = 2000
Explained = dict[tuple[int, str, str, str], str]
"""{(record, column, ours, theirs): the reason given}, of differences that stay as they are."""


def keep(comparison: Comparison, found: Compared, laid: Laid, *, at: datetime) -> None:
    """Lines and cells of a comparison, and its counts. Call inside one transaction."""
    explained, noted = explained_before(comparison), noted_before(comparison)
    waiting = iter(found.lines)
    while some := list(islice(waiting, BATCH)):
        rows = ComparisonLine.objects.bulk_create([_row(comparison, line, noted) for line in some])
        pairs = list(zip(rows, some, strict=True))
        ComparisonCell.objects.bulk_create(list(cells_for(comparison, found.subject, pairs, explained, at)), batch_size=BATCH)
    settle_lines(comparison)
    comparison.counts = {
        "same": found.same, "theirs": found.theirs, "ours": found.ours, "titles": found.titles, "absent": laid.absent, "passed": laid.passed,
        "others": laid.others, "blank": [[found.titles[key], count] for key, count in found.blank.items()],
    }


def settle_lines(comparison: Comparison) -> None:
    """A line that differs waits as long as one of its fields does. One statement."""
    left = ComparisonCell.objects.filter(line=OuterRef("pk"), state=CellState.OPEN)
    ComparisonLine.objects.filter(comparison=comparison, verdict=Verdict.DIFFERENT).update(waiting=Exists(left))


def _row(comparison: Comparison, line: Line, noted: dict[tuple[str, object, str], str]) -> ComparisonLine:
    note = noted.get(_known(line.verdict, line.record, line.title, line.place), "")
    return ComparisonLine(
        comparison=comparison, verdict=line.verdict, sheet=line.sheet[:100], row=line.row, record=line.record, title=line.title[:120],
        place=line.place[:120], told=line.told[:300], values=[list(one) for one in line.values], candidates=[list(one) for one in line.candidates],
        note=note, waiting=not note,
    )


def cells_for(
    comparison: Comparison, subject: str, pairs: Iterable[tuple[ComparisonLine, Line]], explained: Explained, at: datetime
) -> Iterator[ComparisonCell]:
    for row, line in pairs:
        for cell in line.cells:
            reason = explained.get((line.record or 0, cell.key, cell.ours[:400], cell.theirs[:400]), "")
            yield ComparisonCell(
                comparison=comparison, line=row, key=cell.key, heading=_heading(comparison, cell), ours=cell.ours[:400],
                theirs=cell.theirs[:400], full=cell.full, fault=cell.fault[:300], can_accept=_can_accept(subject, cell),
                state=CellState.KEPT if reason else CellState.OPEN, reason=reason, done_at=at if reason else None,
            )


def _heading(comparison: Comparison, cell: Cell) -> str:
    """The layout's heading of a cell's column."""
    listed = [one["title"] for one in comparison.document["columns"] if one["source"] == f"column:{cell.key}"]
    return str(listed[0])[:60]


def _can_accept(subject: str, cell: Cell) -> bool:
    return not cell.fault and not COMPARABLE[subject][cell.key].elsewhere and len(cell.theirs) <= 400


def explained_before(comparison: Comparison) -> Explained:
    """What earlier comparisons of the unit left as it is, with its reason; taken up again later it is asked again."""
    before = ComparisonCell.objects.filter(
        comparison__unit=comparison.unit_id, comparison__subject=comparison.subject, done_at__isnull=False, state__in=(CellState.KEPT, CellState.OPEN)
    ).exclude(comparison=comparison)
    found: Explained = {}
    listed = before.order_by("done_at", "pk").values_list("line__record", "key", "ours", "theirs", "state", "reason")
    for record, key, ours, theirs, state, reason in listed.iterator(chunk_size=BATCH):
        found[record or 0, key, ours, theirs] = reason if state == CellState.KEPT else ""
    return found


def noted_before(comparison: Comparison) -> dict[tuple[str, object, str], str]:
    """The words written beside lines that stand on one side only, in earlier comparisons of the unit."""
    before = ComparisonLine.objects.filter(comparison__unit=comparison.unit_id, comparison__subject=comparison.subject).exclude(note="").filter(run=None)
    listed = before.exclude(comparison=comparison).order_by("pk").values_list("verdict", "record", "title", "place", "note")
    return {_known(verdict, record, title, place): note for verdict, record, title, place, note in listed.iterator(chunk_size=BATCH)}


def _known(verdict: str, record: int | None, title: str, place: str) -> tuple[str, object, str]:
    """Which line of a later comparison is the same."""
    return (str(verdict), record, "") if verdict == Verdict.OURS else (str(verdict), title, place)
