"""The rows: the node, what is below it in administrative order, or the kinds of chambers; and who is there on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.access.models import Axis
from shanghui.access.queries import federations, parents_on
from shanghui.access.scope import Scope
from shanghui.ledger.organizations.models import ChamberKind
from shanghui.web.explorer.asked import Level
from shanghui.web.figures.nodes import Node


@dataclass(frozen=True)
class Place:
    """One row. `unit`: whose figures these are (None: everything within one's seats); `direct`: only what hangs on the unit
    itself; `kind`: only chambers of a kind. `days`: on which it is there, None for all."""

    label: str
    unit: int | None
    depth: int = 0
    direct: bool = False
    kind: str = ""
    days: frozenset[date] | None = None

    def there(self, day: date) -> bool:
        """Whether it belongs here on the day."""
        return self.days is None or day in self.days


@dataclass(frozen=True)
class Below:
    """The federations below a node on a day ({unit: (code, name)}) and the parents of all units."""

    units: Mapping[int, tuple[str, str]]
    parents: Mapping[int, int]

    def children(self, node: int) -> set[int]:
        """The federations directly below."""
        return {unit for unit in self.units if self.parents.get(unit) == node}

    def depth(self, unit: int, node: int) -> int:
        """How far below the node a unit stands."""
        steps, at = 0, unit
        while at != node and at in self.parents:
            steps, at = steps + 1, self.parents[at]
        return steps


def below_on(scope: Scope, days: Sequence[date]) -> dict[date, Below]:
    """What is below the scope's node on each day. Two queries a day, two for all days under a pinned scope."""
    found: dict[date, Below] = {}
    for day in days:
        same = found.get(days[0]) if scope.pinned else None
        found[day] = same or _below(scope.on(day))
    return found


def _below(scope: Scope) -> Below:
    listed = federations(scope).exclude(pk=scope.node or 0).values_list("pk", "code", "name")
    return Below({pk: (code, name) for pk, code, name in listed}, parents_on(scope.day, Axis.SUPERVISION))


def places(level: Level, node: Node, below: Mapping[date, Below]) -> list[Place]:
    """The rows of a level, the node first, then by administrative code."""
    top = Place(node.name, node.pk)
    if level is Level.KIND:
        return [top, *(Place(f"{kind.label}商会", node.pk, 1, kind=kind.value) for kind in ChamberKind)]
    if level is Level.NODE or node.pk is None:
        return [top]
    own = [Place("本级直属", node.pk, 1, direct=True)] if level is Level.CHILDREN else []
    return [top, *own, *_units(level, node.pk, below)]


def _units(level: Level, node: int, below: Mapping[date, Below]) -> list[Place]:
    """The federations that were below on one of the days, each with the days on which it was."""
    days: dict[int, set[date]] = {}
    told: dict[int, tuple[str, str, int]] = {}
    for day, found in below.items():
        for unit in found.children(node) if level is Level.CHILDREN else found.units:
            days.setdefault(unit, set()).add(day)
            told[unit] = (*found.units[unit], found.depth(unit, node))
    order = sorted(told, key=lambda unit: (told[unit][0], told[unit][1], unit))
    return [Place(told[unit][1], unit, told[unit][2], days=frozenset(days[unit])) for unit in order]
