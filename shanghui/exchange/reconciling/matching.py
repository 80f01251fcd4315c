"""Which record of the ledger each row means: by number, code, exact name within the unit. Two that may be meant are said, never guessed (M50).

Plain data, no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from shanghui.exchange.reconciling.naming import unit_name


@dataclass(slots=True, eq=False)
class Side:
    """One record of either side. `number`: a digest, or a code, that nobody else has; `names`: all it is called; `place`: its branch.

    `candidates`: the records of the ledger that a row may mean; `told`: why it was not matched.
    """

    at: int
    name: str
    names: tuple[str, ...]
    number: Hashable = None
    place: str = ""
    other: Side | None = None
    candidates: list[Side] = field(default_factory=list)
    told: str = ""

    @property
    def is_free(self) -> bool:
        """Neither matched nor left open."""
        return self.other is None and not self.told


_Keys = Callable[[Side], Sequence[Hashable]]


def match(theirs: Sequence[Side], ours: Sequence[Side], *, by_place: bool) -> set[int]:
    """Joins both sides (`other`), says where it cannot, and returns the positions of ours that stand among candidates.

    `by_place`: one name may stand for several people, so that it counts only within one branch, or where it occurs once on both sides and
    nothing speaks against it.
    """
    _by_number(theirs, ours)
    if by_place:
        _by_name(theirs, ours, lambda one: [(name, unit_name(one.place)) for name in one.names] if one.place else [])
        _elsewhere(theirs, ours)
    _by_name(theirs, ours, lambda one: one.names)
    return {candidate.at for one in theirs for candidate in one.candidates if candidate.other is None}


def _by_number(theirs: Iterable[Side], ours: Iterable[Side]) -> None:
    known = {one.number: one for one in ours if one.number}
    first: dict[Hashable, Side] = {}
    for one in theirs:
        if not one.number:
            continue
        twin = first.setdefault(one.number, one)
        if twin is not one:
            one.told = "和表里另一行是同一个号码。请核对表里哪一行是对的"
        elif one.number in known:
            _join(one, known[one.number])


def _join(one: Side, other: Side) -> None:
    one.other, other.other = other, one


def _speaks_against(one: Side, other: Side) -> bool:
    return bool(one.number and other.number and one.number != other.number)


def _by_name(theirs: Sequence[Side], ours: Sequence[Side], keys: _Keys) -> None:
    """Joins rows and records that alone have a key on both sides; leaves the others of that key open."""
    known: dict[Hashable, list[Side]] = defaultdict(list)
    for one in ours:
        for key in dict.fromkeys(keys(one)):
            known[key].append(one)
    asked: dict[Hashable, list[Side]] = defaultdict(list)
    for one in theirs:
        key = next((key for key in keys(one) if key in known), None) if one.is_free else None
        if key is not None:
            asked[key].append(one)
    for key, rows in asked.items():
        _settle(rows, known[key])


def _settle(rows: Sequence[Side], records: Sequence[Side]) -> None:
    """Rows and records of one key."""
    free = [one for one in records if one.other is None]
    for row in rows:
        may_be = [one for one in free if not _speaks_against(row, one)]
        if len(may_be) == 1 and len(rows) == 1:
            _join(row, may_be[0])
        elif may_be:
            row.candidates = may_be
            many = f"台账里有{len(may_be)}个" if len(may_be) > 1 else f"表里有{len(rows)}行都叫"
            row.told = f"{many}“{row.name}”，没有号码、代码可以确认是哪一个。请在表里补上再比对，或者到台账里核对"
        elif not free and not row.number:
            row.told = f"台账里的“{row.name}”已经和表里另一行对上。请核对表里是不是重复"


def _elsewhere(theirs: Sequence[Side], ours: Sequence[Side]) -> None:
    """A row whose name stands only in another branch, without a number to confirm it, may be the same person or another."""
    known: dict[str, list[Side]] = defaultdict(list)
    for one in ours:
        if one.is_free:
            for name in one.names:
                known[name].append(one)
    for row in theirs:
        if row.is_free and row.place:
            may_be = [one for one in known.get(row.names[0], ()) if one.other is None and not _speaks_against(row, one)]
            if may_be:
                row.candidates = may_be
                row.told = f"台账里的“{row.name}”在“{may_be[0].place or '别处'}”，没有号码可以确认是同一个人。请补上公民身份号码再比对"
