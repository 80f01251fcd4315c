"""Columns of a table against their row 合计, rows against their column 合计 (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from shanghui.reports.checking.drafts import Cell
from shanghui.reports.checking.figures import Figure, plain
from shanghui.reports.checking.verdicts import Finding, Verdict

TOTAL = re.compile(r"^(合计|总计|共计|小计|总数)$")
NUMBER = re.compile(r"^\d{1,3}(,\d{3})+$|^\d+(\.\d+)?$")
_NO_SUM = re.compile(r"序号|编号|年龄|年份|比例|占比|率|电话|代码|时间|日期")
_BLANK = ("", "—", "-", "/")
FEWEST = 2


def tables(grids: Iterable[Sequence[Sequence[Cell]]]) -> Iterator[Finding]:
    """Every number in a row of totals that stands under a column of numbers, and every one in a column of totals beside its parts."""
    for table in grids:
        yield from _columns(table)
        yield from _rows(table)


def _columns(table: Sequence[Sequence[Cell]]) -> Iterator[Finding]:
    start = 1
    for place, row in enumerate(table):
        if place == 0 or not any(TOTAL.match(close(cell.text)) for cell in row[:2]):
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
    texts = [close(row[column].text) for row in above]
    if not NUMBER.match(close(cell.text)) or not all(NUMBER.match(text) or text in _BLANK for text in texts):
        return None
    parts = [count_in(row[column]) for row, text in zip(above, texts, strict=True) if NUMBER.match(text)]
    one, total = count_in(cell), sum((part.value for part in parts), Fraction(0))
    if len(parts) < FEWEST:
        return None
    right = one.value == total
    said = f"“{close(head[column].text)}”一栏各行相加是{float(total):g}"
    return Finding(one, "sum", Verdict.OK if right else Verdict.WRONG, f"{float(total):g}", tuple(parts), said if right else f"写的是{one.text}，{said}")


def _rows(table: Sequence[Sequence[Cell]]) -> Iterator[Finding]:
    """A column of totals beside the columns it adds up: the stretch on one side for which most rows agree, at least two; a row that
    does not is wrong."""
    head = table[0] if table else ()
    body = [row for row in table[1:] if len(row) == len(head)]
    for column, cell in enumerate(head):
        if not TOTAL.match(close(cell.text)):
            continue
        for parts in _beside(head, body, column):
            found = [one for row in body if (one := _row(row, column, parts)) is not None]
            right = sum(1 for one in found if one.verdict is Verdict.OK)
            if right >= FEWEST and right >= 2 * (len(found) - right):
                yield from found
                break


def _beside(head: Sequence[Cell], body: Sequence[Sequence[Cell]], column: int) -> Iterator[range]:
    """The columns of counts right after a total, and those right before it."""
    after = next((place for place in range(column + 1, len(head)) if _stops(head, body, place)), len(head))
    before = next((place for place in range(column - 1, -1, -1) if _stops(head, body, place)), -1)
    for stretch in (range(column + 1, after), range(before + 1, column)):
        if len(stretch) >= FEWEST:
            yield stretch


def _stops(head: Sequence[Cell], body: Sequence[Sequence[Cell]], column: int) -> bool:
    """Whether a column ends a stretch of counts: another total, a share, or words."""
    text = close(head[column].text)
    numbers = [close(row[column].text) for row in body]
    return bool(TOTAL.match(text) or _NO_SUM.search(text)) or not all(NUMBER.match(one) or one in _BLANK for one in numbers)


def _row(row: Sequence[Cell], column: int, parts: range) -> Finding | None:
    """A row's total against its parts; None where something in it is no number."""
    stretch = [place for place in parts if close(row[place].text) not in _BLANK]
    if not all(NUMBER.match(close(row[place].text)) for place in (*stretch, column)) or not stretch:
        return None
    one, added = count_in(row[column]), [count_in(row[place]) for place in stretch]
    total = sum((part.value for part in added), Fraction(0))
    right, said = one.value == total, f"这一行各栏相加是{float(total):g}"
    return Finding(one, "sum", Verdict.OK if right else Verdict.WRONG, f"{float(total):g}", tuple(added), said if right else f"写的是{one.text}，{said}")


def count_in(cell: Cell) -> Figure:
    """The count a cell holds."""
    text = cell.text.strip()
    start = cell.start + cell.text.index(text[0]) if text else cell.start
    value = Fraction(close(text).replace(",", ""))
    return Figure(start, start + len(text), text, value, value, value, "")


def close(text: str) -> str:
    """The text of a cell with half-width signs and without white space."""
    return re.sub(r"\s", "", plain(text))
