"""Names in the order of the strokes of their surnames (姓氏笔画), as lists of candidates are written (选举工作条例, ELE-09)."""

from __future__ import annotations

from functools import lru_cache

from shanghui.kernel.code_tables import strokes

UNKNOWN = 99
"""A character whose strokes nobody counted comes last."""

Key = tuple[tuple[int, str], ...]


@lru_cache(maxsize=4096)
def by_strokes(name: str) -> Key:
    """What a name is sorted by: character by character its strokes, so that people of one surname stand together.

    Of two surnames with as many strokes the table does not tell which begins with 横 and which with 竖: they stand in the order of
    the code table, always the same, for the office to put right by hand.
    """
    counts = strokes()
    return tuple((counts.get(one, UNKNOWN), one) for one in name.strip())
