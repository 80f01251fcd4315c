"""File by file, sheet by sheet: opening, recognising, checking, and saying why a sheet was passed over."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.checks import check_body, check_file, check_upload
from shanghui.exchange.recognition.checks.duplicates import is_copy
from shanghui.exchange.recognition.model import Problem, Reading, SourceFile
from shanghui.exchange.recognition.sheets import Choices, cover_context, read_sheet
from shanghui.exchange.recognition.told import Told
from shanghui.kernel.workbooks import Grid, Unreadable, open_file

_OLD = (
    "旧",
    "备份",
    "副本",
    "去年",
    "上年",
    "作废",
    "字典",
    "选项",
    "辅助",
    "参数",
    "示例",
    "样表",
    "模板",
    "下拉",
    "数据源",
)
_SUMMARY = ("汇总", "统计", "数据表", "主要数据", "一览")
_COVER = "是封面或说明，没有记录"
_UNKNOWN = "没有认出表头。请在“对应列”页面指明各列是什么，或按模板整理后再上传"
_TELLING = ("说明", "须知", "要求")
_BOOKS = (".xlsx", ".xls", ".xlsm", ".et")
_NO_BOOK = (
    "“{name}”的名称是 Excel 工作簿，内容却只是文字，也没有认出表格。请用 Excel 或 WPS 打开原来的表，"
    "另存为“Excel 工作簿（.xlsx）”再上传；只改文件名的后缀没有用。"
)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading makes millions of cells and no cycles; the collector would walk them all again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_without_collector()
def read_files(
    files: Sequence[SourceFile],
    *,
    today: date,
    learned: Mapping[str, str],
    forced: Mapping[tuple[str, str], Mapping[str, str | None]],
    progress: Callable[[int, int], None] | None,
    opened: Callable[[str, list[Grid]], None] | None = None,
) -> Reading:
    """What `read` promises."""
    reading = Reading()
    bodies: list[Body] = []
    sheets: list[tuple[list[Body], list[Grid], Told]] = []
    for index, file in enumerate(files):
        told = Told(reading.problems, file.name)
        try:
            grids = open_file(file.name, file.content)
        except Unreadable as fault:
            told.of_file(fault.kind, "error", str(fault))
        else:
            if opened is not None:
                opened(file.name, grids)
            chosen = {sheet: columns for (name, sheet), columns in forced.items() if name == file.name}
            found, passed = _read_file(grids, today, learned, chosen, reading, told)
            sheets.append((found, passed, told))
            bodies += found
        if progress is not None:
            progress(index + 1, len(files))
    check_upload(bodies)
    for found, passed, told in sheets:
        check_file(found, passed, told)
    for body in bodies:
        reading.tables.append(body.table)
        reading.records += body.records
    return reading


def _read_file(
    grids: list[Grid],
    today: date,
    learned: Mapping[str, str],
    chosen: Mapping[str, Mapping[str, str | None]],
    reading: Reading,
    told: Told,
) -> tuple[list[Body], list[Grid]]:
    cover = cover_context(grids)
    found: list[Body] = []
    passed: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: grid.hidden):
        if grid.hidden and any(word in grid.name for word in _OLD):
            _pass_over(grid, "隐藏的旧表或辅助表，没有导入", reading, told, kind="hidden_sheet")
            continue
        before = len(reading.problems)
        bodies = read_sheet(grid, Choices(learned, chosen.get(grid.name), today, cover), told)
        if grid.hidden and is_copy(bodies, found):
            del reading.problems[before:]
            _pass_over(grid, "是隐藏的工作表，里面的记录在别的表里已有，没有再导入", reading, told, kind="hidden_sheet")
            continue
        if not bodies:
            passed.append(grid)
        elif grid.hidden:
            told.of_sheet(
                grid.name, "hidden_sheet", "warning", "是隐藏的工作表，里面的记录也读取了。请核对是否应当导入"
            )
        for body in bodies:
            check_body(body, today)
        found += bodies
    for grid in passed:
        why = _reason(grid)
        if not found and why == _COVER:
            why = _UNKNOWN  # the only sheet of a file is nobody's cover
        severity = "error" if not found else "warning" if why == _UNKNOWN else "info"
        _pass_over(grid, why, reading, told, severity)
    if not grids or not any(grid.rows for grid in grids):
        told.of_file("empty", "error", f"“{told.file}”里没有内容。请核对后再上传。")
    return found, passed


def _reason(grid: Grid) -> str:
    if not any(value not in ("", None) for row in grid.rows for value in row):
        return "是空表"
    if grid.name in ("封面", "目录") or (
        len(grid.rows) <= 15 and max(map(len, grid.rows)) <= 3 and not _looks_summary(grid)
    ):
        return _COVER
    if any(word in grid.name for word in _TELLING):
        return "是填表说明，没有记录"
    if _looks_summary(grid):
        return "是汇总表，数字由台账算出，不作记录导入"
    return _UNKNOWN


def _looks_summary(grid: Grid) -> bool:
    top = "".join(str(value) for row in grid.rows[:3] for value in row if isinstance(value, str))
    return any(word in grid.name or word in top for word in _SUMMARY)


def _pass_over(
    grid: Grid, why: str, reading: Reading, told: Told, severity: str = "info", kind: str = "sheet_unrecognised"
) -> None:
    reading.skipped_sheets.append((told.file, grid.name, why))
    if grid.is_text and told.file.lower().endswith(_BOOKS):
        text = _NO_BOOK.format(name=told.file)
        told.problems.append(Problem(grid.name, None, None, None, kind, severity, text, file=told.file))
    else:
        told.of_sheet(grid.name, kind, severity, why)
