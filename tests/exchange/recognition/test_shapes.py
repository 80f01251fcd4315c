"""Shapes of tables that offices send: headers, sections, several tables, turned sheets, forms, encodings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shanghui.exchange.recognition import SourceFile
from tests.exchange.recognition.books import credit_code, errors, fields, identity, one, read_one, told, workbook

ROSTER = ["序号", "姓名", "性别", "出生年月", "身份证号码", "入党时间", "转正时间", "类别", "联系电话", "备注"]


def member(number: int, name: str, year: int = 1980, **other: Any) -> list[Any]:
    """A row of the roster without a fault."""
    row = [
        number,
        name,
        "男",
        f"{year}.3",
        identity(date(year, 3, 5), number * 2 + 1),
        f"{year + 25}.7",
        f"{year + 26}.7",
    ]
    row += ["正式党员", 15400000000 + number, ""]
    for heading, value in other.items():
        row[ROSTER.index(heading)] = value
    return row


def test_a_header_three_rows_deep_that_does_not_begin_in_the_first_column() -> None:
    rows = [
        ["", "", "云泽市商会党组织基本情况统计表"],
        ["", "", "填报单位：云泽市总商会党委", "", "", "", "", "", "", "2023.12.31"],
        ["", "", "序号", "党组织名称", "党组织情况", "", "", "", "", "书记", "", "备注"],
        ["", "", "", "", "成立时间", "党员数", "", "", "届满时间", "姓名", "联系电话", ""],
        ["", "", "", "", "", "合计", "正式", "预备", "", "", "", ""],
        ["", "", 1, "云泽市茶业商会党支部", "2019.3", 10, 8, 2, "2025.3", "王一", "15400000001", ""],
        ["", "", "合计", "", "", 11, 8, 2],
    ]
    areas = ["C1:L1", "C3:C5", "D3:D5", "E3:I3", "J3:K3", "L3:L5", "E4:E5", "F4:H4", "I4:I5", "J4:J5", "K4:K5"]

    reading = read_one(workbook({"党组织": rows}, merges={"党组织": areas}))

    assert reading.tables[0].header_rows == [3, 4, 5]
    assert reading.tables[0].as_at == date(2023, 12, 31)
    record = one(reading, name="云泽市茶业商会党支部")
    assert record.kind == "party_organization"
    assert (record.fields["members_total"], record.fields["members_full"], record.fields["members_probationary"]) == (
        10,
        8,
        2,
    )
    assert (record.fields["secretary"], record.fields["secretary_phone"]) == ("王一", "15400000001")
    assert told(reading) == [(7, "F", "total_mismatch", "warning")]


def test_several_tables_one_below_another_each_with_its_own_header() -> None:
    rows = [
        ["云泽市茶业商会党支部党员名册"], ROSTER, member(1, "王一"), member(2, "王二", 1981), ["合计", "2人"], [],
        ["云泽市汽车商会党支部党员名册"], ROSTER, member(3, "王三"), member(4, "王四", 1981), ["合计", "3人"],
        ["单位负责人：", "", "填表人："], [],
        ["党建指导员安排表"], ["序号", "指导员", "职务", "联系商会", "选派时间"],
        [1, "赵六", "主任", "云泽市茶业商会", "2022.3"], ["", "", "", "云泽市汽车商会", "2022.3"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert [(table.kind, table.header_rows) for table in reading.tables] == [
        ("member", [2]), ("member", [8]), ("guide_assignment", [15]),
    ]  # fmt: skip
    assert [r.fields.get("branch") for r in reading.records[:4]] == ["云泽市茶业商会党支部"] * 2 + [
        "云泽市汽车商会党支部"
    ] * 2
    assert fields(reading, "guide", "chamber")[4:] == [("赵六", "云泽市茶业商会"), ("赵六", "云泽市汽车商会")]
    assert told(reading) == [(11, "B", "total_mismatch", "warning")]


def test_a_header_printed_again_on_the_second_page_is_no_record_and_no_new_table() -> None:
    rows = [
        ["党员花名册"], ROSTER, member(1, "王一"), member(2, "王二"), ["本页小计", "2人"],
        ["党员花名册（续表）"], ROSTER, member(3, "王三"), ["本页小计", "1人"], ["合计", "3人"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert len(reading.tables) == 1
    assert [r.row for r in reading.records] == [3, 4, 8]
    assert told(reading) == []


def test_section_rows_give_kind_or_branch_and_their_counts_are_checked() -> None:
    rows = [
        ["云泽市商会名册"], ["序号", "商会名称", "成立时间", "会长", "会员数"],
        ["一、行业商会（2家）"], [1, "甲商会", "2012.1", "王一", 10], [2, "乙商会", "2012.1", "王二", 10], ["小计", "", "", "", 20],
        ["二、异地商会（2家）"], [1, "丙商会", "2012.1", "王三", 10], ["小计", "", "", "", 11], ["总计", "3家", "", "", 30],
        ["注：以上数据截至2023年底"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}, merges={"名册": ["A3:E3", "A7:E7"]}))

    assert fields(reading, "name", "kind") == [("甲商会", "行业"), ("乙商会", "行业"), ("丙商会", "异地")]
    assert sorted(told(reading)) == [(7, "A", "total_mismatch", "warning"), (9, "E", "total_mismatch", "warning")]


def test_a_sheet_standing_on_its_side_gives_a_record_for_each_column() -> None:
    rows = [
        ["商会基本情况表"], ["商会名称", "云泽市茶业商会", "云泽市汽车商会"],
        ["统一社会信用代码", credit_code(1), credit_code(2)[:-1] + "!"], ["成立时间", "2012.3", "2015年13月"],
        ["会长", "王一", "王二"], ["会员企业数", 55, "约60"], ["党组织名称", "云泽市茶业商会党支部", "无"],
    ]  # fmt: skip

    reading = read_one(workbook({"商会": rows}))

    assert [(r.row, r.column, r.fields["name"]) for r in reading.records] == [
        (None, "B", "云泽市茶业商会"), (None, "C", "云泽市汽车商会"),
    ]  # fmt: skip
    assert reading.records[0].fields["member_enterprises"] == 55
    assert reading.records[1].unsettled == {"credit_code", "founded_on", "member_enterprises"}
    assert told(reading) == [
        (3, "C", "code_charset", "error"), (4, "C", "date_invalid", "error"), (6, "C", "number_approximate", "warning"),
    ]  # fmt: skip


def test_a_registration_form_is_one_record() -> None:
    rows = [
        ["党员基本信息登记表"], ["姓名", "王一", "性别", "男"], ["出生年月", "1980.3", "民族", "汉"],
        ["身份证号码", identity(date(1981, 3, 5)), "", ""], ["入党时间", "2005.7", "转正时间", "2006.7"],
        ["所在党支部", "云泽市茶业商会党支部", "党员类别", "正式党员"], ["工作单位", "甲公司", "联系电话", "15400000001"],
    ]  # fmt: skip

    reading = read_one(workbook({"登记表": rows}))

    record = one(reading, name="王一")
    assert record.fields["joined_on"] == "2005-07"
    assert record.fields["ethnicity"] == "汉族"
    assert record.unsettled == {"birth", "id_number"}
    assert told(reading) == [(3, "B", "id_birth_mismatch", "error")]


def test_one_sheet_for_each_branch_with_one_person_on_two_of_them() -> None:
    file = workbook(
        {
            "茶业": [["云泽市茶业商会党支部党员花名册"], ROSTER, member(1, "王一")],
            "汽车": [["云泽市汽车商会党支部党员花名册"], ROSTER, member(2, "王二"), member(1, "王一")],
            "旧表": [["党员花名册"], ROSTER, member(9, "王九")],
            "Sheet2": [],
        },
        hidden=["旧表"],
    )

    reading = read_one(file)

    assert fields(reading, "name", "branch") == [
        ("王一", "云泽市茶业商会党支部"), ("王二", "云泽市汽车商会党支部"), ("王一", "云泽市汽车商会党支部"),
    ]  # fmt: skip
    assert told(reading) == [(None, None, "hidden_sheet", "info"), (4, "E", "duplicate_person", "warning")]
    assert [sheet for _, sheet, _ in reading.skipped_sheets] == ["旧表", "Sheet2"]


def test_a_hidden_sheet_with_records_is_read_and_named() -> None:
    file = workbook(
        {"党员": [ROSTER, member(1, "王一")], "流动党员": [["流动党员名册"], ROSTER, member(2, "王二")]},
        hidden=["流动党员"],
    )

    reading = read_one(file)

    assert [r.fields["name"] for r in reading.records] == ["王一", "王二"]
    assert told(reading) == [(None, None, "hidden_sheet", "warning")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_files_in_every_encoding_and_with_every_separator(encoding: str, mark: str) -> None:
    rows = [["2023年度党员花名册"], ROSTER, member(1, "王䶮"), member(2, "王二"), ["合计：3人"]]
    text = "\n".join(mark.join(str(value) for value in row) for row in rows)

    reading = read_one(SourceFile("名册.csv", text.encode(encoding)))

    assert [(r.sheet, r.row, r.fields["name"]) for r in reading.records] == [("csv", 3, "王䶮"), ("csv", 4, "王二")]
    assert told(reading) == [(5, "A", "total_mismatch", "warning")]


def test_a_web_page_saved_as_a_workbook() -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in (ROSTER, member(1, "王一"))
    )
    page = f"<html><table><tr><th colspan=10>党员花名册</th></tr>{rows}</table></html>"

    reading = read_one(SourceFile("名册.xls", page.encode("gb18030")))

    assert one(reading, name="王一").row == 3
    assert errors(reading) == []


def test_a_group_written_once_in_a_file_without_merges() -> None:
    text = "商会名称,商会职务,姓名,联系电话\n甲商会,会长,王一,15400000001\n,副会长,王二,15400000002\n乙商会,会长,王三,15400000003\n"

    reading = read_one(SourceFile("班子.csv", text.encode()))

    assert fields(reading, "chamber", "name") == [("甲商会", "王一"), ("甲商会", "王二"), ("乙商会", "王三")]


def test_ditto_marks_stand_for_the_cell_above() -> None:
    heading = ["所在党支部", "姓名", "入党时间", "类别"]
    rows = [
        ["党员花名册"],
        heading,
        ["甲支部", "王一", "2010.3", "正式"],
        ["同上", "王二", "2010.3", "正式"],
        ["〃", "王三", "2010.3", "预备"],
    ]

    reading = read_one(workbook({"名册": rows}))

    assert [r.fields["branch"] for r in reading.records] == ["甲支部"] * 3


def test_a_summary_alone_is_not_recognised_and_said_so() -> None:
    rows = [
        ["2023年各县区商会党建情况汇总表"], ["县市区", "商会数", "已建党组织", "党员数"],
        ["东岭区", 5, 4, 30], ["南屏县", 6, 5, 40], ["合计", 11, 9, 71],
    ]  # fmt: skip

    reading = read_one(workbook({"汇总": rows}))

    assert reading.records == []
    assert [(p.kind, p.severity) for p in reading.problems] == [
        ("sheet_unrecognised", "error"), ("total_mismatch", "warning"),
    ]  # fmt: skip
