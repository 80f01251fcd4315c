"""All figures of a node as at a day, and the list behind each number (M41)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.models import Axis, Reach, Unit, UnitKind
from shanghui.access.queries import children_of
from shanghui.access.scope import reached_from
from shanghui.indicators import queries
from shanghui.indicators.listing import listing
from shanghui.indicators.queries import Figure
from shanghui.indicators.registry import Indicator, registry
from shanghui.kernel.columns import Column, attribute
from shanghui.kernel.records import Records
from shanghui.web.figures.addresses import figure_url
from shanghui.web.figures.lists import SHAPES
from shanghui.web.figures.nodes import Node, asked_node, asked_scope, to_choose
from shanghui.web.figures.themes import by_theme
from shanghui.web.kit.links import address_of
from shanghui.web.kit.listing import ListPage, answer_list, workbook
from shanghui.web.kit.visits import Visit, page, show

PARTS = {"numerator": "分子", "denominator": "分母", "rest": "分母中其余的"}


@dataclass(frozen=True)
class Line:
    """One figure as the page and the workbook show it."""

    theme: str
    figure: Figure
    url: str
    url_of_all: str

    @property
    def title(self) -> str:
        """What it is called."""
        return self.figure.indicator.title

    @property
    def value(self) -> str:
        """«85.0%», «—» or «28»."""
        return self.figure.text


COLUMNS = (
    attribute("theme", "类别", width=16), attribute("title", "指标", width=26), attribute("value", "数值"),
    Column("numerator", "分子", lambda line: line.figure.numerator, numeric=True),
    Column("denominator", "分母", lambda line: line.figure.denominator, numeric=True),
    Column("unit", "单位", lambda line: line.figure.indicator.unit, width=8),
    Column("definition", "口径", lambda line: line.figure.indicator.definition, width=70),
    Column("basis", "依据", lambda line: line.figure.indicator.basis, width=40),
)


@page(Act.FIGURES_VIEW)
def figures(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every figure with its definition, both counts and the list behind each; also as a workbook."""
    node = asked_node(request, visit)
    groups = by_theme(queries.figures(node.scope, visit.day).values())
    lines = [(theme, list(_lines(theme, listed, node, visit))) for theme, listed in groups]
    if request.GET.get("format") == "xlsx":
        rows = [line for _, listed in lines for line in listed]
        return workbook(visit, f"{node.name}指标", COLUMNS, rows, subject=node.unit)
    return show(request, "figures/figures.html", visit, {"node": node, "nodes": to_choose(visit), "groups": lines}, dated=True)


def _lines(theme: str, listed: list[Figure], node: Node, visit: Visit) -> Iterator[Line]:
    on = "" if visit.day == visit.today else visit.day.isoformat()
    under = node.pk if node.asked else None
    for one in listed:
        seen = visit.may(SHAPES[one.indicator.population.code].act)
        urls = [figure_url(one.indicator.code, on=on, under=under, part=part) if seen else "" for part in ("numerator", "denominator")]
        yield Line(theme, one, urls[0], urls[1])


@page(Act.FIGURES_VIEW)
def figure(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """The list behind a number: exactly as many rows as the number says, with what it means and the day it holds for."""
    indicator = registry.get(code)
    if indicator is None:
        raise Http404
    if not visit.may(SHAPES[indicator.population.code].act):
        raise PermissionDenied
    node = asked_node(request, visit, asked_scope(request, visit))
    part = _part(request, indicator)
    counted = queries.figures(node.scope, visit.day, {code})[code]
    return answer_list(request, visit, _list_page(request, visit, node, counted, part))


def _part(request: HttpRequest, indicator: Indicator) -> str:
    asked = request.GET.get("part", "")
    return asked if asked in PARTS and indicator.is_rate else "numerator"


def _list_page(request: HttpRequest, visit: Visit, node: Node, counted: Figure, part: str) -> ListPage:
    indicator = counted.indicator
    shape = SHAPES[indicator.population.code]
    direct = request.GET.get("direct") == "1" and node.unit is not None and not indicator.population.spread
    behind = _behind(indicator, node, visit, part)
    if direct and node.unit is not None:
        below = _below_federations(node.unit, node.scope.on(visit.day).day)
        behind = behind.exclude(**{f"{indicator.population.owner}__in": set(below) if isinstance(behind, Records) else below})
    shown = listing(indicator.population, behind, node.scope, visit.day)
    title = indicator.title if part == "numerator" else f"{indicator.title}（{PARTS[part]}）"
    return ListPage(
        title=title, rows=shown.rows, columns=shown.columns, shown=shape.shown, small=shape.small, link=address_of,
        unit=indicator.population.measure, search=shape.search, search_hint=shape.hint, filters=shape.filters,
        empty_title="这一天没有这样的记录", empty_text="换一天看，或者看看口径。",
        template="figures/figure.html",
        context={"figure": counted, "node": node, "part": part, "parts": _choices(counted), "direct": direct, "pinned": node.scope.pinned},
    )


def _below_federations(unit: Unit, day: date) -> QuerySet[Reach, int]:
    """What hangs on the federations below a unit by the tree of the day, and so not on the unit itself."""
    below = children_of(unit, axis=Axis.SUPERVISION, day=day).filter(kind=UnitKind.FEDERATION)
    return reached_from(tuple(below.values_list("pk", flat=True)), day)


def _behind(indicator: Indicator, node: Node, visit: Visit, part: str) -> QuerySet[Any] | Records[Any]:
    if part != "rest":
        return queries.rows(indicator, node.scope, visit.day, part)
    inside = queries.rows(indicator, node.scope, visit.day, "numerator")
    keys: Any = {one.pk for one in inside} if isinstance(inside, Records) else inside.order_by().values("pk")
    return queries.rows(indicator, node.scope, visit.day, "denominator").exclude(pk__in=keys)


def _choices(counted: Figure) -> list[tuple[str, str, int]]:
    """The parts of a rate to switch between; nothing for a plain count."""
    if counted.denominator is None:
        return []
    return [
        ("", PARTS["numerator"], counted.numerator), ("denominator", PARTS["denominator"], counted.denominator),
        ("rest", PARTS["rest"], counted.denominator - counted.numerator),
    ]
