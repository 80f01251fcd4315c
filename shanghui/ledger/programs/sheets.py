"""The columns of promises and of secretaries' projects."""

from __future__ import annotations

from shanghui.kernel.columns import Column, attribute

PROMISE_COLUMNS = (
    attribute("name", "党员姓名", about="promise"),
    attribute("shop", "经营户名称", width=30, about="promise"),
    Column("organization", "所在党支部", lambda p: p.organization.unit.name, sort="organization__unit__name", width=34),
    attribute("signed_on", "签订时间"),
    Column("plate_given", "授牌", lambda p: "已授牌" if p.plate_given else "", sort="plate_given"),
)

PROJECT_COLUMNS = (
    attribute("year", "年度", numeric=True, width=8),
    Column("unit", "党组织", lambda p: p.unit.name, sort="unit__name", width=34),
    attribute("title", "项目名称", width=36),
    attribute("goal", "目标", sort="-", width=40),
    attribute("closed_on", "结项", width=12),
    attribute("result", "结果", sort="-", width=40),
)
