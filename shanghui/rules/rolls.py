"""Reading what duties need to know of every organization within a scope: a handful of questions, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import QuerySet

from shanghui.access.models import Axis, Reach
from shanghui.kernel.facts import holds_on
from shanghui.ledger.organizations.models import Form, OrganizationKind, OrganizationPeriod
from shanghui.rules.duties import Roll
from shanghui.rules.models import PackSwitch
from shanghui.rules.months import surely_since, year_wide
from shanghui.rules.reading import Known, Reading, as_day, as_text, fetched
from shanghui.rules.registry import limit

BRANCH, GROUP, COMMITTEE = OrganizationKind.BRANCH.value, OrganizationKind.GROUP.value, OrganizationKind.COMMITTEE.value
LIMITED = (Form.FUNCTIONAL.value, Form.TEMPORARY.value)


def rolls(reading: Reading) -> list[Roll]:
    """Every party organization within the scope that was there at some time of the window up to the day, by key."""
    found = _rolls(reading)
    _add_posts(found, reading)
    _add_packs(found, reading)
    return list(found.values())


def _rolls(reading: Reading) -> dict[int, Roll]:
    window, smallest, found = reading.window, limit("COM-02", "members_from"), dict[int, Roll]()
    first, first_year = window.first_day(0), str(window.first_year)
    surely: dict[Any, date] = Known(lambda since, precision: surely_since(date.fromisoformat(since), precision))
    wholly: dict[Any, int] = Known(lambda since, until: window.wholly_within(since, as_day(until)))
    beginning: dict[Any, int] = Known(lambda since, until: window.beginning_within(date.fromisoformat(since), as_day(until)))
    last = ended = lasting = None
    for unit, name, kind, size, form, since, until, precision in fetched(_periods(reading)):
        if unit != last:
            roll = found[unit] = Roll(unit, name, kind)
            last, ended = unit, None
        roll.kind, months = kind, beginning[since, until]
        if ended is None or ended != since:  # since when it is there without a break
            lasting = first if since < first_year else surely[since, precision]
        ended = until
        roll.being |= wholly[lasting, until]
        if kind == BRANCH:
            roll.branch |= months
        elif kind == GROUP:
            roll.group |= months
        elif kind == COMMITTEE:
            roll.party_committee |= months
        if form in LIMITED:
            roll.limited |= months
        if size is not None and size >= smallest:
            roll.declared |= months
    return found


def _periods(reading: Reading) -> QuerySet[OrganizationPeriod, Any]:
    columns = ("organization_id", "organization__unit__name", "kind", "committee_members", "form")
    return (
        OrganizationPeriod.objects.filter(reading.within("organization_id"), valid_from__lte=reading.day)
        .exclude(valid_to__lte=reading.window.first_day(0))
        .order_by("organization_id", "valid_from")
        .values_list(*columns, as_text("valid_from"), reading.known_end, "from_precision")
    )


def _add_posts(found: dict[int, Roll], reading: Reading) -> None:
    window, first = reading.window, reading.window.first_day(0).isoformat()
    months: dict[Any, int] = Known(lambda since, until: window.beginning_within(date.fromisoformat(since), as_day(until)))
    years: dict[Any, int] = Known(lambda since, until: year_wide(months[since, until]))
    for unit, _, since, until in reading.secretaries:
        if unit in found:
            found[unit].secretary |= years[max(since, first), until]
    for unit, since, until in reading.committees():
        if unit in found:
            found[unit].committee |= months[max(since, first), until]


def _add_packs(found: dict[int, Roll], reading: Reading) -> None:
    """In which months which packs were switched on for an organization, by the tree of the day."""
    day, window = reading.day, reading.window
    switches = PackSwitch.objects.filter(valid_from__lte=day).exclude(valid_to__lte=window.first_day(0))
    on: dict[int, dict[str, int]] = defaultdict(dict)
    for unit, pack, since, ends in switches.values_list("unit_id", "pack", "valid_from", "valid_to"):
        on[unit][pack] = on[unit].get(pack, 0) | window.beginning_within(since, ends if ends is not None and ends <= day else None)
    if not on:
        return
    axes = (Axis.SUPERVISION, Axis.PARTY)
    below = Reach.objects.filter(holds_on(day), reading.within("below_id"), above_id__in=list(on), axis__in=axes)
    gathered: dict[int, dict[str, int]] = defaultdict(dict)
    for above, unit in below.order_by().values_list("above_id", "below_id").distinct():
        for pack, months in on[above].items():
            gathered[unit][pack] = gathered[unit].get(pack, 0) | months
    for unit, packs in gathered.items():
        if unit in found:
            found[unit].packs = packs

