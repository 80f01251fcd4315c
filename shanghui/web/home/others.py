"""The work table of those who see no figures: a secretary's branch, a guide's chambers, an administrator's accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shanghui.access.acts import Act
from shanghui.access.models import Role, Unit, UnitKind
from shanghui.access.queries import federations, seats_within
from shanghui.access.scope import Scope, scope_of_seats
from shanghui.indicators.gaps import Suggestion, suggestion, uncovered_chambers
from shanghui.indicators.populations import BUILDABLE
from shanghui.ledger.activities.queries import activities
from shanghui.ledger.organizations.queries import chambers
from shanghui.ledger.people.ledgers import organization_ledger
from shanghui.ledger.people.models import Person
from shanghui.web.home.due import everything_due
from shanghui.web.home.todo import Todo
from shanghui.web.home.warding import wards_due
from shanghui.web.kit.links import address, address_of
from shanghui.web.kit.visits import Visit


def without_figures(visit: Visit, kind: str) -> dict[str, Any]:
    """The parts of the page that the visitor's seats call for."""
    roles = {Role(seat.role) for seat in visit.seats}
    shown: dict[str, Any] = {"has_seats": bool(roles), "person": Person.objects.filter(user=visit.user).first()}
    if Role.SECRETARY in roles:
        shown["branches"] = branches(visit)
        shown["held"] = [(one, address_of(one)) for one in activities(_seen_as(visit, Role.SECRETARY))[:5]]
    if roles & {Role.SECRETARY, Role.GUIDE}:
        shown["todo"] = Todo(everything_due(visit), visit.today, kind)
    elif wards := list(wards_due(visit)):
        shown["todo"] = Todo(wards, visit.today, kind)
    if Role.GUIDE in roles:
        shown["guided"] = guided(visit)
    if Role.ADMINISTRATOR in roles:
        shown["offices"] = offices(visit)
    return shown


def _seen_as(visit: Visit, role: Role) -> Scope:
    """What the seats of one role reach today."""
    held = [seat for seat in visit.seats if seat.role == role]
    return scope_of_seats(held, Act.LEDGER_VIEW, user=visit.user, day=visit.today)


@dataclass(frozen=True)
class Branch:
    """A party organization one serves, with where one goes from it."""

    row: Any
    url: str
    people_url: str


def branches(visit: Visit) -> list[Branch]:
    """The organizations of a secretary, with their numbers of today. One query."""
    rows = organization_ledger(_seen_as(visit, Role.SECRETARY), visit.today).filter(in_being=True)
    return [
        Branch(row, address_of(row), address("people", f"?branch={row.pk}") if visit.may(Act.PEOPLE_VIEW) else "") for row in rows[:20]
    ]


@dataclass(frozen=True)
class Guided:
    """A chamber one looks after: covered already, or what is still missing."""

    unit: Unit
    url: str
    covered_by: str
    missing: int
    suggestion: Suggestion | None
    next_on: Any
    note: str


def guided(visit: Visit) -> list[Guided]:
    """The chambers of a guide, those without an organization first. Two queries."""
    scope = _seen_as(visit, Role.GUIDE)
    bare = {row.pk: row for row in uncovered_chambers(scope, visit.today)}
    listed = []
    for row in chambers(scope, visit.today).order_by("unit__name", "pk"):
        open_row = bare.get(row.pk)
        listed.append(Guided(
            row.unit, address_of(row), getattr(row, "organization_name", None) or "",
            max(0, BUILDABLE - open_row.full_members) if open_row else 0,
            suggestion(open_row.full_members, True) if open_row else None,
            open_row.next_on if open_row else None, (open_row.note or "") if open_row else "",
        ))
    return sorted(listed, key=lambda one: one.suggestion is None)


def offices(visit: Visit) -> dict[str, Any]:
    """The federations below, and those in which nobody may enter anything yet. Two queries."""
    scope = scope_of_seats(
        [seat for seat in visit.seats if seat.role == Role.ADMINISTRATOR], Act.SEATS_MANAGE, user=visit.user, day=visit.today
    )
    units = [unit for unit in federations(scope) if unit.kind == UnitKind.FEDERATION]
    seats = list(seats_within(scope, visit.today))
    manned = {seat.unit_id for seat in seats if seat.role == Role.EDITOR}
    return {
        "units": len(units), "seats": len(seats), "users": len({seat.user_id for seat in seats}),
        "unmanned": [unit for unit in units if unit.pk not in manned],
    }
