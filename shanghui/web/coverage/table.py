"""The tree table of coverage: the node, its own chambers by kind, the federations below, two levels deep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from shanghui.access.models import Unit
from shanghui.ledger.organizations.models import ChamberKind
from shanghui.web.coverage.counting import Counts, Leaf, added
from shanghui.web.figures.addresses import figure_url
from shanghui.web.figures.nodes import Node


@dataclass(frozen=True)
class Cell:
    """A count and the list behind it."""

    count: int
    url: str


@dataclass(frozen=True)
class Where:
    """What a row counts, as its links ask for it."""

    on: str
    under: int | None
    direct: bool = False
    kind: str = ""

    def url(self, code: str, part: str = "numerator") -> str:
        """The list behind one of the row's counts; "" for what hangs on no one unit."""
        if self.direct and self.under is None:
            return ""
        return figure_url(code, on=self.on, under=self.under, part=part, direct=self.direct, kind=self.kind)


@dataclass(frozen=True)
class Row:
    """One row. `key` names it for the rows below it (`under`); `opens`: closed at first; `url`: the page of the unit."""

    level: int
    label: str
    counts: Counts
    where: Where
    key: str = ""
    under: str = ""
    is_open: bool = False
    hidden: bool = False
    url: str = ""

    def cell(self, code: str, part: str = "numerator") -> Cell:
        """A count with its list."""
        shown = "chambers.total" if part == "denominator" else code
        return Cell(self.counts.numbers[shown], self.where.url(code, part))

    @property
    def cells(self) -> list[Cell]:
        """The plain counts in the order of the columns."""
        codes = ("chambers.total", "coverage.own", "coverage.joint", "coverage.shared", "coverage.other")
        return [self.cell(code) for code in codes]

    @property
    def organization(self) -> tuple[Cell, Cell]:
        """Both counts of 党组织覆盖率."""
        return self.cell("coverage.organization"), self.cell("coverage.organization", "denominator")

    @property
    def work(self) -> tuple[Cell, Cell]:
        """Both counts of 党的工作覆盖率."""
        return self.cell("coverage.work"), self.cell("coverage.work", "denominator")

    @property
    def guided(self) -> Cell:
        """Looked after by a guide only."""
        return self.cell("coverage.guided")

    @property
    def uncovered(self) -> Cell:
        """Not covered: the gap list."""
        return self.cell("coverage.uncovered")

    @property
    def blank(self) -> Cell:
        """Neither covered nor looked after."""
        return self.cell("coverage.blank")


class Tree:
    """The rows of one node as at a day. Federations stand in the order they are given in: by administrative code."""

    def __init__(self, node: Node, units: list[Unit], found: list[Leaf], parents: Mapping[int, int], on: str) -> None:
        self.node, self.on = node, on
        known = {unit.pk for unit in units}
        self.below: dict[int | None, list[Unit]] = defaultdict(list)
        for unit in units:
            above = parents.get(unit.pk)
            if unit.pk != node.pk:
                self.below[above if above in known else node.pk].append(unit)
        self.hanging: dict[int | None, list[Leaf]] = defaultdict(list)
        for leaf in found:
            self.hanging[self._holder(leaf, known, parents)].append(leaf)
        self.sums: dict[int | None, Counts] = {}
        self._add_up(node.pk)

    def _holder(self, leaf: Leaf, known: set[int], parents: Mapping[int, int]) -> int | None:
        """The nearest federation above a chamber, which may stand below another chamber."""
        above = parents.get(leaf.pk)
        while above is not None and above not in known:
            above = parents.get(above)
        return above or self.node.pk

    def _add_up(self, top: int | None) -> None:
        """Sums from the leaves up; without recursion, for trees of any depth."""
        order, waiting = [], [top]
        while waiting:
            pk = waiting.pop()
            order.append(pk)
            waiting += [unit.pk for unit in self.below[pk]]
        for pk in reversed(order):
            total = added(self.hanging[pk])
            for unit in self.below[pk]:
                total.add(self.sums[unit.pk])
            self.sums[pk] = total

    def rows(self) -> list[Row]:
        """The node, then what hangs on it, then each federation below with what is one level further down."""
        return [self.top(), *self._inside(self.node.pk, 1, "", hidden=False)]

    def top(self) -> Row:
        """The row of the whole."""
        return Row(0, self.node.name, self.sums[self.node.pk], self._where(self.node.pk))

    def _where(self, pk: int | None, direct: bool = False, kind: str = "") -> Where:
        return Where(self.on, pk, direct, kind)

    def _inside(self, pk: int | None, level: int, under: str, *, hidden: bool) -> Iterator[Row]:
        own, units = self.hanging[pk], self.below[pk]
        if not units:
            yield from self._kinds(pk, level, under, hidden=hidden)
            return
        if own and level == 1:
            key = "own"
            yield Row(1, "本级直属", added(own), self._where(pk, direct=True), key=key, under=under, is_open=True)
            yield from self._kinds(pk, 2, key, hidden=False)
        elif own:
            yield Row(level, "本级直属", added(own), self._where(pk, direct=True), under=under, hidden=hidden)
        for unit in units:
            key = f"u{unit.pk}" if level == 1 and self.sums[unit.pk].total else ""
            yield Row(
                level, unit.short_name or unit.name, self.sums[unit.pk], self._where(unit.pk), key=key, under=under,
                hidden=hidden, url=f"{reverse('coverage')}?under={unit.pk}" + (f"&on={self.on}" if self.on else ""),
            )
            if key:
                yield from self._inside(unit.pk, level + 1, key, hidden=True)

    def _kinds(self, pk: int | None, level: int, under: str, *, hidden: bool) -> Iterator[Row]:
        direct = bool(self.below[pk])
        for kind, counts in by_kind(self.hanging[pk]):
            where = self._where(pk, direct=direct, kind=kind.value)
            yield Row(level, f"{kind.label}商会", counts, where, under=under, hidden=hidden)

    def kinds(self) -> list[Row]:
        """The whole node by kind of chamber, whatever hangs where."""
        every = [leaf for listed in self.hanging.values() for leaf in listed]
        return [
            Row(0, f"{kind.label}商会", counts, self._where(self.node.pk, kind=kind.value)) for kind, counts in by_kind(every)
        ]


def by_kind(found: list[Leaf]) -> list[tuple[ChamberKind, Counts]]:
    """Rows added up by kind, in the usual order of kinds; kinds without chambers are left out."""
    grouped: dict[str, Counts] = {}
    for leaf in found:
        grouped.setdefault(leaf.kind, Counts()).add(leaf.counts)
    return [(kind, grouped[kind.value]) for kind in ChamberKind if kind.value in grouped]
