"""What cleaning a cell gives when it is more than a plain value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """Something to say about a value. `text` says what is the matter and what to do, without the place."""

    kind: str
    severity: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """A cleaned value with what has to be said; `refused`: the field must wait for a person. `more`: further fields."""

    value: Any = None
    fault: Fault | None = None
    refused: bool = False
    more: dict[str, Any] = field(default_factory=dict)


def refuse(kind: str, severity: str, text: str) -> Outcome:
    """No value, and the reason."""
    return Outcome(None, Fault(kind, severity, text), True)


def note(value: Any, kind: str, severity: str, text: str) -> Outcome:
    """A value, and something to say about it."""
    return Outcome(value, Fault(kind, severity, text))
