"""Sheets of one file that say different things of the same unit."""

from __future__ import annotations

from typing import Any

from tests.exchange.recognition.books import Rows, read_one, told, workbook

CHAMBERS: Rows = [
    ["商会名录"], ["商会名称", "会长", "会员企业数", "组建方式", "党组织名称", "书记"],
    ["甲商会", "王一", 2, "单独组建", "甲商会党支部", "李一"], ["乙商会", "王二", 1, "联合组建", "乙丙联合党支部", "李二"],
]  # fmt: skip
ORGANIZATIONS: Rows = [
    ["党组织台账"], ["党组织名称", "组建方式", "覆盖商会", "书记姓名"],
    ["甲商会党支部", "单独组建", "甲商会", "李一"], ["乙丙联合党支部", "联合组建", "乙商会、丙商会", "李二"],
]  # fmt: skip
POSTS: Rows = [
    ["班子成员"],
    ["商会名称", "商会职务", "姓名"],
    ["甲商会", "会长", "王一"],
    ["乙商会", "会长", "王二"],
    ["乙商会", "理事", "王三"],
]
ENTERPRISES: Rows = [
    ["会员企业名录"],
    ["企业名称", "所属商会", "法定代表人"],
    ["子公司", "甲商会", "王一"],
    ["丑公司", "甲商会", "王四"],
]


def told_of(**changed: tuple[int, int, Any]) -> list[tuple[int | None, str | None, str, str]]:
    """What is told of the four sheets with one cell changed."""
    sheets: dict[str, list[list[Any]]] = {
        "商会": [list(row) for row in CHAMBERS], "党组织": [list(row) for row in ORGANIZATIONS],
        "班子": [list(row) for row in POSTS], "会员": [list(row) for row in ENTERPRISES],
    }  # fmt: skip
    for name, (row, column, value) in changed.items():
        sheets[name][row][column] = value
    return told(read_one(workbook(sheets)))


def test_sheets_that_agree_are_silent() -> None:
    assert told_of() == []


def test_another_president() -> None:
    assert told_of(班子=(2, 2, "王五")) == [(3, "B", "value_conflict", "warning")]


def test_another_secretary() -> None:
    assert told_of(党组织=(2, 3, "李五")) == [(3, "F", "value_conflict", "warning")]


def test_another_organization_covers_the_chamber() -> None:
    assert (4, "E", "value_conflict", "warning") in told_of(商会=(3, 4, "乙商会党支部"))


def test_another_number_of_enterprises() -> None:
    assert told_of(商会=(2, 2, 3)) == [(3, "C", "figure_mismatch", "warning")]


def test_a_joint_organization_over_two_rows_is_one_with_both_chambers() -> None:
    rows: Rows = [
        ["党组织台账"], ["党组织名称", "组建方式", "覆盖商会", "书记姓名"],
        ["乙丙联合党支部", "联合组建", "乙商会", "李二"], ["", "", "丙商会", ""], ["", "", "", ""], ["丁党支部", "单独组建", "丁商会", "李四"],
    ]  # fmt: skip
    areas = ["A3:A5", "B3:B5", "D3:D5"]

    reading = read_one(workbook({"党组织": rows}, merges={"党组织": areas}))

    assert [(r.row, r.fields["covers"]) for r in reading.records] == [(3, ["乙商会", "丙商会"]), (6, ["丁商会"])]
    assert told(reading) == []
