"""Every number opens into a list of exactly that many rows, with its definition and day."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from shanghui.access.models import Role, Seat
from shanghui.indicators import queries
from shanghui.indicators.registry import Indicator, registry
from shanghui.kernel.rates import Rate
from shanghui.web.figures.addresses import figure_url
from shanghui.web.figures.lists import SHAPES
from tests.worked_city import HALF_YEAR, city, named, neighbour, user

ON = HALF_YEAR.isoformat()


@pytest.mark.django_db
@pytest.mark.parametrize("indicator", list(registry), ids=lambda one: one.code)
def test_a_figure_opens_into_as_many_rows_as_it_says(indicator: Indicator, editor: Client) -> None:
    shown = editor.get(figure_url(indicator.code, on=ON, under=city().pk))

    counted = shown.context["figure"]
    assert indicator.definition in shown.content.decode()
    assert indicator.total or shown.context["page"].total == counted.numerator


@pytest.mark.django_db
@pytest.mark.parametrize(("part", "count"), [("numerator", 34), ("denominator", 40), ("rest", 6)])
def test_both_counts_of_a_rate_and_what_is_left_open(part: str, count: int, editor: Client) -> None:
    shown = editor.get(figure_url("coverage.organization", on=ON, part=part))

    assert shown.context["page"].total == count


@pytest.mark.django_db
def test_a_list_is_narrowed_searched_and_keeps_what_was_asked(editor: Client) -> None:
    url = figure_url("coverage.organization", on=ON, part="denominator", kind="industry")
    shown = editor.get(url)
    searched = editor.get(f"{url}&q=汽配机电")

    assert 0 < shown.context["page"].total < 40
    assert searched.context["page"].total == 1
    assert "on=2022-06-30" in searched.context["clear_url"]
    assert "part=denominator" in searched.context["clear_url"]


@pytest.mark.django_db
def test_the_list_goes_out_as_a_workbook_of_as_many_rows(editor: Client) -> None:
    answer = editor.get(f"{figure_url('coverage.uncovered', on=ON)}&format=xlsx")

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 3 + 6


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?under=99999999", "?under=abc", "?under=-1"])
def test_what_is_no_unit_of_ours_does_not_exist(query: str, editor: Client) -> None:
    assert editor.get(f"/figures/coverage.work/{query}").status_code == 404
    assert editor.get(f"/figures/{query}").status_code == 404


@pytest.mark.django_db
def test_the_neighbour_and_unknown_figures_do_not_exist(editor: Client) -> None:
    assert editor.get(figure_url("coverage.work", under=neighbour().pk)).status_code == 404
    assert editor.get(figure_url("coverage.work", under=named("临江市茶叶商会").pk)).status_code == 404
    assert editor.get("/figures/no.such/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SECRETARY, Role.GUIDE, Role.MEMBER, Role.ADMINISTRATOR])
def test_who_may_see_no_figures_is_told_so(role: Role, as_role: Callable[[Role], Client]) -> None:
    client = as_role(role)

    assert client.get("/figures/").status_code == 403
    assert client.get(figure_url("members.total")).status_code == 403


@pytest.mark.django_db
def test_people_stay_closed_to_a_role_that_may_not_see_them(
    as_role: Callable[[Role], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from shanghui.access import acts

    monkeypatch.setitem(acts.MAY, Role.READER, acts.MAY[Role.READER] - {acts.Act.PEOPLE_VIEW})
    reader = as_role(Role.READER)

    assert reader.get(figure_url("coverage.work", on=ON)).status_code == 200
    assert reader.get(figure_url("members.total", on=ON)).status_code == 403
    assert figure_url("members.total", on=ON) not in reader.get(f"/figures/?on={ON}").content.decode()


@pytest.mark.django_db
def test_numbers_of_people_are_masked_in_the_list(editor: Client) -> None:
    answer = editor.get(f"{figure_url('members.total', on=ON)}&format=xlsx")

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    heading = [cell.value for cell in sheet[3]]
    numbers = [row[heading.index("公民身份号码")] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert [number for number in numbers if number and "****" not in str(number)] == []


@pytest.mark.django_db
def test_all_figures_stand_under_headings_with_definition_and_can_be_taken_along(editor: Client) -> None:
    shown = editor.get(f"/figures/?on={ON}")
    answer = editor.get(f"/figures/?on={ON}&format=xlsx")

    listed = [line.figure.indicator.code for _, lines in shown.context["groups"] for line in lines]
    assert sorted(listed) == sorted(one.code for one in registry)
    assert "其他" not in dict(shown.context["groups"])
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 3 + len(registry)


@pytest.mark.django_db
def test_before_anything_existed_rates_are_empty_not_zero(editor: Client) -> None:
    shown = editor.get("/figures/?on=1950-01-01")

    assert "0.0%" not in shown.content.decode()
    assert [line.value for _, lines in shown.context["groups"] for line in lines if line.figure.rate] .count("—") > 10


def test_a_rate_is_never_clamped() -> None:
    assert Rate(41, 40).percent() == "102.5%"


@pytest.mark.django_db
def test_every_population_has_a_shape() -> None:
    assert {one.population.code for one in registry} <= set(SHAPES)


@pytest.mark.django_db
def test_the_page_of_all_figures_and_a_list_ask_a_fixed_number_of_questions(
    editor: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    editor.get("/figures/")
    with django_assert_max_num_queries(34):  # type: ignore[attr-defined]
        editor.get(f"/figures/?on={ON}")
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        editor.get(figure_url("members.total", on=ON))


@pytest.mark.django_db
def test_a_secretary_of_a_federation_with_two_seats_sees_both(editor: Client) -> None:
    account = user(Role.EDITOR)
    Seat.objects.create(user=account, unit=neighbour(), role=Role.READER, valid_from=HALF_YEAR)

    shown = editor.get(figure_url("chambers.total", on=ON))

    assert shown.context["node"].unit is None
    assert shown.context["page"].total == queries.figures(shown.context["node"].scope, HALF_YEAR, {"chambers.total"})[
        "chambers.total"
    ].numerator == 41
