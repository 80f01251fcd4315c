"""The register of chambers, the archive page as at any day, and what is changed about a chamber."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.audit import Journal
from shanghui.access.models import AuditEntry, Axis, Role
from shanghui.access.operations import TreeError, attach
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberMembership,
    ChamberStatus,
    CharterItem,
    Coverage,
    Enterprise,
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
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, SINCE, UNCOVERED, city, named

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


def a_chamber(**changes: str) -> dict[str, str]:
    return {
        "name": "云泽市盆景商会", "federation": "云泽市工商联", "kind": "industry", "status": "normal", "founded_on": "2019年5月",
        **changes,
    }


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
    with django_assert_max_num_queries(26):
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

    with django_assert_max_num_queries(26):
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
    assert not any(one.is_member for one in as_role(Role.ADMINISTRATOR).get(address("chamber")).context["leaders"])


def test_a_secretary_sees_the_chamber_and_is_offered_no_change(as_role: Callable[[Role], Client]) -> None:
    answer = as_role(Role.SECRETARY).get(address("chamber"))

    assert answer.status_code == 200
    for name in ("chamber-change", "chamber-status", "chamber-cover", "chamber-charter"):
        assert address(name) not in text_of(answer)
    assert "/facts/coverage/" not in text_of(answer)


# --- what is changed


def test_a_chamber_is_registered_with_what_is_known(editor: Client) -> None:
    answer = editor.post(reverse("chamber-new"), a_chamber(region="110101", industry="62"))

    made = Chamber.objects.get(unit__name="云泽市盆景商会")
    assert answer["Location"] == reverse("chamber", kwargs={"chamber": made.pk})
    assert (made.founded_on, made.region_code, made.region_name, made.industry_code) == ("2019-05", "110101", "东城区", "62")
    status = made.statuses.get()
    assert (status.valid_from, status.from_precision) == (date(2019, 5, 1), "month")
    assert AuditEntry.objects.filter(subject_id=made.pk, verb="登记商会", by__username="editor").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"credit_code": "51990000MJ0000018M"}, "校验码对不上"),
        ({"credit_code": "51990000MJ000001"}, "应为 18 位，现在是 16 位"),
        ({"credit_code": "5199OOOOMJ0000018N"}, "不会有“O”"),
        ({"credit_code": TAKEN_CODE}, "已登记在“云泽市汽配机电商会”名下"),
        ({"founded_on": "2022-02-30"}, "没有这一天"),
        ({"founded_on": ""}, "请填成立时间"),
        ({"federation": "月球工商联"}, "没有“月球工商联”"),
        ({"federation": "临江市工商联"}, "没有“临江市工商联”"),
        ({"name": CHAMBER}, "“云泽市工商联”下已有“云泽市汽配机电商会”"),
        ({"name": CHAMBER, "is_another": "on"}, "“云泽市工商联”下已有“云泽市汽配机电商会”"),
        ({"region": "999999"}, "没有“999999”"),
        ({"region": "鼓楼区"}, "可能是"),
        ({"industry": "炼丹"}, "没有“炼丹”"),
        ({"name": ""}, "请填商会名称"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(
    editor: Client, changes: dict[str, str], sentence: str
) -> None:
    before = Chamber.objects.count(), AuditEntry.objects.count()

    answer = editor.post(reverse("chamber-new"), a_chamber(**changes))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert (Chamber.objects.count(), AuditEntry.objects.count()) == before


def test_one_chamber_does_not_stand_in_two_counties(editor: Client, county: Federation) -> None:
    again = a_chamber(name=UNCOVERED, federation="云泽市城东区工商联")

    refused = editor.post(reverse("chamber-new"), again)
    with pytest.raises(TreeError, match="同一时间只能有一个上级"):
        attach(
            child=named(UNCOVERED), parent=county.unit, axis=Axis.SUPERVISION, since=HALF_YEAR,
            journal=Journal(by=None, at=AT, verb="试"),
        )

    assert "同一时间只归一个工商联" in text_of(refused)
    assert "确是另一家同名的商会" in text_of(refused)
    assert Chamber.objects.filter(unit__name=UNCOVERED).count() == 1


def test_another_chamber_of_the_same_name_elsewhere_can_be_registered_on_purpose(editor: Client, county: Federation) -> None:
    editor.post(reverse("chamber-new"), a_chamber(name=UNCOVERED, federation="云泽市城东区工商联", is_another="on"))

    assert Chamber.objects.filter(unit__name=UNCOVERED).count() == 2


def test_a_code_that_was_wrong_before_does_not_stop_another_correction(editor: Client) -> None:
    wrong = Chamber.objects.get(unit=named(UNCOVERED))
    Chamber.objects.filter(pk=wrong.pk).update(credit_code="WRONG")

    answer = editor.post(
        address("chamber-change", UNCOVERED), {"name": UNCOVERED, "kind": "industry", "credit_code": "WRONG", "address": "人民路1号"}
    )

    wrong.refresh_from_db()
    assert answer.status_code == 302
    assert wrong.address == "人民路1号"


def test_a_change_is_shown_with_before_and_after_and_can_be_taken_back(editor: Client) -> None:
    editor.post(address("chamber-change"), {"name": "云泽市汽配商会", "kind": "industry", "credit_code": TAKEN_CODE, "founded_on": "2003-04"})
    shown = editor.get(reverse("chamber", kwargs={"chamber": named("云泽市汽配商会").pk}))

    assert f"{CHAMBER} → 云泽市汽配商会" in text_of(shown)
    entry = next(act.entry for act in shown.context["acts"] if act.undoable)
    editor.post(reverse("undo", kwargs={"entry": entry.pk}))
    assert named(CHAMBER).pk


def test_the_state_changes_from_a_day_on(editor: Client) -> None:
    editor.post(address("chamber-status"), {"status": "closed", "since": "2022-07-01"})

    states = list(named(CHAMBER).chamber.statuses.order_by("valid_from").values_list("status", "valid_to"))
    assert states == [("normal", date(2022, 7, 1)), ("closed", None)]
    assert figures(whole(HALF_YEAR).under(city()), HALF_YEAR, {"chambers.total"})["chambers.total"].numerator == 40


def test_a_state_does_not_begin_before_the_present_one(editor: Client) -> None:
    answer = editor.post(address("chamber-status"), {"status": "closed", "since": "2001-01-01"})

    assert answer.status_code == 422
    assert "新的开始日期须在其后" in text_of(answer)


def test_the_number_of_enterprises_is_kept_by_day(editor: Client) -> None:
    editor.post(address("chamber-size"), {"enterprises": "120", "since": "2022-07-01"})

    assert editor.get(address("chamber", query="?on=2022-06-30")).context["archive"].size.enterprises == 111
    assert editor.get(address("chamber")).context["archive"].size.enterprises == 120


def test_coverage_is_registered_with_the_precision_known(editor: Client) -> None:
    editor.post(address("chamber-cover", UNCOVERED), {"organization": BRANCH, "form": "attached", "since": "2022年7月"})

    row = Coverage.objects.get(chamber__unit__name=UNCOVERED)
    assert (row.form, row.valid_from, row.from_precision) == ("attached", date(2022, 7, 1), "month")
    assert "2022年7月" in text_of(editor.get(address("chamber", UNCOVERED)))


def test_a_second_coverage_of_the_same_form_is_refused_and_the_first_shown(editor: Client) -> None:
    answer = editor.post(
        address("chamber-cover"), {"organization": "云泽市异地商会第一联合党支部", "form": "own", "since": "2022-07-01"}
    )

    standing = Coverage.objects.get(chamber__unit__name=CHAMBER)
    assert answer.status_code == 422
    assert "请先结束原来的覆盖" in text_of(answer)
    assert reverse("fact-end", kwargs={"kind": "coverage", "fact": standing.pk}) in text_of(answer)


def test_an_organization_next_door_cannot_be_picked(editor: Client) -> None:
    answer = editor.post(
        address("chamber-cover", UNCOVERED), {"organization": "临江市茶叶商会党支部", "form": "joint", "since": "2022-07-01"}
    )

    assert "没有“临江市茶叶商会党支部”" in text_of(answer)
    assert "临江市茶叶商会党支部</" not in text_of(editor.get(address("chamber-cover", UNCOVERED)))


def test_the_charter_is_written_item_by_item(editor: Client) -> None:
    editor.post(address("chamber-charter"), {"items": ["leadership", "funding"], "since": "2021-03-26", "document": "章程（2021）"})
    again = editor.get(address("chamber-charter"))

    assert [one for one, _ in again.context["form"].fields["items"].choices] == ["organization", "role"]
    assert "党建入章：坚持党的领导、党建经费" in text_of(editor.get(address("chamber")))


def test_an_enterprise_not_yet_known_is_registered_as_it_joins(editor: Client) -> None:
    joining = {"name": "云泽市青松园艺有限公司", "rank": "director", "since": "2020"}
    editor.post(address("chamber-enterprise"), joining)
    again = editor.post(address("chamber-enterprise"), joining)
    editor.post(address("chamber-enterprise", UNCOVERED), joining)

    assert Enterprise.objects.filter(name="云泽市青松园艺有限公司").count() == 1
    assert ChamberMembership.objects.filter(enterprise__name="云泽市青松园艺有限公司").count() == 2
    assert "已经是" in text_of(again)


# --- ending


def end_of_coverage(chamber: str = CHAMBER) -> str:
    return reverse("fact-end", kwargs={"kind": "coverage", "fact": Coverage.objects.get(chamber__unit__name=chamber).pk})


def test_ending_a_coverage_in_july_leaves_every_figure_of_june_unchanged(editor: Client) -> None:
    scope = whole(HALF_YEAR).under(city())
    before = figures(scope, HALF_YEAR)

    editor.post(end_of_coverage(), {"last_day": "2022-07-10", "reason": "党员组织关系转出"})

    after = {day: figures(whole(day).under(city()), day) for day in (HALF_YEAR, date(2022, 7, 10), date(2022, 7, 11))}
    assert {code: (one.numerator, one.denominator) for code, one in after[HALF_YEAR].items()} == {
        code: (one.numerator, one.denominator) for code, one in before.items()
    }
    covered = {day: one["coverage.organization"].numerator for day, one in after.items()}
    assert list(covered.values()) == [34, 34, 33]


def test_the_last_day_is_shown_as_it_was_written(editor: Client) -> None:
    editor.post(end_of_coverage(), {"last_day": "2022-07-10", "reason": "转出"})

    assert "2018-10-21 — 2022-07-10" in text_of(editor.get(address("chamber")))
    assert "最后一天：（空） → 2022-07-10" in text_of(editor.get(address("chamber")))
    assert "2018-10-21 起" in text_of(editor.get(address("chamber", query="?on=2022-06-30")))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"last_day": "2018-10-19", "reason": "试"}, "结束日期不能早于开始日期"),
        ({"last_day": "2022-02-30", "reason": "试"}, "日期写成 2022-06-30 这样"),
        ({"last_day": "2022-07-10", "reason": ""}, "请写明原因"),
    ],
    ids=["before it began", "no such day", "no reason"],
)
def test_an_end_that_cannot_be_is_refused(editor: Client, sent: dict[str, str], sentence: str) -> None:
    answer = editor.post(end_of_coverage(), sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Coverage.objects.get(chamber__unit__name=CHAMBER).valid_to is None


def test_who_may_not_change_the_ledger_cannot_end_a_coverage(as_role: Callable[[Role], Client]) -> None:
    for role in (Role.READER, Role.SECRETARY, Role.GUIDE, Role.ADMINISTRATOR):
        assert as_role(role).post(end_of_coverage(), {"last_day": "2022-07-10", "reason": "试"}).status_code == 404


def test_a_kind_nobody_knows_does_not_exist(editor: Client) -> None:
    assert editor.get(reverse("fact-end", kwargs={"kind": "moon", "fact": 1})).status_code == 404


def test_regions_are_suggested_by_code_or_name(editor: Client) -> None:
    assert "320102 江苏省南京市玄武区" in text_of(editor.get(reverse("region-options"), {"region": "玄武"}))
