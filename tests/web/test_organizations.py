"""The register of party organizations, their pages, and what is changed about them; terms of office."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Axis, Role
from shanghui.access.queries import parent_of
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from shanghui.ledger.organizations.models import Coverage, Form, OrganizationPeriod, PartyOrganization, Term
from shanghui.ledger.organizations.operations import set_form
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, TODAY, UNCOVERED, city, named

pytestmark = pytest.mark.django_db
JOINT = "云泽市异地商会第一联合党支部"
FIGURE = re.compile(r'<a class="fig" href="(/people/[^"]+)"[^>]*>(\d+)</a>')


def address(name: str, organization: str = BRANCH, query: str = "") -> str:
    return reverse(name, kwargs={"organization": named(organization).pk}) + query


def term_address(unit: str = BRANCH) -> str:
    return reverse("term-new", kwargs={"unit": named(unit).pk})


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def a_branch(**changes: Any) -> dict[str, Any]:
    return {
        "name": "云泽市印刷包装商会党支部", "kind": "branch", "form": "own", "covers": [UNCOVERED], "since": "2022-07-01",
        "federation": "云泽市工商联", "parent": "云泽市商会行业党委", "approval_number": "云商党〔2022〕8号", **changes,
    }


def make_functional() -> None:
    set_form(
        organization=PartyOrganization.objects.get(unit=named(BRANCH)), form=Form.FUNCTIONAL, since=TODAY, with_coverages=True,
        by=None, at=AT,
    )


# --- the register


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 31), ({"form": "joint"}, 2), ({"kind": "committee"}, 1), ({"q": "异地"}, 1), ({"being": "gone"}, 0),
        ({"term": "soon", "on": "2022-06-30"}, 4), ({"term": "overdue", "on": "2022-06-30"}, 0), ({"term": "none"}, 1),
        ({"term": "overdue", "on": "2022-11-01"}, 1), ({"on": "2000-01-01"}, 1),
    ],
    ids=str,
)
def test_the_register_is_narrowed(editor: Client, query: dict[str, str], count: int) -> None:
    assert editor.get(reverse("organizations"), query).context["page"].total == count


def test_the_workbook_has_the_usual_headings(editor: Client) -> None:
    answer = editor.get(reverse("organizations"), {"format": "xlsx"})

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet["A1"].value == "党组织台账"
    assert any({"党组织名称", "组建方式", "届满时间", "书记"} <= {cell.value for cell in row} for row in sheet.iter_rows())


def test_pages_ask_a_fixed_number_of_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        editor.get(reverse("organizations"))
    for name in (BRANCH, JOINT):
        with django_assert_max_num_queries(27):
            editor.get(address("organization", name))


# --- the page


def test_every_number_of_people_opens_into_exactly_as_many(editor: Client) -> None:
    links = FIGURE.findall(text_of(editor.get(address("organization", query="?on=2022-06-30"))))

    assert len(links) >= 3
    for url, count in links:
        assert len(editor.get(unescape(url)).context["lines"]) == int(count), url


def test_a_functional_organization_is_offered_no_election(editor: Client) -> None:
    make_functional()

    page = editor.get(address("organization", query=""))
    sent_back = editor.get(term_address(), follow=True)

    assert not page.context["powers"].holds_elections
    assert term_address() not in text_of(page)
    assert "不发展党员" in text_of(page)
    assert "没有换届" in text_of(sent_back)


def test_whoever_may_not_change_is_offered_nothing(as_role: Callable[[Role], Client]) -> None:
    for role in (Role.READER, Role.SECRETARY):
        answer = as_role(role).get(address("organization"))
        assert answer.status_code == 200
        for name in ("organization-change", "organization-form", "organization-dissolve", "organization-cover"):
            assert address(name) not in text_of(answer), role


# --- what is changed


def test_a_branch_is_registered_with_its_chamber_in_one_step(editor: Client) -> None:
    editor.post(reverse("organization-new"), a_branch())

    made = PartyOrganization.objects.get(unit__name="云泽市印刷包装商会党支部")
    above = parent_of(made.unit, axis=Axis.PARTY, day=TODAY)
    assert above is not None
    assert above.name == "云泽市商会行业党委"
    assert made.coverages.get().chamber.unit.name == UNCOVERED
    assert (made.approved_on, made.approval_number) == ("2022-07-01", "云商党〔2022〕8号")


def test_the_form_proposes_the_chamber_it_was_opened_from(editor: Client) -> None:
    answer = editor.get(reverse("organization-new"), {"chamber": str(named(UNCOVERED).pk)})

    assert f'value="{UNCOVERED}"' in text_of(answer)
    assert f'value="{UNCOVERED}党支部"' in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"covers": [UNCOVERED, CHAMBER]}, "请先结束原来的覆盖"),
        ({"federation": "月球工商联"}, "没有“月球工商联”"),
        ({"covers": ["临江市茶叶商会"]}, "没有“临江市茶叶商会”"),
        ({"since": "2022-02-30"}, "没有这一天"),
        ({"name": BRANCH}, f"下已有“{BRANCH}”"),
        ({"covers": ["云泽市"]}, "可能是"),
    ],
    ids=["second of a form", "no such office", "next door", "no such day", "same name", "ambiguous"],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(editor: Client, changes: dict[str, Any], sentence: str) -> None:
    before = PartyOrganization.objects.count(), Coverage.objects.count()

    answer = editor.post(reverse("organization-new"), a_branch(**changes))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert (PartyOrganization.objects.count(), Coverage.objects.count()) == before


def test_another_form_holds_from_its_day_for_the_chambers_too(editor: Client) -> None:
    editor.post(address("organization-form"), {"form": "joint", "since": "2022-07-01", "with_coverages": "on"})

    def own(day: date) -> int | None:
        return figures(whole(day).under(city()), day, {"coverage.own"})["coverage.own"].numerator

    assert (own(HALF_YEAR), own(date(2022, 7, 1))) == (28, 27)


def test_dissolving_says_what_follows_and_ends_coverage_and_term(editor: Client) -> None:
    asked = editor.get(address("organization-dissolve"))
    editor.post(address("organization-dissolve"), {"last_day": "2022-07-05", "reason": "商会注销"})

    assert "对 1 家商会的覆盖同时结束" in text_of(asked)
    assert "人的组织关系在这里" in text_of(asked)
    for rows in (OrganizationPeriod.objects.filter(organization__unit__name=BRANCH), Coverage.objects.filter(organization__unit__name=BRANCH),
                 Term.objects.filter(unit__name=BRANCH)):
        assert list(rows.values_list("valid_to", flat=True)) == [date(2022, 7, 6)]
    assert editor.get(reverse("organizations"), {"being": "gone"}).context["page"].total == 1
    assert editor.get(reverse("organizations"), {"on": "2022-07-05"}).context["page"].total == 31
    assert "恢复" in text_of(editor.get(address("organization")))


def test_one_more_chamber_is_covered_from_the_page(editor: Client) -> None:
    editor.post(address("organization-cover", JOINT), {"chamber": UNCOVERED, "form": "joint", "since": "2022-07-01"})

    assert Coverage.objects.get(chamber__unit__name=UNCOVERED).organization.unit.name == JOINT


def test_the_parent_changes_from_a_day_on(editor: Client) -> None:
    editor.post(reverse("organization-new"), a_branch(name="云泽市异地商会党总支", kind="general_branch", covers=[]))
    editor.post(address("organization-parent"), {"parent": "云泽市异地商会党总支", "since": "2022-07-01"})

    before, after = (parent_of(named(BRANCH), axis=Axis.PARTY, day=day) for day in (HALF_YEAR, date(2022, 7, 1)))
    assert before is not None
    assert before.name == "云泽市商会行业党委"
    assert after is not None
    assert after.name == "云泽市异地商会党总支"


def test_an_organization_does_not_stand_below_itself(editor: Client) -> None:
    below = editor.post(
        reverse("organization-parent", kwargs={"organization": named("云泽市商会行业党委").pk}), {"parent": BRANCH, "since": "2022-07-01"}
    )

    assert below.status_code == 422
    assert "请另选上级" in text_of(below)


# --- terms


def test_a_term_of_which_only_the_end_was_known_is_completed(editor: Client) -> None:
    asked = editor.get(term_address())
    editor.post(term_address(), {"since": "2019-10-15", "due": "2022-10"})

    row = Term.objects.get(unit__name=BRANCH)
    assert "没有记从何时起" in text_of(asked)
    assert (row.valid_from, row.due_on, row.due_by, row.from_precision) == (date(2019, 10, 15), "2022-10", date(2022, 10, 31), "day")


def test_a_new_term_of_a_branch_lasts_three_years_and_ends_the_old_one(editor: Client) -> None:
    editor.post(term_address(), {"since": "2022-07-05", "due": ""})

    old, new = Term.objects.filter(unit__name=BRANCH).order_by("valid_from")
    assert old.valid_to == date(2022, 7, 5)
    assert (new.due_on, new.due_by) == ("2025-07-05", date(2025, 7, 5))


@pytest.mark.parametrize(
    ("unit", "sent", "sentence"),
    [
        (BRANCH, {"since": "2022-07-05", "due": "2022-07-04"}, "届满时间须在本届开始"),
        (BRANCH, {"since": "2022-02-30", "due": ""}, "没有这一天"),
        (CHAMBER, {"since": "2022-07-05", "due": ""}, "请填届满时间"),
    ],
    ids=["ends before it begins", "no such day", "a chamber's term must be written"],
)
def test_a_term_that_cannot_be_is_refused(editor: Client, unit: str, sent: dict[str, str], sentence: str) -> None:
    answer = editor.post(term_address(unit), sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_the_term_says_how_many_days_are_left_and_by_which_article(editor: Client) -> None:
    shown = text_of(editor.get(address("organization", query="?on=2022-06-30")))

    assert "还有 123 天" in shown
    assert "第二十一条" in shown


def test_overdue_is_told_from_the_day_after_the_last_day(editor: Client) -> None:
    due = Term.objects.get(unit__name=BRANCH).due_by

    assert "今天届满" in text_of(editor.get(address("organization", query=f"?on={due}")))
    assert "逾期 1 天" in text_of(editor.get(address("organization", query=f"?on={due.replace(day=1, month=11)}")))


@pytest.mark.django_db
def test_a_later_election_is_entered_from_the_page_by_whoever_may_excuse(editor: Client, as_role: Callable[[Role], Client]) -> None:
    branch = named(BRANCH)
    address, link = f"/organizations/{branch.pk}/", f"/organizations/{branch.pk}/extend-term/"

    assert link in editor.get(address).content.decode()
    assert link not in as_role(Role.SECRETARY).get(address).content.decode()
    assert link not in editor.get(f"{address}?on=2022-06-30").content.decode()
