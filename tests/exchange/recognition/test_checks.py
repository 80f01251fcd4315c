"""What is found in the rows of each kind of ledger: one small table for each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shanghui.exchange.recognition import Reading
from tests.exchange.recognition.books import Formula, credit_code, fields, identity, one, read_one, told, workbook

DEVELOPMENT = ["序号", "姓名", "所在支部", "递交入党申请书时间", "谈话时间", "确定为入党积极分子时间", "培养联系人", "列为发展对象时间",
               "培训开始时间", "培训结束时间", "入党介绍人", "支部大会通过时间", "上级党委审批时间", "转正时间"]  # fmt: skip


def test_the_road_to_membership() -> None:
    rows = [
        ["2023年发展党员工作台账"], DEVELOPMENT,
        [1, "王一", "甲支部", "2019.3.1", "2019.4.1", "2019.10.8", "张三、李四", "2020.10.8", "2021.6.1", "2021.6.3", "张三、李四",
         "2021-09-10", "2021-12-10", "2022-09-10"],
        [2, "王二", "甲支部", "2020.3.1", "2020.5.20", "2020.10.8", "张三", "2021.5", "2021.6.1", "2021.5.3", "张三、李四",
         "2021-09-10", "2022-01-15", "2022-09-09"],
    ]  # fmt: skip

    reading = read_one(workbook({"发展党员": rows}))

    assert {r.kind for r in reading.records} == {"development"}
    assert one(reading, name="王一").fields["introducers"] == ["张三", "李四"]
    assert sorted(told(reading)) == [
        (4, "E", "deadline_exceeded", "warning"), (4, "G", "too_few", "warning"), (4, "H", "interval_too_short", "warning"),
        (4, "J", "date_order", "error"), (4, "M", "deadline_exceeded", "warning"), (4, "N", "interval_too_short", "warning"),
    ]  # fmt: skip


def test_meetings_against_their_period_and_quorum() -> None:
    rows = [
        ["2022年上半年“三会一课”情况登记表"], ["党支部名称：云泽市茶业商会党支部"],
        ["序号", "会议时间", "会议类型", "会议主题", "应到人数", "实到人数", "请假人数"],
        [1, "2022.1.12", "支部党员大会", "换届选举", 10, 8, 2], [2, "2022.3.12", "支部党员大会", "换届选举", 10, 7, 3],
        [3, "2022.7.12", "支委会", "学习", 3, 3, 0], [4, "5月12日", "支部党员大会", "讨论", 12, 13, 0],
        [5, "2022.6.12", "支部党员大会", "接收预备党员", 12, 6, 6], [6, "2022.6.30", "支部党员大会", "讨论", 12, 6, 6],
    ]  # fmt: skip

    reading = read_one(workbook({"三会一课": rows}))

    assert {r.fields["branch"] for r in reading.records} == {"云泽市茶业商会党支部"}
    assert [r.fields.get("date") for r in reading.records][3] == "2022-05-12"
    assert sorted(told(reading)) == [
        (5, "F", "quorum", "warning"), (6, "B", "date_out_of_period", "warning"), (7, "B", "date_ambiguous", "warning"),
        (7, "F", "value_conflict", "error"), (8, "F", "quorum", "warning"),
    ]  # fmt: skip
    assert reading.records[3].unsettled == {"present"}


def test_terms_that_ended_without_an_election() -> None:
    rows = [
        ["党组织换届情况统计表"], ["截止时间：2023.12.31"], ["序号", "党组织名称", "本届任期", "", "实际换届时间", "任期年限"],
        ["", "", "起", "止", "", ""], [1, "甲支部", "2020.5", "2023.5", "2023.6.2", 3], [2, "乙支部", "2019.5", "2022.5", "", 3],
        [3, "丙支部", "2022.5", "2021.5", "", ""], [4, "丁支部", "2022.5", "2026.5", "", 3],
    ]  # fmt: skip

    reading = read_one(workbook({"换届": rows}, merges={"换届": ["C3:D3"]}))

    assert fields(reading, "organization", "term_starts", "term_ends")[0] == ("甲支部", "2020-05", "2023-05")
    assert sorted(told(reading)) == [
        (6, "D", "deadline_exceeded", "warning"), (7, "D", "date_order", "error"), (7, "D", "deadline_exceeded", "warning"),
        (8, "D", "value_conflict", "warning"),
    ]  # fmt: skip


def test_a_letter_of_transfer_used_too_late() -> None:
    rows = [
        ["2023年党员组织关系接转台账"],
        ["姓名", "转出党组织", "转入党组织", "开具时间", "介绍信有效期天数", "接收时间"],
        ["王一", "甲支部", "乙支部", "2023-3-1", 30, "2023-3-31"], ["王二", "甲支部", "乙支部", "2023-3-1", 30, "2023-4-1"],
    ]  # fmt: skip

    reading = read_one(workbook({"接转": rows}))

    assert {r.kind for r in reading.records} == {"transfer"}
    assert told(reading) == [(4, "F", "deadline_exceeded", "warning")]


def test_dues_by_base_rate_and_month() -> None:
    rows = [
        ["甲商会党支部2023年党费收缴登记表"], ["序号", "姓名", "月工资收入", "交纳比例", "月应交党费", "1月", "2月", "合计"],
        [1, "王一", 5000, "1%", 50, 50, 50, 100], [2, "王二", 8000, "1.5%", 100, 120, 120, 260], ["合计", "", "", "", 150, 170, 170, 340],
    ]  # fmt: skip

    reading = read_one(workbook({"党费": rows}))

    assert sorted(told(reading)) == [
        (4, "E", "value_conflict", "warning"), (4, "H", "total_mismatch", "warning"), (5, "H", "total_mismatch", "warning"),
    ]  # fmt: skip


def test_credit_codes_and_a_chamber_twice_with_other_facts() -> None:
    rows = [
        ["社会组织登记信息表"], ["统计截止时间：2024年3月31日"],
        ["社会组织名称", "统一社会信用代码", "业务主管单位", "成立登记日期", "发证日期", "有效期至", "会员数"],
        ["甲商会", credit_code(1), "市工商联", "2012-03-01", "2022-03-01", "2027-03-01", 55],
        ["乙商会", credit_code(1), "市工商联", "2012-03-01", "2022-03-01", "2024-03-01", "60余"],
        ["甲商会", credit_code(1), "市工商联", "2013-03-01", "2022-03-01", "2027-03-01", 55],
        ["丙商会", credit_code(2)[:-1] + "I", "市工商联", "2012-03-01", "2022-03-01", "2027-03-01", 1],
    ]  # fmt: skip

    reading = read_one(workbook({"登记": rows}))

    assert [r.fields["name"] for r in reading.records] == ["甲商会", "乙商会", "丙商会"]
    assert sorted(told(reading)) == [
        (5, "B", "duplicate_conflict", "error"), (5, "F", "deadline_exceeded", "warning"), (5, "G", "number_approximate", "warning"),
        (6, "A", "duplicate_chamber", "error"), (6, "D", "duplicate_conflict", "error"), (7, "B", "code_charset", "error"),
    ]  # fmt: skip


def test_error_values_and_formulas_without_a_result() -> None:
    rows = [
        ["商会基本情况表"], ["序号", "商会名称", "成立时间", "会长", "会员企业数", "党员数"],
        [1, "甲商会", "2012.3", "王一", Formula("=1+54|55"), 3], [2, "乙商会", "2013.3", "王二", Formula("=A1|#REF!"), 3],
        [3, "丙商会", "2014.3", "王三", Formula("=SUM(G1:G2)|"), 3],
        ["合计", "", "", "", Formula("=SUM(E3:E4)|"), ""],
    ]  # fmt: skip

    reading = read_one(workbook({"商会": rows}, hidden_rows={"商会": [4]}))

    assert reading.records[0].fields["member_enterprises"] == 55
    assert [record.unsettled for record in reading.records] == [set(), {"member_enterprises"}, {"member_enterprises"}]
    assert sorted(told(reading), key=str) == [
        (4, "E", "formula_error", "error"), (4, None, "hidden_row", "info"), (5, "E", "formula_uncached", "error"),
        (6, "E", "formula_uncached", "warning"),
    ]  # fmt: skip


def test_a_formula_without_a_result_in_a_column_that_only_checks() -> None:
    rows = [
        ["党组织台账"], ["党组织名称", "书记", "批准成立时间", "党员数", "委员数"],
        ["甲商会党支部", "王一", "2019.3", Formula("=COUNTIF(A1:A9,A3)|"), 3],
        ["乙商会党支部", "王二", "2019.4", 5, Formula("=1+2|")],
    ]  # fmt: skip

    reading = read_one(workbook({"党组织": rows}))

    assert told(reading) == [(3, "D", "formula_uncached", "warning"), (4, "E", "formula_uncached", "error")]
    assert "只用来核对" in reading.problems[0].message


def test_a_summary_that_disagrees_with_its_ledger() -> None:
    roster = [["姓名", "类别", "入党时间"], ["王一", "正式", "2010.3"], ["王二", "预备", "2023.12"]]
    summary = [["2023年主要数据"], ["项目", "数量"], ["党员总数（人）", 3], ["其中：预备党员", "1人"]]

    reading = read_one(workbook({"党员花名册": roster, "汇总表": summary}))

    assert told(reading) == [(3, "B", "figure_mismatch", "warning")]


def test_an_organization_whose_figures_disagree_with_the_roster() -> None:
    organizations = [
        ["党组织台账"],
        ["党组织名称", "书记", "党员数", "正式党员", "预备党员"],
        ["甲支部", "王一", 3, 2, 0],
    ]
    roster = [
        ["党员花名册"],
        ["所在党支部", "姓名", "类别", "入党时间"],
        ["甲支部", "王一", "正式", "2010.3"],
        ["甲支部", "王二", "正式", "2010.3"],
    ]

    reading = read_one(workbook({"党组织": organizations, "党员": roster}))

    assert sorted(told(reading)) == [(3, "C", "figure_mismatch", "warning"), (3, "C", "total_mismatch", "warning")]


def test_two_people_of_one_name_and_one_person_twice() -> None:
    birth = date(1980, 3, 5)
    heading = ["所在党支部", "姓名", "出生年月", "身份证号码", "入党时间", "类别"]
    rows = [
        ["党员花名册"], heading, ["甲支部", "王一", "1980.3", identity(birth, 1), "2010.3", "正式"],
        ["甲支部", "王一", "1980.3", identity(birth, 3), "2010.3", "正式"], ["甲支部", "李二", "1980.3", identity(birth, 5), "2010.3", "正式"],
        ["甲支部", "李二", "1980.3", identity(birth, 5), "2011.3", "正式"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert len(reading.records) == 4
    assert sorted(told(reading)) == [
        (3, "B", "same_name", "info"), (4, "B", "same_name", "info"),
        (6, "D", "duplicate_person", "error"), (6, "E", "duplicate_conflict", "error"),
    ]  # fmt: skip


def _years(now: list[Any], heading: list[str], before: list[Any]) -> Reading:
    """What is told of a list of last year and one of this year with the same columns."""
    return read_one(workbook({"2021年": [["名单"], heading, before], "2022年": [["名单"], heading, now]}))


PERSON = ["姓名", "党支部", "身份证号", "入党时间", "类别", "手机"]
SOMEBODY = ["王一", "甲商会党支部", identity(date(1980, 3, 1), 1), "2010.3", "正式", "15400000001"]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (3, "2010.3", [(3, "C", "duplicate_person", "info")]),
        (5, "15400000002", [(3, "C", "duplicate_person", "info"), (3, "F", "duplicate_conflict", "warning")]),
        (3, "2011.3", [(3, "C", "duplicate_person", "info"), (3, "D", "duplicate_conflict", "error")]),
        (1, "乙商会党支部", [(3, "C", "duplicate_person", "warning")]),
    ],
)  # fmt: skip
def test_somebody_in_the_lists_of_two_years(column: int, value: str, said: list[Any]) -> None:
    now = [*SOMEBODY[:column], value, *SOMEBODY[column + 1 :]]

    reading = _years(now, PERSON, SOMEBODY)

    assert [one for one in told(reading) if one[2] != "missing"] == said


def test_a_chamber_in_the_lists_of_two_years_is_one_record_that_knows_what_either_says() -> None:
    heading = ["商会名称", "成立时间", "会长", "会员企业数", "秘书长"]

    reading = _years(["甲商会", "2012.3", "王一", 55, "李二"], heading, ["甲商会", "2012.3", "王一", 55, ""])
    grown = _years(["甲商会", "2012.3", "王一", 60, ""], heading, ["甲商会", "2012.3", "王一", 55, ""])

    assert one(reading, name="甲商会").fields["secretary_general"] == "李二"
    assert [(p.kind, p.severity) for p in reading.problems if p.field == "name"] == [("duplicate_chamber", "info")]
    assert ("duplicate_conflict", "error") in {(p.kind, p.severity) for p in grown.problems}


def test_two_presidents_of_one_chamber_and_a_row_twice() -> None:
    rows = [
        ["理事会成员名单"], ["商会名称", "职务", "姓名", "手机"], ["甲商会", "会长", "王一", "15400000001"], ["甲商会", "会长", "王三", "15400000002"],
        ["甲商会", "理事", "王四", "15400000003"], ["甲商会", "理事", "王四", "15400000003"],
    ]  # fmt: skip

    reading = read_one(workbook({"班子": rows}))

    assert told(reading) == [(4, "B", "value_conflict", "warning"), (6, "C", "duplicate_row", "warning")]


def test_people_who_are_too_young_or_in_two_lists() -> None:
    applicants = [
        ["入党申请人名册"],
        ["姓名", "身份证号", "申请时间"],
        ["王一", identity(date(2010, 1, 1)), "2023.1.5"],
    ]
    activists = [
        ["入党积极分子名册"],
        ["姓名", "身份证号", "列为积极分子时间"],
        ["王二", identity(date(1990, 1, 1)), "2023.1.5"],
    ]
    members = [["党员花名册"], ["姓名", "身份证号", "入党时间"], ["王二", identity(date(1990, 1, 1)), "2023.1.5"]]

    reading = read_one(workbook({"申请人": applicants, "积极分子": activists, "党员": members}))

    assert sorted(told(reading)) == [(3, "B", "category_conflict", "warning"), (3, "B", "under_age", "error")]


def test_a_date_that_has_not_come_and_one_after_the_tables_own_day() -> None:
    rows = [
        ["党员花名册"], ["截止日期：2023年12月31日"], ["姓名", "入党时间", "类别"],
        ["王一", "2030.1", "正式"], ["王二", "2024.3", "预备"], ["王三", "2023.12", "预备"],
    ]  # fmt: skip

    reading = read_one(workbook({"名册": rows}))

    assert told(reading) == [(4, "B", "date_in_future", "error"), (5, "B", "date_in_future", "warning")]
    assert reading.records[0].unsettled == {"joined_on"}
