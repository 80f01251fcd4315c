"""A return from the ledger: rows and cells by a layout, what is missing and who could supply it (M49)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from shanghui.access.models import Axis, Unit, UnitKind
from shanghui.access.queries import children_of, federations
from shanghui.access.scope import Scope, whole
from shanghui.exchange.layouts.layout import NODES, Heading, Layout, NotALayout, layout_of, read_layout
from shanghui.exchange.layouts.models import OwnLayout, Supplied
from shanghui.indicators.listing import columns_of, listing
from shanghui.indicators.queries import Figure, matrix, none_of, rows
from shanghui.indicators.registry import Indicator, registry
from shanghui.kernel.columns import Column

See = Callable[[Sequence[Column]], list[Column]]
"""Narrows columns to what the visitor may see of people."""
Known = dict[str, tuple[Layout, OwnLayout | None]]
"""Layouts by code, each with the version an office made of it; None: as it was shipped."""
_SHIPPED = Path(__file__).parent / "shipped"
_NODE_COLUMNS = (Column("name", "单位", lambda unit: unit.name), Column("code", "代码", lambda unit: unit.code))
_WHERE = {
    "chambers": "商会台账", "organizations": "党组织台账", "people": "人员台账", "joint": "党组织台账", "secretaries": "任职", "officers": "任职",
    "leaders": "人员台账", "dual": "人员台账", "guides": "指导员", "activities": "活动",
}


@dataclass(frozen=True)
class Cell:
    """A cell as the receiver reads it. `asked`: it was supplied for returns; `missing`: it is blank."""

    value: Any
    asked: bool = False
    missing: bool = False


@dataclass(frozen=True)
class Line:
    """A row: the record it stands for («table:key», and the record itself) and its cells."""

    key: str
    record: Any
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Missing:
    """A column with blanks: how many, and where they can be mended."""

    heading: Heading
    count: int
    where: str


@dataclass(frozen=True)
class Produced:
    """A return before it is kept."""

    layout: Layout
    lines: Sequence[Line]

    def missing(self) -> list[Missing]:
        """Columns that must be filled or are asked for and have blanks."""
        found = []
        for place, heading in enumerate(self.layout.columns):
            blanks = sum(1 for line in self.lines if line.cells[place].missing)
            if blanks and (heading.required or heading.kind == "asked"):
                found.append(Missing(heading, blanks, _where(self.layout, heading)))
        return found

    def counts(self) -> tuple[int, int, int]:
        """Cells filled from the ledger, supplied for returns, blank."""
        cells = [cell for line in self.lines for cell in line.cells]
        asked = sum(1 for cell in cells if cell.asked and not cell.missing)
        blank = sum(1 for cell in cells if cell.missing)
        return len(cells) - asked - blank, asked, blank


@cache
def shipped() -> dict[str, Layout]:
    """The layouts that come with the platform, by code."""
    found = [read_layout(path.read_bytes()) for path in sorted(_SHIPPED.glob("*.json"))]
    return {one.code: one for one in found}


def layouts(scope: Scope) -> Known:
    """Layouts that may be used within the scope: those shipped, and the last version of each that one's own office made, which hides a shipped
    one of its code. What offices below made of theirs does not count."""
    found: Known = {code: (one, None) for code, one in shipped().items()}
    for own in last_versions(scope):
        kept = layout_kept(own)
        if kept is not None:
            found[own.code] = (kept, own)
    return {code: one for code, one in found.items() if one[1] is None or not one[1].gone}


def layout_kept(own: OwnLayout) -> Layout | None:
    """The layout of a version; None for one kept by an earlier platform that took what is refused today: one bad row stops no page."""
    try:
        return layout_of(own.document)
    except NotALayout:
        return None


def own_office(scope: Scope) -> Unit | None:
    """The federation whose layouts hold within the scope."""
    return federations(scope).first()


def last_versions(scope: Scope) -> list[OwnLayout]:
    """The last version of each layout that one's own office made, withdrawn ones included. One query and that for the office."""
    last: dict[str, OwnLayout] = {}
    for own in OwnLayout.objects.filter(unit=own_office(scope)).select_related("unit", "made_by").order_by("version"):
        last[own.code] = own
    return list(last.values())


def sources(rows_code: str) -> list[tuple[str, str]]:
    """(source, what it is called) for a layout whose rows are the records behind an indicator, or federations."""
    own = [("number", "序号"), ("asked", "台账没有，另外补报")]
    if rows_code == NODES:
        figures = [(f"figure:{one.code}", one.title) for one in registry]
        parts = (("denominator", "分母"), ("rate", "比率"))
        shares = [(f"figure:{one.code}:{part}", f"{one.title}（{word}）") for one in registry if one.is_rate for part, word in parts]
        return [*own, *((f"column:{one.key}", one.title) for one in _NODE_COLUMNS), *figures, *shares]
    return [*own, *((f"column:{one.key}", one.title) for one in columns_of(_indicator(rows_code).population))]


def check_sources(layout: Layout) -> None:
    """Raises NotALayout where a column names something that is not there."""
    known = {source for source, _ in sources(layout.rows)}
    for place, heading in enumerate(layout.columns, start=1):
        if heading.kind != "fixed" and heading.source not in known:
            raise NotALayout(f"第{place}列“{heading.title}”的来源“{heading.source}”在这种行里没有。")


def _indicator(code: str) -> Indicator:
    found = registry.get(code)
    if found is None or found.population.computed is not None:
        raise NotALayout(f"行“{code}”不认识：写一项指标的代码（它的名单就是行），或者写 {NODES}（一行一个工商联）。")
    return found


def produce(layout: Layout, unit: Unit, day: date, see: See) -> Produced:
    """The rows of the unit as at the day by the layout; `see` narrows what is shown of people. Raises NotALayout."""
    check_sources(layout)
    supplied = {(row, heading): value for row, heading, value in Supplied.objects.filter(unit=unit).values_list("row", "heading", "value")}
    made = _nodes(layout, unit, day) if layout.rows == NODES else _records(layout, unit, day, see)
    lines = [
        Line(key, record, tuple(_cell(heading, place, key, values, supplied) for heading in layout.columns))
        for place, (key, record, values) in enumerate(made, start=1)
    ]
    return Produced(layout, lines)


Values = Callable[[Heading], Any]


def _cell(heading: Heading, place: int, key: str, values: Values, supplied: dict[tuple[str, str], str]) -> Cell:
    if heading.kind == "number":
        return Cell(place)
    if heading.kind == "fixed":
        return Cell(heading.about)
    if heading.kind == "asked":
        value = supplied.get((key, heading.title), "")
        return Cell(value, asked=True, missing=not value)
    value = heading.written(values(heading))
    return Cell(value, missing=value == "")


def _records(layout: Layout, unit: Unit, day: date, see: See) -> list[tuple[str, Any, Values]]:
    indicator, scope = _indicator(layout.rows), whole(day).under(unit)
    shown = listing(indicator.population, rows(indicator, scope, day), scope, day)
    columns = {one.key: one for one in see(shown.columns)}

    def values(row: Any) -> Values:
        return lambda heading: columns[heading.about].text(row) if heading.about in columns else ""

    return [(f"{row._meta.db_table}:{row.pk}", row, values(row)) for row in shown.rows]


def _nodes(layout: Layout, unit: Unit, day: date) -> list[tuple[str, Any, Values]]:
    codes = {heading.about.partition(":")[0] for heading in layout.columns if heading.kind == "figure"}
    table = matrix(whole(day).under(unit), day, codes)
    below = children_of(unit, axis=Axis.SUPERVISION, day=day).filter(kind=UnitKind.FEDERATION).order_by("code", "pk")
    empty = none_of(codes)
    return [(f"access_unit:{one.pk}", one, _of_node(one, empty | table.get(one.pk, {}))) for one in (unit, *below)]


def _of_node(unit: Unit, found: dict[str, Figure]) -> Values:
    columns = {one.key: one for one in _NODE_COLUMNS}

    def value(heading: Heading) -> Any:
        if heading.kind == "column":
            return columns[heading.about].text(unit)
        code, _, part = heading.about.partition(":")
        one = found[code]
        return one.denominator if part == "denominator" else one.rate.percent() if part == "rate" and one.rate else one.numerator

    return value


def _where(layout: Layout, heading: Heading) -> str:
    if heading.kind == "asked":
        return "在这里补报一次，以后的报表接着用"
    indicator = registry.get(layout.rows)
    return f"到{_WHERE.get(indicator.population.code, '台账')}里补登" if indicator else "到台账里补登"
