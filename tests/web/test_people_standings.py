"""What becomes of a member on screen: offered as far as one may, asked with its decision, shown with the next step, listed for the office."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.ledger.people.models import Affiliation, MembershipRecord, MemberStanding, Person, StandingKind
from shanghui.ledger.people.operations import set_standing
from tests.web.somebody import at, somebody, text_of
from tests.worked_city import AT, BRANCH

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
SPRING = date(2022, 3, 1)
DECISION = {"decided_by": "支部党员大会", "decided_on": "2022-06-20", "approved_by": "云泽市商会行业党委", "approval_number": "云商党〔2022〕9号"}


@pytest.fixture
def person() -> Person:
    return somebody()


def away(person: Person, kind: StandingKind = StandingKind.FLOATING) -> MemberStanding:
    return set_standing(person=person, kind=kind, since=SPRING, by=None, at=AT)


def of(name: str, standing: MemberStanding) -> str:
    return reverse(name, kwargs={"standing": standing.pk})


def test_a_secretary_enters_who_is_away_and_the_page_says_so(as_role: AsRole, person: Person) -> None:
    secretary = as_role(Role.SECRETARY)
    form = text_of(secretary.get(at("person-standing", person, state="floating")))
    assert "仍计入本支部党员数" in form

    page = text_of(secretary.post(
        at("person-standing", person, state="floating"), {"since": "2022年3月", "place": "宁波市", "fixed": "1", "reason": "异地经营"}, follow=True
    ))

    made = MemberStanding.objects.get(person=person)
    assert (made.valid_from, made.from_precision, made.place, made.fixed) == (SPRING, "month", "宁波市", True)
    for words in ("流动党员", "去向：宁波市（相对固定）", "登记联系"):
        assert words in page


def test_what_the_upper_level_approves_is_entered_by_the_office_alone(as_role: AsRole, editor: Client, person: Person) -> None:
    address = at("person-standing", person, state="suspended")

    assert "停止党籍" not in text_of(as_role(Role.SECRETARY).get(at("person", person)))
    assert as_role(Role.SECRETARY).get(address).status_code == 404
    assert "停止党籍" in text_of(editor.get(at("person", person)))
    assert editor.post(address, {"since": "2022-07-01", **DECISION}).status_code == 302
    assert not MembershipRecord.objects.on(date(2022, 7, 1)).filter(person=person).exists()


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("since", "", "请填从哪一天起"), ("since", "2022-13-01", "没有这一天"), ("since", "2099-01-01", "还没有到"), ("decided_by", "", "请填由谁决定"),
    ("decided_on", "", "请填日期"), ("decided_on", "2099-01-01", "决定日期还没有到"), ("approved_by", "", "请填批准（备案）单位"),
    ("decided_on", "2022-07-02", "生效不能早于"),
])
def test_a_decision_that_lacks_something_is_refused_in_plain_words(editor: Client, person: Person, field: str, typed: str, sentence: str) -> None:
    answer = editor.post(at("person-standing", person, state="suspended"), {"since": "2022-07-01", **DECISION, field: typed})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not MemberStanding.objects.filter(person=person).exists()


def test_no_such_state_does_not_exist(editor: Client, person: Person) -> None:
    assert editor.get(at("person-standing", person, state="retired")).status_code == 404


def test_contacts_are_noted_and_told_with_day_and_way_alone(editor: Client, person: Person) -> None:
    lost = away(person, StandingKind.LOST)

    refused = editor.post(of("standing-contact", lost), {"held_on": "2022-07-01", "reached": "0"})
    page = text_of(editor.post(of("standing-contact", lost), {"held_on": "2022-07-01", "way": "relatives", "reached": "0"}, follow=True))

    assert "请选方式" in text_of(refused)
    assert "2022-07-01 向亲友、邻居了解（没有联系上）" in page


def test_what_ended_says_how_and_offers_no_more_steps(editor: Client, person: Person) -> None:
    made = away(person)

    page = text_of(editor.post(of("standing-end", made), {"last_day": "2022-06-30", "how": "已返回"}, follow=True))

    assert "结束：已返回" in page
    assert of("standing-contact", made) not in page
    assert "不再是这个状态" in text_of(editor.get(of("standing-end", away_again(person))))


def away_again(person: Person) -> MemberStanding:
    return set_standing(person=person, kind=StandingKind.FLOATING, since=date(2022, 7, 2), by=None, at=AT)


def test_a_membership_is_restored_by_its_own_form(editor: Client, person: Person) -> None:
    editor.post(at("person-standing", person, state="suspended"), {"since": "2022-07-01", **DECISION})
    made = MemberStanding.objects.get(person=person)

    answer = editor.post(of("standing-end", made), {"since": "2022-07-05", "decided_by": "支部党员大会", "approved_by": "市委组织部"}, follow=True)

    assert "已登记恢复党籍" in text_of(answer)
    assert MembershipRecord.objects.on(date(2022, 7, 5)).filter(person=person, category="full").exists()


def test_who_has_died_is_offered_nothing_more(editor: Client, person: Person) -> None:
    editor.post(at("person-standing", person, state="died"), {"since": "2022-07-01"})

    page = text_of(editor.get(at("person", person)))
    assert "登记变化" not in page
    assert "去世" in page
    answer = editor.post(at("person-category", person), {"category": "applicant", "since": "2022-07-05"})
    assert "已于2022-07-01去世" in text_of(answer)


def test_the_page_as_at_a_day_before_does_not_know_it(editor: Client, person: Person) -> None:
    away(person)

    assert "登记为流动" not in text_of(editor.get(at("person", person) + "?on=2022-02-28"))
    assert '<span class="tag tag--line">流动党员</span>' not in text_of(editor.get(at("person", person) + "?on=2022-02-28"))
    assert '<span class="tag tag--line">流动党员</span>' in text_of(editor.get(at("person", person)))


def test_the_ledger_lists_and_exports_what_holds_on_the_day(editor: Client, person: Person, django_assert_max_num_queries: Any) -> None:
    away(person)
    page = "/people/standings/?q=方云泽"
    with django_assert_max_num_queries(14):
        listed = text_of(editor.get(page))

    assert at("person", person) in listed
    assert BRANCH in listed
    assert at("person", person) not in text_of(editor.get(f"{page}&on={SPRING - timedelta(days=1)}"))
    assert at("person", person) not in text_of(editor.get(f"{page}&counted=no"))
    rows = list(openpyxl.load_workbook(io.BytesIO(editor.get(f"{page}&format=xlsx").content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "流动、失联等党员名册"
    assert any(row[:3] == (person.name, "流动党员", BRANCH) for row in rows)


def test_a_secretary_lists_his_own_people_alone(as_role: AsRole, person: Person) -> None:
    elsewhere = Person.objects.get(name="方临江")
    away(elsewhere)
    away(person)

    page = text_of(as_role(Role.SECRETARY).get("/people/standings/?kind=floating"))

    assert person.name in page
    assert elsewhere.name not in page


def test_home_and_dual_life_say_what_they_allow(editor: Client, person: Person) -> None:
    assert "有表决权、选举权和被选举权" in text_of(editor.get(at("person", person)))


def test_who_is_suspended_has_no_rights_at_home_and_no_road_is_opened(editor: Client, person: Person) -> None:
    decided: dict[str, Any] = DECISION | {"decided_on": date(2022, 3, 1)}
    before = text_of(editor.get(at("person", person)))
    home = reverse("fact-end", kwargs={"kind": "affiliation", "fact": Affiliation.objects.get(person=person).pk})
    assert home not in before
    set_standing(person=person, kind=StandingKind.SUSPENDED, since=SPRING, by=None, at=AT, **decided)
    page = text_of(editor.get(at("person", person)))

    assert "计入党员数，参加组织生活，交党费；有表决权" in before
    assert "不计入党员数，没有表决权、选举权和被选举权" in page
    assert "参加组织生活，交党费" not in page
    assert "立项：发展党员" not in page
    assert home not in page


def test_the_category_of_a_member_does_not_end_at_the_direct_address(editor: Client, person: Person) -> None:
    record = MembershipRecord.objects.get(person=person)
    address = reverse("fact-end", kwargs={"kind": "record", "fact": record.pk})
    page = text_of(editor.get(address, follow=True))
    editor.post(address, {"last_day": "2022-06-30", "reason": "去世"})

    assert "请在人员页的“党员状态”里登记" in page
    record.refresh_from_db()
    assert record.valid_to is None
