"""What only the XML of an xlsx tells: hidden rows and columns, error values, formulas without a stored result."""

from __future__ import annotations

import posixpath
import re
import zipfile
from xml.etree import ElementTree

from shanghui.kernel.workbooks.grids import Grid, place

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_COLUMN = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_NUMBER = re.compile(rb'\b(r|min|max)="(\d+)"')
_ERROR = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+\d+)"[^>]*>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>)?'
)
_FORMULA = re.compile(rb'<c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]+\d+)"[^>]*><f\b[^>]*?(?:/>|>[^<]*</f>)(<v>[^<]+</v>)?')


def annotate(archive: zipfile.ZipFile, grids: list[Grid]) -> None:
    """Adds the marks to the grids of the same names; a file whose parts are not in their places is left as it is."""
    try:
        parts = _sheet_parts(archive)
    except (KeyError, ElementTree.ParseError):
        return
    for grid in grids:
        if parts.get(grid.name) in archive.namelist():
            _mark(grid, archive.read(parts[grid.name]))


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat here expands no external entities
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_REL), "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            found[element.get("name", "")] = path
    return found


def _mark(grid: Grid, data: bytes) -> None:
    for tag in _ROW.finditer(data) if b'hidden="' in data else ():
        numbers = dict(_NUMBER.findall(tag.group()))
        if b"r" in numbers:
            grid.hidden_rows.add(int(numbers[b"r"]) - 1)
    for tag in _COLUMN.finditer(data):
        numbers = dict(_NUMBER.findall(tag.group()))
        grid.hidden_columns.update(range(int(numbers[b"min"]) - 1, min(int(numbers[b"max"]), 16384)))
    if b't="e"' in data:
        for found in _ERROR.finditer(data):
            grid.errors[place(found.group(1).decode())] = (found.group(2) or b"#").decode()
    if b"<f" in data:
        for found in _FORMULA.finditer(data):
            where = place(found.group(1).decode())
            if not found.group(2) and where not in grid.errors:
                grid.uncached.add(where)
