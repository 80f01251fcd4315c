"""Where the headers are in a sheet: rows of known headings, one to three deep, with what stands above each column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from shanghui.exchange.recognition.headings import forms_of, plain_heading
from shanghui.exchange.recognition.rows import TOTAL
from shanghui.exchange.recognition.signs import naming_headings
from shanghui.exchange.recognition.vocabulary import IGNORED, known_headings
from shanghui.kernel.workbooks import Grid

_SCANNED_WIDTH = 60
_LOOKED_AT = 400
_DEEPEST = 3
_LONGEST = 30
_MONTH = re.compile(r"^\d{1,2}月(?:份)?$")


@dataclass(frozen=True)
class Block:
    """A header: its rows, and for each column its headings from top to bottom."""

    top: int
    bottom: int
    paths: dict[int, tuple[str, ...]]


@lru_cache(maxsize=1)
def _last_parts() -> frozenset[str]:
    """Every heading, and every lower part of a two-level one, so that the second row of a header is known too."""
    words = set(known_headings()) | {
        "起",
        "止",
        "合计",
        "正式",
        "预备",
        "姓名",
        "职务",
        "电话",
        "政治面貌",
        "小计",
        "人数",
    }
    return frozenset({word.rsplit("/", 1)[-1] for word in words} | words | set(IGNORED))


@lru_cache(maxsize=65536)
def is_heading(text: str) -> bool:
    """Whether a cell may be the heading of a column."""
    return len(text) <= 40 and any(form in _last_parts() or _MONTH.match(form) for form in forms_of((text,)))


def _filled(row: list[Any]) -> list[Any]:
    return [value for value in row[:_SCANNED_WIDTH] if value != "" and value is not None]


def _is_header_row(row: list[Any]) -> bool:
    filled = _filled(row)
    if len(filled) < 2:
        return False
    heads = [value for value in filled if value.__class__ is str and is_heading(value)]
    hits = len(heads)
    if hits < 2 or all(TOTAL.match(head.strip()) for head in heads) or any(_is_data(value) for value in filled):
        return False
    return hits * 5 >= len(filled) * 2 or (hits >= 3 and _is_long_header(filled))


def _is_long_header(filled: list[Any]) -> bool:
    """Many headings that nobody knows beside a few that are known, one of which numbers or names the records."""
    if not all(value.__class__ is str and len(value) <= _LONGEST for value in filled):
        return False
    plain = [plain_heading(value) for value in filled]
    return len(set(plain)) * 5 >= len(plain) * 4 and any(one in naming_headings() for one in plain)


def _is_data(value: Any) -> bool:
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    digits = sum(character.isdigit() for character in value)
    return digits >= 6 and digits * 2 > len(value)


def _is_group_row(row: list[Any]) -> bool:
    filled = _filled(row)
    return len(set(map(str, filled))) >= 2 and all(_is_group(value) for value in filled)


def _is_group(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 20 and not any(c in ":：" or c.isdigit() for c in value)


def _candidates(rows: list[list[Any]]) -> list[int]:
    """Rows that read as a header. In a long sheet a quick look at the first cells sorts out the rest."""
    found = []
    for index, row in enumerate(rows[:_LOOKED_AT]):
        if _is_header_row(row):
            found.append(index)
    known = _last_parts().union(value for index in found for value in rows[index] if isinstance(value, str))
    for index in range(_LOOKED_AT, len(rows)):
        row = rows[index]
        if not known.isdisjoint(row[:4]) and _is_header_row(row):
            found.append(index)
    return found


def find_blocks(grid: Grid) -> list[Block]:
    """The headers of a sheet from top to bottom."""
    blocks: list[Block] = []
    covered = -1
    for row in _candidates(grid.rows):
        if row > covered:
            block = _block(grid, row, covered)
            blocks.append(block)
            covered = block.bottom
    return blocks


def block_at(grid: Grid, top: int) -> Block:
    """The header that begins in this row, whatever its words."""
    return _block(grid, top, top - 1)


def _block(grid: Grid, row: int, covered: int) -> Block:
    top = bottom = row
    across = [(a, b) for a, b in grid.merges if a[1] != b[1]]
    for (first, _), (last, _) in grid.merges:
        if first <= row <= last and last - first < _DEEPEST:
            top, bottom = min(top, first), max(bottom, last)
    while bottom - top + 1 < _DEEPEST and bottom + 1 < len(grid.rows) and _goes_on(grid.rows, bottom + 1, top):
        bottom += 1
    while top - 1 > covered and bottom - top + 1 < _DEEPEST and _is_group_row(grid.rows[top - 1]):
        merged = any(a[0] == top - 1 for a, _ in across)
        if not merged and not _has_gaps_below(grid.rows, top - 1):
            break
        top -= 1
    return Block(top, bottom, _paths(grid, top, bottom))


def _goes_on(rows: list[list[Any]], row: int, top: int) -> bool:
    """Whether the row below still belongs to the header: only headings, and some stand under an empty cell."""
    below = rows[row]
    if not _is_header_row(below):
        return _completes(rows[row - 1], below)
    first = _filled(rows[top])[:1]
    return first != _filled(below)[:1]


def _completes(above: list[Any], below: list[Any]) -> bool:
    """A lower level of only a cell or two, each of which makes a known heading with the cell above it."""
    group, found = "", 0
    for upper, lower in zip(above, below, strict=False):
        group = upper if isinstance(upper, str) and upper else group
        if lower in ("", None):
            continue
        joined = (
            {form for form in forms_of((group, lower)) if group and form != plain_heading(lower)}
            if isinstance(lower, str)
            else set()
        )
        if joined.isdisjoint(known_headings()):
            return False
        found += 1
    return found > 0


def _has_gaps_below(rows: list[list[Any]], row: int) -> bool:
    above, below = rows[row], rows[row + 1]
    return any(not a and b for a, b in zip(above, below, strict=False))


def _paths(grid: Grid, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    width = max(len(row) for row in grid.rows[top : bottom + 1])
    levels = [_level(grid, row, width, last=row == bottom) for row in range(top, bottom + 1)]
    paths = {}
    for column in range(width):
        path = list(dict.fromkeys(level[column] for level in levels if level[column]))
        if path:
            paths[column] = tuple(path)
    return paths


def _level(grid: Grid, row: int, width: int, *, last: bool) -> list[str]:
    """The headings of one header row, spread over the cells that a merge (or an empty cell beside) covers."""
    cells = [str(grid.at(row, column)).strip() for column in range(width)]
    merged: set[int] = set()
    for (first, left), (end, right) in grid.merges:
        if first <= row <= end:
            for column in range(left, min(right, width - 1) + 1):
                cells[column] = str(grid.at(first, left)).strip()
                merged.add(column)
    if last:
        return cells
    below = grid.rows[row + 1]
    for column in range(1, width):
        stands_under = column < len(below) and below[column] not in ("", None)
        if not cells[column] and column not in merged and stands_under and cells[column - 1]:
            beside = column - 1 < len(below) and below[column - 1] not in ("", None)
            if beside and not is_alone(grid, row, column - 1):
                cells[column] = cells[column - 1]
    return cells


def is_alone(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell is merged downwards, so that it cannot be the group of its neighbour."""
    return any(a[0] <= row <= b[0] and a[1] <= column <= b[1] and b[0] > a[0] for a, b in grid.merges)
