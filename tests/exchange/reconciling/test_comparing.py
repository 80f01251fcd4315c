"""Both sides side by side: matched by number, code, exact name; ambiguous is said; a blank is no difference (M50)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from shanghui.access.models import Unit
from shanghui.exchange.layouts.layout import Layout, layout_of
from shanghui.exchange.layouts.producing import shipped
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.reconciling.comparing import Compared, Line, compare
from shanghui.exchange.reconciling.laid import read_laid
from shanghui.exchange.reconciling.models import Verdict
from shanghui.kernel.codes import credit_code_fault
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Category, Person
from shanghui.ledger.people.operations import affiliate, register_person, set_category
from tests.exchange.reconciling.spoiled import exported, put, saved, says
from tests.web.somebody import NUMBER, number, somebody
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, SINCE, city, named

pytestmark = pytest.mark.django_db
CODE = next(code for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if not credit_code_fault(code := f"51990200MJ0000001{last}"))
PEOPLE, CHAMBERS, ORGANIZATIONS = "members-national", "chamber-ledger", "organizations-national"


def result(file: SourceFile, code: str | Layout = PEOPLE, unit: Unit | None = None, day: date = HALF_YEAR) -> Compared:
    layout = shipped()[code] if isinstance(code, str) else code
    return compare(layout, read_laid(file, layout), unit or city(), day, list)


def of(found: Compared, verdict: Verdict) -> list[Line]:
    return [line for line in found.lines if line.verdict == verdict]


def people(*rows: dict[str, Any], titles: tuple[str, ...] = ("姓名", "公民身份号码", "所在党支部", "学历")) -> SourceFile:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(titles)
    for row in rows:
        sheet.append([row.get(title, "") for title in titles])
    return saved(book)


@pytest.mark.parametrize("code", [
    "members-national", "organizations-national", "chamber-ledger", "branch-ledger", "civil-affairs-yearly", "two-new-survey", "four-goods",
])
def test_what_was_exported_agrees_whatever_the_layout(code: str) -> None:
    found = result(exported(code), code)

    assert found.lines == []
    assert found.same == found.theirs == found.ours > 0


def test_a_changed_cell_is_a_difference_with_both_values() -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, 0, "学历", "博士研究生")

    found = result(exported(PEOPLE, change))

    line = found.lines[0]
    assert [(cell.key, cell.theirs) for cell in line.cells] == [("education", "博士研究生")]
    assert (line.verdict, found.same) == (Verdict.DIFFERENT, 361)
    assert line.cells[0].ours == Person.objects.get(pk=line.record or 0).education


def test_a_row_that_was_dropped_is_only_here_and_one_added_only_there() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.delete_rows(4)
        put(sheet, 361, "姓名", "司徒新来")
        put(sheet, 361, "所在党支部", BRANCH)

    found = result(exported(PEOPLE, change))

    assert len(of(found, Verdict.OURS)) == 1
    assert [(line.title, line.place) for line in of(found, Verdict.THEIRS)] == [("司徒新来", BRANCH)]
    assert ("name", "姓名", "司徒新来") in of(found, Verdict.THEIRS)[0].values


def test_a_blank_of_theirs_is_no_difference_but_counted() -> None:
    def change(sheet: Worksheet) -> None:
        assert put(sheet, 0, "学历", None)

    found = result(exported(PEOPLE, change))

    assert found.lines == []
    assert found.blank["education"] == 1


@pytest.mark.parametrize(("theirs", "ours", "differs"), [
    ("20100315", "2010-03-15", False), ("2010年3月", "2010-03-15", False), ("2010", "2010-03", False), ("2010.3.16", "2010-03-15", True),
    ("2010-03-15", "2010-03", True), ("2010-03-15", "", True),
])
def test_days_are_compared_as_far_as_theirs_is_written(theirs: str, ours: str, differs: bool) -> None:
    person = somebody()
    Person.objects.filter(pk=person.pk).update(birth=ours)

    found = result(people({"姓名": "方云泽", "公民身份号码": NUMBER, "出生日期": theirs}, titles=("姓名", "公民身份号码", "出生日期")))

    assert bool(of(found, Verdict.DIFFERENT)) is differs


def test_a_person_is_known_by_number_whatever_the_name() -> None:
    person = somebody()

    found = result(people({"姓名": "方云则", "公民身份号码": f" {NUMBER} ", "所在党支部": "别处党支部"}))

    assert [(line.record, [cell.key for cell in line.cells]) for line in of(found, Verdict.DIFFERENT)] == [(person.pk, ["name", "branch_name"])]


def test_two_rows_with_one_number_are_said() -> None:
    somebody()

    found = result(people({"姓名": "方云泽", "公民身份号码": NUMBER}, {"姓名": "方云择", "公民身份号码": NUMBER}))

    assert [line.title for line in of(found, Verdict.UNCLEAR)] == ["方云择"]


def test_another_number_is_another_person() -> None:
    somebody()

    found = result(people({"姓名": "方云泽", "公民身份号码": number("005"), "所在党支部": BRANCH}))

    assert [line.title for line in of(found, Verdict.THEIRS)] == ["方云泽"]
    assert "方云泽" in [line.title for line in of(found, Verdict.OURS)]


def test_the_name_in_the_branch_is_enough_where_it_is_alone() -> None:
    person = somebody()

    found = result(people({"姓名": "方 云泽", "所在党支部": f"  {BRANCH}", "学历": "大学"}))

    assert [line.record for line in of(found, Verdict.DIFFERENT)] == [person.pk]


def test_two_of_a_name_in_one_branch_are_not_guessed() -> None:
    somebody()
    twin = somebody_else("方云泽")

    found = result(people({"姓名": "方云泽", "所在党支部": BRANCH}))

    line = of(found, Verdict.UNCLEAR)[0]
    assert twin.pk in [pk for pk, _ in line.candidates]
    assert "台账里有2个" in line.told
    assert "方云泽" not in [one.title for one in of(found, Verdict.OURS)]


def test_the_same_name_in_another_branch_is_not_taken_for_the_same_person() -> None:
    person = somebody()

    found = result(people({"姓名": "方云泽", "所在党支部": "云泽市餐饮业商会党支部"}))

    line = of(found, Verdict.UNCLEAR)[0]
    assert [pk for pk, _ in line.candidates] == [person.pk]
    assert "没有号码可以确认" in line.told


def somebody_else(name: str) -> Person:
    """Of this name in the same branch, without a number."""
    made = register_person(kept_by=named(BRANCH), name=name, by=None, at=AT)
    set_category(person=made, category=Category.FULL, since=SINCE, by=None, at=AT)
    affiliate(person=made, organization=PartyOrganization.objects.get(unit__name=BRANCH), kind=AffiliationKind.HOME, since=SINCE, by=None, at=AT)
    return made


def test_a_number_that_came_masked_is_no_difference_and_no_key() -> None:
    somebody()

    found = result(people({"姓名": "方云泽", "公民身份号码": f"{NUMBER[:6]}********{NUMBER[-4:]}", "所在党支部": BRANCH}))

    assert found.same == 1


def test_a_number_with_a_wrong_check_digit_is_told_and_cannot_be_taken() -> None:
    somebody()
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")

    found = result(people({"姓名": "方云泽", "公民身份号码": wrong, "所在党支部": BRANCH}))

    cell = of(found, Verdict.DIFFERENT)[0].cells[0]
    assert (cell.key, cell.full) == ("id_number", "")
    assert cell.fault
    assert wrong not in str(found.lines)


def test_numbers_stand_nowhere_in_full_but_sealed() -> None:
    somebody()
    other = number("005")

    found = result(people({"姓名": "方云泽", "公民身份号码": other, "所在党支部": BRANCH}, {"姓名": "新来的", "公民身份号码": number("007")}))

    assert all(number(one) not in str(line.values) for one in ("005", "007") for line in found.lines)


def test_somebody_in_the_register_but_not_in_the_list_is_told() -> None:
    person = somebody()
    person.memberships.all().delete()

    found = result(people({"姓名": "方云泽", "公民身份号码": NUMBER}))

    line = of(found, Verdict.THEIRS)[0]
    assert line.candidates == [(person.pk, "方云泽")]
    assert "不在这张名单里" in line.told


def test_a_chamber_is_known_by_its_code_and_by_its_name_with_and_without_the_city() -> None:
    chamber = named(CHAMBER).chamber
    Chamber.objects.filter(pk=chamber.pk).update(credit_code=CODE)

    def change(sheet: Worksheet) -> None:
        for row in range(40):
            name = says(sheet, row, "商会名称")
            put(sheet, row, "商会名称", "完全不同的商会" if name == CHAMBER else name.removeprefix("云泽市"))

    found = result(exported(CHAMBERS, change), CHAMBERS)

    assert [(line.record, [cell.key for cell in line.cells]) for line in found.lines] == [(chamber.pk, ["name"])]
    assert found.same == 39


def test_organizations_differ_in_kind_form_and_counts() -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, 0, "党组织类别", "党总支")
        put(sheet, 0, "正式党员", "99")
        put(sheet, 1, "覆盖单位", "、".join(reversed(says(sheet, 1, "覆盖单位").split("、"))))

    found = result(exported(ORGANIZATIONS, change), ORGANIZATIONS)

    assert [[(cell.key, cell.theirs) for cell in line.cells] for line in found.lines] == [[("kind", "党总支"), ("full", "99")]]


def test_the_same_organization_twice_is_said() -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, 1, "党组织名称", says(sheet, 0, "党组织名称").removeprefix("云泽市"))

    found = result(exported(ORGANIZATIONS, change), ORGANIZATIONS)

    assert [line.told[:6] for line in of(found, Verdict.UNCLEAR)] == ["表里有2行都"] * 2
    assert len(of(found, Verdict.OURS)) == 1


def test_the_full_form_of_an_organization_is_the_same_name() -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(30):
            name = says(sheet, row, "党组织名称")
            put(sheet, row, "党组织名称", f"中共{name.removesuffix('党支部')}支部委员会" if name.endswith("党支部") else name)

    found = result(exported(ORGANIZATIONS, change), ORGANIZATIONS)

    assert found.same == 30


def test_titles_merged_headings_totals_and_notes_are_dealt_with() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    first = named(CHAMBER).chamber
    for row in (
        ["2022年商会基本情况表"], ["填报单位：云泽市工商联"], ["序号", "基本情况", "", "会员企业数"], ["", "商会名称", "会长", ""],
        ["一、行业商会"], [1, first.unit.name, "某人", 7], ["合计", "", "", 7], ["注：会员企业数按年末数填。"],
    ):
        sheet.append(row)
    for area in ("A1:D1", "A3:A4", "B3:C3", "D3:D4", "A5:D5", "A8:D8"):
        sheet.merge_cells(area)

    found = result(saved(book), CHAMBERS)

    assert found.theirs == 1
    assert {cell.key: cell.theirs for cell in of(found, Verdict.DIFFERENT)[0].cells} == {"president": "某人", "enterprises": "7"}


def test_a_csv_in_gb18030_is_read() -> None:
    somebody()
    text = f"姓名,身份证号码,最高学历\n方云泽,{NUMBER},大学\n"

    found = result(SourceFile("党员.csv", text.encode("gb18030")))

    assert [cell.theirs for cell in of(found, Verdict.DIFFERENT)[0].cells] == ["大学"]


def test_codes_of_the_receiver_are_read_as_words() -> None:
    somebody()

    found = result(people({"姓名": "方云泽", "公民身份号码": NUMBER, "性别": 2, "人员类别": "2"}, titles=("姓名", "公民身份号码", "性别", "人员类别")))

    assert {cell.key: cell.theirs for cell in of(found, Verdict.DIFFERENT)[0].cells} == {"gender": "女", "category": "预备党员"}


@pytest.mark.parametrize(("content", "said"), [
    (b"\x00\x01\x02\x03", ""), ("天气,温度\n晴,20\n".encode(), "没有认出“党员基本信息"), ("姓名,学历\n".encode(), "下面没有一行记录"), (b"", ""),
])
def test_a_file_that_cannot_be_compared_says_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_laid(SourceFile("表.csv", content), shipped()[PEOPLE])

    assert said in str(refusal.value)
    assert "请" in str(refusal.value)


@pytest.mark.parametrize("code", ["party-statistics-social"])
def test_a_layout_whose_rows_are_none_of_the_three_is_refused(code: str) -> None:
    with pytest.raises(Refused, match="不能比对"):
        read_laid(SourceFile("表.csv", "名称,数\n甲,1\n".encode()), shipped()[code])


def test_a_layout_made_by_an_office_works_the_same() -> None:
    own = layout_of({
        "format": 1, "code": "own", "title": "县里要的", "receiver": "", "rows": "chambers.total", "columns": [
            {"title": "本会全称", "source": "column:name"}, {"title": "几家企业", "source": "column:enterprises"}, {"title": "联系人", "source": "asked"},
        ],
    })
    first = named(CHAMBER).chamber

    found = result(SourceFile("表.csv", f"本会全称,几家企业,联系人\n{first.unit.name},12345,甲\n".encode()), own)

    assert [(cell.key, cell.theirs) for cell in of(found, Verdict.DIFFERENT)[0].cells] == [("enterprises", "12345")]


def test_what_is_next_door_is_not_looked_at() -> None:
    found = result(people({"姓名": "方临江", "所在党支部": "临江市茶叶商会党支部"}))

    assert [(line.title, line.told, line.candidates) for line in of(found, Verdict.THEIRS)] == [("方临江", "", [])]


def test_the_number_of_queries_does_not_depend_on_the_rows(django_assert_max_num_queries: Callable[..., Any]) -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(362):
            put(sheet, row, "学历", "博士研究生")

    file, place = exported(PEOPLE, change), city()

    with django_assert_max_num_queries(6):
        found = result(file, unit=place)

    assert len(of(found, Verdict.DIFFERENT)) > 350
