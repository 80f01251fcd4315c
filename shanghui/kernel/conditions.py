"""A condition (Q) on annotated flags, applied to values in memory: the same meaning the database gives it."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q

_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "in": lambda value, choices: value in choices,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "contains": operator.contains,
    "startswith": str.startswith,
}


class Flags(Protocol):
    """Values by name: a mapping, or the attributes of a record."""

    def __getitem__(self, name: str, /) -> Any: ...


@dataclass(frozen=True)
class Attributes:
    """The attributes of a record by name."""

    record: Any

    def __getitem__(self, name: str) -> Any:
        return getattr(self.record, name)



def holds(condition: Q, flags: Flags) -> bool:
    """Whether the condition holds for these flags. A comparison with None is false, as in SQL; raises KeyError for a
    flag that the population does not declare, and for a lookup other than exact, in, lt, lte, gt, gte,
    contains, startswith, isnull."""
    results = (_part(child, flags) for child in condition.children)
    joined = any(results) if condition.connector == Q.OR and condition.children else all(results)
    return joined != condition.negated


def _part(child: Any, flags: Flags) -> bool:
    if isinstance(child, Q):
        return holds(child, flags)
    name, wanted = child
    flag, _, lookup = name.partition("__")
    value = flags[flag]
    if lookup == "isnull":
        return bool((value is None) == wanted)
    return value is not None and bool(_LOOKUPS[lookup or "exact"](value, wanted))
