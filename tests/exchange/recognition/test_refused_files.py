"""Files that cannot be read say why, in a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from shanghui.exchange.recognition import SourceFile, read
from tests.exchange.recognition.books import TODAY, one, read_one, workbook


def _zip(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_workbook"),
        (b"PK\x03\x04broken", "not_a_workbook"),
        (_zip(word=b"x"), "not_a_workbook"),
        (b"a,b\n\xff\xfe\xfa\x81", "encoding_unknown"),
        (b"just a sentence", "not_a_workbook"),
        (b"x" * (50 * 1024 * 1024 + 1), "too_large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "not_a_workbook"),
    ],
)  # fmt: skip
def test_each_has_its_kind(content: bytes, kind: str) -> None:
    reading = read_one(SourceFile("文件.xlsx", content))

    assert [(p.kind, p.severity, p.sheet) for p in reading.problems] == [(kind, "error", None)]
    assert "请" in reading.problems[0].message


def test_text_under_the_name_of_a_workbook_is_told_as_what_it_is() -> None:
    text = "说明,日期\n这不是表格,2022\n".encode()

    reading, as_csv = read_one(SourceFile("名册.xlsx", text)), read_one(SourceFile("名册.csv", text))

    assert reading.problems[0].message.startswith("“名册.xlsx”的名称是 Excel 工作簿，内容却只是文字")
    assert "csv" not in reading.problems[0].message
    assert "没有认出表头" in as_csv.problems[0].message


def test_a_list_as_text_under_the_name_of_a_workbook_is_read() -> None:
    reading = read_one(SourceFile("名册.xlsx", "姓名,入党时间\n王一,2010.3\n".encode()))

    assert one(reading, name="王一").fields["joined_on"] == "2010-03"


def test_a_file_that_swells_is_refused_before_it_is_opened() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(510):
                part.write(b" " * (1 << 20))

    reading = read_one(SourceFile("炸弹.xlsx", content.getvalue()))

    assert [p.kind for p in reading.problems] == ["too_large"]


def test_one_bad_file_does_not_spoil_the_others() -> None:
    good = workbook({"名册": [["党员花名册"], ["姓名", "入党时间"], ["王一", "2010.3"]]})
    seen: list[tuple[int, int]] = []

    reading = read([SourceFile("坏.xls", b""), good], today=TODAY, progress=lambda done, of: seen.append((done, of)))

    assert one(reading, name="王一").file == "book.xlsx"
    assert [p.file for p in reading.problems] == ["坏.xls"]
    assert seen == [(1, 2), (2, 2)]
