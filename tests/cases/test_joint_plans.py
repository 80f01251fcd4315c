"""From the uncovered chambers to a plan, and from a group to a case (M07)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from shanghui.cases.joint import (
    candidates,
    changes_since,
    groups_of,
    is_located,
    plannable,
    rearranged,
    region_of,
    standing_cost,
)
from shanghui.cases.models import Case, CasePerson, JointPlan, Near, PlanState, PlanUnit
from shanghui.cases.operations.planning import accept_group, begin_plan, lead_by, move_unit, plan_now, stop_plan
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Form, Status
from shanghui.ledger.organizations.operations import set_status
from shanghui.ledger.people.models import Category
from shanghui.ledger.people.operations import set_category
from tests.cases.somewhere import OPENED, SIX, chamber, member, submitter
from tests.worked_city import AT, city

pytestmark = pytest.mark.django_db
FULL = (2, 1, 2, 1, 0, 3)


@pytest.fixture
def six() -> None:
    """The six uncovered chambers with 2, 1, 2, 1, 0 and 3 full members."""
    for place, (name, count) in enumerate(zip(SIX, FULL, strict=True)):
        for number in range(count):
            member(f"乙{place}{number}", chamber(name))


def planned(near: Near = Near.COUNTY) -> JointPlan:
    plan = begin_plan(office=city(), as_at=OPENED, near=near, near_industry=Near.CITY, seconds=10, by=submitter(), at=AT)
    plan_now(plan.pk)
    plan.refresh_from_db()
    return plan


def unit(plan: JointPlan, place: int) -> PlanUnit:
    return plan.units.select_related("chamber__unit", "plan__office").get(chamber__unit__name=SIX[place])


def test_the_candidates_are_the_uncovered_chambers_with_their_full_members_from_the_ledger(six: None) -> None:
    found = {one.chamber.unit.name: (one.full, one.why_not) for one in candidates(city(), OPENED)}

    assert found[SIX[0]] == (2, "")
    assert found[SIX[4]] == (0, "台账里没有在这里任职或者入会的正式党员，先派指导员")
    assert found[SIX[5]] == (3, "有正式党员3名，应当单独组建")
    assert set(found) == set(SIX)


def test_four_small_chambers_of_one_city_stand_in_one_branch_and_that_is_proved(six: None) -> None:
    plan = planned()

    assert (plan.state, plan.optimal, plan.cost) == (PlanState.READY, True, plan.bound)
    groups = groups_of(list(plan.units.select_related("chamber__unit")))
    assert [sorted(one.chamber.unit.name for one in members) for members in groups.values()] == [sorted(SIX[:4])]
    assert sum(one.lead for members in groups.values() for one in members) == 1
    assert {one.chamber.unit.name: one.why for one in plan.units.select_related("chamber__unit").filter(group=None)}.keys() == set(SIX[4:])


def test_a_chamber_next_to_none_is_left_over_with_the_reason() -> None:
    for name in SIX[:2]:
        member(f"丙{name[-4]}", chamber(name))

    plan = planned()

    left = plan.units.filter(group=None)
    assert left.count() == len(SIX)
    assert all(one.why for one in left)


def test_without_any_member_the_plan_is_refused_and_says_why() -> None:
    with pytest.raises(Refused, match=r"没有可以联合组建的商会：.*先派指导员"):
        planned()


def test_moving_a_chamber_out_costs_ten_thousand_and_says_so_before(six: None) -> None:
    plan = planned()
    units = list(plan.units.select_related("chamber__unit"))
    one = next(other for other in units if other.group is not None and not other.lead)

    now, then = standing_cost(plan, units), standing_cost(plan, units, rearranged(units, one, None))
    move_unit(unit=one, group=None, by=submitter(), at=AT)

    assert then.uncovered == now.uncovered + 1
    after = standing_cost(plan, list(plan.units.select_related("chamber__unit")))
    assert (after.total, after.faults) == (then.total, then.faults)
    plan.refresh_from_db()
    assert plan.edited


def test_where_the_lead_leaves_the_next_takes_over(six: None) -> None:
    plan = planned()
    units = list(plan.units.select_related("chamber__unit"))
    lead = next(one for one in units if one.lead)

    move_unit(unit=lead, group=0, by=submitter(), at=AT)

    groups = groups_of(list(plan.units.select_related("chamber__unit")))
    assert [[one.lead for one in members].count(True) for members in groups.values()] == [1, 1]


def test_a_group_with_too_few_members_is_not_accepted(six: None) -> None:
    plan = planned()
    one = next(other for other in plan.units.select_related("chamber__unit") if other.group is not None and not other.lead)
    move_unit(unit=one, group=0, by=submitter(), at=AT)
    one.refresh_from_db()

    with pytest.raises(Refused, match="不足 3 名"):
        accept_group(plan=plan, group=one.group or 0, on=OPENED, today=OPENED, by=submitter(), at=AT)


def test_a_group_becomes_a_case_with_its_chambers_and_their_members(six: None) -> None:
    plan = planned()

    case = accept_group(plan=plan, group=1, on=OPENED, today=OPENED, by=submitter(), at=AT)

    assert {link.chamber.unit.name for link in case.chambers.select_related("chamber__unit")} == set(SIX[:4])
    assert CasePerson.objects.filter(case=case).count() == 6
    assert case.design.form == Form.JOINT
    with pytest.raises(Refused, match="已经立项"):
        accept_group(plan=plan, group=1, on=OPENED, today=OPENED, by=submitter(), at=AT)
    with pytest.raises(Refused, match="已经立项"):
        move_unit(unit=unit(plan, 0), group=None, by=submitter(), at=AT)


def test_a_group_accepted_later_becomes_a_case_from_the_day_it_was_begun(six: None) -> None:
    plan, began = planned(), OPENED - timedelta(days=20)

    case = accept_group(plan=plan, group=1, on=began, today=OPENED, by=submitter(), at=AT)

    assert case.opened_on == began
    assert CasePerson.objects.filter(case=case).count() == 6


def test_what_a_plan_costs_and_how_it_measures_stay_when_a_group_is_accepted(six: None) -> None:
    for place, name in enumerate(SIX[1:4]):
        chamber(name).__class__.objects.filter(pk=chamber(name).pk).update(longitude=Decimal("113.80"), latitude=Decimal(f"31.{place + 1}"))
    plan = planned()
    units = list(plan.units.select_related("chamber__unit"))
    before = standing_cost(plan, units)
    assert not is_located(units)

    accept_group(plan=plan, group=1, on=OPENED, today=OPENED, by=submitter(), at=AT)

    units = list(plan.units.select_related("chamber__unit"))
    assert not is_located(units), "the one without coordinates was accepted: the others are measured as before"
    assert standing_cost(plan, units) == before
    assert (before.branches, before.total) == (1, plan.cost)


def test_what_changed_since_is_said_and_the_group_is_not_accepted(six: None) -> None:
    plan = planned()
    day = OPENED + timedelta(days=10)
    member("新来的", chamber(SIX[0]))
    set_status(chamber=chamber(SIX[1]), status=Status.CLOSED, since=day, by=None, at=AT)

    found = changes_since(plan, list(plan.units.select_related("chamber__unit")), day)

    assert found[chamber(SIX[0]).pk] == f"“{SIX[0]}”的正式党员由2名变为3名"
    assert found[chamber(SIX[1]).pk] == f"“{SIX[1]}”已不在运行的商会里"
    with pytest.raises(Refused, match=r"规划以后情况变了：.*正式党员由2名变为3名"):
        accept_group(plan=plan, group=1, on=day, today=day, by=submitter(), at=AT)
    assert not Case.objects.exists()


def test_a_member_who_leaves_changes_the_plan_from_that_day_only(six: None) -> None:
    plan = planned()
    person = member("将转正", chamber(SIX[2]), Category.PROBATIONARY)
    set_category(person=person, category=Category.FULL, since=date(2022, 8, 1), by=None, at=AT)

    units = list(plan.units.select_related("chamber__unit"))
    assert changes_since(plan, units, date(2022, 7, 31)) == {}
    assert list(changes_since(plan, units, date(2022, 8, 1)).values()) == [f"“{SIX[2]}”的正式党员由2名变为3名"]


def test_another_chamber_takes_the_lead(six: None) -> None:
    plan = planned()
    one = next(other for other in plan.units.select_related("plan__office") if other.group is not None and not other.lead)

    lead_by(unit=one, by=submitter(), at=AT)

    assert [other.pk for other in plan.units.filter(group=one.group, lead=True)] == [one.pk]


def test_a_plan_asked_to_stop_keeps_the_best_it_has(six: None) -> None:
    plan = begin_plan(office=city(), as_at=OPENED, near=Near.CITY, near_industry=Near.CITY, seconds=60, by=submitter(), at=AT)
    stop_plan(plan=plan)

    plan_now(plan.pk)

    plan.refresh_from_db()
    assert plan.state == PlanState.READY
    groups = groups_of(list(plan.units.all()))
    assert all(sum(one.full for one in members) >= 3 for members in groups.values())


def test_computing_twice_changes_nothing_and_gives_the_same(six: None) -> None:
    first, second = planned(), planned()
    before = list(first.units.order_by("chamber_id").values_list("chamber_id", "group", "lead"))

    plan_now(first.pk)

    assert list(first.units.order_by("chamber_id").values_list("chamber_id", "group", "lead")) == before
    assert list(second.units.order_by("chamber_id").values_list("chamber_id", "group", "lead")) == before


def test_only_the_small_ones_can_be_moved(six: None) -> None:
    plan = planned()

    assert {one.chamber.unit.name for one in plannable(list(plan.units.select_related("chamber__unit")))} == set(SIX[:4])
    with pytest.raises(Refused, match="应当单独组建"):
        move_unit(unit=unit(plan, 5), group=0, by=submitter(), at=AT)


def test_where_every_chamber_has_coordinates_kilometers_count(six: None) -> None:
    for place, name in enumerate(SIX[:4]):
        where = chamber(name)
        where.longitude, where.latitude = Decimal("120.60") + place // 2, Decimal("31.30")
        where.save()

    plan = planned()

    groups = groups_of(list(plan.units.select_related("chamber__unit")))
    assert sorted(sorted(one.chamber.unit.name for one in members) for members in groups.values()) == sorted([sorted(SIX[:2]), sorted(SIX[2:4])])


def test_chambers_of_one_county_are_not_taken_for_one_town() -> None:
    first, second = chamber(SIX[0]), chamber(SIX[1])
    first.region_code = second.region_code = "320505"

    assert region_of(first, "990200")[:6] == region_of(second, "990200")[:6] == "320505"
    assert region_of(first, "990200") != region_of(second, "990200")
    first.region_code = second.region_code = "320505001000"
    assert region_of(first, "") == region_of(second, "") == "320505001"
