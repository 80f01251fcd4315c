"""Relations that wait for the answer of one's own organization; for an office, how many wait below it (M16, REL-05)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.access.acts import Act
from shanghui.ledger.people.models import Direction, Transfer
from shanghui.ledger.people.transferring import waiting_for
from shanghui.rules.registry import norm_on
from shanghui.web.home import articles
from shanghui.web.home.duties import NAMED, own_units
from shanghui.web.home.todo import Item
from shanghui.web.kit.days import spoken_day
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit


def transfers_due(visit: Visit) -> Iterator[Item]:
    """Those sent together as one. Letters have their own day from the rules and are told there. Two queries."""
    own = own_units(visit)
    article = articles.of_norm(norm_on("REL-05", visit.today))
    groups: dict[str, list[Transfer]] = {}
    for row in waiting_for(own).filter(direction=Direction.INSIDE) if own else ():
        groups.setdefault(row.bundle or str(row.pk), []).append(row)
    for rows in groups.values():
        first = rows[0]
        names = "、".join(one.person.name for one in rows[:NAMED]) + (f"等 {len(rows)} 人" if len(rows) > NAMED else "")
        text = f"{spoken_day(first.sent_on, visit.today)}从“{first.origin}”转来；接收以前由对方负责"
        yield Item("transfer", None, f"{names}的组织关系等接收", text, address("transfer", transfer=first.pk), "去接收", article, number=len(rows))
    below = Transfer.objects.sent_to(visit.scope_today(Act.PEOPLE_CHANGE)).waiting().filter(direction=Direction.INSIDE).exclude(target__in=own)
    count = below.count()
    if count:
        text = "由转入的党组织接收；没有正当理由不得拒绝"
        url = address("transfers", "?side=in&state=sent&direction=inside")
        yield Item("transfer", None, f"{count} 人的组织关系在途，等各党组织接收", text, url, "看名单", article, number=count)
