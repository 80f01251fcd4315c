"""An organization is dissolved: nobody and nothing is left behind; and everything that is refused on the way (ORG-08)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import Q

from shanghui.access.scope import whole
from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State
from shanghui.cases.operations import Heir, Home, design, open_case, put_heirs, put_homes
from shanghui.cases.progress import places
from shanghui.cases.registry import kinds
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import (
    Chamber,
    Coverage,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Status,
    Term,
)
from shanghui.ledger.organizations.operations import cover, found_organization, set_form, set_status
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Appointment, Category, Person, Post
from shanghui.ledger.people.operations import affiliate, appoint, register_person, set_category
from tests.cases.somewhere import OPENED, approver, named_committee, step, submitter
from tests.web.somebody import OTHER
from tests.worked_city import AT, BRANCH, CHAMBER, UNCOVERED, city, named

pytestmark = pytest.mark.django_db
FROM = date(2022, 8, 1)
EVE = FROM - timedelta(days=1)


def branch(name: str = BRANCH) -> PartyOrganization:
    return PartyOrganization.objects.select_related("unit").get(unit__name=name)


def at_home(organization: PartyOrganization, day: date) -> set[int]:
    rows = Affiliation.objects.on(day).filter(organization=organization).exclude(kind=AffiliationKind.DUAL)
    return set(rows.values_list("person_id", flat=True))


def opened(organization: PartyOrganization | None = None, **more: object) -> Case:
    """A case of BRANCH, to be dissolved on FROM."""
    case = open_case(kind="dissolution", office=city(), on=OPENED, by=submitter(), at=AT, organization=organization or branch())
    values = {"grounds": "商会与另一家合并", "upper": named_committee(), "change_on": FROM} | more
    design(case=case, by=submitter(), at=AT, **values)
    return case


def placed(case: Case, *, but: int | None = None, target: PartyOrganization | None = None) -> None:
    """Everybody of the branch goes to OTHER (or `target`), one excepted."""
    body = case.organization
    assert body is not None
    rows = Affiliation.objects.on(EVE).filter(organization=body).exclude(kind=AffiliationKind.DUAL).select_related("person")
    homes = {row.person: Home(AffiliationKind(row.kind), target or branch(OTHER)) for row in rows if row.person_id != but}
    put_homes(case=case, homes=homes, by=submitter(), at=AT)


def decided(case: Case) -> None:
    """Through the approval."""
    step(case, "survey", date(2022, 7, 2))
    step(case, "request", date(2022, 7, 8))
    step(case, "approve", date(2022, 7, 20), by=approver(), number="云工商党〔2022〕8号")


def dissolved(case: Case) -> Case:
    """Through every step."""
    decided(case)
    step(case, "homes", date(2022, 7, 25))
    step(case, "record", FROM)
    case.refresh_from_db()
    return case


def test_everything_of_the_organization_ends_on_the_day_and_its_people_are_at_home_elsewhere_from_the_same_day() -> None:
    body, people = branch(), at_home(branch(), EVE)
    case = opened()
    placed(case)

    assert dissolved(case).state == State.DONE

    assert people
    assert at_home(body, EVE) == people
    assert people <= at_home(branch(OTHER), FROM)
    assert not people & at_home(branch(OTHER), EVE)
    open_ended = Q(valid_to=None) | Q(valid_to__gt=FROM)
    for rows in (
        OrganizationPeriod.objects.filter(organization=body), Coverage.objects.filter(organization=body),
        Term.objects.filter(unit=body.unit), Appointment.objects.filter(unit=body.unit), Affiliation.objects.filter(organization=body),
    ):
        assert rows.exists()
        assert not rows.filter(open_ended).exists()


def test_members_do_not_change_in_number_and_coverage_falls_by_the_chamber_from_the_day_on() -> None:
    codes = ["members.total", "coverage.organization"]
    before = figures(whole(EVE), EVE, codes)
    case = opened()
    placed(case)

    dissolved(case)

    for day, lost in ((EVE, 0), (FROM, 1)):
        found = figures(whole(day), day, codes)
        assert found["members.total"].numerator == before["members.total"].numerator
        assert found["coverage.organization"].numerator == before["coverage.organization"].numerator - lost


def test_a_chamber_goes_on_under_another_organization_without_a_day_between() -> None:
    chamber = Chamber.objects.get(unit__name=CHAMBER)
    case = opened()
    placed(case)
    put_heirs(case=case, heirs={chamber: Heir(branch(OTHER), Form.AREA)}, by=submitter(), at=AT)

    dissolved(case)

    rows = Coverage.objects.filter(chamber=chamber).order_by("valid_from")
    assert [(row.organization.unit.name, row.valid_to) for row in rows] == [(BRANCH, FROM), (OTHER, None)]
    assert rows.last().valid_from == FROM  # type: ignore[union-attr]


def test_who_is_left_nowhere_is_named_and_may_go_outside_the_ledger() -> None:
    left = register_person(kept_by=named(BRANCH), by=None, at=AT, name="方云泽")
    set_category(person=left, category=Category.FULL, since=date(2011, 7, 1), by=None, at=AT)
    affiliate(person=left, organization=branch(), kind=AffiliationKind.HOME, since=date(2011, 7, 1), by=None, at=AT)
    case = opened()
    placed(case, but=left.pk)
    decided(case)

    with pytest.raises(Refused, match="还没有去向：方云泽。"):
        step(case, "homes", date(2022, 7, 25))
    homes = {row.person: Home(AffiliationKind(row.kind), row.target) for row in case.people.select_related("person", "target")}
    put_homes(case=case, homes=homes | {left: Home(outside="云泽市某某社区党支部")}, by=submitter(), at=AT)
    step(case, "homes", date(2022, 7, 25))
    step(case, "record", FROM)

    assert not Affiliation.objects.on(FROM).filter(person=left).exists()
    assert Affiliation.objects.on(EVE).filter(person=left).count() == 1


def test_who_came_after_the_homes_were_chosen_is_named_at_the_end() -> None:
    case = opened()
    placed(case)
    decided(case)
    step(case, "homes", date(2022, 7, 25))
    late = Person.objects.filter(affiliations__organization=branch(OTHER), affiliations__valid_to=None).first()
    assert late is not None
    affiliate(person=late, organization=branch(), kind=AffiliationKind.HOME, since=date(2022, 7, 26), by=None, at=AT)

    with pytest.raises(Refused, match=f"还没有去向：{late.name}"):
        step(case, "record", FROM)


def test_the_upper_level_decides_directly_without_a_request() -> None:
    case = opened(direct=True)
    placed(case)
    codes = [one.step.code for one in places(file_of(case, OPENED))]

    step(case, "survey", date(2022, 7, 2))
    step(case, "approve", date(2022, 7, 20), by=submitter(), number="云工商党〔2022〕8号")
    step(case, "homes", date(2022, 7, 25))
    step(case, "record", FROM)

    assert codes == ["survey", "approve", "homes", "record"]
    assert not OrganizationPeriod.objects.on(FROM).filter(organization=branch()).exists()


def test_without_grounds_nothing_is_requested() -> None:
    case = opened(grounds="")
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="写明撤销的理由"):
        step(case, "request", date(2022, 7, 8))


@pytest.mark.parametrize(
    ("which", "words"),
    [("itself", "要撤销，组织关系不能留在那里"), ("functional", "是功能型或者临时党组织，不接收组织关系"), ("gone", "不存在（还没有成立，或者已经撤销）")],
)
def test_a_home_that_cannot_be(which: str, words: str) -> None:
    case = opened()
    target = branch() if which == "itself" else made(Form.FUNCTIONAL if which == "functional" else Form.OWN, which == "gone")
    placed(case, target=target)
    decided(case)

    with pytest.raises(Refused, match=words):
        step(case, "homes", date(2022, 7, 25))


def made(form: Form, later: bool = False) -> PartyOrganization:
    return found_organization(
        name="云泽市某某党支部", kind=OrganizationKind.BRANCH, form=form, under=city(), since=date(2022, 9, 1) if later else date(2020, 1, 1),
        by=None, at=AT, party_parent=named_committee(),
    )


def test_a_chamber_is_not_covered_by_what_ends_nor_twice_by_one_form() -> None:
    chamber = Chamber.objects.get(unit__name=CHAMBER)
    case = opened()
    placed(case)
    decided(case)
    put_heirs(case=case, heirs={chamber: Heir(branch(), Form.AREA)}, by=submitter(), at=AT)

    with pytest.raises(Refused, match="要撤销，不能再覆盖"):
        step(case, "homes", date(2022, 7, 25))
    with pytest.raises(Refused, match="以后的覆盖方式"):
        put_heirs(case=case, heirs={chamber: Heir(branch(OTHER))}, by=submitter(), at=AT)


def test_a_place_in_and_outside_the_ledger_is_one_too_many() -> None:
    case = opened()
    person = Person.objects.filter(affiliations__organization=branch()).first()
    assert person is not None

    with pytest.raises(Refused, match="去向写了两个"):
        put_homes(case=case, homes={person: Home(target=branch(OTHER), outside="别处")}, by=submitter(), at=AT)


def test_the_leading_committee_of_a_federation_is_not_dissolved_here() -> None:
    with pytest.raises(Refused, match="的党建领导机构，不能在这里撤销"):
        open_case(kind="dissolution", office=city(), on=OPENED, by=submitter(), at=AT, organization=named_committee())


def test_what_is_not_in_being_is_not_dissolved() -> None:
    with pytest.raises(Refused, match="立项时间早于“云泽市某某党支部”成立的时间"):
        open_case(kind="dissolution", office=city(), on=OPENED, by=submitter(), at=AT, organization=made(Form.OWN, later=True))


def test_organizations_below_come_first() -> None:
    above = made(Form.OWN)
    found_organization(
        name="云泽市某某党小组", kind=OrganizationKind.GROUP, form=Form.OWN, under=city(), since=date(2020, 1, 1), by=None, at=AT,
        party_parent=above,
    )
    case = opened(above)
    step(case, "survey", date(2022, 7, 2))

    with pytest.raises(Refused, match="下面还有党组织：云泽市某某党小组"):
        step(case, "request", date(2022, 7, 8))


def test_a_post_that_begins_after_the_end_is_put_right_first() -> None:
    case = opened()
    placed(case)
    decided(case)
    step(case, "homes", date(2022, 7, 25))
    person = Person.objects.filter(affiliations__organization=branch(), appointments__unit=branch().unit).first()
    assert person is not None
    appoint(person=person, unit=branch().unit, post=Post.COMMITTEE_MEMBER, since=date(2022, 8, 5), by=None, at=AT, title="宣传委员")

    with pytest.raises(Refused, match=f"在2022年8月1日以后已有登记的变化：自2022年8月5日起{person.name}的宣传委员任职"):
        step(case, "record", date(2022, 8, 6))


def test_it_does_not_end_before_the_decision() -> None:
    case = opened(change_on=date(2022, 7, 19))
    placed(case)

    with pytest.raises(Refused, match="早于批复"):
        dissolved(case)


def test_a_closed_chamber_does_not_hold_up_the_dissolution_of_its_branch() -> None:
    chamber = Chamber.objects.get(unit__name=CHAMBER)
    case = opened()
    placed(case)
    put_heirs(case=case, heirs={chamber: Heir()}, by=submitter(), at=AT)
    set_status(chamber=chamber, status=Status.CLOSED, since=date(2022, 7, 3), by=None, at=AT)

    assert dissolved(case).state == State.DONE


def test_one_organization_stands_in_one_open_case_of_a_kind() -> None:
    opened()

    with pytest.raises(Refused, match="已有一件正在办理"):
        opened()


def test_the_papers_name_everybodys_new_home_and_leave_gaps_where_nothing_is_known() -> None:
    kind = kinds.get("dissolution")
    assert kind is not None
    case = opened(grounds="", upper=None)
    empty = [paper.write(file_of(case, OPENED)) for paper in kind.papers]

    design(case=case, by=submitter(), at=AT, grounds="商会与另一家合并", upper=named_committee())
    placed(case)
    decided(case)
    full = [paper.write(file_of(case, FROM)) for paper in kind.papers]

    assert all(one.gaps >= 2 for one in empty)
    assert [one.gaps for one in full] == [0, 0]
    assert full[1].title == f"关于同意撤销{BRANCH}的批复"
    assert {row[1] for row in full[1].table[1:]} == {OTHER}


def reshaped(on: date, form: Form = Form.JOINT) -> None:
    """The branch takes another form on that day, by hand."""
    set_form(organization=branch(), form=form, since=on, with_coverages=False, by=None, at=AT)


def test_a_day_on_which_the_organization_changes_already_is_refused_when_it_is_chosen_and_the_change_is_named() -> None:
    reshaped(FROM)

    with pytest.raises(Refused, match=f"“{BRANCH}”在2022年8月1日当天已有登记的变化：自2022年8月1日起改为联合组建。生效时间要在2022年8月1日以后"):
        opened()


def test_the_day_after_another_change_can_be_chosen_and_a_day_before_a_later_one_cannot() -> None:
    reshaped(FROM)

    assert opened(change_on=FROM + timedelta(days=1)).design.change_on == FROM + timedelta(days=1)
    Case.objects.all().delete()
    with pytest.raises(Refused, match="在2022年7月31日以后已有登记的变化：自2022年8月1日起改为联合组建"):
        opened(change_on=EVE)


def test_without_a_chosen_day_the_day_of_the_approval_is_looked_at_when_it_is_approved() -> None:
    reshaped(date(2022, 7, 20))
    case = opened(change_on=None)
    step(case, "survey", date(2022, 7, 2))
    step(case, "request", date(2022, 7, 8))

    with pytest.raises(Refused, match="在2022年7月20日当天已有登记的变化"):
        step(case, "approve", date(2022, 7, 20), by=approver(), number="云工商党〔2022〕8号")


def test_a_post_and_a_coverage_that_begin_later_are_named_in_their_order() -> None:
    holder = Affiliation.objects.on(EVE).filter(organization=branch(), kind=AffiliationKind.HOME).select_related("person")[0].person
    appoint(person=holder, unit=branch().unit, post=Post.DEPUTY_SECRETARY, since=date(2022, 9, 1), by=None, at=AT)
    cover(chamber=Chamber.objects.get(unit__name=UNCOVERED), organization=branch(), form=Form.AREA, since=date(2022, 8, 15), by=None, at=AT)

    with pytest.raises(Refused, match=f"自2022年8月15日起对“{UNCOVERED}”的覆盖；自2022年9月1日起{holder.name}的副书记任职。生效时间要在2022年9月1日以后"):
        opened()


def test_a_change_recorded_after_the_day_was_chosen_stops_the_case_at_the_next_step() -> None:
    case = opened()
    step(case, "survey", date(2022, 7, 2))
    reshaped(FROM)

    with pytest.raises(Refused, match="当天已有登记的变化"):
        step(case, "request", date(2022, 7, 8))
