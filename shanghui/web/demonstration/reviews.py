"""The review of members at one branch: what a secretary finds under 民主评议 (M18)."""

from __future__ import annotations

from datetime import date, datetime

from shanghui.access.models import User
from shanghui.ledger.activities.models import ActivityType, Grade
from shanghui.ledger.activities.operations.reviews import set_grades
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.queries import members_at_home
from shanghui.web.demonstration.dues import BRANCH
from shanghui.web.demonstration.meetings import gather

HELD = (1, 16)
"""Month and day."""
EXCELLENT = 6
"""Of so many members one is 优秀: well below the third that the rules allow."""


def review_members(*, by: User, at: datetime, today: date) -> None:
    """The branch of the demonstration's secretary has reviewed the year before, on a day of this year that is over."""
    held_on = date(today.year, *HELD)
    branch = PartyOrganization.objects.get(unit__name=BRANCH)
    people = list(members_at_home(held_on).filter(organization=branch).order_by("person_id").values_list("person_id", flat=True))
    held = gather(ActivityType.REVIEW, f"{today.year - 1}年度民主评议党员", held_on, branch.pk, people, "个人自评、党员互评、民主测评，支委会综合评定。")
    grades = {person: Grade.EXCELLENT if place % EXCELLENT == 0 else Grade.SOUND for place, person in enumerate(people, 1)}
    set_grades(activity=held, grades=grades, by=by, at=at)
