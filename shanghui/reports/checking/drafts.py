"""Reading a draft: Word (paragraphs, tables, footnotes), plain text. Places are characters of the text that comes out (M44)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from shanghui.kernel.attachments import media_type
from shanghui.kernel.refusals import Refused

_DELETED = {qn("w:del"), qn("w:moveFrom")}
_SILENT = {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", qn("w:pPr")}
_FOOTNOTES = ("/word/footnotes.xml", "/word/endnotes.xml")


@dataclass(frozen=True)
class Cell:
    """A cell of a table and its place in the text."""

    text: str
    start: int


@dataclass(frozen=True)
class Draft:
    """The text of a draft, with the grids of its tables."""

    text: str
    tables: tuple[tuple[tuple[Cell, ...], ...], ...] = ()


@dataclass(frozen=True)
class Spot:
    """A stretch of a Word file's text: where it begins, and the element (w:t) that holds it."""

    start: int
    element: Any

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.element.text or "")


@dataclass
class _Writing:
    parts: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> int:
        """Adds text; gives its place."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start

    def add_paragraph(self, paragraph: Any) -> str:
        """Adds the text of a paragraph, with what was inserted and without what was deleted; text boxes once. Gives it."""
        pieces = list(_pieces(paragraph))
        for text, element in pieces:
            place = self.add(text)
            if element is not None:
                self.spots.append(Spot(place, element))
        return "".join(text for text, _ in pieces)


def read_draft(name: str, content: bytes) -> Draft:
    """A draft by its file. Raises Refused for one that is not what its name says, has macros, or is of another kind."""
    ending = name.lower().rsplit(".", 1)[-1]
    if ending not in ("docx", "txt"):
        raise Refused(f"“{name}”不是 Word（.docx）或者文本（.txt）文件。旧的 .doc 请先在 Word 或 WPS 里另存为 .docx。")
    media_type(name, content)
    return read_text(content) if ending == "txt" else read_word(name, content)


def read_text(content: bytes) -> Draft:
    """A text in UTF-8 (with or without BOM), UTF-16 or GB18030."""
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return Draft(content.decode(encoding).replace("\r\n", "\n"))
        except UnicodeDecodeError:
            continue
    raise Refused("认不出这个文本文件的编码。请另存为 UTF-8 再上传。")


def read_word(name: str, content: bytes) -> Draft:
    """The paragraphs and tables of a Word file in their order, then its notes. What was deleted in tracked changes is left out."""
    document = open_word(name, content)
    writing, tables = _body(document)
    for part in document.part.package.iter_parts():
        if str(part.partname) in _FOOTNOTES:
            for paragraph in _notes(name, part.blob).iter(qn("w:p")):
                if any(text for text, _ in _pieces(paragraph)):
                    writing.add_paragraph(paragraph)
                    writing.add("\n")
    return Draft("".join(writing.parts), tuple(tables))


def _notes(name: str, blob: bytes) -> Any:
    try:
        return parse_xml(blob)
    except etree.XMLSyntaxError as fault:
        raise Refused(f"“{name}”里的脚注或尾注已经损坏。请在 Word 或 WPS 里另存一份再试。") from fault


def open_word(name: str, content: bytes) -> Any:
    """The Word file opened (python-docx). Raises Refused for one that cannot be opened."""
    try:
        document = Document(io.BytesIO(content))
    except Exception as fault:
        raise Refused(f"“{name}”打不开，可能已经损坏。请在 Word 或 WPS 里另存一份再试。") from fault
    if any(one.tag is etree.Entity for one in document.element.iter()):
        raise Refused(f"“{name}”里有自定义的实体，其中的文字读不出来。请在 Word 或 WPS 里另存一份再试。")
    return document


def spots(document: Any) -> list[Spot]:
    """Where each stretch of the body's text stands, at the same places as in `read_word`; notes are left out."""
    return _body(document)[0].spots


def _body(document: Any) -> tuple[_Writing, list[tuple[tuple[Cell, ...], ...]]]:
    writing, tables = _Writing(), []
    for block in document.element.body:
        if block.tag == qn("w:p"):
            writing.add_paragraph(block)
            writing.add("\n")
        elif block.tag == qn("w:tbl"):
            tables += _table(block, writing)
        elif block.tag == qn("w:sdt"):
            for paragraph in block.iter(qn("w:p")):
                writing.add_paragraph(paragraph)
                writing.add("\n")
    return writing, tables


def _pieces(element: Any) -> Iterator[tuple[str, Any]]:
    """(text, the element that holds it) one after another; a tab or a break has no element."""
    for child in element:
        if child.tag in _DELETED or child.tag in _SILENT:
            continue
        if child.tag == qn("w:t"):
            yield child.text or "", child
        elif child.tag == qn("w:tab"):
            yield "\t", None
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n", None
        else:
            yield from _pieces(child)


def _table(table: Any, writing: _Writing) -> list[tuple[tuple[Cell, ...], ...]]:
    """A table row by row; tables within its cells come after it."""
    rows, nested = [], []
    for row in table.iter(qn("w:tr")):
        if row.getparent() is not table:
            continue
        cells = []
        for cell in (one for one in row if one.tag == qn("w:tc")):
            start = writing.length
            text = "".join(writing.add_paragraph(one) for one in cell if one.tag == qn("w:p"))
            cells.append(Cell(text, start))
            writing.add("\t")
            nested += [one for one in cell if one.tag == qn("w:tbl")]
        writing.add("\n")
        rows.append(tuple(cells))
    found = [tuple(rows)]
    for inner in nested:
        found += _table(inner, writing)
    return found
