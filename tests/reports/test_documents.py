"""The Word file keeps the measures and type faces of GB/T 9704, and LibreOffice, where it is, finds every glyph."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn

from shanghui.reports.content import Content, Gap, Number, Paragraph, Part, Section, Table, Words
from shanghui.reports.documents import pdf
from shanghui.reports.documents.layout import CHARACTER, width
from shanghui.reports.documents.pdf import NoConverter, converter, to_pdf
from shanghui.reports.documents.word import to_word

RARE = "犇、喆、䶮、堃、昇、镕、玥、燊"
FACES = {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"}
NUMBER = Number("coverage.organization", "党组织覆盖率", "rate", "85%", 34, 40)
GAP = Gap("党建入章情况", "请登记。", "chambers")


def _content(body: str = f"书记姓名用字{RARE}。", issuer: str = "云泽市商会行业党委") -> Content:
    pieces = (Words(body), NUMBER, GAP)
    sections = tuple(Section(code, f"（{code}）推进组建", (Paragraph(pieces),)) for code in "一二")
    return Content(
        title=(issuer, "2022年上半年商会党建工作总结"), issuer=issuer, as_at=date(2022, 6, 30), made_on=date(2022, 7, 8),
        opening=(Paragraph((Words("现将情况总结如下。"),)),), parts=(Part("一、上半年工作情况", sections),), notes=("口径甲。", "口径乙。"),
    )


def _document(content: Content | None = None) -> Any:
    return Document(BytesIO(to_word(content or _content())))


def _faces(document: Any) -> Iterator[Any]:
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        if root is not None:
            yield from root.iter(qn("w:rFonts"))


def test_paper_margins_and_grid_are_those_of_the_standard() -> None:
    section = _document().sections[0]

    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_every_run_names_an_official_face_for_chinese() -> None:
    document = _document()
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]

    named = {run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}

    assert named == {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"}
    assert {run.font.size.pt for run in runs} == {22, 16}
    assert not any(run.font.bold for run in runs)


def test_no_style_in_use_asks_for_another_face() -> None:
    document = _document()
    used = {"Normal", "Header", "Footer", "Heading 1", "Heading 2"}

    fonts = [document.styles[name].element.rPr.rFonts for name in used]

    assert {font.get(qn("w:eastAsia")) for font in fonts} <= FACES
    assert not any("Theme" in attribute for font in fonts for attribute in font.attrib)


def test_lines_are_28_95_points_and_paragraphs_begin_2_characters_in() -> None:
    document = _document()
    body = next(one for one in document.paragraphs if one.text.startswith("书记"))

    assert {one.paragraph_format.line_spacing.pt for one in document.paragraphs} == {28.95}
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert body.text.endswith("85%【待补充：党建入章情况】")
    assert body.runs[-1].font.highlight_color is not None


def test_page_numbers_stand_outside_odd_right_even_left() -> None:
    document = _document()
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "—  —"
        assert "PAGE" in paragraph._p.xml
        assert side in str(paragraph.alignment).lower()
        assert paragraph._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"


@pytest.mark.parametrize("issuer", ["云泽市商会行业党委", "县委", "云泽经济技术开发区非公有制经济组织和社会组织综合委员会"])
def test_the_date_begins_2_characters_right_of_the_issuer_and_stays_on_the_page(issuer: str) -> None:
    signed = next(one for one in _document(_content(issuer=issuer)).paragraphs if one.text == f"{issuer}\n\t2022年7月8日")
    (stop,) = signed.paragraph_format.tab_stops

    begins = round(stop.position.pt / CHARACTER, 1) - (width("2022年7月8日") if stop.alignment == WD_TAB_ALIGNMENT.RIGHT else 0)
    assert begins - int(signed._p.pPr.ind.get(qn("w:leftChars")) or 0) / 100 == 2
    assert begins + width("2022年7月8日") <= 26


def test_the_last_paragraph_is_held_to_the_signature_and_no_note_is_parted() -> None:
    document = _document()
    place = next(place for place, one in enumerate(document.paragraphs) if "2022年7月8日" in one.text)

    assert document.paragraphs[place].paragraph_format.keep_together
    assert document.paragraphs[place - 1].paragraph_format.keep_with_next
    assert all(one.paragraph_format.keep_together for one in document.paragraphs[place + 1 :])


def test_a_salutation_stands_at_the_margin() -> None:
    opening = tuple(Paragraph((Words(text),)) for text in ("各位会员：", "现将各位会员关心的情况报告如下："))
    document = _document(replace(_content(), opening=opening))

    begins = {one.text: (one._p.pPr.ind.get(qn("w:firstLineChars")) or "0") for one in document.paragraphs}
    assert (begins["各位会员："], begins["现将各位会员关心的情况报告如下："]) == ("0", "200")


def test_control_characters_of_a_ledger_do_not_break_the_file() -> None:
    assert "甲乙" in "".join(one.text for one in _document(_content("甲\x00\x0b乙")).paragraphs)


def test_the_definitions_stand_in_brackets_below_the_date() -> None:
    texts = [one.text for one in _document().paragraphs]

    assert texts[-2:] == ["（附注：口径甲。", "口径乙。）"]


def test_without_libreoffice_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "converter", lambda: None)

    with pytest.raises(NoConverter, match="没有安装 LibreOffice"):
        to_pdf(b"")


@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
def test_libreoffice_lays_out_28_characters_by_22_lines_with_every_glyph(tmp_path: Path) -> None:
    made = tmp_path / "r.pdf"

    made.write_bytes(to_pdf(to_word(_content("国" * 28 * 40))))

    second = [line for line in _text(made, page=2) if line and "—" not in line]
    assert second == ["国" * 28] * 22
    assert all(_embedded(made))


@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
def test_issuer_and_date_go_to_the_next_page_together_below_a_long_table(tmp_path: Path) -> None:
    """More than 25 rows and paragraphs on a page: there LibreOffice parts paragraphs that are to be kept together."""
    made = tmp_path / "r.pdf"
    table = Table("", ("甲", "乙"), tuple(((Words("子"),), (Words("丑"),)) for _ in range(8)))
    text = tuple(Paragraph((Words(one),)) for one in "一二三")
    lines = tuple(Paragraph((Words("国"),)) for _ in range(6))
    content = replace(_content(), parts=(Part("一、情况", (Section("one", "", (*lines, table, *text)),)),))

    made.write_bytes(to_pdf(to_word(content)))

    pages = ["".join(_text(made, page=page)) for page in (1, 2)]
    assert [("云泽市商会行业党委" in page.split("总结")[-1], "2022年7月8日" in page) for page in pages] == [(False, False), (True, True)]


@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
def test_rare_characters_of_names_come_out(tmp_path: Path) -> None:
    made = tmp_path / "r.pdf"

    made.write_bytes(to_pdf(to_word(_content())))

    assert RARE in "".join(_text(made))
    assert len(list(_embedded(made))) >= 4


def _text(path: Path, page: int | None = None) -> list[str]:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    pages = ["-f", str(page), "-l", str(page)] if page else []
    done = subprocess.run([program, "-layout", *pages, str(path), "-"], capture_output=True, check=True)
    return [re.sub(r"\s", "", line) for line in done.stdout.decode().splitlines()]


def _embedded(path: Path) -> Iterator[bool]:
    program = shutil.which("pdffonts")
    if program is None:
        pytest.skip("pdffonts is not installed")
    done = subprocess.run([program, str(path)], capture_output=True, check=True)
    for line in done.stdout.decode().splitlines()[2:]:
        yield line.split()[-5] == "yes"
