"""What an import does to the figures, as at the day of the ledger it brings."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.exchange.planning import Plan
from shanghui.exchange.writing import write
from shanghui.indicators.queries import Figures, figures


def figures_of(under: Unit, day: date) -> Figures:
    """Every figure below the unit as at the day."""
    return figures(whole(day).under(under), day)


def before_and_after(before: Figures, after: Figures) -> list[list[str]]:
    """[code, title, before, after] of the figures that moved, with both counts of a rate."""
    found = []
    for code, now in after.items():
        old = before[code]
        if (old.numerator, old.denominator) != (now.numerator, now.denominator):
            words = [f"{one.text}（{one.numerator}/{one.denominator}）" if one.denominator else one.text for one in (old, now)]
            found.append([code, now.indicator.title, *words])
    return found


def foreseen(made: Plan, *, under: Unit, day: date, at: datetime) -> list[list[str]]:
    """What a plan would do to the figures: written, counted and rolled back. For small plans, where it takes a moment."""
    with transaction.atomic():
        before = figures_of(under, day)
        try:
            with transaction.atomic():
                write(made, run="", by=None, at=at)
        except IntegrityError:
            return []  # said when it is confirmed, with the reason
        found = before_and_after(before, figures_of(under, day))
        transaction.set_rollback(True)
    return found
