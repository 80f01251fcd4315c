"""流动党员的联系 (REL-08)."""

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
    "member.floating", "流动党员的联系", norm="REL-08", concerns="有流动党员的党组织",
    settled_by="联系流动党员，并登记联系的日期；已经返回或者转出组织关系的，结束这一条",
)
def floating_contact(picture: Picture) -> Iterator[Stand]:
    """流出地党组织应当经常联系流动党员。条例没有规定多久，满3个月没有登记联系的提示，是系统提示口径。"""
    months = limit("REL-08-CONTACT", "months")
    found = []
    for one in away(picture, StandingKind.FLOATING):
        due = months_later(max(one.contact or one.since, one.since), months)
        if due <= picture.day:
            since = full_day(months_later(due, -months))
            found.append((one, due, State.DUE, f"{{n}}名流动党员自{since}起没有登记过联系，请联系并登记日期。名单在“人员 → 党员状态”。"))
    yield from by_day(picture, found)
