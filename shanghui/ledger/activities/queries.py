"""What one may ask about activities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shanghui.access.scope import Scope
from shanghui.ledger.activities.models import (
    Activity,
    ActivityHost,
    ActivityQuerySet,
    ActivityType,
    Attendance,
    Occasion,
    Visit,
    VisitQuerySet,
)
from shanghui.ledger.organizations.models import PartyOrganization

FEW_UNITS = 300
"""Up to so many units their activities are looked up unit by unit; above, days are walked until a page is full."""


class State(models.TextChoices):
    """How far an activity is."""

    PLANNED = "planned", "计划"
    OPEN = "open", "记录未齐"
    RECORDED = "recorded", "已记录"


def activities(scope: Scope) -> ActivityQuerySet:
    """Activities of which a host is within the scope, the newest first."""
    return _in_order(Activity.objects.within(scope))


def listed_activities(scope: Scope) -> ActivityQuerySet:
    """The same, in whichever way fills a page sooner."""
    units = scope.few_units(FEW_UNITS)
    if units is None:
        return activities(scope)
    return _in_order(Activity.objects.filter(pk__in=ActivityHost.objects.filter(unit_id__in=units).values("activity_id")))


def hosted_by(rows: ActivityQuerySet, unit_pk: int) -> ActivityQuerySet:
    """Those that this unit held, alone or with others."""
    return rows.filter(pk__in=ActivityHost.objects.filter(unit_id=unit_pk).values("activity_id"))


def in_state(rows: ActivityQuerySet, state: str, today: date) -> ActivityQuerySet:
    """Those that are planned for later; whose record is not complete; or that are recorded."""
    if state == State.PLANNED:
        return rows.filter(held_on__gt=today)
    complete = Exists(Occasion.objects.filter(activity_id=OuterRef("pk")))
    return rows.filter(complete) if state == State.RECORDED else rows.filter(~complete, held_on__lte=today)


def lacking(activity: Activity, has_agenda: bool) -> list[str]:
    """What is still missing before the activity counts as held, in words (see operations.parts.is_complete)."""
    found = [] if activity.present else ["到会情况"]
    if activity.type != ActivityType.TALK and not activity.minutes.strip() and not has_agenda:
        found.append("会议记录（或者议题）")
    return found


def held_same_days(scope: Scope, first: date, last: date, most: int = 100) -> list[Activity]:
    """What was held within the scope on these days, for linking what took place together."""
    return list(Activity.objects.within(scope).filter(held_on__range=(first, last)).order_by("-held_on", "-pk")[:most])


def without_records(scope: Scope, day: date) -> models.QuerySet[PartyOrganization, int]:
    """The keys of the party organizations within the scope of which nothing that was held by the day is on record."""
    held = ActivityHost.objects.filter(unit_id=OuterRef("pk"), activity__planned=False, activity__held_on__lte=day)
    return PartyOrganization.objects.within(scope.on(day)).filter(~Exists(held)).order_by().values_list("pk", flat=True)


def _in_order(rows: ActivityQuerySet) -> ActivityQuerySet:
    recorded = Exists(Occasion.objects.filter(activity_id=OuterRef("pk")))
    return rows.annotate(recorded=recorded).prefetch_related("hosts__unit").order_by("-held_on", "-pk")


def last_of(unit_pk: int) -> Activity | None:
    """What this unit held last: its hour and place are the likely ones again."""
    return hosted_by(Activity.objects.filter(planned=False), unit_pk).order_by("-held_on", "-pk").first()


def unfinished(unit_pk: int, first: date, last: date) -> ActivityQuerySet:
    """What this unit planned or began from `first` to `last` and that counts nowhere yet, the newest first."""
    counted = Occasion.objects.filter(activity_id=OuterRef("pk"))
    rows = hosted_by(Activity.objects.filter(held_on__range=(first, last)), unit_pk)
    return rows.filter(~Exists(counted)).order_by("-held_on", "-pk")


def held_in_month(unit_pk: int, day: date) -> list[tuple[str, int]]:
    """(kind, how often) of what the unit held in the month of `day` and that counts."""
    month = day.year * 12 + day.month - 1
    rows = Occasion.objects.filter(unit_id=unit_pk, month=month).order_by()
    found = dict(rows.values_list("type").annotate(Count("pk")))
    return [(type, found[type]) for type in ActivityType.values if type in found]


def visits(scope: Scope) -> VisitQuerySet:
    """Visits to chambers within the scope, the newest first."""
    return Visit.objects.within(scope).select_related("chamber__unit", "guide", "visitor").order_by("-visited_on", "-pk")


def visits_due(scope: Scope, day: date, before: date = date.max) -> VisitQuerySet:
    """The last visits up to `day` whose next day is named and comes before `before`, the earliest first."""
    later = Visit.objects.filter(chamber_id=OuterRef("chamber_id"), visited_on__lte=day).filter(
        Q(visited_on__gt=OuterRef("visited_on")) | Q(visited_on=OuterRef("visited_on"), pk__gt=OuterRef("pk"))
    )
    rows = visits(scope.on(day)).filter(visited_on__lte=day, next_on__lt=before)
    return rows.filter(~Exists(later)).order_by("next_on", "pk")


def last_visits(chambers: Iterable[int], day: date) -> dict[int, Visit]:
    """{chamber: its last visit up to `day`}. One query."""
    rows = Visit.objects.filter(chamber_id__in=list(chambers), visited_on__lte=day).order_by("visited_on", "pk")
    return {one.chamber_id: one for one in rows}


def attendances_of(person_pk: int, day: date) -> QuerySet[Attendance]:
    """What the rosters say of one person up to the day, the latest first."""
    rows = Attendance.objects.filter(person_id=person_pk, activity__held_on__lte=day, activity__planned=False)
    return rows.select_related("activity").order_by("-activity__held_on", "-activity_id")
