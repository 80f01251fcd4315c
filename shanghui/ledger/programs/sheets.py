"""The columns of promises."""

from __future__ import annotations

from shanghui.kernel.columns import Column, attribute

PROMISE_COLUMNS = (
    attribute("name", "党员姓名"),
    attribute("shop", "经营户名称", width=30),
    Column("organization", "所在党支部", lambda p: p.organization.unit.name, sort="organization__unit__name", width=34),
    attribute("signed_on", "签订时间"),
    Column("plate_given", "授牌", lambda p: "已授牌" if p.plate_given else "", sort="plate_given"),
)
