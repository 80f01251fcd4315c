"""What one may ask about chambers and party organizations as at a day. Every question takes the scope first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from shanghui.access.models import Axis, Link
from shanghui.access.naming import name_on
from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import months_later
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberMembership,
    ChamberQuerySet,
    ChamberStatus,
    Coverage,
    DeclaredSize,
    Enterprise,
    GapPlan,
    OrganizationKind,
    OrganizationPeriod,
    OrganizationQuerySet,
    PartyOrganization,
    Term,
)


def matching_units(text: str, prefix: str = "unit__") -> Q:
    """The condition that a unit's name, initials or code answers to a search text."""
    text = text.strip()
    if not text:
        return Q()
    return (
        Q(**{f"{prefix}name__contains": text})
        | Q(**{f"{prefix}initials__contains": text.lower()})
        | Q(**{f"{prefix}code": text})
    )


def live_coverages(day: date) -> QuerySet[Coverage]:
    """Coverages that hold on `day` by an organization in being on `day` (domain.md §4)."""
    being = OrganizationPeriod.objects.filter(holds_on(day), organization_id=OuterRef("organization_id"))
    return Coverage.objects.on(day).filter(Exists(being))


def described(organization: PartyOrganization, day: date) -> OrganizationPeriod | None:
    """What an organization is on `day`: kind, form, number of committee members; what it was last where it is no longer, and will
    be first where it is not yet."""
    periods = OrganizationPeriod.objects.filter(organization=organization)
    begun = periods.filter(valid_from__lte=day).order_by("valid_from").last()
    return begun or periods.order_by("valid_from").first()


def kind_on(organization: PartyOrganization, day: date) -> str:
    """Of which kind an organization is on `day`. One question."""
    period = described(organization, day)
    return period.kind if period else OrganizationKind.BRANCH


def declared_committee(organization: PartyOrganization, day: date) -> int:
    """How many members its committee is said to have on `day`; 0 where it has none, or nobody said. One question."""
    period = described(organization, day)
    return (period.committee_members or 0) if period else 0


def chambers(scope: Scope, day: date) -> ChamberQuerySet:
    """Chambers within the scope with their name, state, form and organization of the day (`called`, `status`, `form`,
    `organization_name`)."""
    own = {"chamber_id": OuterRef("pk")}
    coverage = live_coverages(day).filter(**own).order_by("valid_from")
    return (
        Chamber.objects.within(scope)
        .select_related("unit")
        .annotate(
            status=Subquery(ChamberStatus.objects.on(day).filter(**own).values("status")[:1]),
            form=Subquery(coverage.values("form")[:1]),
            called=name_on(day),
            organization_name=Subquery(
                coverage.annotate(named=name_on(day, "organization_id", "organization__unit__name")).values("named")[:1]
            ),
            organization_pk=Subquery(coverage.values("organization_id")[:1]),
            enterprises=Subquery(DeclaredSize.objects.on(day).filter(**own).values("enterprises")[:1]),
            federation_name=Subquery(
                Link.objects.on(day).filter(child_id=OuterRef("pk"), axis=Axis.SUPERVISION).values("parent__name")[:1]
            ),
        )
    )


def organizations(scope: Scope, day: date) -> OrganizationQuerySet:
    """Party organizations within the scope with name, form and term of the day (`called`, `form`, `in_being`, `due_by`, `due_on`).

    Kind and number of committee members (`kind`, `committee_members`) are those of the day, or the last before it, or the first.
    """
    period = OrganizationPeriod.objects.on(day).filter(organization_id=OuterRef("pk"))
    ahead = Case(When(valid_from__gt=day, then="valid_from"))
    known = OrganizationPeriod.objects.filter(organization_id=OuterRef("pk")).order_by(ahead.asc(nulls_first=True), "-valid_from")
    term = Term.objects.on(day).filter(unit_id=OuterRef("pk"))
    return (
        PartyOrganization.objects.within(scope)
        .select_related("unit")
        .annotate(
            called=name_on(day),
            in_being=Exists(period),
            kind=Subquery(known.values("kind")[:1]),
            committee_members=Subquery(known.values("committee_members")[:1]),
            form=Coalesce(Subquery(period.values("form")[:1]), Value(""), output_field=CharField()),
            due_by=Subquery(term.values("due_by")[:1]),
            due_on=Subquery(term.values("due_on")[:1]),
        )
    )


def covered(rows: QuerySet[Any], day: date, form: str = "") -> QuerySet[Any]:
    """Of these chambers those covered on `day`, by a form if one is named."""
    coverage = live_coverages(day).filter(chamber_id=OuterRef("pk"))
    return rows.filter(Exists(coverage.filter(form=form) if form else coverage))


def uncovered(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Of these chambers those covered by no party organization on `day`."""
    return rows.filter(~Exists(live_coverages(day).filter(chamber_id=OuterRef("pk"))))


def known_by(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Of these chambers those whose first state began on `day` or before."""
    return rows.filter(Exists(ChamberStatus.objects.filter(chamber_id=OuterRef("pk"), valid_from__lte=day)))


def with_term(rows: QuerySet[Any], day: date, state: str) -> QuerySet[Any]:
    """Of these organizations those whose term on `day` is overdue, ends within six months (soon), or is unknown (none)."""
    if state == "none":
        return rows.filter(due_by=None)
    if state == "overdue":
        return rows.filter(due_by__lt=day)
    return rows.filter(due_by__gte=day, due_by__lte=months_later(day, 6))


def coverages_of(organization: PartyOrganization, day: date) -> QuerySet[Coverage]:
    """The chambers an organization covers on `day`."""
    return Coverage.objects.on(day).filter(organization=organization).select_related("chamber__unit").order_by("chamber__unit__name")


def enterprises(scope: Scope, day: date) -> QuerySet[Enterprise]:
    """Enterprises kept within the scope, or members of a chamber within it on `day`."""
    members = ChamberMembership.objects.on(day).filter(scope.condition("chamber__unit_id"))
    return Enterprise.objects.filter(scope.condition("kept_by_id") | Q(pk__in=members.values("enterprise_id")))


def joined(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Of these chambers those that have a registered member enterprise on `day`."""
    return rows.filter(Exists(ChamberMembership.objects.on(day).filter(chamber_id=OuterRef("pk"))))


def gap_plans(day: date) -> QuerySet[GapPlan]:
    """What is planned for uncovered chambers on `day`."""
    return GapPlan.objects.on(day)


def terms_ending(scope: Scope, *, day: date, before: date) -> QuerySet[Term]:
    """Terms within the scope that hold on `day` and are planned to end before `before` (M08), the earliest first."""
    return (
        Term.objects.on(day)
        .filter(scope.condition("unit_id"), due_by__lt=before)
        .select_related("unit")
        .annotate(unit_kind=F("unit__kind"))
        .order_by("due_by", "unit__name")
    )


ZERO = Value(0, output_field=IntegerField())
