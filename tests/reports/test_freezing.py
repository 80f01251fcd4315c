"""A report keeps what the user wrote; once frozen it never moves, and says how many changes came since."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shanghui.access.audit import note
from shanghui.access.models import AuditEntry, Role
from shanghui.access.restoring import CannotUndo
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.indicators.queries import figures, rows
from shanghui.indicators.registry import registry
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Coverage
from shanghui.ledger.organizations.operations import end_fact, register_chamber
from shanghui.reports.content import from_json, to_json
from shanghui.reports.models import Report
from shanghui.reports.operations import FrozenReport, NoSuchSection, TooEarly, compile_report, freeze, write_own_text
from shanghui.reports.queries import changes_since, compare, read
from tests.worked_city import AT, BRANCH, HALF_YEAR, TODAY, city, named, neighbour, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Report:
    return compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=user(Role.EDITOR), at=AT)


def _end_a_coverage(on: date) -> None:
    coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
    end_fact(fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=on, by=None, at=AT)


def test_asked_for_again_it_is_the_same_draft_with_the_own_paragraphs(draft: Report) -> None:
    write_own_text(report=draft, texts={"work-ahead": "下半年办两期培训。"}, by=None, at=AT)

    again = compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT + timedelta(days=1))

    assert again.pk == draft.pk
    assert again.own_text == {"work-ahead": "下半年办两期培训。"}
    assert "下半年办两期培训。" in str(read(again))


def test_a_draft_can_be_compiled_for_another_day(draft: Report) -> None:
    write_own_text(report=draft, texts={"cover": "另有三家正在筹备。"}, by=None, at=AT)

    moved = compile_report(kind="half-year", unit=city(), day=date(2022, 6, 29), by=None, at=AT, report=draft)

    assert (moved.pk, moved.as_at, moved.own_text) == (draft.pk, date(2022, 6, 29), {"cover": "另有三家正在筹备。"})


def test_each_act_leaves_its_entry(draft: Report) -> None:
    write_own_text(report=draft, texts={"cover": "甲"}, by=None, at=AT)
    freeze(report=draft, by=None, at=AT)

    verbs = AuditEntry.objects.filter(subject_table="reports_report", subject_id=draft.pk).order_by("pk")

    assert [entry.verb for entry in verbs] == ["生成报告", "修改报告段落", "冻结报告"]
    assert {entry.unit for entry in verbs} == {city()}


def test_the_same_text_again_changes_nothing(draft: Report) -> None:
    assert write_own_text(report=draft, texts={"cover": "甲"}, by=None, at=AT)
    assert not write_own_text(report=draft, texts={"cover": "甲 "}, by=None, at=AT)
    assert write_own_text(report=draft, texts={"cover": ""}, by=None, at=AT)
    assert draft.own_text == {}


def test_a_section_that_is_not_there_is_refused(draft: Report) -> None:
    with pytest.raises(NoSuchSection):
        write_own_text(report=draft, texts={"weather": "晴"}, by=None, at=AT)


def test_a_frozen_report_never_moves(draft: Report) -> None:
    frozen = freeze(report=draft, by=user(Role.EDITOR), at=AT)
    before = read(frozen)

    _end_a_coverage(date(2022, 6, 1))

    assert read(Report.objects.get(pk=frozen.pk)) == before
    assert "34家有党组织覆盖" in str(before.parts[0].sections[0].paragraphs[0].text)


def test_frozen_means_frozen(draft: Report) -> None:
    freeze(report=draft, by=None, at=AT)

    for act in (
        lambda: compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT, report=draft),
        lambda: write_own_text(report=draft, texts={"cover": "甲"}, by=None, at=AT),
        lambda: freeze(report=draft, by=None, at=AT),
    ):
        with pytest.raises(FrozenReport, match="已经冻结"):
            act()


def test_the_database_itself_refuses_to_change_what_is_frozen(draft: Report) -> None:
    frozen = freeze(report=draft, by=None, at=AT)
    assert frozen.snapshot is not None

    for change in (
        lambda: Report.objects.filter(pk=frozen.pk).update(own_text={}),
        lambda: Report.objects.filter(pk=frozen.pk)._raw_delete(using="default"),
        lambda: frozen.snapshot.figures.update(numerator=0),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_neither_the_freezing_nor_what_came_before_can_be_taken_back(draft: Report) -> None:
    write_own_text(report=draft, texts={"cover": "甲"}, by=None, at=AT)
    freeze(report=draft, by=None, at=AT)

    for entry in AuditEntry.objects.filter(subject_table="reports_report"):
        with pytest.raises(CannotUndo):
            undo([entry], by=None, at=AT)


def test_after_freezing_a_new_version_is_a_new_report(draft: Report) -> None:
    frozen = freeze(report=draft, by=None, at=AT)

    new = compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT)

    assert new.pk != frozen.pk
    assert new.snapshot_id is None


def test_a_day_that_is_not_over_cannot_be_frozen() -> None:
    early = compile_report(kind="half-year", unit=city(), day=TODAY + timedelta(days=1), by=None, at=AT)

    with pytest.raises(TooEarly, match="还没有到"):
        freeze(report=early, by=None, at=AT)


def test_the_snapshot_holds_every_figure_and_exactly_its_records(draft: Report) -> None:
    snapshot = freeze(report=draft, by=None, at=AT).snapshot
    assert snapshot is not None
    scope = whole(HALF_YEAR).under(city())
    known = figures(scope, HALF_YEAR)

    kept = {one.code: one for one in snapshot.figures.all()}

    assert set(kept) == {indicator.code for indicator in registry}
    for indicator in registry:
        one, figure = kept[indicator.code], known[indicator.code]
        assert (one.numerator, one.denominator) == (figure.numerator, figure.denominator)
        behind = {row.pk for row in rows(indicator, scope, HALF_YEAR)}
        assert sorted(one.numerator_rows) == sorted(behind)
        assert len(one.denominator_rows) == (figure.denominator or 0)


def test_it_counts_the_changes_that_came_since_and_only_those(draft: Report) -> None:
    frozen = freeze(report=draft, by=None, at=AT)
    assert changes_since(frozen, day=TODAY).count() == 0

    _end_a_coverage(date(2022, 7, 10))
    record_activity(type=ActivityType.THEME_DAY, held_on=HALF_YEAR, title="主题党日", hosts=[named(BRANCH)], by=None, at=AT)
    record_activity(
        type=ActivityType.THEME_DAY, held_on=HALF_YEAR, title="邻市的", hosts=[named("临江市茶叶商会党支部")], by=None, at=AT
    )
    note(by=None, at=AT, verb="导出", subject=city(), unit=city())
    compile_report(kind="half-year", unit=city(), day=TODAY, by=None, at=AT)

    assert [entry.verb for entry in changes_since(frozen, day=TODAY)] == ["登记活动", "结束覆盖"]


def test_a_chamber_entered_and_taken_back_is_two_changes_of_the_office(draft: Report) -> None:
    frozen = freeze(report=draft, by=None, at=AT)
    chamber = register_chamber(name="云泽市新立商会", under=city(), since=HALF_YEAR, by=None, at=AT)

    undo(AuditEntry.objects.filter(subject_table="organizations_chamber", subject_id=chamber.pk), by=None, at=AT)

    taken_back = changes_since(frozen, day=TODAY)[0]
    assert (taken_back.verb, taken_back.unit) == ("撤销“登记商会”", city())


def test_a_draft_has_no_changes_since(draft: Report) -> None:
    assert not changes_since(draft, day=TODAY).exists()
    assert compare(draft) == []


def test_frozen_and_now_stand_side_by_side(draft: Report) -> None:
    frozen = freeze(report=draft, by=None, at=AT)
    _end_a_coverage(date(2022, 6, 1))

    moved = {one.frozen.code: (one.frozen_text, one.now_text) for one in compare(frozen) if one.differs}

    assert moved["coverage.organization"] == ("34/40 85.0%", "33/40 82.5%")
    assert "members.total" not in moved


def test_a_report_next_door_is_not_within(draft: Report) -> None:
    other = compile_report(kind="half-year", unit=neighbour(), day=HALF_YEAR, by=None, at=AT)

    listed = Report.objects.within(whole(TODAY).under(city()))

    assert list(listed) == [draft]
    assert other not in listed


def test_content_survives_being_kept(draft: Report) -> None:
    content = read(draft)

    assert from_json(to_json(content)) == content
