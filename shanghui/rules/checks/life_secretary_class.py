"""党委书记讲党课 (LIFE-04)."""

from __future__ import annotations

from shanghui.rules.duties import Applies, Roll, duty
from shanghui.rules.evidence import lectures_of_secretaries
from shanghui.rules.months import Every


@duty(
    "life.secretary_class", "党委书记讲党课", norm="LIFE-04", every=Every.YEAR, evidence=lectures_of_secretaries,
    concerns="党委的书记", missing="台账里没有登记书记。请登记。",
    met_by="党课的记录，主讲人是书记",
)
def secretary_class(roll: Roll) -> Applies:
    """党委书记每年至少讲1次党课：党课记录里主讲人是书记。没有登记书记的，无法判定。"""
    there = roll.being & roll.party_committee
    return Applies(there & roll.secretary, there & ~roll.secretary)
