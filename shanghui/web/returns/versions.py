"""The versions of a layout, and going back to one of them: the undo of a change or of withdrawing (M49)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.exchange.layouts.operations import save_layout
from shanghui.exchange.layouts.versions import Version, versions
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.visits import Visit, page, show
from shanghui.web.returns.editing import own_unit


@page(Act.REPORT_VIEW, methods=("GET",))
def layout_versions(request: HttpRequest, visit: Visit, layout_code: str) -> HttpResponse:
    """Every version with what it changed, the latest first."""
    found = _versions(visit, layout_code)
    offered = found[0].own is None or not found[0].own.gone
    shown = {"code": layout_code, "title": found[0].layout.title, "versions": found, "offered": offered, "may_make": visit.may(Act.REPORT_MAKE)}
    return show(request, "returns/versions.html", visit, shown)


@page(Act.REPORT_MAKE)
def layout_restore(request: HttpRequest, visit: Visit, layout_code: str, number: int) -> HttpResponse:
    """An earlier version becomes the next one."""
    one = next((one for one in _versions(visit, layout_code)[1:] if one.number == number and not (one.own and one.own.gone)), None)
    if one is None:
        raise Http404
    name = f"第{number}版" if one.own else "平台自带的版式"

    def do(cleaned: dict[str, Any]) -> str:
        save_layout(layout=one.layout, unit=own_unit(visit), by=visit.user, at=visit.now)
        return reverse("layout", kwargs={"layout_code": layout_code})

    return answer_question(
        request, visit, question=f"“{one.layout.title}”恢复成{name}？", do=do, back=reverse("layout-versions", kwargs={"layout_code": layout_code}),
        verb="恢复", asks_reason=False, done="已恢复，另成新的一版。", consequences=["现在这一版留着，随时可以再换回来；以前生成的报表不变。"],
    )


def _versions(visit: Visit, code: str) -> list[Version]:
    found = versions(visit.scope_today(), code)
    if not found:
        raise Http404
    return found
