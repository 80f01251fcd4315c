"""The four office ledgers, against the truth written down beside them: every record, field and problem."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from shanghui.exchange.recognition import Reading, SourceFile
from tests.exchange.recognition.books import read_one

LEDGERS = Path(__file__).parents[2] / "data" / "ledgers"
TRUTHS = sorted(LEDGERS.glob("*.truth.json"))


@lru_cache
def _pair(path: Path) -> tuple[dict[str, Any], Reading]:
    truth = json.loads(path.read_text(encoding="utf-8"))
    book = path.parent / truth["file"]
    return truth, read_one(SourceFile(book.name, book.read_bytes()))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value)
    return "".join(value.split()) if isinstance(value, str) else value


@pytest.fixture(params=TRUTHS, ids=lambda path: path.stem[:3])
def pair(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Reading]:
    return _pair(request.param)


def test_the_four_are_there() -> None:
    assert len(TRUTHS) == 4


def test_every_record_is_found_and_no_other(pair: tuple[dict[str, Any], Reading]) -> None:
    truth, reading = pair

    wanted = {(kind, x["sheet"], x["row"]) for kind, records in truth["records"].items() for x in records}

    assert {(r.kind, r.sheet, r.row) for r in reading.records} == wanted
    assert len(reading.records) == len(wanted)


def test_every_settled_field_is_right(pair: tuple[dict[str, Any], Reading]) -> None:
    truth, reading = pair
    got = {(r.kind, r.sheet, r.row): r for r in reading.records}

    wrong = [
        (x["row"], name, value, got[(kind, x["sheet"], x["row"])].fields.get(name))
        for kind, records in truth["records"].items()
        for x in records
        for name, value in x["fields"].items()
        if name not in x.get("unsettled", ())
        and _plain(got[(kind, x["sheet"], x["row"])].fields.get(name)) != _plain(value)
    ]

    assert wrong == []


def test_what_waits_for_a_person_is_not_given(pair: tuple[dict[str, Any], Reading]) -> None:
    truth, reading = pair
    got = {(r.kind, r.sheet, r.row): r for r in reading.records}

    for kind, records in truth["records"].items():
        for x in records:
            record = got[(kind, x["sheet"], x["row"])]
            assert set(x.get("unsettled", ())) <= record.unsettled
            assert not record.unsettled & set(record.fields)


def test_every_problem_is_told_at_its_place(pair: tuple[dict[str, Any], Reading]) -> None:
    truth, reading = pair

    said = {(p.sheet, p.row, p.column, p.field, p.kind, p.severity) for p in reading.problems}
    wanted = {(p["sheet"], p["row"], p["column"], p["field"], p["kind"], p["severity"]) for p in truth["problems"]}

    assert wanted - said == set()


def test_no_error_is_invented(pair: tuple[dict[str, Any], Reading]) -> None:
    truth, reading = pair
    places = {(p["sheet"], p["row"]) for p in truth["problems"]}

    assert [p.message for p in reading.problems if p.severity == "error" and (p.sheet, p.row) not in places] == []


def test_columns_and_headers_are_understood(pair: tuple[dict[str, Any], Reading]) -> None:
    truth, reading = pair
    tables = {table.sheet: table for table in reading.tables}

    for wanted in truth["tables"]:
        table = tables[wanted["sheet"]]
        assert table.kind == wanted["record"]
        assert table.header_rows == wanted["header_rows"]
        for letter, field in wanted["columns"].items():
            if field and "+" not in field and field != "enterprise":
                assert table.columns[letter] == field


def test_the_day_and_the_sender_are_read_from_the_lines_above() -> None:
    _, city = _pair(TRUTHS[0])
    _, quarter = _pair(TRUTHS[2])

    assert {str(table.as_at) for table in city.tables} == {"2022-06-30"}
    assert {table.sender for table in city.tables} == {"云泽市商会行业党委"}
    assert str(quarter.tables[0].as_at) == "2024-03-31"


def test_a_coherent_ledger_has_nothing_to_report() -> None:
    _, reading = _pair(TRUTHS[0])

    assert {p.kind for p in reading.problems} == {"sheet_unrecognised"}
    assert {p.severity for p in reading.problems} == {"info"}


def test_messages_say_where_and_what_to_do() -> None:
    _, reading = _pair(TRUTHS[1])

    message = next(p.message for p in reading.problems if p.kind == "id_precision_lost")

    assert message.startswith("「党员花名册」第11行G列“身份证号码”：")
    assert "设为“文本”" in message
