"""副书记人数 (COM-03, COM-04)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.ledger.people.models import Post
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "committee.deputies", "副书记人数", norm="COM-03", concerns="党支部，设不设支委会都一样；功能型、临时党支部除外",
    settled_by="结束多出的副书记任职；登记错了的更正",
)
def committee_deputies(picture: Picture) -> Iterator[Stand]:
    """党支部必要时可以设1名副书记，不能更多。"""
    most = limit("COM-03", "deputies")
    for body in picture.branches:
        deputies = len({one.person for one in picture.in_office(body.unit, Post.DEPUTY_SECRETARY)})
        if deputies > most:
            message = f"登记了{deputies}名副书记，党支部最多设{most}名。已经不任的请结束任职，确实多设的请调整。"
            yield Stand(body.unit, body.name, State.OVERDUE, body.since, message, picture.day)
