"""Reading a heading: its plain form, its forms without brackets, and which field of a kind it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
_DROPPED = re.compile(r"[\s​﻿*★:：。.,，、\"'“”_]+")
_LEAD = re.compile(r"^(?:\d+|[一二三四五六七八九十]+)[.、]")


@lru_cache(maxsize=65536)
def plain_heading(text: str) -> str:
    """Full-width narrowed, white space, stars and colons dropped, lower case; / between levels and brackets kept."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).strip()).lower()


@lru_cache(maxsize=65536)
def forms_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """The forms under which a heading (levels from top to bottom) may be known, the most telling first."""
    levels = [plain_heading(level) for level in path if level]
    if not levels:
        return ()
    bare = [_BRACKETS.sub("", level) for level in levels]
    forms: list[str] = []
    for names in (levels, bare):
        for start in range(len(names) - 1):
            forms += [f"{names[start]}/{names[-1]}", f"{names[start]}{names[-1]}"]
    forms += [levels[-1], bare[-1], _LEAD.sub("", bare[-1])]
    return tuple(dict.fromkeys(form for form in forms if form))


def parent_form(path: tuple[str, ...]) -> str:
    """The form of the level above, for a lowest level that says only 姓名 or 合计."""
    levels = [plain_heading(level) for level in path if level]
    return _BRACKETS.sub("", levels[-2]) if len(levels) > 1 else ""


def field_for(
    path: tuple[str, ...], kind: str, known: Mapping[str, list[tuple[str, str]]], learned: Mapping[str, str]
) -> tuple[str | None, int]:
    """The field of a kind that a heading means, and how sure that is (0 none … 3 a learned or two-level heading)."""
    forms = forms_of(path)
    for form in forms:
        if form in learned:
            return learned[form], 3
    for rank, form in enumerate(forms):
        for entry_kind, field in known.get(form, ()):
            if entry_kind == kind:
                return field, 3 if "/" in form else 2 if rank <= 2 * len(path) else 1
    return None, 0
