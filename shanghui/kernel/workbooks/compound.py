"""What calamine does not tell of a 97-2003 file: hidden rows, error values, a lock ([MS-CFB], [MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from shanghui.kernel.workbooks.grids import Grid

_END = 0xFFFFFFFE
_BOUNDSHEET, _FILEPASS, _ROW, _EOF = 0x85, 0x2F, 0x208, 0x0A
_BOOLERR, _FORMULA = 0x205, 0x06
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def streams(content: bytes) -> dict[str, bytes]:
    """The streams of a compound file by name; {} when it is broken."""
    try:
        return _streams(content)
    except (struct.error, IndexError, ValueError):
        return {}


def _streams(content: bytes) -> dict[str, bytes]:
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    small = 1 << struct.unpack_from("<H", content, 32)[0]
    directory, cutoff, mini_start = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    table = _allocation(content, size)

    def chain(start: int, links: list[int], source: bytes, unit: int, offset: int) -> bytes:
        parts, sector, limit = [], start, len(links)
        while sector < _END - 1 and limit >= 0:
            parts.append(source[offset + sector * unit : offset + (sector + 1) * unit])
            sector, limit = links[sector], limit - 1
        return b"".join(parts)

    entries = chain(directory, table, content, size, size)
    mini_table = [value for (value,) in struct.iter_unpack("<I", chain(mini_start, table, content, size, size))]
    found: dict[str, bytes] = {}
    mini = b""
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        kind, start, total = entries[at + 66], *struct.unpack_from("<II", entries, at + 116)
        if kind == 5:
            mini = chain(start, table, content, size, size)
        elif kind == 2:
            in_mini = total < cutoff
            data = chain(start, mini_table, mini, small, 0) if in_mini else chain(start, table, content, size, size)
            found[name] = data[:total]
    return found


def _allocation(content: bytes, size: int) -> list[int]:
    sectors = [value for value in struct.unpack_from("<109I", content, 76) if value < _END - 1]
    more, count = struct.unpack_from("<II", content, 68)
    while more < _END - 1 and count > 0:
        block = struct.unpack_from(f"<{size // 4}I", content, size + more * size)
        sectors += [value for value in block[:-1] if value < _END - 1]
        more, count = block[-1], count - 1
    links: list[int] = []
    for sector in sectors:
        links += struct.unpack_from(f"<{size // 4}I", content, size + sector * size)
    return links


def _records(book: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    at = start
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def is_locked(book: bytes) -> bool:
    """Whether the workbook asks for a password to open."""
    for kind, _ in _records(book):
        if kind == _FILEPASS:
            return True
        if kind in (_BOUNDSHEET, _EOF):
            return False
    return False


def annotate(book: bytes, grids: list[Grid]) -> None:
    """Adds hidden rows and error values to the grids, in the order of the workbook's sheets."""
    starts = []
    for kind, data in _records(book):
        if kind == _BOUNDSHEET and len(data) > 6 and data[5] == 0:
            starts.append(struct.unpack_from("<I", data)[0])
        elif kind == _EOF:
            break
    if len(starts) != len(grids):
        return
    for grid, start in zip(grids, starts, strict=True):
        for kind, data in _records(book, start):
            if kind == _EOF:
                break
            if kind == _ROW and len(data) >= 16 and struct.unpack_from("<I", data, 12)[0] & 0x20:
                grid.hidden_rows.add(struct.unpack_from("<H", data)[0])
            elif kind in (_BOOLERR, _FORMULA):
                _note_error(kind, data, grid)


def _note_error(kind: int, data: bytes, grid: Grid) -> None:
    code = None
    if kind == _BOOLERR and len(data) >= 8 and data[7] == 1:
        code = data[6]
    elif kind == _FORMULA and len(data) >= 14 and data[12:14] == b"\xff\xff" and data[6] == 2:
        code = data[8]
    if code is not None:
        row, column = struct.unpack_from("<HH", data)
        grid.errors[(row, column)] = _ERRORS.get(code, "#")
