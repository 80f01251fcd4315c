"""Everything kept about a person as lines, for his own page and for the files he takes away (PIPL 44, 45)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from shanghui.kernel.columns import Column, attribute
from shanghui.kernel.facts import Fact
from shanghui.kernel.sealing import mask_id_number, mask_phone
from shanghui.ledger.activities.models import Attendance, ReviewGrade
from shanghui.ledger.dues.models import DuesBase, DuesPayment
from shanghui.ledger.dues.months import said
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.privacy import field_of
from shanghui.ledger.people.records import Record
from shanghui.web.kit.spans import held

DERIVED = ("id", "initials", "id_digest", "phone_digest")
"""Columns that follow from others, and are not told by themselves."""
MOST = 2000
"""Activities told of in a file."""


@dataclass(frozen=True)
class Line:
    """One thing that is kept: in which part, what, its value, when it held, what for."""

    part: str
    title: str
    value: str
    held: str = ""
    purpose: str = ""


OWN_COLUMNS: tuple[Column, ...] = (
    attribute("part", "类别", width=16), attribute("title", "项目", width=20), attribute("value", "内容", width=40),
    attribute("held", "时间", width=26), attribute("purpose", "用途", width=40),
)


def own_columns(person: Person, *, whole: bool) -> list[Line]:
    """The columns of the person, each with its purpose; `whole`: numbers in full, for the file he takes away."""
    masks = {} if whole else {"id_number": mask_id_number, "phone": mask_phone}
    found = []
    for column in Person._meta.concrete_fields:
        about = field_of(Person._meta.db_table, column.attname)
        if column.name in DERIVED or about is None:
            continue
        value = getattr(person, column.name)
        found.append(Line("基本信息", str(column.verbose_name), str(masks.get(column.name, str)(value or "")), "", about.purpose))
    return found


def own_lines(record: Record, attended: Iterable[Attendance], today: date) -> Iterator[Line]:
    """All of it, in the order of the page."""
    yield from own_columns(record.person, whole=True)
    for membership in record.memberships:
        yield _fact("党籍", membership.get_category_display(), f"培养联系人：{membership.contacts}" if membership.contacts else "", membership, today)
    for belonging in record.affiliations:
        yield _fact("组织隶属", belonging.get_kind_display(), belonging.organization.unit.name, belonging, today)
    for standing in record.standings:
        yield _fact("党员状态", standing.get_kind_display(), _decision(standing), standing, today)
        for contact in standing.contacts.all():
            yield Line("联系记录", standing.get_kind_display(), contact.get_way_display(), contact.held_on.isoformat())
    for post in record.appointments:
        yield _fact("任职", post.title or post.get_post_display(), post.unit.name, post, today)
    for guide in record.assignments:
        yield _fact("联系商会", guide.get_kind_display(), guide.chamber.unit.name, guide, today)
    for one in attended:
        yield Line("活动到会", one.activity.title, one.get_state_display(), one.activity.held_on.isoformat())
    for grade in ReviewGrade.objects.filter(person=record.person).select_related("activity").order_by("-activity__held_on"):
        yield Line("民主评议", f"{grade.activity.held_on.year} 年", grade.get_grade_display(), grade.activity.held_on.isoformat())
    yield from _dues(record.person, today)


def _dues(person: Person, today: date) -> Iterator[Line]:
    """From what dues are reckoned, and what was paid. Two questions."""
    for base in DuesBase.objects.filter(person=person).order_by("-valid_from"):
        amount = f"基数 {base.amount} 元，" if base.amount else ""
        yield _fact("党费基数", base.get_kind_display(), f"{amount}每月 {base.asked} 元", base, today)
    for one in DuesPayment.objects.filter(person=person).order_by("-month"):
        paid = f"实交 {one.paid} 元" if one.paid is not None else "没有登记实交"
        why = f"，{one.reason}" if one.reason else ""
        yield Line("党费", said(one.month), f"应交 {one.asked} 元，{paid}{why}", one.paid_on.isoformat() if one.paid_on else "")


def _fact(part: str, title: str, value: str, fact: Fact, today: date) -> Line:
    return Line(part, title, value, held(fact, today, today))


def _decision(standing: Any) -> str:
    parts = (standing.place, standing.host, standing.reason, standing.decided_by, standing.approved_by, standing.approval_number, standing.ended_how)
    return "；".join(part for part in parts if part)
