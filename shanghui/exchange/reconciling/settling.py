"""A row that may mean several records: somebody says which, and both are compared (M50). Nobody but a person decides it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shanghui.access.audit import note
from shanghui.access.models import User
from shanghui.exchange.layouts.layout import layout_of
from shanghui.exchange.reconciling.accepting import open_for_change
from shanghui.exchange.reconciling.comparing import Line, compare_row
from shanghui.exchange.reconciling.keeping import cells_for, explained_before, settle_lines
from shanghui.exchange.reconciling.laid import read_laid
from shanghui.exchange.reconciling.models import Comparison, ComparisonCell, ComparisonLine, Verdict
from shanghui.exchange.reconciling.operations import source
from shanghui.kernel.refusals import Refused

ALIKE = "认作同一个，两边相同"


@transaction.atomic
def settle_as(*, comparison: Comparison, line: ComparisonLine, record: int, by: User | None, at: datetime) -> int:
    """The row means this record of the ledger: says in how many fields they differ. Raises Refused for one that cannot be meant."""
    current = open_for_change(comparison)
    row = ComparisonLine.objects.select_for_update().get(pk=line.pk, comparison=current)
    called: dict[int, str] = dict(row.candidates)
    if row.verdict != Verdict.UNCLEAR or record not in called:
        raise Refused("这一行已经对上，或者不可能是这一个。请看这一行列出的几个。")
    if current.lines.filter(record=record).exclude(verdict=Verdict.OURS).exists():
        raise Refused(f"“{called[record]}”已经和表里另一行对上。请核对表里是不是重复。")
    layout = layout_of(current.document)
    cells = compare_row(layout, read_laid(source(current), layout), current.unit, current.as_at, (row.sheet, row.row or 0), record)
    row.verdict, row.record, row.told, row.candidates, row.note = Verdict.DIFFERENT, record, "", [], "" if cells else ALIKE
    row.save()
    found = Line(Verdict.DIFFERENT, row.title, record=record, cells=cells)
    ComparisonCell.objects.bulk_create(list(cells_for(current, current.subject, [(row, found)], explained_before(current), at)))
    _left_over(current, {pk: name for pk, name in called.items() if pk != record})
    settle_lines(current)
    note(by=by, at=at, verb="比对认作同一个", subject=current, unit=current.unit, reason=f"第{row.row}行“{row.title}”：{called[record]}"[:300])
    return len(cells)


def _left_over(comparison: Comparison, others: dict[int, str]) -> None:
    """Records that might have been meant and are by no row any more stand only here."""
    waiting = comparison.lines.filter(verdict=Verdict.UNCLEAR).values_list("candidates", flat=True)
    meant = {pk for listed in waiting for pk, _ in listed} | set(comparison.lines.filter(record__in=others).values_list("record", flat=True))
    ComparisonLine.objects.bulk_create(
        ComparisonLine(comparison=comparison, verdict=Verdict.OURS, record=pk, title=name[:120]) for pk, name in others.items() if pk not in meant
    )
