"""What a person chose on the mapping page, and what was learned from it."""

from __future__ import annotations

from shanghui.exchange.recognition import FIELD_TITLES, KINDS
from tests.exchange.recognition.books import one, read_one, workbook

ODD = [["同志", "组织", "入伍日", "身份"], ["王一", "甲支部", "2010.3", "正式"]]


def test_an_unknown_header_is_not_recognised() -> None:
    reading = read_one(workbook({"表": ODD}))

    assert reading.records == []
    assert reading.problems[0].severity == "error"


def test_columns_named_by_a_person_are_read() -> None:
    chosen = {"A": "name", "B": "branch", "C": "joined_on", "D": "category"}

    reading = read_one(workbook({"表": ODD}), forced={("book.xlsx", "表"): chosen})

    assert one(reading, name="王一").fields["category"] == "正式党员"
    assert reading.records[0].kind == "member"


def test_a_column_may_be_taken_out() -> None:
    rows = [["党员花名册"], ["姓名", "入党时间", "类别", "联系电话"], ["王一", "2010.3", "正式", "15400000001"]]

    reading = read_one(workbook({"表": rows}), forced={("book.xlsx", "表"): {"D": None}})

    assert "phone" not in one(reading, name="王一").fields


def test_learned_headings_are_known_the_next_time() -> None:
    rows = [["党员花名册"], ["姓名", "入伍日", "类别"], ["王一", "2010.3", "正式"]]

    reading = read_one(workbook({"表": rows}), learned={"入伍日": "joined_on"})

    assert one(reading, name="王一").fields["joined_on"] == "2010-03"


def test_every_kind_offers_its_fields_with_titles() -> None:
    for kind, (title, offered) in KINDS.items():
        assert title
        assert FIELD_TITLES[kind] == {field: words[0] for field, words in offered.items()}
        assert all(headings for _, headings in offered.values())
