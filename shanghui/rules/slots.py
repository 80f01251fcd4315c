"""The slots of one organization: what it owes in a year, one duty of it, and the meetings that fill it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, Occasion, Presence
from shanghui.rules.months import Window
from shanghui.rules.verdicts import Slot, assess


def slots_of(unit: int, day: date, year: int, codes: Collection[str] | None = None) -> list[Slot]:
    """Everything the organization owes in the periods of a year, those still to come included, as at the day."""
    own = assess(Scope(roots=(unit,), day=day), day, Window(year, year), codes, planned=True)
    return [slot for slot in own.slots() if slot.unit == unit]


def slot_of(unit: Unit, code: str, first: date, day: date) -> Slot:
    """One duty in the period that begins with `first`. Raises Refused when it is not asked of the organization then."""
    for slot in slots_of(unit.pk, day, first.year, [code]):
        if slot.first == first:
            return slot
    raise Refused(f"“{unit.name}”这一期没有这项要求，不用办理。")


@dataclass(frozen=True)
class Meeting:
    """A meeting that fills a slot. `others`: how many more hosts held it; it stays one meeting, counted for each of them."""

    activity: Activity
    others: int
    away: int

    @property
    def attendance(self) -> str:
        """«到会 7/8，请假 1»."""
        present, expected = self.activity.present, self.activity.expected
        if present is None:
            return ""
        came = f"到会 {present}" if expected is None else f"到会 {present}/{expected}"
        return f"{came}，请假 {self.away}" if self.away else came

    @property
    def together(self) -> str:
        """«和 2 个支部合开», nothing for one that was held alone."""
        return f"和 {self.others} 个支部合开" if self.others else ""


def meetings(unit: int, slots: Sequence[Slot], day: date) -> dict[str, list[Meeting]]:
    """By the key of each slot the meetings that fill it, the earliest first. Two questions, however many slots."""
    kinds = {kind for slot in slots for kind in slot.duty.types}
    if not kinds:
        return {}
    within = (min(slot.first for slot in slots), min(day, max(slot.last for slot in slots)))
    found = list(_occasions(unit, kinds, within).values_list("type", "held_on", "activity_id"))
    known = _meetings({pk for _, _, pk in found})
    return {
        slot.pk: [known[pk] for kind, on, pk in found if kind in slot.duty.types and slot.first <= on <= slot.last] for slot in slots
    }


def _occasions(unit: int, kinds: Collection[str], within: tuple[date, date]) -> QuerySet[Occasion]:
    return Occasion.objects.filter(unit_id=unit, type__in=kinds, held_on__range=within).order_by("held_on", "activity_id")


def _meetings(pks: Collection[int]) -> dict[int, Meeting]:
    hosts = Count("hosts", distinct=True)
    away = Count("attendances", filter=Q(attendances__state=Presence.EXCUSED), distinct=True)
    rows: Iterable[Any] = Activity.objects.filter(pk__in=pks).annotate(host_count=hosts, away=away)
    return {row.pk: Meeting(row, row.host_count - 1, row.away) for row in rows}
