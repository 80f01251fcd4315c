"""Totals, subtotals, and the numbers that section rows and titles state, against the rows they are about."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.cleaning.plain import narrow
from shanghui.exchange.recognition.headings import plain_heading
from shanghui.exchange.recognition.vocabulary import IGNORED, fields_of

_STATED = re.compile(r"^共?(?:计)?(\d+(?:\.\d+)?)(?:[人名家户个次场元万]|人次)?$")
_SUBTOTAL = re.compile(r"小\s*计|本页")
_IN_LABEL = re.compile(r"^[^\d]{0,4}(?:小计|合计|总计|共计|总数)[:：]?共?(\d+)[人名家户个](?:[。,，;；]|$)")
_IN_TITLE = re.compile(r"[(（](?:共|计)?(\d+)[人名家户个次场][)）]")
_PARTS: tuple[tuple[re.Pattern[str], Callable[[dict[str, Any]], bool]], ...] = (
    (re.compile(r"(?<!正式)(?<!预备)党员(\d+)[人名]"), lambda f: True),
    (re.compile(r"正式党员(\d+)[人名]"), lambda f: f.get("category") == "正式党员"),
    (re.compile(r"预备党员(\d+)[人名]"), lambda f: f.get("category") == "预备党员"),
    (re.compile(r"男(?:性|党员)?(\d+)[人名]"), lambda f: f.get("gender") == "男"),
    (re.compile(r"女(?:性|党员)?(\d+)[人名]"), lambda f: f.get("gender") == "女"),
)
_COUNTED = ("count", "money")
_PLAIN = ("", "person", "gender", "unit", "text", "ethnicity", "category", "text_or_none")


def check_totals(body: Body) -> None:
    """Each total row; then what sections and the title say."""
    for row, _ in body.sorted.totals:
        _check_row(body, row)
    _check_sections(body)
    _check_groups(body)
    _check_title(body)


def _scopes(body: Body, row: int) -> list[list[int]]:
    """The records a total row may be about, the likeliest first."""
    bounds = [r for r, _ in body.sorted.totals if r < row] + [
        section.row for section, _ in body.sorted.sections if section.row < row
    ]
    label = "".join(str(value) for value in body.grid.rows[row][:4])
    since = max(bounds, default=-1)
    near = [i for i, place in enumerate(body.places) if since < place < row]
    every = [i for i, place in enumerate(body.places) if place < row]
    if not every:
        later = min((r for r, _ in body.sorted.totals if r > row), default=10**9)
        return [[i for i, place in enumerate(body.places) if row < place < later], list(range(len(body.places)))]
    return [near] if _SUBTOTAL.search(label) and near else [every, near]


def _check_row(body: Body, row: int) -> None:
    scopes = _scopes(body, row)
    cells = [(column, value) for column, value in enumerate(body.grid.rows[row]) if value not in ("", None)]
    covered = {c for a, b in body.grid.merges if a[0] <= row <= b[0] for c in range(a[1] + 1, b[1] + 1)}
    for position, (column, value) in enumerate(cells):
        if column in covered or (row, column) in body.grid.errors:
            continue
        if (
            isinstance(value, str)
            and position < 2
            and any("\u4e00" <= c <= "\u9fff" for c in value)
            and not _STATED.match(narrow(value))
        ):
            _check_label(body, row, column, value, scopes)
            continue
        stated = _stated(value)
        if stated is not None:
            _check_cell(body, row, column, value, stated, scopes)


def _stated(value: Any) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = _STATED.match(narrow(value)) if isinstance(value, str) else None
    return float(found.group(1)) if found else None


def _check_label(body: Body, row: int, column: int, text: str, scopes: list[list[int]]) -> None:
    plain = narrow(text)
    counted = _IN_LABEL.match(plain)
    if counted:
        _compare(
            body, row, column, None, text, float(counted.group(1)), [float(len(scope)) for scope in scopes], "行数"
        )
    if body.table.kind != "member":
        return
    for pattern, holds in _PARTS:
        found = pattern.search(plain)
        if found:
            sums = [float(sum(1 for i in scope if holds(body.records[i].fields))) for scope in scopes]
            _compare(
                body, row, column, None, text, float(found.group(1)), sums, found.group()[: -len(found.group(1)) - 1]
            )


def _check_cell(body: Body, row: int, column: int, value: Any, stated: float, scopes: list[list[int]]) -> None:
    name = body.columns.get(column)
    cleaned_as = fields_of(body.table.kind)[name].cleaned_as if name else ""
    if column in body.marked:
        first, word = body.marked[column]
        counts = [float(sum(1 for i in s if body.grid.rows[body.places[i]][first] == word)) for s in scopes]
        _compare(body, row, column, name, value, stated, counts, f"上面是“{word}”的")
    elif name and cleaned_as in _COUNTED:
        sums = [_sum(body, name, column, scope) for scope in scopes]
        known = [one for one in sums if one is not None]
        _compare(body, row, column, name, value, stated, known if len(known) == len(sums) else [], "上面各行相加")
    elif name and cleaned_as == "yes_no":
        marks = [float(sum(1 for i in scope if body.records[i].fields.get(name))) for scope in scopes]
        _compare(body, row, column, name, value, stated, marks + [float(len(s)) for s in scopes], "上面填“是”的")
    elif not name and _is_numeric(body, column, scopes[0]):
        raw = [sum(_raw(body, i, column) or 0 for i in scope) for scope in scopes]
        _compare(body, row, column, None, value, stated, raw, "上面各行相加")
    elif cleaned_as in _PLAIN and (isinstance(value, str) or column <= max(body.key, 3)):
        rows = body.grid.rows
        filled = [float(sum(1 for i in s if rows[body.places[i]][column] not in ("", None))) for s in scopes]
        _compare(body, row, column, None, value, stated, [float(len(s)) for s in scopes], "行数", also=filled)


def _sum(body: Body, name: str, column: int, scope: list[int]) -> float | None:
    """The sum of a column, None when a value in it is not settled."""
    total = 0.0
    for i in scope:
        record = body.records[i]
        if name in record.unsettled:
            return None
        if (body.places[i], column) not in body.handed_down:
            total += record.fields.get(name) or 0
    return total


def _raw(body: Body, i: int, column: int) -> float | None:
    if (body.places[i], column) in body.handed_down:
        return 0
    value = body.grid.rows[body.places[i]][column]
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_numeric(body: Body, column: int, scope: list[int]) -> bool:
    if plain_heading(body.heading(column)) in IGNORED or not body.heading(column):
        return False
    found = [_raw(body, i, column) for i in scope]
    return sum(1 for value in found if value is not None) * 5 >= len(found) * 3 > 0 and not body.heading(
        column
    ).endswith("率")


def _compare(
    body: Body,
    row: int,
    column: int,
    name: str | None,
    value: Any,
    stated: float,
    sums: list[float],
    words: str,
    also: list[float] | None = None,
) -> None:
    if not sums or any(abs(stated - one) < 0.005 for one in [*sums, *(also or [])]):
        return
    shown, at = body.where(row, column)
    body.told.of_cell(
        body.table.sheet,
        shown,
        at,
        name,
        body.heading(column),
        "total_mismatch",
        "warning",
        f"写的是{stated:g}，{words}是{sums[0]:g}。请核对",
        value,
        None,
        body.table.kind,
    )


def _check_sections(body: Body) -> None:
    marks = [section for section, _ in body.sorted.sections]
    for number, section in enumerate(marks):
        if section.stated is None:
            continue
        end = marks[number + 1].row if number + 1 < len(marks) else 10**9
        count = sum(1 for place in body.places if section.row < place < end)
        if count and count != section.stated:
            body.told.of_cell(
                body.table.sheet,
                section.row + 1,
                section.column,
                None,
                "",
                "total_mismatch",
                "warning",
                f"写明{section.stated}，下面实有{count}行。请核对",
                body.grid.rows[section.row][section.column],
                None,
                body.table.kind,
            )


def _check_groups(body: Body) -> None:
    """Numbers stated beside the name of a group that is merged down over its rows."""
    for row, column, stated in body.stated:
        covered = {row} | {at for at, place in body.handed_down if place == column}
        last = row
        while last + 1 in covered:
            last += 1
        count = sum(1 for place in body.places if row <= place <= last)
        if count != stated and last > row:
            text = f"写明{stated}，下面实有{count}行。请核对"
            shown, at = body.where(row, column)
            body.told.of_cell(
                body.table.sheet, shown, at, body.columns.get(column), body.heading(column), "total_mismatch", "warning", text,
                body.grid.rows[row][column], None, body.table.kind,
            )  # fmt: skip


def _check_title(body: Body) -> None:
    found = _IN_TITLE.search(body.table.title)
    if not found or body.turned or int(found.group(1)) == len(body.records):
        return
    for row in range(max(0, body.table.header_rows[0] - 9), body.table.header_rows[0] - 1):
        for column, value in enumerate(body.grid.rows[row]):
            if isinstance(value, str) and value.strip() == body.table.title:
                body.told.of_cell(
                    body.table.sheet,
                    row + 1,
                    column,
                    None,
                    "",
                    "total_mismatch",
                    "warning",
                    f"标题写明{found.group(1)}，表里实有{len(body.records)}行。请核对",
                    value,
                    None,
                    body.table.kind,
                )
                return
