"""换届 of a branch with a committee, and of one without, from the opening to the new term in the ledger; and everything refused (M08)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanghui.access.scope import whole
from shanghui.cases.electing import term_ends, term_months_of
from shanghui.cases.file import file_of
from shanghui.cases.letters import Letter
from shanghui.cases.models import Case, Nominee, State
from shanghui.cases.operations import (
    Candidate,
    Leader,
    do_step,
    open_case,
    put_again,
    put_ballot,
    put_nominees,
    put_plenary,
    put_posting,
    return_step,
    set_aside,
    skip_step,
)
from shanghui.cases.progress import place_of, places
from shanghui.cases.queries import next_steps
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import ChamberKind, Form, OrganizationKind, Term
from shanghui.ledger.organizations.operations import (
    dissolve_organization,
    found_organization,
    register_chamber,
    set_term,
)
from shanghui.ledger.organizations.queries import declared_committee
from shanghui.ledger.people.models import PARTY_POSTS, Appointment, Method, Person, Post
from shanghui.ledger.people.operations import appoint
from shanghui.rules.operations import extend_term
from tests.cases.elections import (
    DUE,
    FULL,
    LARGE,
    MET,
    OPENED,
    SMALL,
    TODAY,
    branch,
    candidates,
    counted,
    elected,
    full_members,
    new_branch,
    opened,
    sat,
    step,
    to_agreed,
)
from tests.cases.somewhere import submitter
from tests.worked_city import AT, SINCE, city

pytestmark = pytest.mark.django_db


def posts_on(day: date) -> set[tuple[str, str]]:
    rows = Appointment.objects.on(day).filter(unit=branch().unit, post__in=PARTY_POSTS)
    return {(row.person.name, row.post) for row in rows.select_related("person")}


def test_the_end_writes_a_new_term_and_new_posts_from_the_election_and_leaves_the_days_before_as_they_were() -> None:
    before = posts_on(MET - timedelta(days=1))

    case = elected(opened())

    people = full_members(branch())
    assert case.state == State.DONE
    assert posts_on(MET - timedelta(days=1)) == before
    assert posts_on(MET) == {
        (people[0].name, Post.SECRETARY), (people[1].name, Post.COMMITTEE_MEMBER), (people[2].name, Post.COMMITTEE_MEMBER),
    }
    new, old = Term.objects.filter(unit=branch().unit).order_by("-valid_from")
    assert (old.valid_to, old.due_by) == (MET, DUE)
    assert (new.valid_from, new.valid_to, new.due_by) == (MET, None, date(2025, 9, 19))
    assert declared_committee(branch(), MET) == 3


def test_a_secretary_elected_again_keeps_the_old_post_and_begins_a_new_one() -> None:
    body = branch()
    held = Appointment.objects.on(OPENED).get(unit=body.unit, post=Post.SECRETARY)
    case = opened()
    people = [held.person, *[one for one in full_members(body) if one != held.person][:3]]
    to_agreed(case, people=people)
    counted(case, people=people)
    sat(case, who=held.person)
    step(case, "meeting", MET)
    step(case, "plenary", MET + timedelta(days=1))
    step(case, "result", MET + timedelta(days=2))
    step(case, "result_approve", date(2022, 10, 8), number="25号")

    held.refresh_from_db()
    new = Appointment.objects.get(unit=body.unit, post=Post.SECRETARY, valid_to=None)
    assert held.valid_to == MET + timedelta(days=1)
    assert (new.person, new.valid_from, new.method) == (held.person, MET + timedelta(days=1), Method.ELECTED)
    assert (new.approved_by, new.approval_number) == ("云泽市商会行业党委", "25号")


def test_a_branch_of_six_elects_its_secretary_at_the_meeting_and_has_no_plenary_session() -> None:
    case = opened(branch(SMALL))
    people = full_members(branch(SMALL))
    step(case, "remind", OPENED)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号", note="同意提前换届")
    put_nominees(case=case, nominees=[Candidate(people[0], Post.SECRETARY)], by=None, at=AT)
    for code, on, number in (("nominate", date(2022, 8, 20), ""), ("submit", date(2022, 8, 22), ""), ("agree", date(2022, 9, 1), "21号")):
        step(case, code, on, number=number)
    put_nominees(case=case, nominees=[Candidate(people[0], Post.SECRETARY, votes=4)], by=None, at=AT)
    put_ballot(case=case, by=None, at=AT, expected=6, present=5, issued=5, collected=5, chair="甲", teller=people[1].name, counter=people[2].name)
    step(case, "meeting", MET)
    step(case, "result", date(2022, 9, 22))
    step(case, "result_approve", date(2022, 10, 8), number="25号")

    case.refresh_from_db()
    assert case.state == State.DONE
    assert "plenary" not in [one.step.code for one in places(file_of(case, TODAY))]
    assert Appointment.objects.get(unit=branch(SMALL).unit, post=Post.SECRETARY, valid_to=None).person == people[0]
    assert declared_committee(branch(SMALL), TODAY) == 0


def test_the_reminder_is_due_six_months_before_the_term_ends_request_and_election_on_that_day() -> None:
    file = file_of(opened(), OPENED)

    days = {code: place_of(file, code).due for code in ("remind", "request", "meeting")}  # type: ignore[union-attr]
    assert days == {"remind": date(2022, 4, 30), "request": DUE, "meeting": DUE}
    assert [place_of(file, code).norm.code for code in days] == ["COM-09", "COM-10", "COM-10"]  # type: ignore[union-attr]


def test_an_approved_delay_moves_the_last_day_of_the_election_and_not_the_reminder() -> None:
    case = opened()
    extend_term(unit=branch().unit, until=date(2023, 3, 31), document="云商党〔2022〕18号", reason="班子调整", by=None, at=AT)

    file = file_of(case, OPENED)
    assert place_of(file, "meeting").due == date(2023, 3, 31)  # type: ignore[union-attr]
    assert place_of(file, "remind").due == date(2022, 4, 30)  # type: ignore[union-attr]


def test_after_the_term_without_a_delay_the_case_says_so_and_goes_on() -> None:
    file = file_of(opened(), DUE + timedelta(days=1))

    assert any("延期换届要报上级批准" in one for one in file.kind.warns(file))
    assert not any("延期换届要报上级批准" in one for one in file.kind.warns(file_of(file.case, DUE)))


def test_without_a_term_in_the_ledger_there_is_no_last_day_and_the_case_says_why() -> None:
    file = file_of(opened(new_branch(4)), OPENED)

    assert place_of(file, "meeting").due is None  # type: ignore[union-attr]
    assert any("没有本届任期" in one for one in file.kind.warns(file))


def test_the_deadlines_stay_those_of_the_old_term_when_the_new_one_has_begun() -> None:
    file = file_of(elected(opened()), TODAY)

    assert file.due_by == DUE


@pytest.mark.parametrize(("form", "words"), [(Form.TEMPORARY, "没有换届选举"), (Form.FUNCTIONAL, "没有换届选举")])
def test_a_form_without_elections_has_no_election(form: Form, words: str) -> None:
    with pytest.raises(Refused, match=words):
        opened(new_branch(5, form))


def test_an_organization_that_is_gone_has_no_election() -> None:
    body = new_branch(5)
    dissolve_organization(organization=body, on=date(2022, 6, 1), reason="并入", by=None, at=AT)

    with pytest.raises(Refused, match="不存在，不能选举"):
        opened(body)


def test_one_organization_has_one_open_election() -> None:
    opened()

    with pytest.raises(Refused, match="已有一件正在办理"):
        opened()


def test_eighteen_full_members_need_a_committee_by_the_count_of_the_ledger() -> None:
    case = opened()

    with pytest.raises(Refused, match="有正式党员18名，7名以上的应当设立支部委员会"):
        step(case, "request", date(2022, 7, 20))


@pytest.mark.parametrize(("full", "needed"), [(6, False), (7, True)])
def test_seven_full_members_need_a_committee_and_six_do_not(full: int, needed: bool) -> None:
    case = opened(new_branch(full))

    if needed:
        with pytest.raises(Refused, match="应当设立支部委员会"):
            step(case, "request", date(2022, 7, 20))
    else:
        step(case, "request", date(2022, 7, 20))


def test_three_seats_need_four_candidates() -> None:
    case = opened()
    put_ballot(case=case, by=None, at=AT, committee=True, seats=3)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号")
    candidates(case, 3)

    with pytest.raises(Refused, match="候选人至少要4名"):
        step(case, "nominate", date(2022, 8, 20))


def test_candidates_the_upper_level_agreed_to_are_not_changed_unless_the_agreement_is_returned() -> None:
    case = opened()
    to_agreed(case)
    others = full_members(branch())[10:14]

    with pytest.raises(Refused, match="上级已经同意候选人预备人选，不能再增减、换人"):
        candidates(case, people=others)
    return_step(case=case, step="agree", reason="换人选", on=date(2022, 9, 2), by=submitter(), at=AT)
    candidates(case, people=others)


def test_a_candidate_whose_relation_is_elsewhere_is_refused() -> None:
    case = opened()
    put_ballot(case=case, by=None, at=AT, committee=True, seats=3)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号")
    stranger = full_members(branch(SMALL))[0]
    put_nominees(case=case, nominees=[Candidate(stranger, Post.SECRETARY)], by=None, at=AT)

    with pytest.raises(Refused, match=f"{stranger.name}的组织关系不在“{LARGE}”"):
        step(case, "nominate", date(2022, 8, 20))


def test_without_candidates_there_is_nothing_to_propose() -> None:
    case = opened()
    put_ballot(case=case, by=None, at=AT, committee=True, seats=3)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号")

    with pytest.raises(Refused, match="请先填写候选人"):
        step(case, "nominate", date(2022, 8, 20))


@pytest.mark.parametrize(("code", "words"), [
    ("approve", "要先办“研究并请示”"), ("agree", "要先办“预备人选报上级”"), ("meeting", "要先办“上级同意人选”"), ("plenary", "要先办“党员大会选举”"),
])
def test_a_step_whose_turn_has_not_come_is_refused(code: str, words: str) -> None:
    case = opened()
    put_ballot(case=case, by=None, at=AT, committee=True, seats=3)

    with pytest.raises(Refused, match=words):
        step(case, code, date(2022, 8, 1), number="1号")


def test_who_reported_the_request_cannot_register_its_approval() -> None:
    case = opened()
    put_ballot(case=case, by=None, at=AT, committee=True, seats=3)
    step(case, "request", date(2022, 7, 20))

    with pytest.raises(Refused, match="不能自己批自己报的"):
        do_step(case=case, step="approve", on=date(2022, 8, 1), by=submitter(), at=AT, today=TODAY, number="20号")


def test_an_election_dated_before_the_agreement_on_its_candidates_is_refused() -> None:
    case = opened()
    to_agreed(case)
    counted(case)

    with pytest.raises(Refused, match="“党员大会选举”不能在它之前"):
        step(case, "meeting", date(2022, 8, 31))


@pytest.mark.parametrize(("teller", "counter", "words"), [("过路人", None, "监票人过路人不在应到会的党员里"), (None, "同一人", "既是监票人又是计票人")])
def test_tellers_are_two_members_of_the_branch(teller: str | None, counter: str | None, words: str) -> None:
    case = opened()
    to_agreed(case)
    counted(case)
    case.ballot.refresh_from_db()
    both = counter and case.ballot.teller
    put_ballot(case=case, by=None, at=AT, teller=teller or case.ballot.teller, counter=both or case.ballot.counter)

    with pytest.raises(Refused, match=words):
        step(case, "meeting", MET)


@pytest.mark.parametrize(("since", "months", "last"), [
    (date(2022, 11, 10), 36, date(2025, 11, 9)), (date(2022, 3, 1), 36, date(2025, 2, 28)), (date(2024, 2, 29), 36, date(2027, 2, 28)),
    (date(2024, 1, 1), 60, date(2028, 12, 31)),
])
def test_a_term_ends_on_the_day_before_the_same_day(since: date, months: int, last: date) -> None:
    assert term_ends(since, months) == last


def test_more_than_a_year_early_needs_words_in_the_approval() -> None:
    body = new_branch(3)
    set_term(unit=body.unit, since=SINCE, due_on="2023-09-21", due_by=date(2023, 9, 21), subject=body, by=None, at=AT)
    case = opened(body)
    people = full_members(body)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号")
    put_nominees(case=case, nominees=[Candidate(people[0], Post.SECRETARY, votes=3)], by=None, at=AT)
    put_ballot(case=case, by=None, at=AT, expected=3, present=3, issued=3, collected=3, teller="丁1", counter="丁2")
    step(case, "nominate", date(2022, 8, 20))
    step(case, "submit", date(2022, 8, 22))
    step(case, "agree", date(2022, 9, 1), number="21号")

    with pytest.raises(Refused, match="提前了1年以上"):
        step(case, "meeting", MET)
    step(case, "meeting", MET + timedelta(days=1))


def test_a_result_written_by_hand_before_is_not_written_twice() -> None:
    case = opened()
    people = to_agreed(case)
    counted(case)
    Appointment.objects.filter(unit=branch().unit, post=Post.SECRETARY).update(valid_to=MET)
    appoint(person=people[0], unit=branch().unit, post=Post.SECRETARY, since=MET, by=None, at=AT)

    with pytest.raises(Refused, match="已经登记过这次选举结果的，请先撤销那条任职"):
        step(case, "meeting", MET)


def test_the_organization_dissolved_meanwhile_holds_no_election() -> None:
    case = opened()
    to_agreed(case)
    counted(case)
    dissolve_organization(organization=branch(), on=date(2022, 9, 10), reason="撤并", by=None, at=AT)

    with pytest.raises(Refused, match="不存在，不能选举"):
        step(case, "meeting", MET)


def test_the_plenary_session_waits_for_its_counts_and_for_a_member_of_the_committee() -> None:
    case = opened()
    people = to_agreed(case)
    counted(case)
    step(case, "meeting", MET)

    with pytest.raises(Refused, match="请先填写到会的委员人数"):
        step(case, "plenary", MET)
    sat(case, who=people[3])
    with pytest.raises(Refused, match="没有当选委员，不能作书记"):
        step(case, "plenary", MET)
    sat(case, present=2, votes=2)
    with pytest.raises(Refused, match="委员应到3人，至少要到3人才能选举，实到2人，不够"):
        step(case, "plenary", MET)
    sat(case, votes=1)
    with pytest.raises(Refused, match="没有当选书记"):
        step(case, "plenary", MET)
    sat(case, votes=4)
    with pytest.raises(Refused, match="比到会的委员3人还多"):
        step(case, "plenary", MET)
    sat(case)
    step(case, "plenary", MET)


def test_the_reminder_may_be_left_out_with_a_reason() -> None:
    case = opened()

    skip_step(case=case, step="remind", reason="立项时离届满不到六个月", on=OPENED, by=submitter(), at=AT)

    assert place_of(file_of(case, OPENED), "remind").is_settled  # type: ignore[union-attr]


def test_what_will_be_written_says_until_when_the_old_ones_hold_and_when_the_new_term_ends() -> None:
    case = opened()
    to_agreed(case)
    counted(case)
    step(case, "meeting", MET)

    file = file_of(case, MET)
    words = "".join(file.kind.consequences(file))
    assert "自2022年9月20日起是新的一届，每届3年，到2025年9月19日" in words
    assert "到前一天为止；连任的另记一条" in words


def test_a_party_committee_of_the_federation_votes_by_all_members_below_and_lasts_five_years() -> None:
    committee = city().federation.committee
    case = open_case(kind="election", office=city(), on=OPENED, by=submitter(), at=AT, organization=committee)

    with pytest.raises(Refused, match="党委、党总支都设委员会"):
        step(case, "request", date(2022, 7, 20))
    file = file_of(case, OPENED)
    assert "每届5年" in file.kind.consequences(file)[0]


@pytest.mark.parametrize(("kind", "chambers", "months"), [
    (OrganizationKind.BRANCH, (ChamberKind.INDUSTRY,), 36), (OrganizationKind.BRANCH, (ChamberKind.VILLAGE,), 60),
    (OrganizationKind.BRANCH, (ChamberKind.VILLAGE, ChamberKind.INDUSTRY), 36), (OrganizationKind.BRANCH, (), 36),
    (OrganizationKind.GENERAL_BRANCH, (ChamberKind.INDUSTRY,), 36), (OrganizationKind.GENERAL_BRANCH, (ChamberKind.VILLAGE,), 60),
    (OrganizationKind.COMMITTEE, (ChamberKind.VILLAGE,), 60),
])
def test_a_term_lasts_three_years_five_in_villages_and_five_of_a_committee(
    kind: OrganizationKind, chambers: tuple[ChamberKind, ...], months: int
) -> None:
    covered = [
        register_chamber(name=f"云泽市第{place}商会", under=city(), since=SINCE, by=None, at=AT, kind=one) for place, one in enumerate(chambers)
    ]
    body = found_organization(name="云泽市某党组织", kind=kind, form=Form.AREA, under=city(), since=SINCE, by=None, at=AT, covers=covered)

    assert term_months_of(body, OPENED) == months


def test_a_case_carried_out_takes_nothing_more_in() -> None:
    case, person = elected(opened()), full_members(branch())[0]

    for act in (
        lambda: set_aside(case=case, people={}, consent="", by=None, at=AT), lambda: put_again(case=case, votes={}, others=[], by=None, at=AT),
        lambda: put_plenary(case=case, present=3, leaders=[Leader(person, Post.SECRETARY, 3)], by=None, at=AT),
        lambda: put_posting(case=case, person=person, post=Post.SECRETARY, method=Method.ASSIGNED, by=None, at=AT),
    ):
        with pytest.raises(Refused, match="内容不能再改"):
            act()


def test_three_elections_ask_no_more_questions_than_one(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    opened()
    with CaptureQueriesContext(connection) as alone:
        next_steps(whole(OPENED), OPENED)
    opened(branch(SMALL))
    opened(new_branch(4))
    with django_assert_max_num_queries(len(alone)):
        found = next_steps(whole(OPENED), OPENED)

    assert len(alone) <= 10
    assert len({one.file.case.pk for one in found}) == 3


def written(case: Case, code: str) -> Letter:
    file = file_of(case, TODAY)
    paper = file.kind.paper(code)
    assert paper is not None
    return paper.write(file)


def test_the_answer_names_the_two_papers_it_answers() -> None:
    case = elected(opened())

    titles = [written(case, code).title for code in ("members", "leaders")]
    assert titles == [f"{LARGE}关于委员选举结果的报告", f"{LARGE}关于书记选举结果的请示"]
    assert f"《{titles[0]}》《{titles[1]}》收悉" in written(case, "confirmed").paragraphs[0]


def test_where_there_is_no_committee_the_answer_names_the_one_paper_there_is() -> None:
    text = written(opened(branch(SMALL)), "confirmed").paragraphs[0]

    assert f"《{SMALL}关于书记选举结果的请示》收悉" in text
    assert text.count("《") == 1


def test_after_a_tie_the_report_says_who_was_tied_and_the_votes_of_both_ballots() -> None:
    case = opened()
    people = to_agreed(case)
    counted(case, votes=(17, 13, 12, 12))
    Nominee.objects.filter(case=case, person=people[2]).update(votes_again=11)
    Nominee.objects.filter(case=case, person=people[3]).update(votes_again=7)
    put_ballot(case=case, by=None, at=AT, again_present=FULL, again_issued=FULL, again_collected=FULL)

    report = written(case, "members")

    assert f"因{people[2].name}、{people[3].name}得票相等（各12票），再次投票" in "".join(report.paragraphs)
    assert report.table[3][2:] == ("12；再次投票11", "当选")
    assert report.table[1][2] == "17"


@pytest.mark.parametrize(("on", "words"), [(DUE, "到2022年10月31日届满"), (DUE + timedelta(days=1), "已于2022年10月31日届满")])
def test_a_term_that_is_over_is_asked_about_as_over(on: date, words: str) -> None:
    case = opened()
    step(case, "remind", date(2022, 7, 1))
    put_ballot(case=case, by=None, at=AT, committee=True, seats=3)
    step(case, "request", on)

    assert words in written(case, "request").paragraphs[0]


def test_before_the_meeting_the_report_says_nothing_was_valid() -> None:
    case = opened()
    put_ballot(case=case, by=None, at=AT, committee=True, seats=3)
    text = "".join(written(case, "members").paragraphs)

    assert "符合规定人数" not in text
    assert "选举有效" not in text


def test_a_candidate_for_two_posts_stands_in_one_row_with_the_month_of_birth() -> None:
    case, people = opened(), full_members(branch())[:4]
    Person.objects.filter(pk=people[0].pk).update(birth="1970-05-03", joined_on="1995-07", gender="男")
    Person.objects.filter(pk=people[1].pk).update(birth="1968", joined_on="", gender="女")
    candidates(case)

    rows = written(case, "candidates").table
    assert len(rows) == 5
    assert rows[1] == (people[0].name, "男", "1970年5月", "1995年7月", "委员、书记")
    assert rows[2][2:4] == ("1968年", "【待补充：入党时间】")
