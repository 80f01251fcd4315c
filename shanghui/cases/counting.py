"""The people behind a case, from the ledger: who is attached to its chambers, who is listed, who is a full member (ORG-01, ORG-03)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from shanghui.access.models import Axis, Reach
from shanghui.cases.file import File
from shanghui.cases.models import CasePerson
from shanghui.cases.registry import CHAMBERS
from shanghui.kernel.facts import holds_on
from shanghui.ledger.organizations.models import Chamber, Form
from shanghui.ledger.people.models import (
    MEMBERS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    MembershipRecord,
    Person,
)

DUAL_LIFE = (Form.FUNCTIONAL, Form.TEMPORARY)
"""Forms whose members keep their relation elsewhere: dual life counts (ORG-08, ORG-09)."""


@dataclass(frozen=True)
class Attached:
    """A member attached to a chamber: his category, and where his relation is (None: nowhere in the ledger). `unit`: the chamber,
    or the party organization he belongs to."""

    person: Person
    unit: int
    category: str
    home: str | None


def attached_members(chambers: Sequence[Chamber], day: date) -> list[Attached]:
    """Full and probationary members who hold a post in one of the chambers, or are its members, on `day`; each once, with the
    first chamber. Two questions."""
    rows = Appointment.objects.filter(
        holds_on(day), holds_on(day, "person__memberships__"), unit_id__in=[one.pk for one in chambers],
        person__memberships__category__in=MEMBERS,
    ).values_list("person_id", "unit_id", "person__memberships__category")
    order = {one.pk: place for place, one in enumerate(chambers)}
    by_person: dict[int, tuple[int, str]] = {}
    for person, unit, category in sorted(rows, key=lambda row: (order[row[1]], row[0])):
        by_person.setdefault(person, (unit, category))
    homes = dict(
        Affiliation.objects.on(day).filter(person_id__in=by_person, kind=AffiliationKind.HOME)
        .values_list("person_id", "organization__unit__name")
    )
    people = Person.objects.without_numbers().filter(pk__in=by_person).order_by("initials", "pk")
    return [Attached(one, *by_person[one.pk], homes.get(one.pk)) for one in people]


def full_by_chamber(chambers: Sequence[Chamber], day: date) -> dict[int, int]:
    """By chamber how many full members are attached to it on `day`, a person of two chambers in each. One question."""
    rows = Appointment.objects.filter(
        holds_on(day), holds_on(day, "person__memberships__"), unit_id__in=[one.pk for one in chambers],
        person__memberships__category=Category.FULL,
    ).values_list("unit_id", "person_id").distinct()
    found: dict[int, int] = defaultdict(int)
    for unit, _ in rows:
        found[unit] += 1
    return found


def full_listed(file: File, day: date, *, with_dual: bool = False) -> int:
    """How many full members on `day` are listed in the case with their relation here (`with_dual`: dual life counts too)."""
    kinds = [AffiliationKind.HOME, *([AffiliationKind.DUAL] if with_dual else [])]
    listed = CasePerson.objects.filter(case=file.case, kind__in=kinds).values("person_id")
    return MembershipRecord.objects.on(day).filter(person_id__in=listed, category=Category.FULL).count()


def full_at_home(organization: int, day: date) -> int:
    """How many full members have their relation in a party organization on `day`."""
    rows = Affiliation.objects.on(day).filter(organization_id=organization, kind=AffiliationKind.HOME)
    return MembershipRecord.objects.on(day).filter(person_id__in=rows.values("person_id"), category=Category.FULL).count()


def form_of(file: File) -> str:
    """How the organization is set up: as designed, otherwise jointly for several chambers and alone for one."""
    return file.design.form or (Form.JOINT if len(file.chambers) > 1 else Form.OWN)


def at_hand(file: File) -> list[Attached]:
    """Who can be named in a case on its day: members attached to its chambers and not at home in its party organization already, or
    those at home there."""
    if file.kind.about == CHAMBERS or file.kind.asks("chambers"):
        here = file.case.organization.unit.name if file.case.organization else None
        return [one for one in attached_members(file.chambers, file.day) if here is None or one.home != here]
    return members_at(file.case.organization_id or 0, file.day)


def members_at(organization: int, day: date) -> list[Attached]:
    """The members whose relation is in a party organization, or in one below it, on `day`. One question."""
    rows = Affiliation.objects.on(day).filter(
        holds_on(day, "person__memberships__"), organization_id__in=_and_below(organization, day), kind=AffiliationKind.HOME,
        person__memberships__category__in=MEMBERS,
    ).select_related("person", "organization__unit").defer("person__id_number", "person__phone").annotate(
        category=F("person__memberships__category")
    )
    return [
        Attached(one.person, organization, one.category, one.organization.unit.name)
        for one in rows.order_by("person__initials", "person_id")
    ]


def voters(file: File, day: date) -> int:
    """How many full members have the right to vote in the election of a case on `day`, from the ledger (ELE-02): at home in its
    party organization or, of a 党委 or 党总支, in one below it."""
    if file.kind.about == CHAMBERS:
        return full_listed(file, day, with_dual=form_of(file) in DUAL_LIFE)
    homes = Affiliation.objects.on(day).filter(
        organization_id__in=_and_below(file.case.organization_id or 0, day), kind=AffiliationKind.HOME
    )
    return MembershipRecord.objects.on(day).filter(person_id__in=homes.values("person_id"), category=Category.FULL).count()


def _and_below(organization: int, day: date) -> QuerySet[Reach, int]:
    """The party organization and those below it on the party line on `day`."""
    return Reach.objects.on(day).filter(axis=Axis.PARTY, above_id=organization).values_list("below_id", flat=True)
