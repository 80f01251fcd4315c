"""The pages of transfers: both sides, nobody else; what is seen before the receipt; one touch; letters printed; bad input said plainly."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from shanghui.access.models import AuditEntry, Role
from shanghui.ledger.organizations.models import Form
from shanghui.ledger.people.models import Appointment, Person, Transfer, TransferState
from shanghui.ledger.people.operations import issue_letter, send_people
from tests.ledger.transferred import (
    ACT,
    BRANCH,
    COMMITTEE,
    NEXT_DOOR,
    OTHER,
    OUTSIDE,
    homes,
    letter_in,
    limited,
    member,
    organization,
    stranger,
)
from tests.web.somebody import text_of
from tests.worked_city import named, neighbour, seat

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=5)


@pytest.fixture
def secretary(as_role: Callable[[Role], Client]) -> Client:
    """Of BRANCH."""
    return as_role(Role.SECRETARY)


@pytest.fixture
def next_door() -> Client:
    """The secretary of the branch in the neighbouring city."""
    client = Client()
    client.force_login(seat(Role.SECRETARY, named(NEXT_DOOR), "next-secretary"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, row: Any) -> str:
    return reverse(name, kwargs={"transfer": row.pk})


def sent(person: Person, to: str = NEXT_DOOR) -> Transfer:
    return send_people(people=[person], target=organization(to), on=BEFORE, reason="工作变动", **ACT)[0]


def letter(person: Person, days: int = 30) -> Transfer:
    return issue_letter(
        person=person, counterpart=OUTSIDE, on=BEFORE, number="12", valid_days=days, longest=90, issuer=organization(COMMITTEE), **ACT
    )


def test_sent_by_whole_name_to_a_branch_outside_and_received_there_at_a_touch(secretary: Client, next_door: Client) -> None:
    person = member()
    form = {"target": NEXT_DOOR, "sent_on": BEFORE.isoformat(), "reason": "工作变动", "dues_until": "2026年9月"}
    secretary.post(reverse("person-transfer", kwargs={"person": person.pk}), form)
    row = Transfer.objects.get()

    page = text_of(next_door.get(at("transfer", row)))
    assert "等您接收" in page
    assert "接收以前只看得到这些" in page
    assert next_door.get(reverse("person", kwargs={"person": person.pk})).status_code == 404
    assert "方云泽的组织关系等接收" in text_of(next_door.get("/"))
    next_door.post(at("transfer-receive", row), {"on": TODAY.isoformat()})
    assert homes(person, TODAY) == [NEXT_DOOR]
    assert next_door.get(reverse("person", kwargs={"person": person.pk})).status_code == 200
    assert secretary.get(reverse("person", kwargs={"person": person.pk})).status_code == 404
    assert "已接收" in text_of(secretary.get(at("transfer", row)))


def test_nothing_of_the_person_but_the_letter_is_told_before_the_receipt(next_door: Client) -> None:
    person = member()
    Person.objects.filter(pk=person.pk).update(workplace="云泽市安泰公司", education="博士研究生")
    row = sent(person)

    for url in (at("transfer", row), reverse("transfers"), reverse("people"), reverse("search") + "?q=方云泽"):
        page = text_of(next_door.get(url))
        assert "安泰" not in page
        assert "博士" not in page
    assert "方云泽" not in text_of(next_door.get(reverse("people")))


def test_the_sending_side_does_not_answer_and_the_receiving_side_does_not_withdraw(secretary: Client, next_door: Client) -> None:
    row = sent(member())

    assert secretary.post(at("transfer-receive", row), {"on": TODAY.isoformat()}).status_code == 404
    assert secretary.post(at("transfer-return", row), {"reason": "不要"}).status_code == 404
    assert next_door.post(at("transfer-withdraw", row), {"reason": "不要"}).status_code == 404
    assert Transfer.objects.get().is_open


def test_a_third_organization_finds_nothing(as_role: Callable[[Role], Client]) -> None:
    row = sent(member(), OTHER)
    third = Client()
    third.force_login(seat(Role.EDITOR, neighbour(), "next-office"), backend="django.contrib.auth.backends.ModelBackend")

    assert third.get(at("transfer", row)).status_code == 404
    assert "方云泽" not in text_of(third.get(reverse("transfers")))
    assert as_role(Role.GUIDE).get(reverse("transfers")).status_code == 403


def test_sent_back_with_a_reason_that_the_sender_reads(secretary: Client, next_door: Client) -> None:
    row = sent(member())
    assert "请写明原因" in text_of(next_door.post(at("transfer-return", row), {"reason": ""}))
    next_door.post(at("transfer-return", row), {"reason": "志愿书复印件不清楚"})

    assert "志愿书复印件不清楚" in text_of(secretary.get(at("transfer", row)))
    assert secretary.get(at("transfer-withdraw", row)).status_code == 302


def test_withdrawn_by_the_sender(secretary: Client) -> None:
    row = sent(member())
    secretary.post(at("transfer-withdraw", row), {"reason": "不走了"})

    assert Transfer.objects.get().state == TransferState.WITHDRAWN


@pytest.mark.parametrize(("changed", "said"), [
    ({"target": "没有这个支部"}, "平台里没有叫“没有这个支部”的党组织"), ({"target": ""}, "请填转到哪个党组织"),
    ({"sent_on": (TODAY + timedelta(days=1)).isoformat()}, "这一天还没有到"), ({"dues_until": "2022年6月3日"}, "写到月就可以"),
    ({"target": BRANCH}, "已在"), ({"sent_on": "2019-01-01"}, "还没有成立"),
])
def test_what_cannot_be_sent_is_said(as_role: Callable[[Role], Client], changed: dict[str, str], said: str) -> None:
    person = member()
    form = {"target": NEXT_DOOR, "sent_on": BEFORE.isoformat(), **changed}
    answer = as_role(Role.EDITOR).post(reverse("person-transfer", kwargs={"person": person.pk}), form)

    assert answer.status_code == 422
    assert said in text_of(answer)


@pytest.mark.parametrize("form", [Form.FUNCTIONAL, Form.TEMPORARY])
def test_a_functional_organization_named_in_full_is_refused_with_a_sentence(secretary: Client, form: Form) -> None:
    target = limited(form)
    sending = {"target": target.unit.name, "sent_on": BEFORE.isoformat()}
    answer = secretary.post(reverse("person-transfer", kwargs={"person": member().pk}), sending)

    assert "组织关系留在原单位" in text_of(answer)


def test_a_whole_branch_goes_in_one_act_and_is_received_in_one(secretary: Client, as_role: Callable[[Role], Client]) -> None:
    url = reverse("organization-transfer", kwargs={"organization": named(BRANCH).pk})
    Appointment.objects.filter(unit=named(BRANCH)).exclude(post="secretary").update(valid_to=BEFORE - timedelta(days=1))
    page = secretary.get(url)
    choices = [pk for pk, _ in page.context["form"].fields["people"].choices]
    assert page.context["many"] == len(choices) > 5
    assert "请先办理免职" in text_of(page)
    secretary.post(url, {"people": choices, "target": OTHER, "sent_on": BEFORE.isoformat()})
    assert Transfer.objects.waiting().count() == len(choices)

    first = Transfer.objects.order_by("pk")[0]
    office = as_role(Role.EDITOR)
    assert f"同一批 {len(choices)} 人一起接收" in text_of(office.get(at("transfer", first)))
    office.post(at("transfer-receive", first), {"on": TODAY.isoformat(), "together": "on"})
    assert not Transfer.objects.waiting().exists()
    assert homes(first.person, TODAY) == [OTHER]


def test_nobody_ticked_is_said(secretary: Client) -> None:
    url = reverse("organization-transfer", kwargs={"organization": named(BRANCH).pk})

    assert "请选要转出的人" in text_of(secretary.post(url, {"target": OTHER, "sent_on": BEFORE.isoformat()}))


def test_received_from_another_day_not_from_one_ahead(next_door: Client) -> None:
    row = sent(member())
    ahead = next_door.post(at("transfer-receive", row), {"on": (TODAY + timedelta(days=1)).isoformat()})
    early = next_door.post(at("transfer-receive", row), {"on": (BEFORE - timedelta(days=1)).isoformat()})
    assert "这一天还没有到" in text_of(ahead)
    assert "不能早于发出日期" in text_of(early)

    next_door.post(at("transfer-receive", row), {"on": BEFORE.isoformat()})
    assert homes(row.person, BEFORE) == [NEXT_DOOR]


# --- letters


def letter_form(**changed: str) -> dict[str, str]:
    return {
        "counterpart": OUTSIDE, "issuer": str(organization(COMMITTEE).pk), "number": "12", "sent_on": BEFORE.isoformat(), "valid_days": "30", **changed,
    }


def test_a_letter_is_issued_printed_and_answered(secretary: Client) -> None:
    person = member()
    Person.objects.filter(pk=person.pk).update(birth="1985-04")
    url = reverse("person-letter", kwargs={"person": person.pk})
    assert secretary.get(url).context["form"].initial["number"] == 1
    secretary.post(url, letter_form())
    row = Transfer.objects.get()
    assert "等对方回执" in text_of(secretary.get(at("transfer", row)))

    answer = secretary.get(at("transfer-letter", row))
    words = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    for wanted in ("存根", "回执", "方云泽同志", "第12号", OUTSIDE, COMMITTEE, "【待补充：党费交至年月】", "系中共正式党员", "有效期30天"):
        assert wanted in words, wanted
    assert AuditEntry.objects.filter(verb="导出", subject_id=person.pk).exists()
    secretary.post(at("transfer-slip", row), {"accepted_on": TODAY.isoformat(), "answered_on": TODAY.isoformat()})
    assert homes(person, TODAY) == []
    record = text_of(secretary.get(reverse("person", kwargs={"person": person.pk})))
    assert "组织关系已转出" in record
    assert "不是党员" not in record
    assert "资料完整" not in record


@pytest.mark.parametrize(("changed", "said"), [
    ({"valid_days": "91"}, "最长 90 天"), ({"valid_days": "0"}, "至少 1 天"), ({"valid_days": "很久"}, "写天数"), ({"counterpart": ""}, "请填转往哪个党组织"),
    ({"issuer": ""}, "由哪个单位开"), ({"issued_by": "云泽市委组织部"}, "上面已经选了党委"), ({"number": ""}, "请填编号"),
])
def test_what_is_wrong_with_a_letter_is_said(secretary: Client, changed: dict[str, str], said: str) -> None:
    answer = secretary.post(reverse("person-letter", kwargs={"person": member().pk}), letter_form(**changed))

    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_letter_that_ran_out_asks_for_an_explanation_before_another(secretary: Client) -> None:
    row = letter(member(), days=2)
    assert "介绍信已过期" in text_of(secretary.get(at("transfer", row)))
    late = secretary.post(at("transfer-slip", row), {"accepted_on": TODAY.isoformat(), "answered_on": TODAY.isoformat()})
    assert "请写明过期的原因" in text_of(late)

    secretary.post(at("transfer-void", row), {"reason": "对方没有接收，信在途中遗失"})
    secretary.post(reverse("person-letter", kwargs={"person": row.person_id}), letter_form(number="13"))
    again = Transfer.objects.get(number="13")
    assert again.follows == row
    assert "第13号" in text_of(secretary.get(at("transfer", row)))


def test_overdue_letters_stand_in_the_to_do(secretary: Client) -> None:
    letter(member(), days=2)

    page = text_of(secretary.get("/"))
    assert "介绍信回执" in page
    assert reverse("transfers") + "?state=sent&amp;direction=out" in page


def test_a_letter_that_came_in_is_registered_checked_and_accepted(secretary: Client) -> None:
    url = reverse("letter-in-new")
    found = secretary.post(url, {"find": "方滨海"})
    form = {
        "person": "new", "target": BRANCH, "counterpart": OUTSIDE, "issued_by": "滨海市委组织部", "number": "7",
        "issued_on": BEFORE.isoformat(), "valid_days": "30",
    }
    secretary.post(found["Location"], form)
    row = Transfer.objects.get()
    assert "等您核对接收" in text_of(secretary.get(at("transfer", row)))

    wrong = {"checked_on": TODAY.isoformat(), "on": BEFORE.isoformat(), "category": "full"}
    assert "不能早于核对日期" in text_of(secretary.post(at("transfer-accept", row), wrong))
    secretary.post(at("transfer-accept", row), {**wrong, "on": TODAY.isoformat()})
    assert homes(row.person, TODAY) == [BRANCH]
    assert row.person.name == "方滨海"


def test_the_ledger_is_searched_filtered_and_exported_with_the_usual_columns(secretary: Client) -> None:
    sent(member("方一"))
    letter(member("方二"), days=2)
    letter_in(stranger("方三"), on=BEFORE)

    def names(query: str) -> list[str]:
        return sorted(line["row"].person.name for line in secretary.get(reverse("transfers") + query).context["lines"])

    assert names("") == ["方一", "方三", "方二"]
    assert names("?side=in") == ["方三"]
    assert names("?side=out") == ["方一", "方二"]
    assert names("?letter=late") == ["方二"]
    assert names("?direction=inside") == ["方一"]
    assert names(f"?q={OUTSIDE[:5]}") == ["方三", "方二"]
    assert names("?q=12") == ["方二"]
    sheet = load_workbook(io.BytesIO(secretary.get(reverse("transfers") + "?format=xlsx").content)).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"姓名", "方式", "转出党组织", "转入党组织", "介绍信编号", "发出日期", "有效期至", "回执收到日期"} <= cells


def test_the_list_asks_the_same_number_of_questions_however_long(secretary: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            secretary.get(reverse("transfers"))
        return len(queries)

    sent(member("方零"))
    asked()
    few = asked()
    for number in range(6):
        sent(member(f"方{number}"))
    assert asked() == few


def test_the_way_begins_at_the_person_and_at_the_members_of_a_branch(secretary: Client) -> None:
    person = member()

    assert reverse("person-transfer", kwargs={"person": person.pk}) in text_of(secretary.get(reverse("person", kwargs={"person": person.pk})))
    branch = named(BRANCH).pk
    assert reverse("organization-transfer", kwargs={"organization": branch}) in text_of(secretary.get(f"{reverse('people')}?branch={branch}"))
    sent(person)
    assert reverse("person-transfer", kwargs={"person": person.pk}) not in text_of(secretary.get(reverse("person", kwargs={"person": person.pk})))


def test_readers_see_and_do_nothing(as_role: Callable[[Role], Client]) -> None:
    row = sent(member(), OTHER)
    reader = as_role(Role.READER)

    page = text_of(reader.get(at("transfer", row)))
    assert "等“云泽市餐饮业商会党支部”接收" in page
    assert "从今天起接收" not in page
    assert reader.post(at("transfer-receive", row)).status_code == 403


def test_a_receipt_is_taken_back_from_the_record_of_the_person_once(secretary: Client, as_role: Callable[[Role], Client]) -> None:
    office = as_role(Role.EDITOR)
    row = sent(member(), OTHER)
    office.post(at("transfer-receive", row), {"on": str(TODAY)})
    entry = AuditEntry.objects.get(verb="接收组织关系")
    address = reverse("undo", kwargs={"entry": entry.pk})

    assert address in text_of(office.get(reverse("person", kwargs={"person": row.person_id})))
    assert homes(row.person, TODAY) == [OTHER]
    office.post(address)
    assert homes(row.person, TODAY) == [BRANCH]
    office.post(at("transfer-receive", row), {"on": str(TODAY)})
    assert homes(row.person, TODAY) == [OTHER]
    assert "已经撤销过" in text_of(office.get(address))


def test_no_other_home_is_entered_by_hand_while_one_is_on_its_way(as_role: Callable[[Role], Client]) -> None:
    office, row = as_role(Role.EDITOR), sent(member())
    address = reverse("person-affiliate", kwargs={"person": row.person_id})
    typed = {"organization": OTHER, "since": str(TODAY)}

    assert "还在途中" in text_of(office.post(address, {"kind": "home", **typed}))
    assert office.post(address, {"kind": "dual", **typed}).status_code == 302
    assert homes(row.person, TODAY) == [BRANCH]
