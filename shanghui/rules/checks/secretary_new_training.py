"""新任书记培训 (COM-16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import full_day, months_later
from shanghui.ledger.activities.models import ActivityType, Attendance, Presence
from shanghui.ledger.people.models import Appointment, Post
from shanghui.rules.picture import Body, Office, Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

_UNDATED = "台账里没有登记书记从哪天起任职，无法判定是不是新任、有没有按时参加培训。请登记任职时间。"


@check(
    "secretary.new_training", "新任书记培训", norm="COM-16", concerns="任职不满1年的党支部书记，连任的除外；功能型、临时党支部除外",
    settled_by="参加培训并登记：培训的记录，到会人里有书记",
)
def new_secretary_trained(picture: Picture) -> Iterator[Stand]:
    """新任书记在半年内参加培训。任职满1年以后由每年的书记培训来提醒；不知道从哪天起任职的，无法判定。"""
    new = [(body, office) for body in picture.branches if (office := _newcomer(picture, body)) is not None]
    trained = _trainings(picture)
    for body, office in new:
        if not any(office.possibly_since <= day for day in trained.get(office.person, ())):
            yield _stand(body, office, picture.day)


def _newcomer(picture: Picture, body: Body) -> Office | None:
    """The secretary of the day who took the post less than a year ago and did not hold it before."""
    for office in picture.in_office(body.unit, Post.SECRETARY):
        earlier = [one for one in picture.offices(body.unit, Post.SECRETARY) if one.person == office.person and one.since < office.since]
        if not earlier and picture.day < months_later(office.since, 2 * limit("COM-16", "new_within_months")):
            return office
    return None


def _trainings(picture: Picture) -> dict[int, list[date]]:
    """By person the trainings that those who took the post within a year attended in the last two. One question."""
    months = 2 * limit("COM-16", "new_within_months")
    new = Appointment.objects.filter(
        unit_id__in=picture.rows.values("pk"), post=Post.SECRETARY, valid_from__lte=picture.day,
        valid_from__gt=months_later(picture.day, -months - 1),
    )
    came = Attendance.objects.filter(
        state=Presence.PRESENT, activity__occasions__type=ActivityType.TRAINING, activity__held_on__lte=picture.day,
        activity__held_on__gte=months_later(picture.day, -2 * months), person_id__in=new.values("person_id"),
    )
    found: dict[int, list[date]] = defaultdict(list)
    for person, day in came.order_by().values_list("person_id", "activity__held_on").distinct():
        found[person].append(day)
    return found


def _stand(body: Body, office: Office, day: date) -> Stand:
    if office.precision == Precision.SEEN:
        return Stand(body.unit, body.name, State.UNKNOWN, office.since, _UNDATED)
    months = limit("COM-16", "new_within_months")
    due = months_later(office.since, months)
    when = f"已过{full_day(due)}，请尽早参加" if day > due else f"请在{full_day(due)}前参加"
    message = f"还没有新任书记参加培训的记录，{when}；参加了的请登记。"
    return Stand(body.unit, body.name, State.DUE, office.since, message, due)
