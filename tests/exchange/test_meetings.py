"""A register of meetings: what was dealt with is the record, so that each counts for its branch; the same file again changes nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from shanghui.exchange.operations import apply_plan, propose, undo_run, upload
from shanghui.exchange.planning import Plan
from shanghui.exchange.recognition import SourceFile
from shanghui.ledger.activities.models import Activity, ActivityType, Occasion, Presence
from shanghui.ledger.activities.operations import Parts, Roll, change_activity
from shanghui.ledger.activities.rosters import expected
from tests import worked_city
from tests.worked_city import AT, BRANCH, TODAY, city, named

pytestmark = pytest.mark.django_db
HEADINGS = ["所在党支部", "会议类型", "会议时间", "会议内容", "会议地点", "主持人", "应到人数", "实到人数"]
MEETING = [BRANCH, "支部党员大会", "2022-06-20", "讨论预备党员转正，同意按期转正", "商会会议室", "龙泽兴", 18, 16]


def register(*rows: list[Any]) -> SourceFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["三会一课记录"], HEADINGS, *rows):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return SourceFile("三会一课.xlsx", target.getvalue())


def brought_in(file: SourceFile) -> tuple[Any, Plan]:
    run = upload(files=[file], under=city(), by=None, at=AT)
    made = propose(run=run, today=TODAY)
    apply_plan(run=run, made=made, at=AT, skip_errors=False)
    return run, made


def test_a_meeting_in_a_register_is_recorded_and_counts_for_the_branch_that_held_it() -> None:
    brought_in(register(MEETING))

    held = Activity.objects.get(held_on="2022-06-20")
    assert (held.type, held.expected, held.present) == (ActivityType.GENERAL_MEETING, 18, 16)
    assert held.minutes == "讨论预备党员转正，同意按期转正"
    assert [(one.unit, one.type, one.month) for one in held.occasions.all()] == [(named(BRANCH), "general_meeting", 2022 * 12 + 5)]


def test_the_same_register_again_changes_nothing() -> None:
    brought_in(register(MEETING))
    before = list(Occasion.objects.values_list("pk", flat=True))

    _, made = brought_in(register(MEETING))

    assert {planned.outcome for planned in made.planned} == {"same"}
    assert list(Occasion.objects.values_list("pk", flat=True)) == before


def test_minutes_that_somebody_wrote_are_not_overwritten() -> None:
    brought_in(register(MEETING))
    held = Activity.objects.get(held_on="2022-06-20")
    change_activity(activity=held, hosts=[named(BRANCH)], by=None, at=AT, minutes="详细记录")

    brought_in(register(MEETING))

    held.refresh_from_db()
    assert held.minutes == "详细记录"


# --- a roster kept name by name


def with_roster(absent: int = 2) -> Activity:
    """The meeting of the register as somebody has recorded it, name by name."""
    brought_in(register(MEETING))
    held = Activity.objects.get(held_on="2022-06-20")
    listed = expected("general_meeting", [named(BRANCH).pk], TODAY)
    rolls = [
        Roll(one.person, Presence.ABSENT if place < absent else Presence.PRESENT, one.unit, one.votes) for place, one in enumerate(listed)
    ]
    change_activity(activity=held, hosts=[named(BRANCH)], by=None, at=AT, parts=Parts(roster=rolls))
    return held


def changed_register(present: int | None, number: int | None = 18) -> SourceFile:
    return register([*MEETING[:6], number, present])


def problems(file: SourceFile) -> list[Any]:
    run = upload(files=[file], under=city(), by=None, at=AT)
    return [one for one in propose(run=run, today=TODAY).refused if one.severity == "error"]


def test_a_number_that_contradicts_the_roster_is_refused_with_its_place() -> None:
    held = with_roster()

    (problem,) = problems(changed_register(17))

    assert (problem.row, problem.column, problem.field) == (3, "H", "present")
    assert "表里写实到17人" in problem.message
    assert f"实到{held.present}人，以名册为准" in problem.message
    assert "在活动页面的“修改”里改到会情况" in problem.message


def test_a_number_of_expected_that_contradicts_it_is_refused_too() -> None:
    with_roster()

    (problem,) = problems(changed_register(16, 20))

    assert (problem.column, problem.field) == ("G", "expected")


def test_the_same_numbers_or_none_pass() -> None:
    held = with_roster()
    assert (held.expected, held.present) == (18, 16)

    assert problems(changed_register(16)) == []
    assert problems(changed_register(None, None)) == []


def test_without_a_roster_the_number_of_the_file_is_taken_as_before() -> None:
    brought_in(register(MEETING))

    brought_in(changed_register(17))

    assert Activity.objects.get(held_on="2022-06-20").present == 17


def test_observers_alone_are_no_roster() -> None:
    held = with_roster()
    held.attendances.exclude(pk=held.attendances.order_by("pk").values("pk")[:1]).delete()
    held.attendances.update(state=Presence.OBSERVER)

    assert problems(changed_register(17)) == []


def test_a_list_of_events_keeps_no_record_and_counts_nowhere() -> None:
    assert worked_city.WORKBOOK.exists()
    assert not Occasion.objects.exists()
    assert not Activity.objects.exclude(minutes="").exists()


def test_nothing_is_taken_over_of_what_was_said_in_a_talk() -> None:
    brought_in(register([BRANCH, "谈心谈话", "2022-06-21", "谈了家里的困难", "", "龙泽兴", None, 2]))

    talk = Activity.objects.get(held_on="2022-06-21")
    assert (talk.title, talk.minutes) == ("谈心谈话", "")


def test_undoing_the_run_takes_the_occasions_too() -> None:
    run, _ = brought_in(register(MEETING))

    undo_run(run=run, by=None, at=AT)

    assert not Occasion.objects.exists()
    assert not Activity.objects.filter(held_on="2022-06-20").exists()
