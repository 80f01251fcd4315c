"""The whole form of an activity: roster marked one by one, agenda, what it counts as; frozen once saved; without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.ledger.activities.models import Activity, ActivityType, Matter, Presence
from shanghui.ledger.activities.operations import Parts, Roll, record_activity
from shanghui.ledger.activities.rosters import expected
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, Person
from shanghui.ledger.people.operations import set_category
from shanghui.web.activities.changes import same_weekday_next_month
from tests.worked_city import AT, BRANCH, HALF_YEAR, TODAY, city, named

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
OTHER = "云泽市餐饮业商会党支部"
NEW = "/activities/new/"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def members(*names: str, type: str = "theme_day") -> list[int]:
    return [one.person for one in expected(type, [named(name).pk for name in names], HALF_YEAR)]


def token(type: str = "theme_day", day: str = "2022-06-30", *names: str) -> str:
    return f"{type}|{day}|{','.join(str(pk) for pk in sorted(named(name).pk for name in names or (BRANCH,)))}"


def typed(mark: str = "present", **changes: Any) -> dict[str, Any]:
    sent = {
        "type": "theme_day", "title": "明厨亮灶回头看", "held_on": "2022-06-30", "hosts": [BRANCH], "counting": "roster", "way": "room",
        "roster-for": token(), "agenda-total": "0", "minutes": "到门店走访。",
    }
    return sent | {f"who-{pk}": mark for pk in members(BRANCH) if mark} | changes


def saved(editor: Client, **changes: Any) -> Activity:
    answer = editor.post(NEW, typed(**changes))
    assert answer.status_code == 302, re.findall(r'class="err".*?</span>|role="alert".*?</div>', text_of(answer))
    return Activity.objects.latest("pk")


# --- the roster


def test_the_roster_of_the_branch_stands_in_the_form_without_marks(editor: Client) -> None:
    page = text_of(editor.get(f"{NEW}?unit={named(BRANCH).pk}"))

    assert page.count('class="who"') == len(members(BRANCH))
    assert 'value="present" checked' not in page


def test_each_is_marked_and_the_numbers_are_counted(editor: Client) -> None:
    absent, excused, *_ = members(BRANCH)

    held = saved(editor, **{f"who-{absent}": "absent", f"who-{excused}": "excused"})

    assert (held.expected, held.present) == (len(members(BRANCH)), len(members(BRANCH)) - 2)
    assert held.attendances.get(person=excused).state == Presence.EXCUSED
    assert held.occasions.count() == 1


def test_a_reason_of_leave_is_kept_with_whoever_is_on_leave_and_with_nobody_else(editor: Client) -> None:
    excused, there, *_ = members(BRANCH)

    held = saved(editor, **{f"who-{excused}": "excused", f"why-{excused}": " 到省城  出差 ", f"why-{there}": "写错了"})

    assert held.attendances.get(person=excused).reason == "到省城 出差"
    assert held.attendances.get(person=there).reason == ""
    assert f'name="why-{excused}" value="到省城 出差"' in text_of(editor.get(f"/activities/{held.pk}/change/"))


def test_leave_needs_no_reason(editor: Client) -> None:
    excused, *_ = members(BRANCH)

    held = saved(editor, **{f"who-{excused}": "excused", f"why-{excused}": ""})

    assert held.attendances.get(person=excused).reason == ""


@pytest.mark.parametrize(("length", "status"), [(60, 302), (61, 422)])
def test_a_reason_is_a_few_words(editor: Client, length: int, status: int) -> None:
    excused, *_ = members(BRANCH)

    answer = editor.post(NEW, typed(**{f"who-{excused}": "excused", f"why-{excused}": "远" * length}))

    assert answer.status_code == status
    assert ("请假原因太长" in text_of(answer)) is (status == 422)


def test_a_reason_that_stands_is_kept_by_a_form_that_does_not_ask_for_it(editor: Client) -> None:
    excused, *_ = members(BRANCH)
    held = saved(editor, **{f"who-{excused}": "excused", f"why-{excused}": "出差"})

    editor.post(f"/activities/{held.pk}/change/", typed(**{f"who-{excused}": "excused", "roster-for": ""}))

    assert held.attendances.get(person=excused).reason == "出差"


def test_somebody_without_a_mark_is_named(editor: Client) -> None:
    one = Person.objects.get(pk=members(BRANCH)[0])

    answer = editor.post(NEW, typed(**{f"who-{one.pk}": ""}))

    assert answer.status_code == 422
    assert f"还有 1 人没有标到会情况：{one.name}" in text_of(answer)


def test_nobody_marked_is_an_activity_whose_attendance_is_still_missing(editor: Client) -> None:
    held = saved(editor, mark="")

    assert (held.expected, held.present) == (None, None)
    assert "还差到会情况" in text_of(editor.get(reverse("activity", kwargs={"activity": held.pk})))


def test_everybody_came_is_a_button_that_works_without_scripts(editor: Client) -> None:
    answer = editor.post(NEW, typed(mark="", do="all", title=""))

    assert answer.status_code == 200
    assert text_of(answer).count('value="present" checked') == len(members(BRANCH))
    assert "请填活动名称" not in text_of(answer)


def test_another_host_shows_its_roster_and_asks_to_look_again(editor: Client) -> None:
    shown = editor.post(NEW, typed(do="show", hosts=[OTHER, ""]))
    refused = editor.post(NEW, typed(hosts=[BRANCH, OTHER]))

    assert text_of(shown).count('class="who"') == len(members(OTHER))
    assert "名册已经按新的重列" in text_of(refused)
    assert text_of(refused).count('class="who"') == len(members(BRANCH, OTHER))


def test_a_committee_meeting_lists_the_committee(editor: Client) -> None:
    shown = editor.post(NEW, typed(do="show", type="committee_meeting"))

    assert text_of(shown).count('class="who"') == len(members(BRANCH, type="committee_meeting"))


def test_only_numbers_are_kept_where_there_is_no_roster(editor: Client) -> None:
    held = saved(editor, type="presidents_home", hosts=[city().name], counting="numbers", expected="30", present="26")

    assert (held.expected, held.present, held.attendances.count()) == (30, 26, 0)


def test_more_present_than_expected_is_refused(editor: Client) -> None:
    answer = editor.post(NEW, typed(counting="numbers", expected="10", present="11"))

    assert "比应到 10 人还多" in text_of(answer)


def test_a_member_who_comes_later_is_not_added_to_a_saved_roster(editor: Client) -> None:
    held = saved(editor)
    _join()
    change = reverse("activity-change", kwargs={"activity": held.pk})

    page = text_of(editor.get(change))
    sent = typed(**{"roster-for": ""}, title="改名", held_on="2022-07-01")
    said = text_of(editor.post(change, sent, follow=True))

    assert page.count('class="who"') == held.attendances.count() == len(members(BRANCH)) - 1
    assert "按当天名册重列" in page
    assert "到会名册还是原来保存的那一份" in said


def test_the_roster_is_asked_anew_by_a_button(editor: Client) -> None:
    held = saved(editor)
    _join()
    change = reverse("activity-change", kwargs={"activity": held.pk})

    page = text_of(editor.post(change, typed(do="relist", **{"roster-for": ""})))
    editor.post(change, typed())

    assert page.count('class="who"') == len(members(BRANCH))
    assert page.count('value="present" checked') == len(members(BRANCH))
    assert held.attendances.count() == len(members(BRANCH))


def _join() -> None:
    new = Person.objects.create(name="新来", kept_by=named(BRANCH))
    set_category(person=new, category=Category.FULL, since=HALF_YEAR, by=None, at=AT)
    Affiliation.objects.create(person=new, organization_id=named(BRANCH).pk, kind=AffiliationKind.HOME, valid_from=HALF_YEAR)


def test_the_people_of_a_host_outside_are_counted_and_stay(as_role: AsRole) -> None:
    rolls = [
        Roll(one.person, Presence.PRESENT, one.unit, one.votes)
        for one in expected("theme_day", [named(BRANCH).pk, named(OTHER).pk], HALF_YEAR)
    ]
    joint = record_activity(
        type=ActivityType.THEME_DAY, held_on=HALF_YEAR, title="联学", hosts=[named(BRANCH), named(OTHER)], by=None, at=AT,
        parts=Parts(roster=rolls),
    )
    secretary, change = as_role(Role.SECRETARY), reverse("activity-change", kwargs={"activity": joint.pk})
    stranger = joint.attendances.filter(unit=named(OTHER)).select_related("person")[0].person

    page = text_of(secretary.get(change))
    secretary.post(change, typed("absent", title="联学", hosts=[named(BRANCH).pk], **{"roster-for": ""}))

    assert stranger.name not in page
    assert f"另有 {len(members(OTHER))} 人" in page
    joint.refresh_from_db()
    assert (joint.expected, joint.present) == (len(rolls), len(members(OTHER)))


# --- agenda, people, what it counts as


def test_agenda_and_what_it_counts_as_besides(editor: Client) -> None:
    rows = {
        "agenda-total": "3", "agenda-0-topic": "接收预备党员", "agenda-0-matter": "admission", "agenda-0-in_favor": "10",
        "agenda-1-topic": "", "agenda-2-topic": "其他", "agenda-2-decision": "再议", "agenda-2-due_on": "2022-07-20",
    }

    held = saved(editor, aspects=["party_class"], **rows)

    assert [(one.topic, one.matter, one.in_favor) for one in held.agenda.all()] == [
        ("接收预备党员", Matter.ADMISSION, 10), ("其他", Matter.ORDINARY, None)
    ]
    assert {one.type for one in held.occasions.all()} == {"theme_day", "party_class"}


def test_an_item_without_a_topic_says_which(editor: Client) -> None:
    answer = editor.post(NEW, typed(**{"agenda-total": "2", "agenda-1-decision": "同意"}))

    assert "第 2 项议题：这一行没有写议题" in text_of(answer)


def test_more_rows_without_scripts_keep_what_was_typed(editor: Client) -> None:
    answer = editor.post(NEW, typed(do="rows", **{"agenda-total": "1", "agenda-0-topic": "学习"}))

    page = text_of(answer)
    assert 'name="agenda-3-topic"' in page
    assert 'value="学习"' in page


def test_who_chaired_is_named_and_looked_for_within_the_scope(editor: Client) -> None:
    person = Person.objects.get(pk=members(BRANCH)[0])

    held = saved(editor, chair=f"{person.name}（{BRANCH}）")

    assert held.chair == person
    assert "您的范围里没有“方临江”" in text_of(editor.post(NEW, typed(recorder="方临江")))
    assert person.name in text_of(editor.get("/activities/people/", {"chair": person.name}))
    assert "方临江" not in text_of(editor.get("/activities/people/", {"chair": "方临江"}))


def test_somebody_expected_is_not_an_observer(editor: Client) -> None:
    person = Person.objects.get(pk=members(BRANCH)[0])

    assert "不用再写列席" in text_of(editor.post(NEW, typed(observers=[person.name])))


def test_what_took_place_beside_it_was_on_the_same_day(editor: Client) -> None:
    event = record_activity(type=ActivityType.LECTURE_HALL, held_on=date(2022, 6, 29), title="大讲堂", hosts=[city()], by=None, at=AT)

    assert "不是同一天" in text_of(editor.post(NEW, typed(held_with=str(event.pk))))
    assert saved(editor, held_on="2022-06-29", held_with=str(event.pk), **{"roster-for": token(day="2022-06-29")}, mark="").held_with == event


def test_a_plan_has_neither_attendance_nor_minutes(editor: Client) -> None:
    assert "活动日期在今天之后" in text_of(editor.post(NEW, typed(held_on="2100-01-01", **{"roster-for": token(day="2100-01-01")})))
    planned = saved(editor, mark="", minutes="", held_on="2100-01-01", **{"roster-for": token(day="2100-01-01")})

    assert planned.planned
    assert not planned.attendances.exists()


def test_a_form_that_is_sent_twice_stands_once(editor: Client) -> None:
    key = re.search(r'name="key" value="(\w+)"', text_of(editor.get(NEW)))
    assert key is not None
    first, second = (editor.post(NEW, typed(key=key.group(1)))["Location"] for _ in range(2))

    assert first == second
    assert Activity.objects.filter(title="明厨亮灶回头看").count() == 1


def test_another_one_begins_from_the_last(editor: Client) -> None:
    held = saved(editor, place="会议室")

    page = text_of(editor.get(f"{NEW}?copy={held.pk}"))

    assert 'value="会议室"' in page
    assert 'value="present" checked' not in page
    assert editor.get(f"{NEW}?copy=999999").status_code == 404


@pytest.mark.parametrize(("day", "today", "then"), [
    (date(2022, 6, 10), TODAY, TODAY), (date(2022, 6, 30), TODAY, date(2022, 7, 28)), (date(2022, 7, 1), TODAY, date(2022, 8, 5)),
    (date(2021, 1, 4), TODAY, date(2022, 7, 11)), (date(2022, 12, 30), date(2022, 12, 31), date(2023, 1, 27)),
])
def test_the_same_weekday_next_month_at_the_earliest_today(day: date, today: date, then: date) -> None:
    assert same_weekday_next_month(day, today) == then
    assert then.weekday() == day.weekday()


# --- talks


def test_a_talk_is_who_with_whom_and_when(editor: Client) -> None:
    one, two = Person.objects.filter(pk__in=members(BRANCH)[:2]).order_by("pk")
    sent = {"who": one.name, "with_whom": [two.name], "held_on": "2022-07-05", "hosts": [BRANCH], "minutes": "谈了困难"}

    editor.post("/activities/talks/new/", sent)

    held = Activity.objects.latest("pk")
    assert (held.title, held.chair, held.present, held.minutes) == ("谈心谈话", one, 2, "")
    page = text_of(editor.get(reverse("talk-change", kwargs={"activity": held.pk})))
    assert f'value="{one.name}（{BRANCH}）"' in page
    assert "minutes" not in page
    assert "不能是同一位" in text_of(editor.post("/activities/talks/new/", sent | {"with_whom": [one.name]}))


def test_talk_and_meeting_are_changed_each_in_its_own_form(editor: Client) -> None:
    held = saved(editor)

    assert editor.get(reverse("talk-change", kwargs={"activity": held.pk})).status_code == 302
    assert editor.post(NEW, typed(type="talk")).status_code == 422
