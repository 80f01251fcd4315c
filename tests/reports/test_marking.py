"""Findings written back into Word: comments and tracked changes at their place, everything else as it was (M44)."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from shanghui.reports.checking.drafts import Draft, read_draft
from shanghui.reports.checking.marking import Mark, marked, text_marked
from tests.worked_city import AT

TEXT = "党员362人，其中正式党员331人、预备党员32人。"


def word(*paragraphs: Sequence[str]) -> bytes:
    """A Word file: paragraphs of runs, every second run bold."""
    document, file = Document(), io.BytesIO()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for place, run in enumerate(runs):
            paragraph.add_run(run).bold = place % 2 == 1
    document.save(file)
    return file.getvalue()


def mark(text: str, stated: str, comment: str = "说明", instead: str | None = None) -> Mark:
    return Mark(text.index(stated), text.index(stated) + len(stated), comment, instead)


def commented(content: bytes) -> list[tuple[str, str]]:
    """[(what is between the marks of a comment, the comment)] in the order of the text."""
    document = Document(io.BytesIO(content))
    said = {one.comment_id: one.text for one in document.comments}
    found, open_now = [], {}
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_now[int(element.get(qn("w:id")))] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            number = int(element.get(qn("w:id")))
            found.append((open_now.pop(number), said[number]))
        elif element.tag in (qn("w:t"), qn("w:delText")):
            open_now = {number: text + (element.text or "") for number, text in open_now.items()}
    return found


def test_a_comment_stands_exactly_at_the_figure_also_across_runs_and_the_text_stays() -> None:
    content = word(["党员3", "62", "人，其中正式党员331人、预备党", "员32人", "。"], ["另起一段362人。"])
    text = read_draft("稿.docx", content).text

    made = marked("稿.docx", content, [mark(text, "362人", "应为363人"), mark(text, "32人。", "应为31人")], AT)

    assert commented(made) == [("362人", "应为363人"), ("32人。", "应为31人")]
    assert read_draft("稿.docx", made).text == text


def test_every_run_keeps_its_look() -> None:
    content = word(["党员3", "62", "人"])

    made = Document(io.BytesIO(marked("稿.docx", content, [Mark(3, 4, "说明")], AT)))

    looks = [(run.text, bool(run.bold)) for run in made.paragraphs[0].runs if run.text]
    assert looks == [("党员3", False), ("6", True), ("2", True), ("人", False)]


def test_a_mend_is_a_tracked_change_that_reads_as_the_new_text() -> None:
    content = word(["预备党员3", "2人", "。"])

    made = marked("稿.docx", content, [Mark(4, 7, "应为31人", "31人")], AT)

    body = Document(io.BytesIO(made)).element.body
    assert "".join(one.text for one in body.iter(qn("w:delText"))) == "32人"
    assert read_draft("稿.docx", made).text == "预备党员31人。\n"
    assert {one.get(qn("w:author")) for one in body.iter(qn("w:ins"))} == {"数字核校"}


def test_several_marks_in_one_run_and_overlapping_ones() -> None:
    content = word([TEXT])

    made = marked("稿.docx", content, [
        mark(TEXT, "362人", "甲"), mark(TEXT, "331人", "乙"), mark(TEXT, "32人", "丙", "31人"), mark(TEXT, "预备党员32人", "丁"),
    ], AT)

    assert commented(made) == [("362人", "甲"), ("331人", "乙"), ("预备党员32人", "丁\n丙")]


def test_the_same_figure_marked_twice_is_one_comment_and_keeps_its_mend() -> None:
    made = marked("稿.docx", word([TEXT]), [mark(TEXT, "32人", "甲"), mark(TEXT, "32人", "乙", "31人")], AT)

    assert [comment for _, comment in commented(made)] == ["甲\n乙"]
    assert read_draft("稿.docx", made).text == TEXT.replace("32人", "31人") + "\n"


def test_tables_and_inserted_text_take_comments_too() -> None:
    document, file = Document(), io.BytesIO()
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "40家"
    insertion = f'<w:p {nsdecls("w")}><w:ins w:id="1" w:author="甲"><w:r><w:t>共41家</w:t></w:r></w:ins></w:p>'
    document.element.body.insert(1, parse_xml(insertion))
    document.save(file)
    text = read_draft("稿.docx", file.getvalue()).text

    made = marked("稿.docx", file.getvalue(), [mark(text, "40家", "表"), mark(text, "41家", "改")], AT)

    assert commented(made) == [("40家", "表"), ("41家", "改")]


def test_what_takes_no_comment_is_named_in_the_last_one() -> None:
    document, file = Document(), io.BytesIO()
    document.add_paragraph("正文。")
    box = (
        f'<w:p {nsdecls("w")}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>框里41家</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    document.element.body.insert(1, parse_xml(box))
    document.save(file)
    text = read_draft("稿.docx", file.getvalue()).text

    made = marked("稿.docx", file.getvalue(), [mark(text, "41家", "应为40家")], AT)

    assert [(where, "应为40家" in comment) for where, comment in commented(made)] == [("正文。", True)]


@pytest.mark.parametrize("text", [TEXT, f"第一段。\n\n{TEXT}\n末段"])
def test_a_pasted_text_becomes_a_word_file_with_its_marks(text: str) -> None:
    made = text_marked(Draft(text), [mark(text, "32人", "应为31人")], AT)

    assert commented(made) == [("32人", "应为31人")]
    assert read_draft("稿.docx", made).text.rstrip("\n") == text
