"""Sheets that stand on their side, and registration forms: turned into ordinary rows, each cell knowing its origin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from shanghui.exchange.recognition.blocks import Block, is_heading
from shanghui.exchange.recognition.headings import plain_heading
from shanghui.exchange.recognition.vocabulary import known_headings
from shanghui.kernel.workbooks import Grid

GROUP = object()
"""Beside a label that stands before further labels: «会长 | 姓名 | 高明 | 联系电话 | …»."""
_LARGEST = 200
_RUN = 4


def turn(grid: Grid) -> Grid:
    """The sheet with rows and columns exchanged, the lines above its first label left out."""
    width = max((len(row) for row in grid.rows), default=0)
    first = next((number for number, row in enumerate(grid.rows) if _is_labelled(row)), 0)
    rows = [[grid.at(row, column) if row >= first else "" for row in range(len(grid.rows))] for column in range(width)]
    return Grid(
        grid.name,
        rows,
        [((a[1], a[0]), (b[1], b[0])) for a, b in grid.merges],
        set(grid.hidden_columns),
        set(grid.hidden_rows),
        grid.hidden,
        {(c, r): text for (r, c), text in grid.errors.items()},
        {(c, r) for r, c in grid.uncached},
    )


def _is_labelled(row: list[Any]) -> bool:
    filled = [value for value in row if value not in ("", None)]
    return len(filled) > 1 and any(
        isinstance(value, str) and (is_heading(value) or plain_heading(value) in _CORNERS) for value in filled[:2]
    )


def may_be_turned(grid: Grid) -> bool:
    """Whether a sheet is small enough to be looked at sideways or as a form, and is not clearly upright."""
    small = 2 <= len(grid.rows) <= _LARGEST and max(len(row) for row in grid.rows) <= _LARGEST
    return small and not _is_upright(grid)


def _is_upright(grid: Grid) -> bool:
    """Whether a row has four different headings one after another: on its side a sheet has one in a row."""
    for row in grid.rows:
        run: list[str] = []
        for value in row:
            if value in ("", None):
                continue
            known = isinstance(value, str) and is_heading(value) and value not in run
            run = [*run, value] if known else []
            if len(run) >= _RUN:
                return True
    return False


_CORNERS = frozenset({"项目", "指标", "内容", "栏目", "事项", "名目", "指标名称", "项目名称"})
_NAMES = (
    (re.compile(r"(支部|总支|党委|党组织)$"), "党组织名称"),
    (re.compile(r"(商会|协会|联合会|促进会)$"), "商会名称"),
    (re.compile(r"(公司|集团|厂|合作社)$"), "企业名称"),
    (re.compile(r"^[\u4e00-\u9fff·]{2,4}$"), "姓名"),
)


def with_corner(grid: Grid, block: Block) -> dict[int, tuple[str, ...]]:
    """The headings of a turned sheet, where the corner says only 项目 (or nothing): told by the names beside it."""
    paths = dict(block.paths)
    below = grid.rows[block.bottom + 1 :]
    for column in range(len(grid.rows[block.bottom])):
        plain = plain_heading(paths[column][-1]) if column in paths else ""
        if plain and plain not in _CORNERS:
            continue
        values = ["".join(row[column].split()) for row in below if isinstance(row[column], str) and row[column].strip()]
        if len(values) == len(below) > 0:
            heading = next((name for ends, name in _NAMES if all(ends.search(value) for value in values)), None)
            if heading:
                paths[column] = (heading,)
                break
    return dict(sorted(paths.items()))


def labels(grid: Grid) -> int:
    """How many cells of a sheet are headings."""
    return sum(1 for row in grid.rows for value in row if isinstance(value, str) and is_heading(value))


@dataclass
class Form:
    """Forms of a sheet as a table: row 0 the labels, then one row a form; where each cell came from."""

    grid: Grid
    origin: dict[tuple[int, int], tuple[int, int]]


def read_form(grid: Grid) -> Form | None:
    """Reads label–value pairs; None when the sheet is no form. A label that returns begins the next form."""
    pairs = _pairs(grid)
    values = [pair for pair in pairs if pair[1] is not GROUP]
    if len(values) < 4:
        return None
    header: list[str] = []
    columns: dict[str, int] = {}
    rows: list[list[Any]] = []
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    first, left = plain_heading(values[0][0]), values[0][2][1]
    owner = ""
    for written, value, place in pairs:
        if value is GROUP:
            owner = plain_heading(written).removesuffix("姓名")
            continue
        begins = plain_heading(written) == first and place[1] == left
        label = written if begins else _owned(owner, written)
        owner = owner if label != written else plain_heading(written).removesuffix("姓名")
        plain = plain_heading(label)
        if plain == first or not rows:
            rows.append([])
        if plain not in columns:
            columns[plain] = len(header)
            header.append(label)
        column = columns[plain]
        row = rows[-1]
        row.extend([""] * (column + 1 - len(row)))
        if row[column] == "":
            row[column] = value
            origin[(len(rows), column)] = place
    turned = Grid(grid.name, [list(header), *rows], hidden=grid.hidden)
    turned.errors = {at: grid.errors[place] for at, place in origin.items() if place in grid.errors}
    turned.uncached = {at for at, place in origin.items() if place in grid.uncached}
    return Form(turned, origin)


def _owned(owner: str, label: str) -> str:
    """«联系电话» behind «会长» is 会长联系电话."""
    joined = f"{owner}{plain_heading(label)}"
    return joined if owner and joined in known_headings() and plain_heading(label) != owner else label


def _pairs(grid: Grid) -> list[tuple[str, Any, tuple[int, int]]]:
    ends = {a: b[1] for a, b in grid.merges}
    covered = {
        (row, column) for a, b in grid.merges for row in range(a[0], b[0] + 1) for column in range(a[1], b[1] + 1)
    } - set(ends)
    found: list[tuple[str, Any, tuple[int, int]]] = []
    for index, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            if not isinstance(value, str) or not value.strip() or not is_heading(value):
                continue
            beside = ends.get((index, column), column) + 1
            while (index, beside) in covered:
                beside += 1
            other = grid.at(index, beside)
            if isinstance(other, str) and other.strip() and is_heading(other) and not _is_value(grid, index, beside):
                found.append((value, GROUP, (index, column)))
                continue
            found.append((value, other, (index, beside)))
    first = next((plain_heading(label) for label, value, _ in found if value is not GROUP), "")
    return [pair for pair in found if pair[1] not in ("", None) or plain_heading(pair[0]) == first]


def _is_value(grid: Grid, row: int, column: int) -> bool:
    """A value that reads like a heading (党员, 书记): what follows it is a label or nothing."""
    after = grid.at(row, column + 1)
    return after in ("", None) or (isinstance(after, str) and is_heading(after))
