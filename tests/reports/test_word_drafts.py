"""Word files as they come: text boxes, tables within tables, notes, macros, three hundred pages (M44)."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from shanghui.kernel.refusals import Refused
from shanghui.reports.checking.check import check_draft
from shanghui.reports.checking.drafts import Draft, read_draft
from shanghui.reports.checking.verdicts import Verdict

SPOILED = "党员362人，其中正式党员331人、预备党员32人。"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
SHAPE = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'


def saved(document: Document) -> bytes:  # type: ignore[valid-type]
    content = io.BytesIO()
    document.save(content)  # type: ignore[attr-defined]
    return content.getvalue()


def wrong(draft: Draft) -> list[str]:
    """The stretches called wrong, read at their places."""
    return [draft.text[one.figure.start : one.figure.end] for one in check_draft(draft) if one.verdict is Verdict.WRONG]


def test_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    document = Document()
    inside = f"<w:txbxContent><w:p><w:r><w:t>{SPOILED}</w:t></w:r></w:p></w:txbxContent>"
    document.add_paragraph("开头一句。")._p.append(parse_xml(
        f"<w:r {nsdecls('w')} {MC} {SHAPE}><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{inside}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ))

    draft = read_draft("稿.docx", saved(document))

    assert draft.text.count("362人") == 1
    assert wrong(draft) == ["362人"]


def test_a_table_within_a_table_is_read_after_it_and_adds_up_by_itself() -> None:
    document = Document()
    outer = document.add_table(rows=2, cols=2)
    for cell, text in zip([*outer.rows[0].cells, outer.rows[1].cells[0]], ("项目", "内容", "商会"), strict=True):
        cell.text = text
    inner = outer.rows[1].cells[1].add_table(rows=0, cols=2)
    for row in (("县区", "商会"), ("城东区", "12"), ("城西区", "8"), ("合计", "21")):
        for cell, text in zip(inner.add_row().cells, row, strict=True):
            cell.text = text

    draft = read_draft("稿.docx", saved(document))

    assert [len(table) for table in draft.tables] == [2, 4]
    assert wrong(draft) == ["21"]


def test_a_footnote_is_read_at_the_end() -> None:
    document = Document()
    document.add_paragraph("正文没有数。")
    notes = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>{SPOILED}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    draft = read_draft("稿.docx", saved(document))

    assert draft.text.index("正文没有数") < draft.text.index("362人")
    assert wrong(draft) == ["362人"]


def test_a_file_with_macros_is_refused() -> None:
    content = io.BytesIO(saved(Document()))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")

    with pytest.raises(Refused, match="宏"):
        read_draft("稿.docx", content.getvalue())


def test_three_hundred_pages_are_read_to_the_last() -> None:
    document = Document()
    for place in range(300):
        document.add_paragraph(f"第{place + 1}页。全市现有商会40家，其中行业商会24家、异地商会16家。" * 4)
        document.add_paragraph(SPOILED if place % 100 == 99 else SPOILED.replace("32人", "31人")).paragraph_format.page_break_before = True

    draft = read_draft("稿.docx", saved(document))

    assert wrong(draft) == ["362人"] * 3
    assert draft.text.rindex("第300页") < [one.figure.start for one in check_draft(draft) if one.verdict is Verdict.WRONG][-1]


def _rewritten(content: bytes, name: str, *changes: tuple[bytes, bytes]) -> bytes:
    """A Word file with stretches of one part replaced."""
    old, made = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for one in old.namelist():
            part = old.read(one)
            for before, after in changes if one == name else ():
                assert before in part
                part = part.replace(before, after, 1)
            new.writestr(one, part)
    return made.getvalue()


def test_broken_notes_are_refused() -> None:
    document = Document()
    notes = Part(
        PackURI("/word/footnotes.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f"<w:footnotes {nsdecls('w')}/>".encode(), document.part.package,
    )
    document.part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
    broken = _rewritten(saved(document), "word/footnotes.xml", (f" {nsdecls('w')}".encode(), b""))

    with pytest.raises(Refused, match="脚注或尾注已经损坏"):
        read_draft("稿.docx", broken)


def test_a_text_behind_an_entity_is_refused_and_not_left_out() -> None:
    document = Document()
    document.add_paragraph("全市商会40家。")
    hidden = _rewritten(
        saved(document), "word/document.xml",
        (b"<w:document", b'<!DOCTYPE w:document [<!ENTITY n "40">]><w:document'), ("全市商会40家".encode(), "全市商会&n;家".encode()),
    )

    with pytest.raises(Refused, match="自定义的实体"):
        read_draft("稿.docx", hidden)
