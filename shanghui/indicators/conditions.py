"""A condition (Q) on annotated flags, applied to values in memory: the same meaning the database gives it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "in": lambda value, choices: value in choices,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


def holds(condition: Q, flags: Mapping[str, Any]) -> bool:
    """Whether the condition holds for these flags. A comparison with None is false, as in SQL; raises KeyError for a
    flag that the population does not declare, and for a lookup other than exact, in, lt, lte, gt, gte, isnull."""
    results = (_part(child, flags) for child in condition.children)
    joined = any(results) if condition.connector == Q.OR and condition.children else all(results)
    return joined != condition.negated


def _part(child: Any, flags: Mapping[str, Any]) -> bool:
    if isinstance(child, Q):
        return holds(child, flags)
    name, wanted = child
    flag, _, lookup = name.partition("__")
    value = flags[flag]
    if lookup == "isnull":
        return bool((value is None) == wanted)
    return value is not None and bool(_LOOKUPS[lookup or "exact"](value, wanted))
