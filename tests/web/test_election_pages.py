"""The forms of an election and of an appointment, the ways into them, and what they refuse (M08)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.cases.models import Ballot, Case, Entry, Ground, Nominee, Posting, SetAside
from shanghui.cases.operations import put_ballot
from shanghui.ledger.people.models import Appointment, Method, Post
from shanghui.rules.models import Finding
from tests.cases.elections import (
    BRANCH,
    MET,
    branch,
    counted,
    elected,
    full_members,
    opened,
    sat,
    step,
    to_agreed,
)
from tests.web.somebody import text_of
from tests.worked_city import AT, HALF_YEAR, UNCOVERED, named

pytestmark = pytest.mark.django_db


def at(name: str, case: Case) -> str:
    return reverse(name, args=[case.pk])


def page_of(case: Case, client: Client) -> str:
    return text_of(client.get(at("case", case)))


def ready() -> Case:
    """At the meeting, with the votes counted."""
    case = opened()
    to_agreed(case)
    counted(case)
    return case


# --- the voters


def test_the_voters_are_those_of_the_ledger_and_probationary_members_are_told_apart(editor: Client) -> None:
    page = text_of(editor.get(at("case-voters", opened())))

    assert "18 名" in page
    assert "至少到会 15 名才能选举" in page
    assert "没有选举权" in page


def test_somebody_set_aside_stands_by_name_and_in_the_count_of_the_ballot(editor: Client) -> None:
    case, people = opened(), full_members(branch())

    answer = editor.post(
        at("case-voters", case), {"no_right": [people[4].name], "consented": [people[5].name], "consent": "云商党〔2022〕9号"}
    )

    assert answer.status_code == 302
    assert dict(SetAside.objects.filter(case=case).values_list("person_id", "ground")) == {
        people[4].pk: Ground.NO_RIGHT, people[5].pk: Ground.CONSENTED,
    }
    ballot = Ballot.objects.get(case=case)
    assert (ballot.excluded, ballot.excluded_consent) == (2, "云商党〔2022〕9号")
    assert "应到会有选举权" in text_of(editor.get(at("case-voters", case)))
    editor.post(at("case-voters", case), {"no_right": [], "consented": [], "consent": ""})
    assert not SetAside.objects.filter(case=case).exists()


@pytest.mark.parametrize(("sent", "words"), [
    ({"consented": [4]}, "请写明上级同意的文件"), ({"no_right": [4], "consented": [4], "consent": "9号"}, "两处都写了"),
])
def test_voters_that_cannot_be_are_refused(editor: Client, sent: dict[str, Any], words: str) -> None:
    case, people = opened(), full_members(branch())
    named_people = {name: [people[one].name for one in value] if isinstance(value, list) else value for name, value in sent.items()}

    answer = editor.post(at("case-voters", case), named_people)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not SetAside.objects.filter(case=case).exists()


def test_a_stranger_cannot_be_set_aside(editor: Client) -> None:
    answer = editor.post(at("case-voters", opened()), {"no_right": ["没有这个人"]})

    assert answer.status_code == 422
    assert "没有“没有这个人”" in text_of(answer)


# --- candidates and counts


def test_the_form_begins_with_the_committee_the_ledger_asks_for(editor: Client) -> None:
    page = text_of(editor.get(at("case-election", opened())))

    assert "台账里有选举权的正式党员 18 名" in page
    assert "从本党组织的党员里选" in page
    assert 'name="method"' not in page


def test_the_check_names_a_tie_and_the_other_reading(editor: Client) -> None:
    case = opened()
    to_agreed(case)
    counted(case, present=15, votes=(12, 9, 8, 8))

    page = text_of(editor.get(at("case-election", case)))
    assert "票数相等" in page
    assert "两种算法结果不同" in page


# --- the ballot held once more


def test_a_tie_is_broken_on_the_page_and_the_case_goes_on(editor: Client) -> None:
    case = opened()
    to_agreed(case)
    counted(case, votes=(17, 16, 10, 10))
    rows = list(Nominee.objects.filter(case=case, post=Post.COMMITTEE_MEMBER).order_by("pk"))
    sent = {f"votes-{rows[2].pk}": "9", f"votes-{rows[3].pk}": "8", "again_present": "18", "again_issued": "18", "again_collected": "18"}

    assert "最后一个名额有人得票相等" in page_of(case, editor)
    offered = text_of(editor.get(at("case-again", case)))
    assert [f"votes-{row.pk}" in offered for row in rows] == [False, False, True, True]
    assert editor.post(at("case-again", case), sent).status_code == 302
    assert "最后一个名额有人得票相等" not in page_of(case, editor)
    step(case, "meeting", MET)


def test_somebody_written_in_and_somebody_proposed_anew_come_on_the_list(editor: Client) -> None:
    case = ready()
    people = full_members(branch())[10:12]
    sent = {
        "written": people[0].name, "written_post": "committee_member", "written_votes": "5", "added": people[1].name,
        "added_post": "committee_member", "added_votes": "7", "again_present": "18", "again_issued": "18", "again_collected": "18",
    }

    assert editor.post(at("case-again", case), sent).status_code == 302
    found = {row.person_id: (row.entry, row.votes, row.votes_again) for row in Nominee.objects.filter(case=case).exclude(entry=Entry.PROPOSED)}
    assert found == {people[0].pk: (Entry.WRITTEN, 5, None), people[1].pk: (Entry.AGAIN, None, 7)}


@pytest.mark.parametrize(("sent", "words"), [
    ({"written_votes": "5"}, "请写另选的人是谁"), ({"fewer_seats": "3"}, "名额和同意的人数都要填"), ({"again_present": "-1"}, "不能是负数"),
    ({"again_present": "很多"}, "这里写数字"), ({"added": "没有这个人", "added_votes": "1"}, "没有“没有这个人”"),
])
def test_a_second_ballot_that_cannot_be_read_is_refused(editor: Client, sent: dict[str, str], words: str) -> None:
    answer = editor.post(at("case-again", ready()), sent)

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_candidate_is_not_written_in_a_second_time(editor: Client) -> None:
    case = ready()
    sent = {"written": full_members(branch())[0].name, "written_post": "committee_member", "written_votes": "5"}

    answer = editor.post(at("case-again", case), sent)

    assert answer.status_code == 422
    assert "已经在“委员”的名单里" in text_of(answer)


# --- the plenary session


def test_the_plenary_session_elects_from_among_the_members(editor: Client) -> None:
    case = ready()
    step(case, "meeting", MET)
    people = full_members(branch())

    page = text_of(editor.get(at("case-plenary", case)))
    assert "共3名委员" in page
    assert f">{people[3].name}<" not in page
    sent = {"plenary_present": "3", "secretary": people[1].pk, "secretary_votes": "2", "deputy_secretary": people[0].pk, "deputy_secretary_votes": "3"}
    assert editor.post(at("case-plenary", case), sent).status_code == 302
    step(case, "plenary", MET)
    leaders = Nominee.objects.filter(case=case).exclude(post=Post.COMMITTEE_MEMBER).order_by("post")
    assert [(row.post, row.person_id, row.votes) for row in leaders] == [
        (Post.DEPUTY_SECRETARY, people[0].pk, 3), (Post.SECRETARY, people[1].pk, 2),
    ]


def test_before_the_members_are_elected_nobody_can_be_chosen(editor: Client) -> None:
    case = opened()
    put_ballot(case=case, by=None, at=AT, committee=True, seats=3)

    assert "委员还没有选出来" in text_of(editor.get(at("case-plenary", case)))


@pytest.mark.parametrize(("sent", "words"), [
    ({"secretary": ""}, "请填到会委员"), ({"plenary_present": "3", "secretary": "first"}, "请填书记的得票"),
    ({"plenary_present": "3", "secretary_votes": "3"}, "请选书记是谁"),
    ({"plenary_present": "3", "secretary": "last", "secretary_votes": "3"}, "没有当选委员"),
    ({"plenary_present": "3", "secretary": "first", "secretary_votes": "3", "deputy_secretary": "first", "deputy_secretary_votes": "3"}, "不能是同一个人"),
])
def test_a_plenary_session_that_cannot_be_is_refused(editor: Client, sent: dict[str, str], words: str) -> None:
    case = ready()
    step(case, "meeting", MET)
    people = full_members(branch())
    keys = {"first": str(people[0].pk), "last": str(people[3].pk)}

    answer = editor.post(at("case-plenary", case), {name: keys.get(value, value) for name, value in sent.items()})

    assert answer.status_code == 422
    assert words in text_of(answer)


# --- an appointment


def test_a_hired_secretary_is_named_on_the_page(editor: Client) -> None:
    case = opened(kind="secretary_appointment")
    person = full_members(branch())[0]
    sent = {"person": person.name, "post": "secretary", "method": "hired", "due_by": "2028-08-09", "approved_by": "", "grounds": "专职"}

    assert editor.post(at("case-posting", case), sent).status_code == 302
    named_one = Posting.objects.get(case=case)
    assert (named_one.person_id, named_one.method, named_one.due_by) == (person.pk, Method.HIRED, date(2028, 8, 9))
    assert person.name in page_of(case, editor)


@pytest.mark.parametrize(("sent", "words"), [
    ({"method": "hired"}, "聘任的请写明聘期到哪一天"), ({"method": "assigned", "due_by": "2028-08-09"}, "聘期只有聘任的才有"),
    ({"person": "没有这个人"}, "您的范围里没有"), ({"person": ""}, "请填人选"), ({"due_by": "明天"}, "日期写成"), ({"post": "committee_member"}, "职务"),
])
def test_an_appointment_that_cannot_be_is_refused(editor: Client, sent: dict[str, str], words: str) -> None:
    whole = {"person": full_members(branch())[0].name, "post": "secretary", "method": "assigned", "due_by": ""} | sent

    answer = editor.post(at("case-posting", opened(kind="secretary_appointment")), whole)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Posting.objects.exists()


def test_forms_that_a_kind_does_not_ask_for_do_not_exist(editor: Client) -> None:
    election, appointment = opened(), opened(kind="secretary_appointment")

    assert editor.get(at("case-posting", election)).status_code == 404
    assert editor.get(at("case-plenary", election)).status_code == 404
    for name in ("case-voters", "case-again", "case-plenary"):
        assert editor.get(at(name, appointment)).status_code == 404


# --- the ways in


def test_the_page_of_a_branch_leads_to_an_election_and_to_the_open_one(editor: Client, as_role: Any) -> None:
    address = reverse("organization", args=[branch().pk])
    new = f"{reverse('case-new', args=['election'])}?organization={branch().pk}"

    assert new in text_of(editor.get(address))
    assert "开始换届" not in text_of(as_role(Role.READER).get(address))
    assert new in text_of(as_role(Role.SECRETARY).get(address))
    case = opened()
    page = text_of(editor.get(address))
    assert new not in page
    assert reverse("case", args=[case.pk]) in page


def test_the_opening_form_has_the_branch_already_and_opens_the_case(editor: Client) -> None:
    address = f"{reverse('case-new', args=['election'])}?organization={branch().pk}"
    assert BRANCH in text_of(editor.get(address))

    answer = editor.post(address, {"organization": BRANCH, "on": "2022-07-01"})

    case = Case.objects.get(kind="election")
    assert answer["Location"] == reverse("case", args=[case.pk])
    assert case.organization == branch()
    assert "任期" in page_of(case, editor)


@pytest.mark.parametrize(("rule", "kind"), [("term.organization", "election"), ("committee.needed", "election"), ("committee.vacancy", "by_election")])
def test_a_finding_about_term_committee_or_vacancy_leads_to_the_case_that_settles_it(editor: Client, rule: str, kind: str) -> None:
    row = Finding.objects.create(unit=named(BRANCH), rule=rule, first=HALF_YEAR, message="任期已满", since=HALF_YEAR)

    page = text_of(editor.get(reverse("finding", args=[row.pk])))
    assert f"{reverse('case-new', args=[kind])}?organization={branch().pk}" in page


def test_other_findings_lead_to_no_case(editor: Client) -> None:
    row = Finding.objects.create(unit=named(BRANCH), rule="life.theme_day", first=date(2022, 5, 1), message="没有主题党日", since=HALF_YEAR)

    assert reverse("case-new", args=["election"]) not in text_of(editor.get(reverse("finding", args=[row.pk])))


def test_a_case_after_its_term_says_that_a_delay_needs_approval_and_leads_to_it(editor: Client) -> None:
    page = page_of(opened(), editor)

    assert "延期换届要报上级批准" in page
    assert reverse("term-extend", args=[branch().pk]) in page


# --- the papers


def test_every_paper_of_an_election_opens_without_a_gap_but_what_nobody_told(editor: Client) -> None:
    case = elected(opened())
    for code in ("request", "reply", "candidates", "agreed", "rules", "sign_in", "count", "members", "leaders", "confirmed"):
        answer = editor.get(reverse("case-draft", args=[case.pk, code]))
        assert answer.status_code == 200, code
    people = full_members(branch())
    members, leaders = (text_of(editor.get(reverse("case-draft", args=[case.pk, code]))) for code in ("members", "leaders"))
    assert f"当选委员：{people[0].name}、{people[1].name}、{people[2].name}" in members
    assert "现报请备案" in members
    assert f"当选书记：{people[0].name}" in leaders
    assert "现报请批准" in leaders
    assert "没有待补充的" in members


def test_without_a_committee_there_is_no_paper_about_its_members(editor: Client) -> None:
    case = opened()

    assert editor.get(reverse("case-draft", args=[case.pk, "members"])).status_code == 404


def test_a_chamber_without_a_party_organization_has_no_way_in(editor: Client) -> None:
    assert "开始换届" not in text_of(editor.get(reverse("chamber", args=[named(UNCOVERED).pk])))


def test_the_end_stands_on_the_page_of_the_branch(editor: Client) -> None:
    case = ready()
    step(case, "meeting", MET)
    sat(case)
    step(case, "plenary", MET)
    step(case, "result", date(2022, 9, 22))
    step(case, "result_approve", date(2022, 10, 8), number="25号")

    page = text_of(editor.get(reverse("organization", args=[branch().pk])))
    new = Appointment.objects.get(unit=branch().unit, post=Post.SECRETARY, valid_to=None)
    assert new.person.name in page
    assert "选任" in page
