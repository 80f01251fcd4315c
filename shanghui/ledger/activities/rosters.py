"""Who is expected at a meeting: the roster as it stands on the day (M19; regulations §1.4, §2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.people.models import (
    MEMBERS,
    PARTY_POSTS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    MembershipRecord,
    Person,
)

OF_THE_COMMITTEE = (ActivityType.COMMITTEE_MEETING,)
"""Meetings to which the holders of party posts are expected; to all others of a branch all its members are."""


@dataclass(frozen=True)
class Expected:
    """Somebody expected: on whose roster (`unit`), and whether he has the right to vote there."""

    person: int
    name: str
    unit: int
    votes: bool


def expected(type: str, units: Sequence[int], day: date) -> list[Expected]:
    """Who is expected at an activity of this type held by these party organizations on the day, once each, by name.

    Members at home there, full and probationary, and those with dual life there; at a committee meeting the holders of
    party posts. Full members vote where they are at home, committee members in their committee. Three queries at most.
    """
    found = _officers(units, day) if type in OF_THE_COMMITTEE else _members(units, day)
    once = {person: (unit, votes) for person, unit, votes in reversed(found)}
    people = list(Person.objects.filter(pk__in=list(once)).order_by("initials", "pk").values_list("pk", "name", "birth"))
    times = Counter(name for _, name, _ in people)
    return [Expected(person, _told_apart(name, birth) if times[name] > 1 else name, *once[person]) for person, name, birth in people]


def _told_apart(name: str, birth: str) -> str:
    """Two of one name on a roster are told apart by the month of their birth."""
    return f"{name}（{birth[:7]}）" if birth else name


def _members(units: Sequence[int], day: date) -> list[tuple[int, int, bool]]:
    """(person, unit, votes), those at home first."""
    category = dict(_categories(day).filter(person__affiliations__organization_id__in=units).values_list("person_id", "category"))
    kinds = (AffiliationKind.HOME, AffiliationKind.DUAL)
    belonging = Affiliation.objects.on(day).filter(organization_id__in=units, kind__in=kinds).order_by("kind", "pk")
    listed = [
        (one.person_id, one.organization_id, one.kind == AffiliationKind.HOME and category[one.person_id] == Category.FULL)
        for one in belonging if one.person_id in category
    ]
    return sorted(listed, key=lambda one: not one[2])


def _officers(units: Sequence[int], day: date) -> list[tuple[int, int, bool]]:
    held = Appointment.objects.on(day).filter(unit_id__in=units, post__in=PARTY_POSTS).order_by("pk")
    return [(one.person_id, one.unit_id, True) for one in held]


def _categories(day: date) -> QuerySet[MembershipRecord]:
    return MembershipRecord.objects.on(day).filter(category__in=MEMBERS)
