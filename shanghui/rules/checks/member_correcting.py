"""限期改正到期 (REL-16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import StandingKind
from shanghui.rules.away import away, by_day
from shanghui.rules.picture import Picture
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

_AHEAD = timedelta(days=30)


@check(
    "member.correcting", "限期改正到期", norm="REL-16", concerns="有限期改正的党员的党组织",
    settled_by="由支部研究并登记：已改正的，结束这一条；仍不合格的，登记作出的决定",
)
def correcting(picture: Picture) -> Iterator[Stand]:
    """对不合格但本人愿意改正的党员限期改正，期限不超过1年，到期由支部研究。到期前30天提示。"""
    found = []
    for one in away(picture, StandingKind.CORRECTING):
        if one.due is not None and one.due <= picture.day + _AHEAD:
            state = State.OVERDUE if one.due < picture.day else State.DUE
            found.append((one, one.due, state, f"{{n}}名党员限期改正到{full_day(one.due)}，请支部研究。名单在“人员 → 党员状态”。"))
    yield from by_day(picture, found)
