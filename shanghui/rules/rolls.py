"""Reading what duties need to know of every organization within a scope: a handful of questions, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from shanghui.access.models import Axis, Reach
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import EPOCH
from shanghui.ledger.organizations.models import Form, OrganizationPeriod
from shanghui.ledger.people.models import Post
from shanghui.rules.duties import Roll
from shanghui.rules.models import PackSwitch
from shanghui.rules.months import Window, surely_since
from shanghui.rules.reading import Known, Reading, as_day, as_text
from shanghui.rules.registry import limit

LIMITED = (Form.FUNCTIONAL, Form.TEMPORARY)


def rolls(reading: Reading) -> list[Roll]:
    """Every party organization within the scope that was there at some time of the window up to the day, by name."""
    found = {roll.unit: roll for roll in _rolls(reading)}
    _add_posts(found, reading)
    _add_packs(found, reading.day, reading.window)
    return sorted(found.values(), key=attrgetter("name", "unit"))


def _rolls(reading: Reading) -> Iterator[Roll]:
    window, smallest = reading.window, limit("COM-02", "members_from")
    surely: dict[Any, date] = Known(lambda since, precision: surely_since(date.fromisoformat(since), precision))
    wholly: dict[Any, int] = Known(lambda since, until: window.wholly_within(since, as_day(until)))
    beginning: dict[Any, int] = Known(lambda since, until: window.beginning_within(date.fromisoformat(since), as_day(until)))
    for (unit, name, kind, size), periods in groupby(_periods(reading), key=itemgetter(0, 1, 2, 3)):
        roll, ended = Roll(unit, name, kind, declared=size is not None and size >= smallest), None
        for *_, form, since, ends, precision in periods:
            until = reading.known_end(ends)
            if ended is None or ended != since:
                lasting = surely[since, precision]  # since when it is there without a break
            ended = until
            roll.being |= wholly[lasting, until]
            if form in LIMITED:
                roll.limited |= beginning[since, until]
        yield roll


def _periods(reading: Reading) -> Iterable[Any]:
    columns = ("organization_id", "organization__unit__name", "organization__kind", "organization__committee_members", "form")
    return (
        OrganizationPeriod.objects.filter(reading.within("organization_id"), valid_from__lte=reading.day)
        .exclude(valid_to__lte=reading.window.first_day(0))
        .order_by("organization_id", "valid_from")
        .values_list(*columns, as_text("valid_from"), as_text("valid_to"), "from_precision")
    )


def _add_posts(found: dict[int, Roll], reading: Reading) -> None:
    window = reading.window
    months: dict[Any, int] = Known(
        lambda since, until: window.beginning_within(date.fromisoformat(since) if since else EPOCH, as_day(until))
    )
    for unit, _, post, since, until in reading.offices:
        roll = found.get(unit)
        if roll is None:
            continue
        if post == Post.SECRETARY:
            roll.secretary |= months[since, until]
        else:
            roll.committee |= months[since, until]


def _add_packs(found: dict[int, Roll], day: date, window: Window) -> None:
    """In which months which packs were switched on for an organization, by the tree of the day."""
    switches = PackSwitch.objects.filter(valid_from__lte=day).exclude(valid_to__lte=window.first_day(0))
    on: dict[int, dict[str, int]] = defaultdict(dict)
    for unit, pack, since, ends in switches.values_list("unit_id", "pack", "valid_from", "valid_to"):
        on[unit][pack] = on[unit].get(pack, 0) | window.beginning_within(since, ends if ends is not None and ends <= day else None)
    if not on:
        return
    axes = (Axis.SUPERVISION, Axis.PARTY)
    below = Reach.objects.filter(holds_on(day), above_id__in=list(on), axis__in=axes).order_by().values_list("above_id", "below_id")
    gathered: dict[int, dict[str, int]] = defaultdict(dict)
    for above, unit in below.distinct():
        for pack, months in on[above].items():
            gathered[unit][pack] = gathered[unit].get(pack, 0) | months
    for unit, packs in gathered.items():
        if unit in found:
            found[unit].packs = packs

