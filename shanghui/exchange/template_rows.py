"""What a template for import is filled with: the rows of each kind as the ledger has them on a day, as offices write them.

Numbers of people are not among them: a blank never overwrites, so their columns are left empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from shanghui.access.scope import Scope
from shanghui.cases.file import files
from shanghui.cases.models import State
from shanghui.cases.queries import developments as developed
from shanghui.exchange.developing import STEPS
from shanghui.kernel.facts import Fact, Precision, holds_on
from shanghui.kernel.periods import half_year_to, last_day
from shanghui.ledger.activities.queries import activities
from shanghui.ledger.organizations.models import (
    ChamberKind,
    ChamberMembership,
    Form,
    OrganizationKind,
    Rank,
    Status,
)
from shanghui.ledger.people.ledgers import chamber_ledger, organization_ledger
from shanghui.ledger.people.models import (
    CHAMBER_POSTS,
    MEMBERS,
    PARTY_POSTS,
    Affiliation,
    Appointment,
    Category,
    GuideAssignment,
    GuideKind,
    MembershipRecord,
    MemberStanding,
    StandingKind,
)

Rows = Callable[[Scope, date], Iterator[dict[str, Any]]]
"""{field of the vocabulary: value} for each row."""

_WRITTEN = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def since(fact: Fact) -> str:
    """The beginning of a fact as exactly as it is known; "" where the ledger only knows that it holds."""
    written = _WRITTEN.get(Precision(fact.from_precision))
    return fact.valid_from.strftime(written) if written else ""


def chambers(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Chambers that are not closed, with who leads them and the organization that covers them."""
    ledger: QuerySet[Any] = chamber_ledger(scope, day)
    for row in ledger.filter(scope.condition("unit_id")).exclude(status=Status.CLOSED).iterator(chunk_size=2000):
        yield {
            "name": row.unit.name, "kind": ChamberKind(row.kind).label, "county": row.region_name, "credit_code": row.credit_code,
            "founded_on": row.founded_on, "president": row.president, "secretary_general": row.secretary_general,
            "member_enterprises": row.enterprises, "form": Form(row.form).label if row.form else "",
            "party_organization": row.organization_name, "status": Status(row.status).label if row.status else "",
            "supervisor": row.supervisor, "address": row.address,
        }


def organizations(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Party organizations in being that cover a chamber, with form, term and secretary."""
    ledger: QuerySet[Any] = organization_ledger(scope, day)
    for row in ledger.filter(scope.condition("unit_id"), in_being=True).exclude(covered_names="").iterator(chunk_size=2000):
        yield {
            "name": row.unit.name, "type": OrganizationKind(row.kind).label, "form": Form(row.form).label if row.form else "",
            "covers": row.covered_names, "approved_on": row.approved_on, "approval_number": row.approval_number,
            "term_ends": row.due_on, "secretary": row.secretary, "committee_members": row.committee_members,
        }


def _registered(scope: Scope, day: date, *categories: Category) -> Iterator[tuple[Affiliation, MembershipRecord]]:
    """People of these categories whose home, or cultivation, is in an organization within the scope."""
    home = Affiliation.objects.on(day).exclude(kind="dual").filter(
        scope.condition("organization_id"), holds_on(day, "person__memberships__"), person__memberships__category__in=categories
    )
    records = {
        record.person_id: record
        for record in MembershipRecord.objects.on(day).filter(category__in=categories, person__in=home.values("person_id"))
    }
    listed = home.select_related("person", "organization__unit").defer("person__id_number", "person__phone")
    for one in listed.order_by("organization__unit__name", "person__initials", "person_id"):
        yield one, records[one.person_id]


def members(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Full and probationary members by branch, with the party post they hold there."""
    held: dict[tuple[int, int], Appointment] = {}
    for post in Appointment.objects.on(day).filter(scope.condition("unit_id"), post__in=PARTY_POSTS).order_by("-valid_from", "-pk"):
        held[post.person_id, post.unit_id] = post
    floating = MemberStanding.objects.on(day).filter(kind=StandingKind.FLOATING)
    away = set(floating.filter(person__kept_by__in=scope.units()).values_list("person_id", flat=True))
    for home, record in _registered(scope, day, *MEMBERS):
        person, office = home.person, held.get((home.person_id, home.organization_id))
        yield {
            "name": person.name, "branch": home.organization.unit.name, "gender": person.gender, "ethnicity": person.ethnicity,
            "birth": person.birth, "education": person.education, "joined_on": person.joined_on,
            "confirmed_on": person.confirmed_on, "category": Category(record.category).label,
            "party_post": (office.title or office.get_post_display()) if office else "",
            "floating": "是" if person.pk in away else "否", "enterprise": person.workplace,
        }


def activists(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Activists by the branch that cultivates them."""
    for home, record in _registered(scope, day, Category.ACTIVIST):
        person = home.person
        yield {
            "name": person.name, "branch": home.organization.unit.name, "gender": person.gender, "birth": person.birth,
            "education": person.education, "applied_on": person.applied_on, "activist_on": since(record),
            "contacts": record.contacts, "enterprise": person.workplace,
        }


def developments(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Everybody on the road by the branch that handles it, with the days of the steps that are known; without a development only the
    name, so that it is opened by whoever fills the days in."""
    road = (Category.APPLICANT, Category.ACTIVIST, Category.CANDIDATE, Category.PROBATIONARY)
    found = {file.case.person_id: file for file in files(developed(scope).filter(state=State.OPEN), day)}
    for home, record in _registered(scope, day, *road):
        person, file = home.person, found.get(home.person_id)
        days = {name: file.on(step) for step, name in STEPS} if file is not None else {}
        yield {
            "name": person.name, "branch": home.organization.unit.name, "gender": person.gender, "birth": person.birth,
            "contacts": record.contacts if file is not None else "", **{name: on.isoformat() for name, on in days.items() if on},
        }


def leaders(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Chamber posts of the day, by chamber and rank."""
    order = {post.value: place for place, post in enumerate(CHAMBER_POSTS)}
    held = Appointment.objects.on(day).filter(scope.condition("unit_id"), post__in=CHAMBER_POSTS).select_related("unit", "person")
    for row in sorted(held, key=lambda one: (one.unit.name, order[one.post], one.pk)):
        yield {
            "chamber": row.unit.name, "post": row.title or row.get_post_display(), "name": row.person.name,
            "politics": row.person.politics, "enterprise": row.person.workplace, "from": since(row),
        }


def guides(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Who looks after which chamber since when, until when as agreed, as what, and what was handed over to him."""
    held = GuideAssignment.objects.on(day).filter(scope.condition("chamber_id")).select_related("person", "chamber__unit")
    for row in held.order_by("person__initials", "person_id", "chamber__unit__name"):
        until = row.due_by or last_day(row.valid_to)
        yield {
            "guide": row.person.name, "post": row.duty, "kind": GuideKind(row.kind).label, "chamber": row.chamber.unit.name,
            "from": since(row), "to": until.isoformat() if until else "", "handed_over": row.handed_over,
        }


def events(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Activities of the half year up to the day."""
    period = half_year_to(day)
    for row in activities(scope).filter(held_on__range=(period.first, period.last)).order_by("held_on", "pk"):
        yield {
            "date": row.held_on.isoformat(), "kind": row.get_type_display(), "name": row.title,
            "host": "、".join(host.unit.name for host in row.hosts.all()), "place": row.place, "attendance": row.present,
        }


def enterprises(scope: Scope, day: date) -> Iterator[dict[str, Any]]:
    """Member enterprises, once for each chamber they are in."""
    joined = ChamberMembership.objects.on(day).filter(scope.condition("chamber_id")).select_related("enterprise", "chamber__unit")
    for row in joined.order_by("chamber__unit__name", "enterprise__initials", "pk"):
        yield {
            "name": row.enterprise.name, "credit_code": row.enterprise.credit_code, "representative": row.enterprise.representative,
            "chamber": row.chamber.unit.name, "chamber_post": Rank(row.rank).label, "joined_on": since(row),
        }
