"""The calendar of one person: made, shown once, stopped; what stands in it, parsed by two libraries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from shanghui.access.models import AuditEntry, FeedKey, Role, Seat
from shanghui.access.operations import FEEDS_AT_MOST, FeedError, end_seat, make_feed_key, revoke_feed_key, set_active
from shanghui.ledger.activities.models import Activity, ActivityType, Visit
from shanghui.ledger.activities.operations import change_activity, record_activity
from shanghui.ledger.organizations.models import Chamber, Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization, set_term
from shanghui.ledger.people.models import Person
from shanghui.rules.months import Every
from shanghui.web.feeds.calendars import Entry, Revision, calendar
from shanghui.web.feeds.owed import spoken_period
from tests.worked_city import AT, BRANCH, SINCE, UNCOVERED, city, named, user

STAMP = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
TODAY = timezone.localdate()


def written(*entries: Entry, revisions: dict[Any, Revision] | None = None) -> bytes:
    return calendar(entries, name="支部 · 党建待办", stamp=STAMP, revisions=revisions or {}, absolute=lambda url: f"https://example.cn{url}")


def events(body: bytes) -> list[Any]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def address(role: Role) -> str:
    return f"/feed/{make_feed_key(user=user(role), by=user(role), at=timezone.now())}.ics"


def feed(role: Role) -> dict[str, Any]:
    """The entries by their titles."""
    return {str(one["summary"]): one for one in events(Client().get(address(role)).content)}


def plan(kind: ActivityType = ActivityType.THEME_DAY, days: int = 5, **more: Any) -> Activity:
    return record_activity(
        type=kind, held_on=TODAY + timedelta(days=days), title="和方云泽谈转正", hosts=[named(BRANCH)], by=None, at=timezone.now(), **more
    )


@pytest.mark.parametrize("on", [date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2026, 3, 8)])
def test_a_day_stays_that_day_and_ends_on_the_next(on: date) -> None:
    body = written(Entry("a", "截止", on))

    (made,), other = events(body), vobject.readOne(body.decode()).vevent

    assert (made["dtstart"].dt, made["dtend"].dt) == (on, on + timedelta(days=1))
    assert (other.dtstart.value, other.dtend.value) == (on, on + timedelta(days=1))
    assert b"DTSTART;VALUE=DATE:" in body


@pytest.mark.parametrize(("on", "begins", "instant"), [
    (date(2026, 12, 31), time(23, 30), datetime(2026, 12, 31, 15, 30, tzinfo=UTC)),
    (date(2027, 1, 1), time(7, 59), datetime(2026, 12, 31, 23, 59, tzinfo=UTC)),
    (date(2027, 1, 1), time(8, 0), datetime(2027, 1, 1, tzinfo=UTC)),
])
def test_a_time_is_that_of_the_clock_in_china(on: date, begins: time, instant: datetime) -> None:
    body = written(Entry("a", "支委会", on, begins=begins))

    assert events(body)[0]["dtstart"].dt == instant
    assert vobject.readOne(body.decode()).vevent.dtstart.value == instant


def test_any_text_comes_back_as_it_was_and_no_line_is_longer_than_75_octets() -> None:
    text = "学习，讨论; 一,二\\三\n第二行：😀" * 20
    body = written(Entry("a", text.replace("\n", " "), date(2026, 12, 31), text, place="工业路8号, 二楼; 东"))

    (made,), other = events(body), vobject.readOne(body.decode()).vevent

    assert str(made["description"]) == text
    assert str(other.description.value) == text
    assert str(other.location.value) == "工业路8号, 二楼; 东"
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    for line in body.split(b"\r\n"):
        line.decode()


def test_the_file_says_what_calendar_programs_ask_for() -> None:
    body = written(Entry("a", "截止", date(2026, 12, 31), url="/x/", reminds=True), revisions={})
    made = Calendar.from_ical(body)

    assert str(made["x-wr-calname"]) == "支部 · 党建待办"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in body
    assert b"X-PUBLISHED-TTL:PT6H" in body
    assert str(made["prodid"]).startswith("-//")
    (alarm,) = made.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-3, hours=9)
    assert all(one.get("dtstamp") and one.get("uid") for one in made.walk("VEVENT"))


def test_a_record_that_was_changed_counts_up_and_keeps_its_name() -> None:
    at = datetime(2027, 1, 1, 3, 0, tzinfo=UTC)
    entry = Entry("activity-7", "支委会", date(2027, 1, 2), record=("activities_activity", 7))

    before, after = events(written(entry))[0], events(written(entry, revisions={("activities_activity", 7): Revision(2, at)}))[0]

    assert before["uid"] == after["uid"]
    assert after["sequence"] == 2
    assert after["last-modified"].dt == after["dtstamp"].dt == at


def test_the_same_entries_in_any_order_are_the_same_file() -> None:
    one, two = Entry("a", "甲", date(2027, 1, 1)), Entry("b", "乙", date(2026, 12, 31))

    assert written(one, two) == written(two, one)


def test_a_period_is_told_by_its_name() -> None:
    assert spoken_period(date(2026, 12, 1), Every.MONTH) == "12月"
    assert spoken_period(date(2026, 1, 1), Every.YEAR) == "2026年"


@pytest.mark.django_db
def test_a_secretary_finds_each_own_slot_on_its_last_day_until_it_is_done() -> None:
    last = (TODAY.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    title = f"主题党日（{TODAY.month}月）截止"
    found = feed(Role.SECRETARY)
    assert found[title]["dtstart"].dt == last
    assert "《党员教育管理工作条例》" in found[title]["description"]
    assert f"unit={named(BRANCH).pk}" in found[title]["url"]

    record_activity(
        type=ActivityType.THEME_DAY, held_on=TODAY, title="学习", hosts=[named(BRANCH)], by=None, at=timezone.now(), minutes="学习", present=9
    )

    assert title not in feed(Role.SECRETARY)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SECRETARY, Role.EDITOR])
def test_what_was_missed_is_one_entry_a_duty_on_the_last_day_of_the_latest_period(role: Role) -> None:
    past = {title: one["dtstart"].dt for title, one in feed(role).items() if "主题党日" in title and one["dtstart"].dt < TODAY}

    assert len(past) == 1
    ((title, on),) = past.items()
    assert re.search(r"至.*月缺 \d+ 次主题党日的记录$", title)
    assert on == TODAY.replace(day=1) - timedelta(days=1)


@pytest.mark.django_db
def test_an_office_finds_one_entry_a_duty_and_period() -> None:
    titles = [title for title in feed(Role.EDITOR) if title.startswith(f"主题党日（{TODAY.month}月）截止")]

    assert len(titles) == 1
    assert re.search(r"· \d+ 个支部$", titles[0])


@pytest.mark.django_db
def test_names_of_entries_do_not_depend_on_their_state() -> None:
    def uids(role: Role) -> dict[str, str]:
        return {str(one["uid"]): str(one["summary"]) for one in feed(role).values()}

    before = uids(Role.EDITOR)
    record_activity(
        type=ActivityType.THEME_DAY, held_on=TODAY, title="学习", hosts=[named(BRANCH)], by=None, at=timezone.now(), minutes="学习", present=9
    )
    after = uids(Role.EDITOR)

    assert set(before) == set(after)
    assert before != after


@pytest.mark.django_db
def test_a_term_stands_on_its_last_day_and_half_a_year_before() -> None:
    branch = PartyOrganization.objects.get(unit=named(BRANCH))
    due = date(TODAY.year + 1, 1, 31)
    set_term(unit=branch.unit, subject=branch, since=TODAY, due_on=due.isoformat(), due_by=due, by=None, at=AT)

    found = feed(Role.SECRETARY)

    assert found[f"党组织换届：{BRANCH}"]["dtstart"].dt == due
    assert found[f"{BRANCH}任期还有 6 个月"]["dtstart"].dt == date(TODAY.year, 7, 31)


@pytest.mark.django_db
def test_a_meeting_announced_stands_there_with_its_time_and_moves_under_the_same_name() -> None:
    meeting = plan(begins=time(15, 0), place="二楼会议室")
    before = feed(Role.SECRETARY)[f"主题党日 · {BRANCH}"]
    assert before["dtstart"].dt.astimezone(timezone.get_current_timezone()).hour == 15
    assert before["location"] == "二楼会议室"

    change_activity(
        activity=meeting, hosts=[named(BRANCH)], by=None, at=timezone.now(), held_on=TODAY + timedelta(days=6), begins=time(16, 0)
    )
    after = feed(Role.SECRETARY)[f"主题党日 · {BRANCH}"]

    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt == before["dtstart"].dt + timedelta(days=1, hours=1)
    assert after["sequence"] == before["sequence"] + 1


@pytest.mark.django_db
def test_no_name_of_a_person_and_nothing_of_a_talk_is_in_any_feed() -> None:
    plan()
    plan(ActivityType.TALK, place="方云泽家", minutes="")
    names = set(Person.objects.values_list("name", flat=True)) | {"方云泽", "谈转正"}

    for role in Role:
        said = "".join(str(one["summary"]) + str(one["description"]) + str(one.get("location", "")) for one in feed(role).values())
        assert [name for name in names if name in said] == [], role


@pytest.mark.django_db
def test_a_guide_finds_the_next_visit_and_nobody_else_does() -> None:
    Visit.objects.create(
        chamber=Chamber.objects.get(unit=named(UNCOVERED)), visitor=user(Role.GUIDE), visited_on=TODAY, agreed="和方云泽再谈",
        next_on=date(TODAY.year, 12, 31),
    )

    assert feed(Role.GUIDE)[f"走访{UNCOVERED}"]["dtend"].dt == date(TODAY.year + 1, 1, 1)
    assert f"走访{UNCOVERED}" not in feed(Role.EDITOR)


@pytest.mark.django_db
def test_what_others_reach_is_not_in_mine() -> None:
    said = "".join(str(one["summary"]) + str(one["description"]) for role in (Role.SECRETARY, Role.EDITOR) for one in feed(role).values())

    assert "临江" not in said
    assert "餐饮业" not in "".join(map(str, feed(Role.SECRETARY)))


@pytest.mark.django_db
def test_a_stopped_address_is_gone_at_once_and_an_unknown_one_was_never_there() -> None:
    secret, client = address(Role.SECRETARY), Client()
    assert client.get(secret).status_code == 200

    revoke_feed_key(key=FeedKey.objects.get(), by=user(Role.SECRETARY), at=timezone.now())
    gone, unknown = client.get(secret), client.get("/feed/never-made.ics")

    assert (gone.status_code, unknown.status_code) == (410, 404)
    assert gone["Content-Type"] == unknown["Content-Type"] == "text/plain; charset=utf-8"
    assert "已经停用" in gone.content.decode()


@pytest.mark.django_db
def test_an_account_that_was_closed_answers_nothing_and_one_without_seats_an_empty_calendar() -> None:
    secret, client = address(Role.EDITOR), Client()
    end_seat(seat=Seat.objects.get(user=user(Role.EDITOR)), on=TODAY, by=None, at=AT)
    assert events(client.get(secret).content) == []

    set_active(user=user(Role.EDITOR), active=False, by=None, at=AT)

    assert client.get(secret).status_code == 410


@pytest.mark.django_db
def test_a_file_one_has_is_not_sent_again_until_something_changes() -> None:
    secret, client = address(Role.SECRETARY), Client()
    etag = client.get(secret)["ETag"]
    again = client.get(secret, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")

    plan()

    assert client.get(secret, headers={"If-None-Match": etag}).status_code == 200
    assert client.post(secret).status_code == 405


@pytest.mark.django_db
def test_the_number_of_questions_does_not_grow_with_the_branches() -> None:
    secret, client = address(Role.EDITOR), Client()
    plan(days=11)
    with CaptureQueriesContext(connection) as few:
        client.get(secret)

    for number in range(200):
        found_organization(
            name=f"云泽市第{number}商会党支部", kind=OrganizationKind.BRANCH, form=Form.OWN, under=city(), since=SINCE, by=None, at=AT
        )
    for number in range(10):
        plan(days=number)
    with CaptureQueriesContext(connection) as many:
        body = client.get(secret).content

    assert len(events(body)) > 10
    assert len(many) <= len(few)
    assert len(many) <= 40


@pytest.mark.django_db
def test_the_secret_is_shown_once_and_kept_nowhere(as_role: Callable[[Role], Client]) -> None:
    client = as_role(Role.SECRETARY)

    shown = client.post("/my-calendar/make/").content.decode()
    secret = re.search(r"/feed/([\w-]{43})\.ics", shown)
    assert secret is not None

    assert secret[1] not in client.get("/my-calendar/").content.decode()
    assert secret[1] not in str(list(FeedKey.objects.values()) + list(AuditEntry.objects.order_by("-pk")[:3].values()))
    assert Client().get(f"/feed/{secret[1]}.ics").status_code == 200


@pytest.mark.django_db
def test_only_so_many_addresses_and_each_is_stopped_by_its_owner_alone(as_role: Callable[[Role], Client]) -> None:
    client, owner = as_role(Role.SECRETARY), user(Role.SECRETARY)
    for _ in range(FEEDS_AT_MOST):
        make_feed_key(user=owner, by=owner, at=AT)
    with pytest.raises(FeedError):
        make_feed_key(user=owner, by=owner, at=AT)
    assert "先停用" in client.post("/my-calendar/make/", follow=True).content.decode()
    key = FeedKey.objects.filter(user=owner).first()
    assert key is not None

    assert as_role(Role.EDITOR).post(f"/my-calendar/{key.pk}/revoke/").status_code == 404
    assert client.post(f"/my-calendar/{key.pk}/revoke/").status_code == 302
    key.refresh_from_db()

    assert key.revoked_at is not None
    assert AuditEntry.objects.latest("pk").verb == "停用日历地址"
    make_feed_key(user=owner, by=owner, at=AT)
