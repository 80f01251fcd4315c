"""What is typed in a case, and what is proposed for it from the ledger (M05)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.cases.counting import at_hand, full_at_home, members_at, voters
from shanghui.cases.file import file_of
from shanghui.cases.models import CasePerson
from shanghui.cases.operations import design, list_at_hand, open_case, put_chambers, put_people
from shanghui.cases.proposals import design as proposed
from shanghui.cases.proposals import lawful_forms, name_for
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Category
from shanghui.ledger.people.operations import affiliate
from shanghui.ledger.people.queries import members_at_home
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
from tests.worked_city import AT, BRANCH, SINCE, city

pytestmark = pytest.mark.django_db
DAY = date(2022, 7, 20)


@pytest.mark.parametrize(
    ("count", "form", "name"),
    [
        (1, Form.OWN, "云泽市印刷包装商会党支部"), (1, Form.TEMPORARY, "云泽市印刷包装商会临时党支部"),
        (2, Form.JOINT, "云泽市印刷包装、软件和信息服务业商会联合党支部"),
        (3, Form.INDUSTRY, "云泽市印刷包装、软件和信息服务业等商会行业联合党支部"),
    ],
)
def test_a_name_is_proposed_from_the_chambers(count: int, form: Form, name: str) -> None:
    assert name_for([chamber(one) for one in SIX[:count]], form, OrganizationKind.BRANCH) == name


def test_chambers_of_different_places_keep_their_places() -> None:
    names = [chamber("云泽市广东商会"), chamber("临江市茶叶商会")]

    assert name_for(names, Form.JOINT, OrganizationKind.BRANCH) == "云泽市广东、临江市茶叶商会联合党支部"


def test_one_chamber_does_not_join_and_several_do_not_build_alone() -> None:
    one = open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(SIX[2])])
    several = open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(SIX[0]), chamber(SIX[1])])

    assert Form.JOINT not in lawful_forms(file_of(one, OPENED))
    assert Form.OWN not in lawful_forms(file_of(several, OPENED))
    assert proposed(file_of(several, OPENED))["form"] == Form.JOINT
    assert proposed(file_of(several, OPENED))["upper"] == named_committee().pk


def test_whom_the_ledger_has_is_listed_and_who_was_listed_stays() -> None:
    case = joint_case((2, 1))
    kept = case.people.order_by("pk")[0].person
    put_people(case=case, people={kept: AffiliationKind.DUAL}, by=submitter(), at=AT)
    elsewhere = member("乙一", chamber(SIX[0]))
    affiliate(
        person=elsewhere, organization=PartyOrganization.objects.get(unit__name=BRANCH), kind=AffiliationKind.HOME, since=SINCE, by=None,
        at=AT,
    )
    member("乙二", chamber(SIX[0]), Category.APPLICANT)

    new = list_at_hand(file=file_of(case, DAY), by=submitter(), at=AT)

    assert new == 3
    kinds = dict(CasePerson.objects.filter(case=case).values_list("person__name", "kind"))
    assert kinds[kept.name] == AffiliationKind.DUAL
    assert kinds["乙一"] == AffiliationKind.DUAL
    assert sorted(kinds.values()) == ["dual", "dual", "home", "home"]
    assert "乙二" not in kinds


def test_who_is_at_hand_says_where_the_relation_is() -> None:
    case = joint_case((1, 1))
    elsewhere = member("乙一", chamber(SIX[1]))
    affiliate(
        person=elsewhere, organization=PartyOrganization.objects.get(unit__name=BRANCH), kind=AffiliationKind.HOME, since=SINCE, by=None,
        at=AT,
    )

    found = {one.person.name: (one.unit, one.category, one.home) for one in at_hand(file_of(case, DAY))}

    assert found["乙一"] == (chamber(SIX[1]).pk, Category.FULL, BRANCH)
    assert found["甲00"] == (chamber(SIX[0]).pk, Category.FULL, None)


def test_probationary_members_do_not_vote_and_dual_life_votes_only_where_everybody_has_it() -> None:
    case = joint_case((2, 1))
    people = {row.person: AffiliationKind(row.kind) for row in case.people.select_related("person")}
    dual, probationary = member("乙一", chamber(SIX[0])), member("乙二", chamber(SIX[0]), Category.PROBATIONARY)
    put_people(
        case=case, people={**people, dual: AffiliationKind.DUAL, probationary: AffiliationKind.HOME}, by=submitter(), at=AT,
    )

    assert voters(file_of(case, DAY), DAY) == 3
    design(case=case, by=submitter(), at=AT, form=Form.FUNCTIONAL)
    assert voters(file_of(case, DAY), DAY) == 4


def test_what_was_approved_is_not_changed_after_it() -> None:
    case = joint_case()
    to_approval(case)

    with pytest.raises(Refused, match="已经批复，不能再改党组织名称、组建方式"):
        design(case=case, by=submitter(), at=AT, name="别的党支部", form=Form.AREA)
    design(case=case, by=submitter(), at=AT, name=NAME, grounds="骨干交叉任职")
    assert file_of(case, DAY).design.grounds == "骨干交叉任职"


def test_a_title_made_from_the_chambers_follows_them() -> None:
    case = joint_case((1, 1, 1))

    put_chambers(case=case, chambers=[chamber(SIX[1]), chamber(SIX[0])], by=submitter(), at=AT)

    case.refresh_from_db()
    assert case.title == f"组建党组织：{SIX[1]}等2家"


def test_members_at_home_stand_once_each_with_their_category() -> None:
    branch = PartyOrganization.objects.get(unit__name=BRANCH)

    found = members_at(branch.pk, DAY)

    assert len(found) == len({one.person.pk for one in found}) == members_at_home(DAY).filter(organization=branch).count()
    assert {one.category for one in found} <= {Category.FULL, Category.PROBATIONARY}
    assert sum(one.category == Category.FULL for one in found) == full_at_home(branch.pk, DAY)
