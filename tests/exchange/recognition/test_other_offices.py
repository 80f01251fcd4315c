"""Workbooks of other offices: headings in other words, several facts in one cell, remarks beside a date."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exchange.recognition.books import errors, fields, identity, one, read_one, told, workbook


def test_a_heading_may_say_date_where_another_says_time() -> None:
    rows = [
        ["发展党员工作台账"],
        ["党支部", "姓名", "递交申请书日期", "积极分子", "", "列为发展对象日期", "预备党员", ""],
        ["", "", "", "确定日期", "培养人", "", "支部大会日期", "党委审批日期"],
        ["甲商会党支部", "沈洁", "2019.3.5", "2019.9.20", "林松 何兰", "2020.10", "2021.5.20", "2021.6.8"],
    ]  # fmt: skip

    reading = read_one(workbook({"台账": rows}, merges={"台账": ["D2:E2", "G2:H2"]}))

    names = ("applied_on", "activist_on", "contacts", "candidate_on", "joined_on", "approved_on")
    assert fields(reading, *names) == [("2019-03-05", "2019-09-20", ["林松", "何兰"], "2020-10", "2021-05-20", "2021-06-08")]


def test_a_row_of_which_some_are_is_no_chamber_and_no_total() -> None:
    rows = [
        ["商会名称", "类型", "成立年月", "会员数（家）", "党组织情况"],
        ["甲商会", "行业", "2010.5", "１２０", "已建"], ["乙商会", "异地", "2016.5", 60, "未建"], ["其中：异地商会 1家", "", "", 60, ""],
        ["丙商会", "乡镇", "2018.5", 45, "正在组建"], ["合计", "", "", 225, ""],
    ]  # fmt: skip

    reading = read_one(workbook({"商会": rows}))

    assert fields(reading, "name", "member_enterprises", "covered") == [("甲商会", 120, True), ("乙商会", 60, False), ("丙商会", 45, False)]
    assert told(reading, "total_mismatch") == []


def test_a_remark_in_brackets_does_not_make_a_date_wrong() -> None:
    rows = [
        ["支部名称", "批复时间（文号）", "换届时间", "党员数\n（人）\n合计", "其中：\n预备"],
        ["甲商会党支部", "2010.1（云商党〔2010〕3号）", "2019.6（已到期）", 5, 1],
        ["乙商会党支部", "2021.13（待查）", "2021.11", 4, 0],
    ]

    reading = read_one(workbook({"党组织": rows}))

    known = one(reading, name="甲商会党支部").fields
    assert (known["approved_on"], known["approval_number"], known["term_starts"]) == ("2010-01", "云商党〔2010〕3号", "2019-06")
    assert fields(reading, "members_total", "members_probationary") == [(5, 1), (4, 0)]
    assert (2, "C", "several_values", "warning") in told(reading)
    assert [(problem.row, problem.column) for problem in errors(reading)] == [(3, "B")]


@pytest.mark.parametrize("written", ["林松 15400002001", "林松（15400002001）", "林松15400002001", "林松\n１５４００００２００１", "林松：15400002001"])
def test_a_name_with_a_telephone_number_gives_both(written: str) -> None:
    reading = read_one(workbook({"党组织": [["支部名称", "支部书记\n（姓名及电话）", "批复时间"], ["甲商会党支部", written, "2010.1"]]}))

    assert fields(reading, "secretary", "secretary_phone") == [("林松", "15400002001")]
    assert told(reading, "value_unknown") == []


@pytest.mark.parametrize(
    ("written", "president", "secretary"),
    [
        ("会长：高明；书记：林松", "高明", "林松"), ("会长：高明/书记：林松/班子成员：马军、罗艳", "高明", "林松"),
        ("会长 高明\n书记 林松", "高明", "林松"), ("高明（会长）、书记：林松", "高明", "林松"), ("高明", "高明", None),
        ("高明、林松", None, None), ("/", None, None),
    ],
)  # fmt: skip
def test_an_outline_of_the_leaders_is_taken_apart(written: str, president: str | None, secretary: str | None) -> None:
    rows = [["商会名称", "负责人/书记/班子成员", "成立年月", "类型"], ["甲商会", written, "2010.5", "行业"]]

    reading = read_one(workbook({"商会": rows}))

    assert fields(reading, "president", "secretary") == [(president, secretary)]
    untold = "班子成员" in written or written == "高明、林松"
    assert bool(told(reading, "several_values")) is untold


@pytest.mark.parametrize(
    ("title", "chamber"),
    [
        ("云泽市茶叶商会第三届理事会班子成员名单", "云泽市茶叶商会"), ("班子成员名单（茶叶商会）", "茶叶商会"),
        ("2022年城关镇商会领导班子成员名单", "城关镇商会"),
        ("云泽市所属商会领导班子成员名单", None), ("全市行业商会领导班子成员名单", None), ("云泽市总商会班子成员名单", None),
        ("云泽市工商业联合会班子成员名单", None), ("各商会班子成员名单", None),
    ],
)  # fmt: skip
def test_a_title_says_of_which_chamber_the_leaders_are(title: str, chamber: str | None) -> None:
    rows = [[title], ["姓名", "会内职务", "政治面貌", "手机"], ["高明", "会长", "群众", "15400005001"]]

    reading = read_one(workbook({"Sheet1": rows}))

    assert fields(reading, "name", "chamber") == [("高明", chamber)]


def test_a_column_with_chambers_is_not_overruled_by_the_title() -> None:
    rows = [["云泽市茶叶商会班子成员名单"], ["商会名称", "姓名", "会内职务"], ["甲商会", "高明", "会长"], ["", "林松", "副会长"]]

    assert {record.fields.get("chamber") for record in read_one(workbook({"Sheet1": rows})).records} == {"甲商会"}


def test_a_post_before_the_enterprise_is_a_post_of_the_chamber() -> None:
    number = identity(date(1970, 1, 2))
    rows = [
        ["甲商会党支部党员花名册"], ["姓名", "身份证号", "入党时间", "工作单位及职务"],
        ["赵国强", number, "1990.7", "会长，味香园餐饮有限公司董事长"], ["周浩", "", "1995.7", "副会长"], ["钱丽", "", "1996.7", "好口福酒店"],
    ]  # fmt: skip

    reading = read_one(workbook({"花名册": rows}))

    assert fields(reading, "chamber_post", "enterprise", "enterprise_post") == [
        ("会长", "味香园餐饮有限公司", "董事长"), ("副会长", None, None), (None, "好口福酒店", None),
    ]  # fmt: skip
