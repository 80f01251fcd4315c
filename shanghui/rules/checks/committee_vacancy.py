"""书记出缺 (COM-12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import Post
from shanghui.rules.picture import Body, Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "committee.vacancy", "书记出缺", norm="COM-12", concerns="党支部；功能型、临时党支部除外",
    settled_by="补选书记，或者由上级指派，并登记任职",
)
def secretary_vacancy(picture: Picture) -> Iterator[Stand]:
    """书记出缺应当及时补选。条例没有规定天数，满30天没有补上算逾期，是系统提示口径。从来没有登记书记的，无法判定。"""
    for body in picture.branches:
        if picture.in_office(body.unit, Post.SECRETARY):
            continue
        ends = [one.until for one in picture.offices(body.unit, Post.SECRETARY) if one.until]
        yield _vacant(body, max(ends), picture.day) if ends else _unknown(body)


def _vacant(body: Body, since: date, day: date) -> Stand:
    days = limit("COM-12-DAYS", "days")
    due = since + timedelta(days=days)
    state = State.OVERDUE if day > due else State.DUE
    message = f"从{full_day(since)}起没有书记，请及时补选，或者请上级指派，并登记任职；满{days}天是{full_day(due)}。"
    return Stand(body.unit, body.name, state, since, message, due)


def _unknown(body: Body) -> Stand:
    message = "台账里没有登记书记，无法判定是否出缺。有书记的请登记任职，没有的请及时补选。"
    return Stand(body.unit, body.name, State.UNKNOWN, body.since, message)
