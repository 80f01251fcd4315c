"""Templates for import: recognised as what they are, changing nothing as long as nothing is filled in."""

from __future__ import annotations

from datetime import date
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
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import GuideAssignment, Person
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


def filled_in(content: bytes, *rows: dict[str, str]) -> bytes:
    """The template with these rows below those that stand there, by heading."""
    book = openpyxl.load_workbook(BytesIO(content))
    page = book.worksheets[0]
    headings = {cell.value: cell.column for cell in page[3]}
    first = next(number for number in range(4, 1000) if not page.cell(number, 1).value)
    for place, row in enumerate(rows):
        for heading, value in row.items():
            page.cell(first + place, headings[heading], value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def imported(content: bytes) -> None:
    run = upload(files=[SourceFile("指导员.xlsx", content)], under=worked_city.city(), by=None, at=worked_city.AT)
    apply_plan(run=run, made=propose(run=run, today=worked_city.TODAY), at=worked_city.AT, skip_errors=False)


def test_terms_of_guides_go_out_and_come_back_unchanged() -> None:
    chamber, person = Chamber.objects.get(unit__name=worked_city.CHAMBER), GuideAssignment.objects.order_by("pk")[0].person
    GuideAssignment.objects.create(
        person=person, chamber=chamber, kind="liaison", duty="办公室主任", valid_from=date(2022, 1, 10), valid_to=date(2025, 1, 10),
        due_by=date(2025, 1, 9), handed_over="章程修改还没有报备",
    )
    content = made("guide_assignment")
    values = {str(cell.value) for row in sheet(content).iter_rows() for cell in row if cell.value}
    assert {"2025-01-09", "联络员", "章程修改还没有报备"} <= values

    found = read_back(content)

    assert {one.outcome for one in found.planned} == {"same"}
    assert [one.message for one in found.problems if one.severity != "info"] == []


def test_a_term_that_is_filled_in_is_imported_with_its_last_day_and_changes_nothing_the_second_time() -> None:
    name = GuideAssignment.objects.order_by("pk")[0].person.name
    row = {"指导员": name, "联系商会": worked_city.CHAMBER, "选派时间": "2022-03-01", "聘期到": "2025-02-28", "选派身份": "联络员", "移交事项": "党员名册"}
    content = filled_in(made("guide_assignment"), row)

    imported(content)

    one = GuideAssignment.objects.get(chamber__unit__name=worked_city.CHAMBER)
    assert (one.valid_from, one.valid_to, one.due_by) == (date(2022, 3, 1), date(2025, 3, 1), date(2025, 2, 28))
    assert (one.kind, one.handed_over) == ("liaison", "党员名册")
    assert {one.outcome for one in read_back(content).planned} == {"same"}


def test_another_last_day_than_the_ledger_has_is_not_taken_over_and_said() -> None:
    name = GuideAssignment.objects.order_by("pk")[0].person.name
    row = {"指导员": name, "联系商会": worked_city.CHAMBER, "选派时间": "2022-03-01", "聘期到": "2025-02-28"}
    imported(filled_in(made("guide_assignment"), row))

    found = read_back(filled_in(made("guide_assignment"), row | {"聘期到": "2026-02-28"}))

    assert any("台账里聘期到2025-02-28，表里写的是2026-02-28，没有改" in one.message for planned in found.planned for one in planned.problems)
    assert GuideAssignment.objects.get(chamber__unit__name=worked_city.CHAMBER).due_by == date(2025, 2, 28)


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
