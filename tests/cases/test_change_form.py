"""An organization takes another form or kind; and everything that is refused on the way (ORG-01, ORG-03, ORG-11)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.naming import names_on
from shanghui.access.scope import whole
from shanghui.cases.counting import at_hand
from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State
from shanghui.cases.operations import design, open_case, put_chambers, put_people
from shanghui.cases.registry import kinds
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Coverage, Form, OrganizationKind, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.operations import change_organization, cover
from shanghui.ledger.organizations.queries import kind_on
from shanghui.ledger.people.models import Affiliation, AffiliationKind
from tests.cases.somewhere import (
    NAME,
    OPENED,
    SIX,
    approver,
    chamber,
    founded,
    joint_case,
    member,
    named_committee,
    step,
    submitter,
)
from tests.cases.test_dissolution import EVE, FROM, branch, made
from tests.worked_city import AT, BRANCH, CHAMBER, city

pytestmark = pytest.mark.django_db


def opened(organization: PartyOrganization | None = None, on: date = OPENED, **more: object) -> Case:
    """BRANCH becomes joint from FROM, unless said otherwise."""
    case = open_case(kind="change-form", office=city(), on=on, by=submitter(), at=AT, organization=organization or branch())
    values = {"form": Form.JOINT, "upper": named_committee(), "change_on": FROM} | more
    design(case=case, by=submitter(), at=AT, **values)
    return case


def with_two_chambers(case: Case) -> Case:
    put_chambers(case=case, chambers=[chamber(CHAMBER), chamber(SIX[0])], by=submitter(), at=AT)
    return case


def recorded(case: Case, since: date = FROM) -> Case:
    """Through every step."""
    step(case, "survey", case.opened_on)
    step(case, "request", case.opened_on)
    step(case, "approve", case.opened_on, by=approver(), number="云工商党〔2022〕8号")
    step(case, "record", since)
    case.refresh_from_db()
    return case


def forms_on(organization: PartyOrganization, day: date) -> tuple[str, set[tuple[str, str]]]:
    rows = Coverage.objects.on(day).filter(organization=organization)
    return OrganizationPeriod.objects.on(day).get(organization=organization).form, set(rows.values_list("chamber__unit__name", "form"))


def test_an_own_branch_becomes_joint_with_its_chamber_and_another_from_the_day() -> None:
    before = figures(whole(EVE), EVE, ["coverage.organization"])["coverage.organization"].numerator
    newcomer = member("甲一", chamber(SIX[0]))
    case = with_two_chambers(opened(grounds="同在一条街"))
    put_people(case=case, people={newcomer: AffiliationKind.HOME}, by=submitter(), at=AT)

    assert recorded(case).state == State.DONE

    assert forms_on(branch(), EVE) == (Form.OWN, {(CHAMBER, Form.OWN)})
    assert forms_on(branch(), FROM) == (Form.JOINT, {(CHAMBER, Form.JOINT), (SIX[0], Form.JOINT)})
    assert Affiliation.objects.get(person=newcomer).valid_from == FROM
    assert figures(whole(FROM), FROM, ["coverage.organization"])["coverage.organization"].numerator == before + 1


def test_a_joint_branch_becomes_the_own_of_one_chamber_and_leaves_the_other() -> None:
    body = made_joint()
    case = opened(body, date(2022, 8, 21), form=Form.OWN, change_on=date(2022, 9, 1))
    put_chambers(case=case, chambers=[chamber(SIX[0])], by=submitter(), at=AT)

    recorded(case, date(2022, 9, 1))

    assert forms_on(body, date(2022, 8, 31)) == (Form.JOINT, {(SIX[0], Form.JOINT), (SIX[1], Form.JOINT)})
    assert forms_on(body, date(2022, 9, 1)) == (Form.OWN, {(SIX[0], Form.OWN)})


def made_joint() -> PartyOrganization:
    body = founded(joint_case()).organization
    assert body is not None
    return body


def test_a_branch_becomes_a_general_branch_with_a_new_name_and_its_approval_says_why() -> None:
    case = opened(form=Form.OWN, kind=OrganizationKind.GENERAL_BRANCH, name="云泽市汽配机电商会党总支")

    with pytest.raises(Refused, match="不足50名，一般不设党总支（本地规定）"):
        recorded(case)
    design(case=case, by=submitter(), at=AT, grounds="会员企业多，云组〔2022〕3号同意")
    step(case, "request", OPENED)
    step(case, "approve", OPENED, by=approver(), number="8号")
    step(case, "record", FROM)

    body = PartyOrganization.objects.get(unit__name="云泽市汽配机电商会党总支")
    assert (kind_on(body, EVE), kind_on(body, FROM)) == (OrganizationKind.BRANCH, OrganizationKind.GENERAL_BRANCH)
    assert names_on(EVE, [body.pk]) == {body.pk: BRANCH}
    assert names_on(FROM, [body.pk]) == {}
    assert forms_on(body, FROM) == (Form.OWN, {(CHAMBER, Form.OWN)})


def test_a_name_that_changes_later_is_recorded_on_that_day() -> None:
    with pytest.raises(Refused, match="从2022年8月1日起改，还没有到那一天"):
        recorded(opened(form=Form.OWN, name="云泽市汽配党支部"), EVE)


def test_without_a_form_and_without_a_change_nothing_is_requested() -> None:
    case = opened(form="")
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="改成哪种组建方式"):
        step(case, "request", date(2022, 7, 8))
    design(case=case, by=submitter(), at=AT, form=Form.OWN)
    with pytest.raises(Refused, match="方案和现在一样"):
        step(case, "request", date(2022, 7, 8))


def test_joint_takes_two_chambers_and_own_takes_one() -> None:
    case = opened()
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="联合组建至少要有两家商会"):
        step(case, "request", date(2022, 7, 8))
    with_two_chambers(case)
    design(case=case, by=submitter(), at=AT, form=Form.OWN)
    with pytest.raises(Refused, match="单独组建只能是一家商会，现在涉及2家"):
        step(case, "request", date(2022, 7, 8))


def test_less_than_three_full_members_do_not_make_a_branch() -> None:
    case = with_two_chambers(opened(made(Form.OWN)))
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="有正式党员0名（含编入的），不足3名"):
        step(case, "request", date(2022, 7, 8))


def test_more_than_five_units_and_who_could_stand_alone_need_a_reason() -> None:
    for name in ("甲一", "甲二", "甲三"):
        member(name, chamber(SIX[0]))
    case = opened()
    put_chambers(case=case, chambers=[chamber(name) for name in (CHAMBER, *SIX[:5])], by=submitter(), at=AT)
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match=r"应当单独组建.*一般不超过5个单位，现有6个"):
        step(case, "request", date(2022, 7, 8))
    design(case=case, by=submitter(), at=AT, grounds="同在一个园区")
    step(case, "request", date(2022, 7, 8))


def test_a_chamber_that_another_covers_by_that_form_is_refused() -> None:
    founded(joint_case())
    case = with_two_chambers(opened(on=date(2022, 8, 21), change_on=date(2022, 9, 1)))
    step(case, "survey", date(2022, 8, 22))

    with pytest.raises(Refused, match=f"“{SIX[0]}”已由"):
        step(case, "request", date(2022, 8, 23))


def test_it_does_not_hold_before_the_approval_and_not_for_the_leading_committee() -> None:
    with pytest.raises(Refused, match="的党建领导机构"):
        opened(named_committee())
    case = with_two_chambers(opened(grounds="商会合作紧密", change_on=OPENED))
    step(case, "survey", date(2022, 7, 2))
    step(case, "request", date(2022, 7, 8))
    step(case, "approve", date(2022, 7, 20), by=approver(), number="8号")

    with pytest.raises(Refused, match="早于批复"):
        step(case, "record", date(2022, 7, 22))


def test_what_no_longer_is_does_not_change() -> None:
    with pytest.raises(Refused, match="立项时间早于“云泽市某某党支部”成立的时间"):
        opened(made(Form.OWN, later=True))


def test_the_papers_say_what_it_becomes() -> None:
    kind = kinds.get("change-form")
    assert kind is not None
    done = file_of(recorded(with_two_chambers(opened(grounds="同在一条街"))), FROM)

    found = [paper.write(done) for paper in kind.papers]

    assert [one.gaps for one in found] == [0, 0]
    assert f"{BRANCH}改为联合组建，覆盖{CHAMBER}、{SIX[0]}" in found[1].paragraphs[1]


def test_the_papers_count_whom_it_takes_in_and_nobody_here_already_is_offered() -> None:
    newcomer = member("甲一", chamber(SIX[0]))
    case = with_two_chambers(opened(grounds="同在一条街"))
    here = Affiliation.objects.on(OPENED).filter(organization=branch(), kind=AffiliationKind.HOME).values_list("person_id", flat=True)
    offered = {one.person.pk for one in at_hand(file_of(case, OPENED))}
    put_people(case=case, people={newcomer: AffiliationKind.HOME}, by=submitter(), at=AT)

    paper = file_of(case, OPENED).kind.paper("request")

    assert paper is not None
    assert "编入党员1名" in paper.write(file_of(case, OPENED)).paragraphs[1]
    assert newcomer.pk in offered
    assert not offered & set(here)


def test_a_name_that_says_joint_is_worth_a_look_when_it_stands_alone() -> None:
    founded(joint_case())
    body = PartyOrganization.objects.get(unit__name=NAME)
    case = opened(body, on=date(2022, 8, 21), form=Form.OWN, change_on=None)

    file = file_of(case, date(2022, 8, 21))
    assert [line for line in file.kind.warns(file) if f"名称还是“{NAME}”" in line]
    design(case=case, by=submitter(), at=AT, name="云泽市印刷包装商会党支部")
    file = file_of(case, date(2022, 8, 21))
    assert not file.kind.warns(file)


def test_the_upper_level_is_a_committee_and_not_the_branch_itself() -> None:
    case = opened(form=Form.OWN, name="云泽市汽配党支部", upper=branch())
    step(case, "survey", OPENED)

    with pytest.raises(Refused, match="就是这件事要改动的党组织，不能作自己的上级"):
        step(case, "request", OPENED)
    design(case=case, by=submitter(), at=AT, upper=named_committee(), name="云泽市汽配党总支")
    with pytest.raises(Refused, match="名称与类型不符"):
        step(case, "request", OPENED)


def test_a_day_on_which_it_changes_already_is_refused_when_it_is_chosen() -> None:
    change_organization(organization=branch(), since=FROM, committee_members=5, by=None, at=AT)

    with pytest.raises(Refused, match=f"“{BRANCH}”在2022年8月1日当天已有登记的变化：自2022年8月1日起改为委员5名。生效时间要在2022年8月1日以后"):
        opened()


def test_a_chamber_covered_from_a_later_day_stands_in_the_way_of_an_earlier_change() -> None:
    cover(chamber=chamber(SIX[0]), organization=branch(), form=Form.JOINT, since=date(2022, 9, 1), by=None, at=AT)

    with pytest.raises(Refused, match=f"在2022年8月1日以后已有登记的变化：自2022年9月1日起覆盖“{SIX[0]}”（联合组建）"):
        opened()
