"""The columns of the ledger 组织关系接转 (regulations §9.2)."""

from __future__ import annotations

from shanghui.kernel.columns import Column, attribute, label
from shanghui.ledger.people.transfers import Direction, TransferState

TRANSFER_COLUMNS = (
    Column("name", "姓名", lambda one: one.person.name, sort="person__initials", about="name"),
    label("direction", "方式", Direction.choices),
    Column("origin", "转出党组织", lambda one: one.origin, sort="", width=34),
    Column("destination", "转入党组织", lambda one: one.destination, sort="", width=34),
    Column("letter_by", "开信单位", lambda one: one.letter_by, sort="", width=30),
    Column("number", "介绍信编号", lambda one: one.letter_number, sort="number", width=18),
    attribute("sent_on", "发出日期"),
    attribute("valid_days", "有效期（天）", width=10),
    attribute("due_on", "有效期至"),
    label("state", "状态", TransferState.choices),
    attribute("closed_on", "接收（了结）日期", width=16),
    attribute("answered_on", "回执收到日期", width=14),
    attribute("dues_until", "党费交至"),
    attribute("reason", "接转原因", sort="-", width=24),
    attribute("closing", "说明", sort="-", width=30),
)
