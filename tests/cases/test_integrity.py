"""Integrity checks of cases: silent where all is well, and each finds what it is for."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.cases.integrity import CHECKS
from shanghui.cases.models import Case, StepRecord
from shanghui.ledger.integrity import run
from shanghui.ledger.organizations.models import Status
from shanghui.ledger.organizations.operations import dissolve_organization, set_status
from tests.cases.somewhere import SIX, TODAY, chamber, founded, joint_case
from tests.cases.test_dissolution import branch
from tests.cases.test_dissolution import opened as dissolving
from tests.worked_city import AT

pytestmark = pytest.mark.django_db


def broken() -> dict[str, list[str]]:
    return {check.name: rows for check, rows in run(TODAY, CHECKS) if rows}


def test_cases_open_and_done_are_whole() -> None:
    founded(joint_case())
    dissolving()

    assert broken() == {}


def test_a_state_that_contradicts_its_day_is_found() -> None:
    case = joint_case()
    Case.objects.filter(pk=case.pk).update(closed_on=date(2022, 6, 1))

    assert broken() == {"cases.closing": [f"{case.title}：办理中，了结时间2022年6月1日"]}


def test_a_founding_without_its_organization_is_found() -> None:
    case = founded(joint_case())
    Case.objects.filter(pk=case.pk).update(organization=None)

    assert broken() == {"cases.done_without_organization": [case.title]}


def test_a_step_missing_from_a_case_carried_out_is_found() -> None:
    case = founded(joint_case())
    StepRecord.objects.filter(case=case, step="approve").delete()

    assert broken() == {"cases.done_unsettled": [f"{case.title}：没有办批复"]}


def test_a_chamber_dissolved_meanwhile_is_found() -> None:
    case = joint_case()
    set_status(chamber=chamber(SIX[1]), status=Status.CLOSED, since=date(2022, 7, 4), by=None, at=AT)

    assert broken() == {"cases.chamber_closed": [f"{case.title}：{SIX[1]}已于2022年7月4日注销"]}


def test_an_organization_gone_meanwhile_is_found() -> None:
    case = dissolving()
    dissolve_organization(organization=branch(), on=date(2022, 7, 5), reason="并入", by=None, at=AT)

    assert broken() == {"cases.organization_gone": [f"{case.title}：{branch().unit.name}"]}
