"""失去联系6个月以上的党员 (REL-12)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.kernel.periods import full_day, months_later
from shanghui.ledger.people.models import StandingKind
from shanghui.rules.away import away, by_day
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "member.lost", "失去联系的党员", norm="REL-12", concerns="有党员失去联系的党组织",
    settled_by="继续查找并登记；联系上的，结束这一条；多方查找仍没有结果的，由党组织决定停止党籍并登记",
)
def lost(picture: Picture) -> Iterator[Stand]:
    """与党组织失去联系6个月以上、通过各种方式查找仍然没有取得联系的党员，停止党籍。由党组织决定，系统不会自动停止。"""
    suspended = {one.person for one in away(picture, StandingKind.SUSPENDED)}
    found = []
    for one in away(picture, StandingKind.LOST):
        due = months_later(one.since, limit("REL-12", "months"))
        if one.person not in suspended and due <= picture.day:
            todo = "请继续查找；查找以后仍没有结果的，请研究停止党籍"
            found.append((one, due, State.DUE, f"{{n}}名党员到{full_day(due)}失去联系满6个月，{todo}。名单在“人员 → 党员状态”。"))
    yield from by_day(picture, found)
