"""Which kinds of meeting stand first on the telephone, and what is left this month: where the rules speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.states import State
from shanghui.rules.verdicts import Slot, assess
from shanghui.web.kit.visits import Visit

USUAL = (
    ActivityType.THEME_DAY, ActivityType.GENERAL_MEETING, ActivityType.COMMITTEE_MEETING, ActivityType.GROUP_MEETING,
    ActivityType.PARTY_CLASS, ActivityType.LIFE_MEETING, ActivityType.TALK,
)
"""The kinds a branch records most, in the order of a month."""


@dataclass(frozen=True)
class Kind:
    """A kind to choose; `note` says why it stands there («7月待开»)."""

    type: ActivityType
    note: str = ""


def due_kinds(visit: Visit, unit: Unit) -> list[Kind]:
    """The kinds to offer first: what the unit owes now, then the usual ones."""
    owed = {slot.duty.types[0]: f"{_period(slot, visit.today)}待开" for slot in reversed(_due(visit, unit)) if slot.duty.types}
    first = [Kind(one, owed[one]) for one in _in_order(owed)]
    return first + [Kind(one) for one in USUAL if one not in owed]


def left_this_month(visit: Visit, unit: Unit) -> list[str]:
    """What the unit still owes in periods that end with this month, in words."""
    ends = months_later(visit.today.replace(day=1), 1)
    return [slot.message for slot in _due(visit, unit) if slot.last < ends]


def _due(visit: Visit, unit: Unit) -> list[Slot]:
    """What is due now and not over, the earliest first."""
    found = assess(Scope(roots=(unit.pk,), day=visit.today), visit.today).slots([State.DUE])
    return sorted((slot for slot in found if slot.unit == unit.pk), key=lambda slot: slot.last)


def _in_order(owed: dict[ActivityType, str]) -> list[ActivityType]:
    return [*(one for one in USUAL if one in owed), *(one for one in owed if one not in USUAL)]


def _period(slot: Slot, today: date) -> str:
    """«7月», «第3季度», «今年»."""
    return slot.period_words.removeprefix(f"{today.year}年") or "今年"
