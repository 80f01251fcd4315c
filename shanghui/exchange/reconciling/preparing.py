"""What accepting needs to know, asked at once: the records and their facts in a draft, and what stands against it. A fixed number of questions
for every five hundred records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from shanghui.access.models import Unit
from shanghui.access.scope import Scope, whole
from shanghui.cases.models import Case
from shanghui.exchange.drafting.draft import Draft
from shanghui.exchange.drafting.loading import take
from shanghui.exchange.reconciling.desk import Desk
from shanghui.exchange.reconciling.models import Comparison, ComparisonCell
from shanghui.exchange.reconciling.naming import unit_name
from shanghui.exchange.reconciling.subjects import CHAMBERS, ORGANIZATIONS, PEOPLE
from shanghui.kernel.sealing import digest
from shanghui.ledger.organizations.models import Chamber, DeclaredSize, OrganizationPeriod, PartyOrganization, Term
from shanghui.ledger.organizations.operations import place_of
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.models import (
    PARTY_POSTS,
    Affiliation,
    Appointment,
    MembershipRecord,
    MemberStanding,
    Person,
    Transfer,
)

CHUNK = 500
MAIN: dict[str, type[models.Model]] = {PEOPLE: Person, CHAMBERS: Chamber, ORGANIZATIONS: PartyOrganization}
"""The record a line is about."""


def prepare(comparison: Comparison, cells: Sequence[ComparisonCell], since: date) -> Desk:
    """The desk for accepting these fields from `since`: records that have left the unit meanwhile are not on it."""
    desk = Desk(Draft(comparison.unit, since), since, place_of(comparison.unit.name))
    scope, keys = whole(since).under(comparison.unit), {cell.key for cell in cells}
    for some in _chunks(sorted({cell.line.record or 0 for cell in cells})):
        _LOADERS[comparison.subject](desk, some, scope, keys)
    if comparison.subject == PEOPLE:
        _taken_numbers(desk, [digest(cell.full) for cell in cells if cell.key == "id_number"])
        if "branch_name" in keys:
            _organizations(desk, scope)
    if "credit_code" in keys:
        codes = [cell.theirs for cell in cells if cell.key == "credit_code"]
        for codes_now in _chunks(codes):
            desk.taken |= {code: pk for pk, code in Chamber.objects.filter(credit_code__in=codes_now).values_list("pk", "credit_code")}
    return desk


def _chunks(listed: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


def _people(desk: Desk, pks: Sequence[int], scope: Scope, keys: set[str]) -> None:
    people = Person.objects.within(scope).filter(pk__in=pks)
    take(desk.draft, Person.objects.filter(pk__in=people.values("pk")))
    if keys & {"category", "branch_name"}:
        _membership(desk, pks)


def _membership(desk: Desk, pks: Sequence[int]) -> None:
    """Categories and homes, and what keeps them as they are."""
    take(desk.draft, MembershipRecord.objects.filter(person__in=pks))
    take(desk.draft, Affiliation.objects.filter(person__in=pks))
    for gone in MemberStanding.objects.gone().filter(person__in=pks, valid_to=None):
        desk.barred[gone.person_id] = f"台账里自{gone.valid_from}起{gone.get_kind_display()}。请核对；登记错了的，在人员页更正"
    for pk in Case.objects.filter(kind="development", person__in=pks, closed_on=None).values_list("person_id", flat=True):
        desk.barred.setdefault(pk or 0, "正在办理发展党员，类别和组织关系随办理写入。请在那件事里办")
    for pk in Transfer.objects.waiting().filter(person__in=pks).values_list("person_id", flat=True):
        desk.bound[pk] = "组织关系正在接转途中。请先接收、退回或者撤回"
    held = Appointment.objects.on(desk.since).filter(person__in=pks, post__in=PARTY_POSTS).select_related("unit")
    for post in held:
        desk.bound.setdefault(post.person_id, f"还是“{post.unit.name}”的{post.get_post_display()}。请先结束任职，再改所在党组织")


def _taken_numbers(desk: Desk, digests: Sequence[bytes]) -> None:
    for some in _chunks(digests):
        desk.taken |= {bytes(found): pk for pk, found in Person.objects.filter(id_digest__in=some).values_list("pk", "id_digest")}


def _organizations(desk: Desk, scope: Scope) -> None:
    """What organizations are called, and which of them take relations on the day (M03)."""
    desk.called = dict(Unit.objects.filter(organization__isnull=False, pk__in=scope.units().values("pk")).values_list("pk", "name"))
    periods = OrganizationPeriod.objects.on(desk.since).filter(organization__in=scope.units().values("pk"))
    for pk, form in periods.values_list("organization_id", "form"):
        if powers_of(form).develops and pk in desk.called:
            desk.homes.setdefault(unit_name(desk.called[pk]), []).append(pk)


def _chambers(desk: Desk, pks: Sequence[int], scope: Scope, keys: set[str]) -> None:
    take(desk.draft, _still(Chamber, pks, scope))
    take(desk.draft, DeclaredSize.objects.filter(chamber__in=pks))


def _party_organizations(desk: Desk, pks: Sequence[int], scope: Scope, keys: set[str]) -> None:
    take(desk.draft, _still(PartyOrganization, pks, scope))
    take(desk.draft, OrganizationPeriod.objects.filter(organization__in=pks))
    take(desk.draft, Term.objects.filter(unit__in=pks))


def _still(model: type[models.Model], pks: Sequence[int], scope: Scope) -> QuerySet[Any]:
    """Those that are within the unit still."""
    return model._default_manager.filter(Q(unit__in=scope.units().values("pk")), pk__in=pks)


_LOADERS = {PEOPLE: _people, CHAMBERS: _chambers, ORGANIZATIONS: _party_organizations}
