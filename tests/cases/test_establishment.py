"""A joint branch from the first look to its founding; and everything that is refused on the way (M05)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.scope import whole
from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State
from shanghui.cases.operations import (
    design,
    do_step,
    open_case,
    put_ballot,
    put_chambers,
    put_people,
    reopen,
    return_step,
    skip_step,
    withdraw,
)
from shanghui.cases.progress import Pair, next_places, pairs, place_of, places
from shanghui.cases.queries import cases, next_steps
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import (
    ChamberStatus,
    Coverage,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Status,
    Term,
)
from shanghui.ledger.organizations.operations import dissolve_organization, found_organization, set_status
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Appointment, Category, Post
from tests.cases.somewhere import (
    NAME,
    OPENED,
    SIX,
    TODAY,
    approver,
    chamber,
    counted,
    founded,
    joint_case,
    member,
    named_committee,
    step,
    submitter,
    to_approval,
)
from tests.worked_city import AT, BRANCH, SINCE, city

pytestmark = pytest.mark.django_db
FOUNDED = date(2022, 8, 15)


def covered_on(day: date) -> int:
    found = figures(whole(day), day, ["coverage.organization"])
    return found["coverage.organization"].numerator


def test_coverage_rises_by_the_groups_chambers_from_the_founding_on_and_not_before() -> None:
    before = covered_on(FOUNDED)

    case = founded(joint_case(), FOUNDED)

    assert case.state == State.DONE
    assert covered_on(FOUNDED - timedelta(days=1)) == before
    assert covered_on(FOUNDED) == before + 2
    assert covered_on(FOUNDED + timedelta(days=1)) == before + 2


def test_the_end_writes_organization_coverage_people_posts_and_term_from_the_founding() -> None:
    case = founded(joint_case())

    body = case.organization
    assert body is not None
    assert body.unit.name == NAME
    assert body.approval_number == "云工商党〔2022〕8号"
    assert OrganizationPeriod.objects.get(organization=body).form == Form.JOINT
    assert {(row.chamber.unit.name, row.valid_from) for row in Coverage.objects.filter(organization=body)} == {
        (SIX[0], FOUNDED), (SIX[1], FOUNDED),
    }
    assert set(Affiliation.objects.filter(organization=body).values_list("kind", "valid_from")) == {(AffiliationKind.HOME, FOUNDED)}
    secretary = Appointment.objects.get(unit=body.unit, post=Post.SECRETARY)
    assert (secretary.valid_from, secretary.method) == (FOUNDED, "elected")
    assert (secretary.approved_by, secretary.approval_number) == ("云泽市商会行业党委", "云工商党〔2022〕9号")
    assert Term.objects.get(unit=body.unit).due_by == date(2025, 8, 14)


def test_the_survey_waits_for_nothing_and_the_approval_is_due_a_month_after_the_request() -> None:
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))
    step(case, "request", date(2022, 7, 8))

    for day, late in ((date(2022, 8, 7), False), (date(2022, 8, 8), False), (date(2022, 8, 9), True)):
        place = place_of(file_of(case, day), "approve")
        assert place is not None
        assert place.due == date(2022, 8, 8)
        assert place.late is late
        assert place.norm is not None
        assert place.norm.code == "ORG-06"


@pytest.mark.parametrize(("code", "words"), [("approve", "要先办“请示”"), ("meeting", "要先办“批复”"), ("request", "要先办“筹备”")])
def test_a_step_whose_turn_has_not_come_is_refused(code: str, words: str) -> None:
    case = joint_case()

    with pytest.raises(Refused, match=words):
        step(case, code, date(2022, 7, 8), number="1号")


def test_a_founding_dated_before_its_approval_is_refused() -> None:
    case = joint_case()
    to_approval(case)
    counted(case, 3, 3, 3)

    with pytest.raises(Refused, match="“批复”是 2022年7月20日 办的，“成立大会”不能在它之前"):
        step(case, "meeting", date(2022, 7, 19))


def test_a_step_cannot_lie_in_the_future_or_before_the_opening() -> None:
    case = joint_case()

    with pytest.raises(Refused, match="还没有到"):
        step(case, "survey", TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="早于立项时间"):
        step(case, "survey", OPENED - timedelta(days=1))


def test_who_reported_the_request_cannot_register_its_approval() -> None:
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))
    step(case, "request", date(2022, 7, 8))

    with pytest.raises(Refused, match="不能自己批自己报的"):
        step(case, "approve", date(2022, 7, 20), by=submitter(), number="8号")
    step(case, "approve", date(2022, 7, 20), by=approver(), number="8号")


def test_an_approval_has_a_number() -> None:
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))
    step(case, "request", date(2022, 7, 8))

    with pytest.raises(Refused, match="请写“批复”的文号"):
        step(case, "approve", date(2022, 7, 20), by=approver())


def test_two_full_members_are_too_few_for_a_single_branch_and_probationary_ones_do_not_count() -> None:
    where = chamber(SIX[0])
    people = [member("甲一", where), member("甲二", where), member("甲三", where, Category.PROBATIONARY)]
    case = open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[where])
    design(case=case, by=submitter(), at=AT, name="云泽市印刷包装商会党支部", form=Form.OWN, upper=named_committee())
    put_people(case=case, people=dict.fromkeys(people, AffiliationKind.HOME), by=submitter(), at=AT)
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))

    with pytest.raises(Refused, match="正式党员有2名，不足3名，不能成立党支部"):
        step(case, "request", date(2022, 7, 8))


@pytest.mark.parametrize(("kind", "word", "least"), [(OrganizationKind.GENERAL_BRANCH, "党总支", 50), (OrganizationKind.COMMITTEE, "党委", 100)])
def test_a_large_kind_with_few_members_needs_the_reason_and_the_approval(kind: OrganizationKind, word: str, least: int) -> None:
    case = joint_case()
    design(case=case, by=submitter(), at=AT, kind=kind, name=f"云泽市印刷包装等商会联合{word}")
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))

    with pytest.raises(Refused, match=f"有党员3名，不足{least}名，一般不设{word}（本地规定）。.*请在方案里写明理由和批准文件"):
        step(case, "request", date(2022, 7, 8))
    assert case_asks_grounds(case)
    design(case=case, by=submitter(), at=AT, grounds="会员企业多，云组〔2022〕3号同意")
    step(case, "request", date(2022, 7, 8))


def case_asks_grounds(case: Case) -> bool:
    file = file_of(case, TODAY)
    return file.kind.design.when["grounds"](file)


@pytest.mark.parametrize(("name", "words"), [
    ("云泽市印刷包装等商会联合党总支", "名称与类型不符.*是党总支的名称，类型选的是党支部"), ("中共云泽市印刷包装等商会委员会", "名称与类型不符"),
    ("中共云泽市印刷包装等商会联合支部委员会", ""), ("云泽市印刷包装等商会联合党支部", ""),
])
def test_the_name_says_the_kind_that_was_chosen(name: str, words: str) -> None:
    case = joint_case()
    design(case=case, by=submitter(), at=AT, name=name)
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))

    if words:
        with pytest.raises(Refused, match=words):
            step(case, "request", date(2022, 7, 8))
    else:
        step(case, "request", date(2022, 7, 8))


def test_the_upper_level_is_a_committee_or_general_branch_in_being() -> None:
    case = joint_case()
    design(case=case, by=submitter(), at=AT, upper=PartyOrganization.objects.get(unit__name=BRANCH))
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))

    with pytest.raises(Refused, match=f"“{BRANCH}”是党支部，不能作上级党组织。请改选党委或者党总支"):
        step(case, "request", date(2022, 7, 8))
    gone = found_organization(
        name="云泽市旧党总支", kind=OrganizationKind.GENERAL_BRANCH, form=Form.AREA, under=city(), since=SINCE, by=None, at=AT,
        party_parent=named_committee(),
    )
    dissolve_organization(organization=gone, on=date(2022, 7, 6), reason="撤并", by=None, at=AT)
    design(case=case, by=submitter(), at=AT, upper=gone)
    with pytest.raises(Refused, match="“云泽市旧党总支”在2022年7月8日不存在"):
        step(case, "request", date(2022, 7, 8))


@pytest.mark.parametrize(("teller", "counter", "words"), [
    ("甲01", "甲01", "甲01既是监票人又是计票人"), ("过路人", "甲01", "监票人过路人不在应到会的党员里"),
])
def test_tellers_are_two_of_those_who_found_it(teller: str, counter: str, words: str) -> None:
    case = joint_case()
    to_approval(case)
    counted(case, 3, 3, 3)
    put_ballot(case=case, by=submitter(), at=AT, teller=teller, counter=counter)

    with pytest.raises(Refused, match=words):
        step(case, "meeting", FOUNDED)


def test_the_leaders_of_a_temporary_branch_have_the_number_of_its_approval() -> None:
    case = joint_case(form=Form.TEMPORARY)
    to_approval(case)
    step(case, "appointment", FOUNDED)

    case.refresh_from_db()
    assert case.organization is not None
    secretary = Appointment.objects.get(unit=case.organization.unit, post=Post.SECRETARY)
    assert (secretary.method, secretary.approved_by, secretary.approval_number) == ("assigned", "云泽市商会行业党委", "云工商党〔2022〕8号")


def test_a_chamber_that_could_build_alone_joins_others_only_with_a_reason() -> None:
    case = joint_case((3, 1))
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))

    with pytest.raises(Refused, match="应当单独组建"):
        step(case, "request", date(2022, 7, 8))
    design(case=case, by=submitter(), at=AT, grounds="两家商会在同一栋楼，骨干交叉任职")
    step(case, "request", date(2022, 7, 8))


def test_a_chamber_covered_by_that_form_already_is_refused_at_the_opening() -> None:
    founded(joint_case())

    with pytest.raises(Refused, match="以“联合组建”覆盖，不能再建一个"):
        open_case(
            kind="establishment", office=city(), on=date(2022, 9, 1), by=submitter(), at=AT, chambers=[chamber(SIX[0]), chamber(SIX[2])]
        )


def test_a_chamber_stands_in_one_open_case_of_a_kind() -> None:
    joint_case()

    with pytest.raises(Refused, match="已有一件正在办理"):
        open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(SIX[0])])


def test_a_case_whose_chamber_was_dissolved_meanwhile_goes_no_further() -> None:
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    set_status(chamber=chamber(SIX[1]), status=Status.CLOSED, since=date(2022, 7, 4), by=None, at=AT)

    with pytest.raises(Refused, match="已于2022年7月4日注销。请撤回这件事，或者把它从涉及的商会里去掉"):
        step(case, "prepare", date(2022, 7, 5))
    put_chambers(case=case, chambers=[chamber(SIX[0]), chamber(SIX[2])], by=submitter(), at=AT)
    step(case, "prepare", date(2022, 7, 5))


def test_a_returned_step_takes_back_what_rests_on_it_and_nothing_typed_is_lost() -> None:
    case = joint_case()
    to_approval(case)

    return_step(case=case, step="request", reason="人选须再酝酿", on=date(2022, 7, 21), by=approver(), at=AT)

    file = file_of(case, date(2022, 7, 21))
    assert [one.step.code for one in next_places(file)] == ["request"]
    assert file.design.name == NAME
    assert {one.return_reason for one in file.returned} == {"人选须再酝酿"}
    assert [one.step for one in file.returned] == ["request", "approve"]


def test_withdrawn_and_reopened_it_stands_where_it_stood() -> None:
    case = joint_case()
    to_approval(case)

    withdraw(case=case, reason="商会要重新协商", on=date(2022, 7, 25), by=submitter(), at=AT)
    case.refresh_from_db()
    with pytest.raises(Refused, match="已撤回，不能再办"):
        step(case, "meeting", date(2022, 7, 26))
    with pytest.raises(Refused, match="内容不能再改"):
        design(case=case, by=submitter(), at=AT, name="别的名字")
    reopen(case=case, reason="已协商好", on=date(2022, 8, 1), by=submitter(), at=AT)
    case.refresh_from_db()

    assert [one.step.code for one in next_places(file_of(case, date(2022, 8, 1)))] == ["meeting"]


def test_a_case_carried_out_is_not_reopened() -> None:
    case = founded(joint_case())

    with pytest.raises(Refused, match="已经办结并写入台账"):
        reopen(case=case, reason="再办", on=TODAY, by=submitter(), at=AT)


@pytest.mark.parametrize(("act", "words"), [(withdraw, "请写明撤回的原因"), (return_step, "请写明退回的原因")])
def test_returning_and_withdrawing_need_a_reason(act, words: str) -> None:  # type: ignore[no-untyped-def]
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    more = {"step": "survey"} if act is return_step else {}

    with pytest.raises(Refused, match=words):
        act(case=case, reason=" ", on=date(2022, 7, 3), by=submitter(), at=AT, **more)


def test_a_step_that_must_be_is_not_skipped() -> None:
    case = joint_case()

    with pytest.raises(Refused, match="不能略过"):
        skip_step(case=case, step="survey", reason="不用", on=OPENED, by=submitter(), at=AT)


def test_two_tracks_stand_side_by_side_for_a_chamber_in_founding() -> None:
    set_status(chamber=chamber(SIX[0]), status=Status.REELECTING, since=date(2022, 6, 1), by=None, at=AT)
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    step(case, "chamber_prepare", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 12))

    file = file_of(case, date(2022, 7, 15))
    assert [one.step.code for one in places(file)][:4] == ["survey", "chamber_prepare", "prepare", "chamber_submit"]
    first, *others = pairs(file)
    assert (first.word, first.chamber, first.party, first.apart) == ("筹备", date(2022, 7, 2), date(2022, 7, 12), "党组织晚 10 天")
    assert [one.apart for one in others] == ["", "", ""]


@pytest.mark.parametrize(("chamber_day", "party_day", "skipped", "words"), [
    (date(2022, 7, 2), date(2022, 7, 2), False, "同一天"), (date(2022, 7, 3), date(2022, 7, 2), False, "商会晚 1 天"),
    (None, date(2022, 7, 2), False, "只有一边"), (None, date(2022, 7, 2), True, "商会的略过"),
])
def test_a_gap_says_who_came_later_and_what_was_left_out(chamber_day: date | None, party_day: date, skipped: bool, words: str) -> None:
    assert Pair("成立", chamber_day, party_day, skipped).apart == words


def in_founding(status: Status) -> Case:
    """A joint case whose first chamber is in founding or 换届; the chamber's own steps up to its approval are done."""
    set_status(chamber=chamber(SIX[0]), status=status, since=date(2022, 6, 1), by=None, at=AT)
    case = joint_case()
    for code, day in (("chamber_prepare", 2), ("chamber_submit", 3), ("chamber_approve", 4)):
        step(case, code, date(2022, 7, day))
    return case


def status_on(day: date) -> str:
    return ChamberStatus.objects.on(day).get(chamber=chamber(SIX[0])).status


@pytest.mark.parametrize("status", [Status.PREPARING, Status.REELECTING])
def test_a_chamber_founded_beside_its_branch_is_normal_from_its_own_meeting(status: Status) -> None:
    case, held = in_founding(status), date(2022, 8, 10)
    file = file_of(case, OPENED)
    assert f"自商会成立大会那一天起“{SIX[0]}”由{status.label}转为正常" in file.kind.consequences(file)
    step(case, "chamber_found", held)

    founded(case, FOUNDED)

    assert [status_on(day) for day in (held - timedelta(days=1), held)] == [status, Status.NORMAL]


def test_a_chamber_whose_meeting_was_left_out_stays_as_it_is_and_that_is_said() -> None:
    case = in_founding(Status.REELECTING)
    skip_step(case=case, step="chamber_found", reason="另行召开", on=date(2022, 7, 5), by=submitter(), at=AT)
    file = file_of(case, date(2022, 7, 6))
    assert any("请登记状态变化" in line for line in file.kind.consequences(file))

    founded(case, FOUNDED)

    assert status_on(FOUNDED) == Status.REELECTING


def test_a_chamber_that_another_form_covers_is_worth_a_look() -> None:
    founded(joint_case())
    case = open_case(kind="establishment", office=city(), on=date(2022, 9, 1), by=submitter(), at=AT, chambers=[chamber(SIX[0])])

    file = file_of(case, date(2022, 9, 1))

    assert [line for line in file.kind.warns(file) if f"“{SIX[0]}”现由“{NAME}”以“联合组建”覆盖" in line]


def test_a_case_about_one_closed_chamber_can_only_be_withdrawn() -> None:
    case = joint_case((3,), Form.OWN)
    set_status(chamber=chamber(SIX[0]), status=Status.CLOSED, since=date(2022, 7, 4), by=None, at=AT)

    with pytest.raises(Refused, match=r"注销。请撤回这件事。$"):
        step(case, "survey", date(2022, 7, 5))


def test_without_a_chamber_in_founding_there_is_one_track() -> None:
    file = file_of(joint_case(), OPENED)

    assert [one.step.code for one in places(file)] == ["survey", "prepare", "request", "approve", "meeting", "result", "result_approve"]
    assert pairs(file) == []


def test_an_election_too_few_attended_is_refused() -> None:
    case = joint_case((2, 2))
    to_approval(case)
    counted(case, 4, 3, 3)

    with pytest.raises(Refused, match="应到4人，至少要到4人才能选举，实到3人，不够"):
        step(case, "meeting", FOUNDED)


def test_half_of_those_present_do_not_elect() -> None:
    case = joint_case((2, 2))
    to_approval(case)
    counted(case, 4, 4, 2)

    with pytest.raises(Refused, match="没有当选书记"):
        step(case, "meeting", FOUNDED)


def test_those_who_should_attend_are_the_full_members_of_the_ledger() -> None:
    case = joint_case()
    to_approval(case)
    counted(case, 2, 2, 2)

    with pytest.raises(Refused, match="与台账的正式党员3名对不上"):
        step(case, "meeting", FOUNDED)


def test_what_the_ledger_refuses_leaves_the_case_as_it_was() -> None:
    case = joint_case()
    to_approval(case)
    counted(case, 3, 3, 3)
    step(case, "meeting", FOUNDED)
    step(case, "result", date(2022, 8, 16))
    other = founded_by_somebody_else()

    with pytest.raises(Refused, match=other):
        step(case, "result_approve", date(2022, 8, 20), by=approver(), number="9号")
    case.refresh_from_db()
    assert case.state == State.OPEN
    assert place_of(file_of(case, TODAY), "result_approve").record is None  # type: ignore[union-attr]


def founded_by_somebody_else() -> str:
    found_organization(
        name=NAME, kind=OrganizationKind.BRANCH, form=Form.JOINT, under=city(), since=date(2022, 8, 18), by=None, at=AT,
        party_parent=named_committee(),
    )
    return "已有"


def test_the_next_steps_of_many_cases_are_asked_in_a_constant_number_of_questions(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    joint_case()
    open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(SIX[2])])
    open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(SIX[3])])

    with django_assert_max_num_queries(6):
        found = next_steps(whole(OPENED), OPENED)
    assert len({one.file.case.pk for one in found}) == 3


def test_a_case_is_seen_from_the_chambers_it_is_about_and_not_from_next_door() -> None:
    from shanghui.access.scope import Scope
    from tests.worked_city import neighbour

    case = joint_case()

    assert list(cases(Scope(roots=(chamber(SIX[1]).pk,), day=OPENED))) == [case]
    assert list(cases(Scope(roots=(city().pk,), day=OPENED))) == [case]
    assert not cases(Scope(roots=(neighbour().pk,), day=OPENED)).exists()
    assert Case.objects.on(OPENED).count() == 1


def test_a_double_click_does_a_step_once() -> None:
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="已经办过"):
        do_step(case=case, step="survey", on=date(2022, 7, 2), by=submitter(), at=AT, today=TODAY)
