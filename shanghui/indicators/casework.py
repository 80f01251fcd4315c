"""Cases, their approvals and the joint branches, as at a day, with the flags on which indicators are conditions (M05, M07)."""

from __future__ import annotations

from datetime import date

from django.db.models import BooleanField, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import Case as Chosen
from django.db.models.functions import Coalesce

from shanghui.cases.models import Case, State, StepRecord
from shanghui.indicators.registry import Population
from shanghui.kernel.periods import half_year_to, months_later
from shanghui.ledger.organizations.models import Form, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.queries import live_coverages

BUILDING = ("establishment", "covering")
ELECTIONS = ("election", "by_election", "secretary_appointment")
RESHAPING = ("change-form", "merger", "dissolution")
AGES = (3, 6)
"""A case open for more than so many months is told."""
APPROVAL = "approve"
"""The step in which the upper level decides on a request, in every kind."""
SHARED = (Form.JOINT, Form.INDUSTRY, Form.AREA)


def flag(condition: Q) -> Chosen:
    """Whether a condition holds, as a column."""
    return Chosen(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _cases(day: date) -> QuerySet[Case]:
    """Those open on the day, and those carried out in the half year up to it; developments of people are counted by themselves."""
    first, standing = half_year_to(day).first, Q(closed_on=None) | Q(closed_on__gt=day)
    done = Q(state=State.DONE, closed_on__gte=first, closed_on__lte=day)
    ages = {f"over_{months}": flag(standing & Q(opened_on__lt=months_later(day, -months))) for months in AGES}
    return Case.objects.filter(standing | done, opened_on__lte=day, person=None).annotate(is_open=flag(standing), **ages)


CASES = Population("cases", "办理事项", "件", _cases, "office_id", ("kind", "is_open", *(f"over_{months}" for months in AGES)))


def _approvals(day: date) -> QuerySet[StepRecord]:
    """Approvals given in the half year up to the day and not sent back by it."""
    standing = Q(returned_on=None) | Q(returned_on__gt=day)
    rows = StepRecord.objects.filter(standing, case__person=None, step=APPROVAL, waited__isnull=False, on__gte=half_year_to(day).first, on__lte=day)
    return rows.annotate(has_limit=flag(Q(due__isnull=False)), in_time=flag(Q(due__gte=F("on"))))


APPROVALS = Population("approvals", "批复", "件", _approvals, "case__office_id", ("has_limit", "in_time"), amount="waited")


def _joint(day: date) -> QuerySet[PartyOrganization]:
    """Organizations that several chambers share, with how many units they cover."""
    shared = OrganizationPeriod.objects.on(day).filter(form__in=SHARED).values("organization_id")
    covered = live_coverages(day).filter(organization_id=OuterRef("pk")).order_by().values("organization_id")
    units = Subquery(covered.annotate(n=Count("chamber_id", distinct=True)).values("n"), output_field=IntegerField())
    return PartyOrganization.objects.filter(pk__in=shared).annotate(units=Coalesce(units, 0))


JOINT = Population("joint", "联合党支部", "个", _joint, "unit_id", ("units",))
