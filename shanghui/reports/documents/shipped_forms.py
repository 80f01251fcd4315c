"""The templates that come with the platform for everyday papers: the layouts of letter, sheet, record and month with fields in them."""

from __future__ import annotations

from typing import Any

from shanghui.reports.documents.introduction import Introduction, introduction_to_word
from shanghui.reports.documents.layout import BODY, HEADING
from shanghui.reports.documents.meeting import CELL, sheet_row, sheet_table
from shanghui.reports.documents.paper import INDENT, bytes_of, line
from shanghui.reports.documents.shipped import blank, body_line, loop, tag, title_line


def shipped_introduction() -> bytes:
    """The template that gives what `introduction.introduction_to_word` gives."""
    fields = {name: f"{{{{ {name} }}}}" for name in Introduction.__dataclass_fields__}
    return introduction_to_word(Introduction(**fields | {"replaces": "{% if replaces %}{{ replaces }}{% endif %}"}))


def shipped_sheet() -> bytes:
    """The template that gives what `meeting.sheet_to_word` gives."""
    document = _meeting("签到表")
    line(document, "", CELL)
    table = sheet_table(document)
    for texts in (
        ["{%tr for row in rows %}", "", "", ""],
        ["{{ row.number }}", "{% if row.name %}{{ row.name }}{% endif %}", "", "{% if row.remark %}{{ row.remark }}{% endif %}"],
        ["{%tr endfor %}", "", "", ""],
    ):
        sheet_row(table.add_row(), texts, CELL)
    tag(document, "if note")
    line(document, "{{ note }}", CELL)
    tag(document, "endif")
    return bytes_of(document)


def shipped_record() -> bytes:
    """The template that gives what `meeting.record_to_word` gives."""
    document = _meeting("记录")
    _parts(document)
    line(document, "", BODY)
    line(document, "{{ to_sign }}", BODY)
    return bytes_of(document)


def shipped_month() -> bytes:
    """The template that gives what `visit_month.month_to_word` gives."""
    document = blank()
    title_line(document, "{{ title }}")
    line(document, "", BODY)
    body_line(document, "{{ summary }}")
    _parts(document)
    line(document, "", BODY)
    body_line(document, "{{ origin }}")
    return bytes_of(document)


def _meeting(what: str) -> Any:
    """Title and what is known of the meeting."""
    document = blank()
    title_line(document, f"{{{{ kind }}}}{what}")
    line(document, "", BODY)
    loop(document, "details", "one", lambda: line(document, "{{ one.label }}：{{ one.text }}", BODY))
    return document


def _parts(document: Any) -> None:
    tag(document, "for part in parts")
    line(document, "{{ part.heading }}", HEADING, first=INDENT, level=1)
    loop(document, "part.lines", "one", lambda: body_line(document, "{{ one.text }}"))
    tag(document, "endfor")
