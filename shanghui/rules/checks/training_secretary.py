"""书记培训 (COM-16)."""

from __future__ import annotations

from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.evidence import secretaries_trained
from shanghui.rules.months import Every


@duty(
    "training.secretary", "书记培训", norm="COM-16", every=Every.YEAR, evidence=secretaries_trained,
    concerns="党支部的书记", missing="台账里没有登记书记。请登记。",
    met_by="培训的记录，到会人里有书记",
)
def secretary_training(roll: Roll) -> Applies:
    """党支部书记每年至少参加1次县级以上集中轮训：培训活动的到会人里有书记。没有登记书记的，无法判定。"""
    return Applies(roll.lasting_branch & roll.secretary, roll.lasting_branch & ~roll.secretary)
