"""What changed in the last days, from the journal of one's part of the tree; numbers of people are never shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from shanghui.access.acts import Act
from shanghui.access.models import AuditEntry, Link, Unit
from shanghui.exchange.models import ImportRun, RunState
from shanghui.ledger.people.privacy import Sight
from shanghui.ledger.people.queries import LOOK
from shanghui.web.audit.seen import entries_for
from shanghui.web.kit.history import in_words
from shanghui.web.kit.links import address_of, address_of_subject
from shanghui.web.kit.visits import Visit

DAYS, SHOWN = 7, 8
_TREE = {Unit._meta.db_table, Link._meta.db_table}
_QUIET = Q(verb__startswith=LOOK) | Q(verb="导出") | Q(verb__contains="密码")


@dataclass(frozen=True)
class Changed:
    """One line: when, what it was about, what was done, in words."""

    at: datetime
    subject: str
    verb: str
    words: str
    url: str


def changed_lately(visit: Visit) -> list[Changed]:
    """The newest first, imports as one line each. At most four queries, however much was imported."""
    since = visit.now - timedelta(days=DAYS)
    entries = entries_for(visit).filter(at__gte=since, run="").exclude(_QUIET).defer("changes")
    found = list(entries[:SHOWN])
    sight = visit.sight(Act.AUDIT_VIEW)
    written = dict(AuditEntry.objects.filter(pk__in=[entry.pk for entry in found]).values_list("pk", "changes"))
    lines = [_line(entry, written[entry.pk], sight) for entry in found] + _imports(visit, since)
    return sorted(lines, key=lambda line: line.at, reverse=True)[:SHOWN]


def _line(entry: AuditEntry, changes: list[list[Any]], sight: Sight) -> Changed:
    """What was registered says itself what it is: only facts and revisions are told further."""
    entry.changes = [one for one in changes if one[0] not in _TREE and not (one[0] == entry.subject_table and one[2] is None)]
    said = [line for line in in_words(entry, sight=sight) if "加密" not in line and "电话" not in line][:2]
    return Changed(entry.at, entry.subject_title, entry.verb, "；".join(said)[:80], address_of_subject(entry))


def _imports(visit: Visit, since: datetime) -> list[Changed]:
    runs = ImportRun.objects.within(visit.scope_today(Act.AUDIT_VIEW)).filter(applied_at__gte=since, state=RunState.APPLIED)
    lines = []
    for run in runs.prefetch_related("files").order_by("-applied_at")[:SHOWN]:
        kinds = run.counts.get("kinds", {}) if isinstance(run.counts, dict) else {}
        new, revised = (sum(int(one.get(key, 0)) for one in kinds.values()) for key in ("new", "changed"))
        names = "、".join(file.name for file in run.files.all())
        assert run.applied_at is not None
        url = address_of(run) if visit.may(Act.IMPORT) else ""
        lines.append(Changed(run.applied_at, names, "导入", f"新增 {new} 条，更新 {revised} 条", url))
    return lines
