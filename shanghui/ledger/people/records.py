"""Everything dated about one person, and what is still missing in the record (M14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from shanghui.kernel.facts import Fact
from shanghui.ledger.people.models import (
    MEMBERS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    GuideAssignment,
    MembershipRecord,
    MemberStanding,
    Person,
)
from shanghui.ledger.people.standings import COUNTED

One = TypeVar("One", bound=Fact)


@dataclass(frozen=True)
class Record:
    """The facts about a person, ended ones too, the newest first."""

    person: Person
    memberships: list[MembershipRecord]
    affiliations: list[Affiliation]
    appointments: list[Appointment]
    assignments: list[GuideAssignment]
    standings: list[MemberStanding]

    def category(self, day: date) -> MembershipRecord | None:
        """The category of the day."""
        return next(iter(holding(self.memberships, day)), None)

    def home(self, day: date) -> Affiliation | None:
        """Where the person belongs, or is cultivated, on the day; dual life apart."""
        return next((one for one in holding(self.affiliations, day) if one.kind != AffiliationKind.DUAL), None)

    def held(self, day: date) -> list[MemberStanding]:
        """What holds of the person on the day: away, lost, suspended, left, died."""
        return holding(self.standings, day)

    def is_gone(self, day: date) -> bool:
        """Whether the person is suspended, has left the Party or died: nothing more is asked about him."""
        return any(one.kind not in COUNTED for one in self.held(day))

    def dual(self, day: date) -> list[Affiliation]:
        """Where the person takes part in dual life on the day."""
        return [one for one in holding(self.affiliations, day) if one.kind == AffiliationKind.DUAL]


def record_of(person: Person) -> Record:
    """The facts about a person. Six queries at most."""
    newest = ("-valid_from", "-pk")
    return Record(
        person,
        list(MembershipRecord.objects.filter(person=person).order_by(*newest)),
        list(Affiliation.objects.filter(person=person).select_related("organization__unit").order_by(*newest)),
        list(Appointment.objects.filter(person=person).select_related("unit").order_by(*newest)),
        list(GuideAssignment.objects.filter(person=person).select_related("chamber__unit").order_by(*newest)),
        list(MemberStanding.objects.filter(person=person).prefetch_related("contacts").order_by(*newest)),
    )


def holding(facts: Iterable[One], day: date) -> list[One]:
    """Those of the facts that hold on the day."""
    return [one for one in facts if one.valid_from <= day and (one.valid_to is None or one.valid_to > day)]


@dataclass(frozen=True)
class Missing:
    """One thing a complete record of this category has: what it is, and which step fills it."""

    title: str
    step: str = "change"


_OF_EVERYBODY = ("gender", "ethnicity", "birth", "education", "id_number", "phone", "workplace")
_OF_MEMBERS = (*_OF_EVERYBODY, "joined_on")
_OF_FULL = (*_OF_MEMBERS, "confirmed_on")
_OF_ADVANCING = (*_OF_EVERYBODY, "applied_on")
WANTED: dict[str, tuple[str, ...]] = {
    Category.FULL: _OF_FULL, Category.PROBATIONARY: _OF_MEMBERS, Category.CANDIDATE: _OF_ADVANCING,
    Category.ACTIVIST: _OF_ADVANCING, Category.APPLICANT: _OF_ADVANCING,
}
"""What a complete record of a category has."""
ACCOMPANIED = (Category.ACTIVIST, Category.CANDIDATE)
"""Who has contact persons."""
DIGESTS = {"id_number": "id_digest", "phone": "phone_digest"}
"""Whether a number is there is seen at its digest: nothing is unsealed for it."""


def wanted(record: Record, day: date) -> tuple[list[Missing], int]:
    """What is missing in the record as at the day, and how many things a complete one has."""
    category = record.category(day)
    if record.is_gone(day):
        return [], 1
    if category is None and not record.affiliations:
        return _columns(record.person, ("gender", "workplace", "phone"))
    known, contacts = (category.category, category.contacts) if category else ("", "")
    return missing_of(record.person, known, at_home=record.home(day) is not None, contacts=contacts)


def missing_of(person: Person, category: str, *, at_home: bool, contacts: str) -> tuple[list[Missing], int]:
    """The same for somebody of the register, of whom category («» for none), home and contact persons are known."""
    missing, total = _columns(person, WANTED[category or Category.APPLICANT])
    if not category:
        missing.append(Missing("人员类别", "category"))
    if not at_home:
        missing.append(Missing("所在党组织" if category in MEMBERS else "培养联系的党组织", "affiliate"))
    if category in ACCOMPANIED and not contacts:
        missing.append(Missing("培养联系人", "category"))
    return missing, total + 2 + (category in ACCOMPANIED)


def _columns(person: Person, names: Iterable[str]) -> tuple[list[Missing], int]:
    titles = {field.name: field for field in Person._meta.concrete_fields}
    fields = [titles[name] for name in names]
    return [Missing(str(field.verbose_name)) for field in fields if not getattr(person, DIGESTS.get(field.name, field.name))], len(fields)
