"""Delegates elect instead of all members (ELE-01), and lists of candidates stand by the strokes of surnames (ELE-09)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.cases import election_sheets as sheets
from shanghui.cases.candidates import WHOLE, Contest, committee_faults
from shanghui.cases.electing import worth_a_look
from shanghui.cases.file import file_of
from shanghui.cases.models import Ballot, Case, Nominee
from shanghui.cases.operations import Candidate, open_case, put_ballot, put_nominees
from shanghui.cases.voting import meeting_faults
from shanghui.kernel.strokes import by_strokes
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization
from shanghui.ledger.people.models import AffiliationKind, Category, Person, Post
from shanghui.ledger.people.operations import affiliate, register_person, set_category
from tests.cases.elections import LARGE, OPENED, branch
from tests.cases.somewhere import submitter
from tests.worked_city import AT, SINCE, city

pytestmark = pytest.mark.django_db
MET = date(2022, 9, 20)
COMMITTEE = Contest(branch=False)
CALLED = {"congress": True, "congress_consent": "云工商党〔2022〕3号", "delegates": 50, "committee": True, "seats": 5}


def committee(full: int) -> PartyOrganization:
    """A party committee with so many full members at home."""
    body = found_organization(
        name="云泽市试点商会党委", kind=OrganizationKind.COMMITTEE, form=Form.OWN, under=city(), since=SINCE, by=None, at=AT,
        party_parent=city().federation.committee,
    )
    for place in range(full):
        one = register_person(kept_by=body.unit, by=None, at=AT, name=f"丙{place}")
        set_category(person=one, category=Category.FULL, since=SINCE, by=None, at=AT)
        affiliate(person=one, organization=body, kind=AffiliationKind.HOME, since=SINCE, by=None, at=AT)
    return body


def opened(body: PartyOrganization, **values: object) -> Case:
    case = open_case(kind="election", office=city(), on=OPENED, by=submitter(), at=AT, organization=body)
    put_ballot(case=case, by=submitter(), at=AT, **(CALLED | values))
    return case


@pytest.mark.parametrize(("changes", "words"), [
    ({}, ""), ({"congress_consent": " "}, "须经上级党组织批准"), ({"delegates": None}, "请填写代表总数"), ({"delegates": 600}, "正式党员只有600名"),
    ({"delegates": 599}, ""),
])
def test_a_congress_is_agreed_to_above_and_smaller_than_the_membership(changes: dict[str, object], words: str) -> None:
    assert words in "".join(committee_faults(Ballot(**(CALLED | changes)), 600, COMMITTEE))  # type: ignore[arg-type]
    assert bool(words) == bool(committee_faults(Ballot(**(CALLED | changes)), 600, COMMITTEE))  # type: ignore[arg-type]


def test_a_branch_elects_at_its_meeting() -> None:
    assert "党支部由党员大会选举" in "".join(committee_faults(Ballot(**CALLED), 600, WHOLE))  # type: ignore[arg-type]


@pytest.mark.parametrize(("present", "enough"), [(39, False), (40, True)])
def test_the_quorum_is_of_the_delegates(present: int, enough: bool) -> None:
    counts = {"expected": 50, "present": present, "issued": present, "collected": present, "teller": "甲", "counter": "乙"}
    file = file_of(opened(committee(6), **counts), MET)

    said = "".join(meeting_faults(file, [], 6, MET, COMMITTEE))
    assert ("应到50人，至少要到40人才能选举，实到39人，不够" in said) is not enough
    assert "对不上" not in said


def test_delegates_who_are_not_all_counted_are_told() -> None:
    counts = {"expected": 48, "present": 48, "issued": 48, "collected": 48, "teller": "甲", "counter": "乙"}
    file = file_of(opened(committee(6), **counts), MET)

    assert "与代表总数50人对不上" in "".join(meeting_faults(file, [], 6, MET, COMMITTEE))


def test_few_members_are_worth_a_look_and_papers_name_the_congress() -> None:
    file = file_of(opened(committee(6)), MET)

    assert any("正式党员6名，不足500名" in one for one in worth_a_look(file))
    assert "本办法经党员代表大会通过" in "".join(sheets.rules(file).paragraphs)
    sheet = sheets.sign_in(file)
    assert ("党员代表大会选举签到表" in sheet.title, len(sheet.table)) == (True, 51)


def test_the_form_offers_a_congress_to_a_committee_alone(editor: Client) -> None:
    large, small = opened(committee(6)), open_case(kind="election", office=city(), on=OPENED, by=submitter(), at=AT, organization=branch(LARGE))
    pages = [editor.get(reverse("case-election", kwargs={"case": one.pk})).content.decode() for one in (large, small)]
    assert ["党员代表大会" in one for one in pages] == [True, False]

    sent = {
        "nominee-total": "0", "committee": "yes", "seats": "5", "congress": "yes", "delegates": "60", "congress_consent": "3号", "expected": "60",
        "method": "elected",
    }
    assert editor.post(reverse("case-election", kwargs={"case": large.pk}), sent).status_code == 302
    row = Ballot.objects.get(case=large)
    assert (row.congress, row.delegates, row.congress_consent, row.expected) == (True, 60, "3号", 60)


def test_candidates_stand_by_the_strokes_of_their_surnames() -> None:
    names = ["龙泽兴", "丁一", "王小明", "王明", "魏红", "卜凡", "李四", "欧阳修"]
    assert sorted(names, key=by_strokes) == ["丁一", "卜凡", "王小明", "王明", "龙泽兴", "李四", "欧阳修", "魏红"]


def test_ballot_and_count_follow_the_strokes_and_the_ballot_bears_no_voter() -> None:
    body = committee(3)
    case = opened(body)
    people = list(Person.objects.filter(affiliations__organization=body).order_by("pk"))
    for person, name in zip(people, ("魏红", "丁一", "王明"), strict=True):
        Person.objects.filter(pk=person.pk).update(name=name)
    put_nominees(case=case, nominees=[Candidate(one, Post.COMMITTEE_MEMBER) for one in people], by=submitter(), at=AT)
    file = file_of(case, MET)
    assert [one.person.name for one in Nominee.objects.filter(case=case).select_related("person")] == ["魏红", "丁一", "王明"]

    for sheet in (sheets.ballot_paper(file), sheets.count(file)):
        assert [row[0] for row in sheet.table[1:4]] == ["丁一", "王明", "魏红"]
    assert "姓氏笔画为序" in "".join(sheets.ballot_paper(file).paragraphs)
