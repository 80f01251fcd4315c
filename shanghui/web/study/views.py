"""The study hours of the members of a branch, by name: for the secretary of that very branch and for nobody above him (§8.6)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.models import Role
from shanghui.kernel.facts import holds_on
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import MEMBERS, AffiliationKind, Person
from shanghui.rules.registry import norm_on
from shanghui.rules.study import LEADING, SPARED, study_of
from shanghui.rules.study import MEMBERS as OF_MEMBERS
from shanghui.web.kit.visits import Visit, found, page, show


def is_own(visit: Visit, organization: int) -> bool:
    """Whether the visitor is the secretary of this very organization."""
    return any(seat.role == Role.SECRETARY and seat.unit_id == organization for seat in visit.seats)


def members_of(organization: int, visit: Visit) -> QuerySet[Person]:
    """The members at home there on the as-at day, by name."""
    at_home = Person.objects.filter(
        holds_on(visit.day, "affiliations__"), affiliations__kind=AffiliationKind.HOME, affiliations__organization_id=organization
    )
    members = Person.objects.filter(holds_on(visit.day, "memberships__"), memberships__category__in=MEMBERS)
    return Person.objects.filter(pk__in=at_home.values("pk")).filter(pk__in=members.values("pk")).order_by("initials", "pk")


@page(Act.PEOPLE_VIEW, methods=("GET",))
def study_hours(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """Each member with his hours of the year beside the norm of his role, in the order of names."""
    if not is_own(visit, organization):
        raise Http404
    row = found(PartyOrganization.objects.within(visit.scope()).select_related("unit"), organization)
    people = list(members_of(row.pk, visit).only("name"))
    hours = study_of([one.pk for one in people], visit.day)
    norms = [norm for code in (OF_MEMBERS, LEADING) if (norm := norm_on(code, visit.day)) is not None]
    context = {
        "row": row, "lines": [(one, hours[one.pk]) for one in people], "norms": norms, "spared": norm_on(SPARED, visit.day),
        "year": visit.day.year,
    }
    return show(request, "study/study.html", visit, context, dated=True)
