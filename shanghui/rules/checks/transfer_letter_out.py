"""转出介绍信回执 (REL-06, REL-07)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.ledger.people.transfers import Direction
from shanghui.rules.letters import letter_stands
from shanghui.rules.picture import Picture
from shanghui.rules.standing import Stand, check


@check(
    "transfer.letter_out", "介绍信回执", norm="REL-06", concerns="开了介绍信转出党员的党组织",
    settled_by="收到回执的登记回执；遗失、过期的写明情况作废，再重开",
)
def letter_out(picture: Picture) -> Iterator[Stand]:
    """介绍信到期前10天提示催要回执；到期没有收到回执的为逾期。回执收到以前，党员仍由转出方负责。"""
    return letter_stands(
        picture, Direction.OUT, "封转出介绍信{day}到期，回执还没有收到，请催要。",
        "封转出介绍信{day}已到期，没有收到回执。请核实对方是否接收：接收了登记回执，没有接收写明情况作废重开。",
    )
