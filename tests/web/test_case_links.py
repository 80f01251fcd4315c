"""Cases on the pages of what they are about, and the ways into them (M05): chamber, organization, gap list, finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.cases.operations import open_case, withdraw
from shanghui.rules.models import Finding
from tests.cases.somewhere import OPENED, SIX, TODAY, chamber, founded, joint_case, step, submitter
from tests.cases.test_dissolution import opened as dissolving
from tests.worked_city import AT, BRANCH, CHAMBER, city, named

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, **values: int) -> str:
    return unescape(client.get(reverse(name, kwargs=values)).content.decode())


def finding(rule: str, state: str = "open") -> str:
    made = Finding.objects.create(
        unit=named(BRANCH), rule=rule, first=date(2022, 5, 1), message="只有2名正式党员", since=date(2022, 6, 1), state=state
    )
    return reverse("finding", kwargs={"finding": made.pk})


def test_a_chamber_shows_its_cases_with_the_next_step_and_on_the_time_line(editor: Client) -> None:
    case = joint_case()

    shown = page(editor, "chamber", chamber=chamber(SIX[1]).pk)

    assert f"立项：{case.title}" in shown
    assert "下一步 摸底" in shown
    assert "立项：由已有党组织覆盖" in shown
    assert "立项：组建党组织</a>" not in shown


def test_an_uncovered_chamber_offers_to_build_and_a_covered_one_does_not(editor: Client, as_role: Callable[[Role], Client]) -> None:
    bare, covered = chamber(SIX[0]).pk, chamber(CHAMBER).pk
    address = f"{reverse('case-new', kwargs={'case_kind': 'establishment'})}?chamber={bare}"

    assert address in page(editor, "chamber", chamber=bare)
    assert "立项：" not in page(editor, "chamber", chamber=covered)
    assert "立项：" not in page(as_role(Role.READER), "chamber", chamber=bare)


def test_an_organization_shows_its_cases_and_offers_what_can_be_done_with_it(editor: Client) -> None:
    body = founded(joint_case()).organization
    assert body is not None

    shown = page(editor, "organization", organization=body.pk)

    assert "2022-08-20 办结" in shown
    for kind in ("election", "change-form", "merger", "dissolution"):
        assert f"{reverse('case-new', kwargs={'case_kind': kind})}?organization={body.pk}" in shown


def test_what_is_under_way_is_not_offered_again_and_is_not_told_of_an_earlier_day(editor: Client) -> None:
    case = dissolving()
    address = reverse("organization", kwargs={"organization": named(BRANCH).pk})

    today = unescape(editor.get(address).content.decode())
    before = unescape(editor.get(address, {"on": "2022-06-30"}).content.decode())

    assert "立项：合并党组织" in today
    assert "立项：撤销党组织</a>" not in today
    assert case.title in today
    assert case.title not in before
    assert "立项：合并党组织" not in before


def test_pages_with_cases_ask_a_fixed_number_of_questions(editor: Client) -> None:
    where = reverse("chamber", kwargs={"chamber": chamber(SIX[0]).pk})
    for _ in range(2):
        case = joint_case()
        withdraw(case=case, reason="重来", on=TODAY, by=submitter(), at=AT)
    editor.get(where)
    with CaptureQueriesContext(connection) as few:
        editor.get(where)
    joint_case()

    with CaptureQueriesContext(connection) as many:
        editor.get(where)

    assert len(many) <= len(few)


def test_the_gap_list_shows_the_open_case_and_opens_one_for_the_ticked_chambers(editor: Client) -> None:
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    shown = unescape(editor.get(reverse("gaps")).content.decode())
    third, fourth = chamber(SIX[2]).pk, chamber(SIX[3]).pk

    kinds = unescape(editor.get(reverse("case-kinds"), {"chamber": [third, fourth]}).content.decode())

    assert "组建党组织：筹备" in shown
    assert f'name="chamber" value="{third}"' in shown
    assert f"{reverse('case-new', kwargs={'case_kind': 'establishment'})}?chamber={third}&chamber={fourth}" in kinds
    assert "撤销党组织" not in kinds


def test_the_gap_list_of_an_earlier_day_and_of_a_reader_has_nothing_to_tick(editor: Client, as_role: Callable[[Role], Client]) -> None:
    joint_case()

    before = unescape(editor.get(reverse("gaps"), {"on": "2022-06-30"}).content.decode())

    assert "组建党组织：摸底" not in before
    assert 'name="chamber"' not in before
    assert 'name="chamber"' not in as_role(Role.READER).get(reverse("gaps")).content.decode()


def test_the_gap_list_asks_a_fixed_number_of_questions(editor: Client) -> None:
    joint_case()
    with CaptureQueriesContext(connection) as few:
        editor.get(reverse("gaps"))
    for name in SIX[2:]:
        open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(name)])

    with CaptureQueriesContext(connection) as many:
        editor.get(reverse("gaps"))

    assert len(many) <= len(few)


def test_one_gap_shows_its_case_and_the_ways_to_build(editor: Client) -> None:
    bare = page(editor, "gap", chamber=chamber(SIX[2]).pk)
    joint_case()

    assert "立项：组建党组织" in bare
    assert "立项：由已有党组织覆盖" in bare
    assert "下一步 摸底" in page(editor, "gap", chamber=chamber(SIX[0]).pk)


def test_a_branch_too_small_is_put_right_by_a_case(editor: Client, as_role: Callable[[Role], Client]) -> None:
    address, where = finding("branch.small"), f"?organization={named(BRANCH).pk}"

    shown = unescape(editor.get(address).content.decode())

    assert f"{reverse('case-new', kwargs={'case_kind': 'change-form'})}{where}" in shown
    assert f"{reverse('case-new', kwargs={'case_kind': 'merger'})}{where}" in shown
    assert "立项：" not in unescape(as_role(Role.READER).get(address).content.decode())


def test_a_finding_that_is_fixed_or_of_another_rule_offers_no_case(editor: Client) -> None:
    for address in (finding("branch.small", "fixed"), finding("life.theme_day")):
        assert "立项：" not in unescape(editor.get(address).content.decode())


@pytest.mark.parametrize("kind", ["change-form", "merger"])
def test_the_form_behind_the_finding_has_the_branch_in_it(editor: Client, kind: str) -> None:
    shown = unescape(editor.get(reverse("case-new", kwargs={"case_kind": kind}), {"organization": named(BRANCH).pk}).content.decode())

    assert f'value="{BRANCH}"' in shown
