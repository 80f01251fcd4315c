"""What the pages of a case say of a registered meeting, of what was changed since it was reported, of who comes from elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.cases.models import Case
from shanghui.cases.operations import design, put_people
from shanghui.ledger.people.models import AffiliationKind, Post
from tests.cases import somewhere
from tests.cases.elections import new_branch
from tests.cases.somewhere import SIX, chamber, joint_case, submitter, to_approval
from tests.web.somebody import text_of
from tests.worked_city import AT

pytestmark = pytest.mark.django_db
CHANGED = "报送（2022年7月8日）以后改过：党组织名称。请核对报送的文件是否还一致。"


def at(name: str, case: Case, **more: str) -> str:
    return reverse(name, kwargs={"case": case.pk, **more})


def reported() -> Case:
    case = joint_case()
    for code, on in (("survey", date(2022, 7, 2)), ("prepare", date(2022, 7, 5)), ("request", date(2022, 7, 8))):
        somewhere.step(case, code, on)
    return case


def test_what_was_changed_since_the_request_stands_where_it_is_approved(editor: Client) -> None:
    case = reported()
    pages = (at("case", case), at("case-step", case, step="approve"))
    assert not any("以后改过" in text_of(editor.get(one)) for one in pages)

    design(case=case, by=submitter(), at=AT + timedelta(days=1), name="云泽市印刷等商会联合党支部")

    assert all(CHANGED in text_of(editor.get(one)) for one in pages)


def test_the_counts_of_a_registered_meeting_are_not_changed_by_the_form(editor: Client) -> None:
    case = joint_case()
    to_approval(case)
    somewhere.counted(case, 3, 3, 3)
    somewhere.step(case, "meeting", date(2022, 8, 15))
    one = case.nominees.get()
    sent = {
        "nominee-total": "1", "nominee-0-person": one.person_id, "nominee-0-post": Post.SECRETARY, "nominee-0-votes": "2",
        "nominee-0-title": "", "committee": "", "expected": "3", "present": "3", "issued": "3", "collected": "3", "invalid": "0",
    }

    page = text_of(editor.get(at("case", case)))
    answer = editor.post(at("case-election", case), sent, follow=True)

    assert "“成立大会”已登记，不再改" in page
    assert "已批复，不再改" in page
    assert at("case-people", case) not in page

    assert "“成立大会”已经登记，票数、人选不能再改。要改，请先退回这一步，写明原因。" in text_of(answer)
    assert case.nominees.get().votes == 3


def test_who_comes_from_elsewhere_is_named_to_those_who_may_see_people(as_role: Any, editor: Client) -> None:
    case, other = joint_case(), new_branch(2)
    people = {one.person: AffiliationKind.HOME for one in case.people.select_related("person")}
    came = other.affiliations.select_related("person").order_by("person__name")[0].person
    put_people(case=case, people={**people, came: AffiliationKind.HOME}, by=submitter(), at=AT)
    case.nominees.all().delete()

    assert "丁0：组织关系自成立之日起由“云泽市新设党支部”转来，原任书记须另行安排" in text_of(editor.get(at("case", case)))
    assert "丁0" not in text_of(as_role(Role.GUIDE).get(at("case", case)))


def test_a_day_of_the_last_century_is_refused_in_the_form(editor: Client) -> None:
    sent = {"chambers": [chamber(SIX[0]).pk], "on": "1999-12-31"}

    answer = editor.post(reverse("case-new", kwargs={"case_kind": "establishment"}), sent)

    assert "立项时间早于2000年1月1日，请核对日期。" in text_of(answer)
    assert not Case.objects.exists()
