"""The letter of introduction 组织关系介绍信 on one sheet: stub to keep, letter to carry, return slip to send back.

Three parts between cut lines, each with the number; missing facts are highlighted. The seal goes on the first and the second cut
(骑缝) and beside each date. Faces as GB/T 9704 asks, lines closer so that all stands on one page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Mm, Pt

from shanghui.cases.letters import pieces
from shanghui.reports.documents.layout import BODY, HEADING, SUBHEADING, TITLE, Face
from shanghui.reports.documents.paper import INDENT, bytes_of, line, new_document, run

TEXT, HEAD, SMALL, NOTE = Face(BODY.name, 14), Face(TITLE.name, 16), Face(HEADING.name, 12), Face(SUBHEADING.name, 12)
PITCH = Pt(24)
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_TO_WRITE = "＿＿＿＿"


@dataclass(frozen=True)
class Introduction:
    """The values of the form, as they are printed; gaps as `cases.letters.known` writes them. `replaces`: a sentence, or nothing."""

    number: str
    name: str
    gender: str
    age: str
    ethnicity: str
    category: str
    id_number: str
    origin: str
    destination: str
    issuer: str
    day: str
    dues_until: str
    valid_days: str
    until: str
    replaces: str = ""


def introduction_to_word(letter: Introduction) -> bytes:
    """The file's bytes."""
    document = new_document(title=f"组织关系介绍信{letter.number}", issuer=letter.issuer, comments="")
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(18)
    section.different_first_page_header_footer = True
    _stub(document, letter)
    _cut(document, "（骑缝章）")
    _letter(document, letter)
    _cut(document, "（沿此线剪下，接收后交回开信单位）")
    _slip(document, letter)
    return bytes_of(document)


def _stub(document: Any, one: Introduction) -> None:
    _head(document, "中国共产党党员组织关系介绍信存根", one.number)
    _text(document, f"{one.name}同志系中共{one.category}，组织关系由{one.origin}转到{one.destination}。")
    _text(document, f"党费交至{one.dues_until}。有效期{one.valid_days}天，到{one.until}。{one.replaces}")
    _signed(document, one.issuer, one.day)


def _letter(document: Any, one: Introduction) -> None:
    _head(document, "中国共产党党员组织关系介绍信", one.number)
    _text(document, f"{one.destination}：", first=0)
    _text(
        document, f"{one.name}同志（{one.gender}，{one.age}岁，{one.ethnicity}），公民身份号码{one.id_number}，系中共{one.category}，由{one.origin}"
        f"去{one.destination}，请转接组织关系。该同志党费已交至{one.dues_until}。",
    )
    _text(document, f"（有效期{one.valid_days}天，到{one.until}）")
    _signed(document, one.issuer, one.day)
    _line(document, f"党员联系电话：{_TO_WRITE * 2}　　开信单位电话、地址：{_TO_WRITE * 4}", NOTE)


def _slip(document: Any, one: Introduction) -> None:
    _head(document, "中国共产党党员组织关系介绍信回执", one.number)
    _text(document, f"{one.issuer}：", first=0)
    _text(document, f"{one.name}同志的组织关系已于{_TO_WRITE}年{_TO_WRITE}月{_TO_WRITE}日转接到我处，编入{_TO_WRITE * 3}党支部，特此回复。")
    _signed(document, f"（接收单位盖章）{_TO_WRITE * 2}", f"{_TO_WRITE}年{_TO_WRITE}月{_TO_WRITE}日")
    _line(document, f"经办人：{_TO_WRITE * 2}　　联系电话：{_TO_WRITE * 2}", NOTE)


def _head(document: Any, title: str, number: str) -> None:
    _line(document, title, HEAD, align=_CENTRE).paragraph_format.line_spacing = Pt(26)
    _line(document, number, TEXT, align=_RIGHT)


def _text(document: Any, words: str, first: float = INDENT) -> None:
    _line(document, words, TEXT, first=first)


def _signed(document: Any, issuer: str, day: str) -> None:
    _line(document, issuer, TEXT, align=_RIGHT, right=2)
    _line(document, day, TEXT, align=_RIGHT, right=2)


def _cut(document: Any, words: str) -> None:
    _line(document, f"{'－ ' * 8}{words}{' －' * 8}", SMALL, align=_CENTRE).paragraph_format.space_after = Pt(6)


def _line(document: Any, words: str, face: Face, **shape: Any) -> Any:
    """A line with its gaps highlighted."""
    written = line(document, "", face, **shape)
    written.paragraph_format.line_spacing = PITCH
    for piece in pieces(words):
        added = run(written, piece.text, face, 0)
        if piece.missing is not None:
            added.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return written
