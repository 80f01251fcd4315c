"""Developments of members as at a day: in which stage, for how long, whose probation is over (M15). Nobody is ranked by them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.db.models import Case as Chosen
from django.db.models import CharField, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from shanghui.cases.models import Case, StepRecord
from shanghui.cases.stages import STAGES
from shanghui.indicators.casework import flag
from shanghui.indicators.registry import Population
from shanghui.kernel.periods import months_later
from shanghui.rules.registry import limit

LONG = 24
"""More than so many months in one stage is told."""
FIRST = "apply"


def _developments(day: date) -> QuerySet[Case]:
    """Those open on the day, with the stage and since when it is."""
    standing = Q(closed_on=None) | Q(closed_on__gt=day)
    begun = [(code, step or FIRST) for code, _, step in reversed(STAGES)]
    stage = Chosen(*(When(Exists(_done(step, day)), then=Value(code)) for code, step in begun), default=Value("applicant"), output_field=CharField())
    since = Chosen(
        *(When(Exists(_done(step, day)), then=Subquery(_done(step, day).values("on")[:1])) for _, step in begun), output_field=DateField()
    )
    rows = Case.objects.filter(standing, opened_on__lte=day, person__isnull=False).annotate(
        stage=stage, since=since, admitted=Subquery(_done("meeting", day).values("on")[:1]), discussed=Exists(_done("confirmation_meeting", day)),
    )
    return rows.annotate(is_long=flag(Q(since__lt=months_later(day, -LONG))), is_over=flag(_over(day) & Q(stage="probationary", discussed=False)))


def _done(step: str, day: date) -> QuerySet[StepRecord]:
    """The record of a step that counted on the day."""
    standing = Q(returned_on=None) | Q(returned_on__gt=day)
    return StepRecord.objects.filter(standing, case_id=OuterRef("pk"), step=step, on__lte=day, skipped=False)


def _over(day: date) -> Q:
    """Whether probation has ended by the day, extension included."""
    months, least, most = limit("DEV-23", "months"), limit("DEV-24", "least_months"), limit("DEV-24", "months")
    known = Q(development__extended_on__lte=day)
    found = (~known | Q(development__extended_months=None)) & Q(admitted__lte=_before(day, months))
    for extension in range(least, most + 1):
        found |= known & Q(development__extended_months=extension, admitted__lte=_before(day, months + extension))
    return found


def _before(day: date, months: int) -> date:
    """The last day that so many months later is not after `day`."""
    earlier = months_later(day, -months)
    last = monthrange(day.year, day.month)[1] == day.day
    return earlier.replace(day=monthrange(earlier.year, earlier.month)[1]) if last else earlier


DEVELOPMENTS = Population("developments", "发展党员", "人", _developments, "organization_id", ("stage", "is_long", "is_over"))
