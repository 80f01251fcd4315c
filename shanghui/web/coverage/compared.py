"""What the page of two days tells: which days, both rates on each, the changes by kind and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.indicators.comparison import Change, Kind
from shanghui.kernel.periods import months_later
from shanghui.kernel.rates import Rate
from shanghui.ledger.organizations.models import Chamber
from shanghui.web.coverage.over_time import Step
from shanghui.web.figures.addresses import figure_url
from shanghui.web.kit.links import address_of
from shanghui.web.kit.visits import Visit


def compared_days(asked: Mapping[str, str], visit: Visit) -> tuple[date, date, str]:
    """The earlier day (`?then=`, a year before where it is missing), the later one (`?on=`), and what could not be read."""
    now, written = visit.day, asked.get("then", "").strip()
    usual = months_later(now, -12)
    if not written:
        return usual, now, ""
    try:
        then = date.fromisoformat(written)
    except ValueError:
        return usual, now, f"“{written}”不是日期，这里用一年前的 {usual}。日期写成 2021-12-31 这样。"
    if then > visit.today:
        return usual, now, f"{written} 还没有到，这里用一年前的 {usual}。"
    return (then, now, "") if then <= now else (now, then, "两个日期已按先后排好。")


@dataclass(frozen=True)
class Cell:
    """A rate on a day with the lists behind both counts."""

    day: date
    rate: Rate
    url: str
    url_of_all: str


@dataclass(frozen=True)
class Line:
    """One rate on both days."""

    title: str
    words: str
    cells: tuple[Cell, Cell]


@dataclass(frozen=True)
class Told:
    """A change with the page of its chamber."""

    name: str
    text: str
    url: str


@dataclass(frozen=True)
class Group:
    """The changes of one kind and what they add to the numerators."""

    kind: Kind
    found: tuple[Change, ...]
    on: str = ""

    @property
    def changes(self) -> list[Told]:
        """By name, each with its chamber's page on the later day."""
        return [Told(one.name, one.text, _chamber_url(one.chamber_id, self.on)) for one in self.found]

    @property
    def effects(self) -> tuple[str, str, str]:
        """«+1» on the chambers covered, on those reached by work, on the chambers in operation; "" for none."""
        totals = [
            sum(change.organization_effect for change in self.found), sum(change.work_effect for change in self.found),
            sum(change.total_effect for change in self.found),
        ]
        organization, work, total = (f"{value:+d}" if value else "" for value in totals)
        return organization, work, total


@dataclass(frozen=True)
class Comparison:
    """Two days side by side for one node."""

    then: date
    now: date
    steps: Sequence[Step]
    changes: Sequence[Change]
    under: int | None
    on: str

    @property
    def lines(self) -> list[Line]:
        """Both rates on both days, with their lists."""
        return [
            Line(step.title, step.words, (self._cell(step.code, self.then, step.then), self._cell(step.code, self.now, step.now)))
            for step in self.steps
        ]

    def _cell(self, code: str, day: date, rate: Rate) -> Cell:
        urls = [figure_url(code, on=day.isoformat(), under=self.under, part=part) for part in ("numerator", "denominator")]
        return Cell(day, rate, urls[0], urls[1])

    @property
    def groups(self) -> list[Group]:
        """The changes by kind, kinds without any left out."""
        listed = [(kind, tuple(change for change in self.changes if change.kind == kind)) for kind in Kind]
        return [Group(kind, found, self.on) for kind, found in listed if found]


def _chamber_url(pk: int, on: str) -> str:
    url = address_of(Chamber(pk=pk))
    return f"{url}?on={on}" if url and on else url
