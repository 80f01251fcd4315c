"""Text as people typed it: invisible characters and padding removed, words that mean «nothing» recognised."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from shanghui.exchange.recognition.cleaning.setting import Setting
from shanghui.exchange.recognition.outcome import Outcome, note, refuse

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD])
NOTHING = frozenset(
    {
        "",
        "无",
        "—",
        "－",
        "-",
        "——",
        "--",
        "/",
        "\\",
        "暂无",
        "空",
        "没有",
        "无。",
        "/ /",
        "N/A",
        "n/a",
        "…",
        "*",
        "?",
        "？",
    }
)
_SEPARATORS = re.compile(r"[、,，;；/／|\n\r]+")
_WRITTEN_SEPARATORS = re.compile(r"[、,，;；/／|]")
WHOLE_CHAMBER = re.compile(r"(?:商会|协会|联合会|促进会|公会)(?:[(（][^()（）]+[)）])?$")
_WITH_PHONE = re.compile(r"(?P<name>[\u3400-\u9fff·]{2,})[,，、:：/(]?(?P<phone>1\d{10}|0\d{2,3}-?\d{7,8})\)?")
_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")


def visible(value: Any) -> str:
    """The text of a cell without invisible characters, padding and a typed leading apostrophe; whole numbers bare."""
    if value.__class__ is str:
        text = value.translate(_INVISIBLE).strip() if not value.isascii() else value.strip()
        if text[:2] == '="' and text[-1] == '"':
            text = text[2:-1].strip()
        return text.lstrip("'‘’`") if text[:1] in "'‘’`" else text
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value).strip()


def solid(value: Any) -> str:
    """The same without any white space."""
    return "".join(visible(value).split())


def narrow(value: Any) -> str:
    """The same with full-width letters and digits narrowed."""
    text = solid(value)
    return text if text.isascii() else "".join(unicodedata.normalize("NFKC", text).split())


def text(value: Any, _: Setting) -> str | None:
    """Running text: line breaks and runs of spaces become one space."""
    return " ".join(visible(value).split()) or None


def text_or_none(value: Any, _: Setting) -> str | None:
    """Text where 无 and dashes mean nothing."""
    plain = " ".join(visible(value).split())
    return None if plain in NOTHING else plain


def unit(value: Any, _: Setting) -> str | None:
    """The name of an organization: no white space at all. Lines that each name a chamber are several, not one in two lines."""
    plain = solid(value)
    if value.__class__ is str and "\n" in value:
        lines = [line for line in map(solid, value.splitlines()) if line]
        if all(WHOLE_CHAMBER.search(line) for line in lines):
            plain = "、".join(lines)
    return None if plain in NOTHING else plain


def unit_or_none(value: Any, _: Setting) -> str | None:
    """The name of an organization that may not exist."""
    plain = solid(value)
    return (
        None
        if plain in NOTHING or plain in {"未成立", "未建", "未组建", "未建立", "未设立", "否", "×", "筹建中", "筹备中"}
        else plain
    )


def units(value: Any, _: Setting) -> list[str] | None:
    """Several organizations in one cell."""
    found = [part for part in (solid(part) for part in _SEPARATORS.split(visible(value))) if part not in NOTHING]
    return found or None


def names_in(value: Any) -> list[str]:
    """The people named in a cell. A space inside a two-character name does not part it."""
    plain = visible(value)
    if plain in NOTHING:
        return []
    parts = [part for part in _SEPARATORS.split(plain) if part.strip()]
    if len(parts) > 1 and not _WRITTEN_SEPARATORS.search(plain) and any(len(part.strip()) == 1 for part in parts):
        parts = ["".join(parts)]
    if len(parts) == 1:
        spaced = parts[0].split()
        if len(spaced) > 1 and all(len(part) >= 2 for part in spaced) and all(len(part) <= 4 for part in spaced):
            parts = spaced
    names = ["".join(_IN_BRACKETS.sub("", part).split()) for part in parts]
    return [name for name in names if name and name not in NOTHING]


def people(value: Any, _: Setting) -> list[str] | None:
    """A list of people."""
    return names_in(value) or None


def person(value: Any, setting: Setting) -> Any:
    """One person's name."""
    plain = visible(value)
    if plain.isalpha() and len(plain) <= 4:
        return None if plain in NOTHING else plain
    beside = _WITH_PHONE.fullmatch(narrow(value))
    if beside:
        to = "phone" if setting.is_key else f"{setting.field}_phone"
        return Outcome(beside["name"], None, False, {to: beside["phone"]})
    names = names_in(value)
    if not names:
        return None
    if len(names) == 1:
        return _checked(names[0])
    if setting.is_key:
        return refuse(
            "several_values", "error", f"一格里写了{len(names)}个人（{'、'.join(names)}）。请每人一行，分开填写"
        )
    return note(names[0], "several_values", "warning", f"一格里写了{len(names)}个人，先取第一位“{names[0]}”。请核对")


def _checked(name: str) -> str | Outcome:
    if any(character.isdigit() for character in name):
        return refuse("value_unknown", "warning", f"“{name}”不像姓名。请核对")
    return name
