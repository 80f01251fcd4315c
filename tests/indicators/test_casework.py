"""Cases by age and kind, approvals in time, joint branches by units: as sets of records, as at a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.scope import whole
from shanghui.cases.models import Case
from shanghui.cases.operations import return_step, withdraw
from shanghui.indicators.queries import figures, rows
from shanghui.indicators.registry import registry
from tests.cases.somewhere import OPENED, TODAY, approver, founded, joint_case, step, submitter, to_approval
from tests.cases.test_dissolution import opened as dissolving
from tests.worked_city import AT

pytestmark = pytest.mark.django_db


def counts(code: str, day: date) -> tuple[int, int | None]:
    found = figures(whole(day), day, {code})[code]
    return found.numerator, found.denominator


def requested(on: date) -> Case:
    """Approved on a day, requested on 8 July 2022."""
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))
    step(case, "request", date(2022, 7, 8))
    step(case, "approve", on, by=approver(), number="8号")
    return case


def test_a_case_is_open_from_its_opening_to_the_day_before_it_is_done() -> None:
    case = founded(joint_case())
    assert case.closed_on == date(2022, 8, 20)

    found = {day: counts("cases.open_building", day)[0] for day in (
        OPENED - timedelta(days=1), OPENED, date(2022, 8, 19), date(2022, 8, 20),
    )}

    assert list(found.values()) == [0, 1, 1, 0]
    assert counts("cases.done_building", date(2022, 8, 19))[0] == 0
    assert counts("cases.done_building", date(2022, 8, 20))[0] == 1
    assert counts("cases.done_building", date(2022, 12, 31))[0] == 1
    assert counts("cases.done_building", date(2023, 1, 1))[0] == 0


def test_kinds_stand_apart_and_add_up() -> None:
    joint_case()
    dissolving()

    assert counts("cases.open", TODAY) == (2, None)
    assert [counts(f"cases.open_{one}", TODAY)[0] for one in ("building", "elections", "reshaping")] == [1, 0, 1]


@pytest.mark.parametrize(("months", "last_not_over"), [(3, date(2022, 10, 1)), (6, date(2023, 1, 1))])
def test_an_age_is_over_on_the_day_after_so_many_months(months: int, last_not_over: date) -> None:
    joint_case()

    assert counts(f"cases.open_over_{months}", last_not_over) == (0, 1)
    assert counts(f"cases.open_over_{months}", last_not_over + timedelta(days=1)) == (1, 1)


def test_what_is_withdrawn_is_neither_open_nor_done() -> None:
    withdraw(case=joint_case(), reason="重来", on=date(2022, 8, 1), by=submitter(), at=AT)

    assert counts("cases.open", date(2022, 7, 31))[0] == 1
    assert counts("cases.open", date(2022, 8, 1))[0] == 0
    assert counts("cases.done", TODAY)[0] == 0


@pytest.mark.parametrize(("on", "in_time"), [(date(2022, 8, 7), 1), (date(2022, 8, 8), 1), (date(2022, 8, 9), 0)])
def test_an_approval_is_in_time_up_to_a_month_after_the_request(on: date, in_time: int) -> None:
    requested(on)

    assert counts("cases.approved_in_time", TODAY) == (in_time, 1)
    assert counts("cases.approvals", TODAY)[0] == 1
    assert counts("cases.approval_days", TODAY)[0] == (on - date(2022, 7, 8)).days


def test_an_approval_sent_back_counts_until_then_and_one_without_a_limit_has_days_alone() -> None:
    case = joint_case()
    to_approval(case)
    return_step(case=case, step="approve", reason="文号有误", on=date(2022, 8, 1), by=approver(), at=AT)
    other = dissolving()
    step(other, "survey", date(2022, 7, 2))
    step(other, "request", date(2022, 7, 8))
    step(other, "approve", date(2022, 7, 20), by=approver(), number="9号")

    assert counts("cases.approvals", date(2022, 7, 31))[0] == 2
    assert counts("cases.approvals", date(2022, 8, 1))[0] == 1
    assert counts("cases.approved_in_time", date(2022, 8, 1)) == (0, 0)
    assert counts("cases.approval_days", date(2022, 8, 1))[0] == 12


def test_a_joint_branch_stands_under_its_number_of_units_from_the_founding() -> None:
    founded(joint_case())

    assert counts("joint.units_2", date(2022, 8, 14))[0] == 0
    assert counts("joint.units_2", date(2022, 8, 15))[0] == 1
    assert counts("joint.units_3", date(2022, 8, 15))[0] == 2


@pytest.mark.parametrize("code", ["cases.open", "cases.done", "cases.approved_in_time", "joint.units_2"])
def test_a_figure_opens_into_exactly_its_cases(code: str) -> None:
    founded(joint_case())
    dissolving()
    indicator = registry.get(code)
    assert indicator is not None

    assert rows(indicator, whole(TODAY), TODAY, "numerator").count() == counts(code, TODAY)[0] == 1
