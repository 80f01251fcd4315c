"""A chamber is covered by an organization that stands; and everything that is refused on the way (M03)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.scope import Scope, whole
from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State
from shanghui.cases.operations import design, open_case, put_people
from shanghui.cases.queries import cases, cases_of_organization
from shanghui.cases.registry import kinds
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Coverage, Form, PartyOrganization
from shanghui.ledger.organizations.operations import dissolve_organization
from shanghui.ledger.people.models import Affiliation, AffiliationKind
from tests.cases.somewhere import (
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
from tests.worked_city import AT, BRANCH, city

pytestmark = pytest.mark.django_db
FROM = date(2022, 8, 1)


def opened(*names: str, form: Form = Form.ATTACHED, target: PartyOrganization | None = None, **more: object) -> Case:
    """A case of chambers to be covered by the city's committee, 挂靠 unless said otherwise."""
    case = open_case(
        kind="covering", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(name) for name in names or SIX[:1]]
    )
    design(case=case, by=submitter(), at=AT, form=form, target=target or named_committee(), upper=named_committee(), **more)
    return case


def recorded(case: Case) -> Case:
    """Through every step."""
    step(case, "survey", date(2022, 7, 2))
    step(case, "agree", date(2022, 7, 5))
    step(case, "request", date(2022, 7, 8))
    step(case, "approve", date(2022, 7, 20), by=approver(), number="云工商党〔2022〕8号")
    step(case, "record", date(2022, 7, 22))
    case.refresh_from_db()
    return case


def covered_on(day: date) -> int:
    return figures(whole(day), day, ["coverage.organization"])["coverage.organization"].numerator


def test_two_chambers_are_covered_from_the_chosen_day_on_and_not_before() -> None:
    before = covered_on(FROM)

    case = recorded(opened(*SIX[:2], change_on=FROM))

    assert (case.state, case.organization) == (State.DONE, named_committee())
    assert covered_on(FROM - timedelta(days=1)) == before
    assert covered_on(FROM) == before + 2
    rows = Coverage.objects.filter(organization=named_committee(), chamber__unit__name__in=SIX[:2])
    assert set(rows.values_list("form", "valid_from")) == {(Form.ATTACHED, FROM)}


def test_without_a_chosen_day_the_coverage_holds_from_the_approval() -> None:
    recorded(opened())

    assert Coverage.objects.get(organization=named_committee(), chamber=chamber(SIX[0])).valid_from == date(2022, 7, 20)


def test_people_get_dual_life_or_their_home_as_was_chosen() -> None:
    case = opened()
    here, there = member("甲一", chamber(SIX[0])), member("甲二", chamber(SIX[0]))
    put_people(case=case, people={here: AffiliationKind.HOME, there: AffiliationKind.DUAL}, by=submitter(), at=AT)

    recorded(case)

    rows = Affiliation.objects.filter(organization=named_committee(), person__in=[here, there])
    assert set(rows.values_list("person_id", "kind")) == {(here.pk, "home"), (there.pk, "dual")}


def test_a_chamber_joins_a_joint_branch() -> None:
    branch = founded(joint_case()).organization
    assert branch is not None
    case = open_case(kind="covering", office=city(), on=date(2022, 8, 21), by=submitter(), at=AT, chambers=[chamber(SIX[2])])
    design(case=case, by=submitter(), at=AT, form=Form.JOINT, target=branch)
    for code, day in (("survey", 22), ("agree", 23), ("request", 24)):
        step(case, code, date(2022, 8, day))
    step(case, "approve", date(2022, 8, 25), by=approver(), number="9号")
    step(case, "record", date(2022, 8, 25))

    assert Coverage.objects.on(date(2022, 8, 25)).filter(organization=branch).count() == 3
    assert list(cases_of_organization(branch.pk, whole(FROM))) == [case, branch.cases.get(kind="establishment")]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"form": ""}, "请先在“覆盖方案”里填写覆盖方式"),
        ({"target": None}, "请先在“覆盖方案”里填写接收的党组织"),
        ({"form": Form.OWN}, "请另立“组建党组织”的事项"),
        ({"form": Form.JOINT}, "不是几家商会共建的党组织"),
    ],
)
def test_a_design_that_cannot_be(values: dict[str, object], words: str) -> None:
    case = opened()
    design(case=case, by=submitter(), at=AT, **values)
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match=words):
        step(case, "agree", date(2022, 7, 5))


def test_the_covering_organization_must_be_in_being_on_the_day() -> None:
    branch = PartyOrganization.objects.get(unit__name=BRANCH)
    case = opened(target=branch)
    dissolve_organization(organization=branch, on=date(2022, 7, 4), reason="并入", by=None, at=AT)
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match=f"“{BRANCH}”在2022年7月5日不存在"):
        step(case, "agree", date(2022, 7, 5))


def test_a_chamber_covered_by_that_form_already_is_refused() -> None:
    recorded(opened())
    case = open_case(kind="covering", office=city(), on=date(2022, 8, 1), by=submitter(), at=AT, chambers=[chamber(SIX[0])])
    design(case=case, by=submitter(), at=AT, form=Form.ATTACHED, target=PartyOrganization.objects.get(unit__name=BRANCH))
    step(case, "survey", date(2022, 8, 2))

    with pytest.raises(Refused, match="以“挂靠”覆盖，同一种方式同一时间只能有一个"):
        step(case, "agree", date(2022, 8, 3))


def test_a_sixth_unit_joins_only_with_a_reason() -> None:
    branch = founded(joint_case()).organization
    case = open_case(
        kind="covering", office=city(), on=date(2022, 8, 21), by=submitter(), at=AT, chambers=[chamber(name) for name in SIX[2:]]
    )
    design(case=case, by=submitter(), at=AT, form=Form.JOINT, target=branch)
    step(case, "survey", date(2022, 8, 22))

    with pytest.raises(Refused, match="一般不超过5个单位，加入以后有6个"):
        step(case, "agree", date(2022, 8, 23))
    design(case=case, by=submitter(), at=AT, grounds="同在一个园区，党员都少")
    step(case, "agree", date(2022, 8, 23))


def test_a_chamber_that_could_build_alone_is_covered_only_with_a_reason() -> None:
    case = opened()
    for name in ("甲一", "甲二", "甲三"):
        member(name, chamber(SIX[0]))
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="应当单独组建"):
        step(case, "agree", date(2022, 7, 5))
    design(case=case, by=submitter(), at=AT, grounds="正在筹备单独组建")
    step(case, "agree", date(2022, 7, 5))


def test_nothing_holds_before_it_was_approved() -> None:
    case = opened(change_on=date(2022, 7, 19))

    with pytest.raises(Refused, match="生效时间 2022年7月19日 早于批复（2022年7月20日）"):
        recorded(case)


def test_the_covering_organization_sees_the_case() -> None:
    branch = PartyOrganization.objects.get(unit__name=BRANCH)
    case = opened(target=branch)

    assert list(cases(Scope(roots=(branch.pk,), day=OPENED))) == [case]


def test_papers_say_what_is_known_and_leave_gaps() -> None:
    case = open_case(kind="covering", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(SIX[0])])
    kind = kinds.get("covering")
    assert kind is not None

    empty = [paper.write(file_of(case, OPENED)) for paper in kind.papers]
    done = file_of(recorded(opened(SIX[1], change_on=FROM)), FROM)
    full = [paper.write(done) for paper in kind.papers]

    assert all(one.gaps >= 3 for one in empty)
    assert [one.gaps for one in full] == [0, 0]
    assert "自2022年8月1日起" in full[1].paragraphs[1]


def test_the_approving_level_is_a_committee_or_general_branch() -> None:
    case = opened()
    design(case=case, by=submitter(), at=AT, upper=PartyOrganization.objects.get(unit__name=BRANCH))
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match=f"“{BRANCH}”是党支部，不能作上级党组织"):
        step(case, "agree", date(2022, 7, 5))
