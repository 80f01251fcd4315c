"""Two days side by side: every change by name, and together they explain the difference of the counts."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.models import Axis
from shanghui.access.operations import move
from shanghui.access.scope import whole
from shanghui.indicators.comparison import Kind, changes
from shanghui.indicators.queries import figures
from shanghui.ledger.organizations.models import Chamber, Coverage, Form, PartyOrganization, Status
from shanghui.ledger.organizations.operations import cover, end_fact, register_chamber, set_status
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.ledger.people.operations import assign_guide
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, UNCOVERED, city, named, neighbour

THEN, NOW = HALF_YEAR, date(2022, 7, 31)
SCOPE = whole(NOW)


def _told() -> dict[Kind, list[str]]:
    scope = SCOPE.under(city())
    found: dict[Kind, list[str]] = {}
    for change in changes(scope, THEN, NOW):
        found.setdefault(change.kind, []).append(change.name)
    _adds_up()
    return found


def _adds_up() -> None:
    """The effects of the changes are the differences of the figures."""
    scope = SCOPE.under(city())
    before, after = (figures(scope, day, {"coverage.organization", "coverage.work"}) for day in (THEN, NOW))
    found = changes(scope, THEN, NOW)
    for code, effect in (("coverage.organization", "organization_effect"), ("coverage.work", "work_effect")):
        assert after[code].numerator - before[code].numerator == sum(getattr(change, effect) for change in found)
        assert (after[code].denominator or 0) - (before[code].denominator or 0) == sum(c.total_effect for c in found)


def _chamber(name: str) -> Chamber:
    return Chamber.objects.get(unit=named(name))


@pytest.mark.django_db
def test_nothing_changed_is_nothing_told() -> None:
    assert _told() == {}


@pytest.mark.django_db
def test_a_coverage_that_ended_and_one_that_began() -> None:
    lost, organization = Coverage.objects.get(chamber__unit=named(CHAMBER)), PartyOrganization.objects.get(unit=named(BRANCH))
    end_fact(fact=lost, subject=lost.chamber, unit=None, on=date(2022, 7, 10), by=None, at=AT)
    cover(chamber=_chamber(UNCOVERED), organization=organization, form=Form.JOINT, since=date(2022, 7, 10), by=None, at=AT)

    assert _told() == {Kind.COVERED: [UNCOVERED], Kind.LOST: [CHAMBER]}


@pytest.mark.django_db
def test_opened_closed_moved_in_and_out() -> None:
    register_chamber(name="云泽市康养商会", under=city(), since=date(2022, 7, 5), by=None, at=AT)
    set_status(chamber=_chamber(UNCOVERED), status=Status.CLOSED, since=date(2022, 7, 6), by=None, at=AT)
    day = date(2022, 7, 7)
    move(child=named(CHAMBER), parent=neighbour(), axis=Axis.SUPERVISION, since=day, by=None, at=AT)
    move(child=named("临江市茶叶商会"), parent=city(), axis=Axis.SUPERVISION, since=day, by=None, at=AT)

    assert _told() == {
        Kind.OPENED: ["云泽市康养商会"], Kind.CLOSED: [UNCOVERED], Kind.MOVED_IN: ["临江市茶叶商会"], Kind.MOVED_OUT: [CHAMBER],
    }


@pytest.mark.django_db
def test_another_form_and_another_guide() -> None:
    day = date(2022, 7, 10)
    old = Coverage.objects.get(chamber__unit=named(CHAMBER))
    end_fact(fact=old, subject=old.chamber, unit=None, on=day, by=None, at=AT)
    cover(chamber=_chamber(CHAMBER), organization=old.organization, form=Form.JOINT, since=day, by=None, at=AT)
    gone = GuideAssignment.objects.get(chamber__unit=named(UNCOVERED))
    end_fact(fact=gone, subject=gone.chamber, unit=None, on=day, by=None, at=AT)
    person = Person.objects.filter(assignments__isnull=False).order_by("pk").first()
    assert person is not None
    assign_guide(person=person, chamber=_chamber("云泽市河南商会"), since=day, by=None, at=AT)

    told = {change.kind: change for change in changes(SCOPE.under(city()), THEN, NOW)}

    assert _told() == {Kind.FORM: [CHAMBER], Kind.GUIDED: ["云泽市河南商会"], Kind.UNGUIDED: [UNCOVERED]}
    assert told[Kind.FORM].text == "单独组建 → 联合组建"
    assert told[Kind.GUIDED].text == person.name
    assert told[Kind.UNGUIDED].text == "现为空白"


@pytest.mark.django_db
def test_the_number_of_questions_does_not_depend_on_the_number_of_changes(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        changes(SCOPE.under(city()), date(2000, 1, 1), NOW)
