"""支部规模 (ORG-02)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "branch.size", "支部规模", norm="ORG-02", concerns="党支部",
    settled_by="设立党总支或者分设党支部；党员登记错了的，更正组织关系",
)
def branch_size(picture: Picture) -> Iterator[Stand]:
    """党支部的党员一般不超过50名，预备党员计入。"""
    most = limit("ORG-02", "members")
    for body in picture.bodies:
        members = picture.members(body.unit)
        if body.is_branch and members > most:
            message = f"有党员{members}名，一般不超过{most}名。请研究设立党总支或者分设党支部。"
            yield Stand(body.unit, body.name, State.DUE, body.since, message)
