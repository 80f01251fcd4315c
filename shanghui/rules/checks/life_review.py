"""民主评议党员 (LIFE-07)."""

from __future__ import annotations

from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.months import Every


@duty(
    "life.review", "民主评议党员", norm="LIFE-07", every=Every.YEAR, types=(ActivityType.REVIEW,),
    concerns="党支部；功能型、临时党支部的党员在组织关系所在支部参加",
)
def review(roll: Roll) -> Applies:
    """党支部每年开展1次民主评议党员，可以结合组织生活会进行。"""
    return Applies(roll.lasting_branch)
