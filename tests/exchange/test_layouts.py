"""Receivers' layouts as data: read, checked, versions kept; returns produced from the ledger with what is missing (M49)."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from shanghui.access.models import AuditEntry
from shanghui.access.scope import whole
from shanghui.exchange.layouts.layout import Heading, Layout, NotALayout, layout_of, read_layout
from shanghui.exchange.layouts.models import OwnLayout, Return, Supplied
from shanghui.exchange.layouts.operations import make_return, save_layout, supply
from shanghui.exchange.layouts.producing import layouts, produce, shipped, sources
from shanghui.exchange.layouts.versions import versions, withdrawn
from shanghui.indicators.queries import figures
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused
from tests.worked_city import AT, HALF_YEAR, TODAY, city, neighbour

SMALL: dict[str, Any] = {
    "format": 1, "code": "small", "title": "小表", "receiver": "甲", "year": 0, "rows": "chambers.total",
    "columns": [{"title": "序号", "source": "number"}, {"title": "商会", "source": "column:name", "required": True}],
}


def everything(columns: Sequence[Column]) -> list[Column]:
    return list(columns)


def of(**changes: Any) -> dict[str, Any]:
    return SMALL | changes


def column(**changes: Any) -> dict[str, Any]:
    return of(columns=[{"title": "一", "source": "number"} | changes])


def test_a_layout_survives_its_file() -> None:
    layout = layout_of(SMALL)

    assert read_layout(layout.text()) == layout


@pytest.mark.parametrize("code", sorted(shipped()))
def test_every_shipped_layout_survives_its_file(code: str) -> None:
    assert read_layout(shipped()[code].text()) == shipped()[code]


@pytest.mark.parametrize(("document", "said"), [
    ([], "格式不认识"), (of(format=2), "格式不认识"), (of(code="A!"), "版式代码"), (of(title=" "), "名称要写"), (of(columns=[]), "1 到 120 列"),
    (of(columns=[{}] * 121), "1 到 120 列"), (of(year="今年"), "四位数字"), (of(year=22), "四位数字"), (column(title=""), "第1列要有标题"),
    (column(source="sql:drop"), "来源“sql:drop”不认识"), (column(dates="d/m/y"), "日期写法"), (column(codes=["男"]), "代码表"),
    (of(columns=["x"]), "第1列写得不对"), (of(title=None), "名称要写"), (of(title=7), "要写成文字"), (of(note="a\0"), "看不见的字符"),
    (column(title=None), "第1列要有标题"), (column(codes={"男": "\0"}), "代码表"),
])
def test_what_is_wrong_with_a_layout_is_said_with_its_place(document: Any, said: str) -> None:
    with pytest.raises(NotALayout, match=said):
        layout_of(document)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"[" * 100_000])
def test_a_file_that_is_none_says_so(content: bytes) -> None:
    with pytest.raises(NotALayout, match="不是版式文件"):
        read_layout(content)


@pytest.mark.parametrize(("how", "written"), [("", "2022-06-30"), ("ymd", "20220630"), ("ym", "2022-06"), ("y", "2022")])
def test_dates_are_written_as_the_receiver_writes_them(how: str, written: str) -> None:
    assert Heading("时间", "column:x", dates=how).written("2022-06-30") == written


def test_a_date_of_which_only_the_year_is_known_stays_as_it_is() -> None:
    assert Heading("时间", "column:x", dates="ymd").written("2003") == "2003"


def test_words_become_codes_and_unknown_words_stay() -> None:
    heading = Heading("性别", "column:gender", codes={"男": "1"})

    assert [heading.written(one) for one in ("男", "女", "", None)] == ["1", "女", "", ""]


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(shipped()))
def test_every_shipped_layout_is_produced_with_as_many_rows_as_its_figure(code: str) -> None:
    layout = shipped()[code]

    produced = produce(layout, city(), HALF_YEAR, everything)

    if layout.rows == "nodes":
        assert produced.lines[0].record == city()
    else:
        figure = figures(whole(HALF_YEAR).under(city()), HALF_YEAR, {layout.rows})[layout.rows]
        assert len(produced.lines) == figure.numerator
    assert all(len(line.cells) == len(layout.columns) for line in produced.lines)


@pytest.mark.django_db
def test_the_statistics_table_says_what_the_figures_say() -> None:
    layout = shipped()["party-statistics-social"]
    found = figures(whole(HALF_YEAR).under(city()), HALF_YEAR)

    first = produce(layout, city(), HALF_YEAR, everything).lines[0]

    told = {heading.about: cell.value for heading, cell in zip(layout.columns, first.cells, strict=True) if heading.kind == "figure"}
    assert told == {code: found[code].numerator for code in told}
    assert (told["coverage.organization"], told["members.total"]) == (34, 362)


@pytest.mark.django_db
def test_parts_of_a_rate_can_be_columns() -> None:
    layout = Layout("x1", "率", "", "nodes", (
        Heading("分母", "figure:coverage.organization:denominator"), Heading("率", "figure:coverage.organization:rate"), Heading("写死", "fixed:甲：乙"),
    ))

    assert [cell.value for cell in produce(layout, city(), HALF_YEAR, everything).lines[0].cells] == [40, "85.0%", "甲：乙"]


@pytest.mark.django_db
def test_a_column_that_is_not_there_is_refused_before_anything_is_kept() -> None:
    layout = replace(layout_of(SMALL), columns=(Heading("工资", "column:wage"),))

    with pytest.raises(NotALayout, match="第1列“工资”"):
        save_layout(layout=layout, unit=city(), by=None, at=AT)
    with pytest.raises(NotALayout, match=r"行“chambers\.none”不认识"):
        produce(replace(layout_of(SMALL), rows="chambers.none"), city(), HALF_YEAR, everything)


@pytest.mark.django_db
def test_the_last_version_of_an_own_layout_holds_and_a_withdrawn_one_is_not_offered() -> None:
    save_layout(layout=layout_of(SMALL), unit=city(), by=None, at=AT)
    second = save_layout(layout=layout_of(of(title="小表（改）")), unit=city(), by=None, at=AT)

    assert (second.version, layouts(whole(TODAY))["small"][0].title) == (2, "小表（改）")
    save_layout(layout=layout_of(SMALL), unit=city(), by=None, at=AT, gone=True)
    assert "small" not in layouts(whole(TODAY))
    assert "chamber-ledger" in layouts(whole(TODAY))


@pytest.mark.django_db
@pytest.mark.parametrize(("changes", "said"), [
    ({"code": "kept"}, "平台自己用"), ({"columns": [{"title": "一", "source": "number"}, {"title": "一", "source": "asked"}]}, "第1列和第2列都叫“一”"),
])
def test_a_layout_that_would_stand_in_its_own_way_is_not_saved(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(NotALayout, match=said):
        save_layout(layout=layout_of(of(**changes)), unit=city(), by=None, at=AT)

    assert not OwnLayout.objects.exists()


@pytest.mark.django_db
def test_a_kept_version_that_cannot_be_read_any_more_stops_nothing() -> None:
    OwnLayout.objects.create(unit=city(), code="branch-ledger", title="坏", document={"format": 1, "code": "branch-ledger"}, made_at=AT)

    assert layouts(whole(TODAY))["branch-ledger"][1] is None
    assert [one.number for one in versions(whole(TODAY), "branch-ledger")] == [0]


@pytest.mark.django_db
def test_what_another_office_made_of_a_layout_holds_there_only() -> None:
    save_layout(layout=replace(shipped()["branch-ledger"], title="县里的表"), unit=neighbour(), by=None, at=AT)

    assert layouts(whole(TODAY))["branch-ledger"][1] is None
    assert layouts(whole(TODAY).under(neighbour()))["branch-ledger"][0].title == "县里的表"


@pytest.mark.django_db
def test_every_version_says_what_it_changed_and_an_earlier_one_can_hold_again() -> None:
    shipped_one = shipped()["branch-ledger"]
    first, *others = shipped_one.columns
    changed = replace(shipped_one, title="支部台账（新）", columns=(*others, replace(first, title="编号")))
    save_layout(layout=changed, unit=city(), by=None, at=AT)
    save_layout(layout=changed, unit=city(), by=None, at=AT, gone=True)

    found = versions(whole(TODAY), "branch-ledger")

    assert [one.number for one in found] == [2, 1, 0]
    assert found[1].changes == (f"改名：{shipped_one.title} → 支部台账（新）", "加了列：编号", f"去了列：{first.title}")
    assert found[0].changes == ("停用",)
    assert [one.code for one in withdrawn(whole(TODAY))] == ["branch-ledger"]
    save_layout(layout=found[1].layout, unit=city(), by=None, at=AT)
    assert withdrawn(whole(TODAY)) == []


@pytest.mark.django_db
def test_layouts_of_the_office_next_door_are_not_offered() -> None:
    save_layout(layout=layout_of(SMALL), unit=neighbour(), by=None, at=AT)

    assert "small" not in layouts(whole(TODAY).under(city()))


@pytest.mark.django_db
def test_what_is_supplied_once_is_used_again_in_another_return_and_asked_no_more() -> None:
    layout = layout_of(of(columns=[*SMALL["columns"], {"title": "专职工作人员数", "source": "asked"}]))
    before = produce(layout, city(), HALF_YEAR, everything)
    assert [(one.heading.title, one.count) for one in before.missing()] == [("专职工作人员数", 40)]

    assert supply(unit=city(), values={(before.lines[0].key, "专职工作人员数"): " 3 "}, by=None, at=AT) == 1

    other = replace(layout, code="other", columns=layout.columns[::-1])
    after = produce(other, city(), date(2022, 7, 1), everything)
    assert after.lines[0].cells[0].value == "3"
    assert [one.count for one in after.missing()] == [39]
    assert supply(unit=city(), values={(before.lines[0].key, "专职工作人员数"): "3"}, by=None, at=AT) == 0


@pytest.mark.django_db
def test_what_is_too_long_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(Refused, match="最多写 300 字"):
        supply(unit=city(), values={("a:1", "甲"): "好", ("a:2", "乙"): "长" * 301}, by=None, at=AT)

    assert not Supplied.objects.exists()


@pytest.mark.django_db
def test_a_return_is_kept_with_its_snapshot_and_opens_in_excel() -> None:
    made = make_return(layout=shipped()["chamber-ledger"], unit=city(), day=HALF_YEAR, see=everything, by=None, at=AT)

    with default_storage.open(made.stored) as file:
        sheet = load_workbook(io.BytesIO(file.read())).active
    assert sheet is not None
    headings = [cell.value for cell in sheet[3]]
    assert headings == [one.title for one in shipped()["chamber-ledger"].columns]
    assert sheet.max_row == 3 + 40
    assert made.snapshot.figures.get(code="coverage.organization").numerator == 34
    assert made.filled + made.asked + made.blank == 40 * len(headings)
    assert AuditEntry.objects.filter(verb="生成报表", subject_id=made.pk).exists()


@pytest.mark.django_db
def test_a_day_that_is_not_over_is_refused() -> None:
    with pytest.raises(Refused, match="还没有到"):
        make_return(layout=layout_of(SMALL), unit=city(), day=date(2099, 1, 1), see=everything, by=None, at=AT)

    assert not Return.objects.exists()


@pytest.mark.django_db
def test_columns_that_a_visitor_may_not_see_stay_blank() -> None:
    def without_numbers(columns: Sequence[Column]) -> list[Column]:
        return [one for one in columns if one.key != "id_number"]

    layout = shipped()["members-national"]
    place = [one.title for one in layout.columns].index("公民身份号码")

    assert {line.cells[place].value for line in produce(layout, city(), HALF_YEAR, without_numbers).lines} == {""}


@pytest.mark.django_db
def test_every_source_offered_can_be_used() -> None:
    for rows in ("chambers.total", "organizations.total", "members.total", "nodes"):
        columns = [{"title": title, "source": source} for source, title in sources(rows)][:120]
        produce(layout_of(json.loads(json.dumps(of(rows=rows, columns=columns)))), city(), HALF_YEAR, everything)
