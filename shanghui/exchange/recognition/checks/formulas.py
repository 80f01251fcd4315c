"""Error values, formulas whose result was not stored, rows and columns that are hidden."""

from __future__ import annotations

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.headings import plain_heading
from shanghui.exchange.recognition.vocabulary import CHECKED, IGNORED

_MANY = 200
_UNCACHED = "公式没有保存计算结果，没有取到值。请用 Excel 或 WPS 打开、保存后再上传"
_NOT_CHECKED = "公式没有保存计算结果。这一列只用来核对，没有算出的结果，就不核对了"


def check_formulas(body: Body) -> None:
    """Each such cell of the table: no value is taken from it."""
    grid = body.grid
    if not grid.errors and not grid.uncached:
        return
    place_of = {row: i for i, row in enumerate(body.places)}
    totals = {row for row, _ in body.sorted.totals}
    for (row, column), shown in sorted(grid.errors.items()):
        _tell(
            body,
            place_of.get(row),
            row in totals,
            row,
            column,
            "formula_error",
            f"公式出错（{shown}），没有取到值。请改好公式，或直接填写结果",
        )
    left = [place for place in sorted(grid.uncached) if plain_heading(body.heading(place[1])) not in IGNORED]
    checked = CHECKED.get(body.table.kind, frozenset())
    for row, column in left[:_MANY]:
        stored = body.columns.get(column) not in checked
        _tell(
            body,
            place_of.get(row),
            row in totals,
            row,
            column,
            "formula_uncached",
            _UNCACHED if stored else _NOT_CHECKED,
            stored,
        )


def _tell(
    body: Body, i: int | None, in_total: bool, row: int, column: int, kind: str, text: str, stored: bool = True
) -> None:
    name = body.columns.get(column)
    if i is None and not in_total:
        return
    severity = "error" if i is not None and name and stored else "warning"
    if i is not None and name:
        body.refuse(i, name)
    shown, at = body.where(row, column)
    value = body.grid.errors.get((row, column))
    body.told.of_cell(
        body.table.sheet, shown, at, name, body.heading(column), kind, severity, text, value, None, body.table.kind
    )


def check_hidden(body: Body) -> None:
    """Hidden rows are read like others, and named."""
    grid, sheet = body.grid, body.table.sheet
    places = set(body.places)
    if body.turned or body.origin is not None:
        return
    hidden = [row for row in sorted(grid.hidden_rows) if row in places]
    for row in hidden[:_MANY]:
        body.told.of_row(sheet, row + 1, "hidden_row", "info", "这一行是隐藏的，也读取了。请核对是否应当导入")
    if len(hidden) > _MANY:
        body.told.of_sheet(sheet, "hidden_row", "info", f"共有{len(hidden)}行是隐藏的（或被筛选掉了），也读取了")
    columns = [c for c in sorted(grid.hidden_columns) if body.columns.get(c)]
    if columns:
        names = "、".join(body.heading(c).replace("\n", "") for c in columns)
        body.told.of_sheet(sheet, "hidden_column", "info", f"有隐藏的列（{names}），也读取了")
