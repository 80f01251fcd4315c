"""谈心谈话 (LIFE-08)."""

from __future__ import annotations

from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.evidence import everybody_talked_with
from shanghui.rules.months import Every


@duty(
    "life.talk", "谈心谈话", norm="LIFE-08", every=Every.YEAR, evidence=everybody_talked_with,
    concerns="党支部的每名党员；只登记谁和谁、哪一天谈过",
    met_by="谈心谈话的记录：当年到会人里有支部的每一名党员",
)
def talk(roll: Roll) -> Applies:
    """党支部每名党员每年至少谈心谈话1次；全体党员都谈过才算完成。"""
    return Applies(roll.lasting_branch)
