"""Reading what duties need to know of every organization within a scope: a handful of questions, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from shanghui.access.models import Axis, Reach
from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on, may_have_begun
from shanghui.ledger.organizations.models import Form, OrganizationPeriod
from shanghui.ledger.people.models import Appointment, Post
from shanghui.rules.duties import Roll
from shanghui.rules.models import PackSwitch
from shanghui.rules.months import Window, possibly_since, surely_since
from shanghui.rules.registry import limit

LIMITED = (Form.FUNCTIONAL, Form.TEMPORARY)


def rolls(scope: Scope, day: date, window: Window) -> list[Roll]:
    """Every party organization within the scope that was there at some time of the window up to the day, by name."""
    found: dict[int, Roll] = {}
    unbroken: dict[int, tuple[date | None, date]] = {}  # where the last stretch ended, and since when it lasted
    smallest = limit("COM-02", "members_from")
    for unit, name, kind, size, form, since, ends, precision in _periods(scope, day, window):
        until = _known_end(ends, day)
        roll = found.get(unit)
        if roll is None:
            roll = found[unit] = Roll(unit, name, kind)
        ended, began = unbroken.get(unit, (None, since))
        lasting = began if ended == since else surely_since(since, precision)
        unbroken[unit] = until, lasting
        roll.being |= window.wholly_within(lasting, until)
        if form in LIMITED:
            roll.limited |= window.beginning_within(since, until)
        if size is not None and size >= smallest:
            roll.declared = True
    _add_posts(found, scope, day, window)
    _add_packs(found, day, window)
    return sorted(found.values(), key=lambda roll: (roll.name, roll.unit))


def _periods(scope: Scope, day: date, window: Window) -> QuerySet[OrganizationPeriod, tuple[int, str, str, int, str, date, date, str]]:
    columns = ("organization__unit__name", "organization__kind", "organization__committee_members", "form")
    return (
        OrganizationPeriod.objects.filter(scope.on(day).condition("organization_id"), valid_from__lte=day)
        .exclude(valid_to__lte=window.first_day(0))
        .order_by("organization_id", "valid_from")
        .values_list("organization_id", *columns, "valid_from", "valid_to", "from_precision")
    )


def _known_end(ends: date | None, day: date) -> date | None:
    """The end of a fact as it stands on the day: one that comes later is none yet, so that what ends today moves no figure of
    last month."""
    return ends if ends is not None and ends <= day else None


def _add_posts(found: dict[int, Roll], scope: Scope, day: date, window: Window) -> None:
    held = (
        Appointment.objects.filter(
            may_have_begun(day), scope.on(day).condition("unit_id"), post__in=(Post.SECRETARY, Post.COMMITTEE_MEMBER)
        )
        .exclude(valid_to__lte=window.first_day(0))
        .order_by()
        .values_list("unit_id", "post", "valid_from", "valid_to", "from_precision")
    )
    for unit, post, since, ends, precision in held:
        roll = found.get(unit)
        if roll is None:
            continue
        months = window.beginning_within(possibly_since(since, precision), _known_end(ends, day))
        if post == Post.SECRETARY:
            roll.secretary |= months
        else:
            roll.committee |= months


def _add_packs(found: dict[int, Roll], day: date, window: Window) -> None:
    """In which months which packs were switched on for an organization, by the tree of the day."""
    switches = PackSwitch.objects.filter(valid_from__lte=day).exclude(valid_to__lte=window.first_day(0))
    on: dict[int, dict[str, int]] = defaultdict(dict)
    for unit, pack, since, ends in switches.values_list("unit_id", "pack", "valid_from", "valid_to"):
        on[unit][pack] = on[unit].get(pack, 0) | window.beginning_within(since, _known_end(ends, day))
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

