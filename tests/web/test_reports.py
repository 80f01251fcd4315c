"""The pages of reports, as the office's editor and reader meet them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from shanghui.access.models import Role
from shanghui.ledger.organizations.models import Coverage
from shanghui.ledger.organizations.operations import end_fact
from shanghui.reports.models import Report
from shanghui.reports.operations import compile_report, freeze
from tests.worked_city import AT, HALF_YEAR, city, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Report:
    return compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=user(Role.EDITOR), at=AT)


@pytest.fixture
def frozen(draft: Report) -> Report:
    return freeze(report=draft, by=user(Role.EDITOR), at=AT)


def _address(name: str, report: Report, **more: Any) -> str:
    return reverse(name, kwargs={"report": report.pk, **more})


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_empty_list_says_what_will_be_here_and_how_to_begin(editor: Client) -> None:
    said = _text(editor.get(reverse("reports")))

    assert "还没有报告" in said
    assert reverse("report-new") in said


def test_a_reader_sees_reports_and_no_button_that_would_be_refused(
    as_role: Callable[[Role], Client], draft: Report
) -> None:
    reader = as_role(Role.READER)

    said = _text(reader.get(reverse("reports"))) + _text(reader.get(_address("report", draft)))

    assert draft.title in said
    for name in ("report-text", "report-recompile", "report-freeze"):
        assert _address(name, draft) not in said
    assert reverse("report-new") not in said


def test_a_new_report_asks_which_kind_then_unit_and_day_and_opens_the_draft(editor: Client) -> None:
    of = reverse("report-new-of", kwargs={"report_kind": "half-year"})
    assert of in _text(editor.get(reverse("report-new")))
    form = editor.get(of).context["form"]
    assert form["day"].value().month in (6, 12)
    assert form["unit"].value() == city().name

    answer = editor.post(of, {"unit": city().name, "day": "2022-06-30"})

    made = Report.objects.get()
    assert answer["Location"] == _address("report", made)
    assert (made.unit, made.as_at, made.made_by) == (city(), HALF_YEAR, user(Role.EDITOR))


@pytest.mark.parametrize("sent", [
    {"unit": "临江市工商联", "day": "2022-06-30"}, {"unit": "", "day": "2022-06-30"}, {"unit": "云泽市工商联", "day": "2022-06-31"},
])
def test_a_unit_next_door_none_and_a_day_that_does_not_exist_are_refused(editor: Client, sent: dict[str, str]) -> None:
    answer = editor.post(reverse("report-new-of", kwargs={"report_kind": "half-year"}), sent)

    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_a_kind_that_does_not_exist_is_not_there(editor: Client) -> None:
    assert editor.get(reverse("report-new-of", kwargs={"report_kind": "weekly"})).status_code == 404


def test_every_figure_of_the_draft_is_underlined_and_says_its_counts(editor: Client, draft: Report) -> None:
    answer = editor.get(_address("report", draft))

    said = _text(answer)
    assert 'title="党组织覆盖率 34/40 85.0%">85%</' in said
    assert len(answer.context["sources"]) >= 6
    assert said.count("【待补充：") == len(answer.context["gaps"]) == 4


def test_every_blank_leads_to_where_it_is_filled(editor: Client, draft: Report) -> None:
    gaps = editor.get(_address("report", draft)).context["gaps"]

    assert [bool(one["url"] or one["writing"]) for one in gaps] == [True] * 4
    assert reverse("gaps") in {one["url"] for one in gaps}
    assert {editor.get(one["url"]).status_code for one in gaps if one["url"]} == {200}


def test_own_paragraphs_are_kept_and_stand_in_the_text(editor: Client, draft: Report) -> None:
    page = editor.get(_address("report-text", draft))
    assert "own-work-ahead" in _text(page)

    answer = editor.post(_address("report-text", draft), {"own-work-ahead": "下半年办两期培训。"})
    editor.post(_address("report-recompile", draft), {"day": "2022-06-29"})

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.own_text, draft.as_at) == ({"work-ahead": "下半年办两期培训。"}, date(2022, 6, 29))
    assert '<p class="own">下半年办两期培训。</p>' in _text(editor.get(_address("report", draft)))


def test_freezing_says_first_what_it_does(editor: Client, draft: Report) -> None:
    asked = _text(editor.get(_address("report-freeze", draft)))
    assert "还有4处【待补充】" in asked
    assert "冻结不能撤销" in asked

    editor.post(_address("report-freeze", draft))

    draft.refresh_from_db()
    assert draft.snapshot is not None
    assert "冻结后台账没有变化。" in _text(editor.get(_address("report", draft)))


@pytest.mark.parametrize("name", ["report-text", "report-recompile", "report-freeze"])
def test_what_is_frozen_leads_back_with_a_word(editor: Client, frozen: Report, name: str) -> None:
    answer = editor.post(_address(name, frozen), follow=True)

    assert "这份报告已经冻结" in _text(answer)


def test_a_day_to_come_offers_no_freezing(editor: Client) -> None:
    early = compile_report(kind="half-year", unit=city(), day=date.today() + timedelta(days=2), by=None, at=AT)

    assert _address("report-freeze", early) not in _text(editor.get(_address("report", early)))


def test_the_frozen_page_counts_the_changes_and_sets_frozen_beside_now(editor: Client, frozen: Report) -> None:
    coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
    end_fact(
        fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=date(2022, 6, 1), by=None, at=AT, reason="注销"
    )

    page, changes = editor.get(_address("report", frozen)), editor.get(_address("report-changes", frozen))

    assert "冻结后台账有 <b>1</b> 处变化" in _text(page)
    assert "85%" in _text(page)
    moved = {one.frozen.code: (one.frozen_text, one.now_text) for one in changes.context["moved"]}
    assert moved["coverage.organization"] == ("34/40 85.0%", "33/40 82.5%")
    assert "结束覆盖" in _text(changes)


def test_a_frozen_figure_opens_the_records_of_then(editor: Client, frozen: Report) -> None:
    coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
    end_fact(fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=date(2022, 6, 1), by=None, at=AT)

    answer = editor.get(_address("report-figure", frozen, code="coverage.organization"))

    assert answer.context["page"].total == 34
    assert editor.get(_address("report-figure", frozen, code="no.such")).status_code == 404


def test_a_draft_has_no_page_of_changes(editor: Client, draft: Report) -> None:
    assert editor.get(_address("report-changes", draft))["Location"] == _address("report", draft)


def test_the_word_file_is_the_text_and_the_download_is_noted(editor: Client, frozen: Report) -> None:
    answer = editor.get(_address("report-download", frozen))

    text = "\n".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)
    assert "党组织覆盖率85%" in text
    assert "filename*=UTF-8''" in answer["Content-Disposition"]
    assert "导出" in _text(editor.get(_address("report", frozen)))


def test_pdf_without_libreoffice_says_what_to_do(
    editor: Client, draft: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shanghui.reports.documents.pdf.converter", lambda: None)

    answer = editor.get(_address("report-download", draft) + "?format=pdf", follow=True)

    assert "没有安装 LibreOffice" in _text(answer)


def test_pages_ask_a_bounded_number_of_questions(
    editor: Client, frozen: Report, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        editor.get(_address("report", frozen))
    with django_assert_max_num_queries(37):
        editor.get(_address("report-changes", frozen))
