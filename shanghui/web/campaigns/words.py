"""What the state of a campaign is called: on the page, in the workbook, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from shanghui.kernel.columns import Column
from shanghui.kernel.periods import last_day
from shanghui.ledger.activities.campaign_states import Cell, Row, State
from shanghui.ledger.activities.models import Campaign, CampaignItem
from shanghui.web.kit.days import days_left, spoken_day

PHASES = (("running", "正在进行"), ("coming", "还没开始"), ("over", "已经结束"))


def phase(campaign: Campaign, day: date) -> str:
    """running, coming or over."""
    if day < campaign.valid_from:
        return "coming"
    return "over" if campaign.valid_to is not None and campaign.valid_to <= day else "running"


def cell_words(cell: Cell) -> str:
    """«✓ 2022-06-20», «还差 1 次», «逾期，差 1 次», «不再要求»."""
    if cell.state == State.DONE:
        return f"✓ {cell.done_on}"
    if cell.state == State.DROPPED:
        return "不再要求"
    return f"{'逾期，' if cell.state == State.LATE else '还'}差 {cell.missing} 次"


def still(cell: Cell, day: date) -> str:
    """«“一次走访”还差 1 次，8月31日前», «“一次党课”差 1 次，逾期 8 天»; "" when nothing is missing."""
    if cell.state == State.LATE:
        return f"“{cell.item.title}”差 {cell.missing} 次，{days_left(cell.item.due_on, day)}"
    if cell.state == State.OPEN:
        return f"“{cell.item.title}”还差 {cell.missing} 次，{spoken_day(cell.item.due_on, day)}前"
    return ""


def missing(row: Row, day: date) -> list[str]:
    """What is missing at one organization, item by item."""
    return [words for cell in row.cells if (words := still(cell, day))]


def why(chosen: bool, item: CampaignItem) -> str:
    """Why an activity counts."""
    return "登记活动时选了算入这一项" if chosen else f"{item.get_type_display()}，记录和到会齐全，自动算入"


def state_columns(items: Sequence[CampaignItem], day: date) -> list[Column]:
    """The columns of the table of a campaign as a workbook."""
    return [
        Column("unit", "党组织", lambda row: row.unit.name, width=34),
        *(Column(f"item{place}", f"{item.title}（{item.due_on}前）", _worded(place), width=16) for place, item in enumerate(items)),
        Column("missing", "还缺什么", lambda row: "；".join(missing(row, day)), width=50),
        Column("activities", "算入的活动", _activities, width=60),
    ]


def _worded(place: int) -> Any:
    return lambda row: cell_words(row.cells[place])


def _activities(row: Row) -> str:
    told = [f"{one.held_on}{one.title}（{cell.item.title}）" for cell in row.cells for one in cell.counted]
    return "；".join(told)


def _done(campaign: Any) -> str:
    rows = campaign.standing.rows
    return f"{len(campaign.standing.in_state(State.DONE))}/{len(rows)}" if rows else ""


CAMPAIGN_COLUMNS = (
    Column("title", "名称", lambda row: row.title, sort="title", width=30),
    Column("launched_by", "发起单位", lambda row: row.launched_by.name, width=24),
    Column("valid_from", "开始", lambda row: row.valid_from, sort="valid_from", width=12),
    Column("last", "结束", lambda row: last_day(row.valid_to), sort="valid_to", width=12),
    Column("items", "事项", lambda row: "、".join(item.title for item in row.standing.items), width=40),
    Column("done", "做完的党组织", _done, width=12),
    Column("document", "依据文件", lambda row: row.document, width=30),
)
