"""The forms of a case: chambers, people from the ledger, design, candidates and votes; everything they refuse (M05, M08)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.cases.models import Ballot, Case, CasePerson, Design
from shanghui.cases.operations import Candidate, open_case, put_nominees, put_people, withdraw
from shanghui.ledger.organizations.models import Form
from shanghui.ledger.people.models import Category, Person, Post
from tests.cases.somewhere import (
    NAME,
    OPENED,
    SIX,
    chamber,
    joint_case,
    member,
    named_committee,
    submitter,
    to_approval,
)
from tests.web.somebody import text_of
from tests.worked_city import AT, BRANCH, city

pytestmark = pytest.mark.django_db
DESIGN = {"name": NAME, "kind": "branch", "form": "joint", "upper": "云泽市商会行业党委"}
NO_MORE = "这件事已撤回，内容不能再改"


def opened(*names: str) -> Case:
    where = [chamber(one) for one in names]
    return open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=where)


def at(name: str, case: Case) -> str:
    return reverse(name, kwargs={"case": case.pk})


def nominee(place: int, person: Person | None, post: str = "secretary", votes: str = "", title: str = "") -> dict[str, Any]:
    values = {"person": person.pk if person else "", "post": post, "votes": votes, "title": title}
    return {f"nominee-{place}-{name}": value for name, value in values.items()}


def election(*rows: dict[str, Any], **counts: str) -> dict[str, Any]:
    sent: dict[str, Any] = {"nominee-total": str(len(rows)), "committee": "", **counts}
    for row in rows:
        sent |= row
    return sent


def drawn_up(full: tuple[int, ...] = (2, 1)) -> tuple[Case, list[Person]]:
    case = joint_case(full)
    return case, [one.person for one in case.people.select_related("person").order_by("pk")]


# --- the design


def test_the_design_begins_with_what_can_be_proposed(editor: Client) -> None:
    case = opened(*SIX[:2])

    page = text_of(editor.get(at("case-design", case)))

    assert "云泽市印刷包装、软件和信息服务业商会联合党支部" in page
    assert "云泽市商会行业党委" in page
    assert "联合组建" in page
    assert "单独组建" not in page


def test_a_saved_design_stands_on_the_page_of_the_case(editor: Client) -> None:
    case = opened(*SIX[:2])

    answer = editor.post(at("case-design", case), DESIGN, follow=True)

    row = Design.objects.get(case=case)
    assert (row.name, row.form, row.upper) == (NAME, Form.JOINT, named_committee())
    assert NAME in text_of(answer)
    assert "修改组建方案" in text_of(answer)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "请填党组织名称。"), ({"kind": ""}, "请选类型。"), ({"form": ""}, "请选组建方式。"), ({"upper": ""}, "请选上级党组织。"),
        ({"form": "own"}, "2家商会不能用这种组建方式。请从列出的方式里选。"), ({"upper": "没有的党委"}, "没有“没有的党委”。请从列表里选。"),
        ({"upper": "临江市茶叶商会党支部"}, "没有“临江市茶叶商会党支部”。请从列表里选。"),
    ],
)
def test_a_design_that_is_wrong_is_refused_and_kept_in_the_form(editor: Client, changed: dict[str, str], sentence: str) -> None:
    case = opened(*SIX[:2])

    answer = editor.post(at("case-design", case), DESIGN | changed)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Design.objects.filter(case=case).exists()


def test_one_chamber_is_not_offered_to_join_others(editor: Client) -> None:
    page = text_of(editor.get(at("case-design", opened(SIX[0]))))

    assert "单独组建" in page
    assert "联合组建" not in page


def test_grounds_are_asked_only_where_they_are_needed(editor: Client) -> None:
    few, _ = drawn_up((2, 1))
    assert 'name="grounds"' not in text_of(editor.get(at("case-design", few)))

    withdraw(case=few, reason="重来", on=OPENED, by=submitter(), at=AT)
    able, _ = drawn_up((3, 1))
    assert 'name="grounds"' in text_of(editor.get(at("case-design", able)))


def test_what_was_approved_stays(editor: Client) -> None:
    case, _ = drawn_up()
    to_approval(case)

    before = case.design.name
    editor.post(at("case-design", case), DESIGN | {"name": "别的党支部"})

    case.design.refresh_from_db()
    assert case.design.name == before
    assert "批复里写明的不再改" in text_of(editor.get(at("case-design", case)))


def test_a_name_that_another_organization_has_hinders_the_request(editor: Client) -> None:
    case, _ = drawn_up()
    editor.post(at("case-design", case), DESIGN | {"name": BRANCH})
    for code in ("survey", "prepare"):
        editor.post(reverse("case-step", kwargs={"case": case.pk, "step": code}), {"on": "2022-07-02"})

    assert f"已经有党组织叫“{BRANCH}”" in text_of(editor.get(at("case", case)))


# --- the people


def test_those_attached_to_the_chambers_are_listed_with_the_count_from_the_ledger(editor: Client) -> None:
    case = opened(*SIX[:2])
    for name, where in (("甲一", 0), ("甲二", 0), ("乙一", 1)):
        member(name, chamber(SIX[where]))
    member("丙一", chamber(SIX[1]), Category.PROBATIONARY)

    before = text_of(editor.get(at("case-people", case)))
    answer = editor.post(at("case-people", case), {"do": "list"}, follow=True)

    assert "还差 3 名" in before
    assert "按台账列出，新编入4名。" in text_of(answer)
    assert "编入正式党员 3 名" in text_of(answer)
    assert "预备党员 1 名（不计入）" in text_of(answer)
    assert CasePerson.objects.filter(case=case, kind="home").count() == 4


def test_each_is_chosen_with_his_relation_or_left_out(editor: Client) -> None:
    case, people = drawn_up((2, 1))

    editor.post(at("case-people", case), {f"kind-{people[0].pk}": "home", f"kind-{people[1].pk}": "dual", f"kind-{people[2].pk}": ""})

    assert dict(CasePerson.objects.filter(case=case).values_list("person", "kind")) == {people[0].pk: "home", people[1].pk: "dual"}


def test_the_count_follows_what_is_chosen_and_saves_nothing(editor: Client) -> None:
    case, people = drawn_up((2, 1))

    chosen = {f"kind-{people[0].pk}": "home", f"kind-{people[1].pk}": "dual", f"kind-{people[2].pk}": ""}
    answer = editor.post(at("case-people", case), chosen | {"do": "count"})

    assert "编入正式党员 1 名" in text_of(answer)
    assert "双重组织生活 1 名" in text_of(answer)
    assert CasePerson.objects.filter(case=case, kind="home").count() == 3


def test_somebody_else_is_named_by_name(editor: Client) -> None:
    case, people = drawn_up((2, 1))
    other = member("庄外来", chamber(SIX[3]))
    kept = {f"kind-{one.pk}": "home" for one in people}

    answer = editor.post(at("case-people", case), kept | {"others": ["庄外来"]}, follow=True)

    assert CasePerson.objects.get(case=case, person=other).kind == "home"
    assert "不在涉及的商会" in text_of(answer)


@pytest.mark.parametrize(
    ("name", "category", "sentence"),
    [
        ("庄外来", Category.ACTIVIST, "庄外来在台账里不是党员，不能编入。请先核对党籍。"),
        ("没有这个人", None, "您的范围里没有“没有这个人”。请从列表里选，或者先登记这个人。"),
        ("方临江", None, "您的范围里没有“方临江”。请从列表里选，或者先登记这个人。"),
    ],
)
def test_who_is_no_member_or_not_within_reach_is_refused(editor: Client, name: str, category: Category | None, sentence: str) -> None:
    case, people = drawn_up((2, 1))
    if category is not None:
        member(name, chamber(SIX[3]), category)

    answer = editor.post(at("case-people", case), {f"kind-{one.pk}": "home" for one in people} | {"others": [name]})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert CasePerson.objects.filter(case=case).count() == 3


def test_two_of_one_name_are_told_apart(editor: Client) -> None:
    case, _ = drawn_up((2, 1))
    for where in (3, 4):
        member("庄同名", chamber(SIX[where]))

    answer = editor.post(at("case-people", case), {"others": ["庄同名"]})

    assert answer.status_code == 422
    assert "叫“庄同名”的有几位" in text_of(answer)


def test_a_way_of_belonging_that_does_not_exist_is_refused(editor: Client) -> None:
    case, people = drawn_up((2, 1))

    answer = editor.post(at("case-people", case), {f"kind-{people[0].pk}": "cultivated"})

    assert answer.status_code == 422
    assert CasePerson.objects.filter(case=case).count() == 3


def test_somebody_outside_ones_part_of_the_tree_stays_and_is_only_counted(editor: Client) -> None:
    case, people = drawn_up((2, 1))
    stranger = Person.objects.get(name="方临江")
    case.people.create(person=stranger, kind="dual")

    page = text_of(editor.get(at("case-people", case)))
    editor.post(at("case-people", case), {f"kind-{one.pk}": "home" for one in people})

    assert "方临江" not in page
    assert "另有 1 人不在您的范围，保持不变" in page
    assert CasePerson.objects.get(case=case, person=stranger).kind == "dual"


# --- candidates and votes


def test_a_secretary_who_got_the_votes_is_shown_as_elected_with_both_readings(editor: Client) -> None:
    case, people = drawn_up((3, 2))
    sent = election(
        nominee(0, people[0], votes="3"), expected="5", present="4", issued="4", collected="4", chair="某某", teller=people[1].name,
        counter=people[2].name,
    )

    page = text_of(editor.post(at("case-election", case), sent, follow=True))

    assert Ballot.objects.get(case=case).present == 4
    assert case.nominees.get().votes == 3
    assert "人数、选票和得票都对得上" in page
    assert "当选" in page


def test_a_result_on_which_the_two_readings_differ_is_pointed_out(editor: Client) -> None:
    case, people = drawn_up((3, 3))
    sent = election(nominee(0, people[0], votes="3"), expected="6", present="5", issued="5", collected="5")

    page = text_of(editor.post(at("case-election", case), sent, follow=True))

    assert "两种算法结果不同，请向上级核实" in page
    assert "不够一半" in page


@pytest.mark.parametrize(
    ("votes", "counts", "sentence"),
    [
        ("3", {"expected": "3", "present": "3", "issued": "3", "collected": "3", "teller": ""}, "请先填写监票人。"),
        ("3", {"expected": "4", "present": "4", "issued": "4", "collected": "4"}, "与台账的正式党员3名对不上"),
        ("3", {"expected": "3", "present": "2", "issued": "2", "collected": "2"}, "至少要到3人才能选举，实到2人，不够"),
        ("3", {"expected": "3", "present": "4", "issued": "3", "collected": "3"}, "比应到的3人还多"),
        ("3", {"expected": "3", "present": "3", "issued": "4", "collected": "3"}, "发出选票4张，比实到的3人还多"),
        ("3", {"expected": "3", "present": "3", "issued": "3", "collected": "4"}, "收回选票4张，多于发出的3张"),
        ("3", {"expected": "3", "present": "3", "issued": "3", "collected": "3", "invalid": "1"}, "得3票，比有效票2张还多"),
        ("1", {"expected": "3", "present": "3", "issued": "3", "collected": "3"}, "没有当选书记"),
        ("", {"expected": "3", "present": "3", "issued": "3", "collected": "3"}, "请填写甲00（书记）的得票"),
        ("2", {"expected": "2", "excluded": "1", "present": "2", "issued": "2", "collected": "2"}, "须写明上级同意的文件"),
    ],
)
def test_what_cannot_be_is_kept_and_said(editor: Client, votes: str, counts: dict[str, str], sentence: str) -> None:
    case, people = drawn_up((2, 1))

    sent = election(nominee(0, people[0], votes=votes), **{"teller": "某某一", "counter": "某某二"} | counts)
    page = text_of(editor.post(at("case-election", case), sent, follow=True))

    assert sentence in page
    assert "人数、选票和得票都对得上" not in page


def test_a_teller_who_is_none_of_those_listed_is_pointed_out(editor: Client) -> None:
    case, people = drawn_up((2, 1))
    counts = dict.fromkeys(("expected", "present", "issued", "collected"), "3")

    page = text_of(editor.post(at("case-election", case), election(nominee(0, people[0], votes="3"), teller="过路人", **counts), follow=True))

    assert "监票人过路人不在应到会的党员里" in page
    assert "人数、选票和得票都对得上" not in page


@pytest.mark.parametrize(
    ("rows", "more", "sentence"),
    [
        ((("secretary", 0), ("secretary", 1)), {}, "书记候选人应当正好1名（等额选举），现有2名"),
        ((("deputy_secretary", 0),), {}, "书记候选人应当正好1名（等额选举），现有0名"),
        ((("secretary", 0),), {"committee": "yes"}, "支部委员会至少3人，请填写应选委员数"),
        ((("secretary", 0), ("committee_member", 0), ("committee_member", 1), ("committee_member", 2)), {"committee": "yes", "seats": "3"},
         "应选委员3名，候选人至少要4名"),
        ((("secretary", 0),), {"teller": "甲00"}, "监票人甲00是候选人"),
    ],
)
def test_candidates_that_are_not_as_the_articles_want_them_are_pointed_out(
    editor: Client, rows: tuple[tuple[str, int], ...], more: dict[str, str], sentence: str
) -> None:
    case, people = drawn_up((2, 1))
    sent = election(*(nominee(place, people[who], post) for place, (post, who) in enumerate(rows)), **more)

    assert sentence in text_of(editor.post(at("case-election", case), sent, follow=True))


@pytest.mark.parametrize(
    ("row", "more", "sentence"),
    [
        ({"person": "", "title": "组织委员"}, {}, "第 1 位人选：这一行没有选人。不要这一行，就把各格都清空。"),
        ({"person": "999999"}, {}, "第 1 位人选：这个人不在编入的党员里。请先编入，再提名。"),
        ({"votes": "三"}, {}, "第 1 位人选：这里写数字。"), ({"votes": "-1"}, {}, "第 1 位人选：不能是负数。"),
        ({"votes": "10000"}, {}, "第 1 位人选：数太大，请核对。"), ({}, {"present": "二"}, "这里写数字。"), ({}, {"seats": "-1"}, "不能是负数。"),
        ({"post": "president"}, {}, "第 1 位人选"),
    ],
)
def test_what_cannot_be_read_is_refused_with_everything_kept(
    editor: Client, row: dict[str, str], more: dict[str, str], sentence: str
) -> None:
    case, people = drawn_up((2, 1))
    sent = election(nominee(0, people[1]) | {f"nominee-0-{name}": value for name, value in row.items()}, chair="赵主持", **more)

    answer = editor.post(at("case-election", case), sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "赵主持" in text_of(answer)
    assert not Ballot.objects.filter(case=case).exists()


def test_one_person_twice_in_a_post_is_refused_and_nothing_of_it_saved(editor: Client) -> None:
    case, people = drawn_up((2, 1))

    answer = editor.post(at("case-election", case), election(nominee(0, people[1]), nominee(1, people[1]), present="3"))

    assert answer.status_code == 422
    assert "在“书记”里写了两次。请核对。" in text_of(answer)
    assert [one.person for one in case.nominees.all()] == [people[0]]
    assert not Ballot.objects.filter(case=case).exists()


def test_a_cleared_row_is_a_candidate_less(editor: Client) -> None:
    case, people = drawn_up((2, 1))
    editor.post(at("case-election", case), election(nominee(0, people[0]), nominee(1, people[1], "deputy_secretary", title="兼")))

    editor.post(at("case-election", case), election(nominee(0, people[0]), nominee(1, None, "deputy_secretary")))

    assert [one.person for one in case.nominees.all()] == [people[0]]


def test_those_who_should_attend_are_proposed_from_the_ledger(editor: Client) -> None:
    case, _ = drawn_up((2, 1))

    page = text_of(editor.get(at("case-election", case)))

    assert "台账里有选举权的正式党员 3 名" in page
    assert 'name="expected" value="3"' in page


def test_a_temporary_branch_has_nominees_and_no_ballot(editor: Client) -> None:
    case = joint_case((2, 1), Form.TEMPORARY)

    page = text_of(editor.get(at("case-election", case)))

    assert 'name="nominee-0-person"' in page
    assert 'name="present"' not in page


# --- the chambers


def test_chambers_are_added_removed_and_another_leads(editor: Client) -> None:
    case = opened(*SIX[:2])

    editor.post(at("case-chambers", case), {"chambers": [SIX[0], SIX[1], SIX[2]], "lead": chamber(SIX[1]).pk})
    assert [one.chamber.unit.name for one in case.chambers.all()] == [SIX[1], SIX[0], SIX[2]]

    editor.post(at("case-chambers", case), {"chambers": [SIX[2], SIX[0]], "lead": chamber(SIX[2]).pk})
    assert [one.chamber.unit.name for one in case.chambers.all()] == [SIX[2], SIX[0]]


@pytest.mark.parametrize(
    ("names", "lead", "sentence"),
    [
        ([], 0, "至少要有一家商会。整件事不办了，请撤回。"), ([SIX[0]], 1, "牵头的商会要在列出的商会里。请另选一家牵头。"),
        (["没有的商会"], 0, "没有“没有的商会”。请从列表里选。"), (["临江市茶叶商会"], 0, "没有“临江市茶叶商会”。请从列表里选。"),
        ([SIX[0], SIX[3]], 0, "已有一件正在办理"),
    ],
)
def test_chambers_that_cannot_be_are_refused(editor: Client, names: list[str], lead: int, sentence: str) -> None:
    opened(SIX[3])
    case = opened(*SIX[:2])

    answer = editor.post(at("case-chambers", case), {"chambers": names, "lead": chamber(SIX[lead]).pk})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert [one.chamber.unit.name for one in case.chambers.all()] == list(SIX[:2])


def test_after_the_approval_the_chambers_stay(editor: Client) -> None:
    case, _ = drawn_up()
    to_approval(case)

    answer = editor.post(at("case-chambers", case), {"chambers": [SIX[0]], "lead": chamber(SIX[0]).pk}, follow=True)

    assert "已经批复，不能再改涉及的商会" in text_of(answer)


# --- all of them


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("case-design", DESIGN), ("case-chambers", {"chambers": list(SIX[:2])}), ("case-people", {}), ("case-people", {"do": "list"}),
        ("case-election", {"nominee-total": "0", "committee": ""}),
    ],
)
def test_nothing_is_changed_in_a_case_that_is_closed(editor: Client, name: str, sent: dict[str, Any]) -> None:
    case, people = drawn_up()
    withdraw(case=case, reason="再议", on=date(2022, 7, 3), by=submitter(), at=AT)
    more = {"lead": chamber(SIX[0]).pk} if name == "case-chambers" else {f"kind-{one.pk}": "dual" for one in people}

    answer = editor.post(at(name, case), sent | more, follow=True)

    assert NO_MORE in text_of(answer)
    assert CasePerson.objects.filter(case=case, kind="home").count() == 3


@pytest.mark.parametrize("name", ["case-chambers", "case-people", "case-design", "case-election"])
def test_the_forms_ask_the_database_no_more_for_more_people(editor: Client, name: str, django_assert_max_num_queries: Any) -> None:
    case, _ = drawn_up((5, 4))

    with django_assert_max_num_queries(40):
        assert editor.get(at(name, case)).status_code == 200


def test_the_page_of_a_case_asks_as_much_for_many_as_for_few(editor: Client) -> None:
    few, _ = drawn_up((2, 1))
    editor.get(at("case", few))
    with CaptureQueriesContext(connection) as small:
        editor.get(at("case", few))
    withdraw(case=few, reason="重来", on=OPENED, by=submitter(), at=AT)
    many, _ = drawn_up((6, 5, 4, 3, 2))
    with CaptureQueriesContext(connection) as large:
        editor.get(at("case", many))

    assert len(large) == len(small)
    assert len(large) <= 29


def test_a_guide_sees_the_case_without_the_names_of_members(as_role: Any, editor: Client) -> None:
    case = joint_case((2, 1))
    case.nominees.all().delete()

    page = text_of(as_role(Role.GUIDE).get(at("case", case)))

    assert "编入正式党员 <b>3</b> 名" in page
    assert "甲01" not in page
    assert "甲01" in text_of(editor.get(at("case", case)))


def test_steps_lead_to_the_forms_they_ask_for(editor: Client) -> None:
    case = opened(*SIX[:2])

    first = text_of(editor.get(at("case", case)))
    editor.post(reverse("case-step", kwargs={"case": case.pk, "step": "survey"}), {"on": "2022-07-02"})
    second = text_of(editor.get(at("case", case)))

    assert f'class="btn" href="{at("case-people", case)}"' in first
    assert f'class="btn" href="{at("case-design", case)}"' in second
    assert f'class="btn" href="{at("case-election", case)}"' in second


def test_what_stands_in_the_way_of_the_next_step_is_said_before_it_is_tried(editor: Client) -> None:
    case = opened(*SIX[:2])
    for code in ("survey", "prepare"):
        editor.post(reverse("case-step", kwargs={"case": case.pk, "step": code}), {"on": "2022-07-02"})

    page = text_of(editor.get(at("case", case)))

    assert "请先在“组建方案”里填写党组织名称、上级党组织。" in page
    assert "编入的正式党员有0名，不足3名" in page


def test_the_history_of_a_case_names_whom_it_is_about(editor: Client) -> None:
    case = joint_case()
    put_nominees(case=case, nominees=[Candidate(one.person, Post(one.post), votes=2) for one in case.nominees.all()], by=None, at=AT)
    put_people(case=case, people={}, by=None, at=AT)

    shown = editor.get(reverse("case", args=[case.pk])).content.decode()

    name = case.nominees.get().person.name
    assert f"{name}，赞成票：（空） → 2" in shown
    assert f"去掉{name}" in shown or f"{name}，" in shown
    assert f"上级党组织：{named_committee().unit.name}" in shown
