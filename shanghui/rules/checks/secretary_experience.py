"""书记的党龄 (COM-14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import full_day, months_later
from shanghui.ledger.people.models import Category, MembershipRecord, Post
from shanghui.rules.picture import Body, Office, Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

_UNTOLD = "台账里没有登记书记的党员身份和转正时间，无法判定党龄。请登记。"
_UNDATED = "台账里没有登记书记哪天转正，只知道最晚的日子，无法判定党龄。请登记转正时间。"
_NOT_FULL = "登记的书记不是正式党员。书记一般应当有1年以上党龄，从转正算起。请核对登记；确实如此的，请向上级说明。"


@check(
    "secretary.experience", "书记的党龄", norm="COM-14", concerns="党支部的书记；功能型、临时党支部除外",
    settled_by="满1年后自然消失；登记错了的，更正书记的转正时间",
)
def secretary_experience(picture: Picture) -> Iterator[Stand]:
    """党支部书记一般应当有1年以上党龄，从转正算起。没有登记转正时间的，无法判定。"""
    records = _records(picture)
    for body in picture.branches:
        for office in picture.in_office(body.unit, Post.SECRETARY):
            found = _stand(body, office, records.get(office.person), picture)
            if found is not None:
                yield found


Membership = tuple[str, date, str]
"""Category, since when, how exactly that is known."""


def _records(picture: Picture) -> dict[int, Membership]:
    """By person the membership of the day, of those who ever held the post of secretary within the picture. One question."""
    held = MembershipRecord.objects.on(picture.day).filter(
        person__appointments__post=Post.SECRETARY, person__appointments__unit_id__in=picture.rows.values("pk")
    )
    rows = held.order_by().values_list("person_id", "category", "valid_from", "from_precision")
    return {person: (category, since, precision) for person, category, since, precision in rows}


def _stand(body: Body, office: Office, record: Membership | None, picture: Picture) -> Stand | None:
    if record is None:
        return Stand(body.unit, body.name, State.UNKNOWN, office.since, _UNTOLD)
    category, since, precision = record
    if category != Category.FULL:
        return Stand(body.unit, body.name, State.DUE, office.since, _NOT_FULL)
    years = limit("COM-14", "years")
    enough = months_later(since, 12 * years)
    if picture.day >= enough:
        return None
    if precision == Precision.SEEN:
        return Stand(body.unit, body.name, State.UNKNOWN, office.since, _UNDATED)
    message = f"书记转正不满{years}年，到{full_day(enough)}才满。书记一般应当有{years}年以上党龄。请核对转正时间；确实如此的，请向上级说明。"
    return Stand(body.unit, body.name, State.DUE, office.since, message, enough)
