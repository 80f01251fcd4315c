"""Member enterprises: the register, one enterprise with its chambers over time, and its changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.ledger.organizations.models import Chamber, ChamberMembership, Enterprise, Rank
from shanghui.ledger.organizations.operations import join_chamber, register_enterprise
from tests.worked_city import AT, CHAMBER, SINCE, UNCOVERED, named, neighbour

pytestmark = pytest.mark.django_db
SOUND_CODE = "51990000MJ0000018N"


@pytest.fixture
def nursery(db: None) -> Enterprise:
    """An enterprise of the worked city's chamber."""
    made = register_enterprise(name="云泽市青松园艺有限公司", kept_by=named(CHAMBER), by=None, at=AT)
    join_chamber(
        enterprise=made, chamber=Chamber.objects.get(unit=named(CHAMBER)), rank=Rank.DIRECTOR, since=SINCE, by=None, at=AT
    )
    return made


def address(name: str, enterprise: Enterprise, query: str = "") -> str:
    return reverse(name, kwargs={"enterprise": enterprise.pk}) + query


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_empty_register_says_what_to_do(editor: Client) -> None:
    assert "还没有会员企业" in text_of(editor.get(reverse("enterprises")))


@pytest.mark.parametrize(("query", "count"), [("青松", 1), ("yzsqs", 1), ("没有", 0)])
def test_an_enterprise_is_found_by_name_and_initials(editor: Client, nursery: Enterprise, query: str, count: int) -> None:
    assert editor.get(reverse("enterprises"), {"q": query}).context["page"].total == count


def test_the_register_can_be_asked_for_one_chamber(editor: Client, nursery: Enterprise) -> None:
    chamber, other = named(CHAMBER).pk, named(UNCOVERED).pk

    assert editor.get(reverse("enterprises"), {"chamber": str(chamber)}).context["page"].total == 1
    assert f'value="{other}"' not in editor.get(reverse("enterprises")).context["filters"][0]["options"]


def test_pages_ask_a_fixed_number_of_questions(editor: Client, nursery: Enterprise, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        editor.get(reverse("enterprises"))
    with django_assert_max_num_queries(12):
        editor.get(address("enterprise", nursery))


def test_an_enterprise_is_registered_and_corrected(editor: Client) -> None:
    editor.post(reverse("enterprise-new"), {"name": "云泽市远山茶厂", "credit_code": "", "keeper": CHAMBER, "region": "", "industry": "15"})
    made = Enterprise.objects.get(name="云泽市远山茶厂")
    editor.post(address("enterprise-change", made), {"name": "云泽市远山茶业有限公司", "credit_code": SOUND_CODE, "industry": "15 酒、饮料和精制茶制造业"})

    made.refresh_from_db()
    assert (made.name, made.credit_code, made.industry_code, made.initials) == ("云泽市远山茶业有限公司", SOUND_CODE, "15", "yzsyscyyxgs")
    assert "云泽市远山茶厂 → 云泽市远山茶业有限公司" in text_of(editor.get(address("enterprise", made)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"credit_code": "51990000MJ0000018M"}, "校验码对不上"),
        ({"keeper": "临江市茶叶商会"}, "没有“临江市茶叶商会”"),
        ({"name": ""}, "请填企业名称"),
    ],
    ids=["wrong check digit", "next door", "no name"],
)
def test_what_cannot_be_is_refused(editor: Client, changes: dict[str, str], sentence: str) -> None:
    answer = editor.post(reverse("enterprise-new"), {"name": "甲厂", "keeper": CHAMBER, **changes})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Enterprise.objects.exists()


def test_a_code_is_registered_once(editor: Client, nursery: Enterprise) -> None:
    editor.post(address("enterprise-change", nursery), {"name": nursery.name, "credit_code": SOUND_CODE})

    answer = editor.post(reverse("enterprise-new"), {"name": "甲厂", "keeper": CHAMBER, "credit_code": SOUND_CODE})

    assert "已经登记过企业" in text_of(answer)


def test_leaving_a_chamber_keeps_the_time_before(editor: Client, nursery: Enterprise) -> None:
    row = ChamberMembership.objects.get(enterprise=nursery)

    editor.post(reverse("fact-end", kwargs={"kind": "membership", "fact": row.pk}), {"last_day": "2022-07-10", "reason": "迁出"})

    row.refresh_from_db()
    assert row.valid_to == date(2022, 7, 11)
    assert "2020-01-01 — 2022-07-10" in text_of(editor.get(address("enterprise", nursery)))


def test_an_enterprise_next_door_does_not_exist(editor: Client) -> None:
    other = register_enterprise(name="临江市茶厂", kept_by=neighbour(), by=None, at=AT)

    assert editor.get(address("enterprise", other)).status_code == 404


def test_a_reader_is_offered_no_change(as_role: Callable[[Role], Client], nursery: Enterprise) -> None:
    answer = as_role(Role.READER).get(address("enterprise", nursery))

    assert address("enterprise-change", nursery) not in text_of(answer)
    assert "退会" not in text_of(answer)
