"""A template made plain before it is checked or filled: changes accepted, comments gone, every placeholder in one piece."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from shanghui.kernel.word_templates.opening import open_word

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
BLOCK = re.compile(r"^\{%\s*(?:(p|tr|tc)\s+)?(\w+)\b(.*?)%\}$", re.DOTALL)
_GONE = {qn(f"w:{name}") for name in (
    "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange", "tblPrExChange", "numberingChange",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "commentRangeStart", "commentRangeEnd",
    "commentReference", "proofErr", "delText", "delInstrText",
)} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_DELETED, _INSERTED = {qn("w:del"), qn("w:moveFrom")}, {qn("w:ins"), qn("w:moveTo")}
_MARKS = {qn("w:rPr"), qn("w:trPr")}
_CONTENT = {qn("w:r"), qn("w:hyperlink"), qn("w:sdt")}


@dataclass(frozen=True)
class Root:
    """A stretch of the file that is filled: its name in Chinese, its element, and the part whose bytes it is ("": an XML part)."""

    title: str
    element: Any
    blob_of: Any = None


def roots(document: Any) -> Iterator[Root]:
    """Body, headers, footers and notes."""
    yield Root("正文", document.element.body)
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if "/header" in name or "/footer" in name:
            yield Root("页眉" if "/header" in name else "页脚", part.element)
        elif name.endswith(("/footnotes.xml", "/endnotes.xml")):
            yield Root("脚注" if "/footnotes" in name else "尾注", parse_xml(part.blob), part)


def tidied(content: bytes) -> tuple[bytes, bool]:
    """The file made plain, and whether it had tracked changes. The file as it came is kept by whoever keeps it."""
    document = open_word("模板", content)
    changed = False
    for root in roots(document):
        changed |= _accept(root.element)
        for paragraph in root.element.iter(qn("w:p")):
            _join(paragraph)
        _lift(root.element)
        if root.blob_of is not None:
            root.blob_of._blob = etree.tostring(root.element, xml_declaration=True, encoding="UTF-8", standalone=True)
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        setattr(document.core_properties, name, "")
    for tracking in document.settings.element.findall(qn("w:trackRevisions")):
        document.settings.element.remove(tracking)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue(), changed


def _accept(root: Any) -> bool:
    """All tracked changes as if accepted; says whether there were any."""
    changed = False
    for one in list(root.iter(*_DELETED)):
        changed = True
        holder = one.getparent()
        if holder is None:
            continue
        if holder.tag == qn("w:trPr"):
            _drop(holder.getparent())
        elif holder.tag == qn("w:rPr"):
            _drop_mark(one)
        else:
            _drop(one)
    for one in list(root.iter(*_INSERTED)):
        changed = True
        holder = one.getparent()
        if holder.tag not in _MARKS:
            for child in list(one):
                one.addprevious(child)
        holder.remove(one)
    for one in list(root.iter(*_GONE)):
        changed |= str(one.tag).endswith("Change")
        _drop(one)
    return changed


def _drop(element: Any) -> None:
    if element is not None and element.getparent() is not None:
        element.getparent().remove(element)


def _drop_mark(mark: Any) -> None:
    """The mark of a deleted end of a paragraph; an emptied paragraph goes, unless it is the last of a cell."""
    paragraph = next((one for one in mark.iterancestors(qn("w:p"))), None)
    _drop(mark)
    if paragraph is None or any(child.tag in _CONTENT or child.tag in _INSERTED for child in paragraph):
        return
    holder = paragraph.getparent()
    if len(holder.findall(qn("w:p"))) > 1 and paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        holder.remove(paragraph)


def texts(paragraph: Any) -> list[Any]:
    """The text elements of a paragraph, without those of text boxes that stand in it."""
    return [one for one in paragraph.iter(qn("w:t")) if next(one.iterancestors(qn("w:p"))) is paragraph]


def text_of(paragraph: Any) -> str:
    """A paragraph's own text."""
    return "".join(one.text or "" for one in texts(paragraph))


def _join(paragraph: Any) -> None:
    """A placeholder that Word split over several runs stands in the first of them."""
    pieces = texts(paragraph)
    whole = "".join(one.text or "" for one in pieces)
    places = [place for place, one in enumerate(pieces) for _ in one.text or ""]
    for found in TAG.finditer(whole):
        places[found.start() : found.end()] = [places[found.start()]] * (found.end() - found.start())
    written = ["" for _ in pieces]
    for place, one in zip(places, whole, strict=True):
        written[place] += one
    for one, text in zip(pieces, written, strict=True):
        if one.text != text:
            one.text = text
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _lift(root: Any) -> None:
    """A block tag alone in a row or a paragraph stands for the row or the paragraph: it leaves no empty line."""
    for row in root.iter(qn("w:tr")):
        paragraphs = list(row.iter(qn("w:p")))
        said = [one for one in paragraphs if text_of(one).strip()]
        if len(said) == 1 and not row.findall(f".//{qn('w:tbl')}"):
            _prefix(said[0], "tr", {None, "p", "tr"})
    for paragraph in root.iter(qn("w:p")):
        _prefix(paragraph, "p", {None})


def _prefix(paragraph: Any, level: str, instead_of: set[str | None]) -> None:
    found = BLOCK.match(text_of(paragraph).strip())
    if found is None or found.group(1) not in instead_of or TAG.sub("", text_of(paragraph)).strip():
        return
    if len(TAG.findall(text_of(paragraph))) != 1:
        return
    for one in texts(paragraph):
        if TAG.search(one.text or ""):
            one.text = f"{{%{level} {found.group(2)}{found.group(3)}%}}"
