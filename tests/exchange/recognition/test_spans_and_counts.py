"""Spans written in one cell, numbers in words, headings in two languages, a list of contents."""

from __future__ import annotations

from typing import Any

import pytest

from tests.exchange.recognition.books import fields, read_one, told, workbook


def test_a_term_in_one_cell_is_judged_at_that_cell() -> None:
    rows = [
        ["党组织换届情况表"], ["截至2024年6月30日"], ["党组织名称", "本届任期", "书记姓名"],
        ["甲支部", "2022年5月—2025年5月", "王一"], ["乙支部", "2025.5-2024.5", "王二"], ["丙支部", "2022.13-2025.5", "王三"],
        ["丁支部", "三年", "王四"],
    ]  # fmt: skip

    reading = read_one(workbook({"换届": rows}))

    assert fields(reading, "term_starts", "term_ends")[0] == ("2022-05", "2025-05")
    assert ("date_order", "B") in {(p.kind, p.column) for p in reading.problems if p.row == 5}
    assert [one for one in told(reading) if one[0] != 5] == [
        (6, "B", "date_invalid", "error"),
        (7, "B", "date_invalid", "warning"),
    ]


@pytest.mark.parametrize(
    ("written", "number"),
    [("五十五家", 55), ("一百二十", 120), ("一百零五", 105), ("十", 10), ("二〇", 20), ("1,200", 1200), ("5 5", 55), ("53（含预备2）", 53)],
)  # fmt: skip
def test_a_number_in_words(written: str, number: int) -> None:
    rows = [["商会名录"], ["商会名称", "会长", "会员数"], ["甲商会", "王一", written]]

    assert fields(read_one(workbook({"名录": rows})), "member_enterprises") == [(number,)]


@pytest.mark.parametrize("written", ["≥50", "50左右", "近60", "100多", "30-40", "五十余", "至少50"])
def test_a_number_that_is_none(written: Any) -> None:
    rows = [["商会名录"], ["商会名称", "会长", "会员数"], ["甲商会", "王一", written]]

    assert told(read_one(workbook({"名录": rows}))) == [(3, "C", "number_approximate", "warning")]


def test_headings_in_two_languages() -> None:
    rows = [["姓名 Name", "性别 Sex", "入党时间", "党员类别 Category"], ["王一", "男", "2010.3", "正式"]]

    assert fields(read_one(workbook({"党员": rows})), "name", "gender", "category") == [("王一", "男", "正式党员")]


def test_a_list_of_contents_is_no_ledger() -> None:
    contents = [["目录"], ["序号", "支部名称", "人数"], [1, "茶业商会党支部", 2]]
    roster = [["姓名", "入党时间", "类别"], ["王一", "2010.3", "正式"]]

    reading = read_one(workbook({"目录": contents, "茶业商会党支部": roster}))

    assert [record.kind for record in reading.records] == ["member"]
    assert told(reading) == [(3, "C", "figure_mismatch", "warning")]
