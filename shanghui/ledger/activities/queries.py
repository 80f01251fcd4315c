"""What one may ask about activities."""

from __future__ import annotations

from shanghui.access.scope import Scope
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityQuerySet

FEW_UNITS = 300
"""Up to so many units their activities are looked up unit by unit; above, days are walked until a page is full."""


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


def _in_order(rows: ActivityQuerySet) -> ActivityQuerySet:
    return rows.prefetch_related("hosts__unit").order_by("-held_on", "-pk")
