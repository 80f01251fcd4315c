"""The page on which two records of one person become one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role
from shanghui.ledger.dues.models import DuesBase
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Person
from shanghui.ledger.people.operations import affiliate, change_person, register_person, reveal
from tests.web.somebody import OTHER, PHONE, at, number, somebody, text_of
from tests.worked_city import AT, BRANCH, named, user

AsRole = Callable[[Role], Client]
pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"by": None, "at": AT}


@pytest.fixture
def pair() -> tuple[Person, Person]:
    """方云泽 as his branch has him, and as the branch of the caterers registered him with another telephone and home."""
    one = somebody()
    change_person(person=one, birth="1970-05", **BY)
    other = register_person(kept_by=named(OTHER), name="方云泽", birth="1970-05", phone="15400007777", **BY)
    home = PartyOrganization.objects.get(unit__name=OTHER)
    affiliate(person=other, organization=home, kind=AffiliationKind.HOME, since=date(2015, 3, 1), **BY)
    return one, other


def address(pair: tuple[Person, Person]) -> str:
    return reverse("people-merge", kwargs={"person": pair[0].pk, "other": pair[1].pk})


def chosen(pair: tuple[Person, Person], **more: Any) -> dict[str, Any]:
    one, other = pair
    return {"stays": one.pk, "column_phone": one.pk, "facts_home": other.pk, "reason": "核对了证件", **more}


def test_from_the_list_to_one_record_and_back(editor: Client, pair: tuple[Person, Person]) -> None:
    assert address(pair) in text_of(editor.get("/people/duplicates/"))
    page = text_of(editor.get(address(pair)))
    for words in ("记录一", "记录二", "154****7777", "同一天只能有一个", BRANCH, OTHER):
        assert words in page
    assert PHONE not in page

    answer = editor.post(address(pair), chosen(pair), follow=True)

    assert answer.redirect_chain[-1][0] == at("person", pair[0])
    page = text_of(answer)
    assert "已合并" in page
    assert "合并人员" in page
    assert not Person.objects.filter(pk=pair[1].pk).exists()
    assert editor.get(at("person", pair[1])).headers["Location"] == at("person", pair[0])
    assert "方云泽" not in text_of(editor.get("/people/duplicates/"))
    entry = AuditEntry.objects.get(verb="合并人员")
    assert entry.by == user(Role.EDITOR)
    editor.post(reverse("undo", kwargs={"entry": entry.pk}), {"reason": "弄错了"})
    assert Person.objects.filter(name="方云泽").count() == 2


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"reason": " "}, "请写明依据"), ({"facts_home": ""}, "请选组织关系以哪一条为准"), ({"column_phone": ""}, "请选联系电话以哪一条为准"),
    ({"stays": "0"}, "选择"), ({"facts_home": "0"}, "选择"),
])
def test_what_is_missing_is_said_and_nothing_happens(editor: Client, pair: tuple[Person, Person], wrong: dict[str, str], sentence: str) -> None:
    answer = editor.post(address(pair), chosen(pair, **wrong))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Person.objects.filter(name="方云泽").count() == 2


def test_what_stands_against_it_is_told_instead_of_a_form(editor: Client, pair: tuple[Person, Person]) -> None:
    change_person(person=pair[1], id_number=number("013"), **BY)

    page = text_of(editor.get(address(pair)))

    assert "号码不同，是两个人" in page
    assert 'name="reason"' not in page


def test_the_history_and_the_looks_of_the_record_that_went_are_kept(editor: Client, pair: tuple[Person, Person]) -> None:
    reveal(person=pair[1], field="phone", reason="通知开会", by=user(Role.EDITOR), at=AT)
    editor.post(address(pair), chosen(pair))

    page = text_of(editor.get(at("person", pair[0])))
    assert "通知开会" in page
    assert "并入的有" in page
    assert "（空）" not in page.partition("操作记录")[2].partition("登记组织关系")[0]
    registered = AuditEntry.objects.get(verb="登记人员", subject_id=pair[1].pk)
    assert reverse("undo", kwargs={"entry": registered.pk}) not in page


def test_an_office_is_not_told_of_dues(editor: Client, pair: tuple[Person, Person]) -> None:
    for one, amount in zip(pair, (61, 62), strict=True):
        DuesBase.objects.create(person=one, kind="wages", amount="7777", monthly=amount, valid_from=date(2020, 1, 1))

    page = text_of(editor.get(address(pair)))

    assert "内容您看不到" in page
    assert "62" not in page.partition('name="facts_base"')[2][:600]


def test_a_secretary_merges_only_what_both_are_his(as_role: AsRole, pair: tuple[Person, Person]) -> None:
    secretary = as_role(Role.SECRETARY)

    assert secretary.get(address(pair)).status_code == 404
    assert address(pair) not in text_of(secretary.get("/people/duplicates/"))
    assert as_role(Role.READER).get(address(pair)).status_code == 403


def test_the_page_asks_a_fixed_number_of_questions(editor: Client, pair: tuple[Person, Person], django_assert_max_num_queries: Any) -> None:
    editor.get(address(pair))
    with django_assert_max_num_queries(50):
        editor.get(address(pair))


def test_any_other_record_is_found_from_a_persons_page_and_not_the_same_nor_somebody_new(editor: Client, pair: tuple[Person, Person]) -> None:
    start = at("people-merge-with", pair[0])
    assert start in text_of(editor.get(at("person", pair[0])))

    found = editor.post(start, {"find": "方云泽"}, follow=True)

    assert [row.pk for row in found.context["choice"].found] == [pair[1].pk]
    assert "登记新的人" not in text_of(found)
    answer = editor.post(f"{start}?find=方云泽", {"person": str(pair[1].pk)})
    assert answer["Location"] == address(pair)
    assert Person.objects.filter(pk=pair[1].pk).exists()
    nobody = editor.post(start, {"find": "没有这个人"}, follow=True)
    assert "请核对姓名，或者用完整的证件号找" in text_of(nobody)


def test_who_may_not_change_a_person_is_not_led_to_merging(as_role: AsRole, pair: tuple[Person, Person]) -> None:
    start = at("people-merge-with", pair[0])

    assert start not in text_of(as_role(Role.READER).get(at("person", pair[0])))
    assert as_role(Role.READER).get(start).status_code == 403
