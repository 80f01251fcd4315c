"""Somebody takes up a post: found by search, or registered in the same step; a second president is led to the first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.ledger.people.models import Appointment, Person
from shanghui.ledger.people.operations import change_person
from tests.worked_city import AT, BRANCH, CHAMBER, city, named

pytestmark = pytest.mark.django_db


def address(unit: str, **query: Any) -> str:
    written = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse("appointment-new", kwargs={"unit": named(unit).pk}) + (f"?{written}" if written else "")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def somebody() -> Person:
    return Person.objects.filter(kept_by=named(BRANCH), appointments=None).order_by("pk")[0]


def test_a_search_comes_first_and_offers_people_of_the_scope_alone(editor: Client) -> None:
    assert "职务" not in text_of(editor.get(address(CHAMBER))).partition("<main")[2]

    assert "方临江" not in text_of(editor.get(address(CHAMBER, find="方"))).replace("登记新的人：方", "")
    assert somebody().name in text_of(editor.get(address(CHAMBER, find=somebody().name)))


def test_a_name_that_was_posted_goes_on_to_an_address(editor: Client) -> None:
    answer = editor.post(address(CHAMBER, person=1), {"find": "方云泽"})

    assert answer["Location"] == address(CHAMBER, find="%E6%96%B9%E4%BA%91%E6%B3%BD")


def test_a_number_stands_in_no_address_and_leads_to_whose_it_is(editor: Client) -> None:
    person = Person.objects.filter(kept_by=named(BRANCH), appointments=None).exclude(phone_digest=b"").order_by("pk")[0]

    answer = editor.post(address(CHAMBER), {"find": person.phone})

    assert answer["Location"] == address(CHAMBER, person=person.pk)


def test_a_number_of_two_people_is_answered_where_it_was_posted(editor: Client) -> None:
    first, second = Person.objects.filter(kept_by=named(BRANCH), appointments=None).order_by("pk")[:2]
    for person in (first, second):
        change_person(person=person, by=None, at=AT, phone="15400009999")

    page = text_of(editor.post(address(CHAMBER), {"find": "15400009999"}))
    editor.post(address(CHAMBER), {"person": second.pk, "post": "director", "since": "2022-07-01"})

    assert first.name in page
    assert second.name in page
    assert "=15400009999" not in page
    assert Appointment.objects.get(person=second).post == "director"


def test_a_vice_president_is_appointed_from_a_month_on(editor: Client) -> None:
    person = somebody()

    answer = editor.post(address(CHAMBER, person=person.pk), {"person": person.pk, "post": "vice_president", "since": "2022年5月"})

    row = Appointment.objects.get(person=person)
    assert answer["Location"] == reverse("chamber", kwargs={"chamber": named(CHAMBER).pk})
    assert (row.unit.name, row.post, row.valid_from, row.from_precision) == (CHAMBER, "vice_president", date(2022, 5, 1), "month")


def test_a_second_president_is_refused_with_the_way_to_end_the_first(editor: Client) -> None:
    person = somebody()
    first = Appointment.objects.get(unit=named(CHAMBER), post="president")

    page = text_of(
        editor.post(address(CHAMBER, person=person.pk), {"person": person.pk, "post": "president", "since": "2022-07-01"})
    )

    assert f"自2022-06-30起是{first.person.name}" in page
    assert reverse("fact-end", kwargs={"kind": "appointment", "fact": first.pk}) in page
    assert not Appointment.objects.filter(person=person).exists()


def test_somebody_new_is_registered_in_the_same_step(editor: Client) -> None:
    editor.post(address(CHAMBER, find="欧阳云泽"), {"person": "new", "post": "director", "since": "2022-07-01"})

    made = Person.objects.get(name="欧阳云泽")
    assert made.kept_by == named(CHAMBER)
    assert made.initials == "oyyz"
    assert made.appointments.get().post == "director"


def test_nobody_is_registered_when_the_post_is_refused(editor: Client) -> None:
    editor.post(address(CHAMBER, find="欧阳云泽"), {"person": "new", "post": "president", "since": "2022-07-01"})

    assert not Person.objects.filter(name="欧阳云泽").exists()


def test_a_person_outside_cannot_be_slipped_in(editor: Client) -> None:
    outside = Person.objects.get(name="方临江")

    answer = editor.post(address(CHAMBER, person=outside.pk), {"person": outside.pk, "post": "director", "since": "2022-07-01"})

    assert answer.status_code == 422
    assert "方临江" not in text_of(answer)


def test_posts_of_a_federation_are_those_of_its_committee(editor: Client) -> None:
    committee = city().federation.committee_id

    assert editor.get(address(city().name))["Location"] == reverse("appointment-new", kwargs={"unit": committee})


def test_a_secretary_appoints_in_his_own_branch_and_not_in_the_chamber(as_role: Callable[[Role], Client]) -> None:
    secretary, person = as_role(Role.SECRETARY), somebody()

    assert secretary.get(address(CHAMBER)).status_code == 404
    secretary.post(
        address(BRANCH, person=person.pk), {"person": person.pk, "post": "committee_member", "title": "组织委员", "since": "2022-07-01"}
    )
    assert Appointment.objects.get(person=person).title == "组织委员"


# --- how one comes to a party post


def a_secretary(**changes: Any) -> dict[str, Any]:
    return {
        "person": somebody().pk, "post": "secretary", "method": "hired", "since": "2022-07-01", "due_by": "2024-06-30",
        "approved_by": "云泽市商会行业党委", "approval_number": "云商党〔2022〕9号", **changes,
    }


def send(editor: Client, **changes: Any) -> Any:
    Appointment.objects.filter(unit=named(BRANCH), post="secretary").delete()
    sent = a_secretary(**changes)
    return editor.post(address(BRANCH, person=sent["person"]), {key: value for key, value in sent.items() if value})


def test_a_secretary_is_hired_for_a_term_with_an_approval(editor: Client) -> None:
    send(editor)

    row = Appointment.objects.get(unit=named(BRANCH), post="secretary")
    assert (row.method, row.due_by, row.approved_by, row.approval_number) == ("hired", date(2024, 6, 30), "云泽市商会行业党委", "云商党〔2022〕9号")
    page = text_of(editor.get(reverse("organization", kwargs={"organization": named(BRANCH).pk})))
    assert "聘期到 2024-06-30" in page
    assert "云泽市商会行业党委批准（云商党〔2022〕9号）" in page


@pytest.mark.parametrize(("changes", "said"), [
    ({"due_by": ""}, "请写明聘期到哪一天"), ({"approved_by": ""}, "请写明由谁批准"), ({"method": "", "due_by": ""}, "请选书记怎样产生"),
    ({"method": "elected"}, "只有聘任的才有聘期"), ({"due_by": "2022-06-30"}, "不能早于任职开始那一天"), ({"due_by": "2024-02-30"}, "日期写成"),
    ({"method": "bought"}, "选"),
])
def test_a_contract_that_cannot_be_is_said_and_nothing_is_written(editor: Client, changes: dict[str, str], said: str) -> None:
    answer = send(editor, **changes)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Appointment.objects.filter(unit=named(BRANCH), post="secretary").exists()


def test_a_committee_member_needs_no_source_and_a_chamber_post_has_none(editor: Client) -> None:
    assert 'name="due_by"' not in text_of(editor.get(address(CHAMBER, person=somebody().pk)))
    person = somebody()

    editor.post(address(BRANCH, person=person.pk), {"person": person.pk, "post": "committee_member", "since": "2022-07-01"})

    assert Appointment.objects.get(person=person).method == ""


def at(name: str, row: Appointment) -> str:
    return reverse(name, kwargs={"appointment": row.pk})


def test_what_was_imported_without_a_source_gets_one(editor: Client) -> None:
    row = Appointment.objects.get(unit=named(BRANCH), post="secretary")
    assert editor.get(at("appointment-change", row)).status_code == 200

    editor.post(at("appointment-change", row), {"method": "elected", "approved_by": "云泽市商会行业党委"})

    row.refresh_from_db()
    assert (row.method, row.approved_by, row.due_by) == ("elected", "云泽市商会行业党委", None)
    assert editor.post(at("appointment-change", row), {"method": "hired"}).status_code == 422
    assert at("appointment-renew", row) not in text_of(editor.get(reverse("organization", kwargs={"organization": named(BRANCH).pk})))
    assert editor.get(at("appointment-renew", row)).status_code == 302


def test_a_contract_is_made_anew_from_the_page_of_the_organization(editor: Client) -> None:
    send(editor)
    first = Appointment.objects.get(unit=named(BRANCH), post="secretary")
    assert at("appointment-renew", first) in text_of(editor.get(reverse("organization", kwargs={"organization": named(BRANCH).pk})))
    assert "新的要在其后" in text_of(editor.post(at("appointment-renew", first), {"due_by": "2024-06-30", "approved_by": "党委"}))

    editor.post(at("appointment-renew", first), {"due_by": "2026-06-30", "approved_by": "党委", "approval_number": ""})

    rows = list(Appointment.objects.filter(unit=named(BRANCH), post="secretary").order_by("valid_from"))
    assert [(one.valid_from, one.valid_to, one.due_by) for one in rows] == [
        (date(2022, 7, 1), date(2024, 7, 1), date(2024, 6, 30)), (date(2024, 7, 1), None, date(2026, 6, 30)),
    ]


def test_a_chamber_post_and_one_outside_have_no_such_page(editor: Client) -> None:
    inside = Appointment.objects.filter(unit=named(CHAMBER))[0]
    outside = Appointment.objects.create(
        person=Person.objects.get(name="方临江"), unit=named("临江市茶叶商会党支部"), post="secretary", valid_from=date(2022, 1, 1)
    )

    for row in (inside, outside):
        for name in ("appointment-change", "appointment-renew"):
            assert editor.get(at(name, row)).status_code == 404
