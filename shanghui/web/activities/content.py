"""What the papers of a meeting say, taken from what this visitor may see of it."""

from __future__ import annotations

import re

from shanghui.ledger.activities.models import AgendaItem, Attendance, Presence
from shanghui.reports.content import chinese_day
from shanghui.reports.meetings import Heading, MeetingRecord, RecordItem, SignInSheet
from shanghui.web.activities import roster
from shanghui.web.activities.facts import Facts
from shanghui.web.kit.days import weekday

_STATES = ((Presence.PRESENT, "到会"), (Presence.EXCUSED, "请假"), (Presence.ABSENT, "未到"), (Presence.OBSERVER, "列席"))


def heading_of(facts: Facts) -> Heading:
    """Name, kind, hosts, time, place, who led it."""
    row, hosts = facts.row, "、".join(unit.name for unit in facts.hosts)
    begins = f" {row.begins:%H:%M}" if row.begins else ""
    chair, recorder, lecturer = (
        (one.name if one and facts.may_name else "") for one in (row.chair, row.recorder, row.lecturer)
    )
    listed = (
        ("名称", row.title), ("主办", hosts), ("时间", f"{chinese_day(row.held_on)}（{weekday(row.held_on)}）{begins}"), ("地点", row.place),
        ("方式", row.get_way_display()), ("主持人", chair), ("记录人", recorder), ("主讲人", lecturer),
        ("同时算作", "、".join(facts.also)),
    )
    return Heading(row.title, row.get_type_display(), hosts, row.held_on, tuple(one for one in listed if one[1]))


def sign_in_sheet(facts: Facts) -> SignInSheet:
    """The names of the saved roster with who is on leave, else of those expected by the ledger; empty rows where none may be
    listed."""
    row = facts.row
    listed = [one for one in facts.attendances if one.state != Presence.OBSERVER and one.unit_id in facts.seen]
    names = [one.person.name for one in listed]
    remarks = [(f"请假（{one.reason}）" if one.reason else "请假") if one.state == Presence.EXCUSED else "" for one in listed]
    if not facts.attendances and row.type not in roster.NUMBERS_ONLY:
        units = [unit.pk for unit in facts.hosts]
        names = [line.name for line in roster.asked(facts.visit, row.type, units, row.held_on).lines]
    return SignInSheet(heading_of(facts), tuple(names), remarks=tuple(remarks))


def meeting_record(facts: Facts) -> MeetingRecord:
    """What is kept of it, in the order of a record on paper."""
    named = ((word, "、".join(_with_reason(one) for one in facts.named(state))) for state, word in _STATES)
    return MeetingRecord(
        heading=heading_of(facts),
        counts="，".join(f"{word}{count}人" for word, count in facts.counts),
        quorum=tuple(
            _tight(f"{one.host}{'：' if one.host else ''}{one.words}{one.found.norm.source if one.found.norm else ''}")
            for one in facts.proceedings
        ),
        people=tuple(named),
        items=tuple(RecordItem(one.row.topic, one.row.decision, _votes(one.row, one.words), _next(one.row)) for one in facts.items),
        minutes=tuple(text.strip() for text in facts.row.minutes.splitlines() if text.strip()),
    )


def _with_reason(one: Attendance) -> str:
    return f"{one.person.name}（{one.reason}）" if one.reason else one.person.name


def _votes(item: AgendaItem, words: str) -> str:
    counted = ((word, count) for word, count in (("赞成", item.in_favor), ("反对", item.against), ("弃权", item.abstained)))
    told = "，".join(f"{word}{count}票" for word, count in counted if count is not None)
    return f"{told}；{_tight(words)}" if told and words else told


def _tight(text: str) -> str:
    """Without the spaces that a page has beside figures."""
    return re.sub(r"(?<=\d) | (?=\d)", "", text)


def _next(item: AgendaItem) -> str:
    due = f"{chinese_day(item.due_on)}前办完" if item.due_on else ""
    return "，".join(filter(None, (f"{item.owner}负责" if item.owner else "", due)))
