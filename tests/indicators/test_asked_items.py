"""What running campaigns ask, as figures."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.scope import whole
from shanghui.indicators.asked_items import ASKED_ITEMS
from shanghui.indicators.queries import figures, rows
from shanghui.indicators.registry import registry
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.activities.operations.campaigns import Asked, launch_campaign
from shanghui.reports.operations import compile_report, content_of
from tests.worked_city import AT, BRANCH, city, named

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"
DAY = date(2022, 6, 30)


def launch() -> None:
    items = [
        Asked(title="一次党课", due_on=date(2022, 6, 20), type=ActivityType.PARTY_CLASS),
        Asked(title="一次公益", due_on=date(2022, 7, 20), type=ActivityType.VOLUNTEERING),
    ]
    launch_campaign(
        title="四个一", launched_by=city(), since=date(2022, 6, 1), until=date(2022, 8, 1), items=items,
        targets=[named(BRANCH), named(OTHER)], by=None, at=AT,
    )
    record_activity(
        type=ActivityType.PARTY_CLASS, held_on=date(2022, 6, 10), title="讲党课", hosts=[named(BRANCH)], by=None, at=AT,
        minutes="讲党史", present=9,
    )


def counts(code: str, day: date = DAY) -> tuple[int, int | None]:
    found = figures(whole(day).under(city()), day, {code})[code]
    return found.numerator, found.denominator


def test_each_item_at_each_organization_is_one_and_only_while_the_campaign_runs() -> None:
    launch()

    assert counts("campaign.running") == (1, None)
    assert counts("campaign.done") == (1, 4)
    assert counts("campaign.late") == (1, None)
    assert counts("campaign.done", date(2022, 6, 9)) == (0, 4)
    assert counts("campaign.done", date(2022, 8, 1)) == (0, 0)


def test_the_list_is_the_figure_and_can_be_rebuilt_from_its_keys() -> None:
    launch()
    indicator = registry.get("campaign.late")
    assert indicator is not None
    listed = list(rows(indicator, whole(DAY).under(city()), DAY))

    again = list(ASKED_ITEMS.computed.named([one.pk for one in listed]))  # type: ignore[union-attr]

    assert [(one.name, one.title) for one in listed] == [(one.name, one.title) for one in again] == [(OTHER, "一次党课")]


def test_the_report_tells_them() -> None:
    launch()

    report = compile_report(kind="half-year", unit=city(), day=DAY, by=None, at=AT)

    assert "campaign.done" in str(content_of(report))
