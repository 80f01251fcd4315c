"""连续几个月没有参加组织生活 (REL-15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from shanghui.kernel.periods import full_day, months_later
from shanghui.ledger.activities.models import Attendance, Presence
from shanghui.ledger.people.models import MEMBERS, Affiliation, AffiliationKind, MembershipRecord, MemberStanding
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

_BACK = 24
"""Months looked back for where it began."""


@check(
    "member.absent", "连续没有参加组织生活", norm="REL-15", concerns="按名单记录到会情况的党组织",
    settled_by="了解情况：有正当理由的补记请假，外出、失联的登记状态；确实没有正当理由的，由党组织研究并登记决定",
)
def absent(picture: Picture) -> Iterator[Stand]:
    """没有正当理由连续6个月不参加组织生活的，按自行脱党处理，由支部大会决定、上级批准。连续2个月、3个月、5个月缺席的先提示了解情况，是系统提示口径；
    请假的不算，没有按名单记录的月份不算，系统不会自动处理。"""
    names = {body.unit: body.name for body in picture.bodies}
    grouped: dict[tuple[int, date], int] = defaultdict(int)
    for unit, began in _chains(picture):
        if unit in names:
            grouped[unit, began] += 1
    steps = [limit("REL-15-ALERTS", f"{name}_months") for name in ("first", "second", "third")]
    for (unit, began), count in sorted(grouped.items()):
        full, over = limit("REL-15", "months"), _months_between(began, picture.day)
        reached = max((step for step in (*steps, full) if step <= over), default=0)
        if reached:
            ends = months_later(began, full)
            todo = "请支部查明有没有正当理由，没有的由党组织研究" if reached == full else "请了解情况，有正当理由的补记请假"
            message = f"{count}名党员自{full_day(began)}起连续{over}个月没有参加组织生活，也没有请假，{todo}。"
            yield Stand(unit, names[unit], State.DUE, began, message, ends)


def _months_between(began: date, day: date) -> int:
    """Full months from the first of one to the first of another."""
    return (day.year - began.year) * 12 + day.month - began.month


def _chains(picture: Picture) -> Iterator[tuple[int, date]]:
    """(unit, first day of the first month) for everybody who was absent in every one of the last months: two questions."""
    first = picture.day.replace(day=1)
    earliest, latest = months_later(first, -_BACK), months_later(first, -1)
    came = Attendance.objects.filter(
        person_id=OuterRef("person_id"), activity__held_on__gte=latest, activity__held_on__lte=picture.day
    ).exclude(state=Presence.ABSENT)
    missed = _rows(picture, latest, first).filter(~Exists(came), state=Presence.ABSENT).values("person_id")
    months: dict[tuple[int, int], dict[date, bool]] = defaultdict(dict)
    rows = _rows(picture, earliest, first).filter(person__in=missed).values_list("unit_id", "person_id", "activity__held_on", "state")
    for unit, person, day, state in rows:
        month = day.replace(day=1)
        months[unit, person][month] = months[unit, person].get(month, True) and state == Presence.ABSENT
    for (unit, _), known in months.items():
        began = first
        while known.get(months_later(began, -1)):
            began = months_later(began, -1)
        if began < first:
            yield unit, began


def _rows(picture: Picture, since: date, until: date) -> QuerySet[Attendance]:
    """Whether members at home there came to what was held from `since` to before `until`; who is away, lost or suspended apart."""
    member = MembershipRecord.objects.on(picture.day).filter(person_id=OuterRef("person_id"), category__in=MEMBERS)
    home = Affiliation.objects.on(picture.day).filter(
        person_id=OuterRef("person_id"), organization_id=OuterRef("unit_id"), kind=AffiliationKind.HOME
    )
    elsewhere = MemberStanding.objects.on(picture.day).filter(person_id=OuterRef("person_id"))
    return Attendance.objects.filter(
        Exists(member), Exists(home), ~Exists(elsewhere), unit_id__in=picture.rows.values("pk"), activity__planned=False,
        activity__held_on__gte=since, activity__held_on__lt=until,
    ).exclude(state=Presence.OBSERVER)
