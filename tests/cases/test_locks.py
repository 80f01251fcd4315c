"""What can no longer be changed once it was registered, reported or approved; and what the last step checks once more (M05, M08)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State
from shanghui.cases.operations import (
    Candidate,
    design,
    list_at_hand,
    open_case,
    put_again,
    put_ballot,
    put_nominees,
    put_people,
    put_plenary,
    return_step,
    set_aside,
    withdraw,
)
from shanghui.cases.operations.reshaping import put_organizations
from shanghui.cases.operations.steps import do_step, reopen, skip_step
from shanghui.cases.queries import changed_since
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization, Status
from shanghui.ledger.organizations.operations import end_fact, set_status
from shanghui.ledger.people.models import AffiliationKind, Appointment, Category, Post
from shanghui.ledger.people.operations import affiliate, appoint, set_category
from tests.cases import elections, somewhere
from tests.cases.elections import branch, new_branch
from tests.cases.somewhere import (
    OPENED,
    SIX,
    TODAY,
    approver,
    chamber,
    joint_case,
    named_committee,
    submitter,
    to_approval,
)
from tests.worked_city import AT, BRANCH, city

pytestmark = pytest.mark.django_db
FOUNDED = date(2022, 8, 15)
LATER = AT + timedelta(days=3)
CHANGES: dict[str, Callable[..., Any]] = {
    "ballot": lambda **given: put_ballot(present=3, **given),
    "nominees": lambda case, **given: put_nominees(case=case, nominees=counted_anew(case), **given),
    "voters": lambda **given: set_aside(people={}, consent="", **given),
    "again": lambda **given: put_again(votes={}, others=(), **given),
}


def counted_anew(case: Case) -> list[Candidate]:
    """The same candidates with one vote each."""
    return [Candidate(one.person, Post(one.post), votes=1) for one in case.nominees.select_related("person")]


def met() -> Case:
    """A joint branch whose founding meeting is registered."""
    case = joint_case()
    to_approval(case)
    somewhere.counted(case, 3, 3, 3)
    somewhere.step(case, "meeting", FOUNDED)
    return case


def elected_committee() -> Case:
    """An election whose meeting and plenary session are registered."""
    case = elections.opened()
    elections.to_agreed(case)
    elections.counted(case)
    elections.step(case, "meeting", elections.MET)
    elections.sat(case)
    elections.step(case, "plenary", elections.MET)
    return case


@pytest.mark.parametrize("part", CHANGES)
@pytest.mark.parametrize(("made", "title"), [(met, "成立大会"), (elected_committee, "党员大会选举")])
def test_what_a_registered_meeting_settled_stays(part: str, made: Callable[[], Case], title: str) -> None:
    case = made()
    votes = list(case.nominees.order_by("pk").values_list("pk", "votes"))

    with pytest.raises(Refused, match=f"“{title}”已经登记，票数、人选不能再改。要改，请先退回这一步，写明原因。"):
        CHANGES[part](case=case, by=submitter(), at=AT)
    assert list(case.nominees.order_by("pk").values_list("pk", "votes")) == votes

    return_step(case=case, step="meeting", reason="票数登记错了", on=TODAY, by=submitter(), at=AT)
    CHANGES[part](case=case, by=submitter(), at=AT)


def test_a_step_before_the_last_one_that_asks_settles_nothing() -> None:
    case = joint_case()
    to_approval(case)

    somewhere.counted(case, 3, 3, 3)

    assert case.nominees.get().votes == 3


def test_what_the_plenary_session_settled_stays() -> None:
    case = elected_committee()

    with pytest.raises(Refused, match="“第一次全体会议”已经登记"):
        elections.sat(case, votes=2)
    return_step(case=case, step="plenary", reason="票数登记错了", on=TODAY, by=submitter(), at=AT)
    put_plenary(case=case, present=3, leaders=(), by=submitter(), at=AT)


def test_who_belongs_stays_once_it_is_approved() -> None:
    case = joint_case()
    to_approval(case)

    with pytest.raises(Refused, match="已经批复，不能再改编入的党员。请先把批复退回"):
        put_people(case=case, people={}, by=submitter(), at=AT)
    with pytest.raises(Refused, match="已经批复"):
        list_at_hand(file=file_of(case, TODAY), by=submitter(), at=AT)
    assert case.people.count() == 3
    return_step(case=case, step="approve", reason="漏了一名", on=TODAY, by=submitter(), at=AT)
    put_people(case=case, people={}, by=submitter(), at=AT)


def test_a_member_dropped_from_the_ledger_meanwhile_stops_the_founding() -> None:
    case = met()
    somewhere.step(case, "result", date(2022, 8, 16))
    person = case.people.select_related("person").first()
    assert person is not None
    set_category(person=person.person, category=Category.PROBATIONARY, since=date(2022, 8, 1), by=None, at=AT)

    with pytest.raises(Refused, match=r"“成立大会”登记以后，台账有了变化.*编入的正式党员有2名，不足3名"):
        somewhere.step(case, "result_approve", date(2022, 8, 20), by=approver(), number="9号")
    case.refresh_from_db()
    assert case.state == State.OPEN


def test_a_member_dropped_from_the_ledger_meanwhile_stops_the_election() -> None:
    case = elected_committee()
    elections.step(case, "result", date(2022, 9, 22))
    set_category(
        person=elections.full_members(branch())[-1], category=Category.PROBATIONARY, since=date(2022, 9, 1), by=None, at=AT
    )

    with pytest.raises(Refused, match="与台账的正式党员17名对不上"):
        elections.step(case, "result_approve", date(2022, 10, 8), number="25号")


def reported() -> Case:
    """A joint branch whose request is reported."""
    case = joint_case()
    for code, on in (("survey", date(2022, 7, 2)), ("prepare", date(2022, 7, 5)), ("request", date(2022, 7, 8))):
        somewhere.step(case, code, on)
    return case


def test_what_was_changed_since_the_request_is_said_by_its_words() -> None:
    case = reported()
    assert changed_since(case, AT) == []

    design(case=case, by=submitter(), at=LATER, name="云泽市印刷等商会联合党支部", upper=branch())
    put_people(case=case, people={}, by=submitter(), at=LATER)

    assert changed_since(case, AT) == ["党组织名称", "上级党组织", "编入党员"]
    assert changed_since(case, LATER) == []


def test_what_was_changed_back_is_not_said() -> None:
    case = reported()
    name = case.design.name
    for place, text in enumerate(("云泽市印刷等商会联合党支部", name)):
        design(case=case, by=submitter(), at=LATER + timedelta(hours=place), name=text)

    assert changed_since(case, AT) == []


def with_secretary_of_elsewhere(kind: AffiliationKind = AffiliationKind.HOME) -> tuple[Case, Appointment]:
    """A case with four listed, the last of whom is secretary of another branch, his home."""
    case, other = joint_case((2, 1)), new_branch(1)
    office = Appointment.objects.get(unit=other.unit, post=Post.SECRETARY)
    people = {one.person: AffiliationKind.HOME for one in case.people.select_related("person")}
    put_people(case=case, people={**people, office.person: kind}, by=submitter(), at=AT)
    somewhere.step(case, "survey", date(2022, 7, 2))
    somewhere.step(case, "prepare", date(2022, 7, 5))
    return case, office


def test_where_a_member_comes_from_is_said_with_the_post_he_leaves() -> None:
    case, _ = with_secretary_of_elsewhere()
    file = file_of(case, TODAY)

    assert file.kind.by_name(file) == ["丁0：组织关系自成立之日起由“云泽市新设党支部”转来，原任书记须另行安排"]


def test_a_secretary_of_another_organization_does_not_leave_it_unseen() -> None:
    case, office = with_secretary_of_elsewhere()

    with pytest.raises(Refused, match="丁0仍是“云泽市新设党支部”书记，请先办理免职或者改为双重组织生活。"):
        somewhere.step(case, "request", date(2022, 7, 8))
    end_fact(fact=office, subject=office.person, unit=office.unit, on=date(2022, 7, 8), by=None, at=AT, reason="免职")
    somewhere.step(case, "request", date(2022, 7, 8))


def test_a_secretary_in_dual_life_stays_where_he_is() -> None:
    case, _ = with_secretary_of_elsewhere(AffiliationKind.DUAL)

    somewhere.step(case, "request", date(2022, 7, 8))

    assert file_of(case, TODAY).kind.by_name(file_of(case, TODAY)) == []


def test_a_post_where_the_member_has_not_his_home_hinders_nothing() -> None:
    case = joint_case()
    one = case.people.select_related("person").first()
    assert one is not None
    affiliate(person=one.person, organization=branch(), kind=AffiliationKind.HOME, since=date(2022, 1, 1), by=None, at=AT)
    appoint(
        person=one.person, unit=named_committee().unit, post=Post.COMMITTEE_MEMBER, since=date(2022, 1, 1), by=None, at=AT
    )
    for code, on in (("survey", date(2022, 7, 2)), ("prepare", date(2022, 7, 5)), ("request", date(2022, 7, 8))):
        somewhere.step(case, code, on)

    assert file_of(case, TODAY).kind.by_name(file_of(case, TODAY)) == [f"{one.person.name}：组织关系自成立之日起由“{BRANCH}”转来"]


def test_a_chamber_closed_since_stops_a_step_of_an_earlier_day() -> None:
    case = joint_case()
    set_status(chamber=chamber(SIX[1]), status=Status.CLOSED, since=date(2022, 9, 20), by=None, at=AT)

    with pytest.raises(Refused, match="已于2022年9月20日注销"):
        somewhere.step(case, "survey", date(2022, 7, 2))
    do_step(case=case, step="survey", on=date(2022, 7, 2), by=submitter(), at=AT, today=date(2022, 9, 19))


def test_a_skipped_request_is_nobodys() -> None:
    from shanghui.cases.operations import put_posting
    from shanghui.ledger.people.models import Method

    body = new_branch(2)
    case = open_case(kind="secretary_appointment", office=city(), on=OPENED, by=submitter(), at=AT, organization=body)
    office = Appointment.objects.get(unit=body.unit, post=Post.SECRETARY)
    end_fact(fact=office, subject=office.person, unit=office.unit, on=OPENED, by=None, at=AT, reason="免职")
    put_posting(
        case=case, person=office.person, post=Post.SECRETARY, method=Method.ASSIGNED, by=submitter(), at=AT, approved_by="行业党委",
        grounds="工作需要",
    )
    skip_step(case=case, step="request", reason="上级直接决定", on=date(2022, 7, 2), by=submitter(), at=AT)

    somewhere.step(case, "approve", date(2022, 7, 5), by=submitter(), number="8号")


@pytest.mark.parametrize(("first", "second"), [("dissolution", "merger"), ("merger", "change-form"), ("change-form", "dissolution")])
def test_one_organization_is_reshaped_in_one_case_at_a_time(first: str, second: str) -> None:
    body = new_branch(3)
    standing = about(body, first)

    with pytest.raises(Refused, match=f"“云泽市新设党支部”已有一件正在办理：{standing.title}"):
        about(body, second)
    about(body, "election")
    withdraw(case=standing, reason="不办了", on=TODAY, by=submitter(), at=AT)
    about(body, second)
    with pytest.raises(Refused, match="已有一件正在办理"):
        reopen(case=standing, reason="再办", on=TODAY, by=submitter(), at=AT)


def test_what_is_merged_is_not_dissolved_beside_it() -> None:
    body, other = new_branch(3), new_branch(3, name="云泽市另设党支部")
    merger = about(body, "merger")
    put_organizations(case=merger, organizations=[other], by=submitter(), at=AT)
    put_organizations(case=merger, organizations=[other], by=submitter(), at=AT)

    with pytest.raises(Refused, match="“云泽市另设党支部”已有一件正在办理"):
        about(other, "dissolution")


def test_what_is_dissolved_is_not_merged_beside_it() -> None:
    body, other = new_branch(3), new_branch(3, name="云泽市另设党支部")
    about(other, "dissolution")

    with pytest.raises(Refused, match="“云泽市另设党支部”已有一件正在办理"):
        put_organizations(case=about(body, "merger"), organizations=[other], by=submitter(), at=AT)


def about(body: PartyOrganization, kind: str) -> Case:
    return open_case(kind=kind, office=city(), on=OPENED, by=submitter(), at=AT, organization=body)


def test_no_case_is_older_than_what_it_is_about() -> None:
    body, where = new_branch(3), chamber(SIX[2])
    where.statuses.all().delete()
    set_status(chamber=where, status=Status.PREPARING, since=date(2022, 3, 1), by=None, at=AT)
    type(where).objects.filter(pk=where.pk).update(founded_on="2022-05")
    where.refresh_from_db()

    with pytest.raises(Refused, match="立项时间早于“云泽市新设党支部”成立的时间（2020年1月1日），请核对日期"):
        open_case(kind="election", office=city(), on=date(2019, 12, 31), by=submitter(), at=AT, organization=body)
    with pytest.raises(Refused, match="立项时间早于“云泽市广东商会”成立的时间（2022年3月1日）"):
        open_case(kind="establishment", office=city(), on=date(2022, 2, 28), by=submitter(), at=AT, chambers=[where])
    open_case(kind="establishment", office=city(), on=date(2022, 3, 1), by=submitter(), at=AT, chambers=[where])


def test_no_case_is_of_the_last_century() -> None:
    with pytest.raises(Refused, match="立项时间早于2000年1月1日，请核对日期"):
        open_case(kind="establishment", office=city(), on=date(1999, 12, 31), by=submitter(), at=AT, chambers=[chamber(SIX[2])])
