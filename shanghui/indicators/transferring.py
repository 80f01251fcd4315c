"""Transfers as at a day: on their way, and carried out in the half year up to it (M16)."""

from __future__ import annotations

from datetime import date

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from shanghui.indicators.registry import Population
from shanghui.kernel.periods import half_year_to
from shanghui.ledger.people.transfers import Direction, Transfer, TransferState, on_the_way


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _rows(day: date) -> QuerySet[Transfer]:
    """Those on their way on the day, and those received in the half year up to it."""
    going = on_the_way(day)
    done = Q(state=TransferState.RECEIVED, closed_on__gte=half_year_to(day).first, closed_on__lte=day)
    letter = ~Q(direction=Direction.INSIDE)
    return Transfer.objects.filter(going | done).annotate(
        in_transit=_flag(going), by_letter=_flag(letter), overdue=_flag(going & letter & Q(due_on__lt=day))
    )


def _out(day: date) -> QuerySet[Transfer]:
    return _rows(day).exclude(direction=Direction.IN)


def _in(day: date) -> QuerySet[Transfer]:
    return _rows(day).exclude(direction=Direction.OUT)


FLAGS = ("in_transit", "by_letter", "overdue")
TRANSFERS_OUT = Population("transfers_out", "转出", "人次", _out, "source_id", FLAGS)
TRANSFERS_IN = Population("transfers_in", "转入", "人次", _in, "target_id", FLAGS)
