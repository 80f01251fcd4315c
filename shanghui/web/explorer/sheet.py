"""The answer as a workbook: a row for each figure and place, the days across, both counts of a share beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shanghui.indicators.registry import Indicator
from shanghui.kernel.columns import Column
from shanghui.web.explorer.asked import TREES, Asked
from shanghui.web.explorer.counting import Numbers
from shanghui.web.explorer.places import Place


@dataclass(frozen=True)
class Row:
    """A figure of a place."""

    indicator: Indicator
    place: Place


def rows(asked: Asked, listed: Sequence[Place]) -> list[Row]:
    """The rows, figure by figure."""
    return [Row(indicator, place) for indicator in asked.indicators for place in listed]


def columns(asked: Asked, numbers: Numbers) -> list[Column]:
    """What each row tells: the figure, the place, every day, and what the figure means."""
    return [
        Column("title", "指标", lambda row: row.indicator.title, width=26),
        Column("place", "地区、类别", lambda row: "　" * row.place.depth + row.place.label, width=34),
        *(column for day in asked.days for column in _of_day(asked, numbers, day)),
        Column("unit", "单位", lambda row: row.indicator.unit, width=8),
        Column("tree", "上下级", lambda row: TREES[asked.tree], width=20),
        Column("definition", "口径", lambda row: row.indicator.definition, width=70),
        Column("basis", "依据", lambda row: row.indicator.basis, width=40),
    ]


def _of_day(asked: Asked, numbers: Numbers, day: date) -> Iterator[Column]:
    def counted(row: Row) -> Any:
        return numbers(row.place, row.indicator, day)

    def value(row: Row) -> str | int:
        figure = counted(row)
        return "—" if figure is None else figure.text if figure.denominator is not None else figure.numerator

    yield Column(f"{day}", f"{day}", value, numeric=True)
    if any(one.is_rate for one in asked.indicators):
        yield Column(f"{day}n", f"{day} 分子", lambda row: getattr(counted(row), "numerator", None), numeric=True)
        yield Column(f"{day}d", f"{day} 分母", lambda row: getattr(counted(row), "denominator", None), numeric=True)
