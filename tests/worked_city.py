"""The small world every test meets: the worked city of domain.md §5 from its own workbook, its people, and a neighbour.

Imported once for the whole run; each test works in a transaction that is rolled back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from shanghui.access.models import Role, Unit, User
from shanghui.access.operations import create_user, grant
from shanghui.access.queries import unit_with_code
from shanghui.exchange.operations import apply_plan, propose, upload
from shanghui.exchange.recognition import SourceFile
from shanghui.ledger.organizations.models import ChamberKind, Form, OrganizationKind
from shanghui.ledger.organizations.operations import found_organization, open_federation, register_chamber
from shanghui.ledger.people.models import AffiliationKind, Category, Person
from shanghui.ledger.people.operations import affiliate, register_person, set_category

WORKBOOK = Path(__file__).parent / "data" / "ledgers" / "d01_city_ledger_2022H1.xlsx"
CITY, NEIGHBOUR = "990200", "990300"
HALF_YEAR = date(2022, 6, 30)
TODAY = date(2022, 7, 8)
AT = datetime(2022, 7, 8, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
PASSWORD = "云泽-worked-city-2022"
BRANCH = "云泽市汽配机电商会党支部"
CHAMBER = "云泽市汽配机电商会"
UNCOVERED = "云泽市印刷包装商会"
USERNAMES = {role: role.value for role in Role}
"""One user per role; the secretary and the member belong to BRANCH, the guide to UNCOVERED, the others to the city."""


def build() -> None:
    """Opens the city and its neighbour, imports the workbook, seats one user per role."""
    open_federation(name="云泽市工商联", code=CITY, committee_name="云泽市商会行业党委", by=None, at=AT)
    run = upload(files=[SourceFile(WORKBOOK.name, WORKBOOK.read_bytes())], under=city(), by=None, at=AT)
    apply_plan(run=run, made=propose(run=run, today=TODAY), at=AT, skip_errors=False)
    _neighbour()
    for role in Role:
        seat(role, _seat_unit(role))


def seat(role: Role, unit: Unit, username: str = "") -> User:
    """A user in this role on this unit."""
    name = username or USERNAMES[role]
    user = create_user(username=name, display_name=name, password=PASSWORD, by=None, at=AT, must_change_password=False)
    grant(user=user, role=role, unit=unit, since=SINCE, by=None, at=AT)
    if role == Role.MEMBER:
        member = Person.objects.filter(affiliations__organization__unit__name=BRANCH, joined_on__gt="").order_by("pk").last()
        assert member is not None
        Person.objects.filter(pk=member.pk).update(user=user)
    return user


def _seat_unit(role: Role) -> Unit:
    if role in (Role.SECRETARY, Role.MEMBER):
        return named(BRANCH)
    return named(UNCOVERED) if role == Role.GUIDE else city()


def _neighbour() -> None:
    other = open_federation(name="临江市工商联", code=NEIGHBOUR, by=None, at=AT)
    chamber = register_chamber(
        name="临江市茶叶商会", under=other.unit, since=SINCE, by=None, at=AT, kind=ChamberKind.INDUSTRY
    )
    branch = found_organization(
        name="临江市茶叶商会党支部", kind=OrganizationKind.BRANCH, form=Form.OWN, under=other.unit, since=SINCE, by=None, at=AT,
        party_parent=other.committee, covers=[chamber],
    )
    person = register_person(kept_by=branch.unit, by=None, at=AT, name="方临江", gender="男")
    set_category(person=person, category=Category.FULL, since=SINCE, by=None, at=AT)
    affiliate(person=person, organization=branch, kind=AffiliationKind.HOME, since=SINCE, by=None, at=AT)


def city() -> Unit:
    """The worked city's federation."""
    unit = unit_with_code(CITY)
    assert unit is not None
    return unit


def neighbour() -> Unit:
    """The federation next door: outside everybody's scope."""
    unit = unit_with_code(NEIGHBOUR)
    assert unit is not None
    return unit


def named(name: str) -> Unit:
    """The unit of this name."""
    return Unit.objects.get(name=name)


def user(role: Role) -> User:
    """The user in this role."""
    return User.objects.get(username=USERNAMES[role])
