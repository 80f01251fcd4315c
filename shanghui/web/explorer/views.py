"""The explorer: the question as a form, the answer as tables with charts, what the figures mean; the same as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.indicators.queries import none_of
from shanghui.indicators.registry import Indicator
from shanghui.web.explorer import dates
from shanghui.web.explorer.asked import LEVELS, TREES, Asked, Level, read
from shanghui.web.explorer.counting import numbers
from shanghui.web.explorer.grids import Drawing, Grid
from shanghui.web.explorer.places import below_on, places
from shanghui.web.explorer.saved import opened_view, views_beside
from shanghui.web.explorer.sheet import columns, rows
from shanghui.web.figures.nodes import Node, asked_node, asked_scope, to_choose
from shanghui.web.figures.themes import by_theme
from shanghui.web.kit.listing import workbook
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, page, show

ROWS, ON_THE_PAGE, IN_A_WORKBOOK = 50, 3_000, 100_000
"""Rows of a page; how many numbers a page lists, and how many a workbook takes."""


@page(Act.FIGURES_VIEW, methods=("GET",))
def explorer(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Any figures of a node and of what is below it on any days; every number opens its list. Queries go with the days."""
    asked = read(request.GET, visit)
    node = asked_node(request, visit, asked_scope(request, visit))
    below = below_on(node.scope, asked.days) if _has_rows(asked, node) else {}
    listed = places(asked.level, node, below)
    to_page = request.GET.get("format") != "xlsx"
    turned = paginate(listed, request, size=ROWS, count=True)
    refused = _refused(asked, len(turned) if to_page else len(listed), to_page)
    if to_page and not turned.rows:
        refused = f"没有第 {turned.number} 页，一共 {len(listed)} 行、{turned.pages} 页。"
    if refused or not asked.days or not asked.indicators:
        return _shown(request, visit, asked, node, [], {"page": turned, "refused": refused})
    counted = numbers(asked, node.scope, below)
    if not to_page:
        return workbook(visit, f"{node.name}指标", columns(asked, counted), rows(asked, listed), subject=node.unit)
    grids = Drawing(asked, counted, visit).grids(turned.rows, alone=len(listed) == 1)
    return _shown(request, visit, asked, node, grids, {"page": turned, "refused": ""})


def _has_rows(asked: Asked, node: Node) -> bool:
    return asked.level in (Level.CHILDREN, Level.ALL) and node.pk is not None


def _refused(asked: Asked, listed: int, to_page: bool) -> str:
    """Why so many numbers are not shown, and what to do; "" when they are."""
    count, most = len(asked.indicators) * len(asked.days) * listed, ON_THE_PAGE if to_page else IN_A_WORKBOOK
    if count <= most:
        return ""
    sizes = f"{len(asked.indicators)} 项指标 × {len(asked.days)} 个日期 × {listed} 行，共 {count} 个数"
    if to_page:
        return f"{sizes}，一页最多列 {most} 个。请少选几项指标或几个日期，或者导出 Excel。"
    return f"{sizes}，一个工作簿最多 {most} 个。请少选几项指标或几个日期，分几次导出。"


def _shown(
    request: HttpRequest, visit: Visit, asked: Asked, node: Node, grids: Sequence[Grid], more: dict[str, Any]
) -> HttpResponse:
    needs_node = asked.level in (Level.CHILDREN, Level.ALL) and node.pk is None
    context = {
        "asked": asked, "node": node, "nodes": to_choose(visit), "grids": grids, "themes": _themes(asked.indicators),
        "levels": LEVELS.items(), "whens": dates.WORDS.items(), "trees": TREES.items(), "needs_node": needs_node,
        "then_shown": asked.then if request.GET.get("then") and asked.when is not dates.When.DAY else None,
        "view": opened_view(request, visit), "views": views_beside(visit),
    }
    return show(request, "explorer/explorer.html", visit, context | more, dated=True)


def _themes(chosen: Sequence[Indicator]) -> list[tuple[str, list[tuple[Indicator, bool]], int]]:
    """The catalogue under its headings: each figure and whether it is chosen, and how many are."""
    found = []
    for heading, listed in by_theme(none_of().values()):
        ticked = [(one.indicator, one.indicator in chosen) for one in listed]
        found.append((heading, ticked, sum(is_chosen for _, is_chosen in ticked)))
    return found
