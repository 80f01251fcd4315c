"""The counts of the coverage table: one row of counts per chamber, added up to kinds, levels and the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from shanghui.access.scope import Scope
from shanghui.indicators.populations import CHAMBERS
from shanghui.indicators.queries import population_rows
from shanghui.indicators.registry import registry
from shanghui.kernel.conditions import holds
from shanghui.ledger.organizations.models import Form

CODES = (
    "chambers.total", "coverage.organization", "coverage.work", "coverage.own", "coverage.joint", "coverage.industry",
    "coverage.area", "coverage.functional", "coverage.temporary", "coverage.attached", "coverage.shared", "coverage.other",
    "coverage.uncovered", "coverage.guided", "coverage.blank",
)
FLAGS = ("kind", "covered", "guided", *(f"by_{form.value}" for form in Form))
PIECES = ("own", "joint", "attach", "guide", "none")


@dataclass
class Counts:
    """How many chambers there are, by indicator, and by the one strongest form each is covered by (`pieces`)."""

    numbers: Counter[str] = field(default_factory=Counter)
    pieces: Counter[str] = field(default_factory=Counter)

    def add(self, other: Counts) -> None:
        """Adds another's counts."""
        self.numbers.update(other.numbers)
        self.pieces.update(other.pieces)

    @property
    def total(self) -> int:
        """Chambers in operation."""
        return self.numbers["chambers.total"]

    @property
    def bar(self) -> tuple[int, ...]:
        """The pieces of the bar, strong to weak; they add up to the total."""
        return tuple(self.pieces[piece] for piece in PIECES)


@dataclass(frozen=True)
class Leaf:
    """One chamber: of which kind it is, its row of counts."""

    pk: int
    kind: str
    counts: Counts


def leaves(scope: Scope, day: date) -> list[Leaf]:
    """One row of counts per chamber in operation within the scope, by the conditions of the indicators themselves. One query."""
    found = population_rows(CHAMBERS, scope, day).order_by().values_list("pk", *FLAGS)
    conditions = {code: one.condition("numerator", day) for code in CODES if (one := registry.get(code))}
    known: dict[tuple[Any, ...], Counts] = {}
    listed: list[Leaf] = []
    for pk, *values in found:
        flags = tuple(values)
        counts = known.get(flags)
        if counts is None:
            counts = known[flags] = _counts(conditions, dict(zip(FLAGS, flags, strict=True)))
        listed.append(Leaf(pk, str(flags[0]), counts))
    return listed


def _counts(conditions: Mapping[str, Q], flags: Mapping[str, Any]) -> Counts:
    numbers = Counter({code: int(holds(condition, flags)) for code, condition in conditions.items()})
    return Counts(numbers, Counter({_piece(numbers): 1}))


def _piece(numbers: Counter[str]) -> str:
    """The strongest of what a chamber has: own, joint (with 联建共建), the rest of the forms, a guide, nothing."""
    for code, piece in (
        ("coverage.own", "own"), ("coverage.joint", "joint"), ("coverage.shared", "joint"), ("coverage.organization", "attach"),
        ("coverage.work", "guide"),
    ):
        if numbers[code]:
            return piece
    return "none"


def added(found: Iterable[Leaf]) -> Counts:
    """The sum of rows."""
    total = Counts()
    for leaf in found:
        total.add(leaf.counts)
    return total
