"""A record that takes several rows: its name merged down over lines that only go on with a list (introducers, contacts)."""

from __future__ import annotations

from typing import Any

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.vocabulary import fields_of

_NAMED = frozenset(
    {"member", "activist", "applicant", "candidate", "development", "chamber", "party_organization", "enterprise"}
)
"""Kinds of which a name merged down is one record; guides and leaders have a merged name over several records."""
_LISTS = frozenset({"list", "units"})


def join_continued(body: Body, start: int, end: int) -> None:
    """Takes what further lines of a record say into its first row, and empties them.

    Only lines of nothing but lists are taken; a line with a value of its own in another column is left as it is.
    """
    if body.table.kind not in _NAMED:
        return
    words = fields_of(body.table.kind)
    lists = {column for column, name in body.columns.items() if name and words[name].cleaned_as in _LISTS}
    for (first, left), (last, right) in body.grid.merges:
        if left <= body.key <= right and start <= first < last < end:
            _join(body, first, last, lists)


def _join(body: Body, first: int, last: int, lists: set[int]) -> None:
    rows = body.grid.rows
    below = rows[first + 1 : last + 1]
    if any(_is_filled(value) for row in below for column, value in enumerate(row) if column not in lists):
        return
    for column in lists:
        said = [row[column] for row in [rows[first], *below] if _is_filled(row[column])]
        rows[first][column] = "、".join(str(value).strip() for value in said)
    for row in below:
        row[:] = [""] * len(row)


def _is_filled(value: Any) -> bool:
    return value not in ("", None)
