"""A column of shares in a table beside the counts it is computed from: «数量 86，占比 53.8%» of the row 合计 (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from shanghui.reports.checking.drafts import Cell
from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.tables import FEWEST, NUMBER, TOTAL, close, count_in
from shanghui.reports.checking.verdicts import FITS, Finding, against, share, share_finding

_SHARES = re.compile(r"^(占比|比例|比重|百分比|所占比例|占总数比例|占总数的比例)(\(?%\)?)?$")
_PERCENT = re.compile(r"^(\d+(?:\.\d+)?)%?$")

Row = Sequence[Cell]


def share_columns(table: Sequence[Row]) -> Iterator[Finding]:
    """Every share of such a column, where most rows agree with the count before it, at least two; the others are wrong."""
    head = table[0] if table else ()
    body = [row for row in table[1:] if len(row) == len(head)]
    parts = [row for row in body if not any(TOTAL.match(close(cell.text)) for cell in row[:2])]
    for column, cell in enumerate(head):
        if column == 0 or not _SHARES.match(close(cell.text)):
            continue
        whole = _whole(body, parts, column - 1)
        found = [one for row in parts if (one := _share(row, column, whole)) is not None] if whole is not None else []
        right = sum(1 for one in found if one.verdict in FITS)
        if right >= FEWEST and right >= 2 * (len(found) - right):
            yield from found


def _whole(body: Sequence[Row], parts: Sequence[Row], column: int) -> Figure | None:
    """What the shares are of: the total of the column of counts, else the sum of its rows."""
    counts = [close(row[column].text) for row in parts]
    if not counts or not all(NUMBER.match(one) for one in counts):
        return None
    totals = [row[column] for row in body if row not in parts and NUMBER.match(close(row[column].text))]
    if totals:
        return count_in(totals[-1])
    added = [count_in(row[column]) for row in parts]
    value = sum((one.value for one in added), Fraction(0))
    return Figure(added[0].start, added[-1].end, f"{float(value):g}", value, value, value, "") if value else None


def _share(row: Row, column: int, whole: Figure) -> Finding | None:
    match = _PERCENT.match(close(row[column].text))
    if match is None or not whole.value:
        return None
    value, ulp = Fraction(match.group(1)), Fraction(1, 10 ** len(match.group(1).partition(".")[2]))
    cell = row[column]
    start = cell.start + len(cell.text) - len(cell.text.lstrip())
    percent = Figure(start, start + len(cell.text.strip()), cell.text.strip(), value, value - ulp / 2, value + ulp / 2, "%", ulp=ulp)
    part = count_in(row[column - 1])
    low, high = share(part, whole) or (value, value)
    return share_finding(percent, part, whole, against(percent, low, high))
