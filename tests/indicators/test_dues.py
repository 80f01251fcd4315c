"""Figures of dues: who owes for the last month that is over, by branch and without names, and what was recorded by the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q

from shanghui.access.models import Role
from shanghui.access.scope import whole
from shanghui.indicators.dues_months import month_over
from shanghui.indicators.listing import listing
from shanghui.indicators.queries import figures, matrix, rows
from shanghui.indicators.registry import registry
from shanghui.ledger.dues.models import DuesBase, DuesPayment, DuesPublication
from shanghui.ledger.dues.queries import roll, sums
from shanghui.ledger.people.models import Person
from tests.worked_city import BRANCH, HALF_YEAR, city, named

pytestmark = pytest.mark.django_db
CODES = {"dues.owing", "dues.based", "dues.paid", "dues.published"}
JUNE = date(2022, 6, 1)


@pytest.fixture
def members(db: None) -> list[Person]:
    """Five of the branch: paid in June, paid in July, open, spared, and one whose base asks nothing; the others have no base."""
    branch = named(BRANCH)
    found = list(Person.objects.filter(affiliations__organization_id=branch.pk, affiliations__kind="home", memberships__category="full",
                                       memberships__valid_to=None, affiliations__valid_to=None).order_by("pk")[:5])
    for one, monthly in zip(found, (30, 30, 30, 30, 0), strict=True):
        DuesBase.objects.create(person=one, kind="wages", monthly=Decimal(monthly), valid_from=date(2022, 1, 1))
    recorded: tuple[dict[str, Any], ...] = (
        {"paid": 30, "paid_on": HALF_YEAR}, {"paid": 30, "paid_on": date(2022, 7, 2)}, {}, {"adjusted": 0, "reason": "困难"},
    )
    for one, more in zip(found, recorded, strict=False):
        DuesPayment.objects.create(person=one, organization_id=branch.pk, month=JUNE, due=Decimal(30), **more)
    return found


def told(day: date) -> dict[str, tuple[int, int | None]]:
    found = figures(whole(day).under(city()), day, CODES)
    return {code: (one.numerator, one.denominator) for code, one in found.items()}


@pytest.mark.parametrize(("day", "month"), [
    (date(2022, 6, 29), date(2022, 5, 1)), (HALF_YEAR, JUNE), (date(2022, 7, 1), JUNE), (date(2022, 1, 30), date(2021, 12, 1)),
])
def test_a_month_is_over_on_its_last_day(day: date, month: date) -> None:
    assert month_over(day) == month


def test_what_was_recorded_later_does_not_move_the_figure_of_a_day(members: list[Person]) -> None:
    assert told(HALF_YEAR) == {"dues.owing": (362, None), "dues.based": (5, 362), "dues.paid": (1, 3), "dues.published": (0, 1)}
    assert told(date(2022, 7, 30))["dues.paid"] == (2, 3)


def test_the_figures_are_those_of_the_ledger_of_the_month(members: list[Person]) -> None:
    day, branch = date(2022, 7, 30), named(BRANCH).pk
    ledger = sums(roll(Q(organization_id=branch), JUNE))[branch]
    table = matrix(whole(day), day, CODES)[branch]

    assert table["dues.owing"].numerator == ledger.members
    assert table["dues.based"].numerator == ledger.members - ledger.without_base
    assert (table["dues.paid"].denominator or 0) - table["dues.paid"].numerator == ledger.open


def test_a_publication_counts_from_its_day_to_the_end_of_the_year(members: list[Person]) -> None:
    DuesPublication.objects.create(organization_id=named(BRANCH).pk, year=2022, published_on=date(2022, 9, 1))

    assert [told(day)["dues.published"] for day in (date(2022, 8, 31), date(2022, 9, 1), date(2022, 12, 31), date(2023, 1, 1))] == [
        (0, 1), (1, 1), (1, 1), (0, 0),
    ]


def test_the_list_behind_names_nobody(members: list[Person], as_role: Any) -> None:
    one = registry.get("dues.paid")
    assert one is not None
    behind = rows(one, whole(HALF_YEAR).under(city()), HALF_YEAR)
    shown = listing(one.population, behind, whole(HALF_YEAR), HALF_YEAR)
    page = as_role(Role.EDITOR).get(f"/figures/dues.paid/?on={HALF_YEAR}").content.decode()

    assert [column.text(row) for row in shown.rows for column in shown.columns] == [BRANCH, "2022年6月", "已交"]
    assert BRANCH in page
    assert members[0].name not in page


def test_all_of_it_is_one_question(members: list[Person], django_assert_num_queries: Any) -> None:
    scope = whole(HALF_YEAR)
    with django_assert_num_queries(1):
        figures(scope, HALF_YEAR, {"dues.owing", "dues.based", "dues.paid"})
