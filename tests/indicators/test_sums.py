"""Over any day: the children of a node and what hangs on it add up to the node, for every figure that is a sum."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanghui.access.models import Axis
from shanghui.access.operations import move
from shanghui.access.queries import children_of
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures, matrix, none_of
from shanghui.indicators.registry import registry
from shanghui.ledger.organizations.models import ChamberKind, Federation, Form, OrganizationKind, Status
from shanghui.ledger.organizations.operations import (
    found_organization,
    open_federation,
    register_chamber,
    set_status,
)
from tests.worked_city import AT, city

SUMS = {one.code for one in registry if one.folds == "sum"}


@pytest.fixture
def moving_city(db: None) -> None:
    """Two districts; chambers that open, close, re-open and move between them."""
    above = Federation.objects.get(unit=city())
    east, west = (
        open_federation(name=f"云泽市{name}区工商联", code=code, parent=above, by=None, at=AT)
        for name, code in (("城东", "990202"), ("城西", "990203"))
    )
    for number, home in enumerate((east, west, east)):
        chamber = register_chamber(
            name=f"第{number}商会", under=home.unit, since=date(2018 + number, 3, 1), by=None, at=AT, kind=ChamberKind.PARK
        )
        found_organization(
            name=f"第{number}商会党支部", kind=OrganizationKind.BRANCH, form=Form.OWN, under=home.unit,
            since=date(2019 + number, 1, 1), by=None, at=AT, covers=[chamber],
        )
        set_status(chamber=chamber, status=Status.CLOSED, since=date(2021, 5 + number, 1), by=None, at=AT)
        set_status(chamber=chamber, status=Status.REELECTING, since=date(2021, 11, 1 + number), by=None, at=AT)
    move(child=chamber.unit, parent=west.unit, axis=Axis.SUPERVISION, since=date(2022, 1, 1), by=None, at=AT)


@pytest.mark.django_db
@given(day=st.dates(date(2017, 1, 1), date(2023, 1, 1)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_children_add_up_to_their_parent_on_every_day(moving_city: None, day: date) -> None:
    table = matrix(whole(day), day, SUMS)
    children = children_of(city(), axis=Axis.SUPERVISION, day=day)
    below = [none_of(SUMS) | table.get(child.pk, {}) for child in children]
    own = none_of(SUMS) | table.get(city().pk, {})

    for code in SUMS:
        assert own[code].numerator == sum(found[code].numerator for found in below), code
        assert (own[code].denominator or 0) == sum(found[code].denominator or 0 for found in below), code


@pytest.mark.django_db
@given(day=st.dates(date(2017, 1, 1), date(2023, 1, 1)))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_table_of_all_nodes_and_the_figures_of_one_agree(moving_city: None, day: date) -> None:
    table = matrix(whole(day), day)

    for unit in [city(), *children_of(city(), axis=Axis.SUPERVISION, day=day).filter(federation__isnull=False)]:
        alone = figures(whole(day).under(unit), day)
        together = none_of() | table.get(unit.pk, {})
        counts = {code: (one.numerator, one.denominator) for code, one in alone.items()}
        assert counts == {code: (one.numerator, one.denominator) for code, one in together.items()}
