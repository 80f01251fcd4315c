"""支部党员大会 (LIFE-01)."""

from __future__ import annotations

from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.months import Every


@duty(
    "life.general_meeting", "支部党员大会", norm="LIFE-01", every=Every.QUARTER, types=(ActivityType.GENERAL_MEETING,),
    concerns="党支部；功能型、临时党支部除外",
)
def general_meeting(roll: Roll) -> Applies:
    """党支部每季度召开1次支部党员大会。"""
    return Applies(roll.lasting_branch)
