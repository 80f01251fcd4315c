"""A workbook read by a layout: where its headings are, which rows are records, what each cell says (M50). Knows no database.

Titles above, headings of several rows, merged cells, 同上, totals, notes at the end and headings printed again are dealt with as by the import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shanghui.exchange.layouts.layout import Layout
from shanghui.exchange.recognition.blocks import Block, block_at
from shanghui.exchange.recognition.bodies import Body, hand_down
from shanghui.exchange.recognition.cleaning.plain import visible
from shanghui.exchange.recognition.context import read_context
from shanghui.exchange.recognition.headings import forms_of, plain_heading
from shanghui.exchange.recognition.model import SourceFile, Table
from shanghui.exchange.recognition.rows import Sorted, sort_rows
from shanghui.exchange.recognition.told import Told
from shanghui.exchange.reconciling.subjects import compared_columns, headings_of, subject_of
from shanghui.kernel.refusals import Refused
from shanghui.kernel.workbooks import Grid, Unreadable, open_file

LOOKED_AT, LEAST = 40, 2
"""Rows in which a heading is looked for, and columns that make one."""
KEYS = ("name", "id_number", "credit_code")


@dataclass(slots=True)
class Row:
    """A record of the file: where it stands, {column of the ledger: cell}, the row that names its section."""

    sheet: str
    number: int
    cells: dict[str, Any]
    section: str = ""


@dataclass
class Laid:
    """The file by the layout. `headings`: {column of the ledger: heading as written}; `absent`: headings of the layout that it lacks."""

    rows: list[Row] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    others: int = 0


@dataclass(frozen=True)
class _Header:
    block: Block
    columns: dict[int, str]


def read_laid(file: SourceFile, layout: Layout) -> Laid:
    """The records of a workbook that is laid out by the layout. Raises Refused, saying what to do."""
    try:
        grids = open_file(file.name, file.content)
    except Unreadable as fault:
        raise Refused(str(fault)) from fault
    known, laid = known_headings(layout), Laid()
    for grid in grids:
        header = None if grid.hidden else find_header(grid, known)
        if header is None:
            laid.passed.append(grid.name)
        else:
            _take(laid, grid, header, layout)
    if not laid.headings:
        raise Refused(_unknown(layout, any(row for grid in grids for row in grid.rows)))
    if not laid.rows:
        raise Refused("找到了表头，下面没有一行记录。请核对是不是选错了文件，或者表格是空的。")
    titles = compared_columns(layout, subject_of(layout))
    laid.absent = [title for key, title in titles.items() if key not in laid.headings]
    return laid


def _unknown(layout: Layout, filled: bool) -> str:
    if not filled:
        return "文件里没有内容。请核对后再上传。"
    titles = list(compared_columns(layout, subject_of(layout)).values())[:6]
    return (
        f"没有认出“{layout.title}”的表头：至少要有名称（姓名）一列和另一列，如“{'”“'.join(titles)}”。"
        "请核对是不是选错了版式；标题改过的，请在“报表”里把版式的标题改成和文件一样。"
    )


Known = tuple[Mapping[str, str], Mapping[str, str]]
"""{plain heading: column of the ledger}: the layout's own, and what else offices call the same."""


def known_headings(layout: Layout) -> Known:
    """The headings by which the columns of a layout are found."""
    subject = subject_of(layout)
    columns = compared_columns(layout, subject)
    own = {plain_heading(title): key for key, title in columns.items()}
    taken = {plain_heading(one.title) for one in layout.columns}
    others = {form: key for key in columns for heading in headings_of(subject, key) if (form := plain_heading(heading)) not in taken}
    return own, others


def find_header(grid: Grid, known: Known) -> _Header | None:
    """The row of headings that names most columns, among the first; None where no row names a record and something of it."""
    best: _Header | None = None
    for row in range(min(LOOKED_AT, len(grid.rows))):
        if sum(1 for value in grid.rows[row] if isinstance(value, str) and value.strip()) < LEAST:
            continue
        block = block_at(grid, row)
        columns = _columns(block.paths, known)
        if len(columns) >= LEAST and set(KEYS) & set(columns.values()) and (best is None or len(columns) > len(best.columns)):
            best = _Header(block, columns)
    return best


def _columns(paths: Mapping[int, tuple[str, ...]], known: Known) -> dict[int, str]:
    """{column: column of the ledger}; a heading of the layout goes before another word for the same."""
    found: dict[int, str] = {}
    for words in known:
        for column, path in sorted(paths.items()):
            key = next((words[form] for form in forms_of(path) if form in words), None)
            if key is not None and column not in found and key not in found.values():
                found[column] = key
    return found


def _take(laid: Laid, grid: Grid, header: _Header, layout: Layout) -> None:
    width = max(len(row) for row in grid.rows)
    for row in grid.rows:
        row.extend([""] * (width - len(row)))
    columns, start = header.columns, header.block.bottom + 1
    laid.headings.update({key: "/".join(header.block.paths[column]) for column, key in columns.items() if key not in laid.headings})
    found = _sorted(grid, header, start)
    words = {one.about: {code: word for word, code in one.codes.items()} for one in layout.columns if one.kind == "column" and one.codes}
    laid.others += len(found.others)
    for place, section in zip(found.data, found.section_of, strict=True):
        cells = {key: _decoded(grid.rows[place][column], words.get(key)) for column, key in columns.items()}
        laid.rows.append(Row(grid.name, place + 1, cells, section.text if section else ""))


def _sorted(grid: Grid, header: _Header, start: int) -> Sorted:
    named: dict[int, str | None] = dict(header.columns)
    key = next((column for wanted in KEYS for column, name in header.columns.items() if name == wanted), 0)
    table = Table("", grid.name, "", [], start + 1, len(grid.rows), {}, {})
    context = read_context(grid.rows[: header.block.top], grid.name)
    body = Body(table, grid, context, named, header.block.paths, key, Sorted(), Told([]))
    hand_down(body, start, len(grid.rows))
    spanning: dict[int, int] = {}
    for (first, left), (_, right) in grid.merges:
        spanning[first] = max(spanning.get(first, 1), right - left + 1)
    return sort_rows(grid.rows, start, len(grid.rows), named, key, grid.rows[header.block.bottom], spanning)


def _decoded(value: Any, words: Mapping[str, str] | None) -> Any:
    """The ledger's word for the receiver's code."""
    return words.get(visible(value), value) if words and value not in ("", None) else value


def fits(file: SourceFile, layouts: Sequence[Layout]) -> Iterator[tuple[int, Layout]]:
    """(headings recognised, layout) for each layout that the file may be laid out by: to name a better one."""
    try:
        grids = open_file(file.name, file.content)
    except Unreadable:
        return
    for layout in layouts:
        try:
            known = known_headings(layout)
        except Refused:
            continue
        headers = [header for grid in grids if (header := find_header(grid, known))]
        if headers:
            yield max(len(header.columns) for header in headers), layout
