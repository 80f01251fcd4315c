"""The columns of activities and of notices."""

from __future__ import annotations

from typing import Any

from shanghui.kernel.columns import Column, attribute, label
from shanghui.kernel.periods import last_day
from shanghui.ledger.activities.models import ActivityType, Affairs, Audience
from shanghui.ledger.activities.queries import State


def state_of(activity: Any) -> State:
    """How far it is, by its mark as a plan and whether it counts anywhere (`recorded`, of queries.activities)."""
    if activity.planned:
        return State.PLANNED
    return State.RECORDED if activity.recorded else State.OPEN


ACTIVITY_COLUMNS = (
    attribute("held_on", "活动时间"),
    label("type", "活动类别", ActivityType.choices),
    attribute("title", "活动名称", width=36),
    Column("hosts", "主办单位", lambda a: "、".join(host.unit.name for host in a.hosts.all()), width=34),
    attribute("place", "地点", width=20),
    attribute("expected", "应到人数", numeric=True),
    attribute("present", "参加人数", numeric=True),
    Column("hours", "学时", lambda a: None if a.hours is None else float(a.hours), sort="hours", numeric=True),
    Column("state", "记录", lambda a: state_of(a).label, width=10),
    attribute("remark", "备注", sort="-", width=24),
)

PUBLICATION_COLUMNS = (
    attribute("title", "标题", width=36),
    label("affairs", "公开内容", Affairs.choices),
    label("audience", "公开范围", Audience.choices),
    Column("unit", "公开单位", lambda row: row.unit.name, sort="unit__name", width=34),
    attribute("valid_from", "自", width=12),
    Column("last", "至（含当日）", lambda row: last_day(row.valid_to), sort="valid_to", width=12),
    attribute("place", "公开地点或方式", sort="-", width=24),
    attribute("body", "正文", sort="-", width=60),
)

CAMPAIGN_COLUMNS = (
    attribute("title", "名称", width=30), Column("launched_by", "发起单位", lambda one: one.launched_by.name, width=24),
    attribute("valid_from", "开始"), Column("last", "结束", lambda one: last_day(one.valid_to)),
    attribute("document", "依据文件", width=30),
)

VISIT_COLUMNS = (
    attribute("visited_on", "走访时间"),
    Column("chamber", "商会", lambda v: v.chamber.unit.name, sort="chamber__unit__name", width=30),
    Column("visitor", "谁去的", lambda v: v.guide.name if v.guide else v.visitor.display_name if v.visitor else "", about="guide"),
    attribute("met", "见到谁", sort="-", width=24),
    attribute("missing", "建组织还差什么", sort="-", width=36),
    attribute("agreed", "商定了什么", sort="-", width=36),
    attribute("help_wanted", "需要上级帮什么", sort="-", width=30),
    attribute("next_on", "下次什么时候"),
)
