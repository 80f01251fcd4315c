"""Activities: recorded in a tiny form by office and secretary, listed, changed, removed with a reason, taken back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.web.activities.lists import half_years
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, city, named, neighbour, user

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
OTHER = "云泽市餐饮业商会党支部"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def at(name: str, activity: Activity) -> str:
    return reverse(name, kwargs={"activity": activity.pk})


def typed(**changes: Any) -> dict[str, Any]:
    return {"type": "theme_day", "title": "明厨亮灶回头看", "held_on": "2022-07-05", "hosts": [BRANCH], "present": "18", **changes}


@pytest.fixture
def joint() -> Activity:
    return record_activity(
        type=ActivityType.JOINT_LEARNING, held_on=HALF_YEAR, title="联学", hosts=[named(BRANCH), named(OTHER)], by=None, at=AT
    )


# --- the list


def test_the_list_is_the_newest_first_with_hosts_and_numbers(editor: Client) -> None:
    page = text_of(editor.get("/activities/"))

    assert "共 10 次" in page
    assert page.index("助企纾困政策宣讲") < page.index("走进发展一线")


def test_filters_by_type_half_year_host_and_title(editor: Client, joint: Activity) -> None:
    assert "共 3 次" in text_of(editor.get("/activities/?type=lecture_hall"))
    assert "联学</a>" in text_of(editor.get("/activities/?half=2022-1"))
    assert "没有符合条件" in text_of(editor.get("/activities/?half=2022-2"))
    page = text_of(editor.get(f"/activities/?host={named(OTHER).pk}"))
    assert "共 1 次" in page
    assert f"只看“{OTHER}”主办的活动" in page
    assert "共 1 次" in text_of(editor.get("/activities/?q=联学"))
    assert editor.get(f"/activities/?host={neighbour().pk}").status_code == 404


def test_half_years_go_back_from_today() -> None:
    assert half_years(date(2022, 7, 8))[:3] == [("2022-2", "2022年下半年"), ("2022-1", "2022年上半年"), ("2021-2", "2021年下半年")]
    assert half_years(date(2022, 6, 30))[0] == ("2022-1", "2022年上半年")


def test_the_ledger_is_a_workbook_with_every_host(editor: Client, joint: Activity) -> None:
    answer = editor.get("/activities/?format=xlsx&q=联学")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "活动台账"
    assert any(BRANCH in str(cell) and OTHER in str(cell) for cell in rows[3])


def test_list_and_page_ask_a_fixed_number_of_questions(editor: Client, joint: Activity, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(13):
        editor.get("/activities/")
    with django_assert_max_num_queries(22):
        editor.get(at("activity", joint))


# --- recording


def test_one_activity_is_recorded_for_several_hosts(editor: Client) -> None:
    answer = editor.post("/activities/new/", typed(hosts=[BRANCH, "餐饮业商会党支部", ""]))

    made = Activity.objects.latest("pk")
    assert answer["Location"] == at("activity", made)
    assert {host.unit.name for host in made.hosts.all()} == {BRANCH, OTHER}
    assert (made.type, made.held_on, made.present) == ("theme_day", date(2022, 7, 5), 18)
    assert "2 个单位合办" in text_of(editor.get(at("activity", made)))


def test_today_and_the_unit_asked_for_stand_in_the_form(editor: Client) -> None:
    assert f'value="{CHAMBER}"' in text_of(editor.get(f"/activities/new/?unit={named(CHAMBER).pk}"))
    assert f'value="{city().name}"' in text_of(editor.get("/activities/new/"))


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"type": ""}, "请选活动类别"), ({"title": ""}, "请填活动名称"), ({"held_on": "2022-02-30"}, "日期写成 2022-06-30 这样"),
    ({"held_on": "2100-01-01"}, "活动日期在今天之后"), ({"hosts": []}, "请至少选一个主办单位"), ({"hosts": ["临江市茶叶商会"]}, "没有“临江市茶叶商会”"),
    ({"hosts": ["云泽市"]}, "请写全称"), ({"present": "十八"}, "人数写数字"), ({"present": "-1"}, "人数不能是负数"),
])
def test_what_cannot_be_is_refused_in_plain_words(editor: Client, changes: dict[str, Any], sentence: str) -> None:
    before = Activity.objects.count()

    answer = editor.post("/activities/new/", typed(**changes))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Activity.objects.count() == before


def test_a_secretary_records_for_his_branch_with_one_tick(as_role: AsRole) -> None:
    secretary, own = as_role(Role.SECRETARY), named(BRANCH).pk
    assert "checked" in text_of(secretary.get("/activities/new/"))

    secretary.post("/activities/new/", typed(hosts=[own]))

    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.by, entry.unit) == ("登记活动", user(Role.SECRETARY), named(BRANCH))
    assert secretary.get(reverse("undo", kwargs={"entry": entry.pk})).status_code == 200


def test_a_secretary_records_for_nobody_else(as_role: AsRole) -> None:
    answer = as_role(Role.SECRETARY).post("/activities/new/", typed(hosts=[named(OTHER).pk]))

    assert answer.status_code == 422


# --- changing and removing


def test_a_secretary_changes_what_he_held_with_others_and_leaves_them_in(as_role: AsRole, joint: Activity) -> None:
    as_role(Role.SECRETARY).post(at("activity-change", joint), typed(title="联学共建", hosts=[named(BRANCH).pk]))

    joint.refresh_from_db()
    assert joint.title == "联学共建"
    assert {host.unit.name for host in joint.hosts.all()} == {BRANCH, OTHER}


def test_a_secretary_takes_his_branch_out_and_does_not_remove_what_others_held(as_role: AsRole, joint: Activity) -> None:
    secretary = as_role(Role.SECRETARY)

    assert "不能由您删除" in text_of(secretary.post(at("activity-remove", joint), {"reason": "误记"}, follow=True))
    secretary.post(at("activity-change", joint), typed(title="联学", hosts=[]))

    assert [host.unit.name for host in joint.hosts.all()] == [OTHER]


def test_a_removed_activity_says_how_to_take_it_back(editor: Client, joint: Activity) -> None:
    pk = joint.pk

    page = text_of(editor.post(at("activity-remove", joint), {"reason": "重复登记"}, follow=True))

    assert not Activity.objects.filter(pk=pk).exists()
    undo = reverse("undo", kwargs={"entry": AuditEntry.objects.filter(verb="删除活动").latest("pk").pk})
    assert undo in page
    editor.post(undo)
    assert Activity.objects.get(pk=pk).hosts.count() == 2


def test_no_reason_no_removal(editor: Client, joint: Activity) -> None:
    assert editor.post(at("activity-remove", joint), {"reason": ""}).status_code == 422
    assert Activity.objects.filter(pk=joint.pk).exists()


@pytest.mark.parametrize("role", [Role.READER, Role.GUIDE])
def test_who_only_reads_is_offered_no_change(as_role: AsRole, role: Role) -> None:
    client = as_role(role)

    assert "记一次活动" not in text_of(client.get("/activities/"))
    assert client.get("/activities/new/").status_code == 403
