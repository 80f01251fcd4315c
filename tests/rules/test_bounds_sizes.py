"""How many members, how many units, who covers whom, what the charter says: one too few, enough, one too many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.ledger.organizations.models import CharterClause, CharterItem, Coverage, Form, OrganizationKind, Status
from shanghui.ledger.organizations.operations import set_status
from shanghui.ledger.people.models import Category, GuideAssignment, Post
from shanghui.rules.models import PackSwitch
from tests.rules.bounds import SINCE, appoint, bounds, branch, chamber, covered_by, join, people, stands, state
from tests.worked_city import AT, city, named

pytestmark = pytest.mark.django_db
NOW = date(2022, 6, 30)
DAY = timedelta(days=1)


@bounds("branch.possible", "work.coverage")
@pytest.mark.parametrize(("full", "possible", "guide"), [(0, "", "due"), (2, "", "due"), (3, "overdue", ""), (4, "overdue", "")])
def test_a_bare_chamber_builds_from_three_and_has_a_guide_below(full: int, possible: str, guide: str) -> None:
    unit = chamber(full)

    assert state("branch.possible", unit, NOW) == possible
    assert state("work.coverage", unit, NOW) == guide


@bounds("branch.possible")
def test_probationary_members_and_a_member_in_two_posts_do_not_make_three() -> None:
    unit = chamber(2)
    for person in people(3, Category.PROBATIONARY, unit):
        appoint(unit, Post.DIRECTOR, person=person)
    appoint(unit, Post.DIRECTOR, person=unit.appointments.earliest("pk").person)

    assert state("branch.possible", unit, NOW) == ""


@bounds("branch.possible", "work.coverage")
@pytest.mark.parametrize(("code", "full"), [("branch.possible", 3), ("work.coverage", 0)])
def test_a_chamber_is_bare_from_the_day_its_coverage_ends_until_it_is_closed(code: str, full: int) -> None:
    unit = chamber(full)
    covered_by(branch(), unit)
    Coverage.objects.filter(chamber__unit=unit).update(valid_to=NOW)
    set_status(chamber=unit.chamber, status=Status.CLOSED, since=NOW + 2 * DAY, by=None, at=AT)

    assert [bool(state(code, unit, NOW + n * DAY)) for n in (-1, 0, 1, 2)] == [False, True, True, False]


@bounds("work.coverage")
def test_a_guide_is_enough_while_he_is_there() -> None:
    unit = chamber()
    person = people(1, Category.FULL, unit)[0]
    GuideAssignment.objects.create(person=person, chamber=unit.chamber, valid_from=NOW, valid_to=NOW + DAY)

    assert [state("work.coverage", unit, NOW + n * DAY) for n in (-1, 0, 1)] == ["due", "", "due"]


@bounds("branch.size")
@pytest.mark.parametrize(("full", "probationary", "found"), [(0, 0, ""), (49, 0, ""), (48, 2, ""), (50, 0, ""), (50, 1, "due"), (51, 0, "due")])
def test_a_branch_has_at_most_fifty_members(full: int, probationary: int, found: str) -> None:
    assert state("branch.size", branch(full, probationary), NOW) == found


@bounds("branch.size")
def test_a_general_branch_may_have_more() -> None:
    assert state("branch.size", branch(51, kind=OrganizationKind.GENERAL_BRANCH), NOW) == ""


@bounds("branch.joint_units")
def test_a_joint_branch_covers_at_most_five_chambers() -> None:
    unit = branch(form=Form.JOINT)
    assert state("branch.joint_units", unit, NOW) == ""
    covered_by(unit, *(chamber(name=f"云泽市第{n}试点商会") for n in range(5)))
    assert state("branch.joint_units", unit, NOW) == ""
    sixth = chamber(name="云泽市另一试点商会")

    covered_by(unit, sixth, form=Form.OWN)
    assert state("branch.joint_units", unit, NOW) == ""
    covered_by(unit, sixth, form=Form.AREA)
    assert state("branch.joint_units", unit, NOW) == "due"
    Coverage.objects.filter(chamber__unit=sixth).update(valid_to=NOW)
    assert [state("branch.joint_units", unit, NOW + n * DAY) for n in (-1, 0)] == ["due", ""]


@bounds("branch.small")
@pytest.mark.parametrize(("full", "probationary", "form", "found"), [
    (0, 0, Form.OWN, "cannot_tell"), (0, 1, Form.OWN, "due"), (2, 3, Form.OWN, "due"), (3, 0, Form.OWN, ""), (4, 0, Form.OWN, ""),
    (2, 0, Form.JOINT, "due"), (3, 0, Form.JOINT, ""), (2, 0, Form.INDUSTRY, "due"), (0, 0, Form.FUNCTIONAL, ""), (2, 0, Form.TEMPORARY, ""),
])
def test_a_branch_alone_or_joint_has_three_full_members(full: int, probationary: int, form: Form, found: str) -> None:
    assert state("branch.small", branch(full, probationary, form=form), NOW) == found


@bounds("organization.size")
@pytest.mark.parametrize(("kind", "members", "approval", "found"), [
    (OrganizationKind.BRANCH, 0, "", ""), (OrganizationKind.BRANCH, 49, "", ""), (OrganizationKind.BRANCH, 50, "", "设立党总支"),
    (OrganizationKind.BRANCH, 99, "", "设立党总支"), (OrganizationKind.BRANCH, 100, "", "设立党委"),
    (OrganizationKind.GENERAL_BRANCH, 49, "", "不到50名"), (OrganizationKind.GENERAL_BRANCH, 49, "云商党〔2020〕1号", ""),
    (OrganizationKind.GENERAL_BRANCH, 50, "", ""), (OrganizationKind.GENERAL_BRANCH, 99, "", ""),
    (OrganizationKind.GENERAL_BRANCH, 100, "", "设立党委"),
    (OrganizationKind.COMMITTEE, 99, "", "不到100名"), (OrganizationKind.COMMITTEE, 100, "", ""),
])
def test_where_it_is_switched_on_the_number_of_members_decides(kind: OrganizationKind, members: int, approval: str, found: str) -> None:
    unit = branch(members, kind=kind, approval_number=approval)
    assert state("organization.size", unit, NOW) == ""

    PackSwitch.objects.create(unit=city(), pack="size_decides", valid_from=SINCE)

    told = stands("organization.size", unit, NOW)
    assert [one.state.value for one in told] == (["due"] if found else [])
    assert all(found in one.message for one in told)


@bounds("organization.size")
def test_members_below_count_for_a_general_branch() -> None:
    PackSwitch.objects.create(unit=city(), pack="size_decides", valid_from=SINCE)
    above = branch(25, kind=OrganizationKind.GENERAL_BRANCH, name="云泽市试点商会党总支")
    below = branch(24, above=above.organization)
    assert state("organization.size", above, NOW) == "due"

    join(below, 1)

    assert state("organization.size", above, NOW) == ""


@bounds("organization.size")
def test_a_limited_form_is_not_measured() -> None:
    PackSwitch.objects.create(unit=city(), pack="size_decides", valid_from=SINCE)

    assert state("organization.size", branch(50, form=Form.TEMPORARY), NOW) == ""


@bounds("charter.items")
@pytest.mark.parametrize(("items", "found"), [(0, "cannot_tell"), (1, "due"), (3, "due"), (4, "done")])
def test_a_charter_has_four_items(items: int, found: str) -> None:
    unit = chamber()
    for item in list(CharterItem)[:items]:
        CharterClause.objects.create(chamber=unit.chamber, item=item, valid_from=SINCE)

    assert state("charter.items", unit, NOW) == found


@bounds("charter.items")
def test_an_item_counts_from_its_day() -> None:
    unit = chamber()
    CharterClause.objects.create(chamber=unit.chamber, item=CharterItem.LEADERSHIP, valid_from=NOW)

    assert [state("charter.items", unit, NOW + n * DAY) for n in (-1, 0, 1)] == ["cannot_tell", "due", "due"]
    assert "没有登记：设立党组织、党组织作用、党建经费" in stands("charter.items", unit, NOW)[0].message


@bounds("charter.items", "term.chamber")
def test_a_chamber_in_preparation_is_not_asked() -> None:
    unit = chamber()
    unit.chamber.statuses.update(status=Status.PREPARING)

    assert state("charter.items", unit, NOW) == state("term.chamber", unit, NOW) == ""
    assert state("charter.items", named("云泽市汽配机电商会"), NOW) == "cannot_tell"
