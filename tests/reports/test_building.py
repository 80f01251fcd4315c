"""The half-year report gains what cases brought about: founded by name and day, under way by step."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.cases.operations import open_case
from shanghui.reports.registry import kind_with_code
from tests.cases.somewhere import NAME, SIX, chamber, founded, joint_case, step, submitter
from tests.worked_city import AT, city, neighbour

pytestmark = pytest.mark.django_db
YEAR_END = date(2022, 12, 31)


def covering(day: date, unit=None) -> str:  # type: ignore[no-untyped-def]
    content = kind_with_code("half-year").compile(unit=unit or city(), day=day, made_on=day, own_text={})
    return "\n".join(one.text for section in content.sections() if section.code == "cover" for one in section.paragraphs)


def test_an_organization_founded_by_a_case_is_named_from_its_founding_on_in_that_half_year() -> None:
    founded(joint_case())
    said = f"经立项办理，成立党组织1个：{NAME}（8月15日成立，覆盖2家商会）。"

    assert said in covering(YEAR_END)
    assert said in covering(date(2022, 8, 15))
    assert said not in covering(date(2022, 8, 14))
    assert said not in covering(date(2023, 6, 30))
    assert said not in covering(YEAR_END, neighbour())


def test_what_is_under_way_is_told_by_the_step_of_the_day() -> None:
    first = joint_case()
    open_case(kind="establishment", office=city(), on=date(2022, 7, 1), by=submitter(), at=AT, chambers=[chamber(SIX[2])])
    step(first, "survey", date(2022, 7, 2))

    assert "正在办理的组建2件，其中等“摸底”2件。" in covering(date(2022, 7, 1))
    later = covering(date(2022, 7, 2))
    assert "正在办理的组建2件，其中" in later
    assert "等“筹备”1件" in later
    assert "等“摸底”1件" in later


def test_without_cases_nothing_is_said_of_them() -> None:
    assert "立项" not in covering(YEAR_END)
    assert "正在办理的组建" not in covering(YEAR_END)
