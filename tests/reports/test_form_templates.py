"""Everyday papers and charts in an office's own templates: the shipped ones give what the platform gives (M43)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document as Word

from shanghui.kernel.word_templates.checking import check
from shanghui.reports.content import Bars
from shanghui.reports.documents.introduction import Introduction
from shanghui.reports.documents.word import to_word
from shanghui.reports.meetings import EMPTY_ROWS, Heading, MeetingRecord, RecordItem, SignInSheet
from shanghui.reports.models import Report
from shanghui.reports.operations import compile_report
from shanghui.reports.queries import read
from shanghui.reports.visit_months import ChamberMonth, VisitLine, VisitMonth
from shanghui.reports.word_templates.filling import fill_form, fill_report, fill_sample, form_to_word
from shanghui.reports.word_templates.forms import Content, Form, forms
from tests.reports.test_word_templates import looks, of, start, texts, upload, word
from tests.worked_city import AT, HALF_YEAR, TODAY, city, neighbour

pytestmark = pytest.mark.django_db
LETTER = Introduction(
    "云工商党〔2022〕3号", "周明", "男", "41", "【待补充：民族】", "正式党员", "110105********0025", "汽配党支部", "某某党委", "云泽市商会行业党委",
    "2022年6月1日", "2022年6月", "30", "2022年7月1日", "代替云工商党〔2022〕1号介绍信。",
)
HEADING = Heading("讨论转正", "支部党员大会", "汽配党支部", date(2022, 6, 24), (("时间", "2022年6月24日"), ("地点", "")))
SHEET = SignInSheet(HEADING, ("杜辉", "杜荣俊"), note="列席人员另纸签到。", remarks=("", "请假（出差）"))
RECORD = MeetingRecord(
    HEADING, "应到18人，实到16人", ("应到有表决权的18人，够了。",), (("到会", "杜辉、䶮某"), ("未到", "")),
    (RecordItem("接收转正申请", "同意", "赞成16票", "组织委员负责"), RecordItem("其他")), ("先学习。", "再讨论。"),
)
MONTH = VisitMonth("郭丽静", "云泽市工商联", date(2022, 6, 1), date(2022, 6, 30), (
    ChamberMonth(1, "甲商会", "还没有党组织", (VisitLine(date(2022, 6, 3), "会长", next_on=date(2022, 7, 1)),), ("建立联合党支部",)),
    ChamberMonth(2, "乙商会", "已覆盖"),
))
CONTENTS: list[tuple[str, Content]] = [
    ("introduction", LETTER), ("introduction", replace(LETTER, replaces="")), ("sign-in", SHEET), ("sign-in", SignInSheet(HEADING)), ("record", RECORD),
    ("record", MeetingRecord(HEADING)), ("visit-month", MONTH), ("visit-month", replace(MONTH, chambers=())),
]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def form(code: str) -> Form:
    return next(one for one in forms if one.code == code)


def cells(content: bytes) -> list[Any]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Word(BytesIO(content)).tables]


@pytest.mark.parametrize(("code", "content"), CONTENTS)
def test_the_shipped_template_gives_the_paper_of_the_platform(code: str, content: Content) -> None:
    one = form(code)

    made, present = fill_form(one.shipped(), one, content), one.plain(content)

    assert looks(made) == looks(present)
    assert cells(made) == cells(present)


@pytest.mark.parametrize("code", [one.code for one in forms])
def test_the_shipped_template_passes_its_check_and_fills_with_samples(code: str) -> None:
    document = of(f"form.{code}")

    assert not check(document.shipped(), document.fields(city(), TODAY)).problems
    assert any("〔" in one for one in texts(fill_sample(document.shipped(), document, document.fields(city(), TODAY))))


def test_a_paper_is_written_with_the_template_of_the_nearest_unit() -> None:
    template = upload("{{ name }}／{{ ethnicity }}／{{ until }}", code="form.introduction")
    start(template)

    written, used = form_to_word("introduction", LETTER, city(), TODAY)
    _, elsewhere = form_to_word("introduction", LETTER, neighbour(), TODAY)

    assert used == template
    assert texts(written) == ["周明／【待补充：民族】／2022年7月1日"]
    assert elsewhere is None


def test_agenda_and_visits_are_offered_one_by_one() -> None:
    agenda, people = ("{% for one in items %}", "{{ one.topic }}→{{ one.decision }}"), ("{% for one in people %}", "{{ one.label }}={{ one.text }}")
    record = word(*agenda, "{% endfor %}", *people, "{% endfor %}")
    visits = ("{% for each in one.visits %}", "{{ each.day }}{{ each.met }}{{ each.agreed }}", "{% endfor %}")
    month = word("{% for one in visited %}", "{{ one.name }}", *visits, "{% endfor %}")

    assert texts(fill_form(record, form("record"), RECORD)) == ["接收转正申请→同意", "其他→", "到会=杜辉、䶮某"]
    assert texts(fill_form(month, form("visit-month"), MONTH)) == ["甲商会", "2022年6月3日会长"]


def test_an_empty_roster_gives_empty_rows() -> None:
    (table,) = cells(fill_form(form("sign-in").shipped(), form("sign-in"), SignInSheet(HEADING)))

    assert len(table) == EMPTY_ROWS + 1
    assert table[1] == ["1", "", "", ""]


def coverage_map() -> Report:
    return compile_report(kind="coverage-map", unit=city(), day=HALF_YEAR, by=None, at=AT)


def test_a_chart_stands_where_the_template_has_it() -> None:
    report = coverage_map()
    content = read(report)
    charts = [one for section in content.sections() for one in section.paragraphs if isinstance(one, Bars)]
    assert charts

    made = fill_report(word("前", "{% for one in charts %}", "{{ one.chart }}", "{% endfor %}", "后"), content, report)

    said = texts(made)
    assert (said[0], said[-1]) == ("前", "后")
    assert not any("\ufdd0" in one for one in said)
    bars = cells(made)[1]
    assert [row[0] for row in bars if row[0]] == [label for label, _ in charts[0].rows]


def test_the_shipped_template_draws_the_charts_of_the_report() -> None:
    report = coverage_map()
    document = of("report.coverage-map")

    made, present = fill_report(document.shipped(), read(report), report), to_word(read(report))

    assert not check(document.shipped(), document.fields(city(), TODAY)).problems
    assert cells(made) == cells(present)
    assert texts(made) == texts(present)
