"""The figures of the worked city as at 30 June 2022 (domain.md §5), and that each opens into exactly its records."""

from __future__ import annotations

import pytest

from shanghui.access.scope import whole
from shanghui.indicators.listing import listing
from shanghui.indicators.queries import figures, rows
from shanghui.indicators.registry import Indicator, registry
from tests.worked_city import HALF_YEAR, city

EXPECTED = {
    "chambers.total": (40, None), "coverage.organization": (34, 40), "coverage.work": (40, 40), "coverage.own": (28, 40),
    "coverage.joint": (6, 40), "coverage.uncovered": (6, 40), "coverage.guided": (6, 40), "coverage.blank": (0, 40),
    "coverage.shared": (0, 40), "coverage.other": (0, 40),
    "coverage.can_build": (0, 6), "organizations.total": (30, None), "organizations.joint": (2, None),
    "members.total": (362, None), "members.full": (331, None), "members.probationary": (31, None),
    "members.activists": (85, None), "members.floating": (55, 362), "members.young": (75, 362), "members.over_60": (34, 362),
    "members.age_untold": (0, 362), "members.party_age_5": (70, 331), "members.party_age_30": (24, 331), "members.party_age_untold": (0, 331),
    "cross.secretaries": (30, None), "cross.secretary_president": (9, 30),
    "cross.secretary_leader": (15, 30), "guides.active": (3, None), "activities.presidents_home": (2, None),
    "activities.lecture_hall": (3, None), "activities.field_march": (2, None), "activities.training": (2, None),
    "promises.plates": (16, None), "charter.complete": (0, 40), "life.theme_day": (0, 180), "life.general_meeting": (0, 60),
    "life.committee_meeting": (0, 150), "life.meetings": (0, 390), "life.life_meeting": (0, 0), "life.overdue": (305, None),
    "training.secretary": (0, 30), "cross.secretary_general": (7, 30), "cross.secretary_director": (4, 30),
    "cross.secretary_inside": (30, 30), "cross.secretary_elected": (0, 30), "cross.secretary_hired": (0, 30),
    "cross.secretary_assigned": (0, 30), "cross.secretary_unstated": (30, 30), "cross.officers": (80, None),
    "cross.officers_in_chamber": (34, 80), "cross.leaders_members": (22, 240), "guides.load_small": (3, None),
    "guides.load_medium": (0, None), "guides.load_large": (0, None), "dual.plates": (0, 30), "dual.territory": (0, 30),
    "dual.life": (0, None), "cases.open": (0, None), "cases.open_over_3": (0, 0), "cases.open_over_6": (0, 0),
    "cases.open_building": (0, None), "cases.open_elections": (0, None), "cases.open_reshaping": (0, None),
    "cases.done": (0, None), "cases.done_building": (0, None), "cases.done_elections": (0, None), "cases.done_reshaping": (0, None),
    "cases.approvals": (0, None), "cases.approval_days": (0, None), "cases.approved_in_time": (0, 0),
    "joint.units_2": (0, None), "joint.units_3": (2, None), "joint.units_4": (0, None), "joint.units_5": (0, None),
    "joint.units_more": (0, None), "transfer.in_transit": (0, None), "transfer.out": (0, None), "transfer.in": (0, None),
    "transfer.letters_overdue": (0, 0), "development.open": (0, None), "development.applicants": (0, None),
    "development.activists": (0, None), "development.candidates": (0, None), "development.probationary": (0, None),
    "development.long": (0, 0), "development.probation_over": (0, 0),
    "dues.owing": (362, None), "dues.based": (0, 362), "dues.paid": (0, 0), "dues.published": (0, 0),
}


@pytest.mark.django_db
def test_the_figures_are_those_of_the_report() -> None:
    found = figures(whole(HALF_YEAR).under(city()), HALF_YEAR)

    assert {code: (found[code].numerator, found[code].denominator) for code in EXPECTED} == EXPECTED


@pytest.mark.django_db
@pytest.mark.parametrize("indicator", list(registry), ids=lambda one: one.code)
@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_every_figure_opens_into_exactly_its_records(indicator: Indicator, part: str) -> None:
    scope = whole(HALF_YEAR).under(city())
    figure = figures(scope, HALF_YEAR, {indicator.code})[indicator.code]
    behind = rows(indicator, scope, HALF_YEAR, part if indicator.is_rate else "numerator")

    count = figure.denominator if part == "denominator" and indicator.is_rate else figure.numerator
    if indicator.total:
        count = sum(getattr(row, indicator.population.amount) for row in behind)
        assert count == figure.numerator
    else:
        assert behind.count() == count
        assert listing(indicator.population, behind, scope, HALF_YEAR).rows.count() == count
