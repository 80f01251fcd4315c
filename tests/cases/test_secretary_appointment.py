"""The upper level sends, appoints or hires a secretary: from the decision to the post in the ledger; and what is refused (COM-12)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State
from shanghui.cases.operations import put_posting, skip_step
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Form, OrganizationKind, Term
from shanghui.ledger.organizations.operations import dissolve_organization, found_organization
from shanghui.ledger.people.models import Appointment, Category, Method, Person, Post
from shanghui.ledger.people.operations import register_person, set_category
from tests.cases.elections import LARGE, OPENED, SMALL, TODAY, branch, new_branch, opened, step
from tests.worked_city import AT, SINCE, city

pytestmark = pytest.mark.django_db
KIND = "secretary_appointment"
BEGAN, ENDS = date(2022, 8, 10), date(2024, 8, 9)


def newcomer(since: date = SINCE, category: Category = Category.FULL) -> Person:
    """Somebody from elsewhere."""
    made = register_person(kept_by=city(), by=None, at=AT, name="戊专职")
    set_category(person=made, category=category, since=since, by=None, at=AT)
    return made


def decided(case: Case, **posting: object) -> Case:
    """Named and decided without a request."""
    put_posting(case=case, person=newcomer(), post=Post.SECRETARY, by=None, at=AT, **{"method": Method.ASSIGNED} | posting)  # type: ignore[arg-type]
    skip_step(case=case, step="request", reason="上级直接决定", on=OPENED, by=None, at=AT)
    step(case, "approve", date(2022, 8, 1), number="云商党〔2022〕30号")
    return case


def test_a_hired_secretary_begins_with_contract_decision_and_number_and_the_one_before_leaves() -> None:
    case = decided(opened(branch(SMALL), kind=KIND), method=Method.HIRED, due_by=ENDS)
    old = Appointment.objects.on(OPENED).get(unit=branch(SMALL).unit, post=Post.SECRETARY)
    term = Term.objects.get(unit=branch(SMALL).unit, valid_to=None)

    step(case, "begin", BEGAN)

    case.refresh_from_db()
    old.refresh_from_db()
    new = Appointment.objects.get(unit=branch(SMALL).unit, post=Post.SECRETARY, valid_to=None)
    assert case.state == State.DONE
    assert old.valid_to == BEGAN
    assert (new.person.name, new.valid_from, new.method, new.due_by) == ("戊专职", BEGAN, Method.HIRED, ENDS)
    assert (new.approved_by, new.approval_number) == ("云泽市商会行业党委", "云商党〔2022〕30号")
    assert Term.objects.get(unit=branch(SMALL).unit, valid_to=None) == term


def test_a_temporary_branch_gets_its_secretary_so() -> None:
    body = new_branch(0, Form.TEMPORARY)
    case = decided(opened(body, kind=KIND))

    step(case, "begin", BEGAN)

    assert Appointment.objects.get(unit=body.unit).method == Method.ASSIGNED


def test_with_a_request_who_reported_it_is_not_who_decides_and_the_decision_is_a_reply() -> None:
    case = opened(branch(SMALL), kind=KIND)
    put_posting(case=case, person=newcomer(), post=Post.SECRETARY, method=Method.ASSIGNED, grounds="原书记退休", by=None, at=AT)
    step(case, "request", date(2022, 7, 20))

    kind = file_of(case, OPENED).kind
    assert kind.step("approve").approves == "request"  # type: ignore[union-attr]
    step(case, "approve", date(2022, 8, 1), number="30号")
    file = file_of(case, TODAY)
    asked, answered = (kind.paper(code).write(file) for code in ("request", "decision"))  # type: ignore[union-attr]
    assert asked.title == f"关于选派戊专职任{SMALL}书记的请示"
    assert "原书记退休。" in asked.paragraphs[0]
    assert (answered.title, answered.paragraphs[-1], answered.number) == ("关于戊专职任职的批复", "此复。", "30号")


def test_without_anybody_named_nothing_is_decided() -> None:
    case = opened(branch(SMALL), kind=KIND)

    with pytest.raises(Refused, match="请先填写任命"):
        step(case, "request", date(2022, 7, 20))


def test_somebody_who_is_not_a_full_member_is_refused() -> None:
    case = opened(branch(SMALL), kind=KIND)
    put_posting(case=case, person=newcomer(category=Category.PROBATIONARY), post=Post.SECRETARY, method=Method.ASSIGNED, by=None, at=AT)

    with pytest.raises(Refused, match="不是正式党员，不能任书记"):
        step(case, "request", date(2022, 7, 20))


def test_who_holds_the_post_already_is_refused() -> None:
    case = opened(branch(SMALL), kind=KIND)
    holder = Appointment.objects.on(OPENED).get(unit=branch(SMALL).unit, post=Post.SECRETARY).person
    put_posting(case=case, person=holder, post=Post.SECRETARY, method=Method.HIRED, due_by=ENDS, by=None, at=AT)

    with pytest.raises(Refused, match="已经任书记。续聘的，请在任职那里办续聘"):
        step(case, "request", date(2022, 7, 20))


@pytest.mark.parametrize(("method", "due_by", "words"), [
    (Method.HIRED, None, "请写明聘期到哪一天"), (Method.ASSIGNED, ENDS, "聘期只有聘任的才有"),
    (Method.ELECTED, None, "选任的书记由选举产生"),
])
def test_a_contract_belongs_to_somebody_hired(method: Method, due_by: date | None, words: str) -> None:
    with pytest.raises(Refused, match=words):
        put_posting(case=opened(branch(SMALL), kind=KIND), person=newcomer(), post=Post.SECRETARY, method=method, due_by=due_by, by=None, at=AT)


def test_a_contract_that_ends_on_the_first_day_is_refused_and_one_that_ends_the_day_after_is_not() -> None:
    case = decided(opened(branch(SMALL), kind=KIND), method=Method.HIRED, due_by=BEGAN)

    with pytest.raises(Refused, match="不晚于"):
        step(case, "begin", BEGAN)
    step(case, "begin", date(2022, 8, 9))


def test_a_contract_that_is_over_is_refused_before_it_is_asked_for() -> None:
    case = opened(branch(SMALL), kind=KIND)
    put_posting(case=case, person=newcomer(), post=Post.SECRETARY, method=Method.HIRED, due_by=date(2022, 7, 20), by=None, at=AT)

    with pytest.raises(Refused, match="聘期到2022年7月20日，不晚于2022年7月20日。请核对聘期"):
        step(case, "request", date(2022, 7, 20))


def test_nobody_begins_before_the_decision() -> None:
    case = decided(opened(branch(SMALL), kind=KIND))

    with pytest.raises(Refused, match="“到任”不能在它之前"):
        step(case, "begin", date(2022, 7, 31))


def test_what_was_decided_is_not_changed_any_more() -> None:
    case = decided(opened(branch(SMALL), kind=KIND))

    with pytest.raises(Refused, match="请先把“上级决定”退回"):
        put_posting(case=case, person=newcomer(), post=Post.SECRETARY, method=Method.ASSIGNED, by=None, at=AT)


def test_less_than_a_year_as_a_full_member_is_worth_a_look() -> None:
    case = opened(branch(SMALL), kind=KIND)
    for since, told in ((date(2021, 7, 2), True), (date(2021, 7, 1), False)):
        put_posting(case=case, person=newcomer(since), post=Post.SECRETARY, method=Method.ASSIGNED, by=None, at=AT)
        file = file_of(case, OPENED)
        assert any("不满1年" in one for one in file.kind.warns(file)) is told


def test_neither_a_group_nor_what_is_gone_gets_a_secretary() -> None:
    body = new_branch(3)
    dissolve_organization(organization=body, on=date(2022, 6, 1), reason="并入", by=None, at=AT)
    with pytest.raises(Refused, match="不存在，不能任命书记"):
        opened(body, kind=KIND)

    group = found_organization(name="第一党小组", kind=OrganizationKind.GROUP, form="", under=city(), since=SINCE, by=None, at=AT)
    with pytest.raises(Refused, match="党小组没有书记"):
        opened(group, kind=KIND)


def test_before_anybody_is_named_each_sentence_has_one_gap_that_says_what() -> None:
    file = file_of(opened(kind=KIND), OPENED)
    papers = [file.kind.paper(code).write(file) for code in ("request", "decision")]  # type: ignore[union-attr]

    assert papers[0].title == f"关于【待补充：任命的人选和职务】在{LARGE}任职的请示"
    assert papers[1].title == "关于【待补充：人选】任职的通知"
    assert all(text.count("【") <= 1 for letter in papers for text in (letter.title, *letter.paragraphs))
