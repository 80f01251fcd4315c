"""停止党籍2年后仍然失去联系的 (REL-12)."""

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
    "member.lost_long", "停止党籍后仍失联的", norm="REL-12", concerns="有因失联停止党籍的党员的党组织",
    settled_by="联系上的，结束失去联系；仍没有结果的，由党组织决定按自行脱党予以除名并登记",
)
def lost_long(picture: Picture) -> Iterator[Stand]:
    """停止党籍2年后确实无法取得联系的，按照自行脱党予以除名。由支部大会决定、上级批准，系统不会自动除名。"""
    gone = {one.person for one in away(picture, StandingKind.LOST)}
    found = []
    for one in away(picture, StandingKind.SUSPENDED):
        due = months_later(one.since, 12 * limit("REL-12", "years"))
        if one.person in gone and due <= picture.day:
            sentence = f"{{n}}名失去联系的党员到{full_day(due)}停止党籍满2年，请再查找；仍没有结果的，请研究按自行脱党予以除名。"
            found.append((one, due, State.DUE, sentence + "名单在“人员 → 党员状态”。"))
    yield from by_day(picture, found)
