"""The dues of the last month that is over, as populations: who owes them, without names, and the branches that keep them here (M17).

What somebody owes or paid is for himself and whoever collects; an office sees sums. So a record is one member of an organization by his
place in a count, and says only how it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.indicators.registry import Computed, Population, stored_nowhere
from shanghui.kernel.columns import Column, attribute
from shanghui.kernel.periods import months_later
from shanghui.ledger.dues.models import DuesBase, DuesPayment, DuesPublication
from shanghui.ledger.dues.months import month_of, said
from shanghui.ledger.dues.queries import collecting, owing
from shanghui.ledger.organizations.models import OrganizationKind, OrganizationPeriod, PartyOrganization


class Owed(StrEnum):
    """How a month stands for one member."""

    PAID, OPEN, NOTHING, UNKNOWN = "paid", "open", "nothing", "unknown"


WORDS = {Owed.PAID: "已交", Owed.OPEN: "未交", Owed.NOTHING: "不用交", Owed.UNKNOWN: "没有登记基数"}


@dataclass(frozen=True)
class OwedMonth:
    """One member of an organization; `pk` tells the organization, the month and a place in the count, never who. `state` empty: rebuilt
    from its key."""

    pk: str
    unit: int
    name: str
    month: date
    state: str = ""

    @property
    def month_word(self) -> str:
        """«2022年6月»."""
        return said(self.month)

    @property
    def state_word(self) -> str:
        """How it stands, in a word."""
        return WORDS[Owed(self.state)] if self.state else ""

    @property
    def belongs_to(self) -> tuple[str, int]:
        """The record on whose page it is seen."""
        return PartyOrganization._meta.db_table, self.unit


def month_over(day: date) -> date:
    """The last month that is over on the day; a month's last day counts as its end."""
    return months_later(month_of(day + timedelta(days=1)), -1)


def _tally(scope: Scope, day: date) -> Iterator[tuple[tuple[Any, ...], int]]:
    """(organization, state) and how many members. One question, whatever the scope."""
    month, person = month_over(day), {"person_id": OuterRef("person_id")}
    bases, payments = DuesBase.objects.on(month).filter(**person), DuesPayment.objects.filter(**person, month=month)
    rows = owing(month).filter(scope.condition("organization_id")).annotate(
        based=Exists(bases), free=Exists(bases.filter(Q(reduced=0) | Q(reduced=None, monthly=0))),
        recorded=Exists(payments), waived=Exists(payments.filter(Q(adjusted=0) | Q(adjusted=None, due=0))),
        paid=Exists(payments.filter(paid__isnull=False, paid_on__lte=day)),
    )
    found: Counter[tuple[int, str]] = Counter()
    for unit, based, free, recorded, waived, paid, number in (
        rows.order_by().values_list("organization_id", "based", "free", "recorded", "waived", "paid").annotate(n=Count("pk"))
    ):
        found[unit, _state(based=based, free=free, recorded=recorded, waived=waived, paid=paid).value] += number
    yield from found.items()


def _state(*, based: bool, free: bool, recorded: bool, waived: bool, paid: bool) -> Owed:
    """What was recorded goes before what the base asks."""
    if paid:
        return Owed.PAID
    if not (recorded or based):
        return Owed.UNKNOWN
    return Owed.NOTHING if (waived if recorded else free) else Owed.OPEN


def _records(scope: Scope, day: date) -> Iterator[OwedMonth]:
    tally, month = list(_tally(scope, day)), month_over(day)
    names = dict(Unit.objects.filter(pk__in={unit for (unit, _), _ in tally}).values_list("pk", "name"))
    place: Counter[int] = Counter()
    for (unit, state), number in sorted(tally, key=lambda one: (names[one[0][0]], one[0])):
        for _ in range(number):
            place[unit] += 1
            yield OwedMonth(f"{unit}/{month:%Y-%m}/{place[unit]}", unit, names[unit], month, state)


def _named(keys: Sequence[str]) -> Iterator[OwedMonth]:
    parts = [(key, *key.split("/")) for key in keys]
    names = dict(Unit.objects.filter(pk__in={int(unit) for _, unit, _, _ in parts}).values_list("pk", "name"))
    for key, unit, month, _ in parts:
        if int(unit) in names:
            yield OwedMonth(key, int(unit), names[int(unit)], date.fromisoformat(f"{month}-01"))


OWED_MONTHS = Population("owed_months", "应交党费的党员", "人", stored_nowhere, "unit", ("state",), computed=Computed(_tally, _records, _named))
OWED_MONTH_COLUMNS = (
    attribute("name", "党组织", width=34), attribute("month_word", "月份", width=12),
    Column("state_word", "状态", lambda one: one.state_word, sort="state", width=14),
)


def _keepers(day: date) -> QuerySet[PartyOrganization]:
    """Branches that collect dues and recorded some for a month of the year."""
    own, january = {"organization_id": OuterRef("pk")}, day.replace(month=1, day=1)
    kept = DuesPayment.objects.filter(**own, month__gte=january, month__lte=day)
    shown = DuesPublication.objects.filter(**own, published_on__gte=january, published_on__lte=day)
    branches = collecting(day).filter(pk__in=OrganizationPeriod.objects.on(day).filter(kind=OrganizationKind.BRANCH).values("organization_id"))
    return branches.filter(Exists(kept)).annotate(published=Exists(shown))


KEEPERS = Population("dues_keepers", "登记党费的党支部", "个", _keepers, "unit_id", ("published",))
