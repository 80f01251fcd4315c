"""Dues: who owes where for which month, what was paid, what is refused, how long somebody has not paid (regulations §5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from shanghui.access.models import AuditEntry
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.dues.arrears import arrears
from shanghui.ledger.dues.models import BaseKind, DuesBase, DuesPayment, Method, Rounding
from shanghui.ledger.dues.operations import (
    Paid,
    Reduction,
    adjust_due,
    publish_dues,
    record_payments,
    record_use,
    set_base,
    set_dues,
    take_back,
)
from shanghui.ledger.dues.queries import Line, Setting, all_of, roll, settings_of, sums
from shanghui.ledger.people.models import AffiliationKind, Category, MembershipRecord, Person
from shanghui.ledger.people.operations import (
    accept_letter,
    affiliate,
    receive,
    register_letter,
    set_category,
    set_standing,
)
from shanghui.ledger.people.standings import StandingKind
from shanghui.rules.dues import due
from tests.ledger.transferred import ACT, OTHER, OUTSIDE, limited, member, organization, sent, stranger
from tests.worked_city import BRANCH, city

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, AUGUST = (date(2022, month, 1) for month in (5, 6, 7, 8))


def month(when: date, where: str = BRANCH) -> dict[int, Line]:
    return {one.person: one for one in roll(Q(organization_id=organization(where).pk), when)}


def based(person: Person, monthly: str = "30", since: date = date(2022, 1, 1), where: str = BRANCH, **more: Any) -> DuesBase:
    return set_base(organization=organization(where), person=person, kind=BaseKind.WAGES, monthly=Decimal(monthly), since=since, **more, **ACT)


def pay(person: Person, when: date = JUNE, amount: str | None = None, where: str = BRANCH, on: date = date(2022, 6, 20)) -> list[Line]:
    paid = [Paid(person.pk, Decimal(amount) if amount else None, "0012")]
    return record_payments(organization=organization(where), month=when, paid=paid, on=on, method=Method.CASH, **ACT)


# --- the rates


@pytest.mark.parametrize(("base", "expected"), [
    ("0", "0.00"), ("2999.99", "15.00"), ("3000.00", "15.00"), ("3000.01", "30.00"), ("5000.00", "50.00"), ("5000.01", "75.00"),
    ("10000.00", "150.00"), ("10000.01", "200.00"),
])
def test_one_rate_on_the_whole_base(base: str, expected: str) -> None:
    for kind in (BaseKind.WAGES, BaseKind.YEARLY, BaseKind.AVERAGE):
        assert due(kind, Decimal(base), JUNE) == Decimal(expected)


@pytest.mark.parametrize(("base", "expected"), [("4999.99", "25.00"), ("5000", "25.00"), ("5000.01", "50.00"), ("10000.01", "100.00")])
def test_pensions_have_two_rates(base: str, expected: str) -> None:
    assert due(BaseKind.RETIRED, Decimal(base), JUNE) == Decimal(expected)


def test_what_is_fixed_and_what_farmers_agree_on() -> None:
    assert due(BaseKind.FIXED, None, JUNE) == Decimal("0.20")
    assert [due(BaseKind.FARMER, Decimal(text), JUNE) for text in ("0.2", "1")] == [Decimal("0.20"), Decimal("1.00")]
    for text in ("0.19", "1.01"):
        with pytest.raises(Refused, match="农民党员每月交"):
            due(BaseKind.FARMER, Decimal(text), JUNE)


@pytest.mark.parametrize(("rounding", "expected"), [(Rounding.FEN, "37.35"), (Rounding.JIAO, "37.40"), (Rounding.YUAN, "37.00")])
def test_rounding_is_a_setting(rounding: str, expected: str) -> None:
    assert due(BaseKind.WAGES, Decimal(3735), JUNE, rounding) == Decimal(expected)


def test_no_base_a_negative_one_and_a_month_before_the_regulation() -> None:
    for base in (None, Decimal("-0.01")):
        with pytest.raises(Refused, match="请填计算基数"):
            due(BaseKind.WAGES, base, JUNE)
    assert due(BaseKind.WAGES, Decimal(3000), date(2008, 4, 1)) == 15
    with pytest.raises(Refused, match="2008 年 4 月以后"):
        due(BaseKind.WAGES, Decimal(3000), date(2008, 3, 1))


# --- who owes, and where


def test_a_probationary_member_owes_from_the_month_of_the_meeting() -> None:
    person = member(category=Category.PROBATIONARY, since=date(2022, 6, 30))

    assert person.pk not in month(MAY)
    assert month(JUNE)[person.pk].state == "unknown"


@pytest.mark.parametrize("category", [Category.APPLICANT, Category.ACTIVIST, Category.CANDIDATE])
def test_whoever_is_not_yet_a_member_owes_nothing(category: Category) -> None:
    assert member(category=category).pk not in month(JUNE)


@pytest.mark.parametrize(("on", "june"), [(date(2022, 6, 1), BRANCH), (date(2022, 6, 2), BRANCH), (date(2022, 6, 30), BRANCH), (JULY, BRANCH)])
def test_after_a_transfer_the_month_belongs_to_where_it_began(on: date, june: str) -> None:
    person = member()
    receive(transfer=sent(person, on=MAY), on=on, **ACT)

    found = {name: {when: person.pk in month(when, name) for when in (MAY, JUNE, JULY, AUGUST)} for name in (BRANCH, OTHER)}

    assert all(found[BRANCH][when] != found[OTHER][when] for when in (MAY, JUNE, JULY, AUGUST))
    assert found[BRANCH][JUNE] == (on > JUNE)
    assert found[OTHER][JULY] == (on <= JULY)
    assert found[OTHER][AUGUST]


def test_dual_life_owes_nothing_there_and_a_functional_branch_collects_nothing() -> None:
    person = member()
    affiliate(person=person, organization=organization(OTHER), kind=AffiliationKind.DUAL, since=date(2021, 1, 1), **ACT)
    functional = limited()
    other = member("方其二")
    other.affiliations.update(organization=functional)

    assert person.pk in month(JUNE)
    assert person.pk not in month(JUNE, OTHER)
    assert roll(Q(organization_id=functional.pk), JUNE) == []


@pytest.mark.parametrize(("ended", "owes"), [(date(2022, 6, 30), False), (JULY, True), (JUNE, False)])
def test_whoever_died_owes_nothing_from_that_month(ended: date, owes: bool) -> None:
    person = member()
    set_standing(person=person, kind=StandingKind.DIED, since=ended, **ACT)

    assert (person.pk in month(JUNE)) is owes
    assert person.pk in month(MAY)


@pytest.mark.parametrize("kind", [StandingKind.SUSPENDED, StandingKind.EXPELLED])
def test_the_suspended_and_the_expelled_owe_nothing(kind: StandingKind) -> None:
    person = member()
    set_standing(
        person=person, kind=kind, since=date(2022, 6, 15), decided_by="支部大会", decided_on=date(2022, 6, 1), approved_by="行业党委", **ACT
    )

    assert person.pk in month(MAY)
    assert person.pk not in month(JUNE)


def test_what_the_letter_says_was_paid_elsewhere_is_not_owed_here() -> None:
    person = stranger()
    row = register_letter(
        person=person, target=organization(BRANCH), counterpart=OUTSIDE, issued_by="", number="9", issued_on=JUNE, valid_days=30,
        dues_until="2022-06", **ACT,
    )
    accept_letter(transfer=row, on=date(2022, 6, 15), checked_on=date(2022, 6, 15), category=Category.FULL, **ACT)

    assert person.pk not in month(JUNE)
    assert person.pk in month(JULY)


# --- what is recorded


def test_paid_as_due_and_taken_back() -> None:
    person = member()
    based(person)

    pay(person)

    line = month(JUNE)[person.pk]
    assert (line.state, line.paid, line.receipt, line.extra) == ("paid", Decimal(30), "0012", 0)
    take_back(organization=organization(BRANCH), month=JUNE, person=person, **ACT)
    assert month(JUNE)[person.pk].state == "open"
    with pytest.raises(Refused, match="没有登记过实交"):
        take_back(organization=organization(BRANCH), month=JUNE, person=person, **ACT)


def test_a_later_base_leaves_recorded_months_as_they_were() -> None:
    person = member()
    based(person)
    pay(person)
    based(person, "75", since=JUNE)

    assert (month(MAY)[person.pk].asked, month(JUNE)[person.pk].asked, month(JULY)[person.pk].asked) == (30, 30, 75)


@pytest.mark.parametrize(("amount", "message"), [("29.99", "实交 29.99 元不够"), ("0", "不够")])
def test_less_than_due_is_refused(amount: str, message: str) -> None:
    person = member()
    based(person)

    with pytest.raises(Refused, match=message):
        pay(person, amount=amount)


def test_refused_twice_without_a_base_before_joining_and_elsewhere() -> None:
    person, new = member(), member("方新", category=Category.PROBATIONARY, since=date(2022, 6, 18))
    with pytest.raises(Refused, match="还没有核定基数"):
        pay(person)
    based(person)
    pay(person)
    with pytest.raises(Refused, match="已经登记过实交"):
        pay(person)
    for refused in (lambda: pay(new, MAY), lambda: based(new, since=MAY)):
        with pytest.raises(Refused, match="自2022年6月起是预备党员，入党以前的月份不交党费"):
            refused()
    with pytest.raises(Refused, match=f"交给“{BRANCH}”，一个月只交一处"):
        pay(person, where=OTHER)
    with pytest.raises(Refused, match="不是党员"):
        pay(stranger())
    with pytest.raises(Refused, match="请选交了党费的党员"):
        record_payments(organization=organization(BRANCH), month=JUNE, paid=[], on=JUNE, method="cash", **ACT)


def test_many_at_once_are_one_act_or_none() -> None:
    people = [member(f"方{n}") for n in "甲乙丙"]
    for one in people[:2]:
        based(one)
    paid = [Paid(one.pk) for one in people]

    with pytest.raises(Refused):
        record_payments(organization=organization(BRANCH), month=JUNE, paid=paid, on=JUNE, method="cash", **ACT)
    assert not DuesPayment.objects.exists()
    record_payments(organization=organization(BRANCH), month=JUNE, paid=paid[:2], on=JUNE, method="cash", **ACT)

    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.subject_title, len(entry.changes)) == ("登记2022年6月党费", BRANCH, 2)
    undo([entry], by=None, at=ACT["at"])
    assert not DuesPayment.objects.exists()


def test_an_adjustment_has_a_reason_and_stays_when_the_payment_is_taken_back() -> None:
    person = member()
    with pytest.raises(Refused, match="还没有核定基数"):
        adjust_due(organization=organization(BRANCH), month=JUNE, person=person, to=Decimal(10), reason="停薪", **ACT)
    based(person)
    with pytest.raises(Refused, match="请写明调整的原因"):
        adjust_due(organization=organization(BRANCH), month=JUNE, person=person, to=Decimal(10), reason=" ", **ACT)

    adjust_due(organization=organization(BRANCH), month=JUNE, person=person, to=Decimal(10), reason="停薪", **ACT)
    pay(person)
    take_back(organization=organization(BRANCH), month=JUNE, person=person, **ACT)

    assert (month(JUNE)[person.pk].asked, month(JUNE)[person.pk].state, month(MAY)[person.pk].asked) == (10, "open", 30)
    assert "停薪" not in "".join(AuditEntry.objects.values_list("reason", flat=True))


def test_a_reduction_needs_the_approval_of_the_committee_above() -> None:
    person = member()
    with pytest.raises(Refused, match="请写明批准的党委"):
        based(person, reduction=Reduction(Decimal(0), " "))
    with pytest.raises(Refused, match="减免后要比它少"):
        based(person, reduction=Reduction(Decimal(30), "行业党委"))

    based(person, reduction=Reduction(Decimal(0), "行业党委", "〔2022〕3号"))

    assert month(JUNE)[person.pk].state == "nothing"


def test_the_base_is_sealed_and_need_not_be_kept() -> None:
    person = member()
    based(person, amount="4321.00")
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM dues_duesbase WHERE person_id = %s", [person.pk])
        stored = bytes(cursor.fetchone()[0])

    assert b"4321" not in stored
    assert DuesBase.objects.get(person=person).amount == "4321.00"
    assert "4321" not in str(AuditEntry.objects.latest("pk").changes)


def test_the_database_refuses_two_payments_a_month_and_two_bases_a_day() -> None:
    person = member()
    values = {"person": person, "organization": organization(BRANCH), "month": JUNE, "due": 1}
    DuesPayment.objects.create(**values)
    based(person, since=date(2022, 3, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        DuesPayment.objects.create(**values | {"organization": organization(OTHER)})
    with pytest.raises(IntegrityError), transaction.atomic():
        DuesBase.objects.create(person=person, kind="fixed", monthly=1, valid_from=date(2022, 2, 1), valid_to=date(2022, 4, 1))


# --- sums, settings, uses


def test_sums_add_up_whatever_is_asked_for(django_assert_num_queries: Any) -> None:
    one, two = member(), member("方二", OTHER)
    based(one)
    based(two, "75", where=OTHER)
    pay(one, amount="1030")

    with django_assert_num_queries(3):
        lines = roll(Q(), JUNE)
    by_organization = sums(lines)

    assert len({line.person for line in lines}) == len(lines)
    total = all_of(by_organization.values())
    assert (total.members, total.asked, total.paid, total.done, total.open) == (len(lines), Decimal(105), Decimal(1030), 1, 1)
    assert by_organization[organization(BRANCH).pk].paid == 1030
    assert month(JUNE)[one.pk].extra == 1000


def test_the_nearest_office_decides_rounding_and_share() -> None:
    branch = organization(BRANCH).pk
    assert settings_of([branch], JUNE) == {branch: Setting("jiao", None)}

    set_dues(unit=city(), rounding="fen", remitted=Decimal(20), since=JUNE, **ACT)

    assert settings_of([branch], MAY)[branch].rounding == "jiao"
    assert settings_of([branch], JUNE)[branch] == Setting("fen", Decimal(20))
    with pytest.raises(Refused):
        set_dues(unit=city(), rounding="fen", remitted=Decimal("100.01"), since=JULY, **ACT)


@pytest.mark.parametrize(("changed", "message"), [
    ({"decided_on": date(2022, 6, 11)}, "先集体研究"), ({"minutes": " "}, "哪次会议"), ({"amount": Decimal(0)}, "大于零"),
])
def test_a_use_was_decided_before_and_together(changed: dict[str, Any], message: str) -> None:
    values: dict[str, Any] = {
        "organization": organization(BRANCH), "purpose": "study", "amount": Decimal(120), "used_on": date(2022, 6, 10),
        "decided_on": date(2022, 6, 10), "minutes": "6月10日支委会", **ACT,
    }
    assert record_use(**values).pk

    with pytest.raises(Refused, match=message):
        record_use(**values | changed)


def test_the_list_is_published_once_a_day_and_not_before_its_year() -> None:
    publish_dues(organization=organization(BRANCH), year=2022, on=JUNE, **ACT)
    for year, message in ((2022, "今天已经公布过"), (2023, "还没有到")):
        with pytest.raises(Refused, match=message):
            publish_dues(organization=organization(BRANCH), year=year, on=JUNE, **ACT)


# --- not paid


@pytest.mark.parametrize(("today", "count"), [
    (date(2022, 1, 31), 0), (date(2022, 2, 1), 1), (date(2022, 2, 28), 1), (date(2022, 3, 1), 2), (date(2022, 4, 1), 3), (date(2022, 6, 1), 5),
    (date(2022, 6, 30), 5), (date(2022, 7, 1), 6),
])
def test_a_month_counts_when_it_is_over(today: date, count: int) -> None:
    person = member()
    based(person)

    found = arrears([person.pk], today).get(person.pk)

    assert (found.count if found else 0) == count
    assert MembershipRecord.objects.get(person=person).valid_to is None


def test_a_month_paid_or_not_asked_breaks_the_row(django_assert_num_queries: Any) -> None:
    person, spared = member(), member("方免")
    based(person)
    based(spared, reduction=Reduction(Decimal(0), "行业党委"))
    pay(person, date(2022, 3, 1), on=date(2022, 3, 9))

    with django_assert_num_queries(3):
        found = arrears([person.pk, spared.pk], JULY)

    assert list(found) == [person.pk]
    assert (found[person.pk].months, found[person.pk].words) == ((date(2022, 4, 1), MAY, JUNE), "2022年4月至6月")


def test_a_probationary_member_is_behind_from_his_first_month() -> None:
    person = member(category=Category.PROBATIONARY, since=date(2022, 5, 20))
    based(person, since=MAY)
    set_category(person=person, category=Category.FULL, since=date(2022, 6, 25), **ACT)

    assert arrears([person.pk], JULY)[person.pk].months == (MAY, JUNE)
