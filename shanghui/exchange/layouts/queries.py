"""What one may ask about returns: those kept, and their files."""

from __future__ import annotations

from django.core.files.storage import default_storage

from shanghui.access.scope import Scope
from shanghui.exchange.layouts.models import Return, ReturnQuerySet


def returns(scope: Scope) -> ReturnQuerySet:
    """Returns of units within the scope, the latest first."""
    return Return.objects.within(scope).select_related("unit", "made_by").order_by("-made_at", "-pk")


def file_of(row: Return) -> bytes:
    """The workbook as it was produced."""
    with default_storage.open(row.stored) as file:
        return bytes(file.read())
