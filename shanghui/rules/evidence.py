"""Which months what was held in: read from the occasions of complete activities, one row for each unit and kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from shanghui.access.scope import Scope
from shanghui.kernel.facts import may_have_begun
from shanghui.ledger.activities.models import ActivityType, Attendance, Occasion, Presence
from shanghui.ledger.people.models import Appointment, Post
from shanghui.ledger.people.queries import members_at_home
from shanghui.rules.months import Window, possibly_since

Held = dict[str, dict[int, int]]
"""By type, by unit: the months."""


def held(scope: Scope, day: date, window: Window, types: Collection[ActivityType]) -> Held:
    """What each unit within the scope held in which months of the window, up to and including the day. One question."""
    found: Held = {one.value: {} for one in types}
    base = window.base
    for unit, type, month in _months(scope, day, window, types):
        of_type = found[type]
        of_type[unit] = of_type.get(unit, 0) | 1 << (month - base)
    return found


def _months(scope: Scope, day: date, window: Window, types: Collection[ActivityType]) -> QuerySet[Occasion, tuple[int, str, int]]:
    rows = Occasion.objects.filter(
        month__gte=window.base, month__lt=window.base + window.length, held_on__lte=day, type__in=[one.value for one in types]
    )
    if not scope.everything or scope.node is not None:
        rows = rows.filter(scope.on(day).condition("unit_id"))
    return rows.order_by().values_list("unit_id", "type", "month").distinct()


def lectures_of_secretaries(scope: Scope, day: date, window: Window) -> dict[int, int]:
    """By organization the months in which its secretary gave a party class, wherever it was held."""
    given = Occasion.objects.filter(
        type=ActivityType.PARTY_CLASS, held_on__lte=day, month__gte=window.base, activity__lecturer__isnull=False
    )
    return _while_secretary(scope, day, window, given.values_list("activity__lecturer_id", "held_on"))


def secretaries_trained(scope: Scope, day: date, window: Window) -> dict[int, int]:
    """By organization the months in which its secretary was present at a training."""
    came = Attendance.objects.filter(
        state=Presence.PRESENT, activity__occasions__type=ActivityType.TRAINING, activity__held_on__lte=day,
        activity__held_on__gte=window.first_day(0),
    )
    return _while_secretary(scope, day, window, came.values_list("person_id", "activity__held_on"))


def _while_secretary(
    scope: Scope, day: date, window: Window, done: QuerySet[Any, tuple[int, date]]
) -> dict[int, int]:
    """By organization the months in which somebody did it while he was its secretary. Two questions."""
    days: dict[int, set[date]] = defaultdict(set)
    for person, when in done.order_by():
        days[person].add(when)
    if not days:
        return {}
    posts = Appointment.objects.filter(may_have_begun(day), scope.on(day).condition("unit_id"), post=Post.SECRETARY)
    found: dict[int, int] = {}
    for unit, person, since, until, precision in posts.order_by().values_list(
        "unit_id", "person_id", "valid_from", "valid_to", "from_precision"
    ):
        first = possibly_since(since, precision)
        for when in days.get(person, ()):
            if first <= when and (until is None or when < until):
                found[unit] = found.get(unit, 0) | 1 << window.place(when)
    return found


def everybody_talked_with(scope: Scope, day: date, window: Window) -> dict[int, int]:
    """By branch the Januaries of the years in which every member at home there on the day had a talk. Two questions."""
    talked: dict[int, set[tuple[int, int]]] = defaultdict(set)
    talks = Attendance.objects.filter(
        scope.on(day).condition("activity__occasions__unit_id"), state=Presence.PRESENT,
        activity__occasions__type=ActivityType.TALK, activity__held_on__lte=day, activity__held_on__gte=window.first_day(0),
    )
    for unit, person, when in talks.order_by().values_list("activity__occasions__unit_id", "person_id", "activity__held_on"):
        talked[unit].add((person, when.year))
    if not talked:
        return {}
    members: dict[int, set[int]] = defaultdict(set)
    for unit, person in members_at_home(day).filter(organization_id__in=list(talked)).values_list("organization_id", "person_id"):
        members[unit].add(person)
    years = range(window.first_year, window.last_year + 1)
    return {
        unit: sum(1 << window.place(date(year, 1, 1)) for year in years if all((one, year) in talked[unit] for one in people))
        for unit, people in members.items()
    }
