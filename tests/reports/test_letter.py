"""A drafted letter as a Word file keeps to GB/T 9704, and shows what is missing (regulations §8.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn

from shanghui.cases.letters import GAP, Letter, gap, known, pieces
from shanghui.reports.documents.layout import CHARACTER, CHARACTERS, width
from shanghui.reports.documents.letter import face_of, letter_to_word, title_lines
from shanghui.reports.documents.pdf import converter, to_pdf

LETTER = Letter(
    title="关于成立云泽市印刷包装、软件和信息服务业等商会联合党支部的请示", to="云泽市商会行业党委", issuer="云泽市印刷包装商会",
    day=date(2022, 7, 8), number="云印商〔2022〕3号", paragraphs=("一、基本情况", "二、拟隶属云泽市商会行业党委。", f"编入党员{GAP}名。", "妥否，请批示。"),
    annexes=("党员名册", "选举办法"), table=(("姓名", "职务"), ("周明", "书记")),
)


def written(letter: Letter = LETTER) -> Any:
    return Document(BytesIO(letter_to_word(letter)))


def line(document: Any, begins: str) -> Any:
    return next(one for one in document.paragraphs if one.text.startswith(begins))


def indent(paragraph: Any, side: str) -> float:
    found = paragraph._p.pPr.find(qn("w:ind"))
    return int(found.get(qn(f"w:{side}Chars"), 0)) / 100 if found is not None else 0


def signed(document: Any) -> tuple[Any, str, str]:
    """The paragraph of the signature, its issuer, its date."""
    last = document.paragraphs[-1]
    issuer, day = last.text.split("\n\t")
    return last, issuer, day


def stop(paragraph: Any) -> tuple[Any, float]:
    """How the date stands at its tab stop, and where that is, in characters."""
    (one,) = paragraph.paragraph_format.tab_stops
    return one.alignment, round(one.position.pt / CHARACTER, 1)


def faces(paragraph: Any) -> set[tuple[str, float]]:
    return {(run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt) for run in paragraph.runs}


def test_title_addressee_and_body_have_their_faces_and_places() -> None:
    document = written()

    assert faces(line(document, "关于成立")) == {("方正小标宋简体", 22)}
    assert (line(document, "云泽市商会行业党委：").text, indent(line(document, "云泽市商会行业党委："), "firstLine")) == ("云泽市商会行业党委：", 0)
    assert faces(line(document, "二、拟隶属")) == {("仿宋_GB2312", 16)}
    assert indent(line(document, "妥否"), "firstLine") == 2
    assert faces(line(document, "一、基本情况")) == {("黑体", 16)}
    assert not any(run.font.bold for paragraph in document.paragraphs for run in paragraph.runs)


def test_the_number_stands_in_its_brackets_above_the_title() -> None:
    texts = [one.text for one in written().paragraphs]

    assert texts.index("云印商〔2022〕3号") < texts.index(title_lines(LETTER.title)[0])


def test_the_date_begins_two_characters_right_of_the_issuer_who_stands_two_from_the_right() -> None:
    last, issuer, day = signed(written())

    assert (issuer, day) == (LETTER.issuer, "2022年7月8日")
    assert indent(last, "left") == CHARACTERS - 2 - width(LETTER.issuer)
    assert stop(last) == (WD_TAB_ALIGNMENT.LEFT, indent(last, "left") + 2)


def test_a_short_issuer_moves_left_for_a_date_that_is_longer() -> None:
    last, _, day = signed(written(replace(LETTER, issuer="某党委")))

    assert stop(last) == (WD_TAB_ALIGNMENT.RIGHT, CHARACTERS - 2)
    assert indent(last, "left") + 2 + width(day) == CHARACTERS - 2


@pytest.mark.parametrize("day", [date(2022, 7, 8), date(2022, 11, 30), None])
@pytest.mark.parametrize("count", [1, 3, 6, 8, 9, 10, 11, 12, 20, 26, 40])
def test_the_date_keeps_to_its_line_however_wide_the_digits_are(count: int, day: date | None) -> None:
    last, issuer, dated = signed(written(replace(LETTER, issuer="甲" * count, day=day)))
    side, place = stop(last)

    if count <= CHARACTERS - 2:
        assert indent(last, "left") + width(issuer) <= CHARACTERS - 2
    begins = place if side == WD_TAB_ALIGNMENT.LEFT else place - width(dated)
    assert begins == indent(last, "left") + 2
    assert begins + len(dated) <= CHARACTERS if side == WD_TAB_ALIGNMENT.LEFT else place <= CHARACTERS - 2


def held(paragraph: Any) -> bool:
    return bool(paragraph.paragraph_format.keep_with_next)


def test_issuer_and_date_are_one_paragraph_to_which_text_and_annexes_are_held() -> None:
    document = written(replace(LETTER, table=()))
    *above, last = document.paragraphs

    assert last.paragraph_format.keep_together
    assert [one.text for one in above if held(one)][-4:] == ["妥否，请批示。", "", "附件：1．党员名册", "　　　2．选举办法"]
    assert not held(line(document, "编入党员"))


def test_a_table_is_held_to_the_signature_below_it() -> None:
    rows = written(replace(LETTER, annexes=())).tables[0].rows

    assert all(held(one) for cell in rows[-1].cells for one in cell.paragraphs)


def test_a_heading_is_not_left_at_the_foot_of_a_page() -> None:
    document = written()

    assert held(line(document, "一、基本情况"))
    assert not held(line(document, "二、拟隶属"))


def test_a_salutation_stands_at_the_margin() -> None:
    document = written(replace(LETTER, paragraphs=("各位代表：", "现将情况报告如下：")))

    assert indent(line(document, "各位代表"), "firstLine") == 0
    assert indent(line(document, "现将情况"), "firstLine") == 2


def test_what_is_missing_is_highlighted_and_nothing_else() -> None:
    document = written(replace(LETTER, title=f"关于成立{gap('党组织名称')}的请示", day=None, table=(("姓名",), (gap("得票"),))))
    cells = [paragraph for table in document.tables for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]

    marked = [run.text for one in (*document.paragraphs, *cells) for run in one.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]

    assert marked == ["【待补充：党组织名称】", GAP, "【待补充：成文日期】", "【待补充：得票】"]


def test_annexes_are_named_below_the_body_without_a_stop() -> None:
    texts = [one.text for one in written().paragraphs]

    assert "附件：1．党员名册" in texts
    assert "　　　2．选举办法" in texts


def test_a_table_has_a_head_that_repeats() -> None:
    table = written().tables[0]

    assert [cell.text for cell in table.rows[0].cells] == ["姓名", "职务"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert all(held(one) for cell in table.rows[0].cells for one in cell.paragraphs)


def test_without_addressee_and_issuer_there_is_neither() -> None:
    texts = [one.text for one in written(replace(LETTER, to="", issuer="", day=None)).paragraphs]

    assert "：" not in texts
    assert not any("成文日期" in text for text in texts)


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("一、基本情况", "黑体"), ("（一）推进组建", "楷体_GB2312"), ("一、同意成立党支部。", "仿宋_GB2312"), ("妥否，请批示。", "仿宋_GB2312"),
        ("二、" + "长" * 30, "仿宋_GB2312"), ("1．其他", "仿宋_GB2312"),
    ],
)
def test_only_short_numbered_lines_are_headings(text: str, face: str) -> None:
    assert face_of(text).name == face


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于成立某党支部的请示", ["关于成立某党支部的请示"]),
        ("关于云泽市汽配机电商会党支部选举候选人预备人选的请示", ["关于云泽市汽配机电商会", "党支部选举候选人预备人选的请示"]),
        ("云泽市印刷包装、软件和信息服务业等商会联合党支部关于选举结果的报告", ["云泽市印刷包装、软件和信息服务业等", "商会联合党支部关于选举结果的报告"]),
    ],
)
def test_a_long_title_breaks_where_words_end(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


@pytest.mark.parametrize("title", ["甲" * 19, "甲" * 20, "甲" * 60, f"关于成立{gap('党组织名称' * 3)}的请示", LETTER.title])
def test_no_title_loses_a_character_or_overruns_its_line(title: str) -> None:
    lines = title_lines(title)

    assert "".join(lines) == title
    assert all(lines)
    assert all("【" not in one or "】" in one for one in lines)


def test_a_gap_says_what_is_missing() -> None:
    assert known("", "应选委员数") == "【待补充：应选委员数】"
    assert known(None) == GAP
    assert known(0, "无效票") == "0"
    assert [(one.text, one.missing) for one in pieces(f"甲{GAP}乙{gap('丙')}")] == [
        ("甲", None), (GAP, ""), ("乙", None), ("【待补充：丙】", "丙"),
    ]
    assert replace(LETTER, day=None).missing == ["", "成文日期"]
    assert replace(LETTER, day=None).gaps == 2


@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it() -> None:
    assert to_pdf(letter_to_word(LETTER)).startswith(b"%PDF")
