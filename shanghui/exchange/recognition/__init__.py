"""Recognition: office files in; tables, records and problems out (M45). No database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from shanghui.exchange.recognition import vocabulary
from shanghui.exchange.recognition.model import Problem, Reading, Record, SourceFile, Table
from shanghui.exchange.recognition.reading import read_files
from shanghui.exchange.recognition.sheets import KIND as CHOSEN_KIND
from shanghui.kernel.workbooks import Grid

KINDS: dict[str, tuple[str, dict[str, tuple[str, list[str]]]]] = {
    kind: (title, {one.name: (one.title, list(one.headings)) for one in fields})
    for kind, (title, fields) in vocabulary.KINDS.items()
}
"""{kind: (title, {field: (title, known headings)})}, for the page where columns are mapped."""

FIELD_TITLES: dict[str, dict[str, str]] = {
    kind: {field: words[0] for field, words in fields.items()} for kind, (_, fields) in KINDS.items()
}
"""{kind: {field: title}}."""


def read(
    files: Sequence[SourceFile],
    *,
    today: date,
    learned: Mapping[str, str] = {},
    forced: Mapping[tuple[str, str], Mapping[str, str | None]] = {},
    progress: Callable[[int, int], None] | None = None,
    opened: Callable[[str, list[Grid]], None] | None = None,
) -> Reading:
    """Recognises the files of one upload.

    `learned`: {normalised heading: field} chosen before; `forced`: {(file, sheet): {column letter: field or None}},
    with the kind of record under `CHOSEN_KIND`;
    `progress`: told (files done, files in all); `opened`: given each file's name and grids before they are recognised, and
    may correct cells. Never raises for what stands in a file: that becomes a problem.
    """
    return read_files(files, today=today, learned=learned, forced=forced, progress=progress, opened=opened)


__all__ = ["CHOSEN_KIND", "FIELD_TITLES", "KINDS", "Problem", "Reading", "Record", "SourceFile", "Table", "read"]
