"""The day from which an organization changes or ends, once it is chosen: no other change of it stands on that day or later (ORG-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from shanghui.kernel.facts import Fact
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import (
    Coverage,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Plate,
    TerritorialGuidance,
)
from shanghui.ledger.people.operations import later_than_organization

NAMED = 5


@dataclass(frozen=True)
class Later:
    """A change on record from `since` on, in words: «改为联合组建», «张三的书记任职»."""

    since: date
    words: str


def ends_too_early(bodies: Iterable[PartyOrganization], on: date) -> list[str]:
    """Why these organizations cannot end on `on`: facts about them that begin on that day or later would end before they begin."""
    return [fault for one in bodies for fault in _fault(one, on, [*_periods(one, on), *_besides(one, on)])]


def changes_too_early(bodies: Iterable[PartyOrganization], on: date) -> list[str]:
    """Why these organizations cannot change on `on`: what they are, or which chambers they cover, changes on that day or later already."""
    return [fault for one in bodies for fault in _fault(one, on, [*_periods(one, on), *_coverages(one, on)])]


def _fault(organization: PartyOrganization, on: date, found: Sequence[Later]) -> list[str]:
    if not found:
        return []
    ordered = sorted(found, key=lambda one: one.since)
    told = "；".join(f"自{full_day(one.since)}起{one.words}" for one in ordered[:NAMED])
    return [
        f"“{organization.unit.name}”在{full_day(on)}{'当天' if ordered[0].since == on else '以后'}已有登记的变化：{told}"
        f"{f'等{len(ordered)}项' if len(ordered) > NAMED else ''}。生效时间要在{full_day(ordered[-1].since)}以后。请改生效时间，或者先更正那些记录。"
    ]


def _periods(organization: PartyOrganization, on: date) -> list[Later]:
    """What the organization becomes from a day on; the first time that it is there it is founded."""
    rows = list(OrganizationPeriod.objects.filter(organization=organization).order_by("valid_from"))
    return [
        Later(now.valid_from, _becomes(before, now)) for before, now in zip([None, *rows], rows, strict=False) if now.valid_from >= on
    ]


def _becomes(before: OrganizationPeriod | None, now: OrganizationPeriod) -> str:
    form = Form(now.form).label if now.form else ""
    if before is None or before.valid_to != now.valid_from:
        return f"成立{f'（{form}）' if form else ''}"
    words = [form] if now.form != before.form else []
    words += [OrganizationKind(now.kind).label] if now.kind != before.kind else []
    words += [f"委员{now.committee_members or 0}名"] if now.committee_members != before.committee_members else []
    return f"改为{'、'.join(words)}" if words else f"另起一段（{form}）"


def _coverages(organization: PartyOrganization, on: date) -> list[Later]:
    rows = Coverage.objects.filter(organization=organization, valid_from__gte=on).select_related("chamber__unit").order_by("valid_from", "pk")
    return [Later(one.valid_from, f"覆盖“{one.chamber.unit.name}”（{one.get_form_display()}）") for one in rows]


def _besides(organization: PartyOrganization, on: date) -> list[Later]:
    """Coverages, term, posts, who belongs to it, pairings, places in alliances, and what is double."""
    double: Iterable[Fact] = chain(
        TerritorialGuidance.objects.filter(organization=organization, valid_from__gte=on),
        Plate.objects.filter(organization=organization, valid_from__gte=on),
    )
    return [
        *(Later(one.fact.valid_from, one.words) for one in later_than_organization(organization, on)),
        *(Later(one.valid_from, str(one._meta.verbose_name)) for one in double),
    ]
