"""The columns of activities."""

from __future__ import annotations

from shanghui.kernel.columns import Column, attribute, label
from shanghui.ledger.activities.models import ActivityType

ACTIVITY_COLUMNS = (
    attribute("held_on", "活动时间"),
    label("type", "活动类别", ActivityType.choices),
    attribute("title", "活动名称", width=36),
    Column("hosts", "主办单位", lambda a: "、".join(host.unit.name for host in a.hosts.all()), width=34),
    attribute("place", "地点", width=20),
    attribute("present", "参加人数", numeric=True),
    attribute("remark", "备注", sort="-", width=24),
)
