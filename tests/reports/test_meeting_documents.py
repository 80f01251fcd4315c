"""The sheet to sign and the record as Word files: everything that was kept stands in them, in official type faces."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from shanghui.reports.documents.meeting import record_to_word, sheet_to_word
from shanghui.reports.documents.pdf import converter, to_pdf
from shanghui.reports.meetings import EMPTY_ROWS, SPARE_ROWS, Heading, MeetingRecord, RecordItem, SignInSheet

HEADING = Heading("讨论转正", "支部党员大会", "汽配党支部", date(2022, 6, 24), (("时间", "2022年6月24日"), ("地点", "商会会议室")))
RECORD = MeetingRecord(
    HEADING, "应到18人，实到16人", ("应到有表决权的18人，够了。",), (("到会", "杜辉、䶮某"), ("未到", "")),
    (RecordItem("接收转正申请", "同意", "赞成16票", "组织委员负责"), RecordItem("其他")), ("先学习。", "再讨论。"),
)


def read(word: bytes) -> Any:
    return Document(BytesIO(word))


def text(word: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in read(word).paragraphs)


def test_the_record_says_what_was_kept_and_leaves_out_what_was_not() -> None:
    said = text(record_to_word(RECORD))

    for words in (
        "支部党员大会记录", "地点：商会会议室", "到会情况：应到18人，实到16人", "到会：杜辉、䶮某", "（一）接收转正申请", "决定：同意", "表决：赞成16票",
        "二、会议记录", "再讨论。", "三、下一步", "接收转正申请：组织委员负责", "主持人（签名）",
    ):
        assert words in said
    assert "未到：" not in said


def test_a_record_of_minutes_alone_numbers_its_only_part_one() -> None:
    assert "一、会议记录" in text(record_to_word(MeetingRecord(HEADING, minutes=("先学习。",))))


@pytest.mark.parametrize(("names", "rows"), [(("杜辉", "杜荣俊"), 2 + SPARE_ROWS), ((), EMPTY_ROWS)])
def test_the_sheet_has_a_row_for_each_and_some_to_spare(names: tuple[str, ...], rows: int) -> None:
    table = read(sheet_to_word(SignInSheet(HEADING, names))).tables[0]

    assert [cell.text for cell in table.rows[0].cells] == ["序号", "姓名", "签名", "备注"]
    assert len(table.rows) == rows + 1
    assert [table.rows[place].cells[1].text for place in (1, 2)] == [*names, "", ""][:2]


def test_a_remark_stands_beside_its_name() -> None:
    table = read(sheet_to_word(SignInSheet(HEADING, ("杜辉", "杜荣俊"), remarks=("", "请假（出差）")))).tables[0]

    assert [cell.text for cell in table.rows[2].cells] == ["2", "杜荣俊", "", "请假（出差）"]
    assert table.rows[1].cells[3].text == ""


def test_every_run_has_an_official_face() -> None:
    for word in (record_to_word(RECORD), sheet_to_word(SignInSheet(HEADING, ("杜辉",)))):
        faces = {one.get(qn("w:eastAsia")) for one in read(word).element.iter(qn("w:rFonts"))}
        assert faces <= {"方正小标宋简体", "仿宋_GB2312", "黑体"}


@pytest.mark.skipif(converter() is None, reason="no LibreOffice here")
def test_it_becomes_a_pdf() -> None:
    assert to_pdf(record_to_word(RECORD)).startswith(b"%PDF")
