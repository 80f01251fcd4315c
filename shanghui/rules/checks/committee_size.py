"""支委会人数 (COM-02)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.ledger.people.models import PARTY_POSTS, Post
from shanghui.rules.picture import Body, Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "committee.size", "支委会人数", norm="COM-02", concerns="设支委会的党支部；功能型、临时党支部除外",
    settled_by="补选或者在换届时调整委员人数，登记委员",
)
def committee_size(picture: Picture) -> Iterator[Stand]:
    """支委会由3至5人组成，一般不超过7人。书记、副书记计入；登记的委员数和登记的人不一样的，取多的。"""
    for body in picture.branches:
        size = _size(picture, body)
        if size is not None and (message := _message(size)):
            yield Stand(body.unit, body.name, State.DUE, body.since, message)


def _size(picture: Picture, body: Body) -> int | None:
    """How many the committee has; None where there is none to be seen."""
    declared = body.declared or 0
    if not picture.in_office(body.unit, Post.COMMITTEE_MEMBER):
        return declared if declared >= limit("COM-02", "members_from") else None
    return max(declared, len({one.person for one in picture.in_office(body.unit, *PARTY_POSTS)}))


def _message(size: int) -> str:
    least, usual, most = (limit("COM-02", name) for name in ("members_from", "members_to", "members_at_most"))
    if size < least:
        return f"支委会登记了{size}人，应由{least}至{usual}人组成。没有登记全的请补登记，人数不够的请补选。"
    if size > most:
        return f"支委会有{size}人，一般不超过{most}人。请核对委员，换届时减少。"
    if size > usual:
        return f"支委会有{size}人，通常由{least}至{usual}人组成，确有需要的不超过{most}人。请核对委员，换届时考虑人数。"
    return ""
