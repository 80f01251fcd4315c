"""One's own page: what is kept and why, who sees it, a copy to take away, a request that is answered; and what the office sees of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role
from shanghui.ledger.activities.models import ActivityType, Presence
from shanghui.ledger.activities.operations import Parts, Roll, record_activity
from shanghui.ledger.people.models import Correction, NoticeRead, NotSame, Person
from shanghui.ledger.people.operations import ask_correction, change_person, register_person
from tests.web.somebody import OTHER, at, somebody, text_of
from tests.worked_city import AT, BRANCH, named, user

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
PHONE = "15400009999"


@pytest.fixture
def member(as_role: AsRole) -> Client:
    return as_role(Role.MEMBER)


@pytest.fixture
def own() -> Person:
    found = Person.objects.get(user=user(Role.MEMBER))
    change_person(person=found, by=None, at=AT, phone=PHONE, workplace="云泽市长青贸易有限公司")
    return found


def asked(own: Person, wish: str = "本科") -> Correction:
    return ask_correction(person=own, field="学历", wish=wish, by=user(Role.MEMBER), at=AT)


# --- the page


def test_the_page_says_what_is_kept_and_what_for(member: Client, own: Person) -> None:
    page = text_of(member.get("/me/"))

    for words in ("云泽市长青贸易有限公司", "用途：", "154****9999", "谁能看到我", "谁看过完整号码", "有表决权"):
        assert words in page
    assert PHONE not in page


def test_the_page_lists_the_activities_one_was_expected_at(member: Client, own: Person) -> None:
    roll = Roll(own.pk, Presence.EXCUSED, named(BRANCH).pk)
    record_activity(
        type=ActivityType.THEME_DAY, held_on=date(2022, 7, 1), title="重温入党誓词", hosts=[named(BRANCH)], by=None, at=AT, parts=Parts(roster=[roll])
    )

    assert "重温入党誓词" in text_of(member.get("/me/"))


def test_the_page_asks_a_fixed_number_of_questions(member: Client, own: Person, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        asked(own)
    with django_assert_max_num_queries(28):
        member.get("/me/")


def test_the_notice_is_told_until_it_was_read_in_this_version(member: Client, own: Person) -> None:
    assert "阅读告知" in text_of(member.get("/me/"))

    member.post("/me/notice/")
    member.post("/me/notice/")

    assert "阅读告知" not in text_of(member.get("/me/"))
    assert NoticeRead.objects.filter(person=own).count() == 1
    assert "您已在" in text_of(member.get("/me/notice/"))


# --- a copy


def test_the_copy_is_complete_in_each_form_and_noted(member: Client, own: Person) -> None:
    Person.objects.filter(pk=own.pk).update(name="阿卜杜拉·𠮷")

    lines = json.loads(member.get("/me/export/json/").content)
    sheet = openpyxl.load_workbook(io.BytesIO(member.get("/me/export/xlsx/").content)).active
    rows = list(csv.reader(io.StringIO(member.get("/me/export/csv/").content.decode("gb18030"))))

    known = {line["项目"]: line["内容"] for line in lines}
    assert known["姓名"] == "阿卜杜拉·𠮷"
    assert known["联系电话"] == PHONE
    assert all(line["用途"] for line in lines if line["类别"] == "基本信息")
    assert ["基本信息", "姓名", "阿卜杜拉·𠮷"] in [row[:3] for row in rows]
    assert any("阿卜杜拉·𠮷" in row for row in sheet.iter_rows(values_only=True))
    assert AuditEntry.objects.filter(subject_table="people_person", subject_id=own.pk, verb="导出").count() == 3


def test_a_cell_is_no_formula(member: Client, own: Person) -> None:
    change_person(person=own, by=None, at=AT, remark="=1+1")

    assert "'=1+1" in member.get("/me/export/csv/").content.decode("gb18030")


def test_no_other_form_and_no_record_have_no_copy(member: Client, editor: Client) -> None:
    assert member.get("/me/export/pdf/").status_code == 404
    assert editor.get("/me/export/json/").status_code == 302


# --- a request


def test_a_request_stands_on_the_secretarys_table_until_he_answers(member: Client, own: Person, as_role: AsRole) -> None:
    member.post("/me/correction/", {"field": "学历", "wish": "本科"})
    request = Correction.objects.get()
    secretary = as_role(Role.SECRETARY)
    answer = reverse("correction", kwargs={"correction": request.pk})
    assert answer in text_of(secretary.get("/"))
    assert "本科" in text_of(secretary.get(answer))

    secretary.post(answer, {"state": "done", "answer": "已改"})

    page = text_of(member.get("/me/"))
    for words in ("已更正", "答复：已改"):
        assert words in page
    assert answer not in text_of(secretary.get("/"))


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"state": "", "answer": ""}, "请选怎样处理"), ({"state": "refused", "answer": " "}, "请向本人说明理由"), ({"state": "open", "answer": "x"}, "选择"),
])
def test_an_answer_says_why_not(own: Person, as_role: AsRole, typed: dict[str, str], sentence: str) -> None:
    request = asked(own)

    answer = as_role(Role.SECRETARY).post(reverse("correction", kwargs={"correction": request.pk}), typed)

    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize("typed", [{"field": "", "wish": "x"}, {"field": "学历", "wish": "  "}, {"field": "别的", "wish": "x"}])
def test_a_request_says_which_and_what(member: Client, own: Person, typed: dict[str, str]) -> None:
    assert member.post("/me/correction/", typed).status_code == 422
    assert not Correction.objects.exists()


def test_requests_of_others_do_not_exist(as_role: AsRole, own: Person) -> None:
    elsewhere = Correction.objects.create(person=Person.objects.get(name="方临江"), field="学历", wish="本科", asked_on=date(2022, 7, 1))

    assert as_role(Role.SECRETARY).get(reverse("correction", kwargs={"correction": elsewhere.pk})).status_code == 404
    assert "方临江" not in text_of(as_role(Role.EDITOR).get("/people/corrections/"))


# --- what is missing, and who resembles whom


def test_what_is_missing_leads_to_the_one_step_that_fills_it(as_role: AsRole, django_assert_max_num_queries: Any) -> None:
    secretary = as_role(Role.SECRETARY)
    with django_assert_max_num_queries(16):
        page = text_of(secretary.get("/people/missing/"))

    assert "缺 " in page
    assert "/change/" in page
    assert OTHER not in page


def test_the_branches_add_up_and_open(editor: Client) -> None:
    page = text_of(editor.get("/people/missing/"))

    assert f"?branch={named(BRANCH).pk}" in page
    assert f"只看“{BRANCH}”" in text_of(editor.get(f"/people/missing/?branch={named(BRANCH).pk}"))
    assert editor.get(f"/people/missing/?branch={named('临江市茶叶商会党支部').pk}").status_code == 404
    assert "只看没有登记党组织的人" in text_of(editor.get("/people/missing/?branch=none"))


def test_a_reader_sees_what_is_missing_and_is_offered_no_step(as_role: AsRole) -> None:
    page = text_of(as_role(Role.READER).get("/people/missing/"))

    assert "缺 " in page
    assert "/change/" not in page


def test_two_records_are_told_apart_on_the_page_and_remembered(editor: Client) -> None:
    person = somebody()
    change_person(person=person, by=None, at=AT, birth="1970-05")
    other = register_person(kept_by=named(BRANCH), by=None, at=AT, name="方云泽", birth="1970-05")
    address = reverse("people-apart", kwargs={"person": person.pk, "other": other.pk})
    assert address in text_of(editor.get("/people/duplicates/"))

    assert editor.post(address, {"reason": ""}).status_code == 422
    editor.post(address, {"reason": "核对了证件"})

    page = text_of(editor.get("/people/duplicates/"))
    assert address not in page
    assert "核对了证件" in page
    assert NotSame.objects.get().said_by == user(Role.EDITOR)


def test_two_of_one_name_are_told_apart_where_somebody_is_picked(editor: Client) -> None:
    person = somebody()
    change_person(person=person, by=None, at=AT, birth="1970-05")
    register_person(kept_by=named(BRANCH), by=None, at=AT, name="方云泽", birth="1981-02")

    page = text_of(editor.get(reverse("appointment-new", kwargs={"unit": named(BRANCH).pk}) + "?find=方云泽"))

    for words in ("1970年5月生", "1981年2月生"):
        assert words in page
    assert "1970年5月生" not in text_of(editor.get(at("person-change", person)))
