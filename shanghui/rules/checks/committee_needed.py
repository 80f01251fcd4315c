"""应设支委会 (COM-01)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.ledger.people.models import Post
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "committee.needed", "应设支委会", norm="COM-01", concerns="有正式党员7名以上的党支部；功能型、临时党支部除外",
    settled_by="选举产生支委会，登记委员",
)
def committee_needed(picture: Picture) -> Iterator[Stand]:
    """有正式党员7名以上的党支部应当设立支委会。委员数和委员都没有登记的，无法判定。"""
    needed, smallest = limit("COM-01", "full_members"), limit("COM-02", "members_from")
    for body in picture.branches:
        full = picture.full_members(body.unit)
        if full < needed or picture.in_office(body.unit, Post.COMMITTEE_MEMBER):
            continue
        if body.declared is None:
            message = f"有正式党员{full}名，台账里没有支委会委员，无法判定是否设了支委会。请登记委员。"
            yield Stand(body.unit, body.name, State.UNKNOWN, body.since, message)
        elif body.declared < smallest:
            message = f"有正式党员{full}名，登记的委员数是{body.declared}，没有支委会。请选举产生支委会；已经有的，请登记委员。"
            yield Stand(body.unit, body.name, State.OVERDUE, body.since, message, picture.day)
