"""聘任书记的聘期 (COM-15, SOC-11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import Appointment, Method, Post
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "secretary.contract", "聘任书记的聘期", norm="SOC-12-DAYS", concerns="书记由聘任产生的党组织",
    settled_by="续聘；不再聘任的结束任职，登记新的书记",
)
def secretary_contract(picture: Picture) -> Iterator[Stand]:
    """聘任的书记，聘期满前30天提示续聘或者另行选任。聘期满了还在任的，一直提示。没有登记聘期的，无法判定。"""
    names = {body.unit: body.name for body in picture.bodies}
    for unit, since, due in _contracts(picture):
        if unit in names and due is None:
            yield Stand(unit, names[unit], State.UNKNOWN, since, "书记是聘任的，没有登记聘期到哪一天，无法判定。请更正任职，写上聘期。")
        elif unit in names and due is not None and due <= picture.day + timedelta(days=limit("SOC-12-DAYS", "days")):
            over = "已满，请续聘，或者结束任职、另行选任" if due < picture.day else "将满，请研究是否续聘"
            yield Stand(unit, names[unit], State.DUE, due, f"书记的聘期到{full_day(due)}，{over}。", due)


def _contracts(picture: Picture) -> Iterator[tuple[int, date, date | None]]:
    """By organization since when its hired secretary of the day is in office, and the last day of the contract. One question."""
    held = Appointment.objects.on(picture.day).filter(
        unit_id__in=picture.rows.values("pk"), post=Post.SECRETARY, method=Method.HIRED
    )
    yield from held.order_by("unit_id", "pk").values_list("unit_id", "valid_from", "due_by")
