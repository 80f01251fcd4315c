"""Office files as grids: values, merges, hidden rows and columns, error values, formulas without results."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from shanghui.kernel.workbooks import Unreadable, open_file
from shanghui.kernel.workbooks.grids import letter, place


def _written(**options: object) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.merge_range("A1:C1", "标题")
    sheet.write_string("A2", "990100198003050013")
    sheet.write_number("B2", 12)
    sheet.write_datetime("C2", datetime(2024, 3, 1), book.add_format({"num_format": "yyyy/m/d"}))
    sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
    sheet.write_formula("B3", "=1+1", None, 2)
    sheet.write_formula("C3", '=""', None, "")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})
    book.add_worksheet("暗").hide()
    book.close()
    return content.getvalue()


def test_values_merges_and_marks_of_a_workbook() -> None:
    grid, hidden = open_file("书.xlsx", _written())

    assert grid.rows[1] == ["990100198003050013", 12.0, date(2024, 3, 1)]
    assert grid.merges == [((0, 0), (0, 2))]
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {1})
    assert grid.errors == {(2, 0): "#DIV/0!"}
    assert grid.rows[2][1] == 2.0
    assert hidden.hidden
    assert not grid.hidden


def test_a_formula_that_was_never_calculated() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "合计"
    book.active["B1"] = "=SUM(C1:D1)"
    content = io.BytesIO()
    book.save(content)

    (grid,) = open_file("书.xlsx", content.getvalue())

    assert grid.uncached == {(0, 1)}


def test_a_quoted_line_break_in_a_text_file_is_no_new_row() -> None:
    (grid,) = open_file("表.csv", '姓名,单位\n王一,"甲公司\n车间"\n李二,乙'.encode("gb18030"))

    assert grid.name == "csv"
    assert grid.rows == [["姓名", "单位"], ["王一", "甲公司\n车间"], ["李二", "乙"]]


def test_merged_cells_of_a_web_page() -> None:
    page = "<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>"

    (grid,) = open_file("表.xls", page.encode())

    assert grid.rows == [["甲", "1"], ["", "2"]]
    assert grid.merges == [((0, 0), (1, 0))]


def test_a_locked_workbook_says_so() -> None:
    with pytest.raises(Unreadable) as refused:
        open_file("空.xlsx", b"   ")

    assert refused.value.kind == "empty"


def test_letters_of_columns() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert place("AA10") == (9, 26)
