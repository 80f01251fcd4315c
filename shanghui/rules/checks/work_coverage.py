"""指导员和联络员 (SOC-12)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "work.coverage", "选派指导员", norm="SOC-12", concerns="没有党组织覆盖、暂不具备建立条件的商会，正常和换届中的",
    settled_by="登记指导员或者联络员；建了党组织的登记覆盖",
)
def work_coverage(picture: Picture) -> Iterator[Stand]:
    """暂不具备建立党组织条件的商会，选派党建工作指导员、联络员。正式党员有3名以上的，看应建未建。"""
    for chamber in picture.bare:
        if not chamber.guided and chamber.full_members < limit("ORG-01", "full_members"):
            message = "没有党组织覆盖，也没有指导员、联络员。请选派并登记；已经由党组织覆盖的，请登记覆盖。"
            yield Stand(chamber.unit, chamber.name, State.DUE, chamber.since, message)
