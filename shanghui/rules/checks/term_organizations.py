"""任期和换届 (COM-09, COM-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shanghui.kernel.periods import full_day, months_later
from shanghui.rules.picture import Body, Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "term.organization", "党组织换届", norm="COM-10", concerns="党支部、党总支、党委；功能型、临时党组织除外",
    settled_by="登记新一届任期；经上级批准延期的，登记批准文件和延到哪一天",
)
def organization_terms(picture: Picture) -> Iterator[Stand]:
    """任期届满要换届，上级一般提前6个月提醒；延期或者提前要经上级批准。没有登记任期的，无法判定。"""
    ahead = limit("COM-09", "months_before")
    for body in picture.bodies:
        if body.elects:
            yield _stand(body, body.due_by, picture.day, ahead)


def _stand(body: Body, due: date | None, day: date, ahead: int) -> Stand:
    if due is None:
        message = "没有登记任期，无法判定什么时候换届。请登记任期。"
        return Stand(body.unit, body.name, State.UNKNOWN, body.since, message)
    if due < day:
        message = f"任期到{full_day(due)}已满，没有换届的记录。换了的请登记新一届任期，没换的请报上级批准延期并尽早换届。"
        return Stand(body.unit, body.name, State.OVERDUE, due, message, due)
    if day >= months_later(due, -ahead):
        return Stand(body.unit, body.name, State.DUE, due, f"任期到{full_day(due)}，请做换届准备。", due)
    return Stand(body.unit, body.name, State.DONE, due, f"任期到{full_day(due)}。", due)
