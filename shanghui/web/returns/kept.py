"""The returns that were produced, each as its file; what the platform asked for and what it filled by itself (M49, M51)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.exchange.layouts.burden import burden
from shanghui.exchange.layouts.queries import file_of, returns
from shanghui.kernel.columns import Column
from shanghui.web.kit.listing import XLSX, ListPage, answer_list, attachment
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show

COLUMNS = (
    Column("title", "报表", lambda one: one.title, sort="title", width=36), Column("receiver", "报给", lambda one: one.receiver, width=18),
    Column("unit", "单位", lambda one: one.unit.name, sort="unit__name", width=22), Column("as_at", "数据截至", lambda one: one.as_at, sort="as_at"),
    Column("rows", "行数", lambda one: one.rows, numeric=True), Column("filled", "台账填的格", lambda one: one.filled, numeric=True),
    Column("asked", "补报的格", lambda one: one.asked, numeric=True), Column("blank", "空格", lambda one: one.blank, numeric=True),
    Column("made_at", "生成时间", lambda one: one.made_at, sort="made_at"),
)


@page(Act.REPORT_VIEW, methods=("GET",))
def returns_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The kept returns, the latest first; a row is its file."""
    return answer_list(request, visit, ListPage(
        title="生成过的报表", rows=returns(visit.scope_today()), columns=COLUMNS, unit="份", dated=False, small=("title", "as_at"),
        shown=[column.key for column in COLUMNS], link=row_link("return-download", "returned"), lead="点一行，下载当时的文件。",
        empty_title="还没有生成过报表", empty_text="在“报表”里选一种，核对缺什么，再生成。",
    ))


@page(Act.REPORT_VIEW, methods=("GET",))
def return_download(request: HttpRequest, visit: Visit, returned: int) -> HttpResponse:
    """The workbook as it was produced; who may not see people does not get it. The download is noted."""
    row = found(returns(visit.scope_today()), returned)
    note(by=visit.user, at=visit.now, verb="导出", subject=row, unit=row.unit, reason=row.receiver)
    return attachment(file_of(row), f"{row.title}_{row.unit.name}_{row.as_at}.xlsx", XLSX)


@page(Act.REPORT_VIEW, methods=("GET",))
def burden_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """This year, by role: entries made, returns produced, cells filled by the platform and cells asked for; what nobody used."""
    return show(request, "returns/burden.html", visit, {"account": burden(visit.scope_today(), visit.day.year)}, dated=True)
