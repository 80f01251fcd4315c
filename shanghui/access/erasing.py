"""The one way into the journal: names and numbers of people whose time is over go out of it, sealed values are sealed again with a
new key (access.resealing); what was done and by whom stays.

The database lets an entry be changed only while a row stands in `access_auditdoor`; it is put in and taken out in one transaction, so
that nobody else ever finds the door open, and the columns that say who, when, what and about what cannot be changed even then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from django.db import models, transaction
from django.db.models.functions import Cast

from shanghui.access.audit import Change
from shanghui.access.models import AuditDoor, AuditEntry

READ = 2000
Revised = tuple[str, str, list[Change]]
"""Title, reason and changes of an entry."""


@contextmanager
def open_door() -> Iterator[None]:
    """Within it entries of the journal can be revised."""
    with transaction.atomic():
        door = AuditDoor.objects.create()
        yield
        door.delete()


def revise(change: Callable[[AuditEntry], Revised | None], entries: models.QuerySet[AuditEntry] | None = None) -> int:
    """Asks for each of the entries (all, when none are named) what it becomes (None: as it is) and writes it, in one transaction;
    returns how many were changed."""
    done = 0
    asked = AuditEntry.objects.all() if entries is None else entries
    with open_door():
        rows = asked.order_by("pk").annotate(written=Cast("changes", models.TextField())).defer("changes").iterator(READ)
        while some := list(islice(rows, READ)):
            for entry in some:
                entry.changes = json.loads(entry.written)
                made = change(entry)
                if made is not None:
                    title, reason, changes = made
                    AuditEntry.objects.filter(pk=entry.pk).update(subject_title=title, reason=reason, changes=changes)
                    done += 1
    return done


def forget(table: str, names: Mapping[int, str], instead: str) -> set[str]:
    """Takes out of the journal what it holds of these rows of `table`: their columns, and their names wherever they stand.

    A name that others bear as well goes from entries about these rows alone. Returns the runs in which something was taken out.
    """
    runs: set[str] = set()

    def without(entry: AuditEntry) -> Revised | None:
        concerned = {pk for pk in names if _concerns(entry, table, pk)}
        if not concerned:
            return None
        runs.add(entry.run)
        kept = [change for change in entry.changes if not (change[0] == table and change[1] in concerned)]
        title, reason, text = entry.subject_title, entry.reason, json.dumps(kept, ensure_ascii=False)
        for pk in concerned:
            title, reason = title.replace(names[pk], instead), reason.replace(names[pk], instead)
            text = text.replace(json.dumps(names[pk], ensure_ascii=False)[1:-1], instead)
        return title[:120], reason[:300], json.loads(text)

    revise(without)
    return runs - {""}


def _concerns(entry: AuditEntry, table: str, pk: int) -> bool:
    if (entry.subject_table, entry.subject_id) == (table, pk):
        return True
    return any(
        change[:2] == [table, pk] or any((values or {}).get("person_id") == pk for values in change[2:]) for change in entry.changes
    )
