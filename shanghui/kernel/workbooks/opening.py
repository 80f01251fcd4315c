"""Which kind of file it is, and its sheets; refuses what is none, is locked, or is too large, before parsing it."""

from __future__ import annotations

import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from shanghui.kernel.workbooks import compound, markup, text
from shanghui.kernel.workbooks.grids import Grid, Unreadable

LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 500 * 1024 * 1024
MOST_ROWS = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_file(name: str, content: bytes) -> list[Grid]:
    """The sheets of a file. Raises Unreadable with a sentence that says what to do."""
    if not content.strip():
        raise Unreadable("empty", f"“{name}”是空文件。请重新导出后再上传。")
    if len(content) > LARGEST:
        raise Unreadable(
            "too_large", f"“{name}”有{len(content) // 1024 // 1024} MB，超过50 MB。请删去图片，或分成几个文件后再上传。"
        )
    if content.startswith(b"PK"):
        return _zipped(name, content)
    if content.startswith(_OLE):
        return _compound(name, content)
    if text.looks_like_html(content):
        return text.read_html(name, content)
    return [text.read_csv(name, content)]


def _zipped(name: str, content: bytes) -> list[Grid]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = set(archive.namelist())
        unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError) as broken:
        raise Unreadable("not_a_workbook", f"“{name}”已损坏，打不开。请用 Excel 或 WPS 打开另存后再上传。") from broken
    if unpacked > LARGEST_UNPACKED:
        raise Unreadable("too_large", f"“{name}”展开后超过500 MB。请分成几个文件后再上传。")
    if not any(part.startswith("xl/workbook.") or part == "content.xml" for part in names):
        raise Unreadable("not_a_workbook", f"“{name}”不是表格文件。请上传 Excel、WPS 表格（xlsx、xls）或 CSV 文件。")
    grids = _read(name, content)
    if "xl/workbook.xml" in names:
        markup.annotate(archive, grids)
    return grids


def _compound(name: str, content: bytes) -> list[Grid]:
    streams = compound.streams(content)
    if "EncryptedPackage" in streams:
        raise Unreadable("password_protected", f"“{name}”设了打开密码。请在 Excel 或 WPS 里取消密码，另存后再上传。")
    book = streams.get("Workbook") or streams.get("Book")
    if book is None:
        raise Unreadable("not_a_workbook", f"“{name}”不是表格文件。请上传 Excel、WPS 表格（xlsx、xls）或 CSV 文件。")
    if compound.is_locked(book):
        raise Unreadable("password_protected", f"“{name}”设了打开密码。请在 Excel 或 WPS 里取消密码，另存后再上传。")
    grids = _read(name, content)
    compound.annotate(book, grids)
    return grids


def _read(name: str, content: bytes) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            _grid(book, meta.name, meta.visible != SheetVisibleEnum.Visible)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as locked:
        raise Unreadable("password_protected", f"“{name}”设了打开密码。请取消密码，另存后再上传。") from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise Unreadable(
            "not_a_workbook", f"“{name}”读不出来，可能已损坏。请用 Excel 或 WPS 打开另存后再上传。"
        ) from broken


def _grid(book: CalamineWorkbook, sheet: str, hidden: bool) -> Grid:
    found = book.get_sheet_by_name(sheet)
    if found.total_height > MOST_ROWS:
        raise Unreadable(
            "too_large", f"“{sheet}”有{found.total_height}行，超过100万行。请删去多余的空行，或分成几个文件。"
        )
    return Grid(sheet, found.to_python(skip_empty_area=False), list(found.merged_cell_ranges or ()), hidden=hidden)
