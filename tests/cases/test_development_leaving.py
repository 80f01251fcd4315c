"""A development whose person leaves the platform, and one taken up again after it was carried out (DEV-08, REL-04)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.models import AuditEntry
from shanghui.cases.models import Case, State
from shanghui.cases.operations import RECEIPT, end_otherwise, reopen, return_step, take_away, take_back, take_out
from shanghui.kernel.facts import Precision
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.operations import end_fact
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, MembershipRecord, Person, Transfer
from shanghui.ledger.people.operations import affiliate, issue_letter
from tests.cases.developing import APPLIED, APPROVED, ENDS, MEETING, TODAY, applicant, branch, opened, step, walked
from tests.cases.somewhere import named_committee, submitter
from tests.cases.test_development_moves import other
from tests.worked_city import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SENT, ACCEPTED = date(2027, 3, 1), date(2027, 3, 10)
OUTSIDE = "北京市朝阳区某街道党工委"


def person_of(case: Case) -> Person:
    """Whom a case is about."""
    assert case.person is not None
    return case.person


def letter(case: Case, sent: date = SENT) -> Transfer:
    """A letter out for the person of a case."""
    return issue_letter(
        person=person_of(case), counterpart=OUTSIDE, on=sent, number="7", valid_days=30, longest=90, issuer=named_committee(), by=None, at=AT
    )


def away(case: Case, on: date = ACCEPTED, sent: date = SENT) -> None:
    """The letter is answered."""
    take_away(transfer=letter(case, sent), accepted_on=on, answered_on=on, by=submitter(), at=AT)
    case.refresh_from_db()


def test_a_letter_that_is_accepted_takes_the_development_along_with_its_facts() -> None:
    case = walked("oath")

    away(case)

    assert (case.state, case.closed_on) == (State.LEFT, ACCEPTED)
    assert case.closing == f"随组织关系转到“{OUTSIDE}”，发展党员的材料一并转去，时间连续计算。"
    assert not case.contacts.filter(valid_to=None).exists()
    assert case.records.filter(returned_on=None, step="oath").exists()
    assert MembershipRecord.objects.get(person=case.person, category=Category.PROBATIONARY).valid_to == ACCEPTED
    with pytest.raises(Refused, match="已转出"):
        step(case, "probation")


def test_the_answer_and_what_became_of_the_development_go_back_as_one_act() -> None:
    case = walked("oath")
    away(case)
    with pytest.raises(Refused, match="撤销“登记介绍信回执”"):
        reopen(case=case, reason="试", on=ACCEPTED, by=submitter(), at=AT)
    entries = list(AuditEntry.objects.filter(run__startswith=RECEIPT).order_by("pk"))
    assert [one.verb for one in entries] == ["登记介绍信回执", "发展党员转出"]

    take_out(entries=entries, by=submitter(), at=AT)

    case.refresh_from_db()
    assert (case.state, case.closed_on, case.closing) == (State.OPEN, None, "")
    assert case.contacts.filter(valid_to=None).count() == 2
    assert Affiliation.objects.get(person=case.person, valid_to=None).organization_id == branch().pk


@pytest.mark.parametrize(("on", "ok"), [(APPROVED - DAY, False), (APPROVED, True), (APPROVED + DAY, True)])
def test_nobody_is_received_elsewhere_before_the_last_step_here(on: date, ok: bool) -> None:
    case = walked("approve")

    if not ok:
        with pytest.raises(Refused, match="对方接收的日期不能早于这一天"):
            away(case, on, MEETING + DAY)
        assert Case.objects.get(pk=case.pk).state == State.OPEN
        assert Transfer.objects.get().is_open
        return
    away(case, on, MEETING + DAY)
    assert case.state == State.LEFT


def test_without_a_development_the_answer_is_as_before() -> None:
    case = walked("archive")

    away(case, date(2027, 10, 1), date(2027, 9, 25))

    assert case.state == State.DONE


def test_who_is_no_member_yet_leaves_without_a_letter_and_comes_back() -> None:
    case = walked("contacts")
    on = date(2025, 2, 1)

    end_otherwise(case=case, ending="moved-away", on=on, reason=f"到{OUTSIDE}工作", by=submitter(), at=AT, today=TODAY)

    case.refresh_from_db()
    assert (case.state, case.closing) == (State.LEFT, f"转到平台以外的党组织：到{OUTSIDE}工作")
    assert not Affiliation.objects.filter(person=case.person, valid_to=None).exists()
    reopen(case=case, reason="没有走成", on=on, by=submitter(), at=AT)
    case.refresh_from_db()
    assert case.state == State.OPEN
    assert Affiliation.objects.get(person=case.person, valid_to=None).organization_id == branch().pk


def test_a_member_leaves_by_letter_only() -> None:
    with pytest.raises(Refused, match="不能这样结束"):
        end_otherwise(case=walked("approve"), ending="moved-away", on=SENT, reason="试", by=submitter(), at=AT, today=TODAY)


def test_one_carried_out_is_taken_up_again_at_its_last_step_and_the_ledger_stays() -> None:
    case = walked("archive")

    take_back(case=case, reason="漏归一份材料", on=TODAY, by=submitter(), at=AT)

    case.refresh_from_db()
    assert (case.state, case.closed_on) == (State.OPEN, None)
    assert MembershipRecord.objects.get(person=case.person, valid_to=None).category == Category.FULL
    return_step(case=case, step="confirm", reason="文号错", on=TODAY, by=submitter(), at=AT)
    assert MembershipRecord.objects.get(person=case.person, valid_to=None).category == Category.PROBATIONARY
    step(case, "confirm")
    step(case, "archive")
    case.refresh_from_db()
    assert case.state == State.DONE
    with pytest.raises(Refused, match="写明撤销办结的原因"):
        take_back(case=case, reason=" ", on=TODAY, by=submitter(), at=AT)


def test_who_has_moved_on_since_is_put_right_where_he_is() -> None:
    moved, left = walked("archive"), walked("archive", opened(applicant(name="离开的人")))
    affiliate(person=person_of(moved), organization=other(), kind=AffiliationKind.HOME, since=TODAY, by=None, at=AT)
    end_fact(
        fact=Affiliation.objects.get(person=left.person, valid_to=None), subject=person_of(left), unit=branch().unit, on=TODAY, by=None, at=AT,
        reason="转出",
    )

    for case, words in ((moved, f"后来转到了“{other().unit.name}”"), (left, "已经不在平台的党组织")):
        with pytest.raises(Refused, match=words):
            take_back(case=case, reason="试", on=TODAY, by=submitter(), at=AT)
        assert Case.objects.get(pk=case.pk).state == State.DONE


def test_a_relation_only_known_by_a_day_holds_from_the_step_that_writes_it() -> None:
    person = applicant()
    affiliate(person=person, organization=branch(), kind=AffiliationKind.HOME, since=TODAY, precision=Precision.SEEN, by=None, at=AT)

    walked("archive", opened(person))

    rows = Affiliation.objects.filter(person=person).order_by("valid_from").values_list("kind", "valid_from", "valid_to")
    assert list(rows) == [(AffiliationKind.CULTIVATED, APPLIED, MEETING), (AffiliationKind.HOME, MEETING, None)]
    assert ENDS > MEETING
