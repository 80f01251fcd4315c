"""The burden account (M51): what the platform asked for this year and what it gave back. It measures the platform, never the people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Sum

from shanghui.access.models import AuditEntry, Role, Seat
from shanghui.access.scope import Scope
from shanghui.exchange.layouts.models import Return, Supplied
from shanghui.exchange.layouts.producing import layouts


@dataclass(frozen=True)
class Account:
    """A year. `entries`: [(role, how many acts that changed records)], together, never by person. `unused`: headings once supplied that no layout
    asks for any more."""

    year: int
    entries: list[tuple[str, int]]
    returns: int
    filled: int
    asked: int
    blank: int
    unused: list[str]


def burden(scope: Scope, year: int) -> Account:
    """The account of a calendar year within the scope."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    made = Return.objects.within(scope).filter(made_at__date__gte=first, made_at__date__lt=after)
    sums = made.aggregate(n=Count("pk"), filled=Sum("filled"), asked=Sum("asked"), blank=Sum("blank"))
    asked_now = {heading.title for layout, _ in layouts(scope).values() for heading in layout.columns if heading.kind == "asked"}
    supplied = set(Supplied.objects.filter(scope.condition("unit_id")).values_list("heading", flat=True).distinct())
    return Account(
        year, _entries(scope, first, after), sums["n"], sums["filled"] or 0, sums["asked"] or 0, sums["blank"] or 0, sorted(supplied - asked_now)
    )


def _entries(scope: Scope, first: date, after: date) -> list[tuple[str, int]]:
    """Acts that changed records, by the role of whoever acted; who holds several roles is counted under each. One query a role."""
    acts = AuditEntry.objects.filter(scope.condition("unit_id"), at__date__gte=first, at__date__lt=after).exclude(changes=[])
    found = []
    for role in Role:
        held = Seat.objects.filter(role=role, user_id=OuterRef("by_id"))
        count = acts.filter(Exists(held)).count()
        if count:
            found.append((role.label, count))
    return found
