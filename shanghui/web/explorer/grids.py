"""Tables of a question: rows and columns are what varies; where places, figures and days all vary, a table for each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.indicators.queries import Figure
from shanghui.indicators.registry import Indicator
from shanghui.web.explorer.asked import Asked
from shanghui.web.explorer.charts import Chart, Series, charts
from shanghui.web.explorer.counting import Numbers
from shanghui.web.explorer.dates import When
from shanghui.web.explorer.places import Place
from shanghui.web.figures.addresses import figure_url
from shanghui.web.figures.lists import SHAPES
from shanghui.web.kit.visits import Visit

FEW_DAYS = 6
"""More days than that go down the page, not across, where there is one place."""


@dataclass(frozen=True)
class Cell:
    """A figure with the lists behind both its counts; None where there was nothing to count in."""

    figure: Figure | None
    url: str
    url_of_all: str


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    label: str
    depth: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Grid:
    """A table with its charts."""

    title: str
    corner: str
    heads: Sequence[str]
    lines: Sequence[Line]
    charts: Sequence[Chart]


@dataclass(frozen=True)
class Drawing:
    """Draws a question's tables: what was asked, the numbers, and who looks."""

    asked: Asked
    numbers: Numbers
    visit: Visit

    def grids(self, places: Sequence[Place], alone: bool) -> list[Grid]:
        """The tables for these places, each with its charts. `alone`: there is one place, not one on this page."""
        if alone:
            return [self._of_one_place(places[0])]
        if len(self.asked.days) == 1:
            return [self._of_one_day(places, self.asked.days[0])]
        return [self._of_one_figure(places, one, place) for place, one in enumerate(self.asked.indicators)]

    def _of_one_place(self, place: Place) -> Grid:
        days, listed = self.asked.days, self.asked.indicators
        drawn = charts("chart", [Series(one.title, [self.numbers(place, one, day) for day in days]) for one in listed], self._days(), True)
        if len(days) < 3:
            drawn = self._bars_of(place)
        if len(days) > FEW_DAYS and len(listed) <= FEW_DAYS:
            lines = [Line(word, 0, [self._cell(place, one, day) for one in listed]) for word, day in zip(self._days(), days, strict=True)]
            return Grid(place.label, "截至", [one.title for one in listed], lines, drawn)
        lines = [Line(one.title, 0, [self._cell(place, one, day) for day in days]) for one in listed]
        return Grid(place.label, "指标", self._days(), lines, drawn)

    def _bars_of(self, place: Place) -> list[Chart]:
        """A bar for each figure and day; shares and counts apart."""
        drawn: list[Chart] = []
        measures: dict[str, list[Indicator]] = {}
        for one in self.asked.indicators:
            measures.setdefault("%" if one.is_rate else one.unit, []).append(one)
        for number, listed in enumerate(measures.values()):
            days = zip(self._days(), self.asked.days, strict=True)
            rows = [Series(word, [self.numbers(place, one, day) for one in listed]) for word, day in days]
            drawn += charts(f"chart-{number}", rows, [one.title for one in listed], False)
        return drawn

    def _of_one_day(self, places: Sequence[Place], day: date) -> Grid:
        listed = self.asked.indicators
        rows = [Series(one.title, [self.numbers(place, one, day) for place in places]) for one in listed]
        lines = [Line(place.label, place.depth, [self._cell(place, one, day) for one in listed]) for place in places]
        return Grid(
            f"截至 {day}", "地区、类别", [one.title for one in listed], lines, charts("chart", rows, [one.label for one in places], False)
        )

    def _of_one_figure(self, places: Sequence[Place], one: Indicator, number: int) -> Grid:
        days = self.asked.days
        by_place = [Series(place.label, [self.numbers(place, one, day) for day in days]) for place in places]
        by_day = [
            Series(word, [self.numbers(place, one, day) for place in places]) for word, day in zip(self._days(), days, strict=True)
        ]
        drawn = charts(f"chart-{number}", by_place, self._days(), True) if len(days) > 2 else charts(
            f"chart-{number}", by_day, [place.label for place in places], False
        )
        lines = [Line(place.label, place.depth, [self._cell(place, one, day) for day in days]) for place in places]
        return Grid(one.title, "地区、类别", self._days(), lines, drawn)

    def _days(self) -> list[str]:
        short = self.asked.when in (When.MONTHS, When.HALVES)
        return [f"{day:%Y-%m}" if short else day.isoformat() for day in self.asked.days]

    def _cell(self, place: Place, one: Indicator, day: date) -> Cell:
        figure = self.numbers(place, one, day)
        if figure is None or not self.visit.may(SHAPES[one.population.code].act):
            return Cell(figure, "", "")
        on = "" if day == self.visit.today else day.isoformat()
        urls = [
            figure_url(one.code, on=on, under=place.unit, part=part, direct=place.direct, kind=place.kind, tree=self.asked.tree)
            for part in ("numerator", "denominator")
        ]
        return Cell(figure, urls[0], urls[1])
