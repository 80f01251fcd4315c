"""Which kinds of meeting stand first on the telephone, and what is left this month: where the rules will speak."""

from __future__ import annotations

from dataclasses import dataclass

from shanghui.access.models import Unit
from shanghui.ledger.activities.models import ActivityType
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
    return [Kind(one) for one in USUAL]


def left_this_month(visit: Visit, unit: Unit) -> list[str]:
    """What the unit still owes this month, in words; nothing while nobody knows."""
    return []
