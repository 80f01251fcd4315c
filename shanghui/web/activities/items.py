"""An activity recorded for an item of a campaign: the page of a campaign names the item by `?item=` (M20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest

from shanghui.kernel.periods import last_day
from shanghui.ledger.activities.campaign_states import campaign_items_for
from shanghui.ledger.activities.models import ActivityType, Campaign, CampaignItem
from shanghui.web.kit.days import table_day
from shanghui.web.kit.visits import Visit, found


def item_asked(request: HttpRequest, visit: Visit) -> CampaignItem | None:
    """The item named by `?item=`; None where none is. An item of a campaign that the visitor does not see is 404."""
    written = request.GET.get("item", "")
    if not written.isdecimal() or len(written) > 15:
        return None
    seen = CampaignItem.objects.filter(campaign__in=Campaign.objects.within(visit.scope_today()))
    return found(seen.select_related("campaign"), int(written))


def beginning_for(item: CampaignItem, today: date) -> dict[str, Any]:
    """What the form begins with: the kind that the item asks for, and a day on which the campaign ran."""
    last = last_day(item.campaign.valid_to)
    kind = item.type if item.type != ActivityType.TALK else ""
    return {"items": [item.pk], "type": kind, "held_on": min(today, last) if last else today}


def counts_not(item: CampaignItem, hosts: Sequence[int], day: date) -> str:
    """Why an activity of these hosts on this day cannot count for the item, in words; "" when it can."""
    if campaign_items_for(hosts, day).filter(pk=item.pk).exists():
        return ""
    one, last = item.campaign, last_day(item.campaign.valid_to)
    if day < one.valid_from or (last is not None and day > last):
        until = f"至 {table_day(last)}" if last else "起"
        return f"“{one}”是 {table_day(one.valid_from)} {until}的活动，{table_day(day)}不在里面。请核对日期，或者不勾这一项。"
    return f"“{one}”没有要求这里写的主办单位参加。请核对主办单位，或者不勾这一项。"
