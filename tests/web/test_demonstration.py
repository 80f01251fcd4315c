"""The demonstration: two editors of the office, and members at the chambers without an organization whom no figure counts (domain.md §5)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.models import Role
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import Affiliation, Person
from shanghui.ledger.people.queries import attached_full_members
from shanghui.web.demonstration.attached import MEMBERS, SINCE, attach_members
from shanghui.web.demonstration.city import ACCOUNTS
from tests.worked_city import AT, HALF_YEAR, user

DAY = date(2026, 11, 27)


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
