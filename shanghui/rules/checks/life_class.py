"""党课，本地规定 (LIFE-04)."""

from __future__ import annotations

from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.months import Every


@duty(
    "life.party_class", "党课", norm="LIFE-04-QUARTER", every=Every.QUARTER, types=(ActivityType.PARTY_CLASS,),
    concerns="启用了这条本地规定的党支部", pack="quarterly_class",
)
def party_class(roll: Roll) -> Applies:
    """党支部每季度至少讲1次党课。这是本地规定，启用后才算。"""
    return Applies(roll.lasting_branch)
