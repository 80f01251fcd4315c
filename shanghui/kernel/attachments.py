"""What a file really is, by its content and not by its name: papers of an activity are looked into before they are kept."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import filetype

from shanghui.kernel.refusals import Refused
from shanghui.kernel.workbooks import compound

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 500 * 1024 * 1024
OPEN_XML = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "heic": "image/heic",
    "pdf": "application/pdf", "ofd": "application/ofd", "txt": "text/plain",
    "docx": f"{OPEN_XML}wordprocessingml.document", "xlsx": f"{OPEN_XML}spreadsheetml.sheet",
    "pptx": f"{OPEN_XML}presentationml.presentation",
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
}
"""{ending: media type} of what is kept."""
WORDS = "照片（jpg、png、webp、heic）、PDF、OFD、Word、Excel、PowerPoint 和 txt"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml", "ofd": "OFD.xml"}
_STREAMS = {"doc": {"WordDocument"}, "xls": {"Workbook", "Book"}, "ppt": {"PowerPoint Document"}}
_MACROS = ("vbaproject.bin", "/activex/")
_OLE_MACROS = {"_VBA_PROJECT", "VBA", "PROJECT", "PROJECTwm"}
_MARKUP = (b"<html", b"<!doctype", b"<svg", b"<script", b"<?xml", b"<?php")


_LONGEST_NAME = 120


class Unfit(Refused):
    """Why a file is not kept, and what to do."""


@dataclass(frozen=True)
class LookedInto:
    """A file that may be kept: its plain name, what it is, its digest."""

    name: str
    media_type: str
    sha256: str


def look_into(name: str, content: bytes) -> LookedInto:
    """What a file is, under its own name. Raises Unfit for one that may not be kept."""
    plain = plain_name(name)
    return LookedInto(plain, media_type(plain, content), hashlib.sha256(content).hexdigest())


def plain_name(name: str) -> str:
    """A file's own name without folders and control characters, not too long, with its ending."""
    kept = "".join(one for one in PurePath(name.replace("\\", "/")).name if one.isprintable()).strip()
    path = PurePath(kept or "附件")
    return f"{path.stem[:_LONGEST_NAME]}{path.suffix[:10]}"


def media_type(name: str, content: bytes) -> str:
    """The media type of a file that may be kept. Raises Unfit for one that is empty, too large, or not what its name says."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if not content:
        raise Unfit(f"“{name}”是空文件。请重新保存后再上传。")
    if len(content) > LARGEST:
        raise Unfit(too_large(name, len(content)))
    if ending not in TYPES:
        raise Unfit(f"“{name}”这种文件不能上传。可以上传{WORDS}。")
    if not _is(ending, content):
        raise Unfit(f"“{name}”的内容不是 {ending} 文件，可能改过扩展名，或者已经损坏。请用原来的软件另存后再上传。")
    if _has_macros(content):
        raise Unfit(f"“{name}”里有宏（程序）。请另存为不带宏的 {ending} 文件再上传。")
    return TYPES[ending]


def too_large(name: str, size: int) -> str:
    """The sentence about a file that is larger than one may be."""
    megabyte = 1024 * 1024
    return f"“{name}”有 {-(-size // megabyte)} MB，超过 {LARGEST // megabyte} MB。请压缩图片或拆成几个文件后再上传。"


def _is(ending: str, content: bytes) -> bool:
    """Whether the content is of the kind its name says."""
    if ending in _MAIN_PARTS:
        return _MAIN_PARTS[ending] in _parts(content)
    if ending in _STREAMS:
        return content.startswith(_OLE) and bool(_STREAMS[ending] & compound.streams(content).keys())
    if ending == "txt":
        return _is_text(content)
    guessed = filetype.guess(content)
    return guessed is not None and guessed.mime == TYPES[ending]


def _parts(content: bytes) -> set[str]:
    """The names in a zip; none when it is broken, or would unpack beyond measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return set()
    return {one.filename for one in listed} if sum(one.file_size for one in listed) <= LARGEST_UNPACKED else set()


def _has_macros(content: bytes) -> bool:
    if content.startswith(b"PK"):
        return any(macro in f"/{name.lower()}" for name in _parts(content) for macro in _MACROS)
    return content.startswith(_OLE) and bool(_OLE_MACROS & compound.streams(content).keys())


def _is_text(content: bytes) -> bool:
    """Text in an encoding that Chinese offices use, and neither a page, a picture in words, nor a script."""
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"#!") or any(mark in start for mark in _MARKUP):
        return False
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(content, "utf-16")
    return b"\0" not in content and (_decodes(content, "utf-8") or _decodes(content, "gb18030"))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
