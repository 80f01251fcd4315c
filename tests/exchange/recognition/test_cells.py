"""What people type into cells: numbers, dates, telephones, names in every guise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shanghui.exchange.recognition import SourceFile
from tests.exchange.recognition.books import fields, identity, one, read_one, told, workbook

NUMBER = identity(date(1980, 3, 5))


def cell(heading: str, value: Any, *, title: str = "党员花名册") -> Any:
    """What is read from one cell of a roster: the value, or the kind and severity of what is told."""
    rows = [[title], ["姓名", "入党时间", heading], ["王一", "2010.3", value]]
    reading = read_one(workbook({"名册": rows}))
    found = [problem for problem in reading.problems if problem.column == "C" and problem.severity != "info"]
    return (found[0].kind, found[0].severity) if found else list(reading.records[0].fields.values())[2]


@pytest.mark.parametrize(
    "written", [f"'{NUMBER}", f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", f"身份证：{NUMBER}", f'="{NUMBER}"', f"{NUMBER}；"]
)  # fmt: skip
def test_an_identity_number_that_can_be_read(written: str) -> None:
    assert cell("身份证号", written) == NUMBER


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("3.20102E+17", "id_precision_lost"), (320102198003051000.0, "id_precision_lost"), (NUMBER[:17], "id_length"),
        ("990100800305001", "id_length"), ("99O" + NUMBER[3:], "id_check_digit"), (NUMBER[:17] + "5", "id_check_digit"),
    ],
)  # fmt: skip
def test_an_identity_number_that_is_refused(written: Any, kind: str) -> None:
    assert cell("身份证号", written) == (kind, "error")


@pytest.mark.parametrize(
    "written", ["154-0000-0001", "+86 15400000001", "(86)15400000001", "1540000 0001", "手机：15400000001"]
)
def test_a_mobile_number_with_marks(written: str) -> None:
    assert cell("联系电话", written) == "15400000001"


@pytest.mark.parametrize("written", ["0990-8123456", "0990-8123456-801", "81234567", "0990-8123456转801"])
def test_a_landline(written: str) -> None:
    assert cell("联系电话", written) == written


@pytest.mark.parametrize("written", ["1540000001", "154000000011", "1540000", "11111111111", "1540000001a"])
def test_a_telephone_number_that_cannot_be(written: str) -> None:
    assert cell("联系电话", written) == ("phone_invalid", "warning")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022.6", "2022-06"), ("20220630", "2022-06-30"), ("二〇二二年六月", "2022-06"), (44742, "2022-06-30"),
        ("2022年6月初", "2022-06"), ("2022年6月30日下午2点", "2022-06-30"), ("2022/6/30 14:30-16:00", "2022-06-30"),
        ("2022年6月30日（星期四）上午9:00", "2022-06-30"), ("2022.06.30.", "2022-06-30"), ("２０２２．６", "2022-06"),
    ],
)  # fmt: skip
def test_a_day_that_can_be_read(written: Any, day: str) -> None:
    assert cell("转正时间", written) == day


@pytest.mark.parametrize(
    ("written", "told_as"),
    [
        ("2022年6月31日", ("date_invalid", "error")), ("2022.13", ("date_invalid", "error")), ("22.6.30", ("date_two_digit_year", "warning")),
        ("约2022年", ("date_ambiguous", "warning")), ("Jun-22", ("date_ambiguous", "warning")), (2022.1, ("date_ambiguous", "warning")),
        ("不详", ("date_invalid", "warning")),
    ],
)  # fmt: skip
def test_a_day_that_must_be_looked_at(written: Any, told_as: tuple[str, str]) -> None:
    assert cell("转正时间", written) == told_as


def test_a_span_in_a_column_for_one_day() -> None:
    rows = [
        ["社会组织登记情况表"], ["社会组织名称", "成立时间", "会长", "证书有效期"],
        ["甲商会", "2012.3", "王一", "2022-03-01至2027-02-28"], ["乙商会", "2012.3", "王一", "2022.3.1-2021.3.1"],
    ]  # fmt: skip

    reading = read_one(workbook({"登记": rows}))

    assert fields(reading, "valid_from", "valid_to") == [("2022-03-01", "2027-02-28"), (None, None)]
    assert told(reading) == [(4, "D", "date_order", "error")]


def test_an_activity_of_several_days_stands_at_its_first() -> None:
    rows = [["活动台账"], ["活动时间", "活动名称"], ["2023.9.10-9.12", "讲堂"]]

    reading = read_one(workbook({"活动": rows}))

    assert fields(reading, "date") == [("2023-09-10",)]
    assert told(reading) == [(3, "A", "several_values", "info")]


def test_a_name_broken_over_two_lines_is_one_person_and_two_names_are_two() -> None:
    rows = [
        ["党员花名册"],
        ["姓名", "入党时间", "类别"],
        ["李\n三", "2010.3", "正式"],
        ["王一\n王二", "2010.3", "正式"],
    ]

    reading = read_one(workbook({"名册": rows}))

    assert one(reading, name="李三").row == 3
    assert told(reading) == [(4, "A", "several_values", "error")]


def test_numbers_of_cards_and_telephones_are_not_repeated_in_what_is_told() -> None:
    text = f"姓名,身份证号,入党时间,性别,电话\n王一,{NUMBER[:17]}9,2010.3,{NUMBER},1540000001\n王二,990201196612060000,2010.3,男,15400000001/15400000002"

    reading = read_one(SourceFile("名册.csv", text.encode()))

    assert {p.kind for p in reading.problems} >= {
        "id_check_digit",
        "value_unknown",
        "id_precision_lost",
        "several_values",
    }
    said = "".join(f"{p.message}{p.value}" for p in reading.problems)
    assert not any(
        number in said for number in (NUMBER, NUMBER[:17], "990201196612060000", "15400000001", "15400000002")
    )
