"""出国定居、学习超过5年没有回来的 (REL-13)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.kernel.periods import full_day, months_later
from shanghui.ledger.people.models import Purpose, StandingKind
from shanghui.rules.away import away, by_day
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "member.settled_abroad", "出国定居党员的党籍", norm="REL-13", concerns="有党员在国（境）外的党组织",
    settled_by="由党组织研究并登记决定；已经返回的，结束这一条；事由登记错了的，更正",
)
def settled_abroad(picture: Picture) -> Iterator[Stand]:
    """因私出国并在国外定居的党员，出国学习研究超过5年仍未返回的党员，一般停止党籍。由党组织研究决定，系统不会自动停止。"""
    found = []
    for one in away(picture, StandingKind.ABROAD):
        over = months_later(one.since, 12 * limit("REL-13", "years"))
        if one.purpose == Purpose.SETTLED:
            since = full_day(one.since)
            found.append((one, one.since, State.DUE, f"{{n}}名党员自{since}起因私出国（境）定居，一般停止党籍，请研究。名单在“人员 → 党员状态”。"))
        elif one.purpose == Purpose.STUDY and over < picture.day:
            found.append((one, over, State.DUE, f"{{n}}名党员出国（境）学习到{full_day(over)}满5年，仍未返回，一般停止党籍，请研究。名单在“人员 → 党员状态”。"))
    yield from by_day(picture, found)
