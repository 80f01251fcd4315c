"""What is still to be done: what is due or overdue, without what was explained or excused (M42)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shanghui.access.scope import Scope
from shanghui.rules.duties import Duty, Roll
from shanghui.rules.models import Finding, FindingState
from shanghui.rules.months import Window, places
from shanghui.rules.standing import Verdict, standing
from shanghui.rules.states import State
from shanghui.rules.verdicts import Line, Slot, assess

Explained = Mapping[tuple[int, str], Collection[date]]
"""By unit and rule the first days of what was explained."""


@dataclass(frozen=True, slots=True)
class Pending:
    """One duty of one organization: the periods in which it is still to be met, and those in which it was missed."""

    roll: Roll
    duty: Duty
    due: int
    overdue: int
    window: Window

    def slots(self) -> Iterator[Slot]:
        """Each by itself, the earliest first."""
        for place in places(self.due | self.overdue):
            state = State.OVERDUE if self.overdue >> place & 1 else State.DUE
            first, last = self.window.first_day(place), self.window.last_day(place, self.duty.every)
            yield Slot(self.roll.unit, self.roll.name, self.duty, first, last, state)


def explained(scope: Scope, day: date) -> Explained:
    """What was explained within the scope. One query."""
    found: dict[tuple[int, str], set[date]] = defaultdict(set)
    rows = Finding.objects.within(scope.on(day)).filter(state=FindingState.EXPLAINED)
    for unit, rule, first in rows.order_by().values_list("unit_id", "rule", "first"):
        found[unit, rule].add(first)
    return found


def pending_duties(scope: Scope, day: date, window: Window, settled: Explained, *, planned: bool = False) -> list[Pending]:
    """The duties still open over the window; `planned`: those of periods that have not begun as well."""
    found = (_pending(line, window, settled) for line in assess(scope, day, window, planned=planned).lines)
    return [one for one in found if one.due or one.overdue]


def _pending(line: Line, window: Window, settled: Explained) -> Pending:
    said = 0
    for first in settled.get((line.roll.unit, line.duty.code), ()):
        place = window.place(first)
        said |= 1 << place if place >= 0 else 0
    return Pending(line.roll, line.duty, line.due & ~said, line.overdue & ~said, window)


def pending_standing(scope: Scope, day: date, settled: Explained) -> list[Verdict]:
    """How things stand where something is to be done about it."""
    return [
        one for one in standing(scope, day)
        if one.stand.state in (State.DUE, State.OVERDUE)
        and one.stand.first not in settled.get((one.stand.unit, one.check.code), ())
    ]
