"""Organization-periods as figures: what is met, and what the page, the list and a frozen report then say."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from shanghui.access.scope import whole
from shanghui.indicators.queries import figures, matrix, rows
from shanghui.indicators.registry import registry
from shanghui.indicators.slots import OWED_PERIODS
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.reports.operations import compile_report, freeze
from shanghui.rules.models import Excuse
from tests.worked_city import AT, BRANCH, HALF_YEAR, city, named

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"


def hold(*names: str, on: date = date(2022, 6, 17)) -> None:
    record_activity(
        type=ActivityType.THEME_DAY, held_on=on, title="走进绿色工厂", hosts=[named(name) for name in names], by=None, at=AT,
        minutes="学习", present=12,
    )


def counts(code: str, day: date = HALF_YEAR) -> tuple[int, int | None]:
    found = figures(whole(day).under(city()), day, {code})[code]
    return found.numerator, found.denominator


def test_a_joint_theme_day_is_one_activity_and_meets_two_organization_periods() -> None:
    before = counts("activities.theme_day")[0]
    hold(BRANCH, OTHER)

    assert counts("life.theme_day") == (2, 180)
    assert counts("activities.theme_day") == (before + 1, None)


def test_a_period_counts_from_its_last_day_on() -> None:
    hold(BRANCH)

    assert counts("life.theme_day", date(2022, 6, 29)) == (0, 150)
    assert counts("life.theme_day", date(2022, 6, 30)) == (1, 180)
    assert counts("life.due", date(2022, 6, 29)) == (29 + 25 + 30 + 30 + 30 + 30, None)


def test_what_was_excused_is_in_neither_count() -> None:
    Excuse.objects.create(unit=named(BRANCH), rule="life.theme_day", first=date(2022, 5, 1), reason="防汛", given_on=date(2022, 6, 1))

    assert counts("life.theme_day") == (0, 179)
    assert counts("life.excused") == (1, None)


def test_every_figure_is_its_list_and_the_sum_of_its_units() -> None:
    hold(BRANCH, OTHER)
    scope = whole(HALF_YEAR).under(city())
    table = matrix(scope, HALF_YEAR)

    for indicator in (one for one in registry if one.population is OWED_PERIODS):
        figure = figures(scope, HALF_YEAR, {indicator.code})[indicator.code]
        assert len(rows(indicator, scope, HALF_YEAR)) == figure.numerator == table[city().pk][indicator.code].numerator
        if figure.denominator is not None:
            assert len(rows(indicator, scope, HALF_YEAR, "denominator")) == figure.denominator


def test_the_page_lists_the_periods_and_searches_and_sorts_them(editor: Client) -> None:
    hold(BRANCH, OTHER)

    shown = editor.get("/figures/life.theme_day/", {"on": "2022-06-30", "part": "rest", "q": "汽配", "sort": "-last"})

    assert [line["row"].period for line in shown.context["lines"]] == [f"2022年{month}月" for month in (5, 4, 3, 2, 1)]
    assert "第十六条" in shown.content.decode()


def test_a_frozen_report_keeps_the_periods_it_counted() -> None:
    hold(BRANCH, OTHER)
    report = freeze(report=compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT), by=None, at=AT)
    kept = report.snapshot.figures.get(code="life.theme_day")  # type: ignore[union-attr]

    named_again = OWED_PERIODS.computed.named(kept.numerator_rows)  # type: ignore[union-attr]

    assert sorted(one.name for one in named_again) == sorted((BRANCH, OTHER))
    assert len(kept.denominator_rows) == 180
