"""How many months in a row somebody has not paid: told to himself and to whoever collects in his branch, and to nobody else (DUES-13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shanghui.kernel.periods import months_later
from shanghui.ledger.dues.models import DuesBase, DuesPayment
from shanghui.ledger.dues.months import apart, month_of, months_from, said
from shanghui.ledger.people.models import MEMBERS, MembershipRecord

LOOKED_BACK = 24
"""Months."""


@dataclass(frozen=True)
class Arrears:
    """The months not paid in a row up to the last month that is over, the earliest first."""

    person: int
    months: tuple[date, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.months)

    @property
    def words(self) -> str:
        """«2022年4月至6月»."""
        first, last = self.months[0], self.months[-1]
        if first == last:
            return said(first)
        return f"{said(first)}至{last.month}月" if first.year == last.year else f"{said(first)}至{said(last)}"


def arrears(people: Iterable[int], today: date) -> dict[int, Arrears]:
    """By person what he has not paid; whoever has paid is not there. A month counts when it is over, was asked by a base, and he
    was a member on its last day. Three questions."""
    keys, last = list(people), months_later(month_of(today), -1)
    first = months_later(last, 1 - LOOKED_BACK)
    bases, members, settled = _bases(keys), _members(keys), _settled(keys, first)
    found: dict[int, Arrears] = {}
    for person in keys:
        open_months: list[date] = []
        for month in reversed(months_from(first, last)):
            if (person, month) in settled or not _asked(bases[person], month) or not _held(members[person], months_later(month, 1)):
                break
            open_months.append(month)
        if open_months:
            found[person] = Arrears(person, tuple(reversed(open_months)))
    return found


_Span = tuple[date, date | None]


def _asked(bases: list[tuple[_Span, bool]], month: date) -> bool:
    return any(asks and since <= month and (until is None or month < until) for (since, until), asks in bases)


def _held(spans: list[_Span], following: date) -> bool:
    """Whether one of them holds on the day before."""
    return any(since < following and (until is None or until >= following) for since, until in spans)


def _bases(people: list[int]) -> dict[int, list[tuple[_Span, bool]]]:
    found: dict[int, list[tuple[_Span, bool]]] = defaultdict(list)
    rows = DuesBase.objects.filter(person__in=people).values_list("person_id", "valid_from", "valid_to", "monthly", "reduced")
    for person, since, until, monthly, reduced in rows:
        found[person].append(((since, until), bool(monthly if reduced is None else reduced)))
    return found


def _members(people: list[int]) -> dict[int, list[_Span]]:
    found: dict[int, list[_Span]] = defaultdict(list)
    rows = MembershipRecord.objects.filter(person__in=people, category__in=MEMBERS).values_list("person_id", "valid_from", "valid_to")
    for person, since, until in rows:
        found[person].append((since, until))
    return found


def _settled(people: list[int], first: date) -> set[tuple[int, date]]:
    """The months that were paid, or for which nothing is asked."""
    rows = DuesPayment.objects.filter(person__in=people, month__gte=first).only("person_id", "month", "due", "adjusted", "paid")
    return {(one.person_id, one.month) for one in rows if one.paid is not None or not one.asked}


def late(month: date, today: date) -> int:
    """How many months after its own a month is paid today; negative before it."""
    return apart(month, month_of(today))
