"""The demonstration: two editors of the office, and members at the chambers without an organization whom no figure counts (domain.md §5)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.models import Role
from shanghui.access.scope import whole
from shanghui.cases.queries import next_steps
from shanghui.indicators.queries import figures
from shanghui.ledger.activities.models import ActivityType, Attendance, Grade, ReviewGrade
from shanghui.ledger.dues.models import DuesBase
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import Affiliation, Person
from shanghui.ledger.people.queries import attached_full_members
from shanghui.web.demonstration.attached import MEMBERS, SINCE, attach_members
from shanghui.web.demonstration.city import ACCOUNTS
from shanghui.web.demonstration.developments import open_developments
from shanghui.web.demonstration.dues import STILL_OPEN, collect_dues
from shanghui.web.demonstration.reviews import review_members
from tests.worked_city import AT, HALF_YEAR, city, user

DAY = date(2026, 11, 27)
MEMBERS_OF = {"members.total", "members.activists", "members.candidates", "members.applicants"}


def test_the_office_has_two_editors_so_that_one_approves_what_the_other_reports() -> None:
    editors = [name for _, name, role, where in ACCOUNTS if role == Role.EDITOR and not where]

    assert editors == ["王敏", "陈蕾"]


@pytest.mark.django_db
@pytest.mark.parametrize("day", [HALF_YEAR, DAY])
def test_members_at_the_uncovered_chambers_change_no_figure(day: date) -> None:
    before = [(one.numerator, one.denominator) for one in figures(whole(day), day).values()]

    attach_members(by=user(Role.EDITOR), at=AT)

    assert [(one.numerator, one.denominator) for one in figures(whole(day), day).values()] == before
    assert not Affiliation.objects.filter(person__in=Person.objects.filter(remark__startswith="组织关系在")).exists()


@pytest.mark.django_db
def test_none_of_these_chambers_can_build_alone_and_three_together_can() -> None:
    attach_members(by=user(Role.EDITOR), at=AT)

    rows = Chamber.objects.filter(unit__name__in=[name for name, *_ in MEMBERS]).annotate(full=attached_full_members(SINCE))

    assert sorted(one.full for one in rows) == [1, 1, 1, 2, 2, 2]


@pytest.mark.django_db
def test_developments_stand_at_different_steps_and_move_no_figure_of_the_half_year() -> None:
    before = [(one.numerator, one.denominator) for one in figures(whole(HALF_YEAR), HALF_YEAR, MEMBERS_OF).values()]

    open_developments(city(), by=user(Role.EDITOR), at=AT, today=DAY)

    assert [(one.numerator, one.denominator) for one in figures(whole(HALF_YEAR), HALF_YEAR, MEMBERS_OF).values()] == before
    assert {one.place.step.code for one in next_steps(whole(DAY), DAY)} == {"talk", "contacts", "cultivation", "meeting"}


@pytest.mark.django_db
def test_dues_of_one_branch_move_no_figure_of_the_half_year() -> None:
    before = [(one.numerator, one.denominator) for one in figures(whole(HALF_YEAR), HALF_YEAR).values()]

    collect_dues(by=user(Role.SECRETARY), at=AT, today=DAY)

    assert [(one.numerator, one.denominator) for one in figures(whole(HALF_YEAR), HALF_YEAR).values()] == before
    told = figures(whole(DAY), DAY, {"dues.paid", "dues.based"})
    assert (told["dues.paid"].denominator or 0) - told["dues.paid"].numerator == STILL_OPEN
    assert DuesBase.objects.filter(reduced=0).count() == 1


@pytest.mark.django_db
def test_one_branch_has_reviewed_its_members_and_few_are_excellent() -> None:
    before = [(one.numerator, one.denominator) for one in figures(whole(HALF_YEAR), HALF_YEAR).values()]

    review_members(by=user(Role.SECRETARY), at=AT, today=DAY)

    assert [(one.numerator, one.denominator) for one in figures(whole(HALF_YEAR), HALF_YEAR).values()] == before
    grades = list(ReviewGrade.objects.values_list("grade", flat=True))
    assert len(grades) == Attendance.objects.filter(activity__type=ActivityType.REVIEW).count() > 10
    assert 0 < grades.count(Grade.EXCELLENT) * 3 < len(grades)
