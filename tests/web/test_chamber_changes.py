"""What is changed about a chamber: each page one operation, what cannot be is refused with a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.audit import Journal
from shanghui.access.models import AuditEntry, Axis
from shanghui.access.operations import TreeError, attach
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberMembership,
    Coverage,
    Enterprise,
    Federation,
)
from shanghui.ledger.organizations.operations import (
    open_federation,
)
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, UNCOVERED, city, named

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


def test_a_chamber_is_registered_with_what_is_known(editor: Client) -> None:
    answer = editor.post(reverse("chamber-new"), a_chamber(region="110101", industry="62"))

    made = Chamber.objects.get(unit__name="云泽市盆景商会")
    assert answer["Location"] == reverse("chamber", kwargs={"chamber": made.pk})
    assert (made.founded_on, made.region_code, made.region_name, made.industry_code) == ("2019-05", "110101", "东城区", "62")
    status = made.statuses.get()
    assert (status.valid_from, status.from_precision) == (date(2019, 5, 1), "month")
    assert AuditEntry.objects.filter(subject_id=made.pk, verb="登记商会", by__username="editor").exists()


def test_what_stood_there_before_may_stay_as_it_is(editor: Client) -> None:
    Chamber.objects.filter(unit=named(CHAMBER)).update(credit_code="OLD-1", region_code="", region_name="城东片区")
    sent = {"name": CHAMBER, "kind": "industry", "credit_code": "OLD-1", "region": "城东片区", "how": "wrong"}

    kept = editor.post(address("chamber-change"), {**sent, "address": "茶市路1号"})
    refused = editor.post(address("chamber-change"), {**sent, "credit_code": "OLD-2"})

    row = Chamber.objects.get(unit=named(CHAMBER))
    assert (kept.status_code, refused.status_code) == (302, 422)
    assert (row.credit_code, row.region_name, row.address) == ("OLD-1", "城东片区", "茶市路1号")


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
        address("chamber-change", UNCOVERED), {"name": UNCOVERED, "kind": "industry", "credit_code": "WRONG", "address": "人民路1号", "how": "wrong"}
    )

    wrong.refresh_from_db()
    assert answer.status_code == 302
    assert wrong.address == "人民路1号"


def test_a_change_is_shown_with_before_and_after_and_can_be_taken_back(editor: Client) -> None:
    editor.post(address("chamber-change"), {"name": "云泽市汽配商会", "kind": "industry", "credit_code": TAKEN_CODE, "founded_on": "2003-04", "how": "wrong"})
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


def test_a_member_that_joins_again_by_another_rank_changes_its_rank(editor: Client) -> None:
    joining = {"name": "云泽市青松园艺有限公司", "rank": "member", "since": "2020"}
    editor.post(address("chamber-enterprise"), joining)
    editor.post(address("chamber-enterprise"), joining | {"rank": "director", "since": "2022-07-01"})

    ranks = ChamberMembership.objects.order_by("valid_from").values_list("rank", "valid_to")
    assert list(ranks) == [("member", date(2022, 7, 1)), ("director", None)]


@pytest.mark.parametrize("written", ["120.5851, 31.2990", "31.299，120.5851"])
def test_where_a_chamber_is_may_be_copied_from_a_map_in_either_order(editor: Client, written: str) -> None:
    editor.post(reverse("chamber-new"), a_chamber(place=written))

    made = Chamber.objects.get(unit__name="云泽市盆景商会")
    assert (str(made.longitude), str(made.latitude)) == ("120.585100", "31.299000")
    assert 'value="120.585100, 31.299000"' in text_of(editor.get(address("chamber-change", "云泽市盆景商会")))


@pytest.mark.parametrize(("written", "sentence"), [("人民路1号", "请写两个数"), ("120.5", "请写两个数"), ("10, 20", "不在国内"), ("nan, 30", "请写两个数")])
def test_a_place_that_is_none_is_refused(editor: Client, written: str, sentence: str) -> None:
    answer = editor.post(reverse("chamber-new"), a_chamber(place=written))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Chamber.objects.filter(unit__name="云泽市盆景商会").exists()
