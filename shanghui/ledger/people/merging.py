"""Two records of one person laid side by side: what differs, and where their facts contradict each other (M14; lessons 23).

A family is what can hold only once of a person at a time (his home, his category) or once for something (a month's dues, one meeting).
Rooms above add tables that point to people; they are found by their columns, not imported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from shanghui.kernel.facts import Precision
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.standings import NotSame

COLUMNS = (
    "name", "gender", "ethnicity", "birth", "education", "id_number", "phone", "politics", "workplace", "applied_on", "joined_on",
    "confirmed_on", "remark",
)
"""What is chosen column by column where the two records differ. Who keeps the record follows from the home."""
_DAYS = ("birth", "applied_on", "joined_on", "confirmed_on")
_OWN = frozenset({"id", "person_id", "valid_from", "valid_to", "from_precision"})
_LATEST = date.max


@dataclass(frozen=True)
class Family:
    """Rows of `table` (those of `only`) of which one holds at a time, or, not `dated`, one altogether, for each value of `same`.

    `sight`: its row in the table of who sees what. `follow`: what a line of it names. `asked`: whoever merges chooses where they
    contradict each other; of others the record that stays is right.
    """

    key: str
    table: str
    title: str
    sight: str
    follow: str
    same: tuple[str, ...] = ()
    dated: bool = True
    asked: bool = True
    only: Q = field(default_factory=Q)


FAMILIES = (
    Family("category", "people_membershiprecord", "人员类别", "category", "person"),
    Family("home", "people_affiliation", "组织关系", "affiliation", "organization__unit", only=~Q(kind="dual")),
    Family("dual", "people_affiliation", "双重组织生活", "affiliation", "organization__unit", ("organization_id",), only=Q(kind="dual")),
    Family("post", "people_appointment", "任职", "office", "unit", ("unit_id", "post")),
    Family("guide", "people_guideassignment", "指导员联系", "guide", "chamber__unit", ("chamber_id",)),
    Family("standing", "people_memberstanding", "党员状态", "flow", "person", ("kind",)),
    Family("base", "dues_duesbase", "党费基数", "dues", "person"),
    Family("payment", "dues_duespayment", "党费收缴", "dues", "person", ("month",), dated=False),
    Family("attendance", "activities_attendance", "到会", "attendance", "activity", ("activity_id",), dated=False),
    Family("review", "activities_reviewgrade", "民主评议等次", "review", "activity", ("activity_id",), dated=False),
    Family("contact", "cases_contact", "培养联系", "contacts", "person", ("case_id",), asked=False),
    Family("introducer", "cases_introducer", "入党介绍", "contacts", "person", ("case_id",), dated=False, asked=False),
    Family("notice", "people_noticeread", "阅读告知", "notice", "person", ("version",), dated=False, asked=False),
)
ALONE = {"cases_caseperson": "办理事项的编入", "cases_setaside": "选举的计票", "cases_nominee": "选举的候选人"}
"""Rows that stand for two people in one matter: whoever counted them counted two, so the records are not merged."""
OPEN_ONCE = {"people_transfer": (Q(state="sent"), "组织关系接转"), "cases_case": (Q(closed_on=None), "办理的事")}
"""What may be under way for a person once: both records having one, one of them is ended first."""

Rows = list[Any]
Clash = tuple[Any, Any]


@dataclass(frozen=True)
class Piece:
    """A stretch of time of one row, as it is to be."""

    row: Any
    start: date
    end: date | None
    precision: str

    @property
    def is_row(self) -> bool:
        """Whether the row is like this already."""
        return (self.row.valid_from, self.row.valid_to) == (self.start, self.end)


@dataclass(frozen=True)
class Meeting:
    """The rows of one family that stand for the same with both records; `clashes`: pairs that say different things."""

    family: Family
    sides: Mapping[int, Rows]
    clashes: Sequence[Clash]


def title_of(column: str) -> str:
    """What a column of a person is called."""
    return next(str(one.verbose_name) for one in Person._meta.concrete_fields if one.attname == column)


def model_of(table: str) -> type[models.Model] | None:
    """The model of a table; None where the room is not installed."""
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


def pointing_to_people() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of the installation that names a person, but for the pairs told apart."""
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.db_table):
        for one in model._meta.concrete_fields:
            if one.related_model is Person and model is not NotSame:
                yield model, one.attname


def differing(one: Person, other: Person) -> list[str]:
    """The columns in which both say something, and not the same; a date known to the day is no other than its month."""
    found = []
    for name in COLUMNS:
        first, second = getattr(one, name), getattr(other, name)
        if first and second and first != second and not (name in _DAYS and (first.startswith(second) or second.startswith(first))):
            found.append(name)
    return found


def agreed(one: Person, other: Person) -> dict[str, Any]:
    """The columns that need no choice: what one of them says, the more exact of two dates."""
    chosen = {name: (getattr(one, name), getattr(other, name)) for name in COLUMNS if name not in differing(one, other)}
    return {name: max(pair, key=len) if name in _DAYS else pair[0] or pair[1] for name, pair in chosen.items()}


def meetings(one: Person, other: Person) -> list[Meeting]:
    """Where rows of the two stand for the same. One question a family."""
    found = []
    for family in FAMILIES:
        model = model_of(family.table)
        if model is None:
            continue
        rows: Iterable[Any] = model._base_manager.filter(family.only, person_id__in=(one.pk, other.pk)).select_related(family.follow).order_by("pk")
        groups: dict[Hashable, dict[int, Rows]] = defaultdict(lambda: {one.pk: [], other.pk: []})
        for row in rows:
            groups[tuple(getattr(row, name) for name in family.same)][row.person_id].append(row)
        for sides in groups.values():
            pairs = [(a, b) for a in sides[one.pk] for b in sides[other.pk] if not family.dated or overlap(a, b)]
            if pairs:
                found.append(Meeting(family, sides, [(a, b) for a, b in pairs if content(a) != content(b)]))
    return found


def content(row: Any) -> tuple[Any, ...]:
    """What a row says, but for whom and when."""
    return tuple(getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname not in _OWN)


def overlap(one: Any, other: Any) -> bool:
    """Whether two facts hold on one day."""
    return bool(one.valid_from < (other.valid_to or _LATEST) and other.valid_from < (one.valid_to or _LATEST))


def laid(winners: Iterable[Any], losers: Iterable[Any]) -> list[Piece]:
    """The winners, and of the losers the days on which no winner says anything; stretches that say the same and touch are one.

    So whatever held on a day holds still, and never twice.
    """
    pieces = [Piece(row, row.valid_from, row.valid_to, row.from_precision) for row in winners]
    taken = [(piece.start, piece.end or _LATEST) for piece in pieces]
    for row in losers:
        for start, end in _without((row.valid_from, row.valid_to or _LATEST), taken):
            precision = row.from_precision if start == row.valid_from else Precision.DAY
            pieces.append(Piece(row, start, None if end == _LATEST else end, precision))
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: one.start):
        last = joined[-1] if joined else None
        if last is not None and last.end == piece.start and content(last.row) == content(piece.row):
            joined[-1] = Piece(last.row, last.start, piece.end, last.precision)
        else:
            joined.append(piece)
    return joined


def _without(stretch: tuple[date, date], taken: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    left = [stretch]
    for start, end in taken:
        left = [
            part for a, b in left
            for part in ([(a, b)] if end <= a or b <= start else [(a, start), (end, b)])
            if part[0] < part[1]
        ]
    return left
