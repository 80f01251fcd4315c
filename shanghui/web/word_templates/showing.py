"""Fields as their page shows them: what to copy, and what stands there in real facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shanghui.kernel.word_templates.fields import Field

LONGEST = 60
NAMES = ("one", "each", "every")


@dataclass(frozen=True)
class Line:
    """A field to copy: `copied` goes into the template as it stands; a list is copied with its loop."""

    title: str
    copied: str
    example: str = ""
    is_list: bool = False


@dataclass(frozen=True)
class Group:
    """Fields under one heading."""

    title: str
    lines: tuple[Line, ...]


def groups(fields: Iterable[Field], values: Mapping[str, Any]) -> list[Group]:
    """The fields by what they are of: the document, its sections, the facts of the case, the figures."""
    sorted_out: dict[str, list[Line]] = {"这份文件": [], "各节": [], "事项里的事实": [], "指标": []}
    heads = {"sections": "各节", "facts": "事项里的事实", "figures": "指标"}
    for one in fields:
        sorted_out[heads.get(one.code.partition(".")[0], "这份文件")].append(_line(one, values.get(one.code)))
    return [Group(title, tuple(lines)) for title, lines in sorted_out.items() if lines]


def _line(field: Field, value: Any) -> Line:
    if field.of:
        return Line(field.title, "\n".join(_loop(field, field.code, 0)), _short(_first(value)), is_list=True)
    return Line(field.title, f"{{{{ {field.code} }}}}", _short(str(value or "")))


def _loop(field: Field, code: str, depth: int) -> Iterator[str]:
    """The lines that print a list, each a paragraph of its own."""
    name = NAMES[min(depth, len(NAMES) - 1)]
    yield f"{{%p for {name} in {code} %}}"
    printed = [one.code for one in field.of if not one.of and not one.flag]
    told = [one for one in printed if one in ("label", "text", "heading")] or printed
    if told[:1] == ["label"]:
        yield "：".join(f"{{{{ {name}.{one} }}}}" for one in told)
    else:
        yield from (f"{{{{ {name}.{one} }}}}" for one in told)
    if depth < len(NAMES) - 1 and "text" not in printed:
        for one in field.of:
            yield from _loop(one, f"{name}.{one.code}", depth + 1) if one.of else ()
    yield "{%p endfor %}"


def _first(value: Any) -> str:
    first = value[0] if isinstance(value, list) and value else {}
    return str(first.get("text") or first.get("heading") or first.get("title") or first.get("name") or "") if isinstance(first, dict) else ""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
