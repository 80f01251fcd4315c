"""Which organization and which month is asked about; names of who pays are for the secretary of that very branch alone (§8.6)."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from shanghui.ledger.dues.months import apart, month_of, read_month
from shanghui.ledger.dues.queries import collecting
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Person
from shanghui.web.kit.visits import Visit, found
from shanghui.web.study.views import is_own

AHEAD = 12
"""Months that can be paid in advance."""


def own(visit: Visit, organization: int) -> PartyOrganization:
    """The organization whose very secretary the visitor is, else 404."""
    if not is_own(visit, organization):
        raise Http404
    rows = PartyOrganization.objects.within(visit.scope_today()).select_related("unit")
    return found(rows, organization)


def collects(row: PartyOrganization, day: date) -> bool:
    """Whether dues are collected there on the day."""
    return collecting(day).filter(pk=row.pk).exists()


def member_here(row: PartyOrganization, person: int) -> Person:
    """Somebody who is, or was, at home there, else 404."""
    rows = Person.objects.filter(affiliations__organization=row, affiliations__kind=AffiliationKind.HOME)
    return found(Person.objects.filter(pk__in=rows.values("pk")).without_numbers(), person)


def asked_month(request: HttpRequest, today: date) -> date:
    """The month in the address, this month where there is none; 404 for what is no month or lies too far ahead."""
    text = request.GET.get("month", "")
    month = read_month(text) if text else month_of(today)
    if month is None or apart(today, month) > AHEAD:
        raise Http404
    return month


def asked_year(request: HttpRequest, today: date) -> int:
    """The year in the address, this year where there is none; 404 for what is none."""
    text = request.GET.get("year", str(today.year))
    if not (text.isascii() and text.isdecimal() and 1949 <= int(text) <= today.year + 1):
        raise Http404
    return int(text)


def month_url(organization: int, month: date) -> str:
    """The page of a branch for a month."""
    return f"{reverse('organization-dues', kwargs={'organization': organization})}?month={month:%Y-%m}"


def home_of(person: Person, day: date) -> int | None:
    """Where the person is at home on the day."""
    return Affiliation.objects.on(day).filter(person=person, kind=AffiliationKind.HOME).values_list("organization_id", flat=True).first()
