"""支部正式党员不足 (ORG-08; a joint one needs as many, ORG-03)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.ledger.organizations.models import Form
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

WITH_RELATIONS = (Form.OWN, Form.JOINT, Form.INDUSTRY, Form.AREA)


@check(
    "branch.small", "支部党员不足", norm="ORG-08", concerns="党支部，功能型、临时的除外",
    settled_by="转入党员，或者经上级批准调整、并入联合党支部；没有登记党员的登记",
)
def branch_small(picture: Picture) -> Iterator[Stand]:
    """单独组建的支部正式党员不足3名的，研究调整或者并入联合党支部；联合组建的再联合几家，或者并入其他党组织，报上级批准。没有登记党员的，无法判定。"""
    least = limit("ORG-01", "full_members")
    for body in picture.bodies:
        if not body.is_branch or body.form not in WITH_RELATIONS or picture.full_members(body.unit) >= least:
            continue
        if not picture.members(body.unit):
            message = "台账里没有登记组织关系在这里的党员，无法判定人数够不够。请登记党员。"
            yield Stand(body.unit, body.name, State.UNKNOWN, body.since, message)
        else:
            way = "研究调整或者并入联合党支部" if body.form == Form.OWN else "再联合几家，或者并入其他党组织"
            message = f"有正式党员{picture.full_members(body.unit)}名，不足{least}名。请{way}，报上级批准。"
            yield Stand(body.unit, body.name, State.DUE, body.since, message)
