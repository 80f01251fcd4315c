"""What a Word template may use: fields with their codes, as data; their values in the nesting a template reads them from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

GAP = "【待补充】"
DRAWN = "\ufdd0"
"""Before and after the number of a picture in the text: a character that no text has, for it is taken out of all."""
_ROWS = 2


class Blank(str):
    """What is printed where a fact is missing; in a condition it counts as nothing."""

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Field:
    """One field. `code` is dotted («sections.cover.heading»). `of`: it is a list, and these are the fields of each of its items.

    `flag`: it is asked in a condition and never printed. `drawn`: a picture, alone in its paragraph of the body; its value is its number,
    from 1, and whoever fills the template draws it (see `rendering.drawn_in`). `example`: what stands there in real facts.
    """

    code: str
    title: str
    example: str = ""
    of: tuple[Field, ...] = ()
    flag: bool = False
    drawn: bool = False


Node = Field | dict[str, "Node"]


def name_of(code: str) -> str:
    """A code as a template can write it: «coverage-ahead» becomes «coverage_ahead»."""
    name = "".join(one if one.isalnum() or one == "_" else "_" for one in code)
    return name if name and not name[0].isdigit() else f"n{name}"


def tree(fields: Iterable[Field]) -> dict[str, Node]:
    """The fields in the nesting of their codes."""
    found: dict[str, Node] = {}
    for one in fields:
        *groups, last = one.code.split(".")
        inside = found
        for group in groups:
            deeper = inside.setdefault(group, {})
            assert isinstance(deeper, dict), one.code
            inside = deeper
        inside[last] = one
    return found


def filled(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by code in the nesting of the fields.

    What is missing or empty becomes 【待补充：title】, a Blank stays what it is, a list without items stays empty.

    Values of lists are sequences of mappings by the codes of `of`. Nothing but text, truth, lists and mappings comes out.
    """
    found: dict[str, Any] = {}
    for one in fields:
        *groups, last = one.code.split(".")
        inside = found
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[last] = _value(one, values.get(one.code))
    return found


def _value(field: Field, value: Any) -> Any:
    if field.of:
        return [filled(field.of, item) for item in value or ()]
    if field.flag:
        return bool(value)
    if field.drawn:
        return f"{DRAWN}{value}{DRAWN}" if value else Blank("")
    if isinstance(value, Blank):
        return value
    text = "".join(one for one in str(value or "") if one == "\n" or (one != DRAWN and unicodedata.category(one) not in ("Cc", "Cs")))
    return text or Blank(f"{GAP[:-1]}：{field.title}】")


def sample(fields: Sequence[Field]) -> dict[str, Any]:
    """Values that name their fields, two items in each list: for trying a template without facts."""
    return {one.code: _sample(one) for one in fields}


def _sample(field: Field) -> Any:
    if field.of:
        return [sample(field.of) for _ in range(_ROWS)]
    return False if field.flag else f"〔{field.title}〕"
