"""The drafted papers say what the case and the ledger know, and what is missing (M05, M11)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.cases.charter_paper import CLAUSES, charter
from shanghui.cases.file import file_of
from shanghui.cases.letters import Letter
from shanghui.cases.models import Case
from shanghui.cases.operations import Candidate, open_case, put_ballot, put_nominees, put_people
from shanghui.ledger.organizations.models import CharterClause, CharterItem, Form
from shanghui.ledger.people.models import AffiliationKind, Category, Post
from tests.cases.somewhere import NAME, OPENED, SIX, chamber, counted, joint_case, member, step, submitter, to_approval
from tests.worked_city import AT, SINCE, city

pytestmark = pytest.mark.django_db
DAY = date(2022, 7, 25)


def letter(case: Case, code: str) -> Letter:
    file = file_of(case, DAY)
    paper = file.kind.paper(code)
    assert paper is not None
    return paper.write(file)


def body(case: Case, code: str) -> str:
    return "\n".join(letter(case, code).paragraphs)


def test_the_request_counts_from_the_ledger_and_is_whole_once_it_was_sent() -> None:
    case = joint_case((2, 1))
    probationary = member("丙一", chamber(SIX[1]), Category.PROBATIONARY)
    people = {row.person: AffiliationKind.HOME for row in case.people.select_related("person")}
    put_people(case=case, people={**people, probationary: AffiliationKind.HOME}, by=submitter(), at=AT)
    to_approval(case)

    asked = letter(case, "request")

    assert (asked.title, asked.to, asked.issuer, asked.day) == (f"关于成立{NAME}的请示", "云泽市商会行业党委", SIX[0], date(2022, 7, 8))
    text = "\n".join(asked.paragraphs)
    assert f"{SIX[0]}有正式党员2名；{SIX[1]}有正式党员1名。上述商会目前都没有建立党组织。" in text
    assert "拟编入党员4名，其中正式党员3名、预备党员1名。" in text
    assert "组建方式为联合组建，隶属云泽市商会行业党委" in text
    assert "书记甲00" in text
    assert asked.gaps == 0


def test_what_is_not_known_yet_stands_as_a_gap_that_says_what() -> None:
    case = open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(one) for one in SIX[:2]])

    asked = letter(case, "request")

    assert set(asked.missing) == {"党组织名称", "上级党组织", "组建方式", "编入党员", "人选", "成文日期"}


def test_the_approval_names_request_and_number() -> None:
    case = joint_case((2, 1))
    to_approval(case)

    answer = letter(case, "reply")

    assert answer.number == "云工商党〔2022〕8号"
    assert (answer.to, answer.issuer, answer.day) == (f"{SIX[0]}、{SIX[1]}", "云泽市商会行业党委", date(2022, 7, 20))
    assert f"你们2022年7月8日《关于成立{NAME}的请示》收悉" in answer.paragraphs[0]
    assert "不设委员会，设书记1名" in "\n".join(answer.paragraphs)
    assert answer.gaps == 0


def test_the_approval_follows_how_the_leaders_come() -> None:
    case = joint_case((2, 1), Form.TEMPORARY)
    assert "三、指定甲00任书记。" in body(case, "reply")
    assert "选举结果" not in body(case, "reply")


def test_with_a_committee_the_secretary_is_elected_by_its_first_session() -> None:
    case = joint_case((4, 4))
    put_ballot(case=case, by=submitter(), at=AT, committee=True, seats=3)

    assert "委员3名，由党员大会选举产生；书记由委员会第一次全体会议选举产生，选举结果报经批准。" in body(case, "reply")
    assert "到会委员【待补充：到会委员】人" in body(case, "leaders")
    assert body(case, "members").endswith("现报请备案。")
    assert body(case, "leaders").endswith("现报请批准。")
    assert "批准" not in body(case, "members")
    assert f"《{NAME}关于委员选举结果的报告》《{NAME}关于书记选举结果的请示》收悉" in body(case, "result_reply")


def test_a_deputy_is_named_where_one_is_proposed_and_not_otherwise() -> None:
    case = joint_case((2, 1))
    assert letter(case, "leaders").title == f"{NAME}关于书记选举结果的请示"

    secretary, deputy = [row.person for row in case.people.select_related("person")][:2]
    put_nominees(case=case, nominees=[Candidate(secretary, Post.SECRETARY), Candidate(deputy, Post.DEPUTY_SECRETARY)], by=submitter(), at=AT)

    assert letter(case, "leaders").title == f"{NAME}关于书记、副书记选举结果的请示"
    assert "设书记1名、副书记1名" in body(case, "reply")


def test_without_a_committee_there_is_no_report_for_the_record() -> None:
    file = file_of(joint_case((2, 1)), DAY)

    assert [one.code for one in file.kind.papers if one.applies(file)] == ["charter", "request", "reply", "leaders", "result_reply"]
    assert "委员" not in body(file.case, "result_reply")


def test_before_the_meeting_nothing_is_said_to_have_been_valid() -> None:
    text = body(joint_case((2, 1)), "leaders")

    assert "符合规定人数" not in text
    assert "选举有效" not in text
    assert "【待补充：应到会、实到会有选举权人数】" in text
    assert "【待补充：发出、收回选票】" in text


def test_a_meeting_of_too_few_is_not_said_to_have_been_enough() -> None:
    case = joint_case((2, 1))
    put_ballot(case=case, by=submitter(), at=AT, expected=10, present=7, issued=7, collected=8)

    text = body(case, "leaders")
    assert "实到会7人，【待补充：实到会人数不足规定，请核对】" in text
    assert "收回8张，【待补充：收回的选票多于发出的，请核对】" in text


def test_the_result_has_the_counts_the_elected_and_a_table_of_votes() -> None:
    case = joint_case((2, 1))
    to_approval(case)
    counted(case, 3, 3, 2)
    step(case, "meeting", date(2022, 7, 22))

    report = letter(case, "leaders")

    text = "\n".join(report.paragraphs)
    assert "2022年7月22日召开党员大会进行选举，由某某主持" in text
    assert "应到会有选举权的党员3人，实到会3人，符合规定人数。" in text
    assert "发出选票3张，收回3张，选举有效。" in text
    assert "当选书记：甲00。" in text
    assert report.table == (("姓名", "职务", "赞成票", "结果"), ("甲00", "书记", "2", "当选"))
    assert report.missing == ["成文日期"]


def test_the_charter_check_names_what_is_missing_by_chamber_and_proposes_clauses_for_it_alone() -> None:
    case = joint_case((2, 1))
    for item in (CharterItem.LEADERSHIP, CharterItem.ORGANIZATION):
        CharterClause.objects.create(chamber=chamber(SIX[0]), item=item, valid_from=SINCE)
        CharterClause.objects.create(chamber=chamber(SIX[1]), item=item, valid_from=SINCE)
    CharterClause.objects.create(chamber=chamber(SIX[1]), item=CharterItem.ROLE, valid_from=SINCE)

    found = charter(file_of(case, DAY))

    assert found.title == "建议写入章程的条款"
    assert found.table[1:] == ((SIX[0], "已写入", "已写入", "没有", "没有"), (SIX[1], "已写入", "已写入", "已写入", "没有"))
    text = "\n".join(found.paragraphs)
    assert "2家商会中，2家的章程还缺党建内容" in text
    assert CLAUSES[CharterItem.ROLE] in text
    assert CLAUSES[CharterItem.FUNDING] in text
    assert CLAUSES[CharterItem.LEADERSHIP] not in text
    assert "会员（代表）大会通过" in text
    assert found.gaps == 0


def test_a_charter_with_all_four_items_wants_nothing() -> None:
    case = open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(SIX[0])])
    for item in CharterItem:
        CharterClause.objects.create(chamber=chamber(SIX[0]), item=item, valid_from=SINCE)

    found = charter(file_of(case, DAY))

    assert found.paragraphs == (f"按台账，截至2022年7月25日，{SIX[0]}的章程四项都已写入。",)


def test_one_chamber_is_told_which_items_it_lacks() -> None:
    case = open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(SIX[0])])

    assert f"{SIX[0]}的章程缺4项：坚持党的领导、设立党组织、党组织作用、党建经费。" in charter(file_of(case, DAY)).paragraphs[0]
