"""Integrity checks: silent on the worked city, and each finds what it is for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shanghui.access.closure import rebuild_reaches
from shanghui.access.models import Axis, Link, Reach
from shanghui.ledger.integrity import run
from shanghui.ledger.organizations.models import ChamberStatus, OrganizationPeriod
from shanghui.ledger.people.models import Affiliation, GuideAssignment, Person
from tests.worked_city import BRANCH, CHAMBER, HALF_YEAR, TODAY, city, named


def _broken() -> dict[str, list[str]]:
    return {check.name: rows for check, rows in run(TODAY) if rows}


@pytest.mark.django_db
def test_the_worked_city_is_whole() -> None:
    assert _broken() == {}


@pytest.mark.django_db
def test_a_closure_that_lost_a_row_is_found_and_mended() -> None:
    Reach.objects.filter(above=city(), below=named(CHAMBER)).delete()

    assert _broken()["tree.closure"] == [f"业务主管：云泽市工商联 → {CHAMBER}"]
    rebuild_reaches(Axis.SUPERVISION, [named(CHAMBER).pk])
    assert _broken() == {}


@pytest.mark.django_db
def test_what_stands_nowhere_or_has_no_state_is_found() -> None:
    chamber = named(CHAMBER)
    Link.objects.filter(child=chamber).delete()
    rebuild_reaches(Axis.SUPERVISION, [chamber.pk])
    ChamberStatus.objects.filter(chamber__unit=chamber).delete()

    assert _broken() == {"tree.without_parent": [CHAMBER], "chambers.without_status": [CHAMBER]}


@pytest.mark.django_db
def test_coverage_before_the_organization_and_members_without_a_home_are_found() -> None:
    branch = named(BRANCH)
    OrganizationPeriod.objects.filter(organization__unit=branch).update(valid_from=HALF_YEAR)
    person = Person.objects.filter(affiliations__organization__unit=branch, memberships__category="full").order_by("pk").last()
    assert person is not None
    Affiliation.objects.filter(person=person).delete()

    found = _broken()

    assert found["members.without_home"] == [person.name]
    assert len(found["coverage.of_nothing"]) == 1


@pytest.mark.django_db
def test_a_guide_entered_twice_for_one_time_is_found_and_one_after_the_other_is_not() -> None:
    row = GuideAssignment.objects.earliest("pk")
    row.valid_to = TODAY
    row.save()
    after = GuideAssignment.objects.create(person=row.person, chamber=row.chamber, valid_from=TODAY)
    assert _broken() == {}

    after.valid_from = TODAY - timedelta(days=1)
    after.save()

    assert _broken() == {"guides.twice": [f"{row.person.name}联系{row.chamber.unit.name}，自{after.valid_from}"]}


@pytest.mark.django_db
def test_a_number_that_does_not_open_or_is_not_found_is_told() -> None:
    first, second = Person.objects.exclude(phone_digest=b"").order_by("pk")[:2]
    Person.objects.filter(pk=first.pk).update(phone_digest=b"x" * 16)
    Person.objects.filter(pk=second.pk).update(id_number=b"\x01" + b"0" * 40)

    assert _broken()["sealed.numbers"] == [f"人员{first.pk}：号码与索引不一致", f"人员{second.pk}：号码打不开"]
