"""Charts that are read without colours: lines differ by dash and marker, bars by hatching. Each belongs to a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shanghui.indicators.queries import Figure

SERIES, BARS = 6, 40
"""How many lines, and how many rows of bars, can still be told apart; the table has all."""
_INK = ("#9B1B20", "#1A1817", "#1B4F8A", "#47443F", "#7A4B00", "#2F6B3A")
_DASHES = ("solid", "dashed", "dotted", [12, 4], [2, 6], [14, 4, 2, 4])
_MARKS = ("circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect")
_HATCHES: tuple[dict[str, Any] | None, ...] = (
    None, {"dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": 0.785}, {"symbol": "circle", "symbolSize": 0.6},
    {"dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": -0.785}, {"dashArrayX": [1, 0], "dashArrayY": [1, 5]},
    {"symbol": "triangle", "symbolSize": 0.7},
)


@dataclass(frozen=True)
class Series:
    """One line, or one kind of bar."""

    name: str
    figures: Sequence[Figure | None]


@dataclass(frozen=True)
class Chart:
    """What explorer/chart.html shows; `id` must be unique on the page, `measure` is «%» or the unit of a count."""

    id: str
    measure: str
    categories: Sequence[str]
    series: Sequence[Series]
    lines: bool

    @property
    def drawn(self) -> Sequence[Series]:
        """As many as can be told apart."""
        return self.series[:SERIES]

    @property
    def left_out(self) -> str:
        """«图中只画前 6 项，其余见表。»."""
        if len(self.series) > SERIES:
            return f"图中只画前 {SERIES} 项，其余见表。"
        return f"图中只画前 {BARS} 行，其余见表。" if not self.lines and len(self.categories) > BARS else ""

    @property
    def sentence(self) -> str:
        """What a reader hears instead of the picture."""
        names = "、".join(one.name for one in self.drawn)
        return f"{'折线图' if self.lines else '条形图'}（{self.measure}）：{names}；数值见表。"

    @property
    def height(self) -> int:
        """In pixels: bars need a line each."""
        bars = min(len(self.categories), BARS) * (10 + 14 * len(self.drawn))
        return 280 if self.lines else max(180, 90 + bars)

    @property
    def option(self) -> dict[str, Any]:
        """ECharts options, without functions."""
        shown = list(self.categories) if self.lines else list(self.categories[:BARS])
        places: dict[str, Any] = {"type": "category", "data": shown, "axisTick": {"show": False}}
        values: dict[str, Any] = {"type": "value", "name": self.measure, "nameTextStyle": {"align": "left"}}
        if self.measure == "%":
            values |= {"max": 100} if not self._beyond else {}
        if not self.lines:
            places |= {"inverse": True, "axisLabel": {"width": 150, "overflow": "truncate"}}
        draw = _line if self.lines else _bar
        return {
            "animation": False, "legend": {"top": 0, "left": 0, "type": "scroll", "itemWidth": 36},
            "grid": {"left": 8, "right": 28, "top": 58, "bottom": 8, "containLabel": True},
            "xAxis": places if self.lines else values, "yAxis": values if self.lines else places,
            "series": [draw(one, place, len(shown)) for place, one in enumerate(self.drawn)],
        }

    @property
    def _beyond(self) -> bool:
        """Whether a share is above 100 %: nothing is cut off."""
        return any(one and one.numerator > (one.denominator or 0) for series in self.drawn for one in series.figures)


def charts(key: str, rows: Sequence[Series], categories: Sequence[str], lines: bool) -> list[Chart]:
    """One chart for each measure among the rows (shares and counts are never on one axis); rows without a value take no line."""
    groups: dict[str, list[Series]] = {}
    for row in rows:
        first = next((one for one in row.figures if _point(one) is not None), None)
        if first is not None:
            groups.setdefault(_measure(first), []).append(row)
    return [
        Chart(f"{key}-{place}", measure, categories, found, lines) for place, (measure, found) in enumerate(groups.items())
    ]


def _measure(figure: Figure) -> str:
    return "%" if figure.denominator is not None else figure.indicator.unit


def _point(figure: Figure | None) -> float | None:
    """A share as it is printed, a count, or a gap."""
    if figure is None or figure.value is None:
        return None
    return float(figure.text.rstrip("%"))


def _line(one: Series, place: int, count: int) -> dict[str, Any]:
    return {
        "type": "line", "name": one.name, "data": [_point(figure) for figure in one.figures], "symbol": _MARKS[place],
        "symbolSize": 8, "showAllSymbol": True, "connectNulls": False, "itemStyle": {"color": _INK[place]},
        "lineStyle": {"color": _INK[place], "type": _DASHES[place], "width": 2},
    }


def _bar(one: Series, place: int, count: int) -> dict[str, Any]:
    hatch = _HATCHES[place]
    fill: dict[str, Any] = {"color": "#47443F" if hatch is None else "#FFFFFF", "borderColor": "#1A1817", "borderWidth": 1}
    if hatch is not None:
        fill["decal"] = {"color": "#1A1817", **hatch}
    return {
        "type": "bar", "name": one.name, "data": [_point(figure) for figure in one.figures[:count]], "itemStyle": fill,
        "barMaxWidth": 14, "label": {"show": count <= 20, "position": "right"},
    }
