"""What can no longer be changed in a case is not offered and not shown open; and every link on its page leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.cases.models import Case
from tests.cases import somewhere
from tests.cases.somewhere import founded, joint_case, to_approval
from tests.cases.test_dissolution import opened as dissolving
from tests.cases.test_dissolution import placed
from tests.cases.test_merger import opened as merging
from tests.web.somebody import text_of

pytestmark = pytest.mark.django_db


def at(name: str, case: Case) -> str:
    return reverse(name, kwargs={"case": case.pk})


def linked(client: Client, case: Case) -> list[str]:
    """The addresses on the page of a case that are about it and whom it is about."""
    found = re.findall(r'href="(/(?:cases|chambers|organizations|people|rules)/[^"#]*)', client.get(at("case", case)).content.decode())
    return sorted(set(found))


def dissolution() -> Case:
    case = dissolving()
    placed(case)
    return case


@pytest.mark.parametrize("made", [joint_case, dissolution, merging])
def test_every_link_on_the_page_of_a_case_leads_to_a_page(made: Callable[[], Case], editor: Client) -> None:
    case = made()
    links = linked(editor, case)
    assert any("/organizations/" in one or "/chambers/" in one for one in links)
    wrong = {one: code for one in links if (code := editor.get(one.replace("&amp;", "&")).status_code) not in (200, 302)}
    assert wrong == {}


def test_before_the_approval_the_chambers_are_changed_and_after_it_the_form_is_shut(editor: Client) -> None:
    case = joint_case()
    assert at("case-chambers", case) in linked(editor, case)
    assert editor.get(at("case-chambers", case)).status_code == 200

    to_approval(case)

    shown = linked(editor, case)
    for name, words in (("case-chambers", "不能再改涉及的商会"), ("case-people", "不能再改编入的党员")):
        assert at(name, case) not in shown
        for answer in (editor.get(at(name, case), follow=True), editor.post(at(name, case), {}, follow=True)):
            assert answer.redirect_chain[0][0] == at("case", case)
            assert words in text_of(answer)
    assert at("case-election", case) in shown


def test_after_the_approval_the_design_asks_only_for_what_may_still_be_added(editor: Client) -> None:
    case = joint_case()
    assert 'name="name"' in text_of(editor.get(at("case-design", case)))
    to_approval(case)

    page = text_of(editor.get(at("case-design", case)))

    assert 'name="name"' not in page
    assert "批复里写明的不再改" in page


def test_after_the_meeting_the_votes_are_shut(editor: Client) -> None:
    case = joint_case()
    to_approval(case)
    somewhere.counted(case, 3, 3, 3)
    somewhere.step(case, "meeting", date(2022, 8, 15))

    assert at("case-election", case) not in linked(editor, case)
    assert "“成立大会”已经登记，票数、人选不能再改" in text_of(editor.get(at("case-election", case), follow=True))


def test_a_finished_case_has_no_form_open(editor: Client) -> None:
    case = founded(joint_case())
    for name in ("case-chambers", "case-people", "case-design", "case-election"):
        assert at(name, case) not in linked(editor, case)
        assert "这件事已办结，内容不能再改。" in text_of(editor.get(at(name, case), follow=True))
