"""党小组会 (LIFE-03)."""

from __future__ import annotations

from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.months import Every


@duty(
    "life.group_meeting", "党小组会", norm="LIFE-03", every=Every.MONTH, types=(ActivityType.GROUP_MEETING,),
    concerns="登记了的党小组，每个小组分别计算",
)
def group_meeting(roll: Roll) -> Applies:
    """党小组每月召开1次党小组会。"""
    return Applies(roll.being & roll.group & ~roll.limited)
