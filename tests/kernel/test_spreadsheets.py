"""Ledgers as Excel: what goes in comes out again in whatever opens the file, and nothing in it is a formula."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from shanghui.kernel import spreadsheets
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused
from shanghui.kernel.spreadsheets import Sheet, sheet_names, write_ledger, write_ledgers

DAY = date(2022, 6, 30)
TWO = (Column("name", "名称", lambda row: row[0], width=30), Column("more", "其他", lambda row: row[1]))


def workbook(rows: list[Any], **more: Any) -> bytes:
    target = BytesIO()
    write_ledger(target, title="商会台账", as_at=DAY, columns=TWO, rows=iter(rows), **more)
    return target.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content)).active


def written(value: Any) -> Any:
    return opened(workbook([("甲", value)]))["B4"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@x", '=HYPERLINK("http://a","b")', "\t=1", " 前后 ", "a&b<c>", "第一行\n第二行"])
def test_text_stays_the_text_it_is(text: str) -> None:
    cell = written(text)

    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", ["990201198001011234", "0512", "1540000" + "2048", "3E5", "2022-06-30"])
def test_numbers_that_are_names_stay_text(text: str) -> None:
    assert (written(text).value, written(text).number_format) == (text, "@")


def test_control_characters_and_halves_of_characters_are_dropped() -> None:
    assert written("云\x00泽\x0b市\ud800\uffff").value == "云泽市"


def test_what_excel_would_read_as_an_escape_stays_as_written() -> None:
    assert CalamineWorkbook.from_filelike(BytesIO(workbook([("_x0041_", "")]))).get_sheet_by_index(0).to_python()[3][0] == "_x0041_"


def test_a_rare_character_outside_the_basic_plane_stays() -> None:
    assert written("𠮷䶮㛃").value == "𠮷䶮㛃"


def test_a_day_is_a_date_cell() -> None:
    cell = written(date(2022, 2, 28))

    assert (cell.value, cell.is_date) == (datetime(2022, 2, 28), True)


def test_a_day_that_excel_cannot_number_is_text() -> None:
    assert written(date(1900, 2, 28)).value == "1900-02-28"
    assert written(date(1900, 3, 1)).is_date


@pytest.mark.parametrize("number", [0, -3, 34, Decimal("0.85"), 1.5, 10**15 - 1])
def test_numbers_are_numbers(number: Any) -> None:
    assert written(number).value == pytest.approx(float(number))


@pytest.mark.parametrize("number", [10**15, float("nan"), Decimal("0.1234567890123456")])
def test_numbers_that_excel_cannot_hold_are_text(number: Any) -> None:
    assert written(number).value == str(number)


def test_yes_and_no_are_words() -> None:
    assert (written(True).value, written(False).value) == ("是", "否")


def test_a_moment_is_text_to_the_minute() -> None:
    assert written(datetime(2022, 6, 30, 8, 5, tzinfo=UTC)).value == "2022-06-30 08:05"


def test_nothing_leaves_no_cell() -> None:
    sheet = opened(workbook([(None, ""), ("乙", 1)]))

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)] == [[None, None], ["乙", 1]]


def test_text_longer_than_a_cell_is_cut() -> None:
    assert len(written("长" * 40_000).value) == 32_767


def test_title_day_and_headings_stand_above_the_rows_and_stay_in_sight() -> None:
    sheet = opened(workbook([("甲", 1)], note="共 1 家"))

    assert [sheet["A1"].value, sheet["A2"].value] == ["商会台账", "数据截至 2022-06-30　共 1 家"]
    assert [cell.value for cell in sheet[3]] == ["名称", "其他"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("A4", "$1:$3", "A3:B4")


def test_it_prints_on_a4_as_wide_as_the_page() -> None:
    sheet = opened(workbook([]))

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.column_dimensions["A"].width == pytest.approx(30.71)


def test_rows_beyond_one_batch_keep_their_order() -> None:
    content = workbook([(f"商会{n}", n) for n in range(1203)])

    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[3:]
    assert rows == [[f"商会{n}", float(n)] for n in range(1203)]


def test_rows_are_counted() -> None:
    assert write_ledger(BytesIO(), title="甲", as_at=DAY, columns=TWO, rows=iter([("a", 1), ("b", 2)])) == 2


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "ROW_LIMIT", 5)

    workbook([("甲", 1)] * 2)
    with pytest.raises(Refused, match="放不下"):
        workbook([("甲", 1)] * 3)


def test_several_ledgers_are_sheets_of_one_workbook() -> None:
    target = BytesIO()
    write_ledgers(target, [Sheet("商会/台账", DAY, TWO, [("甲", 1)]), Sheet("党组织'台账", DAY, TWO, [("乙", 2), ("丙", 3)])])

    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["商会台账", "党组织'台账"]
    assert (book["商会台账"]["A4"].value, book["党组织'台账"].auto_filter.ref) == ("甲", "A3:B5")


def test_names_of_sheets_are_such_as_excel_accepts() -> None:
    assert sheet_names(["a", "A", "长" * 40, "[]"]) == ["a", "A（2）", "长" * 31, "表4"]


def test_every_part_is_well_formed() -> None:
    with ZipFile(BytesIO(workbook([("a&b", "<")], note="“甲”&乙"))) as package:
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_what_was_written(tmp_path: Any) -> None:
    (tmp_path / "ledger.xlsx").write_bytes(workbook([("=1+1", date(2022, 6, 30)), ("990201198001011234", 7)]))

    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(tmp_path), str(tmp_path / "ledger.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "ledger.csv").read_text(encoding="utf-8").splitlines()
    assert lines[3:] == ['"=1+1",2022-06-30', '"990201198001011234",7']
