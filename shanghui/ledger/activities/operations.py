"""Recording, changing and removing an activity, each with its audit entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityType


@transaction.atomic
def record_activity(
    *, type: ActivityType, held_on: date, title: str, hosts: Sequence[Unit], by: User | None, at: datetime, **values: Any
) -> Activity:
    """One activity with its hosts. Raises Refused for a day in the future, no host, or the same entered twice."""
    _refuse_impossible(type, held_on, title, hosts, at)
    journal = Journal(by=by, at=at, verb="登记活动")
    activity = journal.create(Activity(type=type, held_on=held_on, title=title, **values))
    for unit in hosts:
        journal.create(ActivityHost(activity=activity, unit=unit))
    journal.close(activity, hosts[0])
    return activity


def _refuse_impossible(type: str, held_on: date, title: str, hosts: Sequence[Unit], at: datetime, but: int = 0) -> None:
    if held_on > localtime(at).date():
        raise Refused("活动日期在今天之后。还没有举行的活动，请等举行后再登记。")
    if not hosts:
        raise Refused("请至少选一个主办单位。")
    twins = Activity.objects.filter(type=type, held_on=held_on, title=title, hosts__unit__in=hosts).exclude(pk=but)
    if twins.exists():
        raise Refused(f"{held_on}已登记过“{title}”。同一次活动只登记一次，几个单位合办的，在原来那一条上加主办单位。")


@transaction.atomic
def change_activity(
    *, activity: Activity, hosts: Sequence[Unit], by: User | None, at: datetime, **values: Any
) -> bool:
    """Changes an activity and its hosts; says whether anything changed. Raises Refused as `record_activity` does."""
    new = {name: values.get(name, getattr(activity, name)) for name in ("type", "held_on", "title")}
    _refuse_impossible(hosts=hosts, at=at, but=activity.pk, **new)
    journal = Journal(by=by, at=at, verb="修改活动")
    changed = journal.change(activity, **values)
    wanted = {unit.pk for unit in hosts}
    present = {host.unit_id: host for host in activity.hosts.all()}
    for unit in hosts:
        if unit.pk not in present:
            journal.create(ActivityHost(activity=activity, unit=unit))
    for unit_id, host in present.items():
        if unit_id not in wanted:
            journal.delete(host)
    changed |= wanted != set(present)
    journal.close(activity, hosts[0])
    return changed


@transaction.atomic
def remove_activity(*, activity: Activity, reason: str, by: User | None, at: datetime) -> None:
    """Removes an activity that was entered by mistake; the audit keeps it and it can be undone. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("请写明删除原因。")
    journal = Journal(by=by, at=at, verb="删除活动", reason=reason)
    hosts = list(activity.hosts.select_related("unit"))
    title, pk = str(activity), activity.pk
    for host in hosts:
        journal.delete(host)
    journal.delete(activity)
    activity.pk = pk
    journal.close(activity, hosts[0].unit if hosts else None, title)
