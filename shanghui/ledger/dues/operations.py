"""What can happen to dues. Each is one transaction with its audit entry about the organization: neither name nor reason stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.dues.models import DuesBase, DuesPayment, DuesPublication, DuesSetting, DuesUse
from shanghui.ledger.dues.months import month_of, said
from shanghui.ledger.dues.queries import Line, owing, roll
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.organizations.operations.facts import succeed
from shanghui.ledger.people.models import MEMBERS, MembershipRecord, Person


@dataclass(frozen=True)
class Paid:
    """What one person paid: `amount` None for exactly what is due."""

    person: int
    amount: Decimal | None = None
    receipt: str = ""


@dataclass(frozen=True)
class Reduction:
    """Less than the rule, or nothing, because of hardship (DUES-07)."""

    to: Decimal
    approved_by: str
    number: str = ""


@transaction.atomic
def set_base(
    *, organization: PartyOrganization, person: Person, kind: str, monthly: Decimal, since: date, by: User | None, at: datetime,
    amount: str = "", reduction: Reduction | None = None,
) -> DuesBase:
    """From the month of `since` on dues are reckoned so; the base before it ends. Raises Refused: not a member there in that month,
    a reduction that is none or has no approval."""
    month = month_of(since)
    _refuse_stranger(organization, person, month)
    if reduction is not None:
        _refuse_reduction(reduction, monthly)
    new = DuesBase(
        person=person, kind=kind, amount=amount, monthly=monthly, valid_from=month, reduced=reduction.to if reduction else None,
        approved_by=reduction.approved_by.strip() if reduction else "", approval_number=reduction.number.strip() if reduction else "",
    )
    journal = Journal(by=by, at=at, verb="核定党费基数")
    made = succeed(journal, DuesBase.objects.filter(person=person), new)
    journal.close(organization, organization.unit)
    return made


def _refuse_reduction(reduction: Reduction, monthly: Decimal) -> None:
    if not 0 <= reduction.to < monthly:
        raise Refused(f"按规定每月应交 {monthly} 元，减免后要比它少。没有减免的，请不要填。")
    if not reduction.approved_by.strip():
        raise Refused("少交或者免交须由支部研究，报上一级党委批准。请写明批准的党委。")


def _refuse_stranger(organization: PartyOrganization, person: Person, month: date) -> None:
    """Who owes nothing here in that month, and why."""
    home = owing(month).filter(person=person).select_related("organization__unit").first()
    if home is not None and home.organization_id == organization.pk:
        return
    if home is not None:
        raise Refused(f"{person.name}{said(month)}的党费交给“{home.organization.unit.name}”，一个月只交一处。")
    first = MembershipRecord.objects.filter(person=person, category__in=MEMBERS).order_by("valid_from").first()
    if first is None:
        raise Refused(f"{person.name}不是党员，不交党费。")
    if month < month_of(first.valid_from):
        raise Refused(f"{person.name}自{said(first.valid_from)}起是{first.get_category_display()}，入党以前的月份不交党费。请改月份。")
    raise Refused(f"{person.name}{said(month)}不在“{organization.unit.name}”交党费：党籍或者组织关系当月不在这里。请核对人员页。")


@transaction.atomic
def record_payments(
    *, organization: PartyOrganization, month: date, paid: Sequence[Paid], on: date, method: str, by: User | None, at: datetime
) -> list[Line]:
    """These people paid for the month, all or none; returns their lines as they stood. Raises Refused: nobody chosen, not due here in
    that month, paid already, no base, nothing due, an amount that is none."""
    if not paid:
        raise Refused("请选交了党费的党员。")
    lines = {line.person: line for line in roll(Q(organization_id=organization.pk), month)}
    _refuse_strangers(organization, month, [one.person for one in paid if one.person not in lines])
    rows = _rows(month, [one.person for one in paid])
    journal = Journal(by=by, at=at, verb=f"登记{said(month)}党费"[:40])
    for one in paid:
        line = lines[one.person]
        amount = _amount(line, one, month)
        values = {"paid": amount, "paid_on": on, "method": method, "receipt": one.receipt.strip()}
        row = rows.get(one.person)
        if row is not None:
            journal.change(row, **values)
        else:
            assert line.asked is not None  # refused by _amount
            journal.create(DuesPayment(person_id=one.person, organization=organization, month=month, due=line.asked, **values))
    journal.close(organization, organization.unit)
    return [lines[one.person] for one in paid]


def _refuse_strangers(organization: PartyOrganization, month: date, people: Sequence[int]) -> None:
    if not people:
        return
    found = Person.objects.filter(pk__in=people).without_numbers().order_by("pk").first()
    if found is None:
        raise Refused("选的人里有人已经不在名单上。请刷新页面重新选。")
    _refuse_stranger(organization, found, month)


def _amount(line: Line, one: Paid, month: date) -> Decimal:
    if line.paid is not None:
        raise Refused(f"{line.name}{said(month)}的党费已经登记过实交 {line.paid} 元。要改的，先撤销那一笔。")
    if line.asked is None:
        raise Refused(f"{line.name}还没有核定基数，算不出应交多少。请先核定基数。")
    amount = line.asked if one.amount is None else one.amount
    if amount < line.asked:
        raise Refused(f"{line.name}应交 {line.asked} 元，实交 {amount} 元不够。确有原因的，先调整应交数并写明原因。")
    if amount <= 0:
        raise Refused(f"{line.name}{said(month)}不用交党费。自愿交的，请写实交数。")
    return amount


def _rows(month: date, people: Sequence[int]) -> Mapping[int, DuesPayment]:
    found = DuesPayment.objects.select_for_update().filter(month=month, person__in=people)
    return {row.person_id: row for row in found}


@transaction.atomic
def adjust_due(
    *, organization: PartyOrganization, month: date, person: Person, to: Decimal, reason: str, by: User | None, at: datetime
) -> None:
    """What is asked for this month is another amount, with the reason. Raises Refused: paid already, no reason, no base."""
    line = _line_of(organization, month, person)
    if line.paid is not None:
        raise Refused("这个月已经登记实交。要调整的，先撤销那一笔。")
    if line.asked is None:
        raise Refused("还没有核定基数，没有应交数可以调整。请先核定基数。")
    if to < 0:
        raise Refused("调整后的应交数不能是负数。")
    if not reason.strip():
        raise Refused("请写明调整的原因。")
    row = _rows(month, [person.pk]).get(person.pk)
    journal = Journal(by=by, at=at, verb="调整应交党费")
    if row is None:
        journal.create(DuesPayment(
            person=person, organization=organization, month=month, due=line.asked, adjusted=to, reason=reason.strip()[:200]
        ))
    else:
        journal.change(row, adjusted=to, reason=reason.strip()[:200])
    journal.close(organization, organization.unit)


@transaction.atomic
def take_back(*, organization: PartyOrganization, month: date, person: Person, by: User | None, at: datetime) -> None:
    """The payment was recorded by mistake: the month is open again. What was paid stays in the journal. Raises Refused."""
    row = _rows(month, [person.pk]).get(person.pk)
    if row is None or row.organization_id != organization.pk or row.paid is None:
        raise Refused(f"{person.name}{said(month)}在这里没有登记过实交，没有可以撤销的。")
    journal = Journal(by=by, at=at, verb="撤销党费登记")
    if row.adjusted is None:
        journal.delete(row)
    else:
        journal.change(row, paid=None, paid_on=None, method="", receipt="")
    journal.close(organization, organization.unit)


def _line_of(organization: PartyOrganization, month: date, person: Person) -> Line:
    """The line of one person. Raises Refused where he owes nothing here."""
    found = next((one for one in roll(Q(organization_id=organization.pk), month) if one.person == person.pk), None)
    if found is None:
        _refuse_stranger(organization, person, month)
    assert found is not None
    return found


@transaction.atomic
def set_dues(*, unit: Unit, rounding: str, remitted: Decimal, since: date, by: User | None, at: datetime) -> DuesSetting:
    """What holds from the day for the organizations below an office. Raises Refused."""
    if not 0 <= remitted <= 100:
        raise Refused("上缴比例写 0 到 100 之间的数。")
    new = DuesSetting(unit=unit, rounding=rounding, remitted=remitted, valid_from=since)
    journal = Journal(by=by, at=at, verb="设置党费")
    made = succeed(journal, DuesSetting.objects.filter(unit=unit), new)
    journal.close(unit, unit)
    return made


@transaction.atomic
def record_use(
    *, organization: PartyOrganization, purpose: str, amount: Decimal, used_on: date, decided_on: date, minutes: str, by: User | None,
    at: datetime, remark: str = "",
) -> DuesUse:
    """Dues were used, after they decided on it together (DUES-16, DUES-17). Raises Refused."""
    if amount <= 0:
        raise Refused("金额要大于零。")
    if decided_on > used_on:
        raise Refused("先集体研究，后使用：研究日期不能晚于使用日期。")
    if not minutes.strip():
        raise Refused("请写明在哪次会议上研究的，会议记录要能查到。")
    journal = Journal(by=by, at=at, verb="登记党费使用")
    made = journal.create(DuesUse(
        organization=organization, purpose=purpose, amount=amount, used_on=used_on, decided_on=decided_on, minutes=minutes.strip(), remark=remark.strip()
    ))
    journal.close(organization, organization.unit)
    return made


@transaction.atomic
def publish_dues(*, organization: PartyOrganization, year: int, on: date, by: User | None, at: datetime) -> DuesPublication:
    """The list of the year is shown to the members from today on (DUES-20). Raises Refused for the same day twice, a year to come."""
    if year > on.year:
        raise Refused(f"{year}年还没有到，不能公布。")
    if DuesPublication.objects.filter(organization=organization, year=year, published_on=on).exists():
        raise Refused(f"{year}年的收缴情况今天已经公布过了。")
    journal = Journal(by=by, at=at, verb="公布党费收缴")
    made = journal.create(DuesPublication(organization=organization, year=year, published_on=on))
    journal.close(organization, organization.unit)
    return made
