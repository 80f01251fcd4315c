"""Columns of a table against their row 合计 (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from shanghui.reports.checking.drafts import Cell, Draft
from shanghui.reports.checking.figures import Figure, plain
from shanghui.reports.checking.verdicts import Finding, Verdict

_TOTAL = re.compile(r"^(合计|总计|共计|小计|总数)$")
_NUMBER = re.compile(r"^\d{1,3}(,\d{3})+$|^\d+(\.\d+)?$")
_NO_SUM = re.compile(r"序号|编号|年龄|年份|比例|占比|率|电话|代码|时间|日期")
FEWEST = 2


def tables(draft: Draft) -> Iterator[Finding]:
    """Every number in a row of totals that stands under a column of numbers."""
    for table in draft.tables:
        yield from _columns(table)


def _columns(table: Sequence[Sequence[Cell]]) -> Iterator[Finding]:
    start = 1
    for place, row in enumerate(table):
        if place == 0 or not any(_TOTAL.match(_close(cell.text)) for cell in row[:2]):
            continue
        above = table[start:place]
        for column, cell in enumerate(row):
            found = _column(table[0], above, column, cell, len(row))
            if found is not None:
                yield found
        start = place + 1


def _column(head: Sequence[Cell], above: Sequence[Sequence[Cell]], column: int, cell: Cell, width: int) -> Finding | None:
    if len(above) < FEWEST or any(len(row) != width for row in above) or len(head) != width or _NO_SUM.search(head[column].text):
        return None
    texts = [_close(row[column].text) for row in above]
    if not _NUMBER.match(_close(cell.text)) or not all(_NUMBER.match(text) or text in ("", "—", "-", "/") for text in texts):
        return None
    parts = [_figure(row[column]) for row, text in zip(above, texts, strict=True) if _NUMBER.match(text)]
    one, total = _figure(cell), sum((part.value for part in parts), Fraction(0))
    if len(parts) < FEWEST:
        return None
    right = one.value == total
    said = f"“{_close(head[column].text)}”一栏各行相加是{float(total):g}"
    return Finding(one, "sum", Verdict.OK if right else Verdict.WRONG, f"{float(total):g}", tuple(parts), said if right else f"写的是{one.text}，{said}")


def _figure(cell: Cell) -> Figure:
    text = cell.text.strip()
    start = cell.start + cell.text.index(text[0]) if text else cell.start
    value = Fraction(_close(text).replace(",", ""))
    return Figure(start, start + len(text), text, value, value, value, "")


def _close(text: str) -> str:
    return re.sub(r"\s", "", plain(text))
