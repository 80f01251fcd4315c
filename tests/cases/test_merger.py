"""Several organizations become one; and everything that is refused on the way (ORG-08)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.scope import Scope, whole
from shanghui.cases.file import file_of
from shanghui.cases.letters import Letter
from shanghui.cases.models import Case, State
from shanghui.cases.operations import design, open_case, put_organizations, withdraw
from shanghui.cases.queries import cases, cases_of_organization
from shanghui.cases.registry import kinds
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Coverage, Form, OrganizationKind, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization, set_form
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Appointment
from shanghui.ledger.people.operations import affiliate
from tests.cases.somewhere import OPENED, SIX, approver, chamber, named_committee, step, submitter
from tests.cases.test_dissolution import EVE, FROM, at_home, branch, made
from tests.web.somebody import OTHER
from tests.worked_city import AT, BRANCH, city

pytestmark = pytest.mark.django_db
NEW, SIDE = "云泽市汽配餐饮联合党支部", "云泽市物流业商会党支部"
TOGETHER = {"form": Form.JOINT, "grounds": "两家都在同一条街"}
"""Both have enough members to stand alone in the worked city; merging is still lawful."""


def opened(target: str = OTHER, **more: object) -> Case:
    """BRANCH and OTHER are merged from FROM, into OTHER unless said otherwise."""
    case = open_case(kind="merger", office=city(), on=OPENED, by=submitter(), at=AT, organization=branch())
    put_organizations(case=case, organizations=[branch(OTHER)], by=submitter(), at=AT)
    values = {"target": branch(target) if target else None, "upper": named_committee(), "change_on": FROM} | TOGETHER | more
    design(case=case, by=submitter(), at=AT, **values)
    return case


def merged(case: Case) -> Case:
    """Through every step."""
    step(case, "survey", date(2022, 7, 2))
    step(case, "request", date(2022, 7, 8))
    step(case, "approve", date(2022, 7, 20), by=approver(), number="云工商党〔2022〕8号")
    step(case, "record", FROM)
    case.refresh_from_db()
    return case


def chambers_of(organization: PartyOrganization, day: date) -> set[int]:
    return set(Coverage.objects.on(day).filter(organization=organization).values_list("chamber_id", flat=True))


def test_members_and_chambers_go_into_the_one_from_the_day_and_the_other_ends() -> None:
    people, chambers = at_home(branch(), EVE), chambers_of(branch(), EVE)
    own, before = chambers_of(branch(OTHER), EVE), figures(whole(EVE), EVE, ["members.total", "coverage.organization"])

    assert merged(opened()).state == State.DONE

    assert people
    assert people <= at_home(branch(OTHER), FROM)
    assert not people & at_home(branch(OTHER), EVE)
    assert chambers_of(branch(OTHER), FROM) == own | chambers
    assert chambers_of(branch(), EVE) == chambers
    assert not chambers_of(branch(), FROM)
    assert not OrganizationPeriod.objects.on(FROM).filter(organization=branch()).exists()
    assert not Appointment.objects.on(FROM).filter(unit=branch().unit).exists()
    after = figures(whole(FROM), FROM, ["members.total", "coverage.organization"])
    assert {code: one.numerator for code, one in after.items()} == {code: one.numerator for code, one in before.items()}


def test_an_own_branch_that_takes_another_in_is_joint_from_the_day_with_its_own_chamber_too() -> None:
    merged(opened())

    assert OrganizationPeriod.objects.on(EVE).get(organization=branch(OTHER)).form == Form.OWN
    assert OrganizationPeriod.objects.on(FROM).get(organization=branch(OTHER)).form == Form.JOINT
    assert set(Coverage.objects.on(FROM).filter(organization=branch(OTHER)).values_list("form", flat=True)) == {Form.JOINT}


def test_the_one_it_was_opened_for_may_be_the_one_that_goes_on() -> None:
    people = at_home(branch(OTHER), EVE)

    merged(opened(target=BRANCH))

    assert people <= at_home(branch(), FROM)
    assert not at_home(branch(OTHER), FROM)


def test_both_end_in_a_new_one() -> None:
    people = at_home(branch(), EVE) | at_home(branch(OTHER), EVE)

    case = merged(opened(target="", name=NEW))

    new = PartyOrganization.objects.get(unit__name=NEW)
    assert at_home(new, FROM) == people
    assert new.approval_number == "云工商党〔2022〕8号"
    assert OrganizationPeriod.objects.get(organization=new).valid_from == FROM
    assert len(chambers_of(new, FROM)) == 2
    assert case in cases_of_organization(new.pk, whole(FROM))


def test_a_person_of_both_has_his_home_and_no_dual_life_in_the_one() -> None:
    both = Affiliation.objects.on(EVE).filter(organization=branch(), kind=AffiliationKind.HOME).select_related("person")[0].person
    affiliate(person=both, organization=branch(OTHER), kind=AffiliationKind.DUAL, since=date(2021, 1, 1), by=None, at=AT)

    merged(opened())

    rows = Affiliation.objects.on(FROM).filter(person=both)
    assert list(rows.values_list("organization__unit__name", "kind")) == [(OTHER, AffiliationKind.HOME)]


def test_a_person_of_both_in_a_new_one_belongs_there_once() -> None:
    both = Affiliation.objects.on(EVE).filter(organization=branch(OTHER), kind=AffiliationKind.HOME).select_related("person")[0].person
    affiliate(person=both, organization=branch(), kind=AffiliationKind.DUAL, since=date(2021, 1, 1), by=None, at=AT)

    merged(opened(target="", name=NEW))

    assert list(Affiliation.objects.on(FROM).filter(person=both).values_list("kind", flat=True)) == [AffiliationKind.HOME]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"form": ""}, "请先在“合并方案”里填写合并以后的组建方式"),
        ({"target": None}, "请先在“合并方案”里填写接收的党组织，或者新党组织的名称"),
        ({"name": NEW}, "两个只能填一个"),
        ({"form": Form.OWN}, "合并以后覆盖2家商会，不是单独组建"),
    ],
)
def test_a_design_that_cannot_be(values: dict[str, object], words: str) -> None:
    case = opened(**values) if "target" not in values else opened(target="")
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match=words):
        step(case, "request", date(2022, 7, 8))


def test_a_branch_that_could_stand_alone_is_worth_a_look_until_the_reason_is_written() -> None:
    case = opened(grounds="")
    file = file_of(case, OPENED)
    assert [line for line in file.kind.warns(file) if f"“{BRANCH}”有正式党员18名，够单独成立党支部" in line]

    design(case=case, by=submitter(), at=AT, grounds="两家同址。")

    file = file_of(case, OPENED)
    paper = file.kind.paper("request")
    assert not file.kind.warns(file)
    assert paper is not None
    assert paper.write(file).paragraphs[1].endswith("理由：两家同址。")


def test_one_alone_is_no_merger() -> None:
    case = opened(target=BRANCH)
    put_organizations(case=case, organizations=[], by=submitter(), at=AT)
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="请先选一起合并的党组织"):
        step(case, "request", date(2022, 7, 8))


def test_the_case_s_own_is_not_chosen_again() -> None:
    with pytest.raises(Refused, match="立项的党组织已经在内"):
        put_organizations(case=opened(), organizations=[branch()], by=submitter(), at=AT)


def test_too_few_full_members_together_are_refused() -> None:
    small, smaller = made(Form.OWN), made_as("云泽市某某二党支部")
    case = open_case(kind="merger", office=city(), on=OPENED, by=submitter(), at=AT, organization=small)
    put_organizations(case=case, organizations=[smaller], by=submitter(), at=AT)
    design(case=case, by=submitter(), at=AT, target=small, upper=named_committee(), form=Form.JOINT)
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="合并以后正式党员有0名，不足3名"):
        step(case, "request", date(2022, 7, 8))


def made_as(name: str, since: date = date(2020, 1, 1), under: PartyOrganization | None = None) -> PartyOrganization:
    return found_organization(
        name=name, kind=OrganizationKind.BRANCH, form=Form.OWN, under=city(), since=since, by=None, at=AT,
        party_parent=under or named_committee(),
    )


def test_an_organization_not_yet_in_being_and_the_leading_committee_are_refused() -> None:
    case = opened()
    put_organizations(
        case=case, organizations=[branch(OTHER), made_as("云泽市某某二党支部", date(2022, 7, 15))], by=submitter(), at=AT
    )
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="“云泽市某某二党支部”在2022年7月8日不存在"):
        step(case, "request", date(2022, 7, 8))
    put_organizations(case=case, organizations=[branch(OTHER), named_committee()], by=submitter(), at=AT)
    with pytest.raises(Refused, match="的党建领导机构"):
        step(case, "request", date(2022, 7, 8))


def test_organizations_below_and_a_functional_receiver_are_refused() -> None:
    case = opened()
    made_as("云泽市某某党小组", under=branch())
    design(case=case, by=submitter(), at=AT, target=made(Form.FUNCTIONAL))
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match=r"下面还有党组织：云泽市某某党小组.*是功能型或者临时党组织，不接收组织关系"):
        step(case, "request", date(2022, 7, 8))


def test_it_does_not_hold_before_the_approval() -> None:
    with pytest.raises(Refused, match="早于批复"):
        merged(opened(change_on=date(2022, 7, 19)))


def test_each_of_them_sees_the_case() -> None:
    case = opened()

    assert list(cases(Scope(roots=(branch(OTHER).pk,), day=OPENED))) == [case]


def test_the_papers_say_who_goes_where() -> None:
    kind = kinds.get("merger")
    assert kind is not None

    reply = kind.papers[2].write(file_of(merged(opened()), FROM))

    assert reply.gaps == 0
    assert reply.to == f"{BRANCH}、{OTHER}"
    assert f"《关于{BRANCH}并入{OTHER}的请示》《关于接收{BRANCH}并入的请示》收悉" in reply.paragraphs[0]
    assert f"将{BRANCH}并入{OTHER}，组建方式为联合组建" in reply.paragraphs[1]


def drafted(case: Case, code: str, day: date = OPENED) -> list[Letter]:
    """What is drafted for a case under this code, one for each who signs."""
    file = file_of(case, day)
    return [draft.write(file) for paper in file.kind.papers if paper.code == code for draft in paper.drafts(file)]


def test_what_is_merged_stands_in_the_approval_and_is_not_changed_after_it() -> None:
    case = opened()
    step(case, "survey", date(2022, 7, 2))
    step(case, "request", date(2022, 7, 8))
    step(case, "approve", date(2022, 7, 20), by=approver(), number="云工商党〔2022〕8号")

    with pytest.raises(Refused, match="已经批复，不能再改一起合并的党组织"):
        put_organizations(case=case, organizations=[branch(SIDE)], by=submitter(), at=AT)
    assert [one.organization.unit.name for one in case.organizations.all()] == [OTHER]


def test_each_organization_signs_its_own_request_and_puts_its_own_numbers_first() -> None:
    into, out = drafted(opened(), "request")

    assert [one.issuer for one in (into, out)] == [BRANCH, OTHER]
    assert into.title == f"关于{BRANCH}并入{OTHER}的请示"
    assert out.title == f"关于接收{BRANCH}并入的请示"
    assert into.paragraphs[0].startswith(f"{BRANCH}有正式党员18名")
    assert out.paragraphs[0].startswith(f"{OTHER}有正式党员")
    assert "拟并入" in into.paragraphs[1]
    assert f"拟接收{BRANCH}并入" in out.paragraphs[1]


def test_those_that_become_a_new_one_each_ask_for_it() -> None:
    one, other = drafted(opened("", name=NEW), "request")

    assert [one.title, other.title] == [f"关于{BRANCH}与{OTHER}合并的请示", f"关于{OTHER}与{BRANCH}合并的请示"]
    assert f"拟与{OTHER}合并成立{NEW}（党支部），组建方式为联合组建" in one.paragraphs[1]
    assert f"拟与{BRANCH}合并成立{NEW}" in other.paragraphs[1]


def test_the_number_of_the_request_stands_on_that_of_the_organization_the_case_was_opened_for() -> None:
    case = opened()
    step(case, "survey", date(2022, 7, 2))
    step(case, "request", date(2022, 7, 8), number="云汽支〔2022〕1号")

    assert [one.number for one in drafted(case, "request", FROM)] == ["云汽支〔2022〕1号", ""]


def test_each_resolution_is_of_the_day_of_its_own_meeting_and_leaves_the_votes_to_be_written_in() -> None:
    case = opened()
    record_activity(
        type=ActivityType.GENERAL_MEETING, held_on=date(2022, 7, 5), title="讨论合并", hosts=[branch().unit], by=None, at=AT,
        minutes="讨论合并。", present=15,
    )

    own, other = drafted(case, "resolution", date(2022, 7, 8))

    assert (own.issuer, own.day, own.to) == (BRANCH, date(2022, 7, 5), "")
    assert own.missing == ["实到会人数", "表决结果"]
    assert f"{BRANCH}于2022年7月5日召开党员大会，应到会有表决权的正式党员18名" in own.paragraphs[0]
    assert (other.issuer, other.day) == (OTHER, None)
    assert "党员大会日期" in other.missing


@pytest.mark.parametrize("name", [BRANCH, OTHER])
def test_the_upper_level_is_none_of_those_that_are_merged(name: str) -> None:
    case = opened()
    design(case=case, by=submitter(), at=AT, upper=branch(name))
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="就是这件事要改动的党组织，不能作自己的上级"):
        step(case, "request", date(2022, 7, 8))


def test_a_merger_into_a_large_kind_needs_its_name_and_its_size() -> None:
    case = opened("", name=NEW, kind=OrganizationKind.COMMITTEE, grounds="")
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match=r"名称与类型不符.*不足100名，一般不设党委"):
        step(case, "request", date(2022, 7, 8))


def test_every_gap_of_a_draft_says_what_is_missing() -> None:
    for kind, about in (("merger", {"organization": branch()}), ("dissolution", {"organization": branch()}),
                        ("change-form", {"organization": branch()}), ("covering", {"chambers": [chamber(SIX[0])]})):
        case = open_case(kind=kind, office=city(), on=OPENED, by=submitter(), at=AT, **about)
        file = file_of(case, OPENED)
        for paper in file.kind.papers:
            missing = paper.write(file).missing
            assert missing, (kind, paper.code)
            assert all(missing), (kind, paper.code, missing)
        withdraw(case=case, reason="另行立项", on=OPENED, by=submitter(), at=AT)


def test_a_day_on_which_one_that_ends_changes_is_refused_whether_the_day_or_the_organization_is_chosen_last() -> None:
    set_form(organization=branch(), form=Form.JOINT, since=FROM, with_coverages=False, by=None, at=AT)
    with pytest.raises(Refused, match=f"“{BRANCH}”在2022年8月1日当天已有登记的变化：自2022年8月1日起改为联合组建"):
        opened()

    Case.objects.all().delete()
    case = opened(change_on=FROM + timedelta(days=1))
    set_form(organization=branch(SIDE), form=Form.JOINT, since=date(2022, 9, 1), with_coverages=False, by=None, at=AT)
    with pytest.raises(Refused, match=f"“{SIDE}”在2022年8月2日以后已有登记的变化"):
        put_organizations(case=case, organizations=[branch(OTHER), branch(SIDE)], by=submitter(), at=AT)
    assert [one.organization.unit.name for one in case.organizations.all()] == [OTHER]


def test_the_one_that_goes_on_in_another_form_has_no_other_change_on_the_day() -> None:
    set_form(organization=branch(OTHER), form=Form.AREA, since=FROM, with_coverages=False, by=None, at=AT)

    with pytest.raises(Refused, match=f"“{OTHER}”在2022年8月1日当天已有登记的变化：自2022年8月1日起改为区域共建"):
        opened()
    Case.objects.all().delete()
    assert opened(form=Form.AREA).design.form == Form.AREA
