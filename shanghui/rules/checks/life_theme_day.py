"""主题党日 (LIFE-05)."""

from __future__ import annotations

from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.months import Every


@duty(
    "life.theme_day", "主题党日", norm="LIFE-05", every=Every.MONTH, types=(ActivityType.THEME_DAY,),
    concerns="党支部，包括联合、功能型和临时党支部",
)
def theme_day(roll: Roll) -> Applies:
    """党支部每月开展1次主题党日，可以和其他会议结合。"""
    return Applies(roll.being & roll.branch)
