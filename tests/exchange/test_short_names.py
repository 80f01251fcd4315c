"""Chambers named without their city, several in one cell, and a secretary without an organization."""

from __future__ import annotations

import pytest

from shanghui.exchange.operations import propose, upload
from shanghui.exchange.planning import Plan
from shanghui.exchange.recognition import SourceFile
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import GuideAssignment
from tests.exchange.recognition.books import workbook
from tests.exchange.test_writing import brought_in
from tests.worked_city import AT, CHAMBER, TODAY, city, named

pytestmark = pytest.mark.django_db
GUIDES = ["姓名", "工作单位及\n职务", "联系电话", "联系指导的商会", "选派时间"]


def planned(file: SourceFile) -> Plan:
    return propose(run=upload(files=[file], under=city(), by=None, at=AT), today=TODAY)


def guides(*chambers: str) -> Plan:
    rows = [["党建指导员选派一览表"], GUIDES, *(["宋新", "会员科", "15400004001", one, "2022.1"] for one in chambers)]
    return planned(workbook({"指导员": rows}))


def messages(made: Plan, kind: str) -> list[str]:
    return [problem.message for problem in made.problems if problem.kind == kind]


def test_a_chamber_named_without_its_city_is_the_one_that_is_known() -> None:
    assert CHAMBER.startswith("云泽市")
    rows = [["会员企业登记册"], ["企业名称", "法人", "所属商会", "会内身份"]]
    rows += [[f"甲{place}公司", "高明", name, "会长单位"] for place, name in enumerate((CHAMBER[3:], f"云泽{CHAMBER[3:]}", CHAMBER))]
    before = Chamber.objects.count()

    _, made = brought_in(workbook({"企业": rows}))

    assert {one.unit for one in made.planned} == {named(CHAMBER).pk}
    assert messages(made, "value_unknown") == []
    assert Chamber.objects.count() == before


def test_two_forms_of_one_new_name_are_one_new_chamber() -> None:
    made = guides("云泽市新茶商会", "新茶商会")

    assert len(messages(made, "value_unknown")) == 1


@pytest.mark.parametrize("written", ["新茶商会、新船商会", "1.新茶商会；2.新船商会", "新茶商会\n新船商会（筹）"])
def test_chambers_in_one_cell_are_looked_after_one_by_one(written: str) -> None:
    before = Chamber.objects.count()

    brought_in(workbook({"指导员": [["党建指导员选派一览表"], GUIDES, ["宋新", "会员科", "15400004001", written, "2022.1"]]}))

    names = GuideAssignment.objects.filter(person__name="宋新").values_list("chamber__unit__name", flat=True)
    assert {name[:4] for name in names} == {"新茶商会", "新船商会"}
    assert Chamber.objects.count() == before + 2


def test_shortened_names_in_one_cell_are_refused_and_nothing_is_made_of_them() -> None:
    made = guides("新茶、新船商会")

    assert "名称不全" in messages(made, "several_values")[0]
    assert messages(made, "value_unknown") == []


def test_a_secretary_without_an_organization_is_spoken_of() -> None:
    rows = [["商会名称", "会长", "书记", "成立年月", "类型"], ["云泽市新茶商会", "高明", "林松", "2010.5", "行业"]]

    made = planned(workbook({"商会": rows}))

    assert any("请补上党组织名称" in message for message in messages(made, "missing"))
