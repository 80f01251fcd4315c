"""What one may ask about comparisons."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from shanghui.access.scope import Scope
from shanghui.exchange.reconciling.models import (
    Acceptance,
    CellState,
    Comparison,
    ComparisonCell,
    ComparisonLine,
    ComparisonQuerySet,
)

Lines = QuerySet[ComparisonLine]


def comparisons(scope: Scope) -> ComparisonQuerySet:
    """Comparisons of units within the scope, the latest first."""
    return Comparison.objects.within(scope).select_related("unit", "made_by").order_by("-made_at", "-pk")


def tally(comparison: Comparison) -> dict[str, dict[str, int]]:
    """{verdict: {"all": lines, "waiting": lines that wait}}. One query."""
    rows = comparison.lines.order_by().values("verdict").annotate(all=Count("pk"), waiting=Count("pk", filter=Q(waiting=True)))
    return {row["verdict"]: {"all": row["all"], "waiting": row["waiting"]} for row in rows}


def by_column(comparison: Comparison, keys: Collection[str]) -> list[dict[str, Any]]:
    """For each column with differences: how many, how many wait, how many of these can be accepted from here. One query."""
    cells = comparison.cells.filter(key__in=keys).order_by().values("key", "heading")
    waiting = Q(state=CellState.OPEN)
    counted = cells.annotate(
        all=Count("pk"), waiting=Count("pk", filter=waiting), ready=Count("pk", filter=waiting & Q(can_accept=True)),
        accepted=Count("pk", filter=Q(state=CellState.ACCEPTED)), kept=Count("pk", filter=Q(state=CellState.KEPT)),
    )
    return [dict(row) for row in counted.order_by("-all", "key")]


def lines(
    comparison: Comparison, keys: Collection[str], *, verdict: str = "", column: str = "", done: str = "", text: str = ""
) -> Lines:
    """The lines asked for, each with the cells of these columns. `done`: «waiting», «done» or all; `text`: within name or unit."""
    rows = comparison.lines.all()
    if verdict:
        rows = rows.filter(verdict=verdict)
    cells = ComparisonCell.objects.filter(key__in=[column] if column else keys)
    if column:
        rows = rows.filter(Exists(cells.filter(line=OuterRef("pk"))))
    if done:
        rows = rows.filter(waiting=done == "waiting")
    if text:
        rows = rows.filter(Q(title__contains=text) | Q(place__contains=text))
    shown = cells.select_related("acceptance", "done_by").defer("full").order_by("pk")
    return rows.prefetch_related(Prefetch("cells", queryset=shown)).order_by("pk")


def cells_of(comparison: Comparison, keys: Collection[str], *, cells: Iterable[int] = (), column: str = "") -> QuerySet[ComparisonCell]:
    """The cells chosen one by one, or all of a column; only of columns that may be seen."""
    rows = comparison.cells.filter(key__in=keys)
    return rows.filter(key=column) if column else rows.filter(pk__in=list(cells))


def acceptances(comparison: Comparison) -> QuerySet[Acceptance]:
    """The acts of accepting, the latest first."""
    return comparison.acceptances.select_related("by", "undone_by").order_by("-pk")
