"""Coverage of a node by level, kind and form as at a day; two days side by side with what changed by name (M04)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.models import Axis
from shanghui.access.queries import federations, parents_on
from shanghui.indicators.comparison import changes
from shanghui.indicators.gaps import uncovered_chambers
from shanghui.kernel.columns import Column, attribute
from shanghui.kernel.rates import Rate
from shanghui.ledger.organizations.models import Form
from shanghui.web.coverage.compared import Comparison, compared_days
from shanghui.web.coverage.counting import leaves
from shanghui.web.coverage.over_time import rates_on, steps, trend, year_end_before
from shanghui.web.coverage.reported import reported
from shanghui.web.coverage.table import Row, Tree
from shanghui.web.figures.nodes import Node, asked_node, to_choose
from shanghui.web.gaps.rows import in_order, words
from shanghui.web.kit.links import address_of
from shanghui.web.kit.listing import workbook
from shanghui.web.kit.visits import Visit, page, show


def _share(row: Row, code: str) -> str:
    return Rate(row.counts.numbers[code], row.counts.total).percent()


def _number(code: str, title: str) -> Column:
    return Column(code, title, lambda row: row.counts.numbers[code], numeric=True, width=10)


COLUMNS = (
    Column("label", "地区、层级", lambda row: "　" * row.level + row.label, width=34),
    _number("chambers.total", "商会"), _number("coverage.own", "单独组建"), _number("coverage.joint", "联合组建"),
    _number("coverage.shared", "联建共建"), _number("coverage.other", "功能型、临时、挂靠"), _number("coverage.organization", "有党组织"),
    Column("organization_rate", "党组织覆盖率", lambda row: _share(row, "coverage.organization")),
    _number("coverage.guided", "指导员联系"), _number("coverage.blank", "空白"), _number("coverage.work", "工作覆盖"),
    Column("work_rate", "党的工作覆盖率", lambda row: _share(row, "coverage.work")),
)

CHANGE_COLUMNS = (
    Column("kind", "变化", lambda change: change.kind.value, width=18), attribute("name", "商会", width=34),
    attribute("text", "说明", width=60),
)


@page(Act.FIGURES_VIEW)
def coverage(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Two rates, their trend, the tree table, by kind and form; every number opens its list."""
    node = asked_node(request, visit)
    tree = _tree(node, visit)
    rows = tree.rows()
    if request.GET.get("format") == "xlsx":
        return workbook(visit, f"{node.name}覆盖情况", COLUMNS, rows, subject=node.unit)
    end = year_end_before(visit.day)
    now = rates_on(node.scope, visit.day)
    context = {
        "node": node, "nodes": to_choose(visit), "top": rows[0], "rows": rows, "kinds": tree.kinds(),
        "forms": [(form.label, rows[0].cell(f"coverage.{form.value}")) for form in Form],
        "trend": trend(node.scope, visit.day, node.name), "steps": steps(rates_on(node.scope, end), now), "year_end": end,
        "reported": reported(node.scope, visit.day), "definitions": [one.indicator for one in now.values()], **_gaps(node, visit),
        "deep": any(row.url for row in rows),
    }
    return show(request, "coverage/coverage.html", visit, context, dated=True)


GAPS_SHOWN = 10


def _gaps(node: Node, visit: Visit) -> dict[str, Any]:
    """The first of the uncovered chambers, with what is planned for each."""
    found = list(in_order(uncovered_chambers(node.scope, visit.day))[:GAPS_SHOWN])
    lines = [{"row": row, "url": address_of(row), "more": words(row, visit.day)} for row in found]
    return {"lines": lines, "may_change": visit.may(Act.LEDGER_CHANGE)}


def _tree(node: Node, visit: Visit) -> Tree:
    units = list(federations(node.scope))
    parents = parents_on(visit.day, Axis.SUPERVISION)
    on = "" if visit.day == visit.today else visit.day.isoformat()
    return Tree(node, units, leaves(node.scope, visit.day), parents, on)


@page(Act.FIGURES_VIEW)
def compare(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Both coverages on two days, the difference, and every change by name; as a workbook too."""
    node = asked_node(request, visit)
    then, now, problem = compared_days(request.GET, visit)
    found = changes(node.scope, then, now)
    if request.GET.get("format") == "xlsx":
        return workbook(visit, f"{node.name}覆盖变化（自{then}起）", CHANGE_COLUMNS, found, subject=node.unit)
    both = steps(rates_on(node.scope, then), rates_on(node.scope, now))
    told = Comparison(then, now, both, found, node.pk if node.asked else None, "" if now == visit.today else now.isoformat())
    context = {"node": node, "nodes": to_choose(visit), "told": told, "problem": problem}
    return show(request, "coverage/compare.html", visit, context, dated=True)
