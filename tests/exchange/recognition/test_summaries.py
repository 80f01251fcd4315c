"""Summary sheets beside ledgers: rows by county, shares, rates that do not come out."""

from __future__ import annotations

from typing import Any

from tests.exchange.recognition.books import Rows, read_one, told, workbook


def county(name: str, count: int) -> Rows:
    head = ["序号", "商会名称", "会长", "会员企业数", "党组织名称", "党员数"]
    rows: list[list[Any]] = [[f"{name}商会基本情况表"], head]
    rows += [[n, f"{name}第{n}商会", "王一", 10, f"{name}第{n}商会党支部", 5] for n in range(1, count + 1)]
    return rows


def test_a_summary_by_county_against_the_sheet_of_each_county() -> None:
    summary = [["汇总表"], ["县区", "商会数", "党员数"], ["东岭区", 3, 15], ["南屏县", 4, 21], ["合计", 7, 36]]

    reading = read_one(workbook({"东岭区": county("东岭区", 3), "南屏县": county("南屏县", 4), "汇总": summary}))

    assert (4, "C", "figure_mismatch", "warning") in told(reading)
    assert {p.row for p in reading.problems if p.kind == "figure_mismatch"} == {4, 5}


def test_a_rate_that_does_not_come_out_as_in_the_other_rows() -> None:
    rows = [
        ["商会覆盖情况汇总表"], ["县区", "商会数", "已建党组织数", "组建率"],
        ["东岭区", 10, 8, 0.8], ["南屏县", 5, 4, "90%"], ["西川县", 8, 6, "75%"], ["合计", 23, 18, "78.3%"],
    ]  # fmt: skip

    reading = read_one(workbook({"汇总": rows}))

    assert told(reading) == [(4, "D", "figure_mismatch", "warning")]


def test_a_share_of_the_members() -> None:
    roster = [["姓名", "性别", "类别", "入党时间"], ["王一", "男", "正式", "2010.3"], ["王二", "女", "正式", "2010.3"]]
    summary = [
        ["2023年主要数据"],
        ["项目", "数量"],
        ["女党员占比", "50%"],
        ["女党员数", 1],
        ["正式党员所占比例", "90%"],
    ]

    reading = read_one(workbook({"党员花名册": roster, "汇总表": summary}))

    assert told(reading) == [(5, "B", "figure_mismatch", "warning")]


def test_a_quorum_by_what_is_decided() -> None:
    rows: Rows = [
        ["甲商会党支部2023年组织生活台账"],
        ["会议名称", "时间", "应到会党员数", "实到会党员数", "赞成票", "主要内容"],
        ["支部党员大会", "2023年1月5日下午2:30", 20, 9, "", "学习"], ["支部党员大会", "2023.3.5", 20, 11, 10, "讨论接收李一为预备党员"],
        ["支部党员大会", "2023.4.5", 20, 11, 11, "讨论接收李二为预备党员"], ["支部党员大会", "", 20, 16, "", "换届选举"],
    ]  # fmt: skip

    reading = read_one(workbook({"Sheet1": rows}))

    assert sorted(told(reading)) == [
        (3, "D", "quorum", "warning"), (4, "E", "quorum", "warning"), (6, "B", "missing", "warning"),
    ]  # fmt: skip


def test_an_election_without_four_fifths() -> None:
    rows: Rows = [
        ["党组织换届情况统计表"], ["党组织名称", "任期起始时间", "届满时间", "换届时间", "应到会党员", "实到会党员"],
        ["甲支部", "2017.6", "2020.6", "2020.6", 10, 8], ["乙支部", "2017.6", "2020.6", "2020.6", 10, 7],
    ]  # fmt: skip

    reading = read_one(workbook({"换届": rows}))

    assert told(reading) == [(4, "F", "quorum", "warning")]
