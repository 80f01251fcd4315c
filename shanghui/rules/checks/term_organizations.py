"""任期和换届 (COM-09, COM-10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from shanghui.access.scope import Scope
from shanghui.kernel.periods import months_later, spoken_day
from shanghui.ledger.organizations.models import OrganizationKind
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.organizations.queries import organizations
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "term.organization", "党组织换届", norm="COM-10", concerns="党支部、党总支、党委；功能型、临时党组织除外",
    settled_by="登记新一届任期；经上级批准延期的，登记批准文件和延到哪一天",
)
def organization_terms(scope: Scope, day: date) -> Iterator[Stand]:
    """任期届满要换届，上级一般提前6个月提醒；延期或者提前要经上级批准。没有登记任期的，无法判定。"""
    ahead = limit("COM-09", "months_before")
    rows = organizations(scope, day).in_being(day).exclude(kind=OrganizationKind.GROUP).order_by("unit__name", "pk")
    for row in cast(Iterable[Any], rows):
        if powers_of(row.form).holds_elections:
            yield _stand(row.pk, row.unit.name, row.due_by, day, ahead)


def _stand(unit: int, name: str, due: date | None, day: date, ahead: int) -> Stand:
    if due is None:
        return Stand(unit, name, State.UNKNOWN, date(day.year, 1, 1), "没有登记任期，无法判定什么时候换届。请登记任期。")
    if due < day:
        return Stand(unit, name, State.OVERDUE, due, f"任期到{due.year}年{spoken_day(due)}已满，没有换届的记录。", due)
    if day >= months_later(due, -ahead):
        return Stand(unit, name, State.DUE, due, f"任期到{due.year}年{spoken_day(due)}，请做换届准备。", due)
    return Stand(unit, name, State.DONE, due, f"任期到{due.year}年{spoken_day(due)}。", due)
