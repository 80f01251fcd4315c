"""What one may ask about activities."""

from __future__ import annotations

from shanghui.access.scope import Scope
from shanghui.ledger.activities.models import Activity, ActivityQuerySet


def activities(scope: Scope) -> ActivityQuerySet:
    """Activities of which a host is within the scope, the newest first."""
    return Activity.objects.within(scope).prefetch_related("hosts__unit").order_by("-held_on", "-pk")
