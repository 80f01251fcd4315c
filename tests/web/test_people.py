"""The list of people, one person's record and its changes; numbers that nobody reads without a reason that is noted."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Person
from shanghui.ledger.people.operations import affiliate, change_person
from tests.web.somebody import NUMBER, OTHER, PHONE, at, somebody, text_of
from tests.worked_city import AT, BRANCH, named, neighbour, user

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
HIDDEN = (NUMBER, PHONE, "19700512")


@pytest.fixture
def person() -> Person:
    return somebody()


# --- the list


def test_the_list_is_in_the_order_of_pinyin_with_home_category_and_posts(editor: Client) -> None:
    page = text_of(editor.get("/people/?q=龙泽兴"))

    assert "云泽市汽配机电商会党支部书记" in page
    assert "正式党员" in page


@pytest.mark.parametrize("asked", ["方云泽", "云泽", "fyz", NUMBER, PHONE])
def test_somebody_is_found_by_name_initials_and_whole_numbers(editor: Client, person: Person, asked: str) -> None:
    assert at("person", person) in text_of(editor.get("/people/", {"q": asked}))


def test_filters_narrow_and_a_branch_is_named_with_the_way_back(editor: Client, person: Person) -> None:
    branch = f"/people/?branch={named(BRANCH).pk}"

    assert f"只看“{BRANCH}”" in text_of(editor.get(branch))
    assert at("person", person) in text_of(editor.get(f"{branch}&category=full&gender=男"))
    assert at("person", person) not in text_of(editor.get(f"{branch}&category=activist"))
    assert at("person", person) not in text_of(editor.get(f"{branch}&standing=floating"))


def test_a_branch_outside_does_not_exist(editor: Client) -> None:
    assert editor.get(f"/people/?branch={named('临江市茶叶商会党支部').pk}").status_code == 404


def test_pages_follow_one_another_without_gap_or_repetition(editor: Client) -> None:
    seen: list[str] = []
    for page in range(1, 15):
        seen += re.findall(r'<th scope="row"[^>]*><a href="(/people/\d+/)"', text_of(editor.get(f"/people/?page={page}")))

    assert len(seen) == len(set(seen)) == Person.objects.exclude(name="方临江").count()


def test_the_list_asks_a_fixed_number_of_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    for query in ("", "?q=wang", "?q=王", "?category=full", f"?branch={named(BRANCH).pk}", "?sort=-birth"):
        with django_assert_max_num_queries(14):
            editor.get(f"/people/{query}")


def test_the_roster_is_a_workbook_with_masked_numbers_and_is_noted(editor: Client, person: Person) -> None:
    answer = editor.get("/people/?format=xlsx&q=方云泽")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "党员名册"
    line = next(row for row in rows if row[0] == "方云泽")
    assert f"990101********{NUMBER[-4:]}" in line
    assert "154****1234" in line
    assert "正式党员" in line
    assert (AuditEntry.objects.latest("pk").verb, AuditEntry.objects.latest("pk").subject_title) == ("导出", "党员名册")


def test_a_secretary_sees_his_own_branch(as_role: AsRole) -> None:
    page = text_of(as_role(Role.SECRETARY).get("/people/"))

    assert OTHER not in page
    assert BRANCH in page


# --- the record


def test_the_record_shows_masked_numbers_facts_and_what_is_missing(editor: Client, person: Person) -> None:
    page = text_of(editor.get(at("person", person)))

    for words in ("990101********", "154****1234", "正式党员", BRANCH, "一条时间线", "操作记录", "民族", "现在填", "撤销这一步"):
        assert words in page


def test_the_record_is_as_one_knew_it_on_the_day(editor: Client, person: Person) -> None:
    other = PartyOrganization.objects.get(unit__name=OTHER)
    affiliate(person=person, organization=other, kind=AffiliationKind.HOME, since=date(2022, 7, 1), by=None, at=AT)

    before, after = (text_of(editor.get(at("person", person) + query)) for query in ("?on=2022-06-30", ""))

    assert f"组织关系在“{OTHER}”" not in before
    assert f"组织关系转出“{BRANCH}”" not in before
    assert f"组织关系在“{OTHER}”" in after


def test_the_record_asks_a_fixed_number_of_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    for name in ("龙泽兴", "郭丽静"):
        with django_assert_max_num_queries(23):
            editor.get(at("person", Person.objects.get(name=name)))


def test_a_reader_is_offered_no_change_and_no_full_number(as_role: AsRole, person: Person) -> None:
    page = text_of(as_role(Role.READER).get(at("person", person)))

    for words in ("修改信息", "变更类别", "查看完整号码", "撤销这一步", "现在填"):
        assert words not in page


# --- full numbers


def test_no_page_shows_a_number_that_was_not_revealed(editor: Client, person: Person) -> None:
    register = reverse("appointment-new", kwargs={"unit": named(BRANCH).pk})
    pages = [
        "/people/", "/people/?q=方云泽", at("person", person), at("person-change", person), at("person-category", person),
        at("person-affiliate", person), at("person-account", person), at("person-reveal", person, field="phone"), "/people/new/", "/guides/",
        "/guides/new/?find=方云泽", f"{register}?find=方云泽", "/audit/", "/search/?q=方云泽", f"/organizations/{named(BRANCH).pk}/",
    ]
    entries = AuditEntry.objects.filter(subject_id=person.pk, subject_table="people_person")
    pages += [reverse("audit-entry", kwargs={"entry": entry.pk}) for entry in entries]
    pages += [reverse("undo", kwargs={"entry": entry.pk}) for entry in entries]

    for address in pages:
        page = text_of(editor.get(address, follow=True))
        assert [hidden for hidden in HIDDEN if hidden in page] == [], address


def test_a_full_number_is_shown_once_for_a_reason_that_is_noted_and_not_kept(editor: Client, person: Person) -> None:
    address = at("person-reveal", person, field="id_number")
    assert NUMBER not in text_of(editor.get(address))

    answer = editor.post(address, {"reason": "核对转接材料"})

    assert NUMBER in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.reason, entry.subject_id, entry.by) == ("查看公民身份号码", "核对转接材料", person.pk, user(Role.EDITOR))
    assert NUMBER not in text_of(editor.get(address))
    assert NUMBER not in text_of(editor.get(at("person", person)))


def test_no_reason_no_number_no_entry(editor: Client, person: Person) -> None:
    before = AuditEntry.objects.count()

    answer = editor.post(at("person-reveal", person, field="phone"), {"reason": "  "})

    assert answer.status_code == 422
    assert PHONE not in text_of(answer)
    assert AuditEntry.objects.count() == before


def test_without_its_entry_no_number_is_shown(editor: Client, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**values: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("shanghui.ledger.people.operations.people.note", broken)
    editor.raise_request_exception = False

    answer = editor.post(at("person-reveal", person, field="phone"), {"reason": "核对"})

    assert answer.status_code == 500
    assert PHONE not in text_of(answer)


@pytest.mark.parametrize("role", [Role.READER, Role.SECRETARY, Role.GUIDE, Role.MEMBER, Role.ADMINISTRATOR])
def test_nobody_but_the_editor_sees_a_full_number(as_role: AsRole, person: Person, role: Role) -> None:
    answer = as_role(role).post(at("person-reveal", person, field="phone"), {"reason": "看看"})

    assert answer.status_code == 403
    assert PHONE not in text_of(answer)


def test_other_columns_are_not_revealed_and_an_empty_one_says_so(editor: Client, person: Person) -> None:
    change_person(person=person, by=None, at=AT, phone="")

    assert editor.post(at("person-reveal", person, field="remark"), {"reason": "看看"}).status_code == 404
    assert "还没有登记联系电话" in text_of(editor.get(at("person-reveal", person, field="phone"), follow=True))


# --- one's own record


def test_members_see_what_is_kept_who_sees_it_and_who_looked(as_role: AsRole, editor: Client) -> None:
    own = Person.objects.get(user=user(Role.MEMBER))
    change_person(person=own, by=None, at=AT, phone=PHONE)
    editor.post(at("person-reveal", own, field="phone"), {"reason": "通知会议"})

    page = text_of(as_role(Role.MEMBER).get("/me/"))

    for words in (own.name, "谁能看到我", "editor", "secretary", "写明原因后可看完整号码", "查看联系电话", "通知会议", "154****1234"):
        assert words in page
    assert PHONE not in page
    assert neighbour().name not in page


def test_an_account_without_a_person_is_told_what_to_do(editor: Client) -> None:
    assert "还没有对应到人员记录" in text_of(editor.get("/me/"))


def test_an_account_is_given_to_a_person_and_taken_away(editor: Client, person: Person) -> None:
    editor.post(at("person-account", person), {"user": "guide"})
    assert Person.objects.get(pk=person.pk).user == user(Role.GUIDE)

    editor.post(at("person-account", person), {"user": ""})
    assert Person.objects.get(pk=person.pk).user is None


def test_accounts_of_others_are_not_offered(editor: Client, person: Person) -> None:
    page = text_of(editor.get(at("person-account", person)))

    assert "guide（guide）" in page
    assert "member（member）" not in page
