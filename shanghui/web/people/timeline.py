"""One person's time line: the road of a member, where he belonged, what he held, whom he looked after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shanghui.kernel.facts import Fact
from shanghui.kernel.periods import EPOCH, last_day
from shanghui.ledger.people.models import AffiliationKind, Category, StandingKind
from shanghui.ledger.people.records import Record
from shanghui.ledger.people.standings import COUNTED
from shanghui.web.kit.spans import began
from shanghui.web.kit.timelines import Entry, Stretch, stretches

_ROAD = {
    Category.APPLICANT: "递交入党申请书", Category.ACTIVIST: "确定为入党积极分子", Category.CANDIDATE: "确定为发展对象",
    Category.PROBATIONARY: "成为预备党员", Category.FULL: "成为正式党员",
}
_BELONGING = {
    AffiliationKind.HOME: ("组织关系在", "组织关系转出"), AffiliationKind.CULTIVATED: ("培养联系在", "培养联系结束"),
    AffiliationKind.DUAL: ("参加双重组织生活", "双重组织生活结束"),
}


def timeline_of(record: Record, day: date, today: date) -> list[Stretch]:
    """What is known on the day, newest first; what lies after it is told only when the day is today."""
    entries = [entry for entry in _entries(record, day if day < today else date.max) if day >= today or not entry.is_after(day)]
    return stretches(entries, day)


def _entries(record: Record, told: date) -> Iterator[Entry]:
    """Ends that come into force after `told` are not told."""
    person = record.person
    written = ((person.applied_on, "递交入党申请书"), (person.joined_on, "入党"), (person.confirmed_on, "转为正式党员"))
    yield from (Entry(day, title, icon="flag", is_key=True) for day, title in written if day)
    for membership in record.memberships:
        if not _repeats(membership, [person.applied_on, person.joined_on, person.confirmed_on]):
            yield from _spell(membership, _ROAD[Category(membership.category)], "", told, icon="flag", key=True)
    for belonging in record.affiliations:
        came, went = _BELONGING[AffiliationKind(belonging.kind)]
        name = belonging.organization.unit.name
        key = belonging.kind == AffiliationKind.HOME
        yield from _spell(belonging, f"{came}“{name}”", f"{went}“{name}”", told, icon="sitemap", key=key)
    for standing in record.standings:
        title, ended = standing.get_kind_display(), standing.ended_how or "结束"
        begins = "最后一次联系上，此后失去联系" if standing.kind == StandingKind.LOST else title
        yield from _spell(standing, begins, f"{title}：{ended}", told, icon="flag", key=standing.kind not in COUNTED)
    for post in record.appointments:
        word = f"{post.unit.name}{post.title or post.get_post_display()}"
        yield from _spell(post, f"任{word}", f"不再任{word}", told, icon="user")
    for guide in record.assignments:
        name = guide.chamber.unit.name
        yield from _spell(guide, f"开始联系“{name}”（{guide.get_kind_display()}）", f"不再联系“{name}”", told, icon="route")


def _repeats(fact: Fact, written: list[str]) -> bool:
    """Whether the record begins on a day that stands there already, as joined, confirmed or applied."""
    begins = began(fact)
    return bool(begins) and any(day and (day.startswith(begins) or begins.startswith(day)) for day in written)


def _spell(fact: Fact, start: str, end: str, told: date, *, icon: str, key: bool = False) -> Iterator[Entry]:
    if fact.valid_from > EPOCH:
        known = began(fact)
        yield Entry(known or fact.valid_from, start, "" if known else "不晚于这一天，起始日期待补充", icon=icon, is_key=key)
    ended = last_day(fact.valid_to)
    if end and ended is not None and ended < told:
        yield Entry(ended, end, icon=icon)
