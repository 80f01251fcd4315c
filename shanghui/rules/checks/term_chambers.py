"""商会理事会任期 (SOC-16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shanghui.kernel.periods import full_day, months_later
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "term.chamber", "商会换届", norm="SOC-16", concerns="正常和换届中的商会",
    settled_by="登记商会新一届理事会的任期",
)
def chamber_terms(picture: Picture) -> Iterator[Stand]:
    """商会理事会任期届满要换届，延期一般不超过1年；比照党支部提前6个月提醒。没有登记任期的，无法判定。"""
    for unit, name, since, due in picture.operating:
        yield _stand(unit, name, since, due, picture.day)


def _stand(unit: int, name: str, since: date, due: date | None, day: date) -> Stand:
    if due is None:
        return Stand(unit, name, State.UNKNOWN, since, "没有登记商会任期，无法判定什么时候换届。请登记任期。")
    if day < months_later(due, -limit("COM-09", "months_before")):
        return Stand(unit, name, State.DONE, due, f"商会任期到{full_day(due)}。", due)
    if day <= due:
        return Stand(unit, name, State.DUE, due, f"商会任期到{full_day(due)}，请做换届准备。", due)
    latest = months_later(due, 12 * limit("SOC-16", "delay_years"))
    message = f"商会任期到{full_day(due)}已满，没有换届的记录。换了的请登记新任期，没换的请尽早换届，一般不迟于{full_day(latest)}。"
    return Stand(unit, name, State.DUE, due, message, latest)
