"""Reading a heading: its plain form, its forms without brackets, and which field of a kind it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
_UNIT = re.compile(r"[(\[](?:单位[:：]?)?(?:万?元|家|人|名|个|月|户|次|场|人次|张|票|%)[)\]]")
_DROPPED = re.compile(r"[\s​﻿*★:：。.,，、\"'“”_]+")
_LEAD = re.compile(r"^(?:(?:\d{1,2}|[一二三四五六七八九十]+)[.、．)]|[(（](?:\d{1,2}|[一二三四五六七八九十]+)[)）])\s*")
_DATED = re.compile(r"^(?:截至|截止|至)?(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:末|底|度|止)?")
_FOREIGN = re.compile(r"(?<=[\u4e00-\u9fff])[a-z&/'’ -]+$|^[a-z&'’ -]+(?=[\u4e00-\u9fff]{2})")
_STEM = re.compile(r"(?:起止时间|时间|日期|年月|基本情况|情况|信息|期限)$")
_WHEN = re.compile(r"(?:时间|日期|年月日|年月|年份)$")
_SAME = (
    (re.compile(r"全称$"), "名称"),
    (re.compile(r"名字$"), "姓名"),
    (re.compile(r"(?:数量|人数|个数|总量)$"), "数"),
    (re.compile(r"(?:联系手机|手机号码?|手机|联系号码|电话号码)$"), "联系电话"),
)
"""Endings that say the same; a heading in its own words comes first."""
_BEGINS = re.compile(r"^(?:起|自|从|开始|起始)(?:时间|日期|年月|日)?$")
_ENDS = re.compile(r"^(?:止|至|到|结束|终止|截止|届满)(?:时间|日期|年月|日)?$")


@lru_cache(maxsize=65536)
def plain_heading(text: str) -> str:
    """Full-width narrowed, white space, stars and colons dropped, lower case; / between levels and brackets kept."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    return _DROPPED.sub("", _UNIT.sub("", _LEAD.sub("", narrow) or narrow)).lower()


@lru_cache(maxsize=65536)
def forms_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """The forms under which a heading (levels from top to bottom) may be known, the most telling first."""
    levels = [plain_heading(level) for level in path if level]
    if not levels:
        return ()
    bare = [_BRACKETS.sub("", level) for level in levels]
    forms: list[str] = []
    for names in (levels, bare):
        for parent in dict.fromkeys(form for name in reversed(names[:-1]) for form in (name, _STEM.sub("", name))):
            forms += [f"{parent}/{last}" for last in _lasts(names[-1])] + [f"{parent}{names[-1]}"]
    if len(bare) > 1 and bare[-1] in _PLAIN_NAMES:
        forms.append(bare[-2])
    forms += [levels[-1], bare[-1], _DATED.sub("", bare[-1]), _FOREIGN.sub("", bare[-1])]
    otherwise = [renamed for form in forms for pattern, word in _SAME if (renamed := pattern.sub(word, form)) != form]
    otherwise += [_WHEN.sub(word, form) for form in (*forms, *otherwise) for word in ("时间", "日期") if _WHEN.search(form)]
    return tuple(dict.fromkeys(form for form in (*forms, *otherwise) if form))


_PLAIN_NAMES = ("姓名", "名称")


def _lasts(last: str) -> tuple[str, ...]:
    """A lowest level as written, and as 起 or 止 where it says so in other words."""
    if _BEGINS.match(last):
        return (last, "起")
    return (last, "止") if _ENDS.match(last) else (last,)


def field_for(
    path: tuple[str, ...], kind: str, known: Mapping[str, list[tuple[str, str]]], learned: Mapping[str, str]
) -> tuple[str | None, int]:
    """The field of a kind that a heading means first, and how sure that is (0 none … 3 a learned or two-level heading)."""
    fields, rank = fields_for(path, kind, known, learned)
    return (fields[0] if fields else None), rank


def fields_for(
    path: tuple[str, ...], kind: str, known: Mapping[str, list[tuple[str, str]]], learned: Mapping[str, str]
) -> tuple[list[str], int]:
    """The fields that a heading may mean («单位名称» of an appointment: the chamber, or the enterprise)."""
    forms = forms_of(path)
    for form in forms:
        if form in learned:
            return [learned[form]], 3
    last = plain_heading(path[-1])
    for form in forms:
        fields = [field for entry_kind, field in known.get(form, ()) if entry_kind == kind]
        if fields:
            return fields, 2 if form == last else 1 if form in last or len(path) == 1 else 3
    return [], 0
