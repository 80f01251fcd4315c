"""Any figure at any level on any days: the numbers open into their records, whatever the tree; nothing asked wrongly breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from shanghui.access.models import Axis, Role, Seat
from shanghui.access.operations import move
from shanghui.indicators.registry import registry
from shanghui.ledger.organizations.models import ChamberKind, Federation, Form, OrganizationKind
from shanghui.ledger.organizations.operations import found_organization, open_federation, register_chamber
from shanghui.web.explorer.dates import When, days_of
from tests.worked_city import AT, HALF_YEAR, SINCE, city, named, neighbour, user

ON = HALF_YEAR.isoformat()
MOVED = date(2022, 3, 1)
LINK = re.compile(r'<a class="fig" href="([^"]+)"[^>]*>(\d+)</a>')
PAGE = "/figures/explore/"


def asked(**choices: Any) -> str:
    """An address; `code` may be several."""
    codes = choices.pop("code", ["coverage.organization"])
    pairs = [("code", code) for code in codes] + [(name, str(value)) for name, value in choices.items()]
    return PAGE + "?" + "&".join(f"{name}={value}" for name, value in pairs)


@pytest.fixture
def districts(db: None) -> list[Federation]:
    """Two districts with chambers and branches; one chamber moved from the west to the east in March 2022."""
    above = Federation.objects.get(unit=city())
    east, west = (
        open_federation(name=f"云泽市{name}区工商联", code=code, parent=above, by=None, at=AT)
        for name, code in (("城东", "990202"), ("城西", "990203"))
    )
    for place, home in enumerate((east, west, west)):
        chamber = register_chamber(name=f"第{place}商会", under=home.unit, since=SINCE, by=None, at=AT, kind=ChamberKind.PARK)
        if place:
            found_organization(
                name=f"第{place}商会党支部", kind=OrganizationKind.BRANCH, form=Form.OWN, under=home.unit, since=SINCE, by=None, at=AT,
                covers=[chamber],
            )
    move(child=named("第1商会"), parent=east.unit, axis=Axis.SUPERVISION, since=MOVED, by=None, at=AT)
    return [east, west]


def table(answer: Any, place: int = 0) -> dict[str, list[str]]:
    """What a table says, by row."""
    grid = answer.context["grids"][place]
    return {line.label: [cell.figure.text if cell.figure else "无" for cell in line.cells] for line in grid.lines}


def links(answer: Any) -> set[tuple[str, int]]:
    return {(unescape(url), int(count)) for url, count in LINK.findall(answer.content.decode())}


@pytest.mark.django_db
def test_without_a_question_both_coverages_of_the_last_twelve_months_stand_there(editor: Client) -> None:
    shown = editor.get(f"{PAGE}?page=1")

    assert [one.code for one in shown.context["asked"].indicators] == ["coverage.organization", "coverage.work"]
    assert len(shown.context["asked"].days) == 12
    assert [chart.lines for chart in shown.context["grids"][0].charts] == [True]


@pytest.mark.django_db
def test_half_years_of_a_node_are_the_figures_of_those_days(editor: Client) -> None:
    shown = editor.get(asked(when="halves", then="2021-06-01", on=ON))

    assert shown.context["asked"].days == (date(2021, 6, 30), date(2021, 12, 31), HALF_YEAR)
    assert table(shown)["党组织覆盖率"][-1] == "85.0%"


@pytest.mark.django_db
def test_the_rows_stand_in_administrative_order_whatever_their_numbers(editor: Client, districts: list[Federation]) -> None:
    shown = editor.get(asked(level="children", on=ON))

    assert list(table(shown)) == ["云泽市工商联", "本级直属", "云泽市城东区工商联", "云泽市城西区工商联"]
    assert table(shown)["本级直属"] == ["85.0%"]
    assert table(shown)["云泽市城东区工商联"] == ["50.0%"]


@pytest.mark.django_db
def test_a_chamber_that_moved_is_counted_as_at_the_time_or_by_the_tree_of_today(editor: Client, districts: list[Federation]) -> None:
    choices: dict[str, Any] = {"code": ["chambers.total"], "level": "children", "when": "two", "then": "2022-02-28", "on": ON}
    at_the_time = table(editor.get(asked(**choices)))
    by_today = table(editor.get(asked(**choices, tree="today")))

    assert (at_the_time["云泽市城东区工商联"], at_the_time["云泽市城西区工商联"]) == (["1", "2"], ["2", "1"])
    assert (by_today["云泽市城东区工商联"], by_today["云泽市城西区工商联"]) == (["2", "2"], ["1", "1"])
    assert at_the_time["云泽市工商联"] == by_today["云泽市工商联"]


@pytest.mark.django_db
@pytest.mark.parametrize("tree", ["", "today"])
@pytest.mark.parametrize("level", ["node", "children", "all", "kind"])
def test_every_number_opens_into_that_many_rows(level: str, tree: str, editor: Client, districts: list[Federation]) -> None:
    codes = ["chambers.total", "coverage.organization", "coverage.own", "organizations.total", "members.total", "guides.active"]
    found = links(editor.get(asked(code=codes, level=level, tree=tree, when="two", then="2022-02-28", on=ON)))

    assert len(found) > 8
    for url, count in sorted(found):
        assert editor.get(url).context["page"].total == count, url


@pytest.mark.django_db
def test_every_figure_of_a_moved_chamber_opens_by_the_tree_of_today(editor: Client, districts: list[Federation]) -> None:
    codes = [one.code for one in registry if not one.total]
    found = links(editor.get(asked(code=codes, under=districts[0].unit_id, tree="today", on="2022-02-28")))

    assert len(found) > 8
    for url, count in sorted(found):
        assert editor.get(url).context["page"].total == count, url


@pytest.mark.django_db
def test_a_federation_that_was_not_there_yet_has_a_dash_and_an_empty_share_too(editor: Client, districts: list[Federation]) -> None:
    move(child=districts[1].unit, parent=districts[0].unit, axis=Axis.SUPERVISION, since=MOVED, by=None, at=AT)

    shown = editor.get(asked(level="children", when="two", then="2022-02-28", on=ON))
    long_ago = editor.get(asked(on="1950-01-01"))

    assert table(shown)["云泽市城西区工商联"] == ["100.0%", "无"]
    assert table(long_ago)["党组织覆盖率"] == ["—"]
    assert long_ago.context["grids"][0].charts == []
    assert shown.context["grids"][0].charts[0].option["series"][1]["data"][-1] is None
    assert "0.0%" not in long_ago.content.decode()


@pytest.mark.django_db
def test_what_may_hang_on_several_units_is_not_told_for_the_node_itself(editor: Client, districts: list[Federation]) -> None:
    shown = editor.get(asked(code=["guides.active"], level="children", on=ON))

    assert table(shown)["本级直属"] == ["无"]
    assert "每一级只算一次" in shown.content.decode()


@pytest.mark.django_db
def test_by_kind_there_are_only_figures_of_chambers(editor: Client, districts: list[Federation]) -> None:
    shown = editor.get(asked(code=["chambers.total", "members.total"], level="kind", on=ON))

    assert [one.code for one in shown.context["asked"].indicators] == ["chambers.total"]
    assert "已略去：党员" in shown.content.decode()
    assert table(shown)["园区商会"] == ["4"]


@pytest.mark.django_db
@pytest.mark.parametrize(("choices", "words"), [
    ({"code": ["no.such"]}, "没有这样的指标：no.such"),
    ({"when": "never"}, "没有“never”这样的日期的选法"),
    ({"level": "moon"}, "没有“moon”这样的范围的选法"),
    ({"tree": "old"}, "没有“old”这样的上下级选法"),
    ({"when": "two", "then": "2021-13-40"}, "“2021-13-40”不是日期"),
    ({"when": "two", "then": "2999-01-01"}, "2999-01-01 还没有到"),
    ({"when": "two", "then": "2022-06-30", "on": "2021-06-30"}, "已按先后调换"),
    ({"when": "two", "then": "2022-06-30", "on": "2022-06-30"}, "两天是同一天"),
    ({"on": "yesterday"}, "“yesterday”不是日期"),
    ({"when": "months", "then": "2022-06-02", "on": "2022-06-29"}, "之间没有月末"),
    ({"when": "months", "then": "0001-01-01", "on": "2022-06-29"}, "一次最多看 36 个日期"),
    ({"code": []}, "还没有选指标"),
])
def test_what_cannot_be_read_is_said_and_the_page_goes_on(choices: dict[str, Any], words: str, editor: Client) -> None:
    shown = editor.get(asked(**{"level": "node"} | choices))

    assert shown.status_code == 200
    assert words in unescape(shown.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("under", ["99999999", "abc", "-1"])
def test_what_is_no_unit_of_ours_does_not_exist(under: str, editor: Client) -> None:
    assert editor.get(asked(under=under)).status_code == 404
    assert editor.get(asked(under=under, tree="today")).status_code == 404
    assert editor.get(asked(under=neighbour().pk)).status_code == 404
    assert editor.get(asked(under=neighbour().pk, tree="today")).status_code == 404


def test_only_month_ends_within_the_span_are_taken_the_latest_where_there_are_too_many() -> None:
    assert days_of(When.MONTHS, date(2022, 1, 31), date(2022, 3, 30)) == ((date(2022, 1, 31), date(2022, 2, 28)), "")
    many, told = days_of(When.MONTHS, date(2000, 1, 1), date(2022, 6, 30))
    assert (len(many), many[0], many[-1]) == (36, date(2019, 7, 31), HALF_YEAR)
    assert "最近的 36 个" in told


@pytest.mark.django_db
@pytest.mark.parametrize("level", ["node", "children", "all", "kind"])
def test_questions_grow_with_the_days_and_not_with_the_rows(
    level: str, editor: Client, districts: list[Federation], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    codes, around = ["coverage.organization", "chambers.total"], 14
    editor.get(asked(level=level))
    with django_assert_max_num_queries(around + 3 * 1):
        editor.get(asked(code=codes, level=level, on=ON))
    with django_assert_max_num_queries(around + 3 * 24):
        editor.get(asked(code=codes, level=level, when="months", then="2020-07-01", on=ON))
    with django_assert_max_num_queries(around + 2 * 24):
        editor.get(asked(code=codes, level=level, when="months", then="2020-07-01", on=ON, tree="today"))


@pytest.mark.django_db
def test_too_much_for_a_page_is_said_and_goes_out_as_a_workbook(
    editor: Client, districts: list[Federation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shanghui.web.explorer.views.ON_THE_PAGE", 5)
    url = asked(code=["coverage.organization", "chambers.total"], level="all", on=ON)

    shown, answer = editor.get(url), editor.get(f"{url}&format=xlsx")
    monkeypatch.setattr("shanghui.web.explorer.views.IN_A_WORKBOOK", 5)
    too_much = editor.get(f"{url}&format=xlsx")

    assert "2 项指标 × 1 个日期 × 3 行，共 6 个数，一页最多列 5 个" in shown.content.decode()
    assert shown.context["grids"] == []
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 3 + 6
    assert [cell.value for cell in sheet[3]][:5] == ["指标", "地区、类别", ON, f"{ON} 分子", f"{ON} 分母"]
    assert "一个工作簿最多 5 个" in too_much.content.decode()


@pytest.mark.django_db
def test_rows_are_turned_over_and_a_page_that_is_not_there_is_said(
    editor: Client, districts: list[Federation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shanghui.web.explorer.views.ROWS", 3)
    url = asked(level="children", on=ON)

    second, third = editor.get(f"{url}&page=2"), editor.get(f"{url}&page=3")

    assert list(table(second)) == ["云泽市城西区工商联"]
    assert second.context["grids"][0].corner == "地区、类别"
    assert "没有第 3 页，一共 4 行、2 页" in third.content.decode()


@pytest.mark.django_db
def test_charts_differ_without_colours_and_shares_stand_apart_from_counts(editor: Client) -> None:
    codes = ["coverage.organization", "coverage.work", "chambers.total"]
    lines = editor.get(asked(code=codes, when="halves", then="2020-01-01", on=ON)).context["grids"][0].charts
    bars = editor.get(asked(code=codes, when="two", then="2021-12-31", on=ON)).context["grids"][0].charts

    assert [chart.measure for chart in lines] == ["%", "家"] or [chart.measure for chart in lines] == ["家", "%"]
    shares = next(chart for chart in lines if chart.measure == "%").option["series"]
    assert len({(one["lineStyle"]["type"], one["symbol"]) for one in shares}) == 2
    first, second = bars[0].option["series"]
    assert "decal" not in first["itemStyle"]
    assert "decal" in second["itemStyle"]


@pytest.mark.django_db
def test_two_seats_see_the_whole_and_are_asked_for_a_node(editor: Client) -> None:
    Seat.objects.create(user=user(Role.EDITOR), unit=neighbour(), role=Role.READER, valid_from=HALF_YEAR)

    shown = editor.get(asked(code=["chambers.total"], level="all", on=ON))

    assert table(shown) == {"商会数": ["41"]}
    assert "请先在“看哪里”里选一个工商联" in shown.content.decode()


@pytest.mark.django_db
def test_definition_law_and_version_stand_under_the_figures(editor: Client) -> None:
    told = editor.get(asked(code=["coverage.can_build"], on=ON)).content.decode()

    assert "在商会任职或入会的正式党员有3名以上的商会" in told
    assert "《支部工作条例》第四条、第五条" in told
    assert "这个口径自 0.1.0 版起" in told
