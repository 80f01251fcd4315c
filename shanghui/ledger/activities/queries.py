"""What one may ask about activities."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef

from shanghui.access.scope import Scope
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityQuerySet, ActivityType, Occasion

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


def _in_order(rows: ActivityQuerySet) -> ActivityQuerySet:
    recorded = Exists(Occasion.objects.filter(activity_id=OuterRef("pk")))
    return rows.annotate(recorded=recorded).prefetch_related("hosts__unit").order_by("-held_on", "-pk")
