"""组织生活会 (LIFE-06)."""

from __future__ import annotations

from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.months import Every


@duty(
    "life.life_meeting", "组织生活会", norm="LIFE-06", every=Every.YEAR, types=(ActivityType.LIFE_MEETING,),
    concerns="党支部；功能型、临时党支部的党员在组织关系所在支部参加",
)
def life_meeting(roll: Roll) -> Applies:
    """党支部每年至少召开1次组织生活会，一般安排在第四季度。"""
    return Applies(roll.lasting_branch)
