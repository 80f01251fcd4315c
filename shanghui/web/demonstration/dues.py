"""Dues of one branch for the last two months that are over: bases, most of it paid, two members still to pay, one spared (M17)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from shanghui.access.models import User
from shanghui.kernel.periods import months_later
from shanghui.ledger.dues.models import BaseKind, Method
from shanghui.ledger.dues.months import month_of
from shanghui.ledger.dues.operations import Paid, Reduction, record_payments, set_base
from shanghui.ledger.dues.queries import roll
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Person
from shanghui.rules.dues import due

BRANCH = "云泽市汽配机电商会党支部"
WAGES = tuple(Decimal(wage) for wage in (4200, 5600, 6800, 8200, 9600, 12000))
RETIRED = Decimal(4800)
STILL_OPEN = 2
PAID_ON = 20
"""The day of the month on which the branch collects."""


def collect_dues(*, by: User, at: datetime, today: date) -> None:
    """The branch of the demonstration's secretary keeps its dues here; the other branches have not begun."""
    branch = PartyOrganization.objects.select_related("unit").get(unit__name=BRANCH)
    months = [months_later(month_of(today), -step) for step in (2, 1)]
    people = [line.person for line in roll(Q(organization_id=branch.pk), months[0])]
    for place, person in enumerate(Person.objects.filter(pk__in=people).order_by("pk")):
        kind, base = (BaseKind.RETIRED, RETIRED) if place % 7 == 6 else (BaseKind.WAGES, WAGES[place % len(WAGES)])
        monthly = due(kind, base, months[0])
        spared = Reduction(Decimal(0), "云泽市商会行业党委", "云商党〔2022〕4号") if place == 4 else None
        set_base(organization=branch, person=person, kind=kind, monthly=monthly, since=months[0], reduction=spared, by=by, at=at)
    for month in months:
        asked = [line for line in roll(Q(organization_id=branch.pk), month) if line.asked]
        late = STILL_OPEN if month == months[-1] else 0
        paid = [Paid(line.person, None, f"{month:%Y%m}{number:02d}") for number, line in enumerate(asked[: len(asked) - late], 1)]
        record_payments(organization=branch, month=month, paid=paid, on=month.replace(day=PAID_ON), method=Method.TRANSFER, by=by, at=at)
