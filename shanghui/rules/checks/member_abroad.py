"""出国学习的党员，每半年联系一次 (REL-11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from shanghui.kernel.periods import full_day, months_later
from shanghui.ledger.people.models import Purpose, StandingKind
from shanghui.rules.away import away, by_day
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

_AHEAD = timedelta(days=30)


@check(
    "member.abroad", "出国学习党员的联系", norm="REL-11", concerns="有出国（境）学习党员的党组织",
    settled_by="联系出国（境）学习的党员，并登记联系的日期；已经返回的，结束这一条",
)
def abroad_contact(picture: Picture) -> Iterator[Stand]:
    """党员出国（境）学习的，原单位党组织保留组织关系，至少每半年联系1次。到期前30天提示。"""
    found = []
    for one in away(picture, StandingKind.ABROAD):
        due = months_later(max(one.contact or one.since, one.since), limit("REL-11", "every_months"))
        if one.purpose == Purpose.STUDY and due <= picture.day + _AHEAD:
            state = State.OVERDUE if due < picture.day else State.DUE
            found.append((one, due, state, f"{{n}}名出国（境）学习的党员，应当在{full_day(due)}以前再联系一次，请联系并登记日期。名单在“人员 → 党员状态”。"))
    yield from by_day(picture, found)
