"""What running campaigns ask, as a population: one record for each item at each organization (M20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.indicators.registry import Computed, Population, stored_nowhere
from shanghui.kernel.columns import Column, attribute
from shanghui.ledger.activities.campaign_states import State, standings
from shanghui.ledger.activities.models import Campaign, CampaignItem

_WORDS = {State.DONE: "已完成", State.OPEN: "待完成", State.LATE: "逾期", State.DROPPED: "活动已结束"}


@dataclass(frozen=True)
class AskedItem:
    """One item of a campaign at one organization. `state` empty: rebuilt from its key."""

    pk: str
    unit: int
    name: str
    campaign: int
    campaign_title: str
    title: str
    due_on: date
    state: str = ""
    held: int = 0

    @property
    def state_word(self) -> str:
        """Where it stands, in a word."""
        return _WORDS[State(self.state)] if self.state else ""

    @property
    def belongs_to(self) -> tuple[str, int]:
        """The record on whose page it is seen."""
        return Campaign._meta.db_table, self.campaign


def _records(scope: Scope, day: date) -> Iterator[AskedItem]:
    running = list(Campaign.objects.on(day).order_by("valid_from", "pk"))
    for one in standings(running, scope, day).values() if running else ():
        for row in one.rows:
            for cell in row.cells:
                yield _record(row.unit, cell.item, one.campaign, cell.state.value, len(cell.counted))


def _record(unit: Unit, item: CampaignItem, campaign: Campaign, state: str = "", held: int = 0) -> AskedItem:
    return AskedItem(
        f"{unit.pk}/{item.pk}", unit.pk, unit.name, campaign.pk, campaign.title, item.title, item.due_on, state, held
    )


def _tally(scope: Scope, day: date) -> Iterator[tuple[tuple[Any, ...], int]]:
    yield from Counter((one.unit, one.state) for one in _records(scope, day)).items()


def _named(keys: Sequence[str]) -> Iterator[AskedItem]:
    parts = [tuple(map(int, key.split("/"))) for key in keys]
    units = Unit.objects.in_bulk({unit for unit, _ in parts})
    items = CampaignItem.objects.select_related("campaign").in_bulk({item for _, item in parts})
    for unit, item in parts:
        if unit in units and item in items:
            yield _record(units[unit], items[item], items[item].campaign)


ASKED_ITEMS = Population(
    "asked_items", "专题活动事项", "项", stored_nowhere, "unit", ("state",), computed=Computed(_tally, _records, _named)
)

ASKED_COLUMNS = (
    attribute("name", "党组织", width=34), attribute("campaign_title", "专题活动", width=26), attribute("title", "事项", width=20),
    Column("state_word", "状态", lambda one: one.state_word, sort="state", width=12), attribute("held", "已开展次数", numeric=True),
    attribute("due_on", "完成时间"),
)
