"""The organizational life of the worked city: what its branches held, the few times they did not, and what was excused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.access.scope import whole
from shanghui.ledger.activities.models import (
    Activity,
    ActivityHost,
    ActivityType,
    Aspect,
    Attendance,
    Occasion,
    Presence,
)
from shanghui.ledger.activities.operations.parts import occasions
from shanghui.ledger.people.models import Appointment, Post
from shanghui.ledger.people.queries import members_at_home
from shanghui.rules.models import Excuse
from shanghui.rules.months import Window
from shanghui.rules.states import State
from shanghui.rules.verdicts import Slot, assess

TOPICS = {
    ActivityType.THEME_DAY: (
        "走进绿色工厂", "明厨亮灶回头看", "诚信经营在身边", "消防安全大排查", "重温入党誓词", "为老街坊办实事", "民营经济促进法学习",
        "纪律教育月活动", "我为商户解难题", "红色教育基地参观", "廉洁经商分享会", "年终志愿服务",
    ),
    ActivityType.GENERAL_MEETING: ("讨论一季度工作", "半年工作小结", "讨论预备党员转正", "年度总结和下年计划"),
    ActivityType.COMMITTEE_MEETING: (
        "研究全年计划", "研究发展党员", "研究学习安排", "研究困难商户帮扶", "研究“七一”活动", "研究半年小结", "研究支部项目",
        "研究换届准备", "研究志愿服务", "研究民主评议", "研究组织生活会", "研究年度总结",
    ),
    ActivityType.LIFE_MEETING: ("年度组织生活会",),
    ActivityType.REVIEW: ("民主评议党员",),
}
PLACES = ("商会会议室", "党群服务中心", "会长单位会议室", "社区党群活动室")
MISSED = {("life.committee_meeting", 5), ("life.theme_day", 11), ("life.committee_meeting", 17), ("life.theme_day", 23)}
"""(duty, which slot of every few dozen) that nobody recorded."""
EVERY = 120
EXCUSED = 3
TOGETHER = 7
"""Every seventh branch holds its theme day with the next one."""


@dataclass(frozen=True)
class _Held:
    """One meeting to enter."""

    type: ActivityType
    held_on: date
    hosts: tuple[int, ...]
    title: str
    place: str
    expected: int


def hold_meetings(city: Unit, window: Window, *, by: User, at: datetime, until: date) -> None:
    """Enters what the branches owed in the window up to `until`, but for a few that were missed and a few that were excused.

    Fictional data of an empty installation: entered in bulk, with one entry in the journal.
    """
    slots = [slot for slot in assess(whole(until).under(city), until, window).slots([State.DUE, State.OVERDUE]) if slot.duty.types]
    sizes = _sizes(until)
    missed = [slot for number, slot in enumerate(slots) if (slot.duty.code, number % EVERY) in MISSED and slot.last < until]
    left_out = {slot.pk for slot in missed}
    meetings = list(_meetings([slot for slot in slots if slot.pk not in left_out], sizes, until))
    _enter(meetings)
    _excuse(missed[:EXCUSED], by=by, at=at)


def _sizes(day: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for unit in members_at_home(day).values_list("organization_id", flat=True):
        found[unit] = found.get(unit, 0) + 1
    return found


def _meetings(slots: list[Slot], sizes: dict[int, int], until: date) -> Iterator[_Held]:
    """One meeting for each slot whose day has come; some theme days are held by two branches together."""
    order = {unit: place for place, unit in enumerate(sorted({slot.unit for slot in slots}))}
    joined: set[str] = set()
    by_key = {(slot.duty.code, slot.period, order[slot.unit]): slot for slot in slots}
    for slot in slots:
        place = order[slot.unit]
        day = _day(slot, place)
        if slot.pk in joined or day > until:
            continue
        hosts = [slot.unit]
        other = by_key.get((slot.duty.code, slot.period, place + 1))
        if slot.duty.types[0] == ActivityType.THEME_DAY and place % TOGETHER == 0 and other is not None:
            joined.add(other.pk)
            hosts.append(other.unit)
        topics = TOPICS[slot.duty.types[0]]
        title = topics[(slot.first.month - 1) * len(topics) // 12]
        yield _Held(slot.duty.types[0], day, tuple(hosts), title, PLACES[place % len(PLACES)], sum(sizes.get(unit, 5) for unit in hosts))


def _day(slot: Slot, place: int) -> date:
    """A day in the last month of the period, a little different for each branch."""
    last_month = slot.last.replace(day=1)
    return last_month + timedelta(days=6 + (place * 3 + len(slot.duty.code)) % 18)


def _enter(meetings: list[_Held]) -> None:
    made = Activity.objects.bulk_create(
        [
            Activity(
                type=one.type, held_on=one.held_on, title=one.title, place=one.place, expected=one.expected,
                present=max(1, one.expected - one.held_on.day % 3), minutes=f"{one.title}：讨论并形成一致意见，按分工落实。",
            )
            for one in meetings
        ]
    )
    ActivityHost.objects.bulk_create(
        ActivityHost(activity=row, unit_id=unit) for row, one in zip(made, meetings, strict=True) for unit in one.hosts
    )
    classes = [row for row in made if row.type == ActivityType.THEME_DAY and row.held_on.month % 3 == 0]
    Aspect.objects.bulk_create(Aspect(activity=row, type=ActivityType.PARTY_CLASS) for row in classes)
    also = {row.pk for row in classes}
    Occasion.objects.bulk_create(
        Occasion(**values)
        for row, one in zip(made, meetings, strict=True)
        for values in occasions(
            row.pk, [row.type, *([ActivityType.PARTY_CLASS.value] if row.pk in also else [])], one.hosts, row.held_on
        )
    )


def _excuse(slots: list[Slot], *, by: User, at: datetime) -> None:
    for slot in slots:
        journal = Journal(by=by, at=at, verb="同意免除")
        made = journal.create(
            Excuse(unit_id=slot.unit, rule=slot.duty.code, first=slot.first, reason="商会换届期间，合并到次月召开", given_on=slot.last)
        )
        journal.close(made, made.unit)


def windows(today: date) -> tuple[Window, ...]:
    """The years that are filled: the one of the report, last year and this year."""
    return tuple(Window(year, year) for year in sorted({2022, today.year - 1, today.year}))



def hold_yearly(city: Unit, year: int, *, until: date) -> None:
    """The secretaries' training of a year, and in a year that is over the talks of every branch."""
    trained = date(year, 5, 18)
    known = Activity.objects.filter(type=ActivityType.TRAINING, held_on__year=year).exists()  # the workbook has its own
    if trained <= until and not known:
        secretaries = Appointment.objects.on(until).filter(post=Post.SECRETARY).values_list("person_id", flat=True)
        gather(ActivityType.TRAINING, f"{year}年商会党支部书记培训班", trained, city.pk, sorted(set(secretaries)), "市委党校集中培训两天。")
    if date(year, 12, 31) > until:
        return
    members: dict[int, list[int]] = {}
    for unit, person in members_at_home(until).order_by("person_id").values_list("organization_id", "person_id"):
        members.setdefault(unit, []).append(person)
    for place, (unit, people) in enumerate(sorted(members.items())):
        gather(ActivityType.TALK, "年度谈心谈话", date(year, 11, 3 + place % 24), unit, people, "")


def gather(type: ActivityType, title: str, day: date, host: int, people: list[int], minutes: str) -> Activity:
    """One activity with everybody there."""
    made = Activity.objects.create(
        type=type, title=title, held_on=day, minutes=minutes, expected=len(people), present=len(people), place="商会会议室"
    )
    ActivityHost.objects.create(activity=made, unit_id=host)
    Attendance.objects.bulk_create(Attendance(activity=made, person_id=one, unit_id=host, state=Presence.PRESENT) for one in people)
    Occasion.objects.bulk_create(Occasion(**values) for values in occasions(made.pk, [type.value], [host], day))
    return made
