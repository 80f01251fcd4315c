"""Rows around the records: numbers of columns, samples, instructions, sections, subtotals, notes, signatures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.exchange.recognition.books import Rows, fields, identity, read_one, told, workbook

HEADING = ["序号", "姓名", "性别", "出生年月", "身份证号", "入党时间", "类别", "备注"]


def person(number: int, name: str, serial: int = 0) -> list[Any]:
    return [number, name, "男", "1980.3", identity(date(1980, 3, 5), 2 * (serial or number) + 1), "2010.3", "正式", ""]


@pytest.mark.parametrize(
    "row",
    [
        [1, 2, 3, 4, 5, 6, 7, 8], ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"],
        ["甲", "乙", "丙", 1, 2, 3, 4, 5], ["例", "张三", "男", "1980.3", "990100198003050013", "2010.3", "正式", ""],
        ["填写说明", "与身份证一致", "男/女", "如1980.03", "18位", "如2010.07", "正式/预备", "选填"],
        ["", "必填", "必填", "必填", "必填", "选填", "必填", "选填"], ["", "（文本）", "", "（年月）", "（18位）", "（年月）", "", ""],
    ],
)  # fmt: skip
def test_what_stands_just_below_a_header_is_no_record(row: list[Any]) -> None:
    reading = read_one(
        workbook({"名册": [["党员花名册"], HEADING, row, person(1, "王一"), person(2, "王二"), ["合计", "2人"]]})
    )

    assert fields(reading, "name") == [("王一",), ("王二",)]
    assert told(reading) == []


def test_what_stands_below_the_records_is_no_record() -> None:
    rows: Rows = [
        ["党员花名册"], HEADING, person(1, "王一"), [2], ["3", "", ""], ["……"], ["合　计", "1人"],
        ["填表说明：", "1.出生年月填写如1980.03。"],
        ["", "2.党员类别填正式党员或预备党员。"], ["3.以上数据截至2023年底，由各支部核对。"],
        ["单位负责人（签字）：王一", "", "填表人：李二", "", "联系电话：15400000009"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert fields(reading, "name") == [("王一",)]
    assert told(reading) == []


def test_sections_in_many_guises_name_the_branch() -> None:
    rows: Rows = [
        ["党员花名册"], HEADING, ["一", "甲商会党支部（2人）"], person(1, "王一"), ["", "小计", "2人"],
        ["（二）乙商会党支部   共1名"], person(1, "王二", 2), ["小计：1人"], ["丙商会党支部"], person(1, "王三", 3), [],
        ["党支部名称：丁商会党支部"], person(1, "王四", 4), ["总 计", "", "", "", "", "", "4"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert fields(reading, "name", "branch") == [
        ("王一", "甲商会党支部"), ("王二", "乙商会党支部"), ("王三", "丙商会党支部"), ("王四", "丁商会党支部"),
    ]  # fmt: skip
    assert sorted(told(reading)) == [(3, "B", "total_mismatch", "warning"), (5, "C", "total_mismatch", "warning")]


def test_subtotals_behind_a_merged_county_that_states_its_number() -> None:
    rows: Rows = [
        ["商会名录"], ["县区", "序号", "商会名称", "会长", "会员数", "是否建立党组织", "党组织名称"],
        ["东岭区（3家）", 1, "甲商会", "王一", 55, "是", "甲商会党支部"], ["", 2, "乙商会", "王二", 45, "否", ""], ["", "小计", "2家", "", 100, "1家"],
        ["南屏县（1家）", 1, "丙商会", "王三", "30", "是", "丙商会党支部"], ["", "小计", "1家", "", 30, "2家"], ["合计", "", "3家", "", 131, "2"],
    ]  # fmt: skip

    reading = read_one(workbook({"名录": rows}, merges={"名录": ["A3:A5", "A6:A7"]}))

    assert fields(reading, "name", "county") == [("甲商会", "东岭区"), ("乙商会", "东岭区"), ("丙商会", "南屏县")]
    assert sorted(told(reading)) == [
        (3, "A", "total_mismatch", "warning"), (7, "F", "total_mismatch", "warning"), (8, "E", "total_mismatch", "warning"),
    ]  # fmt: skip


def test_a_group_heading_that_is_not_merged_over_its_columns() -> None:
    rows: Rows = [
        ["党组织台账"], ["序号", "党组织名称", "党员数", "", "", "书记", ""], ["", "", "总数", "正式", "预备", "姓名", "联系电话"],
        [1, "甲党支部", 10, 8, 2, "王一", "15400000001"], [2, "乙党支部", 10, 8, 3, "王二", "15400000002"],
    ]  # fmt: skip

    reading = read_one(workbook({"Sheet1": rows}))

    assert fields(reading, "members_total", "members_full", "members_probationary", "secretary_phone") == [
        (10, 8, 2, "15400000001"), (10, 8, 3, "15400000002"),
    ]  # fmt: skip
    assert told(reading) == [(5, "C", "total_mismatch", "warning")]


def test_three_lists_stacked_without_a_blank_row() -> None:
    rows: Rows = [
        ["甲商会党建台账"], ["一、党员名册"], HEADING, person(1, "王一"), ["二、入党积极分子"],
        ["序号", "姓名", "性别", "申请入党时间", "列为积极分子时间", "培养联系人"], [1, "李一", "男", "2020.1", "2021.1", "王一、王二"],
        ["三、开展活动情况"], ["序号", "活动时间", "活动名称", "参加人数"], [1, "2023.5.1", "观影", "若干"],
    ]  # fmt: skip

    reading = read_one(workbook({"台账": rows}))

    assert [(r.kind, r.row) for r in reading.records] == [("member", 4), ("activist", 7), ("activity", 10)]
    assert told(reading) == [(10, "D", "value_unknown", "warning")]


def test_a_sentence_below_a_gap_is_no_record() -> None:
    rows: Rows = [
        ["会员企业名录"], ["序号", "企业名称", "法定代表人", "所属商会"], [1, "甲公司", "王一", "甲商会"], [2, "乙公司", "王二", "甲商会"],
        [], ["", "", "制表：张三", "审核：李四"], ["", "以上企业均已核实"], ["2024年1月5日"],
    ]  # fmt: skip

    reading = read_one(workbook({"会员": rows}))

    assert fields(reading, "name") == [("甲公司",), ("乙公司",)]
    assert told(reading) == []
