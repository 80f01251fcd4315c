"""Writing down the grades of a review, those of several people in one act (M18, LIFE-07)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType, Attendance, Grade, Presence, ReviewGrade
from shanghui.ledger.activities.operations.papers import host_of


def is_review(activity: Activity) -> bool:
    """Whether it is a review, or counts as one together with something else."""
    return activity.type == ActivityType.REVIEW or activity.aspects.filter(type=ActivityType.REVIEW).exists()


@transaction.atomic
def set_grades(*, activity: Activity, grades: Mapping[int, str], by: User | None, at: datetime) -> int:
    """By person the grade, "" for none; people not named keep theirs. Returns how many changed. Raises Refused: not a review that was
    held, somebody not on the roster, a grade that is none, somebody graded at another review of the year."""
    if not is_review(activity) or activity.planned:
        raise Refused("只有已经开了的民主评议才登记评定意见。请先把活动登记为民主评议党员。")
    if set(grades.values()) - {*Grade.values, ""}:
        raise Refused("评定意见只有优秀、合格、基本合格、不合格。请重新选。")
    rows = Attendance.objects.filter(activity=activity, person__in=grades, unit__isnull=False).exclude(state=Presence.OBSERVER)
    units = {row.person_id: row.unit_id for row in rows if row.unit_id is not None}
    if set(grades) - set(units):
        raise Refused("选的人里有人不在这次活动的名册上。请刷新页面重新选。")
    _refuse_twice(activity, [person for person, grade in grades.items() if grade])
    held = {row.person_id: row for row in ReviewGrade.objects.select_for_update().filter(activity=activity, person__in=grades)}
    journal, changed = Journal(by=by, at=at, verb="登记民主评议结果"), 0
    for person, grade in grades.items():
        row = held.get(person)
        if row is None and grade:
            journal.create(ReviewGrade(activity=activity, person_id=person, unit_id=units[person], grade=grade))
        elif row is not None and not grade:
            journal.delete(row)
        elif row is None or not journal.change(row, grade=grade):
            continue
        changed += 1
    journal.close(activity, host_of(activity))
    return changed


def _refuse_twice(activity: Activity, people: list[int]) -> None:
    year = activity.held_on.year
    other = ReviewGrade.objects.filter(person__in=people, activity__held_on__year=year).exclude(activity=activity).select_related("person", "activity")
    found = other.order_by("pk").first()
    if found is not None:
        raise Refused(f"{found.person.name}{year}年已经在“{found.activity.title}”（{found.activity.held_on}）评定过，一年只评定一次。")
