"""Dues not paid in one's own branch for two months and more: told to its secretary, without names (M17, DUES-13)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from shanghui.access.models import Unit
from shanghui.ledger.dues.arrears import arrears
from shanghui.ledger.dues.models import DuesBase
from shanghui.ledger.dues.months import month_of
from shanghui.ledger.dues.queries import roll
from shanghui.rules.dues import UNPAID, WARNED
from shanghui.rules.registry import norm_on
from shanghui.web.home import articles
from shanghui.web.home.duties import own_units
from shanghui.web.home.todo import Item
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit


def dues_unpaid(visit: Visit) -> Iterator[Item]:
    """One item a branch: how many have not paid for how long. One question where no dues are kept, seven otherwise."""
    own = own_units(visit)
    if not own or not DuesBase.objects.exists():
        return
    lines = roll(Q(organization_id__in=own), month_of(visit.today))
    behind = arrears([one.person for one in lines], visit.today)
    counts: dict[int, list[int]] = {}
    for one in lines:
        if one.person in behind and behind[one.person].count >= WARNED[0]:
            counts.setdefault(one.organization, []).append(behind[one.person].count)
    names = dict(Unit.objects.filter(pk__in=counts).values_list("pk", "name")) if counts else {}
    for unit, months in counts.items():
        passed = [step for step in WARNED if any(count >= step for count in months)]
        yield Item(
            "dues", None, f"{len(months)} 名党员连续 {passed[-1]} 个月以上没有交党费", f"{names[unit]}：提醒本人；系统只提示，不自动处理",
            address("organization-dues", "#late", organization=unit), "看名单", articles.of_norm(norm_on(UNPAID, visit.today)), number=len(months),
        )
