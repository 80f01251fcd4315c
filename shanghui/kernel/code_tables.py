"""Tables shipped as data with their version in the first line: GB/T 2260 regions, GB/T 4754 industries, strokes of characters."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def _rows(name: str) -> list[list[str]]:
    text = (files("shanghui.kernel") / "tables" / name).read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def regions() -> dict[str, str]:
    """{six-digit GB/T 2260 code: name}; names without the levels above them."""
    return dict(_rows("regions.csv"))


@lru_cache(maxsize=1)
def industries() -> dict[str, str]:
    """{GB/T 4754-2017 section letter or two-digit division: name}."""
    return {code: name for code, name, _ in _rows("industries.csv")}


@lru_cache(maxsize=1)
def strokes() -> dict[str, int]:
    """{character: how many strokes it has}, of the twenty thousand commonest (Unihan)."""
    return {character: int(count) for count, characters in _rows("strokes.csv") for character in characters}


def region_name(code: str) -> str:
    """The full name of a region, level by level (江苏省南京市玄武区); "" for an unknown code."""
    table = regions()
    if code[:6] not in table:
        return ""
    levels = dict.fromkeys([code[:2] + "0000", code[:4] + "00", code[:6]])
    return "".join(table[level] for level in levels if level in table)


def industry_name(code: str) -> str:
    """The name of the section or division a code lies in; "" when unknown."""
    return industries().get(code[:2]) or industries().get(code[:1], "") if code else ""
