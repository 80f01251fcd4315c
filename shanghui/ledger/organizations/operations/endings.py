"""What ends with a party organization or a chamber, because it cannot be without it: pairings, places in alliances, access."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import Seat, Unit
from shanghui.kernel.facts import Fact, holds_on
from shanghui.ledger.organizations.models import AllianceMember, Pairing


def bound_to(unit: Unit, on: date) -> list[Fact]:
    """The pairings and places in alliances of a unit that hold on `on`, and its seats that do or begin later. Three questions."""
    pairings = Pairing.objects.filter(holds_on(on), unit=unit).order_by("pk")
    places = AllianceMember.objects.filter(holds_on(on), unit=unit).select_related("alliance").order_by("pk")
    seats = Seat.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), unit=unit).select_related("user").order_by("pk")
    return [*pairings, *places, *seats]


def begin_later(unit: Unit, on: date) -> list[Fact]:
    """Pairings and places in alliances that begin after `on`: they cannot end then, and somebody has to look at them. Two questions."""
    pairings = Pairing.objects.filter(valid_from__gt=on, unit=unit).order_by("valid_from", "pk")
    places = AllianceMember.objects.filter(valid_from__gt=on, unit=unit).select_related("alliance").order_by("valid_from", "pk")
    return [*pairings, *places]


def end_all(journal: Journal, facts: Iterable[Fact], on: date) -> None:
    """Ends these facts: `on` is the first day without them. What began on that day or later ends the day after it began."""
    for fact in facts:
        journal.change(fact, valid_to=max(on, fact.valid_from + timedelta(days=1)))
