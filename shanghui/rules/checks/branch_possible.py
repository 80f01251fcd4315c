"""应建未建 (ORG-01)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "branch.possible", "应建未建", norm="ORG-01", concerns="没有党组织覆盖的商会，正常和换届中的",
    settled_by="成立党支部并登记覆盖；党员的组织关系不在这里的，在未覆盖商会里写明原因",
)
def branch_possible(picture: Picture) -> Iterator[Stand]:
    """在商会任职或者入会的正式党员有3名以上的，应当成立党支部。预备党员不计入。"""
    for chamber in picture.bare:
        if chamber.full_members >= limit("ORG-01", "full_members"):
            message = f"在商会任职或者入会的正式党员有{chamber.full_members}名，还没有党组织。请研究成立党支部；组织关系转不来的，请写明原因。"
            yield Stand(chamber.unit, chamber.name, State.OVERDUE, chamber.since, message, picture.day)
