"""What the boundary tests share: a branch and a chamber of one's own in the worked city, and how they stand on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import Parts, record_activity
from shanghui.ledger.organizations.models import Chamber, ChamberKind, Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization, register_chamber
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    MembershipRecord,
    Person,
    Post,
)
from shanghui.rules.standing import Stand, standing
from tests.worked_city import AT, city, neighbour

SINCE = date(2020, 1, 1)
TESTED: set[str] = set()
Test = TypeVar("Test", bound=Callable[..., Any])


def bounds(*codes: str) -> Callable[[Test], Test]:
    """Says of which rules a test shows the boundary (test_bounds.py asks that every rule has one)."""

    def take(test: Test) -> Test:
        TESTED.update(codes)
        return test

    return take


def stands(code: str, unit: Unit, day: date) -> list[Stand]:
    """What the rule finds at the unit, asked of the whole city; never asked of the city next door."""
    assert all(one.stand.unit != unit.pk for one in standing(whole(day).under(neighbour()), day, [code]))
    return [one.stand for one in standing(whole(day).under(city()), day, [code]) if one.stand.unit == unit.pk]


def state(code: str, unit: Unit, day: date) -> str:
    """The one state the rule finds; empty when it finds nothing."""
    found = stands(code, unit, day)
    assert len(found) <= 1
    assert all(one.message.endswith("。") for one in found)
    return found[0].state.value if found else ""


def branch(
    full: int = 0, probationary: int = 0, *, form: Form = Form.OWN, kind: OrganizationKind = OrganizationKind.BRANCH,
    name: str = "云泽市试点商会党支部", above: PartyOrganization | None = None, **values: Any,
) -> Unit:
    """A party organization with so many members, below the city's committee unless another is named."""
    made = found_organization(
        name=name, kind=kind, form=form, under=city(), since=SINCE, by=None, at=AT,
        party_parent=above or city().federation.committee, **values,
    )
    join(made.unit, full, Category.FULL)
    join(made.unit, probationary, Category.PROBATIONARY)
    return made.unit


def chamber(full: int = 0, name: str = "云泽市试点商会") -> Unit:
    """A chamber with so many full members among those who belong to it."""
    made = register_chamber(name=name, under=city(), since=SINCE, by=None, at=AT, kind=ChamberKind.INDUSTRY)
    for person in people(full, Category.FULL, made.unit):
        appoint(made.unit, person=person, post=Post.MEMBER)
    return made.unit


def covered_by(unit: Unit, *chambers: Unit, form: Form = Form.JOINT) -> None:
    """The organization covers the chambers."""
    for one in chambers:
        Chamber.objects.get(unit=one).coverages.create(organization=unit.organization, form=form, valid_from=SINCE)


def people(count: int, category: Category, unit: Unit, since: date = SINCE) -> list[Person]:
    """So many people of this category."""
    made = Person.objects.bulk_create(Person(name=f"党员{n}", kept_by=unit) for n in range(count))
    MembershipRecord.objects.bulk_create(MembershipRecord(person=one, category=category, valid_from=since) for one in made)
    return made


def join(unit: Unit, count: int, category: Category = Category.FULL) -> list[Person]:
    """So many more members whose home is the organization."""
    made = people(count, category, unit)
    Affiliation.objects.bulk_create(
        Affiliation(person=one, organization=unit.organization, kind=AffiliationKind.HOME, valid_from=SINCE) for one in made
    )
    return made


def appoint(
    unit: Unit, post: Post = Post.SECRETARY, since: date = SINCE, until: date | None = None, person: Person | None = None, **values: Any
) -> Appointment:
    """Somebody holds the post."""
    person = person or Person.objects.create(name="任职人", kept_by=unit)
    return Appointment.objects.create(person=person, unit=unit, post=post, valid_from=since, valid_to=until, **values)


def hold(unit: Unit, type: ActivityType, on: date, parts: Parts | None = None, **values: Any) -> None:
    """The unit held it, with people, and minutes where minutes are kept."""
    minutes = "" if type == ActivityType.TALK else "学习"
    record_activity(
        type=type, held_on=on, title="学习", hosts=[unit], by=None, at=AT.replace(year=2030), minutes=minutes, present=2,
        parts=parts or Parts(), **values,
    )
