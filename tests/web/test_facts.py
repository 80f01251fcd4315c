"""Ending a fact by its last day: the days before do not move; and suggestions from the code tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from shanghui.ledger.organizations.models import (
    Coverage,
)
from tests.worked_city import CHAMBER, HALF_YEAR, city, named

pytestmark = pytest.mark.django_db


def address(name: str, chamber: str = CHAMBER, query: str = "") -> str:
    return reverse(name, kwargs={"chamber": named(chamber).pk}) + query


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def end_of_coverage(chamber: str = CHAMBER) -> str:
    return reverse("fact-end", kwargs={"kind": "coverage", "fact": Coverage.objects.get(chamber__unit__name=chamber).pk})


def test_ending_a_coverage_in_july_leaves_every_figure_of_june_unchanged(editor: Client) -> None:
    scope = whole(HALF_YEAR).under(city())
    before = figures(scope, HALF_YEAR)

    editor.post(end_of_coverage(), {"last_day": "2022-07-10", "reason": "党员组织关系转出"})

    after = {day: figures(whole(day).under(city()), day) for day in (HALF_YEAR, date(2022, 7, 10), date(2022, 7, 11))}
    assert {code: (one.numerator, one.denominator) for code, one in after[HALF_YEAR].items()} == {
        code: (one.numerator, one.denominator) for code, one in before.items()
    }
    covered = {day: one["coverage.organization"].numerator for day, one in after.items()}
    assert list(covered.values()) == [34, 34, 33]


def test_the_last_day_is_shown_as_it_was_written(editor: Client) -> None:
    editor.post(end_of_coverage(), {"last_day": "2022-07-10", "reason": "转出"})

    assert "2018-10-21 — 2022-07-10" in text_of(editor.get(address("chamber")))
    assert "最后一天：（空） → 2022-07-10" in text_of(editor.get(address("chamber")))
    assert "2018-10-21 起" in text_of(editor.get(address("chamber", query="?on=2022-06-30")))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"last_day": "2018-10-19", "reason": "试"}, "结束日期不能早于开始日期"),
        ({"last_day": "2022-02-30", "reason": "试"}, "日期写成 2022-06-30 这样"),
        ({"last_day": "2022-07-10", "reason": ""}, "请写明原因"),
    ],
    ids=["before it began", "no such day", "no reason"],
)
def test_an_end_that_cannot_be_is_refused(editor: Client, sent: dict[str, str], sentence: str) -> None:
    answer = editor.post(end_of_coverage(), sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Coverage.objects.get(chamber__unit__name=CHAMBER).valid_to is None


def test_who_may_not_change_the_ledger_cannot_end_a_coverage(as_role: Callable[[Role], Client]) -> None:
    for role in (Role.READER, Role.SECRETARY, Role.GUIDE, Role.ADMINISTRATOR):
        assert as_role(role).post(end_of_coverage(), {"last_day": "2022-07-10", "reason": "试"}).status_code == 404


def test_a_kind_nobody_knows_does_not_exist(editor: Client) -> None:
    assert editor.get(reverse("fact-end", kwargs={"kind": "moon", "fact": 1})).status_code == 404


def test_regions_are_suggested_by_code_or_name(editor: Client) -> None:
    assert "320102 江苏省南京市玄武区" in text_of(editor.get(reverse("region-options"), {"region": "玄武"}))
