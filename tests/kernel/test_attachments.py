"""A file is what its content says: what its name claims otherwise, scripts and macros are refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from shanghui.kernel import attachments
from shanghui.kernel.attachments import Unfit, media_type

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 64
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\0" * 64
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 64
PDF = b"%PDF-1.7\n1 0 obj\n"
PROGRAM = b"MZ\x90\x00" + b"\0" * 128
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def word() -> bytes:
    written = io.BytesIO()
    Document().save(written)
    return written.getvalue()


def sheet() -> bytes:
    written = io.BytesIO()
    Workbook().save(written)
    return written.getvalue()


def zipped(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return written.getvalue()


@pytest.mark.parametrize(("name", "content"), [
    ("照片.JPG", JPEG), ("照片.png", PNG), ("照片.webp", WEBP), ("照片.heic", HEIC), ("签到表.pdf", PDF), ("记录.docx", word()),
    ("名单.xlsx", sheet()), ("课件.pptx", zipped("ppt/presentation.xml")), ("通知.ofd", zipped("OFD.xml")),
    ("说明.txt", "会议通知".encode()), ("说明.txt", "会议通知".encode("gb18030")), ("说明.txt", "会议通知".encode("utf-16")),
])
def test_papers_of_an_office_are_kept(name: str, content: bytes) -> None:
    assert media_type(name, content) == attachments.TYPES[name.rsplit(".", 1)[1].lower()]


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("照片.jpg", PROGRAM, "内容不是 jpg 文件"), ("通知.pdf", PAGE, "内容不是 pdf 文件"), ("照片.png", SVG, "内容不是 png"),
    ("说明.txt", SVG, "内容不是 txt"), ("说明.txt", PAGE, "内容不是 txt"), ("说明.txt", b"#!/bin/sh\nrm", "内容不是 txt"),
    ("说明.txt", PROGRAM, "内容不是 txt"), ("图.svg", SVG, "不能上传"), ("页.html", PAGE, "不能上传"), ("程序.exe", PROGRAM, "不能上传"),
    ("记录.docm", word(), "不能上传"), ("记录", PDF, "不能上传"), ("空.pdf", b"", "空文件"), ("名单.xlsx", word(), "内容不是 xlsx"),
    ("记录.docx", zipped("a.exe"), "内容不是 docx"), ("记录.docx", b"PK\x03\x04broken", "内容不是 docx"), ("记录.doc", word(), "内容不是 doc"),
    ("记录.docx", zipped("word/document.xml", "word/vbaProject.bin"), "宏"), ("照片.jpg", PNG, "内容不是 jpg"),
])
def test_what_its_name_does_not_say_is_refused_in_plain_words(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Unfit, match=sentence):
        media_type(name, content)


def test_one_byte_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LARGEST", len(PDF))

    assert media_type("a.pdf", PDF) == "application/pdf"
    with pytest.raises(Unfit, match="超过"):
        media_type("a.pdf", PDF + b"\n")
