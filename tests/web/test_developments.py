"""The pages of developments: one road on one page, the list, what a contact and the person himself see, and who sees nothing (M15, M48)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.access.operations import grant, make_feed_key
from shanghui.access.scope import whole
from shanghui.cases.deadlines import steps_ahead
from shanghui.cases.models import Case, Contact, Development, Introducer, MemberVote, State, StepRecord
from shanghui.cases.operations import examine, return_step
from shanghui.cases.queries import next_steps
from shanghui.ledger.people.models import Category, MembershipRecord, Person, Post
from shanghui.ledger.people.operations import appoint, issue_letter, register_person, set_category
from tests.cases.developing import (
    ACTIVIST,
    APPLIED,
    TODAY,
    applicant,
    branch,
    extended,
    extension_approved,
    full_members,
    opened,
    step,
    walked,
)
from tests.cases.somewhere import named_committee, submitter
from tests.web.somebody import text_of
from tests.worked_city import AT, BRANCH, CHAMBER, SINCE, named, user

pytestmark = pytest.mark.django_db
NAME = "申小满"


def page(name: str, case: Case, **more: Any) -> str:
    """An address of a development."""
    return reverse(f"development-{name}", kwargs={"development": case.pk, **more})


def case_page(case: Case) -> str:
    """The page of a case."""
    return reverse("case", kwargs={"case": case.pk})


def words(person: Person) -> str:
    """How a person stands in a picker."""
    return f"{person.name}（{BRANCH}）"


def test_a_case_is_opened_for_a_person_and_the_application_is_registered_with_it(as_role: Callable[[Role], Client]) -> None:
    person = applicant()
    sent = {"person": NAME, "organization": BRANCH, "on": "2024-09-02"}

    answer = as_role(Role.SECRETARY).post(reverse("case-new", kwargs={"case_kind": "development"}), sent)

    assert answer.status_code == 302
    case = Case.objects.get(person=person)
    assert (case.opened_on, case.organization_id, case.records.get().step) == (APPLIED, branch().pk, "apply")
    assert NAME not in case.title
    text = text_of(as_role(Role.SECRETARY).get(case_page(case)))
    assert f"<h1>发展党员：{NAME}</h1>" in text
    assert "派人谈话" in text
    assert "一、申请入党" in text


def test_without_a_branch_anywhere_it_is_asked_for(as_role: Callable[[Role], Client]) -> None:
    applicant()

    answer = as_role(Role.EDITOR).post(reverse("case-new", kwargs={"case_kind": "development"}), {"person": NAME, "on": "2024-09-02"})

    assert answer.status_code == 422
    assert "请选办理的党支部" in text_of(answer)


def test_contacts_introducers_examinations_and_votes_are_typed_on_their_forms(as_role: Callable[[Role], Client]) -> None:
    case = opened()
    for code in ("talk", "activist", "activist_filing"):
        step(case, code)
    first, second = full_members(2)
    client = as_role(Role.SECRETARY)

    for name, sent in (
        ("contacts", {"people": [words(first), words(second)], "since": "2024-10-21", "reason": ""}),
        ("introducers", {"people": [words(first), words(second)], "on": "2026-06-01"}),
        ("examinations", {"on": "2025-04-08", "who": "支委会", "kept_at": "档案柜"}),
        ("admission", {"expected": 10, "present": 8, "yes": 8}),
        ("training", {"training_days": 3, "training_hours": ""}),
        ("approver", {"approver": "云泽市商会行业党委"}),
    ):
        assert client.post(page(name, case), sent).status_code == 302, name

    assert Contact.objects.filter(case=case).count() == Introducer.objects.filter(case=case).count() == 2
    assert MemberVote.objects.get(case=case).present == 8
    assert Development.objects.get(case=case).training_days == 3
    assert MembershipRecord.objects.get(person=case.person, valid_to=None).contacts == f"{first.name}、{second.name}"
    assert f"{first.name}：2024年10月21日起" in text_of(client.get(case_page(case)))
    assert 'value="8"' in text_of(client.get(page("admission", case)))


@pytest.mark.parametrize(("name", "sent", "told"), [
    ("contacts", {"people": [], "since": "2024-10-21"}, "请至少写一名培养联系人"),
    ("contacts", {"people": ["没有这个人"], "since": "2024-10-21"}, "您的范围里没有"),
    ("introducers", {"people": [], "on": "2026-06-01"}, "请写两名入党介绍人"),
    ("examinations", {"on": "2999-01-01"}, "不能晚于今天"),
    ("admission", {"expected": 10, "present": 8, "yes": 9}, "选票共9张，多于"),
    ("admission", {"expected": "", "present": 8, "yes": 8}, "请填应到会有表决权的人数"),
    ("approver", {"approver": ""}, "请选审批的党委"), ("posted", {"posted_on": "昨天"}, "日期写成"),
    ("move", {"target": "", "on": "2026-01-01"}, "请选转入的党支部"), ("explanation", {"reason": "试"}, "请选"),
])
def test_bad_input_is_refused_in_plain_words(name: str, sent: dict[str, Any], told: str, as_role: Callable[[Role], Client]) -> None:
    case = walked("contacts")

    answer = as_role(Role.SECRETARY).post(page(name, case), sent)

    assert answer.status_code == 422
    assert told in text_of(answer)


def test_the_list_shows_what_is_next_and_asks_a_constant_number_of_questions(as_role: Callable[[Role], Client]) -> None:
    opened()
    client = as_role(Role.EDITOR)
    address = reverse("developments")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        text = text_of(client.get(address))
    for number in range(3):
        opened(applicant(name=f"申{number}"))
    with CaptureQueriesContext(connection) as four:
        client.get(address)

    assert "申小满" in text
    assert "派人谈话" in text
    assert len(one) == len(four)
    assert "申小满" not in text_of(client.get(address, {"stage": "activist"}))
    assert "申小满" in text_of(client.get(address, {"stage": "applicant"}))
    assert client.get(address, {"format": "xlsx"}).status_code == 200


def test_deadlines_of_many_are_read_in_a_constant_number_of_questions() -> None:
    opened()
    with CaptureQueriesContext(connection) as one:
        next_steps(whole(date(2024, 12, 1)), date(2024, 12, 1))
    for number in range(4):
        opened(applicant(name=f"申{number}"))
    with CaptureQueriesContext(connection) as five:
        found = next_steps(whole(date(2024, 12, 1)), date(2024, 12, 1))

    assert len(one) == len(five) <= 12
    assert len(found) == 5


def test_the_steps_ahead_read_in_columns_are_the_same_as_those_of_the_files(django_assert_num_queries: Any) -> None:
    for number, last in enumerate(("apply", "contacts", "candidate", "prereview", "report", "approve", "confirmation_request")):
        walked(last, opened(applicant(name=f"申{number}")))
    returned = walked("meeting", opened(applicant(name="申退")))
    return_step(case=returned, step="meeting", reason="重新表决", on=date(2026, 9, 1), by=submitter(), at=AT)
    days = sorted({*StepRecord.objects.values_list("on", flat=True), date(2026, 9, 1), date(2026, 12, 1)})

    for day in days:
        told = [(one.file.case.pk, one.file.kind.code, one.place.step.code, one.due) for one in next_steps(whole(day), day)]
        with django_assert_num_queries(3):
            ahead = steps_ahead(whole(day), day)
        assert [(one.case, one.kind.code, one.step.code, one.due) for one in ahead] == told


@pytest.mark.parametrize("role", [Role.GUIDE, Role.MEMBER, Role.ADMINISTRATOR])
def test_who_may_not_see_people_finds_nothing(role: Role, as_role: Callable[[Role], Client]) -> None:
    case = walked("contacts")
    client = as_role(role)

    assert client.get(case_page(case)).status_code in (403, 404)
    for name in ("cases", "home", "calendar", "search", "audit"):
        answer = client.get(reverse(name))
        assert NAME not in (text_of(answer) if answer.status_code == 200 else "")


def test_a_guide_of_the_chamber_does_not_find_its_candidates(as_role: Callable[[Role], Client]) -> None:
    case = opened()
    grant(user=user(Role.GUIDE), role=Role.GUIDE, unit=named(BRANCH), since=SINCE, by=None, at=AT)

    assert as_role(Role.GUIDE).get(case_page(case)).status_code == 404
    assert f"发展党员：{BRANCH}" not in text_of(as_role(Role.GUIDE).get(reverse("cases")))


def test_the_person_sees_the_own_road_with_dates_and_without_votes(as_role: Callable[[Role], Client]) -> None:
    case = walked("meeting")
    Person.objects.filter(user=user(Role.MEMBER)).update(user=None)
    Person.objects.filter(pk=case.person_id).update(user=user(Role.MEMBER))

    text = text_of(as_role(Role.MEMBER).get(reverse("my-development")))

    assert "2024-09-02" in text
    assert "报党委审批" in text
    assert "应到会" not in text
    assert "赞成" not in text
    assert as_role(Role.MEMBER).get(case_page(case)).status_code in (403, 404)


def test_without_a_road_of_ones_own_that_is_said(as_role: Callable[[Role], Client]) -> None:
    assert "没有您的发展党员记录" in text_of(as_role(Role.MEMBER).get(reverse("my-development")))
    assert "现在没有由您联系的培养对象" in text_of(as_role(Role.MEMBER).get(reverse("wards")))


def test_a_contact_sees_the_own_wards_and_registers_an_examination(as_role: Callable[[Role], Client]) -> None:
    case, other = walked("contacts"), opened(applicant(name="别人"))
    contact = full_members(1)[0]
    Person.objects.filter(user=user(Role.MEMBER)).update(user=None)
    Person.objects.filter(pk=contact.pk).update(user=user(Role.MEMBER))
    client = as_role(Role.MEMBER)

    text = text_of(client.get(reverse("wards")))
    assert NAME in text
    assert "别人" not in text
    assert client.get(reverse("ward", kwargs={"ward": other.pk})).status_code == 404
    sent = {"on": "2026-10-08", "who": "培养联系人", "kept_at": ""}
    assert client.post(reverse("ward", kwargs={"ward": case.pk}), sent).status_code == 302
    assert case.examinations.filter(on=date(2026, 10, 8)).exists()
    again = client.post(reverse("ward", kwargs={"ward": case.pk}), sent)
    assert again.status_code == 422
    assert "已经登记过" in text_of(again)


def test_two_way_lists_leaders_on_the_road_and_members_without_office(as_role: Callable[[Role], Client]) -> None:
    leader = register_person(kept_by=named(CHAMBER), by=None, at=AT, name="商会长")
    set_category(person=leader, category=Category.ACTIVIST, since=date(2021, 1, 1), by=None, at=AT)
    appoint(person=leader, unit=named(CHAMBER), post=Post.VICE_PRESIDENT, since=date(2021, 1, 1), by=None, at=AT)
    client = as_role(Role.EDITOR)

    text = text_of(client.get(reverse("two-way-leaders")))
    assert "商会长" in text
    members = client.get(reverse("two-way-members"))
    assert "商会长" not in text_of(members)
    assert client.get(reverse("two-way-members"), {"format": "xlsx"}).status_code == 200


def test_an_old_step_is_offered_by_the_rules_of_its_time(as_role: Callable[[Role], Client]) -> None:
    text = text_of(as_role(Role.SECRETARY).get(case_page(walked("candidate_review"))))

    assert "2026年5月11日以前办的，按当时的细则登记" in text
    assert "确定发展对象" in text


def test_a_development_moves_to_another_branch_and_time_goes_on(as_role: Callable[[Role], Client]) -> None:
    case = walked("contacts")
    other = named("云泽市餐饮业商会党支部")

    answer = as_role(Role.EDITOR).post(page("move", case), {"target": other.name, "on": "2025-02-01"})

    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.organization_id == other.pk
    assert not case.contacts.filter(valid_to=None).exists()
    assert case.records.get(step="activist").on == date(2024, 10, 8)
    assert as_role(Role.SECRETARY).get(case_page(case)).status_code == 404


def test_ending_otherwise_and_the_drafted_papers(as_role: Callable[[Role], Client]) -> None:
    case = walked("form")
    client = as_role(Role.SECRETARY)

    for draft in ("consent", "publicity", "admission", "approval", "confirmation", "confirmed"):
        assert client.get(reverse("case-draft", kwargs={"case": case.pk, "draft": draft})).status_code == 200
    assert client.get(page("end", case, ending="cancelled")).status_code == 404
    assert client.post(page("end", case, ending="meeting"), {"on": "2026-07-20", "reason": ""}).status_code == 422
    assert client.post(page("end", case, ending="meeting"), {"on": "2026-07-20", "reason": "赞成未超过半数"}).status_code == 302
    text = text_of(client.get(case_page(case)))
    assert "未通过" in text
    assert "党员大会没有通过：赞成未超过半数" in text


def test_a_probation_that_is_not_extended_has_no_papers_of_an_extension(as_role: Callable[[Role], Client]) -> None:
    case = walked("confirmation_request")
    address = reverse("case-draft", kwargs={"case": case.pk, "draft": "extension"})
    assert as_role(Role.SECRETARY).get(address).status_code == 404


def test_papers_of_an_extended_probation_say_a_year_and_then_the_extension(as_role: Callable[[Role], Client]) -> None:
    case = walked("confirmation_request")
    extended(case, 6)
    client = as_role(Role.SECRETARY)

    def paper(code: str) -> str:
        return text_of(client.get(reverse("case-draft", kwargs={"case": case.pk, "draft": code})))

    assert "至2027年7月20日止" in paper("approval")
    assert "2027年7月20日支部党员大会决定延长预备期6个月，预备期于2028年1月20日满" in paper("confirmation")
    assert "党龄自2028年1月20日算起" in paper("confirmed")
    request = paper("extension")
    assert "关于延长申小满预备期的请示" in request
    assert "2027年7月20日支部党员大会讨论表决：应到会有表决权的党员10名，实到会8名，赞成8票" in request
    assert "同意延长预备期6个月，至2028年1月20日止" in request
    extension_approved(case)
    answer = paper("extension_approved")
    assert "云商党〔2026〕8号" in answer
    assert "预备期6个月，自2027年7月20日至2028年1月20日" in answer
    assert "决定延长预备期6个月，2027年8月1日经党委批准，预备期于2028年1月20日满" in paper("confirmation")
    notice = paper("publicity")
    assert "1990年3月出生" in notice
    assert "1990-03-05" not in notice



def test_an_extension_registered_by_mistake_is_taken_off_with_its_count(as_role: Callable[[Role], Client]) -> None:
    case = walked("confirmation_request")
    client = as_role(Role.SECRETARY)
    assert "登记延长预备期" in text_of(client.get(case_page(case)))
    extended(case, 12)
    assert "修改延长预备期" in text_of(client.get(case_page(case)))

    assert "去掉延长预备期12个月的登记" in text_of(client.get(page("extended", case)))
    assert client.post(page("extended", case), {"reason": ""}).status_code == 422
    assert client.post(page("extended", case), {"reason": "会议记录写的是半年"}).status_code == 302

    assert Development.objects.get(case=case).extended_months is None
    assert not MemberVote.objects.filter(case=case, meeting="extension").exists()
    extended(case, 6)
    extension_approved(case)
    step(case, "confirmation_meeting", date(2028, 1, 20))
    again = client.post(page("extended", case), {"reason": "试"})
    assert again.status_code == 422
    assert "不能再改" in text_of(again)


def test_what_a_registered_step_rests_on_is_not_offered_for_change(as_role: Callable[[Role], Client]) -> None:
    case = walked("form")
    client = as_role(Role.SECRETARY)
    assert page("admission", case) in text_of(client.get(case_page(case)))

    step(case, "meeting")

    text = text_of(client.get(case_page(case)))
    assert page("admission", case) not in text
    assert page("introducers", case) not in text
    assert "已登记，不再改" in text


def test_an_examination_is_taken_off_from_the_list_until_cultivation_is_concluded(as_role: Callable[[Role], Client]) -> None:
    case = walked("contacts")
    client = as_role(Role.SECRETARY)
    first = case.examinations.order_by("on").first()
    assert first is not None
    remove = page("examination-remove", case, examination=first.pk)
    assert remove in text_of(client.get(page("examinations", case)))
    assert client.post(remove, {"reason": "记错了"}).status_code == 302
    assert not case.examinations.filter(pk=first.pk).exists()

    examine(case=case, on=first.on, by=None, at=AT, today=TODAY)
    step(case, "cultivation")

    assert "/remove/" not in text_of(client.get(page("examinations", case)))


def test_an_applicant_not_in_the_ledger_is_registered_on_the_way(as_role: Callable[[Role], Client]) -> None:
    client = as_role(Role.SECRETARY)
    new = reverse("person-new") + "?category=applicant"
    assert new in text_of(client.get(reverse("case-new", kwargs={"case_kind": "development"})))
    assert re.search(r'value="applicant"[^>]*\bchecked', text_of(client.get(new)))
    assert not re.search(r'name="category"[^>]*\bchecked', text_of(client.get(reverse("person-new") + "?category=saint")))


def test_a_finished_development_is_taken_up_again_by_the_office(as_role: Callable[[Role], Client]) -> None:
    case = walked("archive")
    undo = reverse("case-undo", kwargs={"case": case.pk})
    assert as_role(Role.SECRETARY).get(undo).status_code == 403

    client = as_role(Role.EDITOR)
    assert "党籍不变" in text_of(client.get(undo))
    assert client.post(undo, {"reason": "漏归一份材料"}).status_code == 302

    case.refresh_from_db()
    assert case.state == State.OPEN
    assert case.records.filter(step="archive", returned_on=None).count() == 0


def test_the_slip_of_a_letter_closes_the_development_on_its_page(as_role: Callable[[Role], Client]) -> None:
    case = walked("oath")
    assert case.person is not None
    row = issue_letter(
        person=case.person, counterpart="北京市某街道党工委", on=date(2026, 10, 1), number="7", valid_days=90, longest=90,
        issuer=named_committee(), by=None, at=AT,
    )
    slip = reverse("transfer-slip", kwargs={"transfer": row.pk})

    answer = as_role(Role.SECRETARY).post(slip, {"accepted_on": "2026-10-10", "answered_on": "2026-10-12"})

    assert answer.status_code == 302, text_of(answer)
    text = text_of(as_role(Role.EDITOR).get(case_page(case)))
    assert "已转出" in text
    assert "随组织关系转到“北京市某街道党工委”" in text


def _contact_is(role: Role, case: Case) -> Person:
    """The visitor of a role is the first contact of a case."""
    row = case.contacts.filter(valid_to=None).select_related("person").first()
    assert row is not None
    Person.objects.filter(user=user(role)).update(user=None)
    Person.objects.filter(pk=row.person_id).update(user=user(role))
    return row.person


def test_a_contact_finds_the_next_examination_in_the_to_do_and_in_the_calendar_without_the_name(as_role: Callable[[Role], Client]) -> None:
    case = walked("contacts")
    _contact_is(Role.MEMBER, case)
    client = as_role(Role.MEMBER)

    text = text_of(client.get("/"))

    assert f"{NAME}：培养考察" in text
    assert reverse("ward", kwargs={"ward": case.pk}) in text
    assert "2026-10-08" in text
    feed = make_feed_key(user=user(Role.MEMBER), by=user(Role.MEMBER), at=AT)
    said = client.get(reverse("feed", kwargs={"token": feed})).content.decode()
    assert f"培养考察最迟 · {BRANCH}" in said.replace("\r\n ", "")
    assert NAME not in said
    case.contacts.update(valid_to=ACTIVIST + timedelta(days=30))
    assert "培养考察" not in text_of(client.get("/"))


def test_who_works_on_the_case_is_told_once(as_role: Callable[[Role], Client]) -> None:
    case = walked("contacts")
    _contact_is(Role.SECRETARY, case)

    text = text_of(as_role(Role.SECRETARY).get("/"))

    assert f"发展党员：{NAME}：培养教育考察" in text
    assert f"{NAME}：培养考察" not in text


def test_wards_are_read_in_a_fixed_number_of_questions(
    as_role: Callable[[Role], Client], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    _contact_is(Role.MEMBER, walked("contacts"))
    client = as_role(Role.MEMBER)
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for number in range(3):
        walked("contacts", opened(applicant(name=f"申{number}")))
    with django_assert_max_num_queries(len(one)):
        assert "申2：培养考察" in text_of(client.get("/"))
