"""What ends with a party organization or a chamber, because it cannot be without it: pairings, places in alliances, access."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import Seat, Unit
from shanghui.kernel.facts import Fact, holds_on
from shanghui.ledger.organizations.models import (
    AllianceMember,
    Coverage,
    OrganizationPeriod,
    Pairing,
    Plate,
    Term,
    TerritorialGuidance,
)

Ends = tuple[tuple[type[Fact], str], ...]
"""Facts, and the column that says whose they are."""
BOUND: Ends = ((Pairing, "unit_id"), (AllianceMember, "unit_id"), (Seat, "unit_id"))
"""What ends with a chamber and with a party organization alike."""
BEING: Ends = (
    (OrganizationPeriod, "organization_id"), (Coverage, "organization_id"), (Term, "unit_id"), (TerritorialGuidance, "organization_id"),
    (Plate, "organization_id"),
)
"""What a party organization is: it cannot begin after the organization ended."""
EVEN_LATER = (Seat,)
"""Ended even where it begins later."""
Named = dict[type[Fact], tuple[str, ...]]
NAMED: Named = {AllianceMember: ("alliance",), Seat: ("user",)}
"""What is read with a fact so that it can be told in words."""


def bound_to(unit: Unit, on: date) -> list[Fact]:
    """The pairings and places in alliances of a unit that hold on `on`, and its seats that do or begin later. Three questions."""
    return held_by(BOUND, unit.pk, on)


def held_by(ends: Ends, unit: int, on: date, named: Named = NAMED) -> list[Fact]:
    """The facts of a unit that would end with it on `on`. One question for each kind of fact."""
    found: list[Fact] = []
    for model, column in ends:
        still = Q(valid_to=None) | Q(valid_to__gt=on) if model in EVEN_LATER else holds_on(on)
        rows = model._default_manager.filter(still, **{column: unit}).order_by("pk")
        found += rows.select_related(*named[model]) if model in named else rows
    return found


def begin_later(unit: Unit, on: date) -> list[Fact]:
    """Pairings and places in alliances that begin after `on`: they cannot end then, and somebody has to look at them. Two questions."""
    pairings = Pairing.objects.filter(valid_from__gt=on, unit=unit).order_by("valid_from", "pk")
    places = AllianceMember.objects.filter(valid_from__gt=on, unit=unit).select_related("alliance").order_by("valid_from", "pk")
    return [*pairings, *places]


def end_all(journal: Journal, facts: Iterable[Fact], on: date) -> None:
    """Ends these facts: `on` is the first day without them. What began on that day or later ends the day after it began."""
    for fact in facts:
        journal.change(fact, valid_to=ended_on(fact.valid_from, on))


def ended_on(valid_from: date, on: date) -> date:
    """The first day without a fact that ends with something on `on`."""
    return max(on, valid_from + timedelta(days=1))
