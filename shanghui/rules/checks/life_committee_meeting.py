"""支委会 (LIFE-02)."""

from __future__ import annotations

from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.months import Every

_MISSING = "应设或者填报有支委会，台账里没有登记委员和任职时间。请登记委员。"


@duty(
    "life.committee_meeting", "支委会", norm="LIFE-02", every=Every.MONTH, types=(ActivityType.COMMITTEE_MEETING,),
    concerns="设支委会的党支部；功能型、临时党支部除外", missing=_MISSING, needs_members=True,
)
def committee_meeting(roll: Roll) -> Applies:
    """设支委会的党支部每月召开1次支委会。正式党员满7名、或者填报有委员，而没有登记委员任职的，无法判定。"""
    due = roll.committee & roll.branch & ~roll.limited
    unclear = roll.lasting_branch & ~due
    return Applies(due, unclear if roll.large else unclear & roll.declared)
