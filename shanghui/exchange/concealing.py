"""Numbers of people are never stored in the clear beside an import: not in a problem, a sample or a difference (§1 Privacy)."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from shanghui.exchange.recognition import Problem
from shanghui.kernel.sealing import mask_id_number, mask_phone

SEALED_FIELDS = frozenset({"id_number", "phone"})
_LONG = re.compile(r"(?<![0-9A-Za-z])\d[\d\s-]{9,24}[\dXx](?![0-9A-Za-z])")
_SCIENTIFIC = re.compile(r"\d\.\d{3,}[eE]\+?\d+")


def is_sealed(field: str | None) -> bool:
    """Whether a field of a record holds a number that is kept encrypted."""
    return bool(field) and (field in SEALED_FIELDS or str(field).endswith("_phone"))


def written(value: Any) -> str:
    """What stands in a cell, as the user sees it."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _mask(found: re.Match[str]) -> str:
    plain = re.sub(r"[\s-]", "", found.group())
    if len(plain) in (15, 16, 17, 18, 19):
        return mask_id_number(plain)
    return mask_phone(plain) if len(plain) in (11, 12) else found.group()


def conceal(text: str) -> str:
    """The text with every number that could be an identity or telephone number masked.

    >>> conceal("电话15412342048，证件990201198508120151")
    '电话154****2048，证件990201********0151'
    """
    return _SCIENTIFIC.sub("（号码）", _LONG.sub(_mask, text))


def shown(value: Any, field: str | None = None) -> str:
    """A cell as it may be shown and stored: a sealed field's value wholly masked, other text concealed."""
    text = " ".join(written(value).split())
    if text and is_sealed(field):
        plain = re.sub(r"[^0-9Xx]", "", text)
        return (mask_id_number(plain) if len(plain) >= 15 else mask_phone(plain)) or "（不显示）"
    return conceal(text)[:60]


def told(problem: Problem) -> dict[str, Any]:
    """A problem as a run keeps it: without a sealed value, with concealed words."""
    entry = {key: value for key, value in asdict(problem).items() if key != "file" and value is not None}
    entry["message"] = conceal(problem.message)
    value = entry.pop("value", None)
    if value is None or is_sealed(problem.field):
        return entry
    if isinstance(value, list) and all(isinstance(one, int) for one in value):
        return entry | {"people": value}
    return entry | {"value": shown(value)}
