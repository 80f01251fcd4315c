"""A party organization or a chamber ends, and with it the posts, guides and access that were for it alone: one act, taken back as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shanghui.access.models import Seat, User
from shanghui.kernel.facts import Fact
from shanghui.ledger.organizations.models import (
    AllianceMember,
    Chamber,
    ChamberStatus,
    Coverage,
    Pairing,
    PartyOrganization,
    Plate,
    Status,
    Term,
    TerritorialGuidance,
)
from shanghui.ledger.organizations.operations import begin_later, dissolve_organization, set_status
from shanghui.ledger.organizations.operations.endings import BOUND, NAMED, Ends, Named, held_by
from shanghui.ledger.people.models import Affiliation, Appointment, GuideAssignment

WITH_ORGANIZATION: Ends = ((Appointment, "unit_id"), *BOUND)
"""What ends with a party organization besides its being, coverages and term."""
WITH_CHAMBER: Ends = ((GuideAssignment, "chamber_id"), *BOUND)
"""What ends with a chamber that is closed. An import ends the same (exchange/kinds/endings.py)."""
_NAMED: Named = NAMED | {Appointment: ("person",), GuideAssignment: ("person",)}
_WORDS: dict[type[Fact], Any] = {
    Pairing: lambda one: f"与“{one.partner}”的结对",
    AllianceMember: lambda one: f"在“{one.alliance.name}”的成员资格",
    Seat: lambda one: f"{one.user.display_name}的“{one.get_role_display()}”席位（不能再看这里的台账）",
    Appointment: lambda one: f"{one.person.name}的{one.title or one.get_post_display()}任职",
    GuideAssignment: lambda one: f"{one.get_kind_display()}{one.person.name}的联系",
    Coverage: lambda one: f"对“{one.chamber.unit.name}”的覆盖",
    Term: lambda one: f"到{one.due_on}的任期",
    Affiliation: lambda one: f"{one.person.name}的{one.get_kind_display()}",
    TerritorialGuidance: lambda one: "属地管理",
    Plate: lambda one: f"第二块牌子“{one.name}”",
}


@dataclass(frozen=True)
class Ending:
    """A fact that ends with something, and what it is in words."""

    fact: Fact

    @property
    def words(self) -> str:
        """«与“某律师事务所”的结对»."""
        return str(_WORDS[type(self.fact)](self.fact))


def ends_with_organization(organization: PartyOrganization, on: date) -> list[Ending]:
    """What ends with an organization besides its being, coverages and term. Four questions."""
    return [Ending(one) for one in held_by(WITH_ORGANIZATION, organization.pk, on, _NAMED)]


def ends_with_chamber(chamber: Chamber, on: date) -> list[Ending]:
    """What ends with a chamber that is closed; coverage and posts stay until they are ended. Four questions."""
    return [Ending(one) for one in held_by(WITH_CHAMBER, chamber.pk, on, _NAMED)]


def later_than_organization(organization: PartyOrganization, on: date) -> list[Ending]:
    """What is on record from a later day than `on`, the first day without the organization."""
    own = {"organization": organization, "valid_from__gte": on}
    rows: list[Fact] = [
        *Coverage.objects.filter(**own).select_related("chamber__unit").order_by("valid_from", "pk"),
        *Term.objects.filter(unit_id=organization.pk, valid_from__gte=on).order_by("valid_from", "pk"),
        *Appointment.objects.filter(unit_id=organization.pk, valid_from__gte=on).select_related("person").order_by("valid_from", "pk"),
        *Affiliation.objects.filter(**own).select_related("person").order_by("valid_from", "pk"),
        *begin_later(organization.unit, on),
    ]
    return [Ending(one) for one in rows]


def later_than_chamber(chamber: Chamber, on: date) -> list[Ending]:
    """The same of a chamber."""
    guides = GuideAssignment.objects.filter(chamber=chamber, valid_from__gte=on).select_related("person").order_by("valid_from", "pk")
    return [Ending(one) for one in (*guides, *begin_later(chamber.unit, on))]


@transaction.atomic
def close_organization(*, organization: PartyOrganization, on: date, reason: str, by: User | None, at: datetime) -> None:
    """From `on` the organization no longer exists, and with it posts, pairings, places in alliances and seats. Raises Refused."""
    ending = [one.fact for one in ends_with_organization(organization, on)]
    dissolve_organization(organization=organization, on=on, reason=reason, by=by, at=at, with_it=ending)


@transaction.atomic
def close_chamber(*, chamber: Chamber, since: date, by: User | None, at: datetime) -> ChamberStatus:
    """From `since` the chamber is closed: guides, places in alliances and seats end with it. Raises Refused."""
    ending = [one.fact for one in ends_with_chamber(chamber, since)]
    return set_status(chamber=chamber, status=Status.CLOSED, since=since, by=by, at=at, with_it=ending)
