"""Statistical tables and all ledgers of a unit as one workbook."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.kernel.spreadsheets import write_ledgers
from shanghui.reports.workbook import sheets, titles
from shanghui.web.figures.nodes import Node, asked_node, to_choose
from shanghui.web.kit.listing import XLSX, attachment
from shanghui.web.kit.sights import in_sight
from shanghui.web.kit.visits import Visit, page, show


@page(Act.REPORT_VIEW, methods=("GET",))
def report_workbook(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What the workbook holds; `?format=xlsx` is the workbook itself (noted). `?under=`: of which federation."""
    node = asked_node(request, visit)
    if request.GET.get("format") == "xlsx":
        return _workbook(visit, node)
    context = {"node": node, "titles": titles(), "offices": to_choose(visit)}
    return show(request, "reports/workbook.html", visit, context, dated=True)


def _workbook(visit: Visit, node: Node) -> HttpResponse:
    content, sight = BytesIO(), visit.sight(Act.PEOPLE_VIEW)
    written = sheets(node.scope, visit.day, node.name if node.unit else "", lambda columns: in_sight(columns, sight))
    count = write_ledgers(content, written)
    unit = node.unit or visit.seats[0].unit
    title = f"{unit.name}统计表和台账"
    note(by=visit.user, at=visit.now, verb="导出", subject=unit, unit=unit, title=title, reason=f"{count}行，截至{visit.day}")
    return attachment(content.getvalue(), f"{title}{visit.day}.xlsx", XLSX)
