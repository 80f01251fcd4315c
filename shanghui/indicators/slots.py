"""Organization-periods as a population: the slots of duties of the year, up to the day (domain.md §4 `life.*`; M42)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.indicators.registry import Computed, Population, stored_nowhere
from shanghui.kernel.columns import Column, attribute
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.rules.duties import Duty, registry
from shanghui.rules.months import first_of_period
from shanghui.rules.states import State
from shanghui.rules.verdicts import Slot, assess


@dataclass(frozen=True)
class OwedPeriod:
    """A slot as a record: `ended`: its last day is the day asked about, or before. `state` empty: rebuilt from its key."""

    pk: str
    unit: int
    name: str
    rule: str
    title: str
    period: str
    last: date
    article: str
    state: str = ""
    ended: bool = False
    message: str = ""

    @property
    def state_word(self) -> str:
        """The verdict in a word."""
        return State(self.state).word if self.state else ""

    @property
    def belongs_to(self) -> tuple[str, int]:
        """The record on whose page it is seen."""
        return PartyOrganization._meta.db_table, self.unit


def _tally(scope: Scope, day: date) -> Iterator[tuple[tuple[Any, ...], int]]:
    """(unit, rule, state, ended) and how many, without making a record of each."""
    found = assess(scope, day)
    ended = {one.every: found.window.ended_before(day + timedelta(days=1), one.every) for one in registry}
    for line in found.told:
        over = ended[line.duty.every]
        for state, mask in line.masks():
            if mask:
                yield from _counted(line.roll.unit, line.duty.code, state, mask, over)


def _counted(unit: int, rule: str, state: State, mask: int, over: int) -> Iterator[tuple[tuple[Any, ...], int]]:
    for part, is_over in ((mask & over, True), (mask & ~over, False)):
        if part:
            yield (unit, rule, state.value, is_over), part.bit_count()


def _records(scope: Scope, day: date) -> Iterator[OwedPeriod]:
    for slot in assess(scope, day).slots():
        yield _record(slot, slot.state.value, slot.last <= day, slot.message)


def _record(slot: Slot, state: str = "", ended: bool = False, message: str = "") -> OwedPeriod:
    return OwedPeriod(
        slot.pk, slot.unit, slot.name, slot.duty.code, slot.duty.title, slot.period_words, slot.last, slot.article, state, ended, message
    )


def _named(keys: Sequence[str]) -> Iterable[OwedPeriod]:
    """The periods of these keys, as they are named; what state they had is told by the figure that kept them."""
    parts = [key.split("/") for key in keys]
    names = dict(Unit.objects.filter(pk__in={int(part[0]) for part in parts}).values_list("pk", "name"))
    for unit, code, period in parts:
        duty = registry.get(code)
        if duty is not None and int(unit) in names:
            yield _record(_slot(int(unit), names[int(unit)], duty, period))


def _slot(unit: int, name: str, duty: Duty, period: str) -> Slot:
    first, last = first_of_period(period, duty.every)
    return Slot(unit, name, duty, first, last, State.DONE)


OWED_PERIODS = Population(
    "duties", "应开的组织生活", "次", stored_nowhere, "unit", ("rule", "state", "ended"),
    computed=Computed(_tally, _records, _named),
)

OWED_COLUMNS = (
    attribute("name", "党组织", width=34), attribute("title", "事项", width=16), attribute("period", "期间", width=14),
    Column("state_word", "状态", lambda one: one.state_word, sort="state", width=12), attribute("last", "截止"),
    attribute("article", "依据", width=34), attribute("message", "说明", sort="-", width=50),
)
