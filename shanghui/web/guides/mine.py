"""«My chambers» on a guide's telephone: what is still missing at each for an organization, last visit, next step (M06).

Everything is told from the ledger; nothing is asked for here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.models import Role
from shanghui.cases.file import files
from shanghui.cases.models import CaseChamber
from shanghui.cases.progress import Next, next_places
from shanghui.cases.queries import open_cases
from shanghui.indicators.gaps import Suggestion, suggestion, uncovered_chambers
from shanghui.indicators.populations import BUILDABLE
from shanghui.ledger.activities.models import Visit as ChamberVisit
from shanghui.ledger.activities.queries import last_visits
from shanghui.ledger.organizations.models import GapReason, GapRoute, Status
from shanghui.ledger.organizations.queries import chambers
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.rules.registry import limit
from shanghui.web.kit.visits import Visit, page, show


@dataclass(frozen=True)
class Mine:
    """One chamber. `plan`: the row of the list of uncovered chambers, None where an organization covers it. `step`: what is next in
    its open case, if there is one."""

    chamber: Any
    plan: Any | None
    last: ChamberVisit | None
    assignment: GuideAssignment | None
    ends_soon: bool
    step: Next | None = None

    @property
    def covered_by(self) -> str:
        """The organization that covers it, by its name."""
        return self.chamber.organization_name or ""

    @property
    def members(self) -> int:
        """Full members who hold an office in the chamber or belong to it; those of a covered chamber are not asked for."""
        return self.plan.full_members if self.plan else 0

    @property
    def short_of(self) -> int:
        """How many full members are missing to three."""
        return max(0, BUILDABLE - self.members)

    @property
    def suggestion(self) -> Suggestion | None:
        """What the regulations point to."""
        return suggestion(self.members, True) if self.plan else None

    @property
    def reason(self) -> str:
        """Why there is no organization, as the office entered it."""
        return str(GapReason(self.plan.reason).label) if self.plan and self.plan.reason else ""

    @property
    def route(self) -> str:
        """The way the office chose."""
        return str(GapRoute(self.plan.route).label) if self.plan and self.plan.route else ""

    @property
    def next_on(self) -> date | None:
        """The earlier of what the office planned and what was agreed at the last visit."""
        days = [self.plan.next_on if self.plan else None, self.last.next_on if self.last else None]
        return min((day for day in days if day), default=None)

    @property
    def missing(self) -> str:
        """What the last visit found missing."""
        return self.last.missing if self.last else ""


@page(Act.VISIT_RECORD, methods=("GET",))
def my_chambers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The chambers one looks after: by assignment, or by the seat of a guide on them; those without an organization first."""
    listed = mine(visit)
    person = Person.objects.without_numbers().filter(user=visit.user).first()
    context = {
        "open": [one for one in listed if one.plan is not None], "covered": [one for one in listed if one.plan is None],
        "month": f"{visit.today:%Y-%m}", "person": person if any(one.assignment for one in listed) else None,
        "may_plan": visit.may(Act.LEDGER_CHANGE),
    }
    return show(request, "guides/mine.html", visit, context)


def mine(visit: Visit) -> list[Mine]:
    """One's own chambers of today within one's part of the tree. Six questions, eight more where cases are open, however many there are."""
    scope, day = visit.scope_today(Act.VISIT_RECORD), visit.today
    own = {one.chamber_id: one for one in _assignments(visit)}
    seats = [seat.unit_id for seat in visit.seats if seat.role == Role.GUIDE]
    rows: Any = chambers(scope, day).filter(Q(pk__in=own) | Q(unit_id__in=seats))
    found = list(rows.exclude(status=Status.CLOSED).order_by("unit__name", "pk"))
    keys = [row.pk for row in found]
    plans = {row.pk: row for row in uncovered_chambers(scope, day).filter(pk__in=keys)}
    last = last_visits(keys, day)
    soon = day + timedelta(days=limit("SOC-12-DAYS", "days"))
    steps = _steps(visit, keys)
    listed = [
        Mine(row, plans.get(row.pk), last.get(row.pk), own.get(row.pk), _ends(own.get(row.pk), soon), steps.get(row.pk)) for row in found
    ]
    return sorted(listed, key=lambda one: (one.next_on or date.max, one.chamber.unit.name))


def _ends(assignment: GuideAssignment | None, soon: date) -> bool:
    return assignment is not None and assignment.valid_to is not None and assignment.valid_to <= soon


def _steps(visit: Visit, chambers: list[int]) -> dict[int, Next]:
    """By chamber what is to be done next in the open case about it. One question where there is none."""
    about = open_cases(visit.scope_today(Act.CASE_VIEW)).filter(pk__in=CaseChamber.objects.filter(chamber_id__in=chambers).values("case_id"))
    found: dict[int, Next] = {}
    for file in files(about, visit.today) if visit.may(Act.CASE_VIEW) else ():
        for place in next_places(file)[:1]:
            found |= {chamber.pk: Next(file, place) for chamber in file.chambers}
    return found


def _assignments(visit: Visit) -> list[GuideAssignment]:
    rows = GuideAssignment.objects.on(visit.today).filter(person__user=visit.user)
    return list(rows.order_by("valid_from", "pk"))
