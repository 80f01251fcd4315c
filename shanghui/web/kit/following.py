"""Findings after an act was taken back: whatever units its rows name are compared with the facts again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shanghui.access.models import AuditEntry, Unit
from shanghui.rules.findings import follow

_COLUMNS = ("unit_id", "organization_id")


def follow_undone(entry: AuditEntry, day: date) -> None:
    """To be called after undoing the entry. Units that went with it are no longer found."""
    follow(Unit.objects.filter(pk__in=set(_units(entry))), day)


def _units(entry: AuditEntry) -> Iterator[int]:
    if entry.unit_id is not None:
        yield entry.unit_id
    for _, _, before, after in entry.changes:
        for values in (before or {}, after or {}):
            yield from (values[name] for name in _COLUMNS if values.get(name) is not None)
