"""What is done, due, overdue, excused, or cannot be told, for every organization and period as at a day (M42)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from shanghui.access.scope import Scope
from shanghui.kernel.periods import spoken_day
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Category
from shanghui.ledger.people.queries import members_by_home
from shanghui.rules.duties import Duty, Roll, registry
from shanghui.rules.evidence import Held, held
from shanghui.rules.models import Excuse
from shanghui.rules.months import Window, all_of, any_of, period_name, period_words, places
from shanghui.rules.registry import Norm
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


@dataclass(frozen=True, slots=True)
class Line:
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
    """The verdicts of all organizations within a scope over a window as at a day."""

    day: date
    window: Window
    lines: list[Line]

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
    window = window or year_of(day)
    asked = [one for one in registry if codes is None or one.code in codes]
    listed = rolls(scope, day, window)
    if any(one.needs_members for one in asked):
        at_home = members_by_home(PartyOrganization.objects.within(scope.on(day)), day)
        for roll in listed:
            roll.full = at_home.get(roll.unit, {}).get(Category.FULL, 0)
    frames = [_Frame(one, day, window, planned) for one in asked]
    evidence = held(scope, day, window, {kind for one in asked for kind in one.types})
    met = [_met(one, evidence, scope, day, window) for one in asked]
    excuses = _excuses(scope, day, window)
    lines = [
        line for roll in listed for frame, by_unit in zip(frames, met, strict=True)
        if (line := frame.line(roll, by_unit.get(roll.unit, 0), excuses.get((roll.unit, frame.duty.code), 0))) is not None
    ]
    return Assessment(day, window, lines)


class _Frame:
    """One duty in one window as at one day: which periods there are, which have begun, which are over."""

    def __init__(self, duty: Duty, day: date, window: Window, planned: bool) -> None:
        self.duty, self.every = duty, duty.every
        self.starts = window.starts(duty.every)
        self.over = window.ended_before(day, duty.every)
        begun = window.whole if planned else window.beginning_by(day)
        norms = {place: duty.norm_on(window.first_day(place)) for place in places(self.starts)}
        self.asked = begun & sum(1 << place for place, norm in norms.items() if norm is not None)

    def line(self, roll: Roll, met: int, excused: int) -> Line | None:
        """The verdicts of one organization; None when nothing is asked of it."""
        applies = self.duty.applies(roll)
        if not (applies.due or applies.unknown):
            return None
        there = all_of(roll.being, self.every, self.starts) & self.asked
        if self.duty.pack:
            there &= roll.packs.get(self.duty.pack, 0)
        owed, unknown = applies.due & there, applies.unknown & there
        if not (owed or unknown):
            return None
        done = any_of(met, self.every, self.starts) & (owed | unknown)
        excused &= (owed | unknown) & ~done
        unknown &= ~done & ~excused
        rest = owed & ~done & ~excused & ~unknown
        return Line(roll, self.duty, done, rest & ~self.over, rest & self.over, excused, unknown)


def _met(duty: Duty, evidence: Held, scope: Scope, day: date, window: Window) -> dict[int, int]:
    if duty.evidence is not None:
        return duty.evidence(scope, day, window)
    if len(duty.types) == 1:
        return evidence[duty.types[0]]
    found: dict[int, int] = {}
    for kind in duty.types:
        for unit, mask in evidence[kind].items():
            found[unit] = found.get(unit, 0) | mask
    return found


def _excuses(scope: Scope, day: date, window: Window) -> dict[tuple[int, str], int]:
    """By organization and duty the periods the upper level has excused by the day."""
    found: dict[tuple[int, str], int] = {}
    given = Excuse.objects.within(scope.on(day)).filter(
        given_on__lte=day, first__gte=window.first_day(0), first__lt=window.first_day(window.length)
    )
    for unit, rule, first in given.order_by().values_list("unit_id", "rule", "first"):
        found[unit, rule] = found.get((unit, rule), 0) | 1 << window.place(first)
    return found


