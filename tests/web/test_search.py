"""The search of the top bar finds within one's seats, by name, initials and whole numbers, and nothing outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from shanghui.access.models import Role
from shanghui.ledger.activities.models import Activity
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import change_person
from tests.worked_city import AT, BRANCH, CHAMBER, named

ID_NUMBER, PHONE = "110105194912310025", "15412342048"


def _found(client: Client, text: str) -> dict[str, list[str]]:
    groups = client.get("/search/", {"q": text}).context["groups"]
    return {group.title: [hit.name for hit in group.hits] for group in groups}


def _member_of(branch: str) -> Person:
    person = Person.objects.filter(affiliations__organization__unit=named(branch)).order_by("pk").first()
    assert person is not None
    return person


@pytest.mark.django_db
def test_names_and_initials_lead_to_chambers_and_organizations(editor: Client) -> None:
    assert _found(editor, "汽配机电") == {"商会": [CHAMBER], "党组织": [BRANCH]}
    assert CHAMBER in _found(editor, "qpjd")["商会"]


@pytest.mark.django_db
def test_a_person_is_found_by_a_whole_number_only(editor: Client) -> None:
    person = _member_of(BRANCH)
    change_person(person=person, by=None, at=AT, id_number=ID_NUMBER, phone=PHONE)

    assert _found(editor, ID_NUMBER) == {"人员": [person.name]}
    assert _found(editor, PHONE) == {"人员": [person.name]}
    assert _found(editor, PHONE[:8]) == {}


@pytest.mark.django_db
def test_activities_are_found_by_title(editor: Client) -> None:
    activity = Activity.objects.create(type="theme_day", held_on=date(2022, 7, 1), title="七一主题党日")
    activity.hosts.create(unit=named(BRANCH))

    assert _found(editor, "七一主题") == {"活动": ["七一主题党日"]}


@pytest.mark.django_db
def test_what_stands_outside_is_not_found(editor: Client) -> None:
    outside = Activity.objects.create(type="theme_day", held_on=date(2022, 7, 1), title="采茶主题党日")
    outside.hosts.create(unit=named("临江市茶叶商会党支部"))
    change_person(person=Person.objects.get(name="方临江"), by=None, at=AT, id_number=ID_NUMBER, phone=PHONE)

    for text in ("临江", "茶叶商会", "方临江", "采茶", ID_NUMBER, PHONE):
        assert _found(editor, text) == {} or all("临江" not in name for names in _found(editor, text).values() for name in names)
    assert _found(editor, "方临江") == {}
    assert _found(editor, ID_NUMBER) == {}


@pytest.mark.django_db
def test_nothing_found_is_said(editor: Client) -> None:
    assert "没有找到" in editor.get("/search/", {"q": "不存在的商会"}).content.decode()
    assert "没有找到" not in editor.get("/search/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "titles"), [
    (Role.SECRETARY, {"商会", "党组织"}), (Role.GUIDE, set()), (Role.MEMBER, set()), (Role.ADMINISTRATOR, set()),
])
def test_each_role_finds_what_its_seats_reach(role: Role, titles: set[str], as_role: Callable[[Role], Client]) -> None:
    assert set(_found(as_role(role), "汽配机电")) == titles


@pytest.mark.django_db
def test_an_administrator_and_a_guide_find_no_people(as_role: Callable[[Role], Client]) -> None:
    name = _member_of(BRANCH).name

    assert "人员" not in _found(as_role(Role.ADMINISTRATOR), name)
    assert "人员" not in _found(as_role(Role.GUIDE), name)
    assert "人员" in _found(as_role(Role.SECRETARY), name)


@pytest.mark.django_db
def test_strange_text_is_only_text(editor: Client) -> None:
    for text in ("'; DROP TABLE", "%", "_", "<script>", "\\", "a" * 500):
        assert editor.get("/search/", {"q": text}).status_code == 200
    assert "<script>alert" not in editor.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()


@pytest.mark.django_db
def test_the_search_asks_a_fixed_number_of_questions(
    editor: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    editor.get("/search/")

    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        editor.get("/search/", {"q": "云泽"})


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/", "/people/", "/figures/members.total/"])
def test_a_number_is_answered_where_it_was_posted_and_stands_in_no_address(editor: Client, address: str) -> None:
    person = Person.objects.exclude(phone_digest=b"").filter(memberships__category="full").order_by("pk")[0]

    answer = editor.post(address, {"q": person.phone})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert person.name in page
    assert f"={person.phone}" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/", "/people/"])
def test_any_other_text_goes_on_to_an_address_that_can_be_kept(editor: Client, address: str) -> None:
    answer = editor.post(address, {"q": "云泽"})

    assert answer.status_code == 302
    assert answer["Location"] == f"{address}?q=%E4%BA%91%E6%B3%BD"
