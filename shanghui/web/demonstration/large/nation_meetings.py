"""What the nation held in two years: 3.3 million activities, in the order of their days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from shanghui.ledger.activities.models import (
    Activity,
    ActivityHost,
    ActivityType,
    Aspect,
    Attendance,
    Occasion,
    Presence,
)
from shanghui.ledger.organizations.models import OrganizationKind
from shanghui.web.demonstration.large.bulk import write

if TYPE_CHECKING:
    from shanghui.web.demonstration.large.nation import Branch

TABLES = (Activity, ActivityHost, Aspect, Occasion, Attendance)
_OTHER = (
    ActivityType.THEME_EDUCATION, ActivityType.VOLUNTEERING, ActivityType.VISIT, ActivityType.JOINT_LEARNING, ActivityType.OTHER,
    ActivityType.LECTURE_HALL, ActivityType.DONATION,
)
_COMPLETE = 0.98
"""The others have no minutes yet, and so no occasion."""
Held = tuple[ActivityType, str, Sequence[int], Sequence[ActivityType], Sequence[int], int | None]
"""Type, day, hosts, what it counts as besides, who was there by name, who gave the class."""


class Meetings:
    """Month by month what each branch, group and committee held. Rows of one month are in memory, no more."""

    def __init__(self, branches: Sequence[Branch], random: Random, first_year: int, last_year: int) -> None:
        self.branches, self.random = branches, random
        self.months = [(year, month) for year in range(first_year, last_year + 1) for month in range(1, 13)]
        self.trainees: dict[int, list[int]] = {}
        for one in branches:
            if one.secretary and one.kind == OrganizationKind.BRANCH:
                self.trainees.setdefault(one.above[0], []).append(one.secretary)

    def write(self) -> int:
        """Writes all of it; returns how many activities."""
        number = 0
        for year, month in self.months:
            held = sorted(self._of_month(year, month), key=lambda one: one[1])
            self._write_month(number, held, year * 12 + month - 1)
            number += len(held)
        return number

    def _write_month(self, number: int, held: Sequence[Held], month: int) -> None:
        numbered = list(enumerate(held, start=number + 1))
        closed = [(pk, one) for pk, one in numbered if pk % 100 < 100 * _COMPLETE]
        write(Activity, "id type held_on title present lecturer_id", (
            (pk, one[0], one[1], f"活动{pk}", 8 if pk % 100 < 100 * _COMPLETE else None, one[5]) for pk, one in numbered
        ), minutes="学习文件，讨论工作。")
        write(ActivityHost, "activity_id unit_id", ((pk, unit) for pk, one in numbered for unit in one[2]))
        write(Aspect, "activity_id type", ((pk, kind) for pk, one in numbered for kind in one[3]))
        write(Occasion, "activity_id unit_id type held_on", (
            (pk, unit, kind, one[1]) for pk, one in closed for unit in one[2] for kind in (one[0], *one[3])
        ), month=month)
        write(Attendance, "activity_id person_id", ((pk, person) for pk, one in numbered for person in one[4]), state=Presence.PRESENT)

    def _of_month(self, year: int, month: int) -> Iterator[Held]:
        days = [f"{year}-{month:02d}-{day:02d}" for day in range(1, monthrange(year, month)[1] + 1)]
        first, chance = date(year, month, 1), self.random.random
        for place, one in enumerate(self.branches):
            if one.since > first or (one.until is not None and one.until <= first):
                continue
            for kind, likely, besides in _programme(one, month):
                if chance() < likely:
                    hosts: tuple[int, ...] = (one.unit,)
                    if kind is ActivityType.THEME_DAY and chance() < 0.03 and self.branches[place - 1].kind is one.kind:
                        hosts = (one.unit, self.branches[place - 1].unit)
                    lecturer = one.secretary or None if one.kind == OrganizationKind.COMMITTEE and chance() < 0.7 else None
                    yield kind, self._any(days), hosts, besides, (), lecturer
            if one.kind == OrganizationKind.BRANCH and month == 6 and chance() < 0.2:
                talked = one.members if chance() < 0.8 else one.members[:-1]
                yield ActivityType.TALK, self._any(days), (one.unit,), (), talked, None
            if one.kind == OrganizationKind.COMMITTEE and month in (4, 9) and one.above[0] in self.trainees:
                came = [person for person in self.trainees[one.above[0]] if chance() < 0.45]
                yield ActivityType.TRAINING, self._any(days), (one.unit,), (), came, None

    def _any(self, days: Sequence[Any]) -> Any:
        return days[int(self.random.random() * len(days))]


def _programme(one: Branch, month: int) -> Iterator[tuple[ActivityType, float, Sequence[ActivityType]]]:
    """What it may hold in a month, how likely, and what that counts as besides."""
    if one.kind == OrganizationKind.GROUP:
        yield ActivityType.GROUP_MEETING, 0.8, ()
        return
    if one.kind == OrganizationKind.COMMITTEE:
        yield ActivityType.PARTY_CLASS, 0.08, ()
        return
    yield ActivityType.THEME_DAY, 0.86, (ActivityType.PARTY_CLASS,) if one.unit % 16 == 0 else ()
    yield ActivityType.THEME_DAY, 0.12, ()
    yield _OTHER[(one.unit + month) % len(_OTHER)], 0.95, ()
    yield _OTHER[(one.unit * month) % len(_OTHER)], 0.58, ()
    if one.limited:
        return
    if one.committee:
        yield ActivityType.COMMITTEE_MEETING, 0.82, ()
    yield ActivityType.GENERAL_MEETING, 0.34, ()
    yield ActivityType.PARTY_CLASS, 0.3, ()
    if month in (1, 11):
        yield ActivityType.LIFE_MEETING, 0.45, (ActivityType.REVIEW,)
