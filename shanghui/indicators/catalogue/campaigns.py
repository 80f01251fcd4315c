"""Campaigns: what running ones ask, and what was done of it (M20)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.asked_items import ASKED_ITEMS
from shanghui.indicators.populations import CAMPAIGNS
from shanghui.indicators.registry import everything, indicator
from shanghui.ledger.activities.campaign_states import State


@indicator("campaign.running", "正在开展的专题活动", CAMPAIGNS)
def campaign_running(day: date) -> Q:
    """当日正在开展、由本级或下级发起的专题活动。"""
    return everything(day)


@indicator("campaign.done", "专题活动事项完成率", ASKED_ITEMS, out_of=everything)
def campaign_done(day: date) -> Q:
    """分子：当日正在开展的专题活动要求各党组织完成的事项中已完成的。分母：要求完成的事项，每个党组织的每一项算一项。"""
    return Q(state=State.DONE.value)


@indicator("campaign.late", "专题活动事项逾期", ASKED_ITEMS)
def campaign_late(day: date) -> Q:
    """当日正在开展的专题活动里，已过完成时间、还没有完成的事项，每个党组织的每一项算一项。"""
    return Q(state=State.LATE.value)
