"""How each field is written into the ledger when theirs is accepted: as the import writes it, from the stated day, ending what held before.

Works in a draft (exchange.drafting), so that nothing is written unless all is, and everything goes back as one. What stands in the way is said,
and the field waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models

from shanghui.exchange.kinds.party_organization import last_day_of
from shanghui.exchange.reconciling.desk import Desk, Stands, expect
from shanghui.exchange.reconciling.models import ComparisonCell
from shanghui.exchange.reconciling.naming import spellings
from shanghui.exchange.reconciling.subjects import CHAMBERS, ORGANIZATIONS, PEOPLE
from shanghui.kernel.bulk import columns_of
from shanghui.kernel.partial_dates import plus_months, surely_before
from shanghui.kernel.pinyin import initials
from shanghui.kernel.sealing import digest
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberKind,
    DeclaredSize,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Term,
)
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, MembershipRecord, Person

ADULT = 216
"""Months of age from which one may join (发展党员工作细则 第五条)."""


Writer = Callable[[Desk, ComparisonCell], None]


def _column(model: type[models.Model], name: str) -> Writer:
    limit = columns_of(model)[name].max_length or 0

    def write(desk: Desk, cell: ComparisonCell) -> None:
        row = desk.row(model, cell)
        expect(cell, row.values[name])
        if len(cell.theirs) > limit:
            raise Stands(f"最多{limit}个字，对方写了{len(cell.theirs)}个字")
        if model is Person:
            _sound(row.values | {name: cell.theirs})
        desk.draft.revise(row, **{name: cell.theirs})

    return write


def _sound(values: dict[str, Any]) -> None:
    """The days of one person in their order."""
    birth, joined, confirmed = (values[name] for name in ("birth", "joined_on", "confirmed_on"))
    if birth and joined and surely_before(joined, plus_months(birth, ADULT)):
        raise Stands(f"出生{birth}、入党{joined}：入党时不满18岁，两个日期有一个不对。请先核对")
    if joined and confirmed and surely_before(confirmed, joined):
        raise Stands(f"入党{joined}、转正{confirmed}：先后颠倒。请先核对")


def _name(desk: Desk, cell: ComparisonCell) -> None:
    row = desk.row(Person, cell)
    expect(cell, row.values["name"])
    desk.draft.revise(row, name=cell.theirs[:40], initials=initials(cell.theirs[:40]))


def _number(column: str, digest_column: str) -> Writer:
    def write(desk: Desk, cell: ComparisonCell) -> None:
        row, found = desk.row(Person, cell), digest(cell.full)
        if bool(row.values[digest_column]) != bool(cell.ours):
            raise Stands("台账里的号码和比对时不同。请重新比对")
        if column == "id_number" and desk.taken.setdefault(found, row.pk) != row.pk:
            raise Stands("这个公民身份号码已经登记在另一个人名下。请核对号码")
        desk.draft.revise(row, **{column: cell.full, digest_column: found})

    return write


def _category(desk: Desk, cell: ComparisonCell) -> None:
    person = desk.row(Person, cell)
    held = desk.draft.shelf(MembershipRecord).open.get(person.pk)
    if person.pk in desk.barred:
        raise Stands(desk.barred[person.pk])
    expect(cell, Category(held.values["category"]).label if held else "")
    wanted, order = next(one for one in Category if one.label == cell.theirs), list(Category)
    if held and order.index(Category(held.values["category"])) > order.index(wanted):
        raise Stands(f"台账里已是{cell.ours}，不会因为一张表退回{cell.theirs}。登记错了的，请在人员页更正")
    desk.become(MembershipRecord, person.pk, {"person_id": person.pk, "category": wanted.value, "contacts": ""}, ("category",))


def _branch(desk: Desk, cell: ComparisonCell) -> None:
    person = desk.row(Person, cell)
    held = desk.draft.shelf(Affiliation).open.get(person.pk)
    for stands in (desk.barred, desk.bound):
        if person.pk in stands:
            raise Stands(stands[person.pk])
    expect(cell, desk.called.get(held.values["organization_id"], "") if held else "")
    homes = next((desk.homes[form] for form in spellings(cell.theirs, desk.place) if form in desk.homes), [])
    if len(homes) != 1:
        raise Stands(f"本单位那一天{'有几个' if homes else '没有可以接收组织关系的'}“{cell.theirs}”。请先到党组织台账里核对、登记")
    kind = held.values["kind"] if held else AffiliationKind.HOME.value
    values = {"person_id": person.pk, "organization_id": homes[0], "kind": kind}
    desk.become(Affiliation, person.pk, values, ("organization_id", "kind"))
    desk.draft.revise(person, kept_by_id=homes[0])


def _period(name: str, choices: type[models.TextChoices] | None) -> Writer:
    def write(desk: Desk, cell: ComparisonCell) -> None:
        row = desk.row(PartyOrganization, cell)
        held = desk.draft.shelf(OrganizationPeriod).open.get(row.pk)
        if held is None:
            raise Stands("这个党组织没有登记存续，或者已经撤销。请在它的页面上登记")
        now = held.values[name]
        expect(cell, choices(now).label if choices and now else now)
        value = next((one.value for one in choices if one.label == cell.theirs), "") if choices else int(cell.theirs)
        if value == "":
            raise Stands(f"“{cell.theirs}”不在可选的范围内")
        being = {column: held.values[column] for column in ("organization_id", "kind", "form", "committee_members")} | {name: value}
        if held.is_new:
            desk.draft.revise(held, **{name: value})
        else:
            desk.become(OrganizationPeriod, row.pk, being, tuple(being))

    return write


def _term(desk: Desk, cell: ComparisonCell) -> None:
    row = desk.row(PartyOrganization, cell)
    held = desk.draft.shelf(Term).open.get(row.pk)
    expect(cell, held.values["due_on"] if held else "")
    desk.become(Term, row.pk, {"unit_id": row.pk, "due_on": cell.theirs, "due_by": last_day_of(cell.theirs)}, ("due_on",))


def _size(desk: Desk, cell: ComparisonCell) -> None:
    row = desk.row(Chamber, cell)
    held = desk.draft.shelf(DeclaredSize).open.get(row.pk)
    expect(cell, held.values["enterprises"] if held else "")
    desk.become(DeclaredSize, row.pk, {"chamber_id": row.pk, "enterprises": int(cell.theirs)}, ("enterprises",))


def _chamber_kind(desk: Desk, cell: ComparisonCell) -> None:
    row = desk.row(Chamber, cell)
    expect(cell, ChamberKind(row.values["kind"]).label)
    desk.draft.revise(row, kind=next(one.value for one in ChamberKind if one.label == cell.theirs))


def _code(desk: Desk, cell: ComparisonCell) -> None:
    row = desk.row(Chamber, cell)
    expect(cell, row.values["credit_code"])
    if desk.taken.setdefault(cell.theirs, row.pk) != row.pk:
        raise Stands("这个统一社会信用代码已经登记在另一家商会名下。请核对")
    desk.draft.revise(row, credit_code=cell.theirs)


WRITERS: dict[str, dict[str, Writer]] = {
    PEOPLE: {
        **{name: _column(Person, name) for name in (
            "gender", "ethnicity", "birth", "education", "joined_on", "confirmed_on", "applied_on", "workplace", "remark"
        )},
        "name": _name, "id_number": _number("id_number", "id_digest"), "phone": _number("phone", "phone_digest"), "category": _category,
        "branch_name": _branch,
    },
    CHAMBERS: {
        **{name: _column(Chamber, name) for name in ("founded_on", "region_name", "remark")},
        "kind": _chamber_kind, "credit_code": _code, "enterprises": _size,
    },
    ORGANIZATIONS: {
        **{name: _column(PartyOrganization, name) for name in ("approved_on", "approval_number", "remark")},
        "kind": _period("kind", OrganizationKind), "form": _period("form", Form), "committee_members": _period("committee_members", None),
        "due_on": _term,
    },
}
"""Every column that is not to be changed elsewhere has one (tests/exchange/reconciling/test_accepting.py)."""
