"""Which months what was held in: read from the occasions of complete activities, one row for each unit and kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Aggregate, BigIntegerField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable, CombinedExpression
from django.db.models.functions import Cast

from shanghui.ledger.activities.models import Activity, ActivityType, Attendance, Occasion, Presence
from shanghui.ledger.organizations.models import OrganizationKind
from shanghui.ledger.people.models import Appointment, Post
from shanghui.ledger.people.queries import members_at_home
from shanghui.rules.reading import Known, Masks, Reading, as_text, fetched

Held = dict[str, Masks]
"""By type, by unit: the months."""
AT_A_TIME = 60
"""Months that fit into one whole number of every database."""


class _Folded(Aggregate):
    """The masks of the rows as one. Where the database has no bit_or, distinct bits are summed."""

    template = "SUM(DISTINCT %(expressions)s)"
    output_field = BigIntegerField()

    def get_db_converters(self, connection: Any) -> list[Any]:
        """A whole number stays what it is: a quarter of a million of them are not looked at one by one."""
        return []

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As PostgreSQL says it."""
        return super().as_sql(compiler, connection, template="BIT_OR(%(expressions)s)", **context)


def held(reading: Reading, types: Collection[ActivityType]) -> Held:
    """What each unit within the scope held in which months of the window, up to and including the day. One question for
    five years."""
    found: Held = {one.value: {} for one in types}
    for start in range(0, reading.window.length, AT_A_TIME):
        for type, unit, months in fetched(_months(reading, types, start)):
            of_type = found[type]
            of_type[unit] = of_type.get(unit, 0) | months << start
    return found


def _months(reading: Reading, types: Collection[ActivityType], start: int) -> QuerySet[Occasion, Any]:
    first = reading.window.base + start
    last = min(first + AT_A_TIME, reading.window.base + reading.window.length)
    bit = CombinedExpression(Cast(Value(1), BigIntegerField()), Combinable.BITLEFTSHIFT, F("month") - first, BigIntegerField())
    rows = Occasion.objects.filter(
        reading.within("unit_id"), month__gte=first, month__lt=last, held_on__lte=reading.day, type__in=[one.value for one in types]
    )
    return rows.order_by().values_list("type", "unit_id").annotate(months=_Folded(bit))


def lectures_of_secretaries(reading: Reading) -> Masks:
    """By party committee the months in which its secretary gave a party class, wherever it was held."""
    counted = Occasion.objects.filter(activity_id=OuterRef("pk"), type=ActivityType.PARTY_CLASS)
    given = Activity.objects.filter(
        Exists(counted), held_on__lte=reading.day, held_on__gte=reading.window.first_day(0),
        lecturer_id__in=_secretaries(reading).filter(unit__organization__periods__kind=OrganizationKind.COMMITTEE),
    )
    return _while_secretary(reading, given.order_by().values_list("lecturer_id", as_text("held_on")))


def secretaries_trained(reading: Reading) -> Masks:
    """By organization the months in which its secretary was present at a training."""
    came = Attendance.objects.filter(
        state=Presence.PRESENT, activity__held_on__lte=reading.day, activity__held_on__gte=reading.window.first_day(0)
    )
    if reading.everywhere:  # from the trainings
        came = came.filter(activity__occasions__type=ActivityType.TRAINING)
    else:  # from the secretaries
        training = Occasion.objects.filter(activity_id=OuterRef("activity_id"), type=ActivityType.TRAINING)
        came = came.filter(Exists(training), person_id__in=_secretaries(reading))
    return _while_secretary(reading, came.order_by().values_list("person_id", as_text("activity__held_on")))


def _secretaries(reading: Reading) -> QuerySet[Appointment, int]:
    """Everybody who was ever a secretary within the scope."""
    return Appointment.objects.filter(reading.within("unit_id"), post=Post.SECRETARY).order_by().values_list("person_id", flat=True)


def _while_secretary(reading: Reading, done: QuerySet[Any, Any]) -> Masks:
    """By organization the months in which somebody did it while he was its secretary."""
    days: dict[int, set[str]] = defaultdict(set)
    for person, when in fetched(done):
        days[person].add(when)
    found: Masks = {}
    if not days:
        return found
    bits: dict[str, int] = Known(lambda when: 1 << reading.window.place(date.fromisoformat(when)))
    for unit, person, since, until in reading.secretaries:
        for when in days.get(person, ()):
            if since <= when and (until is None or when < until):
                found[unit] = found.get(unit, 0) | bits[when]
    return found


def everybody_talked_with(reading: Reading) -> Masks:
    """By branch the Januaries of the years in which every member had a talk: whoever was at home there when the year ended, or is on
    the day, so that who comes later moves no verdict of a year that is over. Two questions."""
    window = reading.window
    january: dict[int, int] = Known(lambda month: 1 << (month - window.base) // 12 * 12)
    talks = Occasion.objects.filter(reading.within("unit_id"), type=ActivityType.TALK, held_on__lte=reading.day, month__gte=window.base)
    talked: dict[int, Masks] = defaultdict(dict)
    there = talks.filter(activity__attendances__state=Presence.PRESENT).order_by()
    for unit, person, month in fetched(there.values_list("unit_id", "activity__attendances__person_id", "month")):
        people = talked[unit]
        people[person] = people.get(person, 0) | january[month]
    if not talked:
        return {}
    years = range(window.first_year, min(window.last_year, reading.day.year) + 1)
    homes = [
        members_at_home(min(date(year, 12, 31), reading.day)).filter(organization_id__in=talks.values("unit_id")).order_by()
        .values_list("organization_id", "person_id", Value(year)) for year in years
    ]
    theirs: Masks = defaultdict(int)
    missed: Masks = defaultdict(int)
    for unit, person, year in fetched(homes[0].union(*homes[1:], all=True)):
        bit = january[year * 12]
        theirs[unit] |= bit
        if unit in talked and not talked[unit].get(person, 0) & bit:
            missed[unit] |= bit
    return {unit: months for unit in talked if (months := theirs[unit] & ~missed[unit])}
