"""Templates for import: recognised as what they are, changing nothing as long as nothing is filled in."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.exchange import recognition
from shanghui.exchange.operations import apply_plan, day_of, propose, upload
from shanghui.exchange.planning import Plan, plan
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.templates_out import TEMPLATES, template
from shanghui.ledger.people.models import Person
from tests import worked_city

pytestmark = pytest.mark.django_db
COUNTS = {"chamber": 40, "party_organization": 30, "member": 362, "activist": 85, "guide_assignment": 6, "activity": 10}


def made(kind: str) -> bytes:
    city = worked_city.city()
    scope = whole(worked_city.HALF_YEAR).under(city)
    return template(kind, scope=scope, day=worked_city.HALF_YEAR, sender=city)


def read_back(content: bytes) -> Plan:
    reading = recognition.read([SourceFile("模板.xlsx", content)], today=worked_city.TODAY)
    return plan(reading, under=worked_city.city(), as_at=day_of(reading, None, worked_city.TODAY))


def sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content)).worksheets[0]


@pytest.mark.parametrize("kind", sorted(TEMPLATES.keys() - {"enterprise"}))
def test_a_template_sent_back_as_it_is_changes_nothing(kind: str) -> None:
    found = read_back(made(kind))

    assert [one.message for one in found.errors] == []
    assert {one.record.kind for one in found.planned} <= {kind}
    assert [(one.title, one.revised, one.created) for one in found.planned if one.outcome != "same"] == []
    if kind in COUNTS:
        assert len(found.planned) == COUNTS[kind]


def test_a_template_of_enterprises_sent_back_changes_nothing_either() -> None:
    book = openpyxl.load_workbook(BytesIO(made("enterprise")))
    page = book.worksheets[0]
    for row, rank in ((4, "副会长单位"), (5, "会员单位")):
        for place, value in enumerate((f"云泽市第{row}有限公司", "", "甲", worked_city.CHAMBER, rank, "2019-07"), start=1):
            page.cell(row, place, value)
    target = BytesIO()
    book.save(target)
    run = upload(files=[SourceFile("会员企业.xlsx", target.getvalue())], under=worked_city.city(), by=None, at=worked_city.AT)
    apply_plan(run=run, made=propose(run=run, today=worked_city.TODAY), at=worked_city.AT, skip_errors=False)

    found = read_back(made("enterprise"))

    assert [(one.title, one.outcome) for one in found.planned] == [
        ("云泽市第4有限公司", "same"), ("云泽市第5有限公司", "same")
    ]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_heading_is_one_that_is_recognised(kind: str) -> None:
    target = made(kind)
    book = openpyxl.load_workbook(BytesIO(target))
    page = book.worksheets[0]
    for place, one in enumerate(TEMPLATES[kind].fields, start=1):
        page.cell(4, place, page.cell(4, place).value or (one.choices[0] if one.choices else "甲"))
    filled = BytesIO()
    book.save(filled)

    reading = recognition.read([SourceFile("模板.xlsx", filled.getvalue())], today=worked_city.TODAY)

    assert [(table.kind, list(table.columns.values())) for table in reading.tables] == [
        (kind, [one.name for one in TEMPLATES[kind].fields])
    ]


def test_numbers_of_people_are_left_blank() -> None:
    content = made("member")
    known = Person.objects.filter(kept_by__name=worked_city.BRANCH).exclude(id_digest=b"").first()
    assert known is not None

    with ZipFile(BytesIO(content)) as package:
        text = "".join(package.read(name).decode() for name in package.namelist())
    assert known.name in text
    assert known.id_number not in text
    assert known.phone not in text
    assert "****" not in text


def test_choices_are_drop_downs() -> None:
    lists = {str(rule.sqref): rule.formula1 for rule in sheet(made("member")).data_validations.dataValidation if rule.type == "list"}

    assert '"男,女"' in lists.values()
    assert '"正式党员,预备党员"' in lists.values()


def test_columns_of_numbers_are_text_so_that_excel_keeps_every_digit() -> None:
    page = sheet(made("member"))
    headings = {cell.value: cell.column_letter for cell in page[3]}

    assert page.column_dimensions[headings["公民身份号码"]].number_format == "@"


def test_it_carries_its_version_where_nobody_sees_it() -> None:
    properties = openpyxl.load_workbook(BytesIO(made("activity"))).custom_doc_props

    assert {one.name: one.value for one in properties.props} == {"shanghui-template": "activity 1"}


def test_what_is_filled_in_is_a_change_of_exactly_that() -> None:
    book = openpyxl.load_workbook(BytesIO(made("chamber")))
    page = book.worksheets[0]
    address = next(cell.column for cell in page[3] if cell.value == "地址")
    page.cell(4, address, "云泽市人民路1号")
    target = BytesIO()
    book.save(target)

    changed = [one for one in read_back(target.getvalue()).planned if one.outcome == "changed"]

    assert [[sorted(after) for _, _, after in one.revised] for one in changed] == [[["address"]]]


def test_people_outside_the_scope_are_not_in_it() -> None:
    neighbour = worked_city.neighbour()

    content = template("member", scope=whole(worked_city.HALF_YEAR).under(neighbour), day=worked_city.HALF_YEAR, sender=neighbour)

    branches = {row[1] for row in sheet(content).iter_rows(min_row=4, values_only=True)}
    assert branches
    assert not branches & set(Unit.objects.filter(parent_links__parent=worked_city.city()).values_list("name", flat=True))
