"""What one may ask about promises."""

from __future__ import annotations

from shanghui.access.scope import Scope
from shanghui.ledger.programs.models import Promise, PromiseQuerySet


def promises(scope: Scope) -> PromiseQuerySet:
    """Promises made at organizations within the scope."""
    return Promise.objects.within(scope).select_related("organization__unit").order_by("organization__unit__name", "pk")
