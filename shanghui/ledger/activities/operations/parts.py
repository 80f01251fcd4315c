"""What belongs to an activity besides its own columns, and writing it with the activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from shanghui.access.audit import Journal
from shanghui.access.models import Unit
from shanghui.ledger.activities.models import (
    Activity,
    ActivityHost,
    ActivityType,
    AgendaItem,
    Aspect,
    Attendance,
    CampaignItem,
    CampaignShare,
    Matter,
    Occasion,
    Presence,
)


@dataclass(frozen=True)
class Roll:
    """One person at an activity: whether he came; whose roster he is on (`unit`), and whether he votes."""

    person: int
    state: Presence
    unit: int | None = None
    votes: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Agenda:
    """One item of the agenda."""

    topic: str
    matter: Matter = Matter.ORDINARY
    decision: str = ""
    in_favor: int | None = None
    against: int | None = None
    abstained: int | None = None
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Parts:
    """What hangs on an activity. None: leave it as it is (nothing, for a new one)."""

    roster: Sequence[Roll] | None = None
    agenda: Sequence[Agenda] | None = None
    aspects: Sequence[ActivityType] | None = None
    items: Sequence[CampaignItem] | None = None


NOTHING = Parts()
_NO_MINUTES = (ActivityType.TALK,)
"""Of a talk only who, with whom and when is kept (domain.md §1)."""


def numbers(roster: Sequence[Roll]) -> dict[str, int]:
    """How many were expected and how many of them came; observers apart."""
    expected = [one for one in roster if one.state != Presence.OBSERVER]
    return {"expected": len(expected), "present": sum(one.state == Presence.PRESENT for one in expected)}


def write_parts(journal: Journal, activity: Activity, parts: Parts) -> bool:
    """Makes the rows of the parts what they should be; says whether anything changed."""
    changed = False
    if parts.roster is not None:
        wanted = {one.person: {"unit_id": one.unit, "state": one.state, "votes": one.votes, "reason": one.reason} for one in parts.roster}
        changed |= settle(journal, Attendance, activity, "person_id", wanted)
    if parts.agenda is not None:
        listed = {place: vars(one) for place, one in enumerate(parts.agenda, start=1)}
        changed |= settle(journal, AgendaItem, activity, "place", listed)
    if parts.aspects is not None:
        changed |= settle(journal, Aspect, activity, "type", {one: {} for one in parts.aspects if one != activity.type})
    if parts.items is not None:
        changed |= settle(journal, CampaignShare, activity, "item_id", {one.pk: {} for one in parts.items})
    return changed


def settle(
    journal: Journal, model: type[models.Model], activity: Activity, key: str, wanted: Mapping[Any, Mapping[str, Any]]
) -> bool:
    """The rows of `model` that hang on the activity, by `key`: new ones made, differing ones changed, others removed."""
    present = {getattr(row, key): row for row in model._default_manager.filter(activity=activity)}
    changed = False
    for name, row in present.items():
        if name in wanted:
            changed |= journal.change(row, **wanted[name])
        else:
            journal.delete(row)
            changed = True
    for name, values in wanted.items():
        if name not in present:
            journal.create(model(activity=activity, **{key: name}, **values))
            changed = True
    return changed


def is_complete(activity: Activity) -> bool:
    """Whether it was held: it is not only planned, somebody is on record as present, and the minutes are in."""
    if activity.planned or not activity.present:
        return False
    if activity.type in _NO_MINUTES:
        return activity.present > 1
    return bool(activity.minutes.strip()) or activity.agenda.exists()


def occasions(activity_id: int, types: Sequence[str], units: Sequence[int], held_on: date) -> list[dict[str, Any]]:
    """The rows of Occasion of a complete activity."""
    month = held_on.year * 12 + held_on.month - 1
    return [
        {"activity_id": activity_id, "unit_id": unit, "type": type, "held_on": held_on, "month": month}
        for unit in units for type in types
    ]


def write_occasions(journal: Journal, activity: Activity) -> None:
    """Brings the occasions of an activity to what its columns, hosts and aspects say."""
    wanted: dict[tuple[int, str], dict[str, Any]] = {}
    if is_complete(activity):
        types = [activity.type, *activity.aspects.values_list("type", flat=True)]
        units = list(activity.hosts.values_list("unit_id", flat=True))
        for row in occasions(activity.pk, types, units, activity.held_on):
            wanted[row["unit_id"], row["type"]] = row
    for present in Occasion.objects.filter(activity=activity):
        values = wanted.pop((present.unit_id, present.type), None)
        if values is None:
            journal.delete(present)
        else:
            journal.change(present, held_on=values["held_on"], month=values["month"])
    for values in wanted.values():
        journal.create(Occasion(**values))


def write_hosts(journal: Journal, activity: Activity, hosts: Sequence[Unit]) -> bool:
    """Makes these units, and no others, its hosts."""
    return settle(journal, ActivityHost, activity, "unit_id", {unit.pk: {} for unit in hosts})
