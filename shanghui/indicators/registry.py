"""Every figure once, as sets of records (M41; architecture, decision 4).

A population is what is counted (chambers in operation, people in the register …) with flags annotated as at a day; an
indicator is a condition on those flags, and, for a rate, a second one. The list behind a figure is the population
filtered by the condition; the table of all figures by node groups the population by its flags once and applies the same
conditions to the groups. So the number and the list cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from shanghui.access.scope import Scope
from shanghui.kernel.registry import Registry

EVERYTHING = Q()
FIRST_VERSION = "0.1.0"
Condition = Callable[[date], Q]


@dataclass(frozen=True)
class Computed:
    """How a population is had whose records are computed and not stored (the slots of duties).

    `tally(scope, day)`: the values of (owner, *flags) and how many records have them; `records(scope, day)`: the records
    themselves, with a `pk` and the flags as attributes; `named(keys)`: records rebuilt from their keys.
    """

    tally: Callable[[Scope, date], Iterable[tuple[tuple[Any, ...], int]]]
    records: Callable[[Scope, date], Iterable[Any]]
    named: Callable[[Sequence[str]], Iterable[Any]]


def stored_nowhere(day: date) -> QuerySet[Any]:
    """The rows of a computed population: there are none to ask."""
    raise LookupError("computed, not stored")


@dataclass(frozen=True)
class Population:
    """What is counted.

    `rows(day)`: the records as at the day with the flags annotated. `owner`: the column that names the unit a record
    hangs on. `key`: the column counted once each. `spread`: one record may hang on several units (a guide of chambers in
    two counties): it is then counted once at every level (distinct), otherwise counts add up (sum). `amount`: a column
    that can be summed. `noun`: what one record is called. `computed`: for records that are not stored.
    """

    code: str
    noun: str
    measure: str
    rows: Callable[[date], QuerySet[Any]]
    owner: str
    flags: tuple[str, ...]
    key: str = "pk"
    spread: bool = False
    amount: str = ""
    computed: Computed | None = None


@dataclass(frozen=True)
class Indicator:
    """One figure. `numerator` and `denominator` are conditions on the population's flags as at a day. `since`: the version of
    the program in which the definition last changed."""

    code: str
    title: str
    population: Population
    numerator: Condition
    denominator: Condition | None
    definition: str
    unit: str
    total: bool = False
    basis: str = ""
    since: str = FIRST_VERSION

    @property
    def is_rate(self) -> bool:
        """Whether the figure is a share."""
        return self.denominator is not None

    @property
    def folds(self) -> str:
        """How it adds up over the tree: «sum» or «distinct»."""
        return "distinct" if self.population.spread else "sum"

    def condition(self, part: str, day: date) -> Q:
        """The condition of "numerator" or "denominator" as at the day."""
        chosen = self.denominator if part == "denominator" and self.denominator else self.numerator
        return chosen(day)


registry: Registry[Indicator] = Registry("shanghui.indicators.catalogue")


def everything(day: date) -> Q:
    """The whole population."""
    return EVERYTHING


def indicator(
    code: str, title: str, population: Population, *, out_of: Condition | None = None, unit: str = "", total: bool = False,
    basis: str = "", since: str = FIRST_VERSION,
) -> Callable[[Condition], Condition]:
    """Declares a figure over a function from the day to its condition; the docstring is the definition the office reads.

    `out_of`: the denominator's condition, for a rate. `total`: sum the population's amount instead of counting. `since`: the version
    of the program in which the definition last changed.
    """

    def declare(condition: Condition) -> Condition:
        definition = " ".join((condition.__doc__ or "").split())
        registry.add(
            code,
            Indicator(code, title, population, condition, out_of, definition, unit or population.measure, total, basis, since),
        )
        return condition

    return declare
