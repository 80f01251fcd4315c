"""Shapes and ways of writing met in the workbooks of other offices: cards, records of several rows, odd titles and days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.spots import Spots
from tests.exchange.recognition.books import errors, fields, identity, one, read_one, told, workbook

BRANCH = "云泽市茶业商会党支部"


def person(n: int, joined: Any = "2011.5", category: str = "正式党员") -> list[Any]:
    return [n, f"王{'一二三四五六七八九'[n - 1]}", identity(date(1980, 3, 5), 2 * n + 1), joined, "2012.5" if category == "正式党员" else "", category]


ROSTER = ["序号", "姓名", "身份证号码", "入党时间", "转正时间", "党员类别"]


def test_a_title_of_two_lists_does_not_make_members_activists() -> None:
    activist = [1, "赵一", identity(date(1990, 2, 2), 5), "2020-01-02", "2021-01-02"]
    rows = [
        ["云泽市茶业商会党支部党员及入党积极分子名册"], ["党员", "", "", "", "", "", "", "入党积极分子"],
        [*ROSTER, "", "序号", "姓名", "身份证号", "申请入党时间", "确定积极分子时间"],
        [*person(1), "", *activist], person(2),
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert [(r.kind, r.fields["name"]) for r in reading.records] == [
        ("member", "王一"), ("member", "王二"), ("activist", "赵一"),
    ]  # fmt: skip


def test_a_list_of_names_is_still_what_its_title_says() -> None:
    rows = [["入党积极分子名册"], ["序号", "姓名", "性别", "身份证号码", "政治面貌"], [1, "王一", "男", identity(date(1980, 3, 5)), "群众"]]

    assert [r.kind for r in read_one(workbook({"Sheet1": rows})).records] == ["activist"]


def test_cards_below_one_another_are_a_record_each_at_the_row_of_the_name() -> None:
    rows: list[list[Any]] = []
    for n in range(3):
        rows += [
            ["入党积极分子登记卡"], ["姓名", f"王{'一二三'[n]}", "性别", "男"],
            ["身份证号码", identity(date(1990, 3, 5), 2 * n + 1), "", ""],
            ["申请入党时间", "2021.3.1", "列为积极分子时间", "2020.10.1" if n == 1 else "2021.10.1"], ["培养联系人", "李二、张三"], [],
        ]  # fmt: skip

    reading = read_one(workbook({"登记卡": rows}))

    assert [(r.row, r.fields["name"]) for r in reading.records] == [(2, "王一"), (8, "王二"), (14, "王三")]
    assert told(reading) == [(10, "D", "date_order", "error")]
    spots = Spots(reading)
    assert spots.of(errors(reading)[0]) == Spots.of_record(reading.records[1])


def test_what_is_said_of_a_single_card_belongs_to_its_record() -> None:
    rows = [
        ["党员登记表"], ["姓名", "王一", "性别", "男"], ["身份证号码", identity(date(1981, 3, 5)), "", ""],
        ["入党时间", "2005.7", "转正时间", "2004.7"], ["党员类别", "正式党员", "联系电话", "15400000001"],
    ]  # fmt: skip

    reading = read_one(workbook({"登记表": rows}))

    assert {Spots(reading).of(problem) for problem in reading.problems} == {Spots.of_record(reading.records[0])}


def test_every_field_of_a_card_knows_its_own_cell() -> None:
    rows = [
        ["党员登记表"], ["姓名", "王一", "性别", "男"], ["身份证号码", identity(date(1981, 3, 5)), "", ""],
        ["入党时间", "2005.7", "转正时间", "2006.7"], ["所在支部", "甲商会党支部", "党员类别", "正式党员"],
    ]  # fmt: skip

    (record,) = read_one(workbook({"登记表": rows})).records

    assert {name: record.cell_of(name) for name in ("name", "gender", "joined_on", "confirmed_on", "branch", "category")} == {
        "name": (2, "B"), "gender": (2, "D"), "joined_on": (4, "B"), "confirmed_on": (4, "D"), "branch": (5, "B"), "category": (5, "D"),
    }  # fmt: skip
    assert record.cell_of("") == (2, "B")
    assert record.cell_of("unknown") == (2, "B")
    assert (record.row, Spots.of_record(record)[2:]) == (None, (None, "B"))


def test_a_field_of_a_sheet_on_its_side_is_at_its_row_and_the_column_of_its_record() -> None:
    rows = [["项目", "甲商会党支部", "乙商会党支部"], ["成立时间", "2019.3.1", "2020.3.1"], ["书记", "王一", "王二"], ["党员数", 10, 8]]

    first, second = read_one(workbook({"横表": rows})).records

    assert (first.cell_of("secretary"), second.cell_of("secretary"), second.cell_of("")) == ((3, "B"), (3, "C"), (1, "C"))


def test_labels_of_a_card_below_the_post_they_belong_to() -> None:
    rows = [
        ["商会登记表"], ["商会名称", "云泽市茶业商会", "成立时间", "2010年5月"], ["会长", "姓名", "高明", "联系电话", "15400000001"],
        ["", "政治面貌", "中共党员", "所在企业", "甲公司"], ["秘书长", "姓名", "林松", "联系电话", "15400000002"], ["会员企业数", "30家"],
    ]  # fmt: skip

    record = one(read_one(workbook({"登记表": rows}, merges={"登记表": ["A3:A4"]})), name="云泽市茶业商会")

    assert (record.fields["president"], record.fields["president_phone"]) == ("高明", "15400000001")
    assert record.fields["president_politics"] == "中共党员"
    assert (record.fields["secretary_general"], record.fields["secretary_general_phone"]) == ("林松", "15400000002")


def _two_rows(second: list[Any]) -> SourceFile:
    header = ["序号", "姓名", "身份证号", "申请入党时间", "确定积极分子时间", "确定发展对象时间", "培养联系人"]
    first = [1, "王一", identity(date(1990, 3, 5)), "2020.1.3", "2020.8.3", "2021.9.3", "李二"]
    merged = [f"{column}3:{column}4" for column in "AB"]
    return workbook({"发展对象": [["发展对象备案表"], header, first, second]}, merges={"发展对象": merged})


def test_a_person_whose_contacts_take_two_rows_is_one_record() -> None:
    reading = read_one(_two_rows(["", "", "", "", "", "", "张三"]))

    assert fields(reading, "name", "contacts") == [("王一", ["李二", "张三"])]
    assert not errors(reading)


def test_a_second_row_with_a_number_of_its_own_is_not_swallowed() -> None:
    reading = read_one(_two_rows(["", "", identity(date(1991, 3, 5)), "2020.1.3", "2020.8.3", "2021.9.3", "张三"]))

    assert len(reading.records) == 2


def test_a_subtotal_below_the_heading_of_the_names_is_no_record_however_full_its_row() -> None:
    header = ["县区", "序号", "商会名称", "会员企业数", "党组织名称", "党员数"]
    chambers = [["东岭区", n, f"东岭区第{n}商会", 10, f"东岭区第{n}商会党支部", 3] for n in range(1, 6)]
    rows = [["商会基本情况表"], header, *chambers, ["东岭区", "", "小计", 50, "5个", 15], ["组建率", "", "", "", "71.4%", ""]]

    reading = read_one(workbook({"Sheet1": rows}))

    assert len(reading.records) == 5
    assert not errors(reading)


def test_a_sample_row_named_so_behind_its_name_is_no_record() -> None:
    sample = [1, "张三（示例）", "990000199001010010", "2019-01-01", "2020-01-01", "正式党员"]

    reading = read_one(workbook({"党员名册": [ROSTER, sample, person(1), person(2)]}))

    assert fields(reading, "name") == [("王一",), ("王二",)]
    assert not errors(reading)


def test_headings_with_english_before_them() -> None:
    header = ["No.", "Name 姓名", "ID 身份证号码", "Date 入党时间", "转正时间", "党员类别"]

    assert len(read_one(workbook({"Sheet1": [header, person(1), person(2)]})).records) == 2


@pytest.mark.parametrize("line", [f"党支部：{BRANCH}", f"所在支部：{BRANCH}", f"所属党组织：{BRANCH}"])
def test_the_branch_in_a_labelled_line_above_the_table(line: str) -> None:
    reading = read_one(workbook({"Sheet1": [["党员名册"], [line], ROSTER, person(1)]}))

    assert fields(reading, "branch") == [(BRANCH,)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("中共党员(正式)", "正式党员"), ("党员（预备）", "预备党员"), ("党员-正式", "正式党员"), ("中共党员（预备党员）", "预备党员")],
)
def test_a_category_in_brackets(written: str, meant: str) -> None:
    reading = read_one(workbook({"党员名册": [ROSTER, person(1, category=written)]}))

    assert fields(reading, "category") == [(meant,)]


def _activity(when: Any, expected: Any = 20, came: Any = 18) -> SourceFile:
    header = ["序号", "时间", "活动主题", "活动类型", "主办单位", "应到人数", "实到人数"]
    return workbook({"活动": [["2023年上半年活动台账"], header, [1, when, "主题党日", "主题党日", "云泽市茶业商会", expected, came]]})


def test_who_came_to_an_activity_stands_below_present() -> None:
    assert fields(read_one(_activity("2023.3.5")), "attendance", "expected") == [(18, 20)]
    assert told(read_one(_activity("2023.3.5", 20, "约30人"))) == [(3, "G", "number_approximate", "warning")]
    assert told(read_one(_activity("2023.3.5", 20, 25))) == [(3, "G", "value_conflict", "warning")]


@pytest.mark.parametrize(
    ("written", "read", "kind"),
    [
        ("2023-03-20至21日", "2023-03-20", "several_values"), ("3.18-3.19", "2023-03-18", "date_ambiguous"),
        ("3月18日至19日", "2023-03-18", "date_ambiguous"), ("3/5/2023", None, "date_ambiguous"),
    ],
)  # fmt: skip
def test_days_of_activities(written: str, read: str | None, kind: str) -> None:
    reading = read_one(_activity(written))

    assert fields(reading, "date") == [(read,)]
    assert [problem.kind for problem in reading.problems] == [kind]
    assert not errors(reading)


@pytest.mark.parametrize("written", ["2.29", "2月30日"])
def test_a_day_that_does_not_exist_stays_an_error_without_its_year(written: str) -> None:
    assert told(read_one(_activity(written))) == [(3, "B", "date_invalid", "error")]


def test_a_list_that_nobody_recognises_beside_one_that_is_known_is_a_warning() -> None:
    ledger = [["日期", "摘要", "收入", "支出", "余额"], *[[f"2023-01-0{n}", "慰问", "", 300, 1200] for n in range(1, 5)]]

    reading = read_one(workbook({"党员名册": [ROSTER, person(1)], "收支明细": ledger}))

    assert [(p.sheet, p.kind, p.severity) for p in reading.problems] == [("收支明细", "sheet_unrecognised", "warning")]


def test_a_telephone_is_no_figure_of_a_summary() -> None:
    summary = [["汇总"], ["类别", "正式党员", 15400000001]]

    reading = read_one(workbook({"党员名册": [ROSTER, person(1)], "通讯": summary}))

    assert told(reading) == []


@pytest.mark.parametrize(
    ("heading", "field"),
    [("党支部全称", "branch"), ("联系号码", "phone"), ("接收为预备党员时间", "joined_on"), ("预备/正式", "category"), ("党组织任职", "party_post")],
)
def test_other_words_for_the_columns_of_a_roster(heading: str, field: str) -> None:
    header, row = [*ROSTER[:3], heading, "入党年月"], [*person(1)[:3], "", "2011.5"]
    row[3] = {"branch": BRANCH, "phone": "15400000001", "joined_on": "2011.6", "category": "预备", "party_post": "书记"}[field]

    assert field in read_one(workbook({"党员名册": [header, row]})).records[0].fields


def test_the_heading_in_its_own_words_wins_over_one_that_says_the_same() -> None:
    header = ["序号", "手机号码", "电话号码", "姓名", "身份证号码", "入党时间", "党员类别"]
    row = [1, "15400000001", "0990-6211234", "王一", identity(date(1980, 3, 5)), "2011.5", "正式党员"]

    assert fields(read_one(workbook({"党员名册": [header, row]})), "phone") == [("15400000001",)]
