"""外出6个月以上且地点固定的，转移组织关系 (REL-03)."""

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
    "member.fixed_place", "外出党员的组织关系", norm="REL-03", concerns="有流动党员的党组织",
    settled_by="转移组织关系；外出地点不固定的，更正登记",
)
def fixed_place(picture: Picture) -> Iterator[Stand]:
    """党员外出地点相对固定、时间在6个月以上的，应当转移组织关系。没有登记地点是否固定的，无法判定。"""
    found = []
    for one in away(picture, StandingKind.FLOATING):
        due = months_later(one.since, limit("REL-03", "months"))
        if due > picture.day or one.fixed is False:
            continue
        known = one.fixed is True
        todo = "外出地点固定，请动员转移组织关系" if known else "没有登记外出地点是否相对固定，无法判定是否应当转移组织关系，请补上"
        found.append((one, due, State.DUE if known else State.UNKNOWN, f"{{n}}名流动党员到{full_day(due)}外出满6个月，{todo}。名单在“人员 → 党员状态”。"))
    yield from by_day(picture, found)
