"""Layouts other than one table under one plain header: side by side, on its side, deep headers, long headers, forms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shanghui.exchange.recognition import SourceFile
from tests.exchange.recognition.books import credit_code, fields, identity, one, read_one, told, workbook

LIST = ["序号", "姓名", "性别", "入党时间", "类别", "联系电话"]


def test_two_tables_of_different_kinds_beside_each_other() -> None:
    rows = [
        ["党建工作台账"], ["党组织情况", "", "", "", "", "", "", "指导员联系情况"],
        ["序号", "党组织名称", "书记", "党员数", "成立时间", "届满时间", "", "序号", "指导员", "职务", "联系商会", "选派时间"],
        [1, "甲商会党支部", "王一", 10, "2019.3", "2025.3", "", 1, "赵六", "主任", "丙商会", "2022.3"],
        [2, "乙商会党支部", "王二", "约8", "2019.3", "2018.3", "", "", "", "", "丁商会", "2022.13"], ["合计", "", "", 18],
    ]  # fmt: skip

    reading = read_one(workbook({"台账": rows}))

    assert [(r.kind, r.row) for r in reading.records] == [
        ("party_organization", 4), ("party_organization", 5), ("guide_assignment", 4), ("guide_assignment", 5),
    ]  # fmt: skip
    assert fields(reading, "guide", "chamber")[2:] == [("赵六", "丙商会"), ("赵六", "丁商会")]
    assert sorted(told(reading)) == [
        (5, "D", "number_approximate", "warning"), (5, "F", "date_order", "error"), (5, "L", "date_invalid", "error"),
    ]  # fmt: skip


def test_two_lists_beside_each_other_each_with_its_title_and_total() -> None:
    rows = [
        ["茶业商会党支部党员名册", "", "", "", "", "", "", "汽车商会党支部党员名册"], [*LIST, "", *LIST],
        [1, "王一", "男", "2010.3", "正式", "15400000001", "", 1, "李一", "女", "2011.3", "正式", "15400000011"],
        [2, "王二", "女", "2011.3", "正式", "15400000002"], ["合计", "2人", "", "", "", "", "", "合计", "3人"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert fields(reading, "name", "branch") == [
        ("王一", "茶业商会党支部"), ("王二", "茶业商会党支部"), ("李一", "汽车商会党支部"),
    ]  # fmt: skip
    assert told(reading) == [(5, "I", "total_mismatch", "warning")]


def test_one_list_folded_into_two_halves_without_a_gap() -> None:
    heading = ["姓名", "性别", "入党时间", "类别"]
    rows = [heading * 2, ["王一", "男", "2010.3", "正式", "李一", "女", "2011.3", "正式"]]

    reading = read_one(workbook({"党员名单": rows}))

    assert fields(reading, "name", "joined_on") == [("王一", "2010-03"), ("李一", "2011-03")]


def test_an_empty_column_inside_one_table_does_not_part_it() -> None:
    rows = [
        ["商会名录"],
        ["序号", "商会名称", "会长", "", "党组织名称", "书记", "党员数"],
        [1, "甲商会", "王一", "", "甲商会党支部", "李一", 5],
    ]

    reading = read_one(workbook({"名录": rows}))

    assert one(reading, name="甲商会").fields["members"] == 5


def test_a_sheet_on_its_side_whose_corner_says_only_item() -> None:
    rows = [
        ["各商会党支部基本情况表"], ["截至2023年12月31日"], ["项目", "甲商会党支部", "乙商会党支部"],
        ["成立时间", "2019.3.1", "2020年2月30日"], ["书记", "王一", "王二"], ["党员数", 10, "约8"],
        ["其中：正式党员", 9, 7], ["预备党员", 1, 1], ["书记联系电话", "15400000001", "1540000002"],
    ]  # fmt: skip

    reading = read_one(workbook({"横表": rows}))

    assert [(r.kind, r.column, r.fields["name"]) for r in reading.records] == [
        ("party_organization", "B", "甲商会党支部"), ("party_organization", "C", "乙商会党支部"),
    ]  # fmt: skip
    assert reading.tables[0].as_at == date(2023, 12, 31)
    assert sorted(told(reading)) == [
        (4, "C", "date_invalid", "error"), (6, "C", "number_approximate", "warning"), (9, "C", "phone_invalid", "warning"),
    ]  # fmt: skip


@pytest.mark.parametrize("founded", [date(2012, 3, 1), "2012年3月1日", "2012年3月"])
@pytest.mark.parametrize("label", ["成立时间", "批复建立时间"])
def test_the_first_day_of_a_sheet_on_its_side_is_not_the_day_of_the_file(label: str, founded: Any) -> None:
    rows = [
        ["项目", "甲商会", "乙商会"], [label, founded, "2013年5月1日"], ["会长", "王一", "王二"], ["会员企业数", 3, 4],
        ["届满时间", "2014.1", "2016.2"],
    ]  # fmt: skip

    reading = read_one(workbook({"横表": rows}))

    assert [table.as_at for table in reading.tables] == [None]
    assert told(reading, "date_in_future") == []


@pytest.mark.parametrize("line", [["截至2023年12月31日"], ["填报单位：甲县工商联", "2023年12月31日"], ["统计时间", date(2023, 12, 31)]])
def test_the_line_that_names_the_day_of_a_sheet_on_its_side(line: list[Any]) -> None:
    rows = [line, ["项目", "甲商会", "乙商会"], ["批复建立时间", "2012年3月1日", ""], ["会长", "王一", "王二"], ["会员企业数", 3, 4]]

    reading = read_one(workbook({"横表": rows}))

    assert [table.as_at for table in reading.tables] == [date(2023, 12, 31)]


def test_a_form_where_a_label_belongs_to_the_one_before() -> None:
    rows = [
        ["商会基本信息登记表"], ["商会名称", "甲商会", "统一社会信用代码", credit_code(1)],
        ["会长姓名", "王一", "联系电话", "15400000001"], ["秘书长姓名", "李二", "联系电话", "15400000002"],
        ["成立时间", "2012年3月5日", "会员企业数", 55],
    ]  # fmt: skip

    reading = read_one(workbook({"甲": rows}))

    record = one(reading, name="甲商会")
    assert (record.fields["president_phone"], record.fields["secretary_general_phone"]) == (
        "15400000001",
        "15400000002",
    )
    assert reading.tables[0].as_at is None


def test_the_day_of_birth_on_a_form_is_not_the_day_of_the_file() -> None:
    rows = [
        ["党员信息采集表"], ["姓名", "王一"], ["性别", "男"], ["出生日期", "1980年3月5日"],
        ["身份证号码", identity(date(1980, 3, 5))], ["入党日期", "2010-03-01"], ["所在党支部", "甲商会党支部"],
    ]  # fmt: skip

    reading = read_one(workbook({"王一": rows}))

    assert one(reading, name="王一").fields["joined_on"] == "2010-03-01"
    assert told(reading) == []


def test_a_header_three_deep_where_the_lowest_level_says_only_from_and_to() -> None:
    rows = [
        ["2022年发展党员台账"],
        ["序号", "姓名", "积极分子", "", "发展对象", "", "", "预备党员", "转正", ""],
        ["", "", "确定时间", "培养联系人", "确定时间", "集中培训时间", "", "支部大会时间", "支部大会时间", "党委审批时间"],
        ["", "", "", "", "", "开始", "结束", "", "", ""],
        [1, "王一", "2019.10.8", "张三、李四", "2020.11.8", "2021.5.8", "2021.5.2", "2021.9.10", "2022.9.12", "2022.10.12"],
    ]  # fmt: skip
    areas = ["A2:A4", "B2:B4", "C2:D2", "E2:G2", "I2:J2", "F3:G3", *(f"{c}3:{c}4" for c in "CDEHIJ")]

    reading = read_one(workbook({"台账": rows}, merges={"台账": areas}))

    assert one(reading, name="王一").fields == {
        "name": "王一", "activist_on": "2019-10-08", "contacts": ["张三", "李四"], "candidate_on": "2020-11-08",
        "training_from": "2021-05-08", "training_to": "2021-05-02", "joined_on": "2021-09-10", "confirmed_on": "2022-09-12",
        "confirm_approved_on": "2022-10-12",
    }  # fmt: skip
    assert told(reading) == [(5, "G", "date_order", "error")]


def test_a_long_header_of_which_few_words_are_known() -> None:
    months = [f"{month}月" for month in range(1, 13)]
    rows = [
        ["甲商会党支部2023年党费收缴明细表"], ["序号", "姓名", "党费计算基数（元）", "月交党费（元）", *months, "签名", "经手"],
        [1, "王一", 5000, 50, *[50] * 12, "", ""],
    ]  # fmt: skip

    reading = read_one(workbook({"党费": rows}))

    assert fields(reading, "name", "base", "amount", "branch") == [("王一", 5000.0, 50.0, "甲商会党支部")]


def test_numbered_headings_and_a_day_within_a_heading() -> None:
    rows = [
        ["1、商会名称", "2、成立时间", "（3）会长", "截至2023年12月31日会员企业数（家）", "2023年底党员数"],
        ["甲商会", "2012.3", "王一", 55, 5],
    ]

    reading = read_one(workbook({"商会名录": rows}))

    assert fields(reading, "name", "president", "member_enterprises", "members") == [("甲商会", "王一", 55, 5)]


def test_a_list_of_names_under_a_title_that_says_whose_it_is() -> None:
    rows = [
        ["党员基本信息采集表"],
        ["姓名", "性别", "民族", "籍贯", "电话"],
        ["王一", "男", "汉", "云泽", "15400000001"],
    ]

    reading = read_one(workbook({"Sheet1": rows}))

    assert one(reading, name="王一").kind == "member"


def test_a_lower_level_of_a_single_cell_in_a_file_without_merges() -> None:
    text = "商会名称,会长,,会员数\n,姓名,政治面貌,\n甲商会,王一,中共党员,55\n"
    lone = "姓名,申请入党,性别,积极分子时间\n,时间,,\n王一,2020.1,男,2021.1\n"

    reading = read_one(SourceFile("商会.csv", text.encode()))
    other = read_one(SourceFile("积极分子.csv", lone.encode()))

    assert fields(reading, "name", "president", "president_politics") == [("甲商会", "王一", "中共党员")]
    assert fields(other, "name", "applied_on", "activist_on") == [("王一", "2020-01", "2021-01")]


def test_a_heading_with_two_meanings_takes_the_one_that_is_free() -> None:
    rows = [["商会名称", "职务", "姓名", "单位名称"], ["甲商会", "会长", "王一", "乙公司"]]

    reading = read_one(workbook({"班子成员": rows}))

    assert fields(reading, "chamber", "name", "enterprise") == [("甲商会", "王一", "乙公司")]
