"""Columns of marks under one heading, hidden older copies, years of two digits typed as numbers."""

from __future__ import annotations

from datetime import date

from shanghui.exchange.recognition import SourceFile
from tests.exchange.recognition.books import fields, identity, one, read_one, told, workbook


def test_a_mark_in_one_of_several_columns_is_the_word_above_it() -> None:
    rows = [
        ["党员花名册"], ["序号", "姓名", "性别", "", "入党时间", "党员类别", "", "是否流动党员", ""],
        ["", "", "男", "女", "", "正式党员", "预备党员", "是", "否"],
        [1, "王一", "√", "", "2010.3", "√", "", "", "√"], [2, "王二", "", "√", "2010.3", "", "√", "√", ""],
        [3, "王三", "√", "√", "2010.3", "√", "", "", "√"], ["合计", "", 2, 2, "", 2, 1, 1, 2],
    ]  # fmt: skip

    reading = read_one(
        workbook({"名册": rows}, merges={"名册": ["C2:D2", "F2:G2", "H2:I2", "A2:A3", "B2:B3", "E2:E3"]})
    )

    assert fields(reading, "name", "gender", "category", "floating") == [
        ("王一", "男", "正式党员", False), ("王二", "女", "预备党员", True), ("王三", None, "正式党员", False),
    ]  # fmt: skip
    assert told(reading) == [
        (6, "C", "value_unknown", "warning"),
        (7, "C", "total_mismatch", "warning"),
        (7, "D", "total_mismatch", "warning"),
    ]


def test_marks_for_the_kind_of_a_chamber_and_the_form_of_its_organization() -> None:
    rows = [
        ["商会名录"], ["商会名称", "商会类别", "", "会长", "组建方式", "", "", "党组织名称"],
        ["", "行业", "异地", "", "单独组建", "联合组建", "未组建", ""],
        ["甲商会", "√", "", "王一", "√", "", "", "甲商会党支部"], ["乙商会", "", "√", "王二", "", "", "√", ""],
    ]  # fmt: skip

    reading = read_one(workbook({"名录": rows}, merges={"名录": ["B2:C2", "E2:G2", "A2:A3", "D2:D3", "H2:H3"]}))

    assert fields(reading, "name", "kind", "form") == [("甲商会", "行业", "单独组建"), ("乙商会", "异地", None)]
    assert told(reading) == []


def test_a_hidden_sheet_that_repeats_a_visible_one_is_passed_over_and_named() -> None:
    heading = ["姓名", "身份证号", "入党时间", "类别"]
    people = [
        [f"王{name}", identity(date(1980, 3, 5), 2 * n + 1), "2010.3", "正式"] for n, name in enumerate("一二三四")
    ]

    reading = read_one(workbook({"党员": [heading, *people], "Sheet2": [heading, *people[:3]]}, hidden=["Sheet2"]))

    assert {record.sheet for record in reading.records} == {"党员"}
    assert told(reading) == [(None, None, "hidden_sheet", "info")]


def test_years_of_two_digits_in_number_cells() -> None:
    rows = [
        ["党员名册"], ["姓名", "出生年月", "入党时间", "类别"],
        ["王一", 85.7, 220630, "预备"], ["王二", 8507, "100305", "正式"], ["王三", 85.1, 201006, "正式"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert fields(reading, "birth", "joined_on") == [("1985-07", "2022-06-30"), (None, "2010-03-05"), (None, "2010-06")]
    assert sorted(told(reading)) == [
        (3, "B", "date_two_digit_year", "warning"), (3, "C", "date_two_digit_year", "warning"), (4, "B", "date_invalid", "error"),
        (4, "C", "date_two_digit_year", "warning"), (5, "B", "date_ambiguous", "warning"),
    ]  # fmt: skip


def test_a_full_member_within_the_year_of_probation_is_asked_about() -> None:
    rows = [
        ["党员名册"],
        ["截止日期：2023-12-31"],
        ["姓名", "入党时间", "类别"],
        ["王一", "2023.6", "正式"],
        ["王二", "2022.11", "正式"],
    ]

    reading = read_one(workbook({"名册": rows}))

    assert told(reading) == [(4, "C", "category_conflict", "warning")]


def test_the_day_the_figures_stand_at_counts_before_the_day_they_were_sent() -> None:
    rows = [
        ["党员名册"],
        ["报送时间：2024-04-08", "", "统计时点：2024-03-31"],
        ["姓名", "入党时间", "类别"],
        ["王一", "2010.3", "正式"],
    ]

    assert read_one(workbook({"名册": rows})).tables[0].as_at == date(2024, 3, 31)


def test_a_web_page_that_leaves_end_tags_out() -> None:
    page = (
        "<table><tr><td>姓名<td>入党时间<td>类别<tr><td>王一<td>2010.3<td>正式<tr><td>王二<td>2010.13<td>预备</table>"
    )

    reading = read_one(SourceFile("名册.xls", page.encode()))

    assert one(reading, name="王一").row == 2
    assert told(reading) == [(3, "B", "date_invalid", "error")]
