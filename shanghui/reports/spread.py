"""How the two coverages spread over the tree: a bar and a line of counts for each unit directly below (M04, M43)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from shanghui.access.models import Axis, UnitKind
from shanghui.access.naming import called_on
from shanghui.access.queries import children_of
from shanghui.access.scope import Scope
from shanghui.indicators.queries import Figures, breakdown, matrix, none_of, stored_rows
from shanghui.indicators.registry import registry
from shanghui.ledger.organizations.models import ChamberKind
from shanghui.reports.content import Bars, Block, Counted, Number, Table
from shanghui.reports.facts import Facts, Pieces, missing, say

PARTS = ("单独组建", "其他方式组建", "没有党组织、有指导员联系", "空白")
CODES = ("chambers.total", "coverage.organization", "coverage.own", "coverage.guided", "coverage.blank")
HEADS = ("单位", "商会", "有党组织覆盖", "其中单独组建", "没有党组织、有指导员联系", "空白", "覆盖率")


@dataclass(frozen=True)
class Line:
    """One unit (0: no unit of its own) with its figures; `keys`: of one without, {figure: the chambers it counts}, `code` names it."""

    name: str
    unit: int
    figures: Figures
    code: str = ""
    keys: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[int, ...]:
        """The parts of its bar: together all its chambers."""
        covered, own = self.figures["coverage.organization"].numerator, self.figures["coverage.own"].numerator
        return own, covered - own, self.figures["coverage.guided"].numerator, self.figures["coverage.blank"].numerator

    def cell(self, code: str, part: str = "numerator") -> Pieces:
        """A figure that opens."""
        figure = self.figures[code]
        text = figure.rate.short_percent() if part == "rate" and figure.rate else str(figure.numerator)
        if not self.unit and part == "rate":
            return say(text)
        if not self.unit:
            return (Counted(f"{self.code}.{code}", f"{self.name}：{figure.indicator.title}", text, "chambers", self.keys[code]),)
        return (Number(code, figure.indicator.title, part, text, figure.numerator, figure.denominator, under=self.unit),)

    @property
    def row(self) -> tuple[Pieces, ...]:
        """The line of the table."""
        return say(self.name), *(self.cell(code) for code in CODES), self.cell("coverage.organization", "rate")


def spread(facts: Facts) -> tuple[Block, ...]:
    """The chart and its table; by kind of chamber where no federation stands below."""
    if not facts.count("chambers.total"):
        return (missing("正常运行的商会", "台账里还没有商会。请在“导入”里导入台账，或在“商会”里逐家登记。", "chambers"),)
    lines = _by_unit(facts) or _by_kind(facts)
    whole = Line("合计", 0, facts.figures)
    shown = [one for one in lines if one.figures["chambers.total"].numerator]
    title = f"{facts.called}“两个覆盖”"
    bars = Bars(title, PARTS, tuple((one.name, one.counts) for one in (*shown, whole)))
    total = (say("合计"), *(say(facts.number(code)) for code in CODES), say(facts.number("coverage.organization", "rate")))
    return bars, Table(f"{title}的数（家）", HEADS, (*(one.row for one in shown), total), (6, 2, 3, 3, 4, 2, 3))


def _by_unit(facts: Facts) -> list[Line]:
    """The federations directly below, and what hangs on the unit itself."""
    below = list(children_of(facts.unit, axis=Axis.SUPERVISION, day=facts.day).filter(kind=UnitKind.FEDERATION))
    if not below:
        return []
    called_on(facts.day, below)
    found = matrix(facts.scope, facts.day, CODES)
    lines = [Line(one.name, one.pk, found.get(one.pk) or none_of(CODES)) for one in below]
    return [*lines, _own(facts, lines)]


def _own(facts: Facts, lines: list[Line]) -> Line:
    """What the units below do not account for: chambers directly under the office."""
    left: Figures = {}
    for code in CODES:
        figure = facts.figures[code]
        rest = figure.numerator - sum(one.figures[code].numerator for one in lines)
        of = None if figure.denominator is None else figure.denominator - sum(one.figures[code].denominator or 0 for one in lines)
        left[code] = figure._replace(numerator=rest, denominator=of)
    within = Scope(tuple(one.unit for one in lines), facts.day).condition("unit_id")
    return Line("直属", 0, left, "direct", {code: tuple(_chambers(facts, code).exclude(within).values_list("pk", flat=True)) for code in CODES})


def _chambers(facts: Facts, code: str) -> QuerySet[Any]:
    indicator = registry.get(code)
    assert indicator is not None, code
    return stored_rows(indicator, facts.scope, facts.day).order_by("pk")


def _by_kind(facts: Facts) -> list[Line]:
    found: Mapping[str, Figures] = breakdown(facts.scope, facts.day, "kind", CODES)
    kinds = {code: list(_chambers(facts, code).values_list("kind", "pk")) for code in CODES}
    return [
        Line(
            f"{kind.label}商会", 0, found[kind.value], kind.value,
            {code: tuple(pk for one, pk in rows if one == kind.value) for code, rows in kinds.items()},
        )
        for kind in ChamberKind if kind.value in found
    ]
