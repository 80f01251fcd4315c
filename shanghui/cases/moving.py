"""Ledger operations that several kinds end with: an organization ends, its people and chambers go on elsewhere from the same day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q

from shanghui.access.models import User
from shanghui.cases.bodies import form_on
from shanghui.ledger.organizations.models import Chamber, Coverage, Form, PartyOrganization
from shanghui.ledger.organizations.operations import cover, end_fact
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Appointment, Person
from shanghui.ledger.people.operations import affiliate, close_organization, ends_with_organization

Going = Mapping[Person, tuple[PartyOrganization, AffiliationKind]]
"""Where people go, and how they belong there."""


def end_body(
    *, organization: PartyOrganization, going: Going, since: date, reason: str, by: User | None, at: datetime
) -> None:
    """From `since` the organization no longer exists: people are where they go from that day, other affiliations and all posts
    end, and its being, coverages, term, pairings, places in alliances and seats. Raises Refused."""
    for person, (target, kind) in going.items():
        join(person=person, organization=target, kind=kind, since=since, by=by, at=at)
    still = Q(valid_to=None) | Q(valid_to__gt=since)
    posts = Appointment.objects.filter(still, unit_id=organization.pk).select_related("person", "unit")
    left = Affiliation.objects.filter(still, organization=organization).select_related("person", "organization__unit")
    for post in posts:
        end_fact(fact=post, subject=post.person, unit=organization.unit, on=since, by=by, at=at, reason=reason)
    for row in left:
        end_fact(fact=row, subject=row.person, unit=organization.unit, on=since, by=by, at=at, reason=reason)
    close_organization(organization=organization, on=since, reason=reason, by=by, at=at)


def also_ending(organization: PartyOrganization, on: date) -> list[str]:
    """What else ends with an organization, posts apart, for the consequences of a case; nothing where there is nothing."""
    words = [one.words for one in ends_with_organization(organization, on) if not isinstance(one.fact, Appointment)]
    return [f"“{organization.unit.name}”将同时结束：{'；'.join(words)}"] if words else []


def join(
    *, person: Person, organization: PartyOrganization, kind: AffiliationKind, since: date, by: User | None, at: datetime
) -> None:
    """The person belongs to the organization from `since`, unless that holds already; one who gets the home here no longer has
    dual life here. Raises Refused."""
    here = Affiliation.objects.filter(person=person, organization=organization, valid_to=None)
    if here.filter(kind__in=(kind, AffiliationKind.HOME)).exists():
        return
    if kind == AffiliationKind.HOME:
        for row in here.filter(kind=AffiliationKind.DUAL, valid_from__lt=since):
            end_fact(fact=row, subject=person, unit=organization.unit, on=since, by=by, at=at, reason="组织关系转入")
    affiliate(person=person, organization=organization, kind=kind, since=since, by=by, at=at)


def cover_all(
    *, chambers: Mapping[Chamber, Form], organization: PartyOrganization, since: date, by: User | None, at: datetime
) -> None:
    """From `since` the organization covers these chambers, but for those that it covers by that form already. Raises Refused."""
    standing = Coverage.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), organization=organization, valid_from__lte=since)
    held = set(standing.values_list("chamber_id", "form"))
    for chamber, form in chambers.items():
        if (chamber.pk, form) not in held:
            cover(chamber=chamber, organization=organization, form=form, since=since, by=by, at=at)


def form_of(organization: PartyOrganization, day: date) -> Form:
    """The form by which an organization covers what it takes over: its own, 单独组建 becoming 联合组建; 挂靠 for one without."""
    held = form_on(organization, day)
    if held == Form.OWN:
        return Form.JOINT
    return Form(held) if held else Form.ATTACHED
