"""Duties in a calendar: what is due and what comes, each on its last day; what was missed in one line a duty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from shanghui.access.scope import Scope
from shanghui.kernel.periods import months_later
from shanghui.rules.duties import Duty, Roll
from shanghui.rules.months import Every, Window, period_words
from shanghui.rules.pending import Explained, Pending, pending_duties
from shanghui.rules.states import State
from shanghui.rules.verdicts import Slot
from shanghui.web.feeds.calendars import Entry
from shanghui.web.home.duties import (
    Group,
    gathered,
    how_many,
    list_url,
    missed,
    own_units,
    record_url,
    rolls_of,
    window_of,
)
from shanghui.web.home.missed import ASKED, told
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

AHEAD_MONTHS = 6
NAMED = 10


def duties(visit: Visit, scope: Scope, settled: Explained) -> Iterator[Entry]:
    """Each own slot that is due or comes, on its last day; those of the branches below by duty and period. What was missed is one
    entry a duty, on the last day of the latest period: a calendar is no list of the past."""
    own, until = own_units(visit), months_later(visit.today, AHEAD_MONTHS)
    window = Window(window_of(visit.today).first_year, until.year)
    found = pending_duties(scope, visit.today, window, settled, planned=True)
    for one in found:
        if one.roll.unit in own:
            yield from (entry for entry in _own(one, visit, len(own) > 1) if entry.on <= until)
    for group in gathered(one for one in found if one.roll.unit not in own):
        yield from (entry for entry in _together(group, part_of(scope), visit.today) if entry.on <= until)


def _own(one: Pending, visit: Visit, several: bool) -> Iterator[Entry]:
    slots, of = list(one.slots()), f" · {one.roll.name}" if several else ""
    missed = [slot for slot in slots if slot.state is State.OVERDUE]
    if missed:
        latest = missed[-1]
        key, title = f"missed-{one.duty.code}-{one.roll.unit}", f"{told(missed, visit.today)}{of}"
        yield Entry(key, title, latest.last, lines(ASKED, latest.article), _url(latest, visit))
    for slot in slots:
        if slot.state is State.DUE:
            key, title = f"duty-{one.duty.code}-{slot.period}-{slot.unit}", f"{one.duty.title}（{spoken_period(slot.first, one.duty.every)}）截止{of}"
            yield Entry(key, title, slot.last, lines(slot.message, slot.article), _url(slot, visit), reminds=True)


def _url(slot: Slot, visit: Visit) -> str:
    return record_url(slot, visit) or address("organization", organization=slot.unit)


def _together(group: Group, part: str, today: date) -> Iterator[Entry]:
    duty, window = group.duty, group.window
    if group.overdue:
        first = window.first_day(max(group.overdue))
        rolls = rolls_of(group.overdue.values())
        yield Entry(
            f"missed-{duty.code}-{part}", missed(group, today), window.last_day(max(group.overdue), duty.every), _names(rolls, duty, first),
            list_url(duty, State.OVERDUE, first),
        )
    for place, rolls in sorted(group.due.items()):
        first, rolls = window.first_day(place), rolls_of([rolls])
        title = f"{duty.title}（{spoken_period(first, duty.every)}）截止 · {how_many(rolls).strip()}"
        yield Entry(
            f"duties-{duty.code}-{first.isoformat()}-{part}", title, window.last_day(place, duty.every), _names(rolls, duty, first),
            list_url(duty, State.DUE, first),
        )


def _names(rolls: list[Roll], duty: Duty, first: date) -> str:
    norm = duty.norm_on(first)
    names = "、".join(roll.name for roll in rolls[:NAMED]) + ("等" if len(rolls) > NAMED else "")
    return lines(f"还没有记录的：{names}", norm.source if norm else "")


def lines(*said: str) -> str:
    """What there is to say, each on a line of its own."""
    return "\n".join(line for line in said if line)


def spoken_period(first: date, every: Every) -> str:
    """«6月», «二季度», «上半年», «2026年»: the day it stands on tells the year."""
    return period_words(first, every).removeprefix(f"{first.year}年") or f"{first.year}年"


def part_of(scope: Scope) -> str:
    """Names whose branches are told together, so that two offices in one calendar program do not overwrite each other."""
    return sha256(",".join(map(str, scope.roots)).encode()).hexdigest()[:10]
