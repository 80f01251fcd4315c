"""Study hours 学时: what each has from the activities at which he was present (M35; regulations LIFE-09, LIFE-10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from shanghui.ledger.activities.models import Attendance, Presence


@dataclass(frozen=True)
class Studied:
    """One activity from which somebody has hours."""

    title: str
    held_on: date
    hours: Decimal


def hours_of(people: Iterable[int], first: date, last: date) -> dict[int, Decimal]:
    """{person: hours} from `first` to `last`, both inclusive; whoever has none is left out. One query."""
    rows = _counting(first, last).filter(person_id__in=list(people)).order_by().values_list("person_id")
    return {person: hours for person, hours in rows.annotate(hours=Sum("activity__hours")) if hours}


def studied(person: int, first: date, last: date) -> list[Studied]:
    """The activities behind one's hours, the newest first. One query."""
    rows = _counting(first, last).filter(person_id=person).order_by("-activity__held_on", "-activity_id")
    found = rows.values_list("activity__title", "activity__held_on", "activity__hours")
    return [Studied(title, held_on, hours) for title, held_on, hours in found if hours is not None]


def _counting(first: date, last: date) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        state=Presence.PRESENT, activity__planned=False, activity__held_on__range=(first, last), activity__hours__gt=0
    )
