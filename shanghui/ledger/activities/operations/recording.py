"""Recording, changing and removing an activity, each with its audit entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, UnitKind, User
from shanghui.kernel.facts import Precision, holds_on
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType, Attendance
from shanghui.ledger.activities.operations.parts import (
    NOTHING,
    Parts,
    numbers,
    write_hosts,
    write_occasions,
    write_parts,
)
from shanghui.ledger.organizations.models import OrganizationPeriod
from shanghui.ledger.people.models import MemberStanding, StandingKind


def record_activity(
    *, type: ActivityType, held_on: date, title: str, hosts: Sequence[Unit], by: User | None, at: datetime,
    key: str = "", parts: Parts = NOTHING, **values: Any,
) -> Activity:
    """One activity with its hosts and parts; one sent with a `key` that is known already is answered with what stands there.

    A day in the future makes it a plan. Raises Refused for what cannot be: held in the future, no host, a host that did not
    exist that day, more present than expected, the same entered twice.
    """
    sent = Activity.objects.filter(key=key).first() if key else None
    if sent is not None:
        return sent
    try:
        return _record(type=type, held_on=held_on, title=title, hosts=hosts, by=by, at=at, key=key, parts=parts, **values)
    except IntegrityError:
        sent = Activity.objects.filter(key=key).first() if key else None
        if sent is None:
            raise
        return sent


@transaction.atomic
def _record(*, hosts: Sequence[Unit], by: User | None, at: datetime, parts: Parts, **values: Any) -> Activity:
    values |= numbers(parts.roster) if parts.roster else {}
    made = Activity(**values)
    made.planned = _is_future(made, at)
    refuse_impossible(made, hosts, at, parts)
    journal = Journal(by=by, at=at, verb="计划活动" if made.planned else "登记活动")
    journal.create(made)
    write_hosts(journal, made, hosts)
    write_parts(journal, made, parts)
    write_occasions(journal, made)
    journal.close(made, hosts[0])
    return made


@transaction.atomic
def change_activity(
    *, activity: Activity, hosts: Sequence[Unit], by: User | None, at: datetime, parts: Parts = NOTHING, **values: Any
) -> bool:
    """Changes an activity, its hosts and the parts that are given; says whether anything changed. Raises Refused as
    `record_activity` does."""
    values |= numbers(parts.roster) if parts.roster else {}
    stands = {field.attname: getattr(activity, field.attname) for field in Activity._meta.concrete_fields}
    asked = Activity(**(stands | values))
    values["planned"] = asked.planned = _is_future(asked, at) or (activity.planned and not _has_record(asked))
    refuse_impossible(asked, hosts, at, parts)
    journal = Journal(by=by, at=at, verb="修改活动")
    changed = journal.change(activity, **values)
    changed |= write_hosts(journal, activity, hosts)
    changed |= write_parts(journal, activity, parts)
    write_occasions(journal, activity)
    journal.close(activity, hosts[0])
    return changed


@transaction.atomic
def remove_activity(*, activity: Activity, reason: str, by: User | None, at: datetime) -> None:
    """Removes an activity that was entered by mistake; the audit keeps it and it can be undone. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("请写明删除原因。")
    journal = Journal(by=by, at=at, verb="删除活动", reason=reason)
    host = activity.hosts.select_related("unit").order_by("pk").first()
    title, pk = str(activity), activity.pk
    for beside in activity.held_beside.all():
        journal.change(beside, held_with_id=None)
    for model, column in _hanging():
        for row in model._default_manager.filter(**{column: activity}):
            journal.delete(row)
    journal.delete(activity)
    activity.pk = pk
    journal.close(activity, host.unit if host else None, title)


def _hanging() -> list[tuple[type[models.Model], str]]:
    """What goes with an activity, in whichever room it is kept, with the column that points to it."""
    relations = [one for one in Activity._meta.related_objects if one.on_delete is models.CASCADE]
    return [(one.related_model, one.field.name) for one in relations]


def _today(at: datetime) -> date:
    return localtime(at).date()


def _is_future(activity: Activity, at: datetime) -> bool:
    return activity.held_on > _today(at)


def _has_record(activity: Activity) -> bool:
    return bool(activity.minutes.strip()) or activity.present is not None


def refuse_impossible(asked: Activity, hosts: Sequence[Unit], at: datetime, parts: Parts) -> None:
    """Raises Refused for an activity that cannot be as it is asked for, with these hosts; see `record_activity`."""
    if asked.planned and asked.held_on > _today(at) and _has_record(asked):
        raise Refused("活动日期在今天之后，还不能写记录和到会情况。只计划的，先不填这两项；已经开了的，请核对日期。")
    if not hosts:
        raise Refused("请至少选一个主办单位。")
    if asked.expected is not None and asked.present is not None and asked.present > asked.expected:
        raise Refused(f"实到 {asked.present} 人，比应到 {asked.expected} 人还多。请核对人数；列席的不算在应到和实到里。")
    refuse_unfounded(asked.held_on, hosts)
    _refuse_dead(asked.held_on, parts)
    if asked.type == ActivityType.TALK:
        _refuse_content(asked, parts)
    if _twins(asked, hosts, parts).exclude(pk=asked.pk).exists():
        raise Refused(
            f"{asked.held_on}已登记过“{asked.title}”。同一次活动只登记一次，几个单位合办的，在原来那一条上加主办单位。"
        )


def _refuse_dead(day: date, parts: Parts) -> None:
    died = MemberStanding.objects.filter(
        kind=StandingKind.DIED, valid_from__lt=day, person__in=[one.person for one in parts.roster or ()]
    ).select_related("person").first()
    if died is not None:
        raise Refused(f"{died.person.name}已于{died.valid_from}去世，不会参加{day}的活动。请核对名单和日期。")


def _refuse_content(asked: Activity, parts: Parts) -> None:
    """Of a talk nothing is kept but who, with whom and when (domain.md §1)."""
    if parts.agenda or asked.minutes.strip() or asked.remark.strip():
        raise Refused("谈心谈话只记谁、和谁、什么时候，不记谈了什么。请去掉议题、记录和备注。")


def _twins(asked: Activity, hosts: Sequence[Unit], parts: Parts) -> models.QuerySet[Activity]:
    """The same activity entered already. Talks of one day are told apart by who took part."""
    found = Activity.objects.filter(type=asked.type, held_on=asked.held_on, title=asked.title, hosts__unit__in=hosts)
    if asked.type == ActivityType.TALK:
        people = {one.person for one in parts.roster or ()} or set(
            Attendance.objects.filter(activity_id=asked.pk).values_list("person_id", flat=True)
        )
        for person in people:
            found = found.filter(attendances__person=person)
    return found


def refuse_unfounded(day: date, hosts: Sequence[Unit]) -> None:
    """A party organization that was not there that day held nothing; one whose beginning is not known may have."""
    asked = {unit.pk: unit.name for unit in hosts if unit.kind == UnitKind.ORGANIZATION}
    there = models.Q(holds_on(day)) | models.Q(from_precision=Precision.SEEN, valid_from__gt=day)
    known = set(OrganizationPeriod.objects.filter(there, organization_id__in=asked).values_list("organization_id", flat=True))
    missing = [name for pk, name in asked.items() if pk not in known]
    if missing:
        raise Refused(f"“{missing[0]}”在{day}还没有成立，或者已经撤销。请核对日期和主办单位。")
