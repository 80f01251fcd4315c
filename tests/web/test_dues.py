"""Dues on pages: names for the branch's own secretary and oneself, sums for offices, the published list for members."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from shanghui.access.models import AuditEntry, Role
from shanghui.kernel.periods import months_later
from shanghui.ledger.dues.models import BaseKind, DuesBase, DuesPayment, DuesPublication, DuesSetting, DuesUse
from shanghui.ledger.dues.months import month_of
from shanghui.ledger.dues.operations import Paid, adjust_due, record_payments, set_base
from shanghui.ledger.people.models import Person
from tests.ledger.transferred import ACT, OTHER, organization
from tests.ledger.transferred import member as somebody
from tests.web.somebody import text_of
from tests.worked_city import BRANCH, city, named, seat, user

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
SECRET = "4321.00"


def today() -> date:
    return timezone.localdate()


def this_month() -> date:
    return month_of(today())


def page(name: str = "", where: str = BRANCH) -> str:
    return f"/organizations/{named(where).pk}/dues/{name}"


def member() -> Person:
    return Person.objects.get(user=user(Role.MEMBER))


def based(person: Person, since: date | None = None, monthly: str = "43.20", where: str = BRANCH) -> None:
    set_base(
        organization=organization(where), person=person, kind=BaseKind.WAGES, monthly=Decimal(monthly), amount=SECRET, since=since or this_month(), **ACT
    )


def paid(person: Person, month: date | None = None) -> None:
    record_payments(organization=organization(BRANCH), month=month or this_month(), paid=[Paid(person.pk)], on=today(), method="cash", **ACT)


def send(client: Client, *people: Person, **more: str) -> Any:
    return client.post(page("pay/"), {"pick": [one.pk for one in people], "paid_on": today().isoformat(), "method": "cash", **more})


# --- the month


def test_the_secretary_reckons_marks_many_and_takes_one_back(as_role: AsRole) -> None:
    client, one, two = as_role(Role.SECRETARY), member(), somebody()
    for person, amount in ((one, "5000.01"), (two, "3000")):
        answer = client.post(page(f"{person.pk}/base/"), {"kind": "wages", "amount": amount, "since": f"{this_month():%Y-%m}"})
        assert answer["Location"] == f"{page()}?month={this_month():%Y-%m}"
    assert list(DuesBase.objects.order_by("monthly").values_list("monthly", flat=True)) == [15, 75]
    assert {base.amount for base in DuesBase.objects.all()} == {""}

    answer = send(client, one, two, **{f"receipt-{one.pk}": "0012"})

    assert answer.status_code == 302
    shown = text_of(client.get(page()))
    assert "已登记 2 人" in shown
    assert "收据 0012" in shown
    client.post(f"{page(f'{two.pk}/undo/')}?month={this_month():%Y-%m}")
    assert list(DuesPayment.objects.values_list("person_id", flat=True)) == [one.pk]


@pytest.mark.parametrize(("sent", "message"), [
    ({"pick": []}, "请选交了党费的党员"), ({"pick": ["x"]}, "已经不在名单上"), ({"pick": ["0"]}, "已经不在名单上"), ({"amount": "三十"}, "不是金额"),
    ({"amount": "1e9"}, "不是金额"), ({"amount": "NaN"}, "不是金额"), ({"amount": "43.201"}, "不是金额"), ({"amount": "-1"}, "不是金额"),
    ({"amount": "43.19"}, "不够"), ({"paid_on": "2999-01-01"}, "还没有到"), ({"paid_on": ""}, "请填日期"), ({"method": "wages"}, "选择"),
])
def test_what_is_wrong_is_said_and_kept(as_role: AsRole, sent: dict[str, Any], message: str) -> None:
    person = member()
    based(person)
    values: dict[str, Any] = {"pick": [person.pk], "paid_on": today().isoformat(), "method": "cash", f"receipt-{person.pk}": "0077"}
    values |= {f"amount-{person.pk}" if key == "amount" else key: value for key, value in sent.items()}

    answer = as_role(Role.SECRETARY).post(page("pay/"), values)

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert "0077" in text_of(answer)
    assert not DuesPayment.objects.exists()


def test_late_early_and_large_payments_are_told_not_refused(as_role: AsRole) -> None:
    client, person = as_role(Role.SECRETARY), member()
    based(person, months_later(this_month(), -7))
    told = []
    for months in (-6, -7, 6, 7):
        client.post(f"{page('pay/')}?month={months_later(this_month(), months):%Y-%m}", {
            "pick": [person.pk], "paid_on": today().isoformat(), "method": "cash", f"amount-{person.pk}": "1043.20" if months == 7 else "1043.19",
        })
        got = client.get(page())
        told.append([word for word in ("补交超过", "预交超过", "大额党费") if word in text_of(got)])

    assert told == [[], ["补交超过"], [], ["预交超过", "大额党费"]]
    assert DuesPayment.objects.count() == 4


@pytest.mark.parametrize(("sent", "message"), [
    ({"amount": ""}, "请填计算基数"), ({"amount": "-1"}, "不能是负数"), ({"amount": "很多"}, "写成数"), ({"since": "2022"}, "写到月"),
    ({"since": ""}, "请填从哪个月起"), ({"kind": "farmer", "amount": "2"}, "农民党员每月交"), ({"reduced": "0"}, "请写明批准的党委"),
    ({"reduced": "90", "approved_by": "行业党委"}, "减免后要比它少"),
    ({"since": "1999-01"}, "2008 年 4 月以后"), ({"kind": "x"}, "选择"),
])
def test_a_base_that_is_wrong_is_refused(as_role: AsRole, sent: dict[str, str], message: str) -> None:
    values = {"kind": "wages", "amount": "3000.01", "since": f"{this_month():%Y-%m}"} | sent

    answer = as_role(Role.SECRETARY).post(page(f"{member().pk}/base/"), values)

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert not DuesBase.objects.exists()


def test_an_adjustment_needs_its_reason(as_role: AsRole) -> None:
    client, person = as_role(Role.SECRETARY), member()
    based(person)

    assert client.post(page(f"{person.pk}/adjust/"), {"to": "10", "reason": ""}).status_code == 422
    assert client.post(page(f"{person.pk}/adjust/"), {"to": "-1", "reason": "停薪"}).status_code == 422
    client.post(page(f"{person.pk}/adjust/"), {"to": "10", "reason": "停薪"})

    assert DuesPayment.objects.get().asked == 10


@pytest.mark.parametrize("query", ["?month=x", "?month=2022-13", "?month=2999-01", "?month=2022-6"])
def test_a_month_that_is_none_is_not_found(as_role: AsRole, query: str) -> None:
    assert as_role(Role.SECRETARY).get(page() + query).status_code == 404


# --- who sees what


def test_no_office_and_no_other_secretary_finds_a_name_or_an_amount(as_role: AsRole) -> None:
    person = member()
    based(person, months_later(this_month(), -8))
    paid(person)
    above = Client()
    above.force_login(seat(Role.SECRETARY, city(), "committee-secretary"), backend="django.contrib.auth.backends.ModelBackend")

    for client in (as_role(Role.EDITOR), as_role(Role.READER), above):
        for name in ("", "year/", f"{person.pk}/base/", f"{person.pk}/adjust/", f"{person.pk}/undo/", "published/"):
            assert client.get(page(name)).status_code in (403, 404), name
        assert send(client, person).status_code in (403, 404)
        listed = text_of(client.get("/dues/")).partition("<main")[2]
        assert person.name not in listed
        assert BRANCH in listed
    assert as_role(Role.SECRETARY).get(page(where=OTHER)).status_code == 404
    assert as_role(Role.MEMBER).get(page()).status_code == 403


def test_the_journal_tells_the_office_no_amount(as_role: AsRole) -> None:
    person = member()
    based(person)
    adjust_due(organization=organization(BRANCH), month=this_month(), person=person, to=Decimal("17.70"), reason="停薪留职", **ACT)
    entries = AuditEntry.objects.filter(subject_title=BRANCH).order_by("-pk")[:2]

    pages = [text_of(as_role(Role.EDITOR).get(f"/audit/{one.pk}/")) for one in entries] + [text_of(as_role(Role.EDITOR).get("/audit/"))]
    pages.append(text_of(as_role(Role.EDITOR).get(f"/organizations/{named(BRANCH).pk}/")))

    for shown in pages:
        for word in ("43.2", "17.7", "停薪留职", SECRET, "按月领取工资"):
            assert word not in shown


def test_ones_own_page_says_what_is_not_paid_and_under_which_article(as_role: AsRole) -> None:
    person = member()
    based(person, months_later(this_month(), -6))
    client = as_role(Role.MEMBER)

    shown = text_of(client.get("/me/dues/"))

    assert "已连续 6 个月没有交党费" in shown
    assert "《党费收缴、使用和管理规定》" in shown
    assert SECRET in shown
    assert "/me/dues/" in text_of(client.get("/me/"))
    paid(person, months_later(this_month(), -1))
    assert "已连续" not in text_of(client.get("/me/dues/"))


def test_what_one_takes_away_tells_base_and_payments(as_role: AsRole) -> None:
    based(member())
    paid(member())

    taken = as_role(Role.MEMBER).get("/me/export/csv/").content.decode("gb18030")

    assert f"基数 {SECRET} 元" in taken
    assert "应交 43.20 元，实交 43.20 元" in taken


@pytest.mark.parametrize(("months", "told"), [(1, False), (2, True), (3, True), (6, True)])
def test_the_secretary_is_told_from_the_second_month(as_role: AsRole, months: int, told: bool) -> None:
    based(member(), months_later(this_month(), -months))

    shown = text_of(as_role(Role.SECRETARY).get(page()))

    assert (f"连续 {months} 个月" in shown) is told
    assert ("已满 6 个月" in shown) is (months == 6)


def test_the_work_table_tells_the_secretary_how_many_and_no_name(as_role: AsRole) -> None:
    for months in (1, 3, 4):
        based(somebody(f"方欠{months}"), months_later(this_month(), -months))

    shown = text_of(as_role(Role.SECRETARY).get("/?todo=dues"))

    assert "2 名党员连续 3 个月以上没有交党费" in shown
    assert "方欠" not in shown
    assert "没有交党费" not in text_of(as_role(Role.EDITOR).get("/?todo=dues"))


def test_members_see_the_list_once_it_is_published_and_no_amount_on_it(as_role: AsRole) -> None:
    one, two = member(), somebody()
    for person in (one, two):
        based(person)
    paid(one)
    client = as_role(Role.MEMBER)
    assert client.get(page("published/")).status_code == 404

    as_role(Role.SECRETARY).post(page("publish/"))
    as_role(Role.SECRETARY).post(page("publish/"))

    shown = text_of(client.get(page("published/"))).partition("<main")[2]
    assert DuesPublication.objects.count() == 1
    assert two.name in shown
    assert "已交清" in shown
    assert "未交清" in shown
    assert "43.2" not in shown
    assert client.get(page("published/", OTHER)).status_code == 404
    assert f"{page('published/')}?year={today().year}" in text_of(client.get("/me/dues/"))


# --- sums and papers


def test_the_office_sees_sums_and_takes_the_remittance_sheet(as_role: AsRole, django_assert_max_num_queries: Any) -> None:
    one = member()
    based(one)
    paid(one)
    client = as_role(Role.EDITOR)
    assert client.post(f"/units/{city().pk}/dues/", {"rounding": "fen", "remitted": "20", "since": today().isoformat()}).status_code == 302
    assert DuesSetting.objects.get().remitted == 20

    with django_assert_max_num_queries(20):
        shown = text_of(client.get("/dues/"))
    quarter = f"{today().year}-Q{(today().month + 2) // 3}"
    sheet = load_workbook(BytesIO(client.get(f"/dues/?period={quarter}&format=xlsx").content)).active

    assert "实交 43.20 元" in shown
    assert sheet is not None
    rows = {row[0]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert (float(rows[BRANCH][6]), float(rows[BRANCH][7]), float(rows[BRANCH][8])) == (43.2, 20.0, 8.64)


@pytest.mark.parametrize(("sent", "message"), [({"remitted": "100.01"}, "最多百分之百"), ({"remitted": ""}, "请填上缴比例"), ({"rounding": "x"}, "选择")])
def test_a_setting_that_is_none_is_refused(as_role: AsRole, sent: dict[str, str], message: str) -> None:
    values = {"rounding": "jiao", "remitted": "5", "since": today().isoformat()} | sent

    answer = as_role(Role.EDITOR).post(f"/units/{city().pk}/dues/", values)

    assert answer.status_code == 422
    assert message in text_of(answer)


def test_the_year_as_a_page_and_a_workbook(as_role: AsRole, django_assert_max_num_queries: Any) -> None:
    one = member()
    based(one)
    paid(one)
    client = as_role(Role.SECRETARY)

    with django_assert_max_num_queries(50):
        shown = text_of(client.get(page("year/")))
    sheet = load_workbook(BytesIO(client.get(page("year/?format=xlsx")).content)).active

    assert f"{today().year} 年党费台账" in shown
    assert sheet is not None
    row = next(row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == one.name)
    assert float(row[today().month]) == float(row[-1]) == 43.2


def test_the_list_says_which_month_it_is_of_and_offers_no_other_meaning(as_role: AsRole) -> None:
    shown = text_of(as_role(Role.EDITOR).get("/dues/"))

    chosen = shown.partition('name="period"')[2].partition("</select>")[0]
    assert f'<option value="{this_month():%Y-%m}" selected>' in chosen
    assert "全部" not in chosen
    assert "清除" not in text_of(as_role(Role.EDITOR).get(f"/dues/?period={this_month():%Y-%m}"))


def test_the_year_begins_with_the_first_month_that_was_reckoned(as_role: AsRole) -> None:
    based(member(), date(2025, 10, 1))

    shown = text_of(as_role(Role.SECRETARY).get(page("year/?year=2025")))

    head = shown.partition("<thead>")[2].partition("</thead>")[0]
    assert [f">{month}月<" in head for month in (9, 10, 12)] == [False, True, True]
    assert "没有核定过基数的月份不列" in shown
    assert f"{page()}?month=2025-09" in shown


def test_who_owes_nothing_is_not_ticked_with_those_who_have_not_paid(as_role: AsRole) -> None:
    one, spared = member(), somebody()
    based(one)
    set_base(organization=organization(BRANCH), person=spared, kind=BaseKind.WAGES, monthly=Decimal(0), since=this_month(), **ACT)

    shown = text_of(as_role(Role.SECRETARY).get(page()))

    assert f'name="pick" value="{one.pk}"' in shown
    assert f'name="pick" value="{spared.pk}"' not in shown


def test_the_to_do_leads_the_secretary_to_the_list_that_is_to_be_published(as_role: AsRole) -> None:
    based(member())
    paid(member())
    address = f"{page('published/')}?year={today().year}"

    assert address in text_of(as_role(Role.SECRETARY).get("/"))
    assert address not in text_of(as_role(Role.EDITOR).get("/"))


def test_a_use_names_one_of_five_purposes_and_the_meeting(as_role: AsRole) -> None:
    client = as_role(Role.SECRETARY)
    values = {"purpose": "study", "amount": "120", "used_on": today().isoformat(), "decided_on": today().isoformat(), "minutes": "支委会", "remark": ""}
    for wrong in ({"purpose": "dinner"}, {"minutes": ""}, {"amount": "0"}, {"used_on": "2999-01-01"}, {"decided_on": "2999-01-01"}):
        assert client.post(page("uses/new/"), values | wrong).status_code == 422

    client.post(page("uses/new/"), values)

    assert DuesUse.objects.get().minutes == "支委会"
    assert "订阅、购买学习资料和设备" in text_of(client.get(page("uses/")))


def test_the_month_asks_a_fixed_number_of_questions(as_role: AsRole, django_assert_max_num_queries: Any) -> None:
    client = as_role(Role.SECRETARY)
    with django_assert_max_num_queries(16):
        client.get(page())
