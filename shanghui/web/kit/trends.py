"""A trend of rates: the chart's options as data, the table beside it and the sentence that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shanghui.kernel.rates import Rate

_STYLES = (("#9B1B20", "solid", "circle"), ("#47443F", "dashed", "rect"), ("#1B4F8A", "dotted", "triangle"))

_PERCENT = "{value}%"


@dataclass(frozen=True)
class Line:
    """One rate at the days of the trend."""

    name: str
    rates: tuple[Rate, ...]


@dataclass(frozen=True)
class Trend:
    """What kit/trend.html shows; `id` must be unique on the page, `title` says whose rates these are."""

    id: str
    title: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]

    @property
    def rows(self) -> list[dict[str, object]]:
        """The table: a day, and «34/40 85.0%» per line."""
        columns: Sequence[tuple[Rate, ...]] = [line.rates for line in self.lines]
        return [
            {"day": day.strftime("%Y-%m"), "cells": [_cell(rate) for rate in rates]}
            for day, *rates in zip(self.days, *columns, strict=True)
        ]

    @property
    def sentence(self) -> str:
        """«党组织覆盖率 68.6%、85.0%；… （2020-06 至 2022-06）»."""
        said = "；".join(f"{line.name} {'、'.join(rate.percent() for rate in line.rates)}" for line in self.lines)
        return f"{said}（{self.days[0]:%Y-%m} 至 {self.days[-1]:%Y-%m}）" if self.days else "还没有数"

    @property
    def option(self) -> dict[str, Any]:
        """ECharts options, without functions: static/trend.js adds the labels."""
        return {
            "animation": False,
            "grid": {"left": 44, "right": 96, "top": 12, "bottom": 24},
            "xAxis": {"type": "category", "data": [f"{day:%Y-%m}" for day in self.days], "axisTick": {"show": False}},
            "yAxis": {
                "type": "value",
                "scale": True,
                "max": 100,
                "splitNumber": 2,
                "axisLabel": {"formatter": _PERCENT},
            },
            "series": [_series(line, style) for line, style in zip(self.lines, _STYLES, strict=False)],
        }


def _cell(rate: Rate) -> str:
    return f"{rate.numerator}/{rate.denominator} {rate.percent()}" if rate.denominator else "—"


def _series(line: Line, style: tuple[str, str, str]) -> dict[str, Any]:
    colour, dash, symbol = style
    values = [None if rate.value is None else float(rate.percent(1).rstrip("%")) for rate in line.rates]
    return {
        "type": "line",
        "name": line.name,
        "data": values,
        "symbol": symbol,
        "symbolSize": 6,
        "lineStyle": {"color": colour, "type": dash, "width": 2},
        "itemStyle": {"color": colour},
        "endLabel": {"show": True, "formatter": "{a}", "color": colour},
    }
