"""The columns of people and posts. Numbers are masked here; nothing outside `reveal` shows them in full (domain.md §1)."""

from __future__ import annotations

from typing import Any

from shanghui.kernel.columns import Column, attribute, label
from shanghui.kernel.facts import Precision
from shanghui.kernel.sealing import mask_id_number, mask_phone
from shanghui.ledger.organizations.models import Form
from shanghui.ledger.people.models import MEMBERS, Category, Method, Post, Purpose, StandingKind

_LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7}


def _floating(person: Any) -> str:
    return "是" if person.floating else "否" if person.category in MEMBERS else ""


def _since(fact: Any) -> str:
    """The beginning as far as it is known."""
    written: str = fact.valid_from.isoformat()
    return f"不晚于{written}" if fact.from_precision == Precision.SEEN else written[: _LENGTHS.get(fact.from_precision, 10)]


PERSON_COLUMNS = (
    Column("name", "姓名", lambda p: p.name, sort="initials", about="name"),
    attribute("branch_name", "所在党组织", width=34, about="affiliation"),
    label("category", "人员类别", Category.choices, about="category"),
    attribute("gender", "性别", width=6, about="gender"),
    attribute("ethnicity", "民族", width=8, about="ethnicity"),
    attribute("birth", "出生年月", about="birth"),
    attribute("education", "学历", about="education"),
    Column("id_number", "公民身份号码", lambda p: mask_id_number(p.id_number) if p.id_number else "", masked=True, width=22, about="id_number"),
    attribute("joined_on", "入党时间", about="joined_on"),
    attribute("confirmed_on", "转正时间", about="confirmed_on"),
    attribute("applied_on", "递交入党申请书时间", about="applied_on"),
    attribute("posts", "党内职务、商会职务", sort="-", width=30, about="office"),
    Column("floating", "是否流动党员", _floating, sort="-", about="flow"),
    attribute("workplace", "工作单位", width=30, about="workplace"),
    Column("phone", "联系电话", lambda p: mask_phone(p.phone) if p.phone else "", masked=True, about="phone"),
    attribute("remark", "备注", sort="-", width=24, about="remark"),
)

SECRETARY_COLUMNS = (
    Column("name", "姓名", lambda a: a.person.name, sort="person__initials", about="office"),
    Column("organization", "党组织", lambda a: a.unit.name, sort="unit__name", width=34),
    attribute("chamber_posts", "商会职务", sort="-", width=30),
    label("method", "产生方式", Method.choices),
    attribute("valid_from", "任职起"),
    attribute("due_by", "聘期到"),
    attribute("approved_by", "批准单位", width=26),
    attribute("approval_number", "批准文号", width=22),
)

OFFICER_COLUMNS = (
    Column("name", "姓名", lambda a: a.person.name, sort="person__initials", about="office"),
    Column("organization", "党组织", lambda a: a.unit.name, sort="unit__name", width=34),
    label("post", "党内职务", Post.choices),
    label("top_post", "所覆盖商会的最高职务", Post.choices, width=20),
    attribute("chamber_posts", "全部商会职务", sort="-", width=30),
    label("form", "组建方式", Form.choices),
    label("method", "产生方式", Method.choices),
    attribute("valid_from", "任职起"),
)

DUAL_COLUMNS = (
    Column(
        "organization", "参加哪里的组织生活", lambda a: a.organization.unit.name, sort="organization__unit__name", width=34, about="affiliation"
    ),
    Column("name", "姓名", lambda a: a.person.name, sort="person__initials", about="name"),
    label("category", "人员类别", Category.choices, about="category"),
    attribute("home_name", "组织关系所在党组织", width=34, about="affiliation"),
    attribute("valid_from", "起"),
)

GUIDE_COLUMNS = (
    Column("name", "姓名", lambda p: p.name, sort="initials", about="guide"),
    attribute("duties", "职务", sort="-", width=36, about="guide"),
    Column("load", "联系商会数", lambda p: p.load, sort="load", numeric=True, width=8),
    attribute("guided_names", "联系商会", sort="-", width=40, about="guide"),
)

STANDING_COLUMNS = (
    Column("name", "姓名", lambda one: one.person.name, sort="person__initials", about="name"),
    label("kind", "状态", StandingKind.choices, about="flow"),
    attribute("branch_name", "所在党组织", width=34, about="affiliation"),
    label("category", "人员类别", Category.choices, about="category"),
    Column("valid_from", "起", _since, sort="valid_from", about="flow"),
    attribute("place", "去向", width=24, about="flow"),
    attribute("host", "流入地党组织", width=30, about="flow"),
    label("purpose", "出国（境）事由", Purpose.choices, about="flow"),
    attribute("reason", "原因", width=24, about="flow"),
    attribute("last_contact", "最近一次联系", about="flow"),
    Column("searched", "联系、查找次数", lambda one: one.searched or 0, sort="searched", numeric=True, about="flow"),
    attribute("due_by", "改正期限", about="flow"),
    attribute("decided_by", "作出决定的组织", width=24, about="flow"),
    attribute("decided_on", "决定日期", about="flow"),
    attribute("approved_by", "批准单位", width=26, about="flow"),
    attribute("approval_number", "批准文号", width=22, about="flow"),
)
