"""The search of the top bar: each kind of record through its own scoped question, so that nothing outside is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from shanghui.access.acts import Act
from shanghui.ledger.activities.queries import activities
from shanghui.ledger.organizations.models import ChamberKind, Form, OrganizationKind
from shanghui.ledger.organizations.queries import chambers, matching_units, organizations
from shanghui.ledger.people.models import Category
from shanghui.ledger.people.queries import matching_people, people
from shanghui.web.kit.days import table_day
from shanghui.web.kit.links import address, address_of
from shanghui.web.kit.visits import Visit

SHOWN = 10


@dataclass(frozen=True)
class Hit:
    """One record found."""

    name: str
    text: str
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more`: the list page that shows the rest, "" when everything is here."""

    title: str
    icon: str
    hits: list[Hit]
    more: str


def find(text: str, visit: Visit) -> list[Group]:
    """The groups with hits, in the order of the ledger. At most one query a group (two for activities)."""
    kinds = (
        (Act.LEDGER_VIEW, "商会", "building-store", "chambers", _chambers, _chamber),
        (Act.LEDGER_VIEW, "党组织", "sitemap", "organizations", _organizations, _organization),
        (Act.PEOPLE_VIEW, "人员", "users", "people", _people, _person),
        (Act.LEDGER_VIEW, "活动", "calendar", "activities", _activities, _activity),
    )
    groups = [_group(text, visit, *kind) for kind in kinds if visit.may(kind[0])]
    return [group for group in groups if group.hits]


def _group(
    text: str, visit: Visit, act: Act, title: str, icon: str, name: str, rows: Callable[[str, Visit], QuerySet[Any]],
    hit: Callable[[Any], Hit],
) -> Group:
    found = list(rows(text, visit)[: SHOWN + 1])
    more = address(name, "?" + urlencode({"q": text})) if len(found) > SHOWN else ""
    return Group(title, icon, [hit(row) for row in found[:SHOWN]], more)


def _chambers(text: str, visit: Visit) -> QuerySet[Any]:
    wanted = matching_units(text) | Q(credit_code=text.upper())
    return chambers(visit.scope_today(Act.LEDGER_VIEW), visit.today).filter(wanted).order_by("unit__name", "pk")


def _chamber(row: Any) -> Hit:
    covered = f"{Form(row.form).label}，{row.organization_name}" if row.form else "没有党组织"
    return Hit(row.unit.name, f"{ChamberKind(row.kind).label}商会 · {covered}", address_of(row))


def _organizations(text: str, visit: Visit) -> QuerySet[Any]:
    return organizations(visit.scope_today(Act.LEDGER_VIEW), visit.today).filter(matching_units(text)).order_by("unit__name", "pk")


def _organization(row: Any) -> Hit:
    form = f" · {Form(row.form).label}" if row.form else ""
    gone = "" if row.in_being else " · 已撤销"
    return Hit(row.unit.name, f"{OrganizationKind(row.kind).label}{form}{gone}", address_of(row))


def _people(text: str, visit: Visit) -> QuerySet[Any]:
    wanted = matching_people(text, by_number=visit.sight(Act.PEOPLE_VIEW).finds_numbers)
    return people(visit.scope_today(Act.PEOPLE_VIEW), visit.today).filter(wanted).order_by("initials", "pk")


def _person(row: Any) -> Hit:
    words = (Category(row.category).label if row.category else "", row.branch_name or row.workplace)
    return Hit(row.name, " · ".join(word for word in words if word), address_of(row))


def _activities(text: str, visit: Visit) -> QuerySet[Any]:
    return activities(visit.scope_today(Act.LEDGER_VIEW)).filter(Q(title__contains=text) | Q(place__contains=text))


def _activity(row: Any) -> Hit:
    hosts = "、".join(host.unit.name for host in row.hosts.all()[:3])
    return Hit(row.title, f"{table_day(row.held_on)} · {row.get_type_display()} · {hosts}", address_of(row))
