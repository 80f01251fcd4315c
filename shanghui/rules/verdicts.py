"""What is done, due, overdue, excused, or cannot be told, for every organization and period as at a day (M42)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from shanghui.access.scope import Scope
from shanghui.kernel.collecting import collecting_later
from shanghui.kernel.periods import spoken_day
from shanghui.ledger.people.queries import full_members_by_home
from shanghui.rules.duties import Duty, Roll, registry
from shanghui.rules.evidence import Held, held
from shanghui.rules.models import Excuse
from shanghui.rules.months import Every, Window, all_of, any_of, period_name, period_words, places
from shanghui.rules.reading import Known, Masks, Reading
from shanghui.rules.registry import Norm, limit
from shanghui.rules.rolls import rolls
from shanghui.rules.states import State


@dataclass(frozen=True, slots=True)
class Slot:
    """One duty of one organization in one period, with its verdict as at the day. `first`, `last`: both inclusive."""

    unit: int
    name: str
    duty: Duty
    first: date
    last: date
    state: State

    @property
    def pk(self) -> str:
        """What names it: «1204/life.theme_day/2022-06»."""
        return f"{self.unit}/{self.duty.code}/{self.period}"

    @property
    def period(self) -> str:
        """2022-06, 2022-Q2, 2022."""
        return period_name(self.first, self.duty.every)

    @property
    def period_words(self) -> str:
        """2022年6月."""
        return period_words(self.first, self.duty.every)

    @property
    def norm(self) -> Norm | None:
        """Its norm in the version in force when the period began."""
        return self.duty.norm_on(self.first)

    @property
    def article(self) -> str:
        """«《支部工作条例》第十一条»."""
        return self.norm.source if self.norm else ""

    @property
    def message(self) -> str:
        """The sentence for who has to act."""
        what, when = self.duty.title, self.period_words
        if self.state is State.DONE:
            return f"{when}的{what}已开。"
        if self.state is State.DUE:
            return f"{when}的{what}还没有记录，{spoken_day(self.last)}前开。"
        if self.state is State.OVERDUE:
            return f"{when}没有{what}的记录，已过{spoken_day(self.last)}。开了的请补记，没开的请说明原因。"
        if self.state is State.EXCUSED:
            return f"{when}的{what}，上级已同意免除。"
        return f"{when}的{what}无法判定。{self.duty.missing}"


class Line(NamedTuple):
    """One duty of one organization over the window: by state the first months of its periods."""

    roll: Roll
    duty: Duty
    done: int
    due: int
    overdue: int
    excused: int
    unknown: int

    def masks(self) -> tuple[tuple[State, int], ...]:
        """By state the periods."""
        return (
            (State.DONE, self.done), (State.DUE, self.due), (State.OVERDUE, self.overdue), (State.EXCUSED, self.excused),
            (State.UNKNOWN, self.unknown),
        )


@dataclass(frozen=True)
class Assessment:
    """The verdicts of all organizations within a scope over a window as at a day. `told`: by the keys of the organizations."""

    day: date
    window: Window
    told: list[Line]

    @cached_property
    def lines(self) -> list[Line]:
        """By the names of the organizations, those of the same name by their keys; each in the order of the duties."""
        return sorted(self.told, key=lambda line: line.roll.name)

    def slots(self, states: Collection[State] = tuple(State)) -> Iterator[Slot]:
        """Every slot in these states, by organization, duty and period."""
        for line in self.lines:
            found = [(place, state) for state, mask in line.masks() if mask and state in states for place in places(mask)]
            for place, state in sorted(found):
                yield self._slot(line, place, state)

    def _slot(self, line: Line, place: int, state: State) -> Slot:
        first, last = self.window.first_day(place), self.window.last_day(place, line.duty.every)
        return Slot(line.roll.unit, line.roll.name, line.duty, first, last, state)


def year_of(day: date) -> Window:
    """The year the day lies in."""
    return Window(day.year, day.year)


def assess(
    scope: Scope, day: date, window: Window | None = None, codes: Collection[str] | None = None, *, planned: bool = False
) -> Assessment:
    """The verdicts as at the day, over the year of the day unless another window is named.

    Periods that have not begun on the day are left out, unless `planned`: they are then due. Codes: only these duties.
    The number of questions does not depend on how many organizations there are.
    """
    reading = Reading(scope, day, window or year_of(day))
    asked = [one for one in registry if codes is None or one.code in codes]
    with collecting_later():
        return Assessment(day, reading.window, _lines(_listed(reading, asked), _frames(reading, asked, planned)))


def _listed(reading: Reading, asked: Sequence[Duty]) -> list[Roll]:
    listed = rolls(reading)
    if any(one.needs_members for one in asked):
        at_home = full_members_by_home(reading.within("organization_id"), reading.day)
        enough = limit("COM-01", "full_members")
        for roll in listed:
            roll.full = at_home.get(roll.unit, 0)
            roll.large = roll.full >= enough
    return listed


def _frames(reading: Reading, asked: Sequence[Duty], planned: bool) -> list[_Frame]:
    evidence, excuses = held(reading, {kind for one in asked for kind in one.types}), _excuses(reading)
    return [_Frame(one, reading, _met(one, evidence, reading), excuses.get(one.code, {}), planned) for one in asked]


class _Frame:
    """One duty in one window as at one day: which periods there are, which have begun, which are over; and by unit the months
    in which it was met, and those excused."""

    def __init__(self, duty: Duty, reading: Reading, met: Masks, excused: Masks, planned: bool) -> None:
        window, every = reading.window, duty.every
        starts, begun = window.starts(every), window.whole if planned else window.beginning_by(reading.day)
        norms = {place: duty.norm_on(window.first_day(place)) for place in places(starts)}
        asked = begun & sum(1 << place for place, norm in norms.items() if norm is not None)
        self.duty, self.met, self.excused, self.over = duty, met, excused, window.ended_before(reading.day, every)
        self.periods: dict[int, int] | None = None if every == Every.MONTH else Known(lambda months: any_of(months, every, starts))
        self.there: dict[int, int] = Known(lambda being: all_of(being, every, starts) & asked)

    def owed(self, roll: Roll) -> tuple[int, int]:
        """The periods in which the duty is owed, and those of which that cannot be told."""
        due, unknown = self.duty.applies(roll)
        there = self.there[roll.being]
        if self.duty.pack:
            there &= roll.packs.get(self.duty.pack, 0)
        return due & there, unknown & there


_Asked = tuple[Duty, Masks, dict[int, int] | None, Masks, int, int, int]
"""One duty: by unit when it was met, the period of each month, the excuses, what is over, the periods in question, those not known."""


def _lines(listed: Iterable[Roll], frames: Sequence[_Frame]) -> list[Line]:
    """The lines of each organization. They come in the order of their keys, in which what was read of them lies close together."""
    new, lines = tuple.__new__, list[Line]()  # new: what Line(…) comes to, in a third of the time
    programmes: dict[Any, list[_Asked]] = {}
    for roll in listed:
        unit, facts = roll.unit, roll.facts
        asked = programmes.get(facts)
        if asked is None:
            asked = programmes[facts] = _programme(roll, frames)
        for duty, met, periods, excuses, over, whole, unknown in asked:
            months = met.get(unit, 0)
            done = (months if periods is None else periods[months]) & whole
            left = whole & ~done
            if not left:
                lines.append(new(Line, (roll, duty, done, 0, 0, 0, 0)))
                continue
            excused = excuses.get(unit, 0) & left
            unclear = unknown & left & ~excused
            rest = left & ~(excused | unclear)
            lines.append(new(Line, (roll, duty, done, rest & ~over, rest & over, excused, unclear)))
    return lines


def _programme(roll: Roll, frames: Sequence[_Frame]) -> list[_Asked]:
    """What is asked of an organization, as of every other of which the same is known: by duty what it needs to be told, with
    the periods in question and those in which it is not known whether it is owed."""
    asked = []
    for frame in frames:
        owed, unknown = frame.owed(roll)
        if owed or unknown:
            asked.append((frame.duty, frame.met, frame.periods, frame.excused, frame.over, owed | unknown, unknown))
    return asked


def _met(duty: Duty, evidence: Held, reading: Reading) -> Masks:
    if duty.evidence is not None:
        return duty.evidence(reading)
    if len(duty.types) == 1:
        return evidence[duty.types[0]]
    found: Masks = {}
    for kind in duty.types:
        for unit, mask in evidence[kind].items():
            found[unit] = found.get(unit, 0) | mask
    return found


def _excuses(reading: Reading) -> dict[str, Masks]:
    """By duty and organization the periods the upper level has excused by the day."""
    window, found = reading.window, defaultdict[str, Masks](dict)
    given = Excuse.objects.filter(
        reading.within("unit_id"), given_on__lte=reading.day, first__gte=window.first_day(0), first__lt=window.first_day(window.length)
    )
    for unit, rule, first in given.order_by().values_list("unit_id", "rule", "first"):
        found[rule][unit] = found[rule].get(unit, 0) | 1 << window.place(first)
    return found
