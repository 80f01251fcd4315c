"""The register of chambers, and one chamber's archive as at any day."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role, User
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberStatus,
    CharterItem,
    Federation,
    Form,
    OrganizationKind,
    Rank,
    Status,
)
from shanghui.ledger.organizations.operations import (
    found_organization,
    join_chamber,
    open_federation,
    register_chamber,
    register_enterprise,
    set_status,
    write_clauses,
)
from tests.worked_city import AT, CHAMBER, SINCE, city, named, seat

pytestmark = pytest.mark.django_db
TAKEN_CODE = "51990000MJ0000018N"


def address(name: str, chamber: str = CHAMBER, query: str = "") -> str:
    return reverse(name, kwargs={"chamber": named(chamber).pk}) + query


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def county() -> Federation:
    return open_federation(
        name="云泽市城东区工商联", code="990202", parent=Federation.objects.get(unit=city()), by=None, at=AT
    )


# --- the register


def test_the_register_says_how_many_and_leads_to_each(editor: Client) -> None:
    answer = editor.get(reverse("chambers"))

    assert answer.context["page"].total == 40
    assert f'href="{address("chamber")}"' in text_of(answer)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"form": "own"}, 28), ({"form": "joint"}, 6), ({"form": "none"}, 6), ({"form": "covered"}, 34), ({"status": "closed"}, 0),
        ({"status": "operating"}, 40), ({"q": "印刷"}, 1), ({"q": "yzsysbzsh"}, 1), ({"q": TAKEN_CODE.lower()}, 1),
        ({"form": "own", "kind": "market"}, 2), ({"q": "没有这家"}, 0),
    ],
    ids=str,
)
def test_the_register_is_narrowed(editor: Client, query: dict[str, str], count: int) -> None:
    assert editor.get(reverse("chambers"), query).context["page"].total == count


def test_with_a_county_below_one_may_ask_for_its_chambers(editor: Client, county: Federation) -> None:
    register_chamber(name="城东区盆景商会", under=county.unit, since=SINCE, by=None, at=AT)

    answer = editor.get(reverse("chambers"), {"federation": str(county.pk)})

    assert [line["row"].unit.name for line in answer.context["lines"]] == ["城东区盆景商会"]


def test_a_chamber_not_yet_founded_is_not_in_the_register_of_that_day(editor: Client) -> None:
    register_chamber(name="云泽市盆景商会", under=city(), since=date(2022, 7, 1), by=None, at=AT)

    assert editor.get(reverse("chambers"), {"on": "2022-06-30"}).context["page"].total == 40
    assert editor.get(reverse("chambers")).context["page"].total == 41


def test_the_workbook_has_the_usual_headings_and_every_chamber(editor: Client) -> None:
    answer = editor.get(reverse("chambers"), {"format": "xlsx", "on": "2022-06-30"})

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("商会名称" in row and "统一社会信用代码" in row and "组建方式" in row for row in rows)
    assert sum(1 for row in rows if any(str(value).startswith("云泽市") and str(value).endswith("商会") for value in row[:2])) == 40


def test_an_empty_register_offers_the_one_action_to_whoever_may(as_role: Callable[[Role], Client]) -> None:
    ChamberStatus.objects.all().delete()

    assert "还没有商会" in text_of(as_role(Role.READER).get(reverse("chambers")))
    assert reverse("chamber-new") in text_of(as_role(Role.EDITOR).get(reverse("chambers")))
    assert reverse("chamber-new") not in text_of(as_role(Role.READER).get(reverse("chambers")))


def test_pages_ask_a_fixed_number_of_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(11):
        editor.get(reverse("chambers"))
    with django_assert_max_num_queries(27):
        editor.get(address("chamber"))


def test_more_history_asks_no_more(editor: Client, django_assert_max_num_queries: Any) -> None:
    chamber = Chamber.objects.get(unit=named(CHAMBER))
    write_clauses(chamber=chamber, items=list(CharterItem), since=SINCE, document="章程", by=None, at=AT)
    for number in range(30):
        made = register_enterprise(name=f"企业{number}", kept_by=chamber.unit, by=None, at=AT)
        join_chamber(enterprise=made, chamber=chamber, rank=Rank.MEMBER, since=SINCE, by=None, at=AT)
    for number, form in enumerate((Form.FUNCTIONAL, Form.AREA, Form.ATTACHED)):
        found_organization(
            name=f"第{number}支部", kind=OrganizationKind.BRANCH, form=form, under=city(), since=SINCE, by=None, at=AT, covers=[chamber]
        )

    with django_assert_max_num_queries(29):
        answer = editor.get(address("chamber"))

    assert "看全部 30 家" in text_of(answer)


# --- the archive


def test_the_archive_tells_the_day_asked_for(editor: Client) -> None:
    chamber = Chamber.objects.get(unit=named(CHAMBER))
    set_status(chamber=chamber, status=Status.REELECTING, since=date(2022, 7, 5), by=None, at=AT)

    then, now = editor.get(address("chamber", query="?on=2022-06-30")), editor.get(address("chamber"))

    assert then.context["archive"].status.status == "normal"
    assert now.context["archive"].status.status == "reelecting"
    assert "状态：换届中" not in {entry.title for stretch in then.context["stretches"] for entry in stretch.entries}
    assert "又登记了 1 件事" in text_of(then)


def test_before_the_branch_was_founded_the_archive_shows_none(editor: Client) -> None:
    answer = editor.get(address("chamber", query="?on=2018-10-20"))

    assert answer.context["parties"] == []
    assert editor.get(address("chamber", query="?on=2018-10-21")).context["parties"] != []


def test_the_next_election_stands_under_what_comes_next(editor: Client) -> None:
    stretch = editor.get(address("chamber", query="?on=2022-06-30")).context["stretches"][0]

    assert stretch.is_next
    assert "届满，应换届选举" in stretch.entries[0].title


def test_the_leadership_is_computed_from_appointments(editor: Client) -> None:
    answer = editor.get(address("chamber"))

    first = answer.context["leaders"][0]
    assert (first.chamber_posts[0].get_post_display(), first.party_posts[0].get_post_display()) == ("会长", "书记")
    assert answer.context["crossing"].startswith("书记由会长担任")


def test_what_is_missing_is_listed_with_who_can_fill_it(editor: Client, as_role: Callable[[Role], Client]) -> None:
    answer = editor.get(address("chamber"))

    missing = {one.title for one in answer.context["missing"]}
    assert {"所在地", "党组织批复文号", "商会本届任期"} <= missing
    assert "成立时间" not in missing
    assert "请办公室补" in text_of(as_role(Role.READER).get(address("chamber")))


def test_the_timeline_can_be_narrowed_to_one_kind(editor: Client) -> None:
    stretches = editor.get(address("chamber", query="?kind=posts")).context["stretches"]

    assert {entry.kind for stretch in stretches for entry in stretch.entries} == {"posts"}


def test_party_membership_is_told_only_to_those_who_may_see_people(as_role: Callable[[Role], Client]) -> None:
    assert "党员</span>" in text_of(as_role(Role.EDITOR).get(address("chamber")))
    seat(Role.GUIDE, named(CHAMBER), "guide-of-the-chamber")
    guide = Client()
    guide.force_login(User.objects.get(username="guide-of-the-chamber"), backend="django.contrib.auth.backends.ModelBackend")
    assert not any(one.is_member for one in guide.get(address("chamber")).context["leaders"])


def test_a_secretary_sees_the_chamber_and_is_offered_no_change(as_role: Callable[[Role], Client]) -> None:
    answer = as_role(Role.SECRETARY).get(address("chamber"))

    assert answer.status_code == 200
    for name in ("chamber-change", "chamber-status", "chamber-cover", "chamber-charter"):
        assert address(name) not in text_of(answer)
    assert "/facts/coverage/" not in text_of(answer)
