"""A guide's own chambers on the telephone: what is missing, last visit, next step, from the ledger alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shanghui.access.models import Role, Seat
from shanghui.cases.operations import open_case, withdraw
from shanghui.ledger.activities.models import Visit
from shanghui.ledger.organizations.models import Chamber, Form, PartyOrganization
from shanghui.ledger.organizations.operations import cover, plan_gap
from shanghui.ledger.people.models import GuideAssignment, Person
from tests.worked_city import AT, BRANCH, CHAMBER, UNCOVERED, city, named, user

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
HERE = "/my-chambers/"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def as_guide(name: str = "郭丽静") -> Person:
    person = Person.objects.filter(name=name, assignments__isnull=False).distinct().get()
    person.user = user(Role.GUIDE)
    person.save()
    return person


def full_members(count: int, unit: str = UNCOVERED) -> None:
    for person in Person.objects.filter(memberships__category="full", memberships__valid_to=None).order_by("pk")[:count]:
        person.appointments.create(unit=named(unit), post="director", valid_from=date(2022, 1, 1))


@pytest.mark.parametrize(("count", "said"), [(0, "还差 3 名正式党员"), (2, "还差 1 名正式党员"), (3, "正式党员已满 3 名")])
def test_what_is_missing_is_counted_from_the_ledger(as_role: SignIn, count: int, said: str) -> None:
    full_members(count)

    page = text_of(as_role(Role.GUIDE).get(HERE))

    assert UNCOVERED in page
    assert said in page


def test_plan_last_visit_and_next_step_stand_with_the_button_to_record(as_role: SignIn) -> None:
    today = timezone.localdate()
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    plan_gap(
        chamber=chamber, since=today, by=None, at=AT, route="joint", reason="too_few", owner="", next_on=today + timedelta(days=9),
        note="和同街道的商会谈",
    )
    Visit.objects.create(chamber=chamber, visited_on=today - timedelta(days=3), agreed="七月再谈", missing="党员名单", next_on=today + timedelta(days=4))

    page = text_of(as_role(Role.GUIDE).get(HERE))

    for said in ("联合组建（不足3名）", "七月再谈", "党员名单", "下次走访", "还有 4 天", "还有 9 天", "和同街道的商会谈", f"?chamber={chamber.pk}"):
        assert said in page


def test_chambers_of_an_assignment_are_shown_as_far_as_seats_reach(as_role: SignIn) -> None:
    as_guide()

    assert "云泽市女企业家商会" not in text_of(as_role(Role.GUIDE).get(HERE))


def test_an_office_that_looks_after_chambers_itself_sees_those(as_role: SignIn) -> None:
    editor = as_role(Role.EDITOR)
    assert "还没有安排您联系的商会" in text_of(editor.get(HERE))

    person = Person.objects.filter(name="郭丽静", assignments__isnull=False).distinct().get()
    person.user = user(Role.EDITOR)
    person.save()

    page = text_of(editor.get(HERE))
    assert UNCOVERED in page
    assert "云泽市女企业家商会" in page
    assert "云泽市广东商会" not in page


def test_a_handed_over_chamber_is_no_longer_mine_and_comes_with_its_note(as_role: SignIn) -> None:
    person = as_guide()
    row = GuideAssignment.objects.get(person=person, chamber__unit=named(UNCOVERED))
    GuideAssignment.objects.filter(pk=row.pk).update(handed_over="先找秘书长", valid_to=timezone.localdate() + timedelta(days=10))

    page = text_of(as_role(Role.GUIDE).get(HERE))

    assert "先找秘书长" in page
    assert "聘期将满" in page


def test_a_covered_chamber_stands_below_without_what_is_missing(as_role: SignIn) -> None:
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    branch = PartyOrganization.objects.get(unit=named(BRANCH))
    cover(chamber=chamber, organization=branch, form=Form.JOINT, since=date(2022, 7, 1), by=None, at=AT)

    page = text_of(as_role(Role.GUIDE).get(HERE))

    assert "已有党组织的" in page
    assert BRANCH in page
    assert "还差" not in page


def test_the_next_step_of_an_open_case_stands_with_its_chamber(as_role: SignIn) -> None:
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    assert "组建办到" not in text_of(as_role(Role.GUIDE).get(HERE))
    case = open_case(kind="establishment", office=city(), on=date(2022, 7, 1), by=user(Role.EDITOR), at=AT, chambers=[chamber])

    page = text_of(as_role(Role.GUIDE).get(HERE))

    assert "组建办到" in page
    assert reverse("case", kwargs={"case": case.pk}) in page
    assert as_role(Role.GUIDE).get(reverse("case", kwargs={"case": case.pk})).status_code == 200
    withdraw(case=case, reason="暂缓", on=date(2022, 7, 2), by=user(Role.EDITOR), at=AT)
    assert "组建办到" not in text_of(as_role(Role.GUIDE).get(HERE))


def test_the_page_asks_a_fixed_number_of_questions(as_role: SignIn, django_assert_max_num_queries: Any) -> None:
    for name in (CHAMBER, "云泽市餐饮业商会", "云泽市女企业家商会", "云泽市广东商会"):
        Seat.objects.create(user=user(Role.GUIDE), role=Role.GUIDE, unit=named(name), valid_from=date(2022, 1, 1))
    client = as_role(Role.GUIDE)
    client.get(HERE)

    with django_assert_max_num_queries(12):
        assert "云泽市广东商会" in text_of(client.get(HERE))


def test_only_a_guides_navigation_leads_there(as_role: SignIn) -> None:
    assert f'href="{HERE}"' in text_of(as_role(Role.GUIDE).get("/visits/"))
    assert f'href="{HERE}"' not in text_of(as_role(Role.EDITOR).get("/visits/"))
