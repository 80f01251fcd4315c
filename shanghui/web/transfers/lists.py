"""The ledger 组织关系接转: on its way, in, out; the workbook has the usual columns (regulations §9.2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.people.models import Direction, Transfer, TransferState
from shanghui.ledger.people.transfer_sheets import TRANSFER_COLUMNS
from shanghui.ledger.people.transferring import matching_transfers, transfers
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, page

SHOWN = ("name", "direction", "origin", "destination", "number", "sent_on", "due_on", "state", "closed_on")


@page(Act.PEOPLE_VIEW, methods=("GET",))
def transfers_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every transfer from or to an organization of one's part of the tree, what is on its way first."""
    may = visit.may(Act.PEOPLE_CHANGE)
    listed = ListPage(
        title="组织关系接转", export_title="组织关系接转台账", rows=transfers(visit.scope_today()), columns=TRANSFER_COLUMNS, unit="人次",
        shown=SHOWN, small=("name", "destination", "state"), link=row_link("transfer", "transfer"), search=matching_transfers,
        search_hint="姓名、党组织、介绍信编号", filters=_filters(visit), dated=False,
        lead="对方接收以前，党员仍计入转出党组织，由它负责；从接收那天起计入转入党组织。",
        actions=((reverse("letter-in-new"), "登记转入介绍信", "file-text"),) if may else (), empty_title="还没有组织关系接转",
        empty_text="转出从人员的页面发起，几个人一起转从党组织的页面发起；别处开来的介绍信在这里登记。",
        empty_action=(reverse("people"), "去找要转出的人") if may else None,
    )
    return answer_list(request, visit, listed)


def _filters(visit: Visit) -> tuple[Filter, ...]:
    scope = visit.scope_today()
    late = Transfer.objects.waiting().filter(due_on__lt=visit.today)
    sides = {"out": Transfer.objects.sent_by(scope), "in": Transfer.objects.sent_to(scope)}
    return (
        Filter("side", "转出、转入", (("out", "转出"), ("in", "转入")), lambda rows, value: rows.filter(pk__in=sides[value].values("pk"))),
        Filter("state", "状态", TransferState.choices, lambda rows, value: rows.filter(state=value)),
        Filter("direction", "方式", Direction.choices, lambda rows, value: rows.filter(direction=value)),
        Filter("letter", "介绍信", (("late", "已过期没有了结"),), lambda rows, value: rows.filter(pk__in=late.values("pk"))),
    )
