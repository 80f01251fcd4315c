"""党建入章 (SOC-05)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from shanghui.ledger.organizations.models import CharterClause, CharterItem
from shanghui.rules.picture import Picture
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "charter.items", "党建入章", norm="SOC-05", concerns="正常和换届中的商会",
    settled_by="章程里写了的，登记是哪几项；没有写的，修改章程以后登记",
)
def charter_items(picture: Picture) -> Iterator[Stand]:
    """章程要写明党建内容：坚持党的领导、设立党组织、党组织作用、党建经费。这里看登记了哪几项，不看章程的字句；一项都没有登记的，无法判定。"""
    written: dict[int, set[str]] = defaultdict(set)
    clauses = CharterClause.objects.on(picture.day).filter(chamber_id__in=picture.chambers.order_by().values("pk"))
    for chamber, item in clauses.order_by().values_list("chamber_id", "item"):
        written[chamber].add(item)
    for unit, name, since, _ in picture.operating:
        state, message = _told(frozenset(written.get(unit, ())))
        yield Stand(unit, name, state, since, message)


@cache
def _told(items: frozenset[str]) -> tuple[State, str]:
    """An item that is not on record may well stand in the charter: incomplete is to be done, never overdue."""
    missing = "、".join(item.label for item in CharterItem if item.value not in items)
    if not items:
        return State.UNKNOWN, "没有登记章程里的党建内容，无法判定。请对照章程登记。"
    if missing:
        return State.DUE, f"章程登记了{len(items)}项党建内容，没有登记：{missing}。写了的请登记，没有写的请修改章程。"
    return State.DONE, f"章程{len(CharterItem)}项党建内容都登记了。"
