"""The rows of the matrix as they stand on the page. Written here and not in the template: 200 rows are 2,400 cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from shanghui.kernel.columns import Column
from shanghui.rules.matrix import MONTHS, Cell, Row
from shanghui.rules.months import Window
from shanghui.rules.states import State
from shanghui.web.templatetags.kit import icon

BARE = "无记录"
"""In the past cells of an organization of which no activity at all is on record."""
NEAR = 4
"""So many months fit on a telephone."""


@dataclass(frozen=True)
class Month:
    """One column: its classes tell where a quarter begins, which month it is now, and what a telephone leaves out."""

    number: int
    now: bool
    far: bool

    @property
    def classes(self) -> str:
        """For the heading and the cells."""
        return " ".join(
            name for name, applies in (("q", self.number % 3 == 1), ("now", self.now), ("m-far", self.far)) if applies
        )


def months(year: int, day: date, asked: str) -> list[Month]:
    """The twelve months. A telephone shows four: those around the day's, or from the month that `?from=` names."""
    around = day.month - 2 if year == day.year else 1 if year > day.year else 9
    first = int(asked) if asked.isdecimal() and len(asked) < 3 else around
    first = min(max(first, 1), 13 - NEAR)
    return [Month(n, (year, n) == (day.year, day.month), not first <= n < first + NEAR) for n in MONTHS]


def word(cell: Cell) -> str:
    """What stands in a cell, as text."""
    kind = cell.kind
    if kind == "late":
        return f"缺 {cell.count(State.OVERDUE)}"
    if kind == "soon":
        return f"待 {cell.count(State.DUE)}"
    if kind == "plan":
        return str(cell.count(State.DUE, State.UNKNOWN))
    return {"unknown": "?", "said": "说明", "done": "✓"}.get(kind, "")


def in_words(cell: Cell) -> str:
    """«缺 1：应开 4 次，已开 3 次», for readers."""
    if cell.kind == "plan":
        return f"{word(cell)}：计划 {cell.count()} 次"
    said = f"应开 {cell.count()} 次，已开 {cell.count(State.DONE)} 次"
    more = (("，同意免除 {} 次", State.EXCUSED), ("，无法判定 {} 次", State.UNKNOWN))
    said += "".join(text.format(cell.count(state)) for text, state in more if cell.count(state))
    shown = {"done": "已开齐", "unknown": "? 无法判定"}.get(cell.kind, word(cell))
    return f"{shown}：{said}"


def body(
    rows: Iterable[Row], window: Window, day: date, shown: Sequence[Month], query: str, bare: Collection[int] = ()
) -> SafeString:
    """The rows of the table; `bare`: the organizations of which no activity at all is on record."""
    check = icon("check")
    return mark_safe("\n".join(_row(row, window, day, shown, query, check, row.unit in bare) for row in rows))  # noqa: S308 (escaped in _row)


def _row(row: Row, window: Window, day: date, shown: Sequence[Month], query: str, check: str, bare: bool) -> str:
    name, tail = escape(row.name), escape(query)
    base = reverse("calendar-cell", kwargs={"organization": row.unit, "period": f"{window.first_year}-01"})[:-3]
    cells = "".join(
        f'<td class="{month.classes.replace("now", "").strip()}">{_cell(cell, name, base, tail, check, bare)}</td>'
        for month, cell in zip(shown, row.cells(window, day), strict=True)
    )
    page = reverse("organization", kwargs={"organization": row.unit})
    count = f"<small>{row.full}</small>" if row.full else ""
    return f'<tr><th scope="row"><a href="{page}{tail}">{name}</a>{count}</th>{cells}</tr>'


def _cell(cell: Cell, name: str, base: str, tail: str, check: str, bare: bool) -> str:
    kind = "bare" if bare and cell.kind == "late" else cell.kind
    if not kind:
        return '<span class="cell na"><span class="vh">没有要求</span></span>'
    url = f"{base}{cell.month:02d}/{tail}"
    label = f"{name} {cell.month}月 {f'{BARE}：应开 {cell.count()} 次' if kind == 'bare' else in_words(cell)}"
    inside = check if kind == "done" else BARE if kind == "bare" else word(cell)
    return f'<a class="cell {kind}" href="{url}" hx-get="{url}" hx-target="#drill" aria-label="{label}">{inside}</a>'


def columns(window: Window, day: date) -> list[Column]:
    """The matrix as the columns of a workbook; rows are pairs (row, its cells)."""
    first = [
        Column("name", "党组织", lambda pair: pair[0].name, width=34),
        Column("full", "正式党员", lambda pair: pair[0].full or None, numeric=True, width=8),
    ]
    return first + [
        Column(f"m{n}", f"{n}月", (lambda pair, n=n: word(pair[1][n - 1])), width=7) for n in MONTHS  # type: ignore[misc]
    ]
