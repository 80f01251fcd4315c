"""Text files as grids: CSV in the encodings offices use, and HTML tables saved with the ending .xls."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

from shanghui.kernel.workbooks.grids import Grid, Unreadable

_ENCODINGS = ("utf-8", "gb18030")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(name: str, content: bytes) -> str:
    """The text in UTF-8 (with or without BOM), UTF-16, or GB18030. Raises Unreadable."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    head = content[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 20 and max(even, odd) > 4 * min(even, odd):
        return content.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    if b"\x00" in head:
        raise Unreadable("not_a_workbook", f"“{name}”不是表格文件。请上传 Excel、WPS 表格（xlsx、xls）或 CSV 文件。")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding_unknown", f"“{name}”的文字编码认不出来。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。")


def read_csv(name: str, content: bytes) -> Grid:
    """A CSV file as one grid named «csv»; a row is a record, line breaks inside quotes do not count."""
    text = decode(name, content)
    first = text[:20000]
    controls = sum(1 for character in first if ord(character) < 32 and character not in "\r\n\t")
    if controls > len(first) // 100:
        raise Unreadable("not_a_workbook", f"“{name}”不是表格文件。请上传 Excel、WPS 表格（xlsx、xls）或 CSV 文件。")
    delimiter = max(
        ",\t;|，", key=lambda mark: sum(1 for line in first.splitlines()[:50] if mark in line) * 100 + first.count(mark)
    )
    if delimiter not in first:
        raise Unreadable("not_a_workbook", f"“{name}”里没有表格。请上传 Excel、WPS 表格（xlsx、xls）或 CSV 文件。")
    csv.field_size_limit(1_000_000)
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as broken:
        raise Unreadable(
            "not_a_workbook", f"“{name}”的引号不成对，读不出来。请用 Excel 打开另存为 xlsx 后再上传。"
        ) from broken
    return Grid("csv", rows, is_text=True)


def looks_like_html(content: bytes) -> bool:
    """Whether this is a web page under another name (many systems export so)."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")) and b"<t" in content.lower()


class _Tables(HTMLParser):
    """Collects cells; a cell that spans several stands in the first, and the merge is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.merges: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._taken: set[tuple[int, int]] = set()
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("tr", "td", "th", "table"):
            self._close()
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            known = dict(attrs)
            self._span = (_count(known.get("rowspan")), _count(known.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def _close(self) -> None:
        """Ends the cell at hand; many pages leave its end tag out."""
        if self._cell is None:
            return
        row, line = len(self.rows) - 1, self.rows[-1]
        while (row, len(line)) in self._taken:
            line.append("")
        start = len(line)
        line.append("".join(self._cell).strip())
        line.extend([""] * (self._span[1] - 1))
        down, across = self._span
        if down > 1 or across > 1:
            self.merges.append(((row, start), (row + down - 1, start + across - 1)))
            self._taken |= {(r, c) for r in range(row + 1, row + down) for c in range(start, start + across)}
        self._cell = None


def _count(value: str | None) -> int:
    return min(int(value), 200) if value and value.isdigit() and int(value) > 0 else 1


def read_html(name: str, content: bytes) -> list[Grid]:
    """The rows of every table of a page as one grid."""
    reader = _Tables()
    reader.feed(decode(name, content))
    if not reader.rows:
        raise Unreadable(
            "not_a_workbook", f"“{name}”是网页，里面没有表格。请上传 Excel、WPS 表格（xlsx、xls）或 CSV 文件。"
        )
    return [Grid("Sheet1", [list(row) for row in reader.rows], reader.merges)]
