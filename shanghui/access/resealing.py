"""Values that stand sealed in the journal, sealed again with the active key; their digests are renewed with them.

Goes through the entries in their order, some at a time, each time in a transaction of its own. How far it came stands in a file beside
the keys, so that an interrupted run goes on there; without the file everything is read again, and nothing is done twice.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast

from shanghui.access.erasing import READ, Revised, revise
from shanghui.access.models import AuditEntry
from shanghui.kernel.bulk import columns_of
from shanghui.kernel.sealing import SealedField, digest, keyring, seal, unseal


def sealing_entries() -> QuerySet[AuditEntry]:
    """Entries in which a value stands sealed, whichever key sealed it."""
    return AuditEntry.objects.annotate(_text=Cast("changes", models.TextField())).filter(_text__contains='"sealed"').order_by("pk")


def waiting_entries() -> int:
    """In how many entries a value stands that another key than the active one sealed. Reads them all."""
    return sum(_renewed(entry) is not None for entry in sealing_entries().iterator(READ))


def reseal_journal(*, again: bool = False, batch: int = READ) -> Iterator[tuple[int, int]]:
    """Seals again; tells after each batch up to which entry, and how many of the batch were written. `again`: from the first entry."""
    after = 0 if again else _bookmark()
    while keys := list(sealing_entries().filter(pk__gt=after).values_list("pk", flat=True)[:batch]):
        after = keys[-1]
        done = revise(_renewed, sealing_entries().filter(pk__range=(keys[0], after)))
        _note(after)
        yield after, done


def _renewed(entry: AuditEntry) -> Revised | None:
    changes = [[table, pk, *(_values(table, values) for values in sides)] for table, pk, *sides in entry.changes]
    return (entry.subject_title, entry.reason, changes) if changes != entry.changes else None


def _values(table: str, values: dict[str, Any] | None) -> dict[str, Any] | None:
    """The columns of one side of a change. A digest beside a value that the entry itself leaves out says nothing and goes."""
    if not values:
        return values
    active, renewed = keyring().active, dict(values)
    for name, field in _sealed(table).items():
        if not isinstance(values.get(name), dict):
            continue
        stored = base64.b64decode(values[name].get("sealed", ""))
        if stored and stored[0] == active:
            continue
        text = unseal(stored, field.context()) if stored else ""
        if stored:
            renewed[name] = {"sealed": base64.b64encode(seal(text, field.context())).decode()}
        if field.found_by in values:
            renewed[field.found_by] = {"bytes": base64.b64encode(digest(text)).decode()}
    return renewed


@lru_cache(maxsize=256)
def _sealed(table: str) -> dict[str, SealedField]:
    model = next((model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table), None)
    fields = columns_of(model) if model is not None else {}
    return {name: field for name, field in fields.items() if isinstance(field, SealedField)}


def _file() -> Path:
    path = Path(settings.SEALING_KEYS)
    return path.with_name(f"{path.name}.journal")


def _bookmark() -> int:
    """The last entry that is done with the active key; 0 for none."""
    try:
        kept = json.loads(_file().read_text())
        return int(kept["entry"]) if kept["key"] == keyring().active else 0
    except (OSError, ValueError, KeyError):
        return 0


def _note(entry: int) -> None:
    path = _file()
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps({"key": keyring().active, "entry": entry}))
    fresh.replace(path)
