"""What a carried out case wrote goes back as a whole, and the case stands open again; nothing of it goes back alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry
from shanghui.access.restoring import CannotUndo
from shanghui.access.scope import whole
from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State
from shanghui.cases.operations import do_step, take_back
from shanghui.cases.progress import places
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Form, PartyOrganization
from shanghui.ledger.organizations.operations import set_form
from tests.cases.somewhere import NAME, approver, founded, joint_case, submitter
from tests.cases.test_dissolution import at_home, branch, dissolved, opened, placed
from tests.worked_city import AT

pytestmark = pytest.mark.django_db
LATER = date(2022, 9, 1)
CODES = ["coverage.organization", "members.total", "organizations.total"]


def counted() -> Any:
    return figures(whole(LATER), LATER, CODES)


def taken_back(case: Case) -> None:
    take_back(case=case, reason="批复登记错了", on=LATER, by=submitter(), at=AT)
    case.refresh_from_db()


def test_a_founding_goes_back_with_everything_and_the_case_stands_at_its_last_step() -> None:
    before, case = counted(), joint_case()
    founded(case)
    assert counted() != before

    taken_back(case)

    assert counted() == before
    assert not PartyOrganization.objects.filter(unit__name=NAME).exists()
    assert (case.state, case.organization, case.closed_on, case.closing) == (State.OPEN, None, None, "")
    file = file_of(case, LATER)
    assert [one.step.code for one in places(file) if not one.is_settled] == ["result_approve"]
    assert [one.return_reason for one in file.returned] == ["批复登记错了"]
    assert case.nominees.exists()


def test_it_is_carried_out_once_more() -> None:
    case = founded(joint_case())
    taken_back(case)

    do_step(case=case, step="result_approve", on=LATER, by=approver(), at=AT, today=LATER, number="10号")

    case.refresh_from_db()
    assert (case.state, case.organization is not None) == (State.DONE, True)
    taken_back(case)
    assert case.state == State.OPEN


def test_a_dissolution_goes_back_and_everybody_is_at_home_again() -> None:
    before, people = counted(), at_home(branch(), LATER)
    case = opened()
    placed(case)
    dissolved(case)

    taken_back(case)

    assert (counted(), at_home(branch(), LATER)) == (before, people)


def test_what_was_written_since_stands_in_the_way() -> None:
    case = founded(joint_case())
    assert case.organization is not None
    set_form(organization=case.organization, form=Form.AREA, since=LATER, with_coverages=False, by=None, at=AT)

    with pytest.raises(CannotUndo, match="请先撤销那一步"):
        take_back(case=case, reason="批复登记错了", on=LATER, by=submitter(), at=AT)
    case.refresh_from_db()
    assert case.state == State.DONE


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_takes_a_reason(reason: str) -> None:
    with pytest.raises(Refused, match="请写明撤销办结的原因"):
        take_back(case=founded(joint_case()), reason=reason, on=LATER, by=None, at=AT)


def test_an_open_case_has_nothing_to_take_back() -> None:
    with pytest.raises(Refused, match="没有办结"):
        take_back(case=joint_case(), reason="错了", on=LATER, by=None, at=AT)


def test_no_act_of_a_case_is_undone_alone(editor: Client) -> None:
    case = founded(joint_case())
    written = AuditEntry.objects.filter(run__startswith=f"case:{case.pk}:")
    closing = AuditEntry.objects.get(subject_table="cases_case", subject_id=case.pk, verb="办结")

    for entry in (*written, closing):
        for answer in (editor.get(reverse("undo", kwargs={"entry": entry.pk})), editor.post(reverse("undo", kwargs={"entry": entry.pk}))):
            assert answer["Location"] == reverse("case", kwargs={"case": case.pk})
    case.refresh_from_db()
    assert (len(written) > 5, case.state) == (True, State.DONE)
    page = editor.get(reverse("organization", kwargs={"organization": case.organization_id})).content.decode()
    assert "随办理事项办结写入" in page


def test_the_page_takes_it_back_with_a_reason_and_says_so(editor: Client) -> None:
    case = founded(joint_case())
    url, page = (reverse(name, kwargs={"case": case.pk}) for name in ("case-undo", "case"))
    assert url in editor.get(page).content.decode()

    assert editor.post(url, {"reason": ""}).status_code == 422
    assert editor.post(url, {"reason": "批复登记错了"})["Location"] == page

    shown = editor.get(page).content.decode()
    assert "办理中" in shown
    assert "撤销办结" in shown
    assert "批复登记错了" in shown
    assert url not in shown
