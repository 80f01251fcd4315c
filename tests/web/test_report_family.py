"""Pages of the family: who may write what about whom, the figures of a secretary, the other day, the workbook, two side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role, Unit
from shanghui.access.scope import whole
from shanghui.indicators.models import Snapshot
from shanghui.ledger.organizations.models import Coverage
from shanghui.ledger.organizations.operations import end_fact
from shanghui.ledger.people.ledgers import person_ledger
from shanghui.reports.models import Report
from shanghui.reports.operations import compile_report, freeze, write_own_text
from shanghui.reports.registry import registry
from shanghui.reports.workbook import titles
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, city, named, neighbour, user

pytestmark = pytest.mark.django_db
YEAR_END = date(2022, 12, 31)
AsRole = Callable[[Role], Client]


def _of(kind: str) -> str:
    return reverse("report-new-of", kwargs={"report_kind": kind})


def _at(name: str, report: Report, **more: Any) -> str:
    return reverse(name, kwargs={"report": report.pk, **more})


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def _draft(kind: str, unit: Unit, day: date = HALF_YEAR) -> Report:
    return compile_report(kind=kind, unit=unit, day=day, by=user(Role.EDITOR), at=AT)


def test_every_kind_is_offered_to_the_office_under_its_group(editor: Client) -> None:
    said = _text(editor.get(reverse("report-new")))

    assert all(_of(one.code) in said and one.title in said and one.group in said for one in registry)


@pytest.mark.parametrize("kind", [one.code for one in registry])
def test_each_kind_is_written_and_shown(editor: Client, kind: str) -> None:
    form = editor.get(_of(kind))
    assert form.status_code == 200
    of = {"federation": city().name, "organization": BRANCH, "chamber": CHAMBER}[registry.get(kind).units[0]]  # type: ignore[union-attr]

    answer = editor.post(_of(kind), {"unit": of, "day": "2022-06-30"}, follow=True)

    assert answer.status_code == 200
    assert Report.objects.get().kind == kind
    assert not answer.context["faults"]


def test_a_secretary_writes_about_the_own_branch_and_no_other(as_role: AsRole) -> None:
    secretary = as_role(Role.SECRETARY)
    offered = _text(secretary.get(reverse("report-new")))
    assert _of("branch-account") in offered
    assert _of("annual") not in offered
    assert secretary.get(_of("annual")).status_code == 404
    assert secretary.get(_of("branch-account")).context["form"]["unit"].value() == BRANCH

    assert secretary.post(_of("branch-account"), {"unit": "云泽市餐饮业商会党支部", "day": "2022-06-30"}).status_code == 422
    answer = secretary.post(_of("branch-account"), {"unit": BRANCH, "day": "2022-06-30"}, follow=True)

    made = Report.objects.get()
    assert (made.unit, made.made_by) == (named(BRANCH), user(Role.SECRETARY))
    assert _at("report-freeze", made) in _text(answer)


def test_a_report_of_another_branch_and_of_the_office_is_not_there_for_a_secretary(as_role: AsRole) -> None:
    secretary = as_role(Role.SECRETARY)
    others = [_draft("branch-account", named("临江市茶叶商会党支部")), _draft("half-year", city())]

    assert [secretary.get(_at("report", one)).status_code for one in others] == [404, 404]


def test_a_secretary_opens_the_records_of_each_figure(as_role: AsRole) -> None:
    secretary, draft = as_role(Role.SECRETARY), _draft("branch-account", named(BRANCH))
    page = secretary.get(_at("report", draft))

    links = {source.url for _, found in page.context["sources"] for source in found if source.url}

    assert links
    assert {secretary.get(url).status_code for url in links} == {200}
    counted = secretary.get(_at("report-figure", draft, code="members.total"))
    assert counted.context["page"].total == 18
    assert secretary.get(reverse("figure", kwargs={"code": "members.total"})).status_code == 403


def test_a_guide_and_a_member_have_no_reports(as_role: AsRole) -> None:
    for role in (Role.GUIDE, Role.MEMBER):
        assert as_role(role).get(reverse("reports")).status_code == 403
        assert as_role(role).get(_of("branch-account")).status_code == 403


def test_the_figures_of_the_year_before_are_frozen_too_and_open_what_they_counted(editor: Client) -> None:
    draft = _draft("annual", city(), YEAR_END)
    Report.objects.filter(pk=draft.pk).update(as_at=YEAR_END)
    when = AT.replace(year=2023)
    frozen = freeze(report=draft, by=user(Role.EDITOR), at=when)
    assert frozen.earlier is not None
    assert (frozen.earlier.as_at, Snapshot.objects.count()) == (date(2021, 12, 31), 2)
    coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
    end_fact(fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=date(2021, 6, 1), by=None, at=when)

    opened = editor.get(_at("report-figure", frozen, code="coverage.organization") + "?of=2021-12-31")

    assert opened.context["page"].total == 34
    assert editor.get(_at("report-figure", frozen, code="coverage.organization") + "?of=2020-12-31").status_code == 404


@pytest.mark.parametrize("query", ["?of=gestern", "?under=999999", "?under=x", "?of=2021-12-31"])
def test_what_a_report_does_not_speak_of_is_not_there(editor: Client, query: str) -> None:
    draft = _draft("half-year", city())

    assert editor.get(_at("report-figure", draft, code="chambers.total") + query).status_code == 404


def test_a_unit_next_door_has_no_figure_in_ours(editor: Client) -> None:
    draft = _draft("coverage-map", city())

    assert editor.get(_at("report-figure", draft, code="chambers.total") + f"?under={neighbour().pk}").status_code == 404


def test_the_workbook_has_every_ledger_ready_to_print(editor: Client) -> None:
    page = editor.get(reverse("report-workbook") + "?on=2022-06-30")
    assert all(title in _text(page) for title in titles())

    answer = editor.get(reverse("report-workbook") + "?on=2022-06-30&format=xlsx")

    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames == titles()
    statistics, people = book["统计表"], book["人员台账"]
    told = {row[0]: row[1:4] for row in statistics.iter_rows(min_row=4, values_only=True)}
    assert told["党组织覆盖率"] == (34, 40, "85.0%")
    assert people.max_row - 3 == person_ledger(whole(HALF_YEAR).under(city()), HALF_YEAR).count() > 400
    for sheet in book:
        assert "2022-06-30" in str(sheet["A2"].value)
        assert sheet.print_title_rows == "$1:$3"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == ("landscape", 9, 1)
    assert AuditEntry.objects.filter(verb="导出", subject_title="云泽市工商联统计表和台账").exists()


def test_the_workbook_is_the_offices_alone(as_role: AsRole) -> None:
    assert as_role(Role.SECRETARY).get(reverse("report-workbook")).status_code == 403
    assert as_role(Role.EDITOR).get(reverse("report-workbook") + f"?under={neighbour().pk}").status_code == 404


def test_two_reports_stand_side_by_side(editor: Client) -> None:
    first = freeze(report=_draft("half-year", city(), date(2022, 5, 31)), by=user(Role.EDITOR), at=AT)
    coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
    end_fact(fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=date(2022, 6, 10), by=None, at=AT)
    second = _draft("half-year", city())
    write_own_text(report=second, texts={"cover": "六月撤并一家。"}, by=None, at=AT)

    page = editor.get(reverse("reports-compared") + f"?this={second.pk}")

    moved = {one.title: one.texts for one, _, _ in page.context["moved"]}
    assert page.context["last"] == first
    assert moved["党组织覆盖率"] == ("34/40 85.0%", "33/40 82.5%")
    assert moved["党员数"] == ("—", "362")
    assert "商会数" in {one.title for one in page.context["same"]}
    cover = next(one for one in page.context["sections"] if one.heading.endswith("推进组建，提升覆盖"))
    assert "六月撤并一家。" in cover.added
    assert any("34家有党组织覆盖" in one for one in cover.removed)


def test_without_another_one_it_says_what_to_do(editor: Client) -> None:
    assert "还没有报告" in _text(editor.get(reverse("reports-compared")))

    said = _text(editor.get(reverse("reports-compared") + f"?this={_draft('half-year', city()).pk}"))

    assert "只有这一份" in said
    assert _of("half-year") in said


@pytest.mark.parametrize("query", ["?this=x", "?this=999999", "?this={this}&last=999999", "?this={this}&last={this}", "?this={other}"])
def test_a_report_that_cannot_be_compared_is_not_there(editor: Client, query: str) -> None:
    this, other = _draft("half-year", city()), _draft("half-year", neighbour())

    assert editor.get(reverse("reports-compared") + query.format(this=this.pk, other=other.pk)).status_code == 404


def test_a_brief_that_no_longer_fits_says_so(editor: Client) -> None:
    draft = _draft("brief", city())
    assert "放不下" not in _text(editor.get(_at("report", draft)))

    write_own_text(report=draft, texts={"cover": "另有情况。" * 400}, by=None, at=AT)

    assert "一页还放不下" in _text(editor.get(_at("report", draft)))


def test_pages_ask_a_bounded_number_of_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    account, archive = _draft("branch-account", named(BRANCH)), _draft("chamber-archive", named(CHAMBER))
    for one, most in ((_draft("annual", city()), 110), (account, 90), (archive, 70), (_draft("matter-uncovered", city()), 70)):
        with django_assert_max_num_queries(most):
            editor.get(_at("report", one))


def test_the_pages_of_a_branch_and_a_chamber_lead_to_their_papers(editor: Client, as_role: AsRole) -> None:
    branch, chamber = named(BRANCH), named(CHAMBER)
    account, archive = f"{_of('branch-account')}?unit={branch.pk}", f"{_of('chamber-archive')}?unit={chamber.pk}"
    pages = {account: reverse("organization", kwargs={"organization": branch.pk}), archive: reverse("chamber", kwargs={"chamber": chamber.pk})}

    for paper, page in pages.items():
        assert paper in _text(editor.get(page))
        assert BRANCH in _text(editor.get(account))
        assert paper not in _text(as_role(Role.READER).get(page))
