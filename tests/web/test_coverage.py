"""The coverage page: every number opens into exactly its rows, two days side by side, nothing ranked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from shanghui.access.models import Role
from shanghui.ledger.organizations.models import Chamber, ChamberKind, Coverage, Federation, Form, OrganizationKind
from shanghui.ledger.organizations.operations import end_fact, found_organization, open_federation, register_chamber
from shanghui.web.coverage.over_time import half_year_ends
from tests.worked_city import AT, CHAMBER, HALF_YEAR, SINCE, TODAY, city, named, neighbour

ON = HALF_YEAR.isoformat()
LINK = re.compile(r'<a class="fig" href="([^"]+)"[^>]*>(\d+)</a>')


def _links(answer: object) -> set[tuple[str, int]]:
    return {(unescape(url), int(count)) for url, count in LINK.findall(answer.content.decode())}  # type: ignore[attr-defined]


@pytest.fixture
def districts(db: None) -> list[Federation]:
    """Two districts below the city, one with a township; chambers in each, some covered."""
    above = Federation.objects.get(unit=city())
    east = open_federation(name="云泽市城东区工商联", code="990202", parent=above, by=None, at=AT)
    west = open_federation(name="云泽市城西区工商联", code="990203", parent=above, by=None, at=AT)
    town = open_federation(name="青石镇商联", code="990203101", parent=west, by=None, at=AT)
    for federation, number in ((east, 3), (west, 1), (town, 2)):
        for place in range(number):
            chamber = register_chamber(
                name=f"{federation.unit.name}第{place}商会", under=federation.unit, since=SINCE, by=None, at=AT,
                kind=ChamberKind.TOWNSHIP if place else ChamberKind.MARKET,
            )
            if place:
                found_organization(
                    name=f"{chamber}党支部", kind=OrganizationKind.BRANCH, form=(Form.ATTACHED, Form.AREA)[place - 1],
                    under=federation.unit, since=SINCE, by=None, at=AT, covers=[chamber],
                )
    return [east, west, town]


@pytest.mark.django_db
def test_every_number_of_the_page_opens_into_that_many_rows(editor: Client, districts: list[Federation]) -> None:
    links = _links(editor.get(f"/coverage/?on={ON}"))

    assert len(links) > 40
    for url, count in sorted(links):
        assert editor.get(url).context["page"].total == count, url


@pytest.mark.django_db
def test_the_rows_are_the_city_its_own_by_kind_and_the_districts_by_code(editor: Client, districts: list[Federation]) -> None:
    rows = editor.get(f"/coverage/?on={ON}").context["rows"]

    assert rows[0].counts.total == 46
    assert [row.label for row in rows if row.level == 1] == ["本级直属", "云泽市城东区工商联", "云泽市城西区工商联"]
    assert sum(row.counts.total for row in rows if row.level == 1) == 46
    assert [row.label for row in rows if row.under == f"u{districts[1].pk}"] == ["本级直属", "青石镇商联"]


@pytest.mark.django_db
def test_the_bar_counts_every_chamber_once(editor: Client, districts: list[Federation]) -> None:
    rows = editor.get(f"/coverage/?on={ON}").context["rows"]

    assert rows[0].counts.bar == (28, 6 + 1, 2, 6, 3)
    assert all(sum(row.counts.bar) == row.counts.total for row in rows)


@pytest.mark.django_db
def test_a_district_has_a_page_of_its_own_and_the_neighbour_none(editor: Client, districts: list[Federation]) -> None:
    shown = editor.get(f"/coverage/?on={ON}&under={districts[1].pk}")

    assert shown.context["rows"][0].counts.total == 3
    assert editor.get(f"/coverage/?under={neighbour().pk}").status_code == 404
    assert editor.get(f"/coverage/compare/?under={neighbour().pk}").status_code == 404


@pytest.mark.django_db
def test_an_empty_denominator_is_a_dash(editor: Client) -> None:
    text = editor.get("/coverage/?on=1950-01-01").content.decode()

    assert "—" in text
    assert "0.0%" not in text
    assert "100.0%" not in text


@pytest.mark.django_db
def test_the_table_goes_out_as_a_workbook(editor: Client, districts: list[Federation]) -> None:
    answer = editor.get(f"/coverage/?on={ON}&format=xlsx")

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[4]][1:8] == [46, 28, 6, 1, 2, 37, "80.4%"]


@pytest.mark.django_db
def test_the_number_of_questions_does_not_grow_with_the_tree(
    editor: Client, districts: list[Federation], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    editor.get("/coverage/")

    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        editor.get(f"/coverage/?on={ON}")


@pytest.mark.django_db
def test_ending_a_coverage_in_july_is_told_by_name_and_moves_nothing_in_june(editor: Client) -> None:
    before = editor.get(f"/coverage/?on={ON}").context["rows"][0].counts.numbers
    fact = Coverage.objects.get(chamber__unit=named(CHAMBER))
    end_fact(fact=fact, subject=fact.chamber, unit=named(CHAMBER), on=date(2022, 7, 10), by=None, at=AT)

    compared = editor.get(f"/coverage/compare/?then={ON}&on=2022-07-10")
    groups = {group.kind.value: group for group in compared.context["told"].groups}

    assert editor.get(f"/coverage/?on={ON}").context["rows"][0].counts.numbers == before
    assert editor.get("/coverage/?on=2022-07-09").context["rows"][0].counts.numbers["coverage.organization"] == 34
    assert editor.get("/coverage/?on=2022-07-10").context["rows"][0].counts.numbers["coverage.organization"] == 33
    assert [change.name for change in groups["不再覆盖"].changes] == [CHAMBER]
    assert "降低 2.5 个百分点" in compared.content.decode()


@pytest.mark.django_db
def test_two_days_open_their_lists_and_go_out_as_a_workbook(editor: Client) -> None:
    fact = Coverage.objects.get(chamber__unit=named(CHAMBER))
    end_fact(fact=fact, subject=fact.chamber, unit=named(CHAMBER), on=TODAY, by=None, at=AT)
    url = f"/coverage/compare/?then={ON}&on={TODAY}"

    for address, count in _links(editor.get(url)):
        assert editor.get(address).context["page"].total == count, address
    sheet = openpyxl.load_workbook(BytesIO(editor.get(f"{url}&format=xlsx").content)).worksheets[0]
    assert [sheet["A4"].value, sheet["B4"].value] == ["不再覆盖", CHAMBER]


@pytest.mark.django_db
@pytest.mark.parametrize(("then", "said"), [("x", "不是日期"), ("2999-01-01", "还没有到"), ("2022-12-31", "先后排好")])
def test_days_that_make_no_sense_are_said(then: str, said: str, editor: Client) -> None:
    assert said in editor.get(f"/coverage/compare/?then={then}&on={ON}").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SECRETARY, Role.GUIDE, Role.MEMBER, Role.ADMINISTRATOR])
def test_who_may_see_no_figures_sees_no_coverage(role: Role, as_role: Callable[[Role], Client]) -> None:
    assert as_role(role).get("/coverage/").status_code == 403
    assert as_role(role).get("/coverage/compare/").status_code == 403


def test_half_years_end_in_june_and_december() -> None:
    assert half_year_ends(date(2022, 6, 29), 2) == (date(2021, 6, 30), date(2021, 12, 31))
    assert half_year_ends(date(2022, 6, 30), 2) == (date(2021, 12, 31), date(2022, 6, 30))
    assert half_year_ends(date(2022, 12, 31), 1) == (date(2022, 12, 31),)


@pytest.mark.django_db
def test_a_chamber_below_another_chamber_counts_once(editor: Client) -> None:
    parent = Chamber.objects.get(unit=named(CHAMBER)).unit
    register_chamber(name="汽配机电商会轮胎分会", under=parent, since=SINCE, by=None, at=AT)

    rows = editor.get(f"/coverage/?on={ON}").context["rows"]

    assert rows[0].counts.total == 41
    assert sum(row.counts.total for row in rows if row.level == 1) == 41
