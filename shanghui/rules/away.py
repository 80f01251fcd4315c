"""Who is away, lost, abroad, mending or suspended, by the branch of his home: what the rules about them look at (regulations §4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shanghui.kernel.facts import Precision
from shanghui.kernel.partial_dates import last_day
from shanghui.ledger.people.models import StandingKind
from shanghui.rules.picture import Picture
from shanghui.rules.standing import Stand
from shanghui.rules.states import State

_LENGTH = {Precision.YEAR: 4, Precision.MONTH: 7}


@dataclass(frozen=True, slots=True)
class Away:
    """Something that holds of a member at home in `unit`. `since`: the day since which it surely holds; `contact`: the last day on
    which he was reached by the day asked about, if he was."""

    unit: int
    person: int
    since: date
    contact: date | None
    due: date | None
    purpose: str
    fixed: bool | None


def away(picture: Picture, kind: StandingKind) -> list[Away]:
    """Of whom this holds on the day, at home within the picture. One question for all kinds together."""
    return [
        Away(unit, person, surely_since(since, exact), *rest)
        for held, unit, person, since, exact, *rest in picture.standings if held == kind
    ]


def surely_since(since: date, precision: str) -> date:
    """The last day on which something known to its month or year can have begun."""
    length = _LENGTH.get(Precision(precision))
    return since if length is None else last_day(since.isoformat()[:length])


def by_day(picture: Picture, found: list[tuple[Away, date, State, str]]) -> Iterator[Stand]:
    """One stand for the members of a branch for whom the same falls due on the same day: names are not told.

    `found`: (who, the day that names it, how it stands, the sentence; «{n}» for how many).
    """
    names = {body.unit: body.name for body in picture.bodies}
    grouped: dict[tuple[int, date], list[tuple[State, str]]] = defaultdict(list)
    for one, first, state, sentence in found:
        if one.unit in names:
            grouped[one.unit, first].append((state, sentence))
    for (unit, first), listed in sorted(grouped.items()):
        state, sentence = min(listed, key=lambda each: _ORDER.index(each[0]))
        yield Stand(unit, names[unit], state, first, sentence.format(n=len(listed)), first)


_ORDER = (State.OVERDUE, State.DUE, State.UNKNOWN, State.DONE, State.EXCUSED)
