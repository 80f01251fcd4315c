"""Two upper links, a second plate, a second organizational life: entered, shown with their days, ended."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.ledger.organizations.models import PartyOrganization, Plate, TerritorialGuidance
from shanghui.ledger.organizations.operations import dissolve_organization
from shanghui.ledger.people.models import Affiliation, Person
from tests.worked_city import AT, BRANCH, HALF_YEAR, named

pytestmark = pytest.mark.django_db
OTHER = "云泽市再生资源行业商会党支部"


def at(name: str, organization: str = BRANCH, query: str = "") -> str:
    return reverse(name, kwargs={"organization": named(organization).pk}) + query


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def branch(name: str = BRANCH) -> PartyOrganization:
    return PartyOrganization.objects.get(unit__name=name)


# --- the territorial body


def test_both_upper_links_stand_on_the_page_with_their_days(editor: Client) -> None:
    editor.post(at("organization-territory"), {"body": "城东街道党工委", "since": "2022年7月"})

    page = text_of(editor.get(at("organization")))
    assert "云泽市商会行业党委" in page
    assert "城东街道党工委" in page
    assert "2022年7月 至今" in page
    assert "由“城东街道党工委”属地管理" in page
    assert "<dd>城东街道党工委" in page
    assert "<dd>城东街道党工委" not in text_of(editor.get(at("organization", query="?on=2022-06-30")))


def test_another_body_takes_the_place_and_the_first_stays_in_the_history(editor: Client) -> None:
    editor.post(at("organization-territory"), {"body": "城东街道党工委", "since": "2022-07-01"})
    editor.post(at("organization-territory"), {"body": "高新区党工委", "since": "2024-07-01"})

    rows = list(TerritorialGuidance.objects.filter(organization=branch()).order_by("valid_from"))
    assert [(one.body, one.valid_to) for one in rows] == [("城东街道党工委", date(2024, 7, 1)), ("高新区党工委", None)]
    assert "城东街道党工委" in text_of(editor.get(at("organization", query="?on=2024-06-30")))


@pytest.mark.parametrize(("sent", "said"), [
    ({"body": "", "since": "2022-07-01"}, "请填属地党组织"), ({"body": "城东街道党工委", "since": ""}, "请填"),
    ({"body": "城东街道党工委", "since": "2022-02-30"}, "没有这一天"), ({"body": "城东街道党工委", "since": "1990-01-01"}, "不存在"),
    ({"body": "原来的", "since": "2023-01-01"}, "不用再登记"), ({"body": "高新区党工委", "since": "2021-01-01"}, "须在其后"),
])
def test_what_cannot_be_of_a_territorial_body_is_said(editor: Client, sent: dict[str, str], said: str) -> None:
    branch().periods.update(valid_from=date(2020, 1, 1))
    TerritorialGuidance.objects.create(organization=branch(), body="原来的", valid_from=date(2022, 7, 1))

    answer = editor.post(at("organization-territory"), sent)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert TerritorialGuidance.objects.count() == 1


# --- the second plate


def a_plate(**changes: str) -> dict[str, str]:
    return {"name": "非公企业党建工作指导站", "given_by": "城东街道党工委", "since": "2022-07-01"} | changes


def test_a_plate_is_shown_ended_and_told_in_the_time_line(editor: Client) -> None:
    assert "非公企业党建工作指导站" in text_of(editor.get(at("organization-plate")))
    editor.post(at("organization-plate"), a_plate())

    page = text_of(editor.get(at("organization")))
    assert "城东街道党工委授牌" in page
    row = Plate.objects.get()
    editor.post(reverse("fact-end", kwargs={"kind": "plate", "fact": row.pk}), {"last_day": "2023-06-30", "reason": "站点撤并"})

    page = text_of(editor.get(at("organization")))
    assert "不再挂“非公企业党建工作指导站”牌子" in page
    assert "城东街道党工委授牌，2022" not in page


@pytest.mark.parametrize(("changes", "said"), [
    ({"name": ""}, "请填牌子名称"), ({"since": ""}, "请填"), ({}, "已经挂有"), ({"since": "1990-01-01", "name": "另一块"}, "不存在"),
])
def test_what_cannot_be_of_a_plate_is_said(editor: Client, changes: dict[str, str], said: str) -> None:
    Plate.objects.create(organization=branch(), name="非公企业党建工作指导站", valid_from=HALF_YEAR)

    answer = editor.post(at("organization-plate"), a_plate(**changes))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Plate.objects.count() == 1


def test_the_database_keeps_two_of_one_day_apart() -> None:
    Plate.objects.create(organization=branch(), name="指导站", valid_from=HALF_YEAR, valid_to=date(2023, 1, 1))
    TerritorialGuidance.objects.create(organization=branch(), body="甲", valid_from=HALF_YEAR, valid_to=date(2023, 1, 1))

    for made in (
        Plate(organization=branch(), name="指导站", valid_from=date(2022, 12, 31)),
        TerritorialGuidance(organization=branch(), body="乙", valid_from=date(2022, 12, 31)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            made.save()
        made.valid_from = date(2023, 1, 1)
        made.save()


def test_what_is_double_ends_with_the_organization() -> None:
    plate = Plate.objects.create(organization=branch(), name="指导站", valid_from=HALF_YEAR)
    body = TerritorialGuidance.objects.create(organization=branch(), body="甲", valid_from=HALF_YEAR)

    dissolve_organization(organization=branch(), on=date(2022, 8, 1), reason="合并", by=None, at=AT)

    for one in (plate, body):
        one.refresh_from_db()
        assert one.valid_to == date(2022, 8, 1)


# --- a second life


def members(count: int = 2) -> list[Person]:
    rows = Person.objects.filter(affiliations__organization=branch(), affiliations__kind="home", memberships__category="full").order_by("pk")[:count]
    for one in rows:
        Affiliation.objects.create(person=one, organization=branch(OTHER), kind="dual", valid_from=date(2022, 7, 1))
    return list(rows)


def test_those_with_a_second_life_are_listed_by_organization_with_their_home(editor: Client, django_assert_max_num_queries: Any) -> None:
    listed = members()
    Affiliation.objects.create(person=listed[0], organization=branch("云泽市异地商会第一联合党支部"), kind="dual", valid_from=date(2022, 7, 1))
    editor.get("/dual-life/")

    with django_assert_max_num_queries(10):
        page = text_of(editor.get("/dual-life/"))

    assert "共 3 人次" in page
    assert BRANCH in page
    assert "共 2 人次" in text_of(editor.get(f"/dual-life/?organization={branch(OTHER).pk}"))
    assert "共 0 人次" in text_of(editor.get("/dual-life/?on=2022-06-30"))
    rows = list(openpyxl.load_workbook(io.BytesIO(editor.get("/dual-life/?format=xlsx").content)).active.iter_rows(values_only=True))
    assert len(rows) == 3 + 3


def test_an_empty_list_says_where_to_enter_it(editor: Client) -> None:
    assert "登记隶属" in text_of(editor.get("/dual-life/"))


def test_a_secretary_sees_the_second_life_in_his_own_branch_alone(as_role: Callable[[Role], Client]) -> None:
    members()

    assert "共 0 人次" in text_of(as_role(Role.SECRETARY).get("/dual-life/"))
    person = Person.objects.filter(affiliations__organization=branch(OTHER), affiliations__kind="home").order_by("pk")[0]
    Affiliation.objects.create(person=person, organization=branch(), kind="dual", valid_from=date(2022, 7, 1))
    assert "共 1 人次" in text_of(as_role(Role.SECRETARY).get("/dual-life/"))


def test_a_reader_changes_nothing(as_role: Callable[[Role], Client]) -> None:
    client = as_role(Role.READER)

    assert client.get(at("organization-plate")).status_code == 403
    assert at("organization-territory") not in text_of(client.get(at("organization")))
