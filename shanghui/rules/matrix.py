"""Verdicts as a matrix of organizations × the months of a year: a period stands in the month in which it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from shanghui.rules.months import Every, Window, places
from shanghui.rules.states import State
from shanghui.rules.verdicts import Assessment, Line, Slot

MONTHS = range(1, 13)


class When(StrEnum):
    """Where a period stands against the day: over, running, or still to come."""

    OVER = "over"
    RUNNING = "running"
    COMING = "coming"

    @property
    def word(self) -> str:
        """The word on screen."""
        return {"over": "已到期", "running": "还在期内", "coming": "还没有开始"}[self.value]


def when(slot: Slot, day: date) -> When:
    """Where the slot's period stands against the day."""
    if slot.last < day:
        return When.OVER
    return When.COMING if slot.first > day else When.RUNNING


@dataclass(slots=True)
class Cell:
    """What one organization owes in one month, counted by state. `coming`: the month lies after the day."""

    month: int
    coming: bool
    counts: dict[State, int] = field(default_factory=dict)

    def count(self, *states: State) -> int:
        """How many slots in these states; of all where none is named."""
        return sum(self.counts.get(state, 0) for state in states or State)

    @property
    def kind(self) -> str:
        """What the cell says first: late, plan, soon, unknown, said, done, or nothing where nothing is asked."""
        if self.count(State.OVERDUE):
            return "late"
        if self.coming and self.count(State.DUE, State.UNKNOWN):
            return "plan"
        found = (("soon", State.DUE), ("unknown", State.UNKNOWN), ("said", State.EXCUSED), ("done", State.DONE))
        return next((kind for kind, state in found if self.count(state)), "")


@dataclass
class Row:
    """One organization with its lines."""

    unit: int
    name: str
    full: int
    lines: list[Line] = field(default_factory=list)

    @property
    def has_gap(self) -> bool:
        """Whether something is overdue."""
        return any(line.overdue for line in self.lines)

    def cells(self, window: Window, day: date) -> list[Cell]:
        """Its twelve months."""
        made = [Cell(month, (window.first_year, month) > (day.year, day.month)) for month in MONTHS]
        for line in self.lines:
            for state, mask in line.masks():
                for place in places(mask):
                    counts = made[place + line.duty.every - 1].counts
                    counts[state] = counts.get(state, 0) + 1
        return made


def rows(lines: Iterable[Line], *, by_name: bool = False) -> list[Row]:
    """The organizations of whom something is asked: those with gaps first, by name within each group; or all by name."""
    found: dict[int, Row] = {}
    for line in lines:
        row = found.get(line.roll.unit)
        if row is None:
            row = found[line.roll.unit] = Row(line.roll.unit, line.roll.name, line.roll.full)
        row.lines.append(line)
    return sorted(found.values(), key=lambda row: (not by_name and not row.has_gap, row.name, row.unit))


Counts = dict[When, dict[State, int]]


def totals(assessment: Assessment) -> Counts:
    """How many slots in which state, of periods that are over, running and still to come."""
    found: Counts = {one: dict.fromkeys(State, 0) for one in When}
    frames = {every: _frame(assessment.window, assessment.day, every) for every in Every}
    for line in assessment.lines:
        for one, frame in frames[line.duty.every].items():
            counts = found[one]
            for state, mask in line.masks():
                counts[state] += (mask & frame).bit_count()
    return found


def _frame(window: Window, day: date, every: Every) -> dict[When, int]:
    over, begun = window.ended_before(day, every), window.beginning_by(day)
    return {When.OVER: over, When.RUNNING: begun & ~over, When.COMING: ~begun & window.whole}


def ends_in(slot: Slot, month: int) -> bool:
    """Whether the slot stands in this month of its year."""
    return slot.last.month == month
