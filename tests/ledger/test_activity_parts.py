"""What hangs on an activity: roster, agenda, papers, where it counts; removed and brought back with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage

from shanghui.access.models import AuditEntry
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.kernel.attachments import Unfit
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType, Attachment, Matter, Occasion, Presence
from shanghui.ledger.activities.operations import (
    Agenda,
    Parts,
    Roll,
    change_activity,
    keep_paper,
    record_activity,
    remove_activity,
    remove_paper,
)
from shanghui.ledger.activities.queries import State, activities, in_state, lacking
from shanghui.ledger.activities.rosters import expected
from tests.worked_city import AT, BRANCH, TODAY, named

pytestmark = pytest.mark.django_db
THREE = (BRANCH, "云泽市餐饮业商会党支部", "云泽市再生资源行业商会党支部")
JUNE = date(2022, 6, 30)


def rolls(*names: str, type: str = "theme_day", day: date = JUNE) -> list[Roll]:
    listed = expected(type, [named(name).pk for name in names], day)
    return [Roll(one.person, Presence.PRESENT, one.unit, one.votes) for one in listed]


def theme_day(**changes: Any) -> Activity:
    values: dict[str, Any] = {
        "type": ActivityType.THEME_DAY, "held_on": JUNE, "title": "明厨亮灶", "hosts": [named(name) for name in THREE],
        "minutes": "到门店走访。", "hours": 1, "parts": Parts(roster=rolls(*THREE)), **changes,
    }
    return record_activity(by=None, at=AT, **values)


def test_a_joint_theme_day_is_one_activity_three_occasions_and_each_members_hours_once() -> None:
    held = theme_day()

    assert Activity.objects.filter(title="明厨亮灶").count() == 1
    assert sorted(one.unit.name for one in held.occasions.all()) == sorted(THREE)
    people = list(held.attendances.values_list("person_id", flat=True))
    assert len(people) == len(set(people)) == held.present


def test_a_class_inside_counts_as_both_for_each() -> None:
    held = theme_day(parts=Parts(roster=rolls(*THREE), aspects=[ActivityType.PARTY_CLASS, ActivityType.THEME_DAY]))

    assert held.occasions.count() == 6


@pytest.mark.parametrize(("changes", "missing"), [
    ({}, []), ({"minutes": ""}, ["会议记录（或者议题）"]), ({"parts": Parts()}, ["到会情况"]),
    ({"minutes": "", "parts": Parts()}, ["到会情况", "会议记录（或者议题）"]),
])
def test_it_counts_when_nothing_is_lacking(changes: dict[str, Any], missing: list[str]) -> None:
    held = theme_day(**changes)

    assert lacking(held, False) == missing
    assert held.occasions.exists() == (not missing)


def test_states_are_told_apart() -> None:
    done, open_one = theme_day(), theme_day(title="另一次", minutes="")
    planned = theme_day(title="下月", held_on=date(2022, 7, 9), minutes="", hours=None, parts=Parts())

    found = {state: set(in_state(activities(whole(TODAY)), state, TODAY)) for state in State}
    assert done in found[State.RECORDED]
    assert open_one in found[State.OPEN]
    assert found[State.PLANNED] == {planned}
    assert not found[State.RECORDED] & found[State.OPEN]


def test_more_present_than_expected_is_refused() -> None:
    with pytest.raises(Refused, match="比应到 17 人还多"):
        theme_day(parts=Parts(), expected=17, present=18)
    assert theme_day(parts=Parts(), expected=17, present=17).present == 17


def test_a_future_day_with_attendance_or_minutes_is_refused() -> None:
    tomorrow = date(2022, 7, 9)

    with pytest.raises(Refused, match="今天之后"):
        theme_day(held_on=tomorrow, minutes="")
    with pytest.raises(Refused, match="今天之后"):
        theme_day(held_on=tomorrow, parts=Parts())


def test_a_host_that_was_not_founded_that_day_is_refused() -> None:
    with pytest.raises(Refused, match="还没有成立"):
        theme_day(held_on=date(1950, 1, 1))


def test_the_same_key_twice_stands_once() -> None:
    first, again = theme_day(key="a" * 32), theme_day(key="a" * 32, title="别的名字")

    assert first == again
    assert Activity.objects.filter(key="a" * 32).count() == 1


def test_removing_and_taking_back_restores_every_part() -> None:
    held = theme_day(parts=Parts(
        roster=rolls(*THREE), aspects=[ActivityType.PARTY_CLASS], agenda=[Agenda("安排", Matter.ORDINARY, "同意", in_favor=9)],
    ))
    keep_paper(activity=held, name="通知.txt", content="通知".encode(), by=None, at=AT)
    pk, before = held.pk, _parts(held)

    remove_activity(activity=held, reason="误记", by=None, at=AT)
    assert not Occasion.objects.filter(activity_id=pk).exists()
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)

    assert _parts(Activity.objects.get(pk=pk)) == before


def _parts(held: Activity) -> list[list[dict[str, Any]]]:
    return [
        list(rows.order_by("pk").values())
        for rows in (held.hosts, held.attendances, held.agenda, held.aspects, held.occasions, held.attachments)
    ]


# --- talks


def talk(*people: int, **more: Any) -> Activity:
    return record_activity(
        type=ActivityType.TALK, held_on=JUNE, title="谈心谈话", hosts=[named(BRANCH)], by=None, at=AT, chair_id=people[0],
        **{"parts": Parts(roster=[Roll(one, Presence.PRESENT) for one in people])} | more,
    )


def test_talks_of_one_day_are_told_apart_by_who_took_part() -> None:
    one, two, three = (roll.person for roll in rolls(BRANCH)[:3])
    talk(one, two)
    talk(one, three)

    with pytest.raises(Refused, match="只登记一次"):
        talk(one, three)


@pytest.mark.parametrize("content", [{"minutes": "谈了困难"}, {"remark": "谈了困难"}])
def test_nothing_of_what_was_said_in_a_talk_is_kept(content: dict[str, str]) -> None:
    one, two = (roll.person for roll in rolls(BRANCH)[:2])

    with pytest.raises(Refused, match="不记谈了什么"):
        talk(one, two, **content)
    held = talk(one, two)
    with pytest.raises(Refused, match="不记谈了什么"):
        change_activity(activity=held, hosts=[named(BRANCH)], by=None, at=AT, parts=Parts(agenda=[Agenda("困难")]))
    with pytest.raises(Refused, match="不收附件"):
        keep_paper(activity=held, name="a.txt", content=b"a", by=None, at=AT)


# --- papers


def test_the_same_paper_twice_is_kept_once_and_one_that_is_not_what_it_says_is_refused() -> None:
    held = theme_day()

    assert keep_paper(activity=held, name=r"C:\签到\通知.txt", content=b"notice", by=None, at=AT) is not None
    assert keep_paper(activity=held, name="又一份.txt", content=b"notice", by=None, at=AT) is None
    with pytest.raises(Unfit):
        keep_paper(activity=held, name="照片.jpg", content=b"MZ\x90", by=None, at=AT)
    assert [one.name for one in held.attachments.all()] == ["通知.txt"]


def test_a_removed_paper_comes_back_with_its_file() -> None:
    held = theme_day()
    paper = keep_paper(activity=held, name="通知.txt", content=b"notice", by=None, at=AT)
    assert paper is not None

    remove_paper(paper=paper, by=None, at=AT)
    assert not held.attachments.exists()
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)

    with default_storage.open(Attachment.objects.get(activity=held).stored) as file:
        assert file.read() == b"notice"
