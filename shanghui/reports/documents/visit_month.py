"""The month sheet of a guide as a Word file."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from shanghui.reports.content import chinese_day, chinese_number
from shanghui.reports.documents.layout import BODY, HEADING, TITLE
from shanghui.reports.documents.paper import INDENT, bytes_of, line, new_document
from shanghui.reports.visit_months import ChamberMonth, VisitMonth


def month_to_word(content: VisitMonth) -> bytes:
    """The sheet: one sentence, the visits by chamber, what changed, which chambers were not visited."""
    document = new_document(title=content.title, issuer=content.office, comments=f"数据截至{chinese_day(content.last)}")
    line(document, content.title, TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, spacing=0)
    line(document, "", BODY)
    _text(document, content.summary)
    parts = (
        ("走访情况", [text for one in content.visited for text in _visits(one)]),
        ("台账里的变化", [f"{one.name}：{'；'.join(one.changes)}。" for one in content.changed]),
        ("本月没有走访的商会", [f"{one.name}：{one.standing}。" for one in content.unvisited]),
    )
    for place, (title, lines) in enumerate([one for one in parts if one[1]], start=1):
        line(document, f"{chinese_number(place)}、{title}", HEADING, first=INDENT, level=1)
        for text in lines:
            _text(document, text)
    line(document, "", BODY)
    _text(document, f"（按走访记录和台账自动生成，数据截至{chinese_day(content.last)}。）")
    return bytes_of(document)


def _text(document: Any, text: str) -> None:
    line(document, text, BODY, first=INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)


def _visits(one: ChamberMonth) -> list[str]:
    found = [f"{one.name}（{one.standing}）"]
    for visit in one.visits:
        said = "；".join(f"{label}：{text}" for label, text in visit.facts)
        found.append(f"{visit.day.month}月{visit.day.day}日走访。{said}{'。' if said else ''}")
    return found
