"""Packages from below: verified when they come in, compared, accepted or returned with a reason (M46)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.exchange.packages.models import Got, Received, Rows
from shanghui.exchange.packages.operations import answer_package, receipt_of, take_package
from shanghui.exchange.packages.queries import differences, nodes_of, rows_behind
from shanghui.exchange.packages.queries import received as received_within
from shanghui.indicators.registry import registry
from shanghui.indicators.small import LEAST, few, tells_of_people
from shanghui.kernel.columns import Column
from shanghui.web.kit.answers import Crumbs, answer_form, answer_question
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import ListPage, answer_list, attachment
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.packages.forms import FileForm, ReturnForm
from shanghui.web.packages.sent import BINARY

COLUMNS = (
    Column("unit", "关于", lambda one: one.unit.name, sort="unit__name", width=24), Column("as_at", "数据截至", lambda one: one.as_at, sort="as_at"),
    Column("version", "版次", lambda one: f"第{one.version}版"), Column("sender", "上报单位", lambda one: one.sender.name, width=24),
    Column("rows", "内容", lambda one: one.get_rows_display(), width=20), Column("state", "状态", lambda one: one.get_state_display()),
    Column("received_at", "收到时间", lambda one: one.received_at, sort="received_at"),
)
OF_PEOPLE = ("people", "secretaries", "officers", "leaders", "dual", "guides")
FROM_ABOVE = "收到的上报"


@page(Act.REPORT_VIEW, methods=("GET",))
def received_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What came from below, the latest first."""
    new, may = reverse("received-new"), visit.may(Act.REPORT_MAKE)
    return answer_list(request, visit, ListPage(
        title=FROM_ABOVE, rows=received_within(visit.scope_today()), columns=COLUMNS, export=False, unit="份", dated=False,
        shown=[column.key for column in COLUMNS], small=("as_at", "state"), link=row_link("received-package", "received"),
        actions=[*([(new, "接收一份", "plus")] if may else []), (reverse("submissions"), "我们的上报", "file-text")],
        empty_title="还没有收到上报", empty_text="下级平台导出的上报文件在这里接收：先验签名，再比对，然后接收或者退回。",
        empty_action=(new, "接收一份") if may else None,
    ))


@page(Act.REPORT_MAKE)
def received_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A file is verified and kept; what is not believed says why."""
    form = FileForm(request.POST or None, request.FILES or None)

    def do(cleaned: dict[str, Any]) -> str:
        scope = visit.scope_today(Act.REPORT_MAKE)
        return _address("received-package", take_package(content=cleaned["file"], by=visit.user, at=visit.now, today=visit.today, scope=scope))

    return answer_form(
        request, visit, form, do=do, heading="接收上报", back=reverse("received"), verb="验证", done="签名有效，已收下，等您核对后答复。",
        crumbs=_crumbs("接收上报"), notes=["验证签名、收件单位、版次和时间；台账一个字也不会变。"],
    )


@page(Act.REPORT_VIEW, methods=("GET",))
def received_package(request: HttpRequest, visit: Visit, received: int) -> HttpResponse:
    """Every figure beside the last accepted one and our own; what to answer."""
    row = _row(visit, received)
    found_differences = differences(row)
    may = visit.may(Act.REPORT_MAKE) and visit.scope_today(Act.REPORT_MAKE).contains(row.unit_id)
    context = {
        "row": row, "may_make": may, "is_open": row.state == Got.RECEIVED, "different": [one for one in found_differences if one.differs],
        "same": [one for one in found_differences if not one.differs], "nodes": [_node(row, node) for node in nodes_of(row)], "least": LEAST,
        "acts": history(row),
        "where": f"?on={row.as_at.isoformat()}&under={row.unit_id}", "other": [one for one in found_differences if one.other_definition],
    }
    return show(request, "packages/received.html", visit, context)


def _node(row: Received, node: dict[str, Any]) -> dict[str, Any]:
    """The figures of a unit of the sender's in words; small numbers of people are told only where the people came along by name."""
    told = []
    for one in node["figures"]:
        indicator, counts = registry.get(one["code"]), (one["numerator"], one["denominator"])
        hidden = row.rows != Rows.FULL and indicator is not None and tells_of_people(indicator, row.as_at)
        told.append(one | {"told": few(*counts) if hidden else str(counts[0])})
    return {"name": node["name"], "figures": told}


@page(Act.REPORT_MAKE)
def received_accept(request: HttpRequest, visit: Visit, received: int) -> HttpResponse:
    """Accepted: its figures stand beside ours from now on."""
    row = _row(visit, received)

    def do(cleaned: dict[str, Any]) -> str:
        return _address("received-package", answer_package(received=row, accept=True, by=visit.user, at=visit.now))

    return answer_question(
        request, visit, question=f"接收“{row}”？", do=do, back=_address("received-package", row), verb="接收", asks_reason=False,
        done="已接收。请下载回执发给对方。", consequences=[
            "接收后，这些数在覆盖页上与台账的数并列，写明来源和日期；台账不变。", "同一单位、同一天以前接收的一版，改记为“已被更正”。",
        ],
    )


@page(Act.REPORT_MAKE)
def received_return(request: HttpRequest, visit: Visit, received: int) -> HttpResponse:
    """Returned with a reason."""
    row = _row(visit, received)

    def do(cleaned: dict[str, Any]) -> str:
        answered = answer_package(received=row, accept=False, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return _address("received-package", answered)

    return answer_question(
        request, visit, question=f"退回“{row}”？", do=do, back=_address("received-package", row), verb="退回",
        form=ReturnForm(request.POST or None), done="已退回。请下载回执发给对方。",
    )


@page(Act.REPORT_MAKE, methods=("GET",))
def received_receipt(request: HttpRequest, visit: Visit, received: int) -> HttpResponse:
    """The signed receipt as a file."""
    row = _row(visit, received)
    if row.state == Got.RECEIVED:
        raise Http404
    return attachment(receipt_of(row), f"回执_{row.unit.name}_{row.as_at}_第{row.version}版.shpkg", BINARY)


@page(Act.REPORT_VIEW, methods=("GET",))
def received_figure(request: HttpRequest, visit: Visit, received: int, code: str) -> HttpResponse:
    """The rows behind a figure as they came with it; rows of people only for those who may see people, and noted."""
    row = _row(visit, received)
    kept, indicator = row.snapshot.figures.filter(code=code).first(), registry.get(code)
    if kept is None:
        raise Http404
    part = "denominator" if request.GET.get("part") == "denominator" and kept.denominator is not None else "numerator"
    if indicator is not None and indicator.population.code in OF_PEOPLE:
        if not visit.may(Act.PEOPLE_VIEW):
            raise PermissionDenied
        note(by=visit.user, at=visit.now, verb="查看上报名单", subject=row, unit=row.unit, reason=kept.title)
    context = {"row": row, "kept": kept, "behind": rows_behind(row, code, part), "part": part, "indicator": indicator}
    return show(request, "packages/figure.html", visit, context)


def _row(visit: Visit, pk: int) -> Received:
    return found(received_within(visit.scope_today()), pk)


def _address(name: str, row: Received) -> str:
    return reverse(name, kwargs={"received": row.pk})


def _crumbs(last: str) -> Crumbs:
    return [("上报", reverse("submissions")), (FROM_ABOVE, reverse("received")), (last, "")]
