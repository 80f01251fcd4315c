"""The office's work table: to-do, coverage at a glance, what changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from shanghui.access.acts import Act
from shanghui.indicators.queries import Figure, Figures, figures
from shanghui.web.coverage.counting import added, leaves
from shanghui.web.coverage.over_time import steps, year_end_before
from shanghui.web.figures.addresses import figure_url
from shanghui.web.home.beginning import beginning, has_chambers
from shanghui.web.home.changed import changed_lately
from shanghui.web.home.due import everything_due
from shanghui.web.home.todo import Todo
from shanghui.web.kit.visits import Visit

WAFFLE_AT_MOST = 120
"""More chambers than this are shown as a bar: squares would no longer be seen."""
GLANCE = {
    "coverage.organization", "coverage.work", "coverage.own", "coverage.joint", "coverage.shared", "coverage.other", "coverage.guided",
    "coverage.blank", "members.total", "members.probationary", "members.activists", "cross.secretary_leader",
}


def office(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """What the page needs; the beginning instead where there are no chambers yet."""
    chambers = has_chambers(visit)
    started = beginning(visit, chambers)
    if not chambers:
        return {"beginning": started, "is_empty": True}
    shown: dict[str, Any] = {
        "beginning": started if started.left else None, "todo": Todo(everything_due(visit), visit.today, request.GET.get("todo", "")),
        "glance": glance(visit),
    }
    if visit.may(Act.AUDIT_VIEW):
        shown["changed"] = changed_lately(visit)
    return shown


def glance(visit: Visit) -> dict[str, Any]:
    """Both coverages of today with their lists, against the end of last year, and the people. Six queries."""
    scope = visit.scope_today(Act.FIGURES_VIEW)
    wanted = GLANCE if visit.may(Act.PEOPLE_VIEW) else {code for code in GLANCE if code.startswith("coverage")}
    now = figures(scope, visit.today, wanted)
    end = year_end_before(visit.today)
    bar = added(leaves(scope, visit.today)).bar
    return {
        "numbers": {code.replace(".", "_"): _opened(one) for code, one in now.items()}, "bar": bar, "year_end": end,
        "step": steps(figures(scope.on(end), end, {"coverage.organization", "coverage.work"}), now)[0],
        "legend": _legend(now), "as_waffle": sum(bar) <= WAFFLE_AT_MOST,
    }


def _opened(one: Figure) -> dict[str, Any]:
    code = one.indicator.code
    return {"n": one.numerator, "d": one.denominator, "url": figure_url(code), "url_of_all": figure_url(code, part="denominator")}


_LEGEND = (
    ("own", "单独", "coverage.own"), ("joint", "联合", "coverage.joint"), ("joint", "联建共建", "coverage.shared"),
    ("attach", "挂靠等", "coverage.other"), ("guide", "指导员联系", "coverage.guided"), ("none", "空白", "coverage.blank"),
)


def _legend(now: Figures) -> list[tuple[str, str, int, str]]:
    """Class, word, count and list of each form there is; a chamber with two forms stands in both lists."""
    return [(kind, word, now[code].numerator, figure_url(code)) for kind, word, code in _LEGEND if now[code].numerator]
