"""What a party organization is from a day on: its kind, form and number of committee members, each until it is said otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import OrganizationPeriod, PartyOrganization

TITLES = {"kind": "类型", "form": "组建方式", "committee_members": "委员数"}
DATED = tuple(TITLES)


def describe(journal: Journal, organization: PartyOrganization, since: date, **values: Any) -> bool:
    """From `since` on these values hold, on through later periods that said the same as before; says whether anything changed.

    Raises Refused where the organization is not in being on `since`, or another value is known from a later day.
    """
    rows = list(_from(organization, since))
    if not rows or rows[0].valid_from > since:
        raise Refused(f"“{organization.unit.name}”在{since}不存在。请核对日期。")
    now, later = rows[0], list(_unbroken(rows))
    fresh = {name: value for name, value in values.items() if getattr(now, name) != value}
    for one in later:
        for name in fresh:
            if getattr(one, name) != getattr(now, name):
                raise Refused(f"{TITLES[name]}自{one.valid_from}起另有记录，新的开始日期须在其后。")
    if not fresh:
        return False
    if now.valid_from == since:
        journal.change(now, **fresh)
    else:
        _split(journal, now, since, fresh)
    for one in later:
        journal.change(one, **fresh)
    return True


def correct(journal: Journal, organization: PartyOrganization, day: date, **values: Any) -> bool:
    """Puts right what is written of it on `day`, and as far before and after as the same was written; says whether anything changed."""
    rows = list(OrganizationPeriod.objects.filter(organization=organization).order_by("valid_from"))
    begun = [one for one in rows if one.valid_from <= day] or rows[:1]
    place = rows.index(begun[-1]) if begun else 0
    changed = False
    for name, value in values.items():
        wrong = getattr(rows[place], name)
        first = last = place
        while first > 0 and getattr(rows[first - 1], name) == wrong:
            first -= 1
        while last + 1 < len(rows) and getattr(rows[last + 1], name) == wrong:
            last += 1
        for one in rows[first : last + 1]:
            changed |= journal.change(one, **{name: value})
    return changed


def _from(organization: PartyOrganization, day: date) -> Iterable[OrganizationPeriod]:
    rows = OrganizationPeriod.objects.filter(organization=organization)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=day)).order_by("valid_from")


def _unbroken(rows: list[OrganizationPeriod]) -> Iterable[OrganizationPeriod]:
    """Those after the first that follow without a break."""
    for before, one in pairwise(rows):
        if before.valid_to != one.valid_from:
            return
        yield one


def _split(journal: Journal, now: OrganizationPeriod, since: date, fresh: dict[str, Any]) -> None:
    values = {name: getattr(now, name) for name in DATED} | fresh
    until = now.valid_to
    journal.change(now, valid_to=since)
    journal.create(OrganizationPeriod(organization=now.organization, valid_from=since, valid_to=until, **values))
