"""转入介绍信接收 (REL-05, REL-06)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.ledger.people.transfers import Direction
from shanghui.rules.letters import letter_stands
from shanghui.rules.picture import Picture
from shanghui.rules.standing import Stand, check


@check(
    "transfer.letter_in", "转入介绍信接收", norm="REL-06", concerns="登记了转入介绍信的党组织",
    settled_by="核对介绍信和党员材料后接收；不能接收的写明原因退回",
)
def letter_in(picture: Picture) -> Iterator[Stand]:
    """转入的介绍信到期前10天提示抓紧接收；到期没有接收的为逾期。没有正当理由不得拒绝接收。"""
    return letter_stands(
        picture, Direction.IN, "封转入介绍信{day}到期，还没有接收，请核对后接收。",
        "封转入介绍信{day}已到期，还没有接收。请写明原因接收，或者退回请对方重开。",
    )
