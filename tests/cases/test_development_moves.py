"""A development in mid-course follows the person; organizations that may not develop name who does instead (DEV-08, DEV-19, M03)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.models import AuditEntry
from shanghui.cases.models import Move
from shanghui.cases.operations import (
    RECEIPT,
    follow,
    move_candidate,
    open_development,
    put_development,
    return_step,
    take_in,
    take_out,
)
from shanghui.cases.progress import place_of
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import end_fact, found_organization
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, MembershipRecord
from shanghui.ledger.people.operations import affiliate, send_people, set_category
from tests.cases.developing import ACTIVIST, APPLIED, TODAY, applicant, branch, opened, seen, step, walked
from tests.cases.somewhere import named_committee, submitter
from tests.worked_city import AT, SINCE, city

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"
MOVED = date(2025, 2, 1)


def other() -> PartyOrganization:
    """Another branch of the city."""
    return PartyOrganization.objects.select_related("unit").get(unit__name=OTHER)


def test_time_goes_on_where_the_candidate_moves_and_contacts_are_named_anew() -> None:
    case = walked("contacts")

    move_candidate(case=case, target=other(), on=MOVED, by=submitter(), at=AT)

    case.refresh_from_db()
    assert (case.organization_id, case.title) == (other().pk, f"发展党员：{OTHER}")
    assert place_of(seen(case, TODAY), "cultivation").earliest == date(2025, 10, 8)  # type: ignore[union-attr]
    assert not case.contacts.filter(valid_to=None).exists()
    assert Move.objects.get(case=case).source_id == branch().pk
    assert Affiliation.objects.get(person=case.person, valid_to=None).organization_id == other().pk


def test_a_case_follows_a_relation_that_went_already_and_waits_until_it_does() -> None:
    case = walked("contacts")
    assert case.person is not None
    affiliate(person=case.person, organization=other(), kind=AffiliationKind.CULTIVATED, since=MOVED, by=None, at=AT)
    with pytest.raises(Refused, match="请先把这件事转到那里"):
        step(case, "cultivation")

    follow(person=case.person, source=branch(), target=other(), on=MOVED, by=submitter(), at=AT)

    step(case, "cultivation")
    assert follow(person=case.person, source=branch(), target=other(), on=MOVED, by=submitter(), at=AT) is None


def test_a_probationary_member_goes_with_his_relation() -> None:
    with pytest.raises(Refused, match="请办理组织关系接转"):
        move_candidate(case=walked("approve"), target=other(), on=date(2026, 9, 1), by=submitter(), at=AT)


def test_who_has_left_goes_no_further() -> None:
    case = walked("contacts")
    row = Affiliation.objects.get(person=case.person, valid_to=None)
    end_fact(fact=row, subject=row.person, unit=branch().unit, on=MOVED, by=None, at=AT, reason="去世")

    with pytest.raises(Refused, match="已经离开、去世的，请把这件事结束或者撤回"):
        step(case, "cultivation")


@pytest.mark.parametrize(("form", "kind", "words"), [
    (Form.FUNCTIONAL, OrganizationKind.BRANCH, f"请由组织关系（培养联系）所在的“{OTHER}”办理"),
    (Form.TEMPORARY, OrganizationKind.BRANCH, f"请由组织关系（培养联系）所在的“{OTHER}”办理"),
    (Form.OWN, OrganizationKind.GENERAL_BRANCH, "发展党员由党支部办理"),
])
def test_who_may_not_develop_names_who_does(form: Form, kind: OrganizationKind, words: str) -> None:
    body = found_organization(name="别的党组织", kind=kind, form=form, under=city(), since=SINCE, by=None, at=AT)
    person = applicant()
    if form != Form.OWN:
        affiliate(person=person, organization=other(), kind=AffiliationKind.CULTIVATED, since=SINCE, by=None, at=AT)

    with pytest.raises(Refused, match=words):
        open_development(person=person, organization=body, office=city(), applied_on=APPLIED, by=submitter(), at=AT, today=TODAY)


@pytest.mark.parametrize(("form", "kind", "words"), [
    (Form.OWN, OrganizationKind.GENERAL_BRANCH, "党总支只能审议"), (Form.TEMPORARY, OrganizationKind.COMMITTEE, "不能审批预备党员"),
])
def test_neither_a_general_branch_nor_something_temporary_approves(form: Form, kind: OrganizationKind, words: str) -> None:
    body = found_organization(name="别的党组织", kind=kind, form=form, under=city(), since=SINCE, by=None, at=AT)
    case = walked("branch_review")
    put_development(case=case, by=submitter(), at=AT, approver=body)

    with pytest.raises(Refused, match=words):
        step(case, "prereview")
    put_development(case=case, by=submitter(), at=AT, approver=named_committee())
    step(case, "prereview")


def test_a_full_member_is_not_developed_and_nobody_twice() -> None:
    person = applicant()
    opened(person)
    with pytest.raises(Refused, match="已有一件正在办理"):
        opened(person)
    full = applicant(name="正式的人")
    set_category(person=full, category=Category.FULL, since=SINCE, by=None, at=AT)
    with pytest.raises(Refused, match="已经是正式党员"):
        opened(full)


def test_what_the_ledger_has_already_is_kept_and_another_day_is_refused() -> None:
    person = applicant()
    set_category(person=person, category=Category.ACTIVIST, since=ACTIVIST, by=None, at=AT)
    case = opened(person)
    step(case, "talk")
    with pytest.raises(Refused, match="与2024年10月9日对不上"):
        step(case, "activist", date(2024, 10, 9))

    step(case, "activist")

    rows = MembershipRecord.objects.filter(person=person).order_by("valid_from").values_list("category", "valid_from", "valid_to")
    assert list(rows) == [(Category.APPLICANT, APPLIED, ACTIVIST), (Category.ACTIVIST, ACTIVIST, None)]


def test_a_receipt_and_the_development_that_followed_go_back_as_one_act() -> None:
    case = walked("contacts")
    assert case.person is not None
    row = send_people(people=[case.person], target=other(), on=MOVED, by=submitter(), at=AT)[0]
    take_in(transfer=row, on=MOVED, by=submitter(), at=AT)
    case.refresh_from_db()
    assert case.organization_id == other().pk

    take_out(entries=written_last(), by=submitter(), at=AT)

    case.refresh_from_db()
    row.refresh_from_db()
    assert (case.organization_id, case.title, row.is_open) == (branch().pk, f"发展党员：{branch().unit.name}", True)
    assert case.contacts.filter(valid_to=None).count() == 2
    assert not Move.objects.exists()
    assert Affiliation.objects.get(person=case.person, valid_to=None).organization_id == branch().pk


def test_a_receipt_after_which_steps_were_done_is_taken_back_when_these_are_returned() -> None:
    case = walked("contacts")
    assert case.person is not None
    row = send_people(people=[case.person], target=other(), on=MOVED, by=submitter(), at=AT)[0]
    take_in(transfer=row, on=MOVED, by=submitter(), at=AT)
    receipt = written_last()
    case.refresh_from_db()
    step(case, "cultivation")
    with pytest.raises(Refused, match="转入以后又办过步骤"):
        take_out(entries=receipt, by=submitter(), at=AT)

    return_step(case=case, step="cultivation", reason="接收弄错了", on=TODAY, by=submitter(), at=AT)
    take_out(entries=receipt, by=submitter(), at=AT)

    case.refresh_from_db()
    assert case.organization_id == branch().pk


def written_last() -> list[AuditEntry]:
    """The entries of the latest receipt."""
    rows = AuditEntry.objects.filter(run__startswith=RECEIPT).order_by("pk")
    assert [one.verb for one in rows] == ["接收组织关系", "发展党员转入"]
    return list(rows)
