"""Pinyin initials, by which people in an office search: 云泽市餐饮业商会 → yzscyysh."""

from __future__ import annotations

import re
from functools import lru_cache

_PLAIN = re.compile(r"[^0-9a-z]")


@lru_cache(maxsize=65536)
def initials(text: str) -> str:
    """Lower-case initials of each character (letters and digits stay); at most 60 characters."""
    from pypinyin import Style, lazy_pinyin  # 200 ms to load: only when a name is written

    return _PLAIN.sub("", "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower())[:60]
