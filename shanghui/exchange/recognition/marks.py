"""Columns of marks: «党员类别» over «正式» and «预备», with √ in one of the two, is one column with that word."""

from __future__ import annotations

from collections.abc import Mapping

from shanghui.exchange.recognition.cleaning import CLEANERS, Setting
from shanghui.exchange.recognition.headings import field_for, plain_heading
from shanghui.exchange.recognition.outcome import Outcome
from shanghui.exchange.recognition.vocabulary import fields_of, known_headings
from shanghui.kernel.workbooks import Grid

_MARKS = frozenset("√✓✔☑●■○*VvYy是")
_CHOICES = frozenset({"gender", "category", "yes_no", "form", "chamber_kind"})
_EMPTY = ("", None, "×", "/", "—", "-", 0)


def join_marks(
    grid: Grid, columns: dict[int, str | None], paths: Mapping[int, tuple[str, ...]], kind: str, start: int, end: int
) -> dict[int, tuple[int, str]]:
    """Writes the word of the marked column into the first of each group, and names that column its field.

    Returns, for each column of marks, the column it was joined into and its word.
    """
    joined: dict[int, tuple[int, str]] = {}
    for (_, field), group in _groups(paths, kind).items():
        mapped = {column for column, name in columns.items() if name == field}
        if len(group) < 2 or not mapped <= group.keys() or not _are_marks(grid, group, start, end):
            continue
        first = min(group)
        for row in grid.rows[start:end]:
            marked = [word for column, word in group.items() if row[column] in _MARKS]
            if marked or row[first] in _EMPTY:
                row[first] = "、".join(marked)
        columns.update(dict.fromkeys(group, None))
        columns[first] = field
        joined.update({column: (first, word) for column, word in group.items()})
    return joined


def _groups(paths: Mapping[int, tuple[str, ...]], kind: str) -> dict[tuple[str, str], dict[int, str]]:
    """{(heading above, its field): {column: the word it stands for}}."""
    groups: dict[tuple[str, str], dict[int, str]] = {}
    for column, path in paths.items():
        if len(path) < 2:
            continue
        field, _ = field_for(path[:-1], kind, known_headings(), {})
        cleaned_as = fields_of(kind)[field].cleaned_as if field else ""
        word = plain_heading(path[-1])
        if field and cleaned_as in _CHOICES and not isinstance(_cleaned(word, cleaned_as, field), Outcome | None):
            groups.setdefault((path[-2], field), {})[column] = word
    return groups


def _cleaned(word: str, cleaned_as: str, field: str) -> object:
    return CLEANERS[cleaned_as](word, Setting(field, "", 0))


def _are_marks(grid: Grid, group: Mapping[int, str], start: int, end: int) -> bool:
    """Whether the columns hold only marks and blanks (totals aside), and some marks."""
    values = [row[column] for row in grid.rows[start:end] for column in group]
    filled = [value for value in values if value.__class__ is str and value not in _EMPTY]
    marks = sum(1 for value in filled if value in _MARKS)
    return marks * 5 >= len(filled) * 4 > 0
