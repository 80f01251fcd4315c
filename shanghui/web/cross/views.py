"""The page of two posts: secretaries by chamber post and by how they came to theirs, the matrix, leaders who are members."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.indicators.queries import Figure, figures
from shanghui.kernel.columns import Column
from shanghui.web.cross.matrix import FORMS, Matrix, forms_with_counts, matrix_of
from shanghui.web.figures.addresses import figure_url
from shanghui.web.figures.nodes import Node, asked_node, to_choose
from shanghui.web.figures.views import Line
from shanghui.web.kit.listing import workbook
from shanghui.web.kit.visits import Visit, page, show

BY_POST = (
    "cross.secretary_president", "cross.secretary_leader", "cross.secretary_general", "cross.secretary_director",
    "cross.secretary_inside",
)
BY_SOURCE = ("cross.secretary_elected", "cross.secretary_hired", "cross.secretary_assigned", "cross.secretary_unstated")
OTHERS = ("cross.officers_in_chamber", "cross.leaders_members")


@page(Act.FIGURES_VIEW, methods=("GET",))
def cross(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who holds which two posts as at the day, by form; each count opens its list; `?format=xlsx` for the table."""
    node = asked_node(request, visit)
    form = request.GET.get("form", "")
    form = form if form in dict(FORMS) else ""
    may_list = visit.may(Act.PEOPLE_VIEW)
    table = matrix_of(node.scope, visit.day, form, lambda post, top: _cell_url(node, visit, form, post, top) if may_list else "")
    if request.GET.get("format") == "xlsx":
        return _workbook(visit, node, table, dict(FORMS).get(form, ""))
    found = figures(node.scope, visit.day, {*BY_POST, *BY_SOURCE, *OTHERS})
    context = {
        "node": node, "nodes": to_choose(visit), "matrix": table, "forms": forms_with_counts(node.scope, visit.day), "form": form,
        "by_post": [_line(found[code], node, visit, may_list) for code in BY_POST],
        "by_source": [_line(found[code], node, visit, may_list) for code in BY_SOURCE],
        "others": [_line(found[code], node, visit, may_list) for code in OTHERS],
    }
    return show(request, "cross/cross.html", visit, context, dated=True)


def _on(visit: Visit) -> str:
    return "" if visit.day == visit.today else visit.day.isoformat()


def _line(one: Figure, node: Node, visit: Visit, may_list: bool) -> Line:
    under = node.pk if node.asked else None
    urls = [
        figure_url(one.indicator.code, on=_on(visit), under=under, part=part) if may_list else "" for part in ("numerator", "denominator")
    ]
    return Line("", one, urls[0], urls[1])


def _cell_url(node: Node, visit: Visit, form: str, post: str, top_post: str) -> str:
    asked = {"under": str(node.pk) if node.asked else "", "on": _on(visit), "form": form, "post": post, "top_post": top_post}
    return f"{reverse('figure', kwargs={'code': 'cross.officers'})}?{urlencode({key: value for key, value in asked.items() if value})}"


def _workbook(visit: Visit, node: Node, table: Matrix, form: str) -> HttpResponse:
    heads = [
        Column(f"c{place}", head, lambda row, place=place: row.cells[place].count, numeric=True, width=12)  # type: ignore[misc]
        for place, head in enumerate(table.heads)
    ]
    columns = [
        Column("post", "党内职务", lambda row: row.label), *heads, Column("total", "合计", lambda row: row.total.count, numeric=True),
    ]
    title = f"{node.name}交叉任职{f'（{form}）' if form else ''}"
    return workbook(visit, title, columns, list(table.rows), subject=node.unit)
