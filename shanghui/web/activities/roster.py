"""The roster in the form of an activity: who is expected by the ledger, marked one by one; frozen once it is saved.

Names of a host are shown to whoever may see its people. The rows of other hosts stay as they are and are only counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.ledger.activities.models import Activity, ActivityType, Attendance, Presence
from shanghui.ledger.activities.operations import Roll
from shanghui.ledger.activities.rosters import expected
from shanghui.web.kit.visits import Visit

MOST = 300
"""Longer rosters are not marked one by one on a page."""
NUMBERS_ONLY = {
    ActivityType.PRESIDENTS_HOME, ActivityType.LECTURE_HALL, ActivityType.FIELD_MARCH, ActivityType.DONATION, ActivityType.VISIT,
    ActivityType.OTHER,
}
"""Types of which usually only the number of people is kept."""
LONGEST_REASON = 60
MARKS = ((Presence.PRESENT, "到会"), (Presence.EXCUSED, "请假"), (Presence.ABSENT, "未到"))


@dataclass(frozen=True)
class Line:
    """One person of the roster; `mark`: whether he came, "" while nobody has said; `reason`: of a leave, never required."""

    person: int
    name: str
    unit: int | None
    votes: bool
    mark: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Group:
    """The lines of one host."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Roster:
    """What stands in the form. `kept`: rows that are not the visitor's to see; `names`: of the hosts.

    `stands_for`: the type, day and hosts by which it was asked for, "" for one that was saved with the activity.
    """

    lines: list[Line] = field(default_factory=list)
    kept: list[Roll] = field(default_factory=list)
    names: Mapping[int, str] = field(default_factory=dict)
    stands_for: str = ""
    too_long: int = 0

    @property
    def groups(self) -> list[Group]:
        """The lines host by host, in the order of the hosts."""
        found: dict[int | None, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.unit, []).append(line)
        return [Group(self.names.get(unit or 0, ""), lines) for unit, lines in found.items()]

    @property
    def unmarked(self) -> list[Line]:
        """Those of whom nobody has said yet whether they came."""
        return [line for line in self.lines if not line.mark]

    @property
    def wordy(self) -> list[Line]:
        """Those on leave whose reason is longer than what is kept."""
        return [line for line in self.lines if line.mark == Presence.EXCUSED and len(line.reason) > LONGEST_REASON]

    @property
    def is_marked(self) -> bool:
        """Whether anything was said of anybody."""
        return len(self.unmarked) < len(self.lines)

    def counts(self) -> list[tuple[str, int]]:
        """«应到 21», «到会 18» …"""
        marks = [line.mark for line in self.lines] + [one.state for one in self.kept if one.state != Presence.OBSERVER]
        return [("应到", len(marks)), *((word, marks.count(mark)) for mark, word in MARKS)]

    def marked(self, sent: Mapping[str, str], *, all_present: bool = False) -> Roster:
        """The same with the marks and the reasons of leave that were sent."""
        known = {mark.value for mark, _ in MARKS}

        def mark(line: Line) -> str:
            said = sent.get(f"who-{line.person}", "")
            return Presence.PRESENT.value if all_present else said if said in known else line.mark

        def reason(line: Line) -> str:
            return " ".join(sent.get(f"why-{line.person}", line.reason).split())

        return replace(self, lines=[replace(line, mark=mark(line), reason=reason(line)) for line in self.lines])

    def rolls(self) -> list[Roll]:
        """The rows to be kept; a reason stays with an excuse that stands."""
        return [
            Roll(line.person, Presence(line.mark), line.unit, line.votes, line.reason if line.mark == Presence.EXCUSED else "")
            for line in self.lines if line.mark
        ]


def stands_for(type: str, units: Sequence[int], day: date) -> str:
    """What a roster was asked by, to be sent along with the form."""
    return f"{type}|{day.isoformat()}|{','.join(map(str, sorted(units)))}"


def seen_units(visit: Visit, units: Sequence[int]) -> set[int]:
    """Those of these units whose people the visitor may see."""
    return set(visit.scope_today(Act.PEOPLE_VIEW).units().filter(pk__in=units).values_list("pk", flat=True))


def asked(visit: Visit, type: str, units: Sequence[int], day: date) -> Roster:
    """Who is expected by the ledger at an activity of this type held by these units on that day."""
    seen, token = seen_units(visit, units), stands_for(type, units, day)
    listed = expected(type, sorted(seen), day) if seen else []
    if len(listed) > MOST:
        return Roster(stands_for=token, too_long=len(listed))
    order = {unit: place for place, unit in enumerate(units)}
    lines = [Line(one.person, one.name, one.unit, one.votes) for one in listed]
    return Roster(sorted(lines, key=lambda line: order.get(line.unit or 0, 0)), names=_names(seen), stands_for=token)


def saved(visit: Visit, row: Activity) -> tuple[Roster, list[int]]:
    """The roster as it was saved with the activity, and the observers one may see."""
    rows = list(row.attendances.select_related("person").defer("person__id_number", "person__phone").order_by("unit", "person__initials", "pk"))
    hosts = list(row.hosts.values_list("unit_id", flat=True))
    seen = seen_units(visit, hosts)
    shown = [one for one in rows if is_seen(one, seen)]
    lines = [
        Line(one.person_id, one.person.name, one.unit_id, one.votes, one.state, one.reason)
        for one in shown if one.state != Presence.OBSERVER
    ]
    kept = [Roll(one.person_id, Presence(one.state), one.unit_id, one.votes, one.reason) for one in rows if not is_seen(one, seen)]
    observers = [one.person_id for one in shown if one.state == Presence.OBSERVER]
    return Roster(lines, kept, _names(seen | {line.unit for line in lines if line.unit})), observers


def is_seen(one: Attendance, seen: set[int]) -> bool:
    """Whether the name may be seen: people of a host with its people, observers with those of any host."""
    return one.unit_id in seen if one.unit_id else bool(seen)


def relisted(visit: Visit, old: Roster, type: str, units: Sequence[int], day: date) -> Roster:
    """The roster asked anew: those who were marked keep their mark, what is not the visitor's to see stays."""
    marks = {line.person: (line.mark, line.reason) for line in old.lines}
    new = asked(visit, type, units, day)
    kept = {one.person for one in old.kept}
    lines = [
        replace(line, mark=marks[line.person][0], reason=marks[line.person][1]) if line.person in marks else line
        for line in new.lines if line.person not in kept
    ]
    return replace(new, lines=lines, kept=old.kept)


def _names(units: set[int]) -> dict[int, str]:
    return dict(Unit.objects.filter(pk__in=units).values_list("pk", "name"))
