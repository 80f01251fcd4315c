"""Who holds two posts, loads of guides in bands, and what is double: each counted once, as at a day, and added up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.scope import whole
from shanghui.indicators.populations import OFFICERS
from shanghui.indicators.queries import figures, population_rows
from shanghui.ledger.organizations.models import Chamber, Plate, TerritorialGuidance
from shanghui.ledger.people.models import Affiliation, Appointment, GuideAssignment, MembershipRecord, Person
from tests.worked_city import BRANCH, CHAMBER, HALF_YEAR, city, named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def counts(code: str, day: date = HALF_YEAR) -> tuple[int, int | None]:
    found = figures(whole(day).under(city()), day, {code})[code]
    return found.numerator, found.denominator


def around(code: str) -> list[int]:
    return [counts(code, HALF_YEAR + n * DAY)[0] for n in (-1, 0, 1)]


def secretary() -> Appointment:
    return Appointment.objects.get(unit=named(BRANCH), post="secretary")


def test_the_matrix_of_posts_agrees_with_the_figures_of_secretaries() -> None:
    rows = population_rows(OFFICERS, whole(HALF_YEAR).under(city()), HALF_YEAR).filter(post="secretary")
    tops = list(rows.values_list("top_post", flat=True))

    assert len(tops) == counts("cross.secretaries")[0]
    assert tops.count("president") == counts("cross.secretary_president")[0]
    leading = ("president", "executive_vice_president", "vice_president")
    assert sum(one in leading for one in tops) == counts("cross.secretary_leader")[0]


def test_only_posts_in_a_chamber_that_the_organization_covers_make_a_crossing() -> None:
    held = secretary()
    Appointment.objects.filter(person=held.person, unit__kind="chamber").delete()
    before = counts("cross.officers_in_chamber")[0]
    elsewhere = Appointment.objects.create(person=held.person, unit=named("云泽市餐饮业商会"), post="director", valid_from=HALF_YEAR)
    assert counts("cross.officers_in_chamber")[0] == before
    assert counts("cross.secretary_inside")[0] == 29

    elsewhere.unit = named(CHAMBER)
    elsewhere.save()

    assert counts("cross.officers_in_chamber") == (before + 1, 80)
    assert counts("cross.secretary_inside")[0] == 30
    assert around("cross.officers_in_chamber")[1:] == [before + 1] * 2


def test_mere_membership_in_the_chamber_is_from_inside_and_no_post() -> None:
    held = secretary()
    Appointment.objects.filter(person=held.person, unit__kind="chamber").delete()
    before = counts("cross.officers_in_chamber")[0]
    Appointment.objects.create(person=held.person, unit=named(CHAMBER), post="member", valid_from=HALF_YEAR)

    assert counts("cross.secretary_inside")[0] == 30
    assert counts("cross.officers_in_chamber")[0] == before


@pytest.mark.parametrize(("method", "code"), [
    ("elected", "cross.secretary_elected"), ("hired", "cross.secretary_hired"), ("assigned", "cross.secretary_assigned"),
])
def test_secretaries_stand_under_how_they_came_to_the_post(method: str, code: str) -> None:
    Appointment.objects.filter(pk=secretary().pk).update(method=method)

    assert counts(code) == (1, 30)
    assert counts("cross.secretary_unstated") == (29, 30)


def test_a_leader_of_two_chambers_is_one_person() -> None:
    leader = Appointment.objects.get(unit=named(CHAMBER), post="president").person
    members, leaders = counts("cross.leaders_members")
    other = named("云泽市餐饮业商会")
    Appointment.objects.create(person=leader, unit=other, post="vice_president", valid_from=HALF_YEAR)
    assert counts("cross.leaders_members") == (members, leaders)

    MembershipRecord.objects.filter(person=leader).delete()
    before = counts("cross.leaders_members")[0]
    MembershipRecord.objects.create(person=leader, category="probationary", valid_from=HALF_YEAR)

    assert counts("cross.leaders_members") == (before + 1, leaders)


@pytest.mark.parametrize(("load", "small", "medium", "large"), [(3, 3, 0, 0), (4, 2, 1, 0), (6, 2, 1, 0), (7, 2, 0, 1)])
def test_guides_stand_in_bands_by_how_many_chambers_they_have(load: int, small: int, medium: int, large: int) -> None:
    person = GuideAssignment.objects.earliest("pk").person
    held = GuideAssignment.objects.filter(person=person).count()
    others = Chamber.objects.filter(unit__parent_links__parent=city()).exclude(assignments__person=person).order_by("pk")
    for chamber in others[: load - held]:
        GuideAssignment.objects.create(person=person, chamber=chamber, valid_from=HALF_YEAR)

    assert [counts(f"guides.load_{band}")[0] for band in ("small", "medium", "large")] == [small, medium, large]
    assert counts("guides.active")[0] == 3
    assert around("guides.load_large") == [0, large, large]


def test_a_plate_and_a_territorial_body_count_while_they_hold() -> None:
    organization = named(BRANCH).organization
    for fact in (
        Plate(organization=organization, name="非公企业党建工作指导站"), Plate(organization=organization, name="党员教育基地"),
        TerritorialGuidance(organization=organization, body="城东街道党工委"),
    ):
        fact.valid_from, fact.valid_to = HALF_YEAR, HALF_YEAR + DAY
        fact.save()

    assert around("dual.plates") == [0, 1, 0]
    assert around("dual.territory") == [0, 1, 0]
    assert counts("dual.plates") == (1, 30)


def test_a_member_with_two_second_lives_is_one_person_and_no_member_there() -> None:
    member = Person.objects.filter(affiliations__organization__unit=named(BRANCH), memberships__category="full").order_by("pk")[0]
    total = counts("members.total")[0]
    for name in ("云泽市再生资源行业商会党支部", "云泽市异地商会第一联合党支部"):
        Affiliation.objects.create(
            person=member, organization=named(name).organization, kind="dual", valid_from=HALF_YEAR, valid_to=HALF_YEAR + DAY
        )

    assert around("dual.life") == [0, 1, 0]
    assert counts("members.total")[0] == total
