"""Who is expected at a meeting on a day."""

from __future__ import annotations

import pytest

from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.rosters import expected
from shanghui.ledger.people.models import (
    MEMBERS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    MembershipRecord,
    Post,
)
from tests.worked_city import BRANCH, TODAY, named

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"


def home_of(name: str) -> set[int]:
    return {one.person for one in expected(ActivityType.GENERAL_MEETING, [named(name).pk], TODAY)}


def test_members_are_expected_and_only_full_ones_vote() -> None:
    young = MembershipRecord.objects.on(TODAY).filter(category=Category.PROBATIONARY).order_by("pk")[0].person_id
    branch = Affiliation.objects.on(TODAY).get(person_id=young, kind=AffiliationKind.HOME).organization_id

    rows = expected(ActivityType.GENERAL_MEETING, [branch], TODAY)

    here = {"person__affiliations__organization_id": branch, "person__affiliations__valid_to": None}
    categories = dict(MembershipRecord.objects.on(TODAY).filter(**here).values_list("person_id", "category"))
    votes = {row.person: row.votes for row in rows}
    assert votes[young] is False
    assert votes == {pk: one == Category.FULL for pk, one in categories.items() if one in MEMBERS}


def test_who_has_dual_life_in_the_other_branch_is_expected_once_and_votes_at_home() -> None:
    person = next(iter(home_of(BRANCH)))
    Affiliation.objects.create(person_id=person, organization_id=named(OTHER).pk, kind=AffiliationKind.DUAL, valid_from=TODAY)

    rows = expected(ActivityType.THEME_DAY, [named(BRANCH).pk, named(OTHER).pk], TODAY)
    there = expected(ActivityType.THEME_DAY, [named(OTHER).pk], TODAY)

    assert len(rows) == len({row.person for row in rows}) == len(home_of(BRANCH) | home_of(OTHER))
    assert [row.unit for row in rows if row.person == person] == [named(BRANCH).pk]
    assert [row.votes for row in there if row.person == person] == [False]


def test_a_committee_meeting_expects_those_in_party_posts() -> None:
    Appointment.objects.create(person_id=min(home_of(BRANCH)), unit=named(BRANCH), post=Post.COMMITTEE_MEMBER, valid_from=TODAY)

    rows = expected(ActivityType.COMMITTEE_MEETING, [named(BRANCH).pk], TODAY)

    assert min(home_of(BRANCH)) in {row.person for row in rows}
    assert len(rows) < len(home_of(BRANCH))
