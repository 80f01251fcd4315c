"""The month sheet of a guide as a Word file."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from shanghui.reports.content import chinese_day
from shanghui.reports.documents.layout import BODY, HEADING, TITLE
from shanghui.reports.documents.paper import INDENT, bytes_of, line, new_document
from shanghui.reports.visit_months import VisitMonth


def month_to_word(content: VisitMonth) -> bytes:
    """The sheet: one sentence, the visits by chamber, what changed, which chambers were not visited."""
    document = new_document(title=content.title, issuer=content.office, comments=f"数据截至{chinese_day(content.last)}")
    line(document, content.title, TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, spacing=0)
    line(document, "", BODY)
    _text(document, content.summary)
    for title, lines in content.parts:
        line(document, title, HEADING, first=INDENT, level=1)
        for text in lines:
            _text(document, text)
    line(document, "", BODY)
    _text(document, content.origin)
    return bytes_of(document)


def _text(document: Any, text: str) -> None:
    line(document, text, BODY, first=INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
