"""Where one can go from every page: the places, and the act each needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch

from shanghui.access.acts import Act
from shanghui.access.models import Role
from shanghui.web.kit.routes import route
from shanghui.web.kit.visits import Visit


@dataclass(frozen=True)
class Place:
    """One entry: the address' name, the word, the icon, the act it needs; `role`: only for who holds such a seat."""

    name: str
    label: str
    icon: str
    act: Act
    role: Role | None = None

    def is_open_to(self, visit: Visit) -> bool:
        """Whether the visitor may go there and it is meant for one's kind of seat."""
        return visit.may(self.act) and (self.role is None or any(seat.role == self.role for seat in visit.seats))


PLACES: tuple[tuple[str, tuple[Place, ...]], ...] = (
    ("", (
        Place("home", "工作台", "home", Act.SIGNED_IN),
        Place("my-chambers", "我的商会", "building-store", Act.VISIT_RECORD, Role.GUIDE),
    )),
    ("日常", (
        Place("calendar", "三会一课", "calendar-check", Act.DUTY_VIEW),
        Place("activities", "活动", "calendar", Act.LEDGER_VIEW),
        Place("findings", "提醒事项", "alert-triangle", Act.DUTY_VIEW),
        Place("cases", "办理事项", "list-check", Act.CASE_VIEW),
        Place("developments", "发展党员", "user-plus", Act.PEOPLE_VIEW),
        Place("dues", "党费", "cash", Act.PEOPLE_VIEW),
        Place("reviews", "民主评议", "checklist", Act.PEOPLE_VIEW),
        Place("campaigns", "专题活动", "flag", Act.LEDGER_VIEW),
        Place("partners", "共建", "users-group", Act.LEDGER_VIEW),
        Place("publications", "党务公开", "notes", Act.LEDGER_VIEW),
        Place("visits", "走访", "map-pin", Act.LEDGER_VIEW),
    )),
    ("汇总", (
        Place("coverage", "覆盖", "target", Act.FIGURES_VIEW),
        Place("figures", "指标", "chart-bar", Act.FIGURES_VIEW),
        Place("cross", "交叉任职", "arrows-exchange", Act.FIGURES_VIEW),
        Place("reports", "报告", "file-text", Act.REPORT_READ),
        Place("layouts", "报表", "file-spreadsheet", Act.REPORT_VIEW),
        Place("submissions", "上报", "package", Act.REPORT_VIEW),
        Place("imports", "导入", "table-import", Act.IMPORT),
        Place("comparisons", "比对", "scale", Act.IMPORT),
    )),
    ("台账", (
        Place("chambers", "商会", "building-store", Act.LEDGER_VIEW),
        Place("organizations", "党组织", "sitemap", Act.LEDGER_VIEW),
        Place("people", "人员", "users", Act.PEOPLE_VIEW),
        Place("transfers", "组织关系接转", "arrows-exchange", Act.PEOPLE_VIEW),
        Place("enterprises", "会员企业", "building", Act.LEDGER_VIEW),
        Place("guides", "指导员", "route", Act.LEDGER_VIEW),
    )),
    ("设置", (
        Place("rules", "规则", "book-2", Act.LEDGER_VIEW),
        Place("templates", "Word 模板", "file-certificate", Act.TEMPLATES_VIEW),
        Place("tree", "机构", "sitemap", Act.TREE_CHANGE),
        Place("seats", "账号与席位", "key", Act.SEATS_MANAGE),
        Place("audit", "操作记录", "history", Act.AUDIT_VIEW),
    )),
)


def navigation(visit: Visit, path: str) -> list[dict[str, Any]]:
    """The groups with the places the visitor may go to; the one the path lies in is current."""
    found = []
    for title, places in PLACES:
        items = [item for place in places if place.is_open_to(visit) and (item := _item(place, path))["url"]]
        if items:
            found.append({"title": title, "items": items})
    return found


def _item(place: Place, path: str) -> dict[str, Any]:
    try:
        url = route(place.name)
    except NoReverseMatch:
        url = ""
    inside = path == url if url == "/" else bool(url) and path.startswith(url)
    return {"label": place.label, "url": url, "icon": place.icon, "current": inside}
