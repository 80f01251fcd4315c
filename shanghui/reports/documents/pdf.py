"""A Word file as PDF, through LibreOffice where the server has it. The Word file is always there without it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from shanghui.kernel.refusals import Refused

FONTS = Path(__file__).with_name("fonts.conf")
SECONDS = 90


class NoConverter(Refused):
    """No PDF can be made here, and why."""


def converter() -> str | None:
    """The program that makes PDF, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(word: bytes, *, seconds: int = SECONDS) -> bytes:
    """The PDF of a Word file. Every call has a profile of its own, so that two can run at once. Raises NoConverter."""
    program = converter()
    if program is None:
        raise NoConverter("这台服务器没有安装 LibreOffice，不能生成 PDF。请先下载 Word，再用 WPS 或 Word 另存为 PDF。")
    with tempfile.TemporaryDirectory(prefix="shanghui-pdf-") as name:
        folder = Path(name)
        source = folder / "report.docx"
        source.write_bytes(word)
        _convert(program, source, folder, seconds)
        made = folder / "report.pdf"
        if not made.is_file():
            raise NoConverter("LibreOffice 没有生成 PDF。请下载 Word，再用 WPS 或 Word 另存为 PDF。")
        return made.read_bytes()


def _convert(program: str, source: Path, folder: Path, seconds: int) -> None:
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source),
    ]
    environment = os.environ | {"FONTCONFIG_FILE": str(FONTS), "HOME": str(folder)}
    try:
        subprocess.run(command, env=environment, timeout=seconds, capture_output=True, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as cause:
        raise NoConverter(f"LibreOffice 在{seconds}秒内没有生成 PDF。请下载 Word，再用 WPS 或 Word 另存为 PDF。") from cause
