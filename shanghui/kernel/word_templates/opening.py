"""Taking a Word template in: what is no .docx, holds programs, reaches for other files or unpacks beyond measure is refused."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from shanghui.kernel.attachments import LookedInto, Unfit, look_into

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
LARGEST_TEXT = 4 * 1024 * 1024
MOST_PARTS = 1000
_OTHER_WORD = {"doc": "旧的 .doc", "dot": "旧的 .dot", "dotx": ".dotx", "docm": "带宏的 .docm", "dotm": "带宏的 .dotm", "wps": ".wps", "rtf": ".rtf"}
_EMBEDDED = ("word/embeddings/", "word/activex/", "word/afchunk")
_EXTERNAL = re.compile(rb'<(?:\w+:)?Relationship\b(?=[^>]*\bTargetMode\s*=\s*["\']External["\'])[^>]*>', re.IGNORECASE)
_FETCHES = re.compile(r"^\s*(INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|IMPORT|RD|DATABASE|MACROBUTTON|AUTOTEXT)\b", re.IGNORECASE)


def look_at(name: str, content: bytes) -> LookedInto:
    """What a file is, if it may be a template. Raises Unfit, with what to do."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending in _OTHER_WORD:
        raise Unfit(f"“{name}”是{_OTHER_WORD[ending]} 文件。请在 Word 或 WPS 里另存为 .docx（不带宏）再上传。")
    if ending != "docx":
        raise Unfit(f"“{name}”不是 Word 文件。模板请用 Word 或 WPS 做好，存为 .docx 再上传。")
    if len(content) > LARGEST:
        raise Unfit(f"“{name}”有 {-(-len(content) // 1024 // 1024)} MB，模板最大 {LARGEST // 1024 // 1024} MB。请压缩里面的图片再上传。")
    found = look_into(name, content)
    _look_inside(found.name, content)
    open_word(found.name, content)
    return found


def _look_inside(name: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
            raise Unfit(f"“{name}”展开后太大，不像是一份模板。请删去不用的图片和内容，另存后再上传。")
        if any(one.file_size > LARGEST_TEXT for one in parts if one.filename.endswith((".xml", ".rels"))):
            raise Unfit(f"“{name}”里的文字太多，不像是一份模板。请只留版式和字段，另存后再上传。")
        if any(one.filename.lower().startswith(_EMBEDDED) for one in parts):
            raise Unfit(f"“{name}”里嵌了别的文件或控件。请删去，只留文字、表格和图片。")
        for one in parts:
            if one.filename.lower().endswith((".xml", ".rels")):
                _refuse_parts(name, one.filename, _unpacked(name, archive, one))


def _unpacked(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part's bytes; one that is longer than it says is not read further."""
    try:
        with archive.open(part) as file:
            content = file.read(LARGEST_TEXT + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as broken:
        raise Unfit(f"“{name}”打不开，可能已损坏，或者设了密码。请在 Word 或 WPS 里另存一份再上传。") from broken
    if len(content) > LARGEST_TEXT:
        raise Unfit(f"“{name}”展开后太大，不像是一份模板。请另存后再上传。")
    return content


def _refuse_parts(name: str, part: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unfit(f"“{name}”里有不该有的定义，可能不是 Word 存的。请在 Word 或 WPS 里另存一份再上传。")
    if part == "[Content_Types].xml" and b"macroEnabled" in content:
        raise Unfit(f"“{name}”里有宏（程序）。请另存为不带宏的 docx 文件再上传。")
    try:
        etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as broken:
        raise Unfit(f"“{name}”打不开，可能已损坏。请在 Word 或 WPS 里另存一份再上传。") from broken
    if part.endswith(".rels") and any(b"/hyperlink" not in one for one in _EXTERNAL.findall(content)):
        raise Unfit(f"“{name}”连着别处的图片、模板或文件。请把图片改为嵌入，去掉外部链接，另存后再上传。")


def open_word(name: str, content: bytes) -> Any:
    """The file opened (python-docx). Raises Unfit where it cannot be, or where a field in it would fetch another file."""
    try:
        document = Document(io.BytesIO(content))
        _ = document.element.body, document.sections
    except Exception as broken:
        raise Unfit(f"“{name}”打不开，可能已损坏。请在 Word 或 WPS 里另存一份再上传。") from broken
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        for one in root.iter(qn("w:instrText"), qn("w:fldSimple")) if root is not None else ():
            if _FETCHES.match(one.get(qn("w:instr")) or one.text or ""):
                raise Unfit(f"“{name}”里有会读取别处内容的域（{(one.get(qn('w:instr')) or one.text or '').split()[0]}）。请删去这个域再上传。")
    return document
