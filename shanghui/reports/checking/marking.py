"""Findings written back into the Word file they were found in: comments, and mends as tracked changes; the layout stays (M44).

Text in notes and text boxes takes no comments in Word: what stands there is told apart and named in the last comment.
"""

from __future__ import annotations

import copy
import io
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from shanghui.reports.checking.drafts import Draft, Spot, open_word, spots

AUTHOR, INITIALS = "数字核校", "核"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_COMMENTS = (qn("w:txbxContent"),)
_FIRST = 900_000
"""Tracked changes are numbered from here, apart from those that people make."""


@dataclass(frozen=True)
class Mark:
    """What is written at a place of the text: `comment`; `instead`: the text that replaces it, None where nothing changes."""

    start: int
    end: int
    comment: str
    instead: str | None = None


def marked(name: str, content: bytes, marks: Iterable[Mark], at: datetime) -> bytes:
    """The Word file with its marks. Places are those of `read_word`. Raises Refused for a file that cannot be opened."""
    document = open_word(name, content)
    return _written(document, list(marks), at)


def text_marked(draft: Draft, marks: Iterable[Mark], at: datetime) -> bytes:
    """A draft that was plain text as a Word file with its marks, a paragraph a line."""
    document = Document()
    for line in draft.text.split("\n"):
        document.add_paragraph(line)
    return _written(document, list(marks), at)


def _written(document: Any, marks: Sequence[Mark], at: datetime) -> bytes:
    places, changes = spots(document), _Changes(at)
    elsewhere = []
    for mark in reversed(_joined(marks)):
        touched = [one for one in places if one.start < mark.end and mark.start < one.end and _takes_comments(one)]
        if touched:
            _write(document, touched, mark, changes)
        else:
            elsewhere.append(mark)
    if elsewhere:
        _at_the_end(document, elsewhere)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    """Marks in order; those that overlap as one, with the first's change."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if found and mark.start < found[-1].end:
            last = found[-1]
            same = (mark.start, mark.end) == (last.start, last.end)
            instead = last.instead if last.instead is not None else mark.instead if same else None
            comment = last.comment if mark.comment in last.comment else f"{last.comment}\n{mark.comment}"
            found[-1] = Mark(last.start, last.end if instead is not None else max(last.end, mark.end), comment, instead)
        else:
            found.append(mark)
    return found


def _takes_comments(spot: Spot) -> bool:
    element = spot.element
    run = element.getparent()
    return run is not None and run.tag == qn("w:r") and not any(one.tag in _NO_COMMENTS for one in element.iterancestors())


def _write(document: Any, touched: Sequence[Spot], mark: Mark, changes: _Changes) -> None:
    runs = [_cut_out(one, max(mark.start, one.start) - one.start, min(mark.end, one.end) - one.start) for one in touched]
    first, last = Run(runs[0], document), Run(runs[-1], document)
    document.add_comment([first, last], text=mark.comment, author=AUTHOR, initials=INITIALS)
    if mark.instead is not None:
        changes.replace(runs, mark.instead)


def _cut_out(spot: Spot, start: int, end: int) -> Any:
    """The run that holds exactly these characters of a stretch; what stood around them keeps its look in runs of its own.

    The element of the spot keeps the characters before them, so that earlier places stay right.
    """
    element, run = spot.element, spot.element.getparent()
    text = element.text or ""
    middle, right = _like(run), _like(run)
    middle.append(_text(text[start:end]))
    if text[end:]:
        right.append(_text(text[end:]))
    for follower in list(element.itersiblings()):
        right.append(follower)
    element.text = text[:start]
    element.set(_SPACE, "preserve")
    run.addnext(middle)
    if len(right) > (1 if right.rPr is not None else 0):
        middle.addnext(right)
    return middle


def _like(run: Any) -> Any:
    made = OxmlElement("w:r")
    if run.rPr is not None:
        made.append(copy.deepcopy(run.rPr))
    return made


def _text(text: str, tag: str = "w:t") -> Any:
    made = OxmlElement(tag)
    made.text = text
    made.set(_SPACE, "preserve")
    return made


class _Changes:
    """Makes tracked changes, numbered one after another, all of one moment."""

    def __init__(self, at: datetime) -> None:
        self._at, self._numbers = at, itertools.count(_FIRST)

    def replace(self, runs: Sequence[Any], instead: str) -> None:
        """The runs struck out and the new text after the last of them."""
        inserted, new = self._change("w:ins"), _like(runs[0])
        new.append(_text(instead))
        inserted.append(new)
        for run in runs:
            struck = self._change("w:del")
            run.addprevious(struck)
            struck.append(run)
            for text in list(run.iter(qn("w:t"))):
                text.addnext(_text(text.text or "", "w:delText"))
                run.remove(text)
        struck.addnext(inserted)

    def _change(self, tag: str) -> Any:
        made = OxmlElement(tag)
        made.set(qn("w:id"), str(next(self._numbers)))
        made.set(qn("w:author"), AUTHOR)
        made.set(qn("w:date"), f"{self._at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        return made


def _at_the_end(document: Any, elsewhere: Sequence[Mark]) -> None:
    """What stands in notes or text boxes, in one comment at the last paragraph that has text."""
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()]
    if runs:
        said = "脚注、文本框里的数不能加批注，一并写在这里：\n" + "\n".join(mark.comment for mark in reversed(elsewhere))
        document.add_comment(runs[-1], text=said, author=AUTHOR, initials=INITIALS)
