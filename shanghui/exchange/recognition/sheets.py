"""From a sheet to its tables with their records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shanghui.exchange.recognition import turning
from shanghui.exchange.recognition.beside import side_by_side
from shanghui.exchange.recognition.blocks import Block, block_at, find_blocks, is_heading
from shanghui.exchange.recognition.bodies import Body, fill, hand_down, hand_down_unmerged, part_counts
from shanghui.exchange.recognition.context import Context, lines_of, read_context
from shanghui.exchange.recognition.continued import join_continued
from shanghui.exchange.recognition.derived import derive
from shanghui.exchange.recognition.marks import join_marks
from shanghui.exchange.recognition.model import Table
from shanghui.exchange.recognition.naming import Named, name_table
from shanghui.exchange.recognition.rows import NOTE, TOTAL, Sorted, sort_rows
from shanghui.exchange.recognition.signs import REQUIRED
from shanghui.exchange.recognition.told import Told
from shanghui.kernel.workbooks import Grid
from shanghui.kernel.workbooks.grids import letter

_ABOVE = 8
KIND = "*"
"""Among the forced columns of a sheet: the kind of record a person chose."""
_LABELLED = 5
_SURE = 5


@dataclass
class Choices:
    """What a person chose before, and what the upload says as a whole. `cover`: the context of the file's cover."""

    learned: Mapping[str, str]
    forced: Mapping[str, str | None] | None
    today: date
    cover: Context

    @property
    def kind(self) -> str | None:
        """The kind of record a person chose for the sheet."""
        return (self.forced or {}).get(KIND)


@dataclass
class _Found:
    grid: Grid
    block: Block
    named: Named
    top: int = 0
    turned: bool = False
    origin: dict[tuple[int, int], tuple[int, int]] | None = None
    upright: Grid | None = None

    @property
    def fields(self) -> int:
        return len({field for field in self.named.columns.values() if field})


def read_sheet(grid: Grid, choices: Choices, told: Told) -> list[Body]:
    """The tables of a sheet, filled; [] when none is recognised."""
    _square(grid)
    bodies: list[Body] = []
    blocks = find_blocks(grid)
    parts = side_by_side(grid, blocks, choices.learned) if not choices.forced else [grid]
    for part in parts:
        groups = _pages(_find(part, blocks, choices) if len(parts) == 1 else _named(part, find_blocks(part), choices))
        for index, pages in enumerate(groups):
            one = pages[0]
            end = groups[index + 1][0].top if index + 1 < len(groups) else len(one.grid.rows)
            body = _body(one, pages[1:], end, bodies[-1] if bodies else None, choices, told)
            if body is not None:
                bodies.append(body)
    return bodies


def _pages(found: list[_Found]) -> list[list[_Found]]:
    """Tables with the headers that were only printed again: same columns, and no title of its own between."""
    groups: list[list[_Found]] = []
    for one in found:
        first = groups[-1][0] if groups else None
        if first is not None and list(first.block.paths.values()) == list(one.block.paths.values()):
            title, before = _title(one), _title(first)
            if not title or title == before:
                groups[-1].append(one)
                continue
        groups.append([one])
    return groups


def _title(one: _Found) -> str:
    return re.sub(r"[(（]?续表?[)）]?$", "", read_context(one.grid.rows[one.top : one.block.top]).title)


def _square(grid: Grid) -> None:
    width = max((len(row) for row in grid.rows), default=0)
    for row in grid.rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))


def _find(grid: Grid, blocks: list[Block], choices: Choices) -> list[_Found]:
    upright = _named(grid, blocks, choices)
    best, most = upright, max((one.fields for one in upright), default=0)
    if most >= _SURE or not turning.may_be_turned(grid):
        return upright
    sideways = turning.turn(grid)
    _square(sideways)
    turned = _named(sideways, find_blocks(sideways), choices, grid)
    count = max((one.fields for one in turned), default=0)
    if count > max(most, 2) and count >= 3:
        best, most = [replace(one, turned=True, upright=grid) for one in turned], count
    form = turning.read_form(grid)
    if form is not None and len(form.grid.rows) > 1:
        one = _named_form(form, grid, choices)
        if one is not None and one.fields > most:
            return [one]
    return best


def _named_form(form: turning.Form, grid: Grid, choices: Choices) -> _Found | None:
    _square(form.grid)
    block = block_at(form.grid, 0)
    block = Block(0, 0, {column: (str(label),) for column, label in enumerate(form.grid.rows[0])})
    named = name_table(block.paths, _titles(grid, 1, 0), choices.learned)
    return _Found(form.grid, block, named, 0, False, form.origin, grid) if named else None


def _named(grid: Grid, blocks: list[Block], choices: Choices, upright: Grid | None = None) -> list[_Found]:
    found: list[_Found] = []
    forced = _columns(choices.forced) if choices.forced and upright is None else None
    for block in blocks:
        begin = found[-1].block.bottom + 1 if found else 0
        top = _top_of_titles(grid, block.top, begin)
        titles = _titles(upright, 2, 0) if upright is not None else _titles(grid, block.top, top)
        if upright is not None:
            block = replace(block, paths=turning.with_corner(grid, block))
        named = name_table(block.paths, titles, choices.learned, forced, choices.kind if forced else None)
        if named is not None:
            found.append(_Found(grid, block, named, top))
    if not found and forced:
        found = _forced_block(grid, forced, choices)
    return found


def _columns(forced: Mapping[str, str | None]) -> dict[int, str | None]:
    return {
        sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(name))) - 1: f
        for name, f in forced.items()
        if name != KIND
    }


def _forced_block(grid: Grid, forced: Mapping[int, str | None], choices: Choices) -> list[_Found]:
    """A person named the columns of a sheet whose header nobody knows: the first well-filled row is the header."""
    for row in range(min(len(grid.rows), 30)):
        filled = [
            column for column in forced if column < len(grid.rows[row]) and grid.rows[row][column] not in ("", None)
        ]
        if len(filled) >= max(min(2, len(forced)), len(forced) // 2) and all(
            isinstance(grid.rows[row][c], str) for c in filled
        ):
            block = block_at(grid, row)
            named = name_table(block.paths, _titles(grid, row, 0), choices.learned, forced, choices.kind)
            return [_Found(grid, block, named)] if named else []
    return []


def _titles(grid: Grid, top: int, begin: int) -> list[str]:
    """Titles near a header, nearest first: the lines above it, then the sheet's name."""
    lines = [
        str(value)
        for row in reversed(range(max(begin, top - _ABOVE), min(top, len(grid.rows))))
        for value in grid.rows[row]
        if isinstance(value, str) and 4 <= len(value.strip()) <= 60 and "：" not in value and ":" not in value
    ]
    return [*lines, grid.name]


def _body(one: _Found, again: list[_Found], end: int, before: Body | None, choices: Choices, told: Told) -> Body | None:
    grid, block, named, top = one.grid, one.block, one.named, one.top
    context = _context(one)
    cover = choices.cover
    columns = dict(named.columns)
    marked = join_marks(grid, columns, block.paths, named.kind, block.bottom + 1, end)
    key = _key(named)
    last = end - 1
    table = Table(
        told.file,
        grid.name,
        named.kind,
        [row + 1 for row in range(block.top, block.bottom + 1)],
        block.bottom + 2,
        last + 1,
        {letter(c): f for c, f in sorted(columns.items())},
        {letter(c): "/".join(path) for c, path in block.paths.items()},
        context.as_at or (before.table.as_at if before else None) or cover.as_at,
        context.sender or (before.table.sender if before else None) or cover.sender,
        context.title or (before.table.title if before else "") or grid.name,
    )
    if context.period is None and before is not None:
        context = replace(context, period=before.context.period)
    spanning: dict[int, int] = {}
    for (first, left), (_, right) in grid.merges:
        spanning[first] = max(spanning.get(first, 1), right - left + 1)
    body = Body(table, grid, context, columns, block.paths, key, Sorted(), told)
    body.turned, body.origin, body.marked = one.turned, one.origin, marked
    for column, field in columns.items():
        if field:
            body.column_of.setdefault(field, column)
    join_continued(body, block.bottom + 1, end)
    hand_down(body, block.bottom + 1, end)
    part_counts(body, block.bottom + 1, end)
    header = grid.rows[block.bottom]
    printed = {row for page in again for row in range(page.top, page.block.bottom + 1)}
    body.sorted = sort_rows(grid.rows, block.bottom + 1, end, columns, key, header, spanning, printed)
    hand_down_unmerged(body)
    if one.upright is not None:
        _forget_sections(body)
    _close(body, top, block)
    period = context.period
    fill(
        body,
        (table.as_at or choices.today).year,
        period.first.year if period and period.first.year == period.last.year else None,
    )
    derive(body)
    return body if body.records else None


def _forget_sections(body: Body) -> None:
    """A turned sheet has none; its columns are rows of the sheet."""
    body.sorted.sections.clear()
    body.sorted.totals.clear()
    body.sorted.section_of = [None] * len(body.sorted.data)
    if body.origin is not None:
        return
    numbers = {column: str(body.where(0, column)[0]) for column in body.paths}
    body.table.columns = {numbers[column]: field for column, field in body.columns.items()}
    body.table.headings = {numbers[column]: "/".join(path) for column, path in body.paths.items()}


def _close(body: Body, top: int, block: Block) -> None:
    table, data = body.table, body.sorted.data
    above = [
        (row + 1, "标题或单位行")
        for row in range(top, block.top)
        if any(v not in ("", None) for v in body.grid.rows[row])
    ]
    table.not_records = [*above, *((row + 1, why) for row, why in body.sorted.others)]
    if data:
        table.last_row = data[-1] + 1


def _top_of_titles(grid: Grid, top: int, begin: int) -> int:
    """The first of the title lines above a header: lines with few cells, up to what belongs to the table before."""
    row = top
    seen = False
    while row > begin and top - row < _ABOVE:
        filled = [value for value in grid.rows[row - 1] if value not in ("", None)]
        if len(filled) > 4 or (begin and seen and not filled) or (begin and filled and _ends_a_table(filled)):
            break
        seen = seen or bool(filled)
        row -= 1
    return row


def _ends_a_table(filled: list[Any]) -> bool:
    first = filled[0]
    if not isinstance(first, str):
        return True
    return bool(TOTAL.match(first.strip())) or (
        bool(NOTE.match(first.strip())) and not first.strip().startswith(("填报单位", "填报时间", "填报日期"))
    )


def _context(one: _Found) -> Context:
    """The context of a table; of a sheet that was turned, the lines above its first label."""
    if one.upright is None:
        return read_context(one.grid.rows[one.top : one.block.top], one.grid.name)
    rows = one.upright.rows
    first = next((n for n, row in enumerate(rows) if any(isinstance(v, str) and is_heading(v) for v in row)), 0)
    return read_context(lines_of(rows[:first]), one.grid.name)


def _key(named: Named) -> int:
    placed = {field: column for column, field in reversed(list(named.columns.items())) if field}
    for group in REQUIRED[named.kind]:
        for field in group:
            if field in placed:
                return placed[field]
    return min(placed.values())


def cover_context(grids: list[Grid]) -> Context:
    """What short sheets without a header (a cover, mostly) say about the file."""
    found = Context("", None, None, None)
    for grid in grids:
        if len(grid.rows) > 30 or grid.hidden or turning.labels(grid) >= _LABELLED or find_blocks(grid):
            continue
        said = read_context(lines_of(grid.rows))
        found = Context(
            found.title or said.title,
            found.as_at or said.as_at,
            found.sender or said.sender,
            found.period or said.period,
        )
    return found
