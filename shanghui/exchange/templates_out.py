"""Templates for import: a workbook for each kind with the usual headings, drop-downs, and what the ledger already knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.exchange import template_rows
from shanghui.exchange.recognition import FIELD_TITLES
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.organizations.models import ChamberKind, Form, OrganizationKind, Rank, Status
from shanghui.ledger.people.models import CHAMBER_POSTS, Category, GuideKind

VERSION = 1
"""Raised when the columns of a template change; kept in the workbook's properties, where nobody sees or edits it."""
MARK = "shanghui-template"
FIRST = 3
"""Row (from 0) of the first record: below title, day and headings."""
ROOM = 2000
"""Empty rows below the known ones that have drop-downs and text format too."""


def _labels(choices: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(label for _, label in choices)


_YES_NO, _GENDERS = ("是", "否"), ("男", "女")
_NUMBER = "请按文本填写18位号码；留空则不改动台账里的号码。"
_PHONE = "请按文本填写；留空则不改动台账里的电话。"
_DATE = "写成 2019-07-01；只知道年月的写 2019-07。"
_EXACT = "写成 2019-07-01，和材料上的一致；还没有办的空着。"


@dataclass(frozen=True)
class Field:
    """One column: its field, width in characters, choices for the drop-down, and a hint shown when a cell is entered."""

    name: str
    width: int = 14
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Template:
    """The sheet's name, the columns in the usual order, and the rows the ledger knows."""

    title: str
    fields: tuple[Field, ...]
    rows: template_rows.Rows


_NAME, _BRANCH = Field("name"), Field("branch", 34)
_ID, _TELEPHONE = Field("id_number", 22, hint=_NUMBER), Field("phone", 16, hint=_PHONE)
_BIRTH = Field("birth", hint="写成 1980-03。")
_GENDER = Field("gender", 6, _GENDERS)

TEMPLATES: dict[str, Template] = {
    "chamber": Template("商会基本情况表", (
        Field("name", 30), Field("kind", 12, _labels(ChamberKind.choices)), Field("county", 16), Field("credit_code", 22),
        Field("founded_on", hint=_DATE), Field("president"), Field("secretary_general"), Field("member_enterprises", 12),
        Field("form", 12, _labels(Form.choices)), Field("party_organization", 34), Field("status", 10, _labels(Status.choices)),
        Field("supervisor", 24), Field("address", 30),
    ), template_rows.chambers),
    "party_organization": Template("党组织台账", (
        Field("name", 34), Field("type", 10, _labels(OrganizationKind.choices)), Field("form", 12, _labels(Form.choices)),
        Field("covers", 40, hint="几家商会用顿号隔开。"), Field("approved_on", hint=_DATE), Field("approval_number", 20),
        Field("term_ends", hint=_DATE), Field("secretary"), Field("committee_members", 8),
    ), template_rows.organizations),
    "member": Template("党员花名册", (
        _NAME, _BRANCH, _GENDER, Field("ethnicity", 8), _BIRTH, Field("education"), _ID, Field("joined_on", hint=_DATE),
        Field("confirmed_on", hint=_DATE), Field("category", 12, (Category.FULL.label, Category.PROBATIONARY.label)),
        Field("party_post"), Field("floating", 10, _YES_NO), Field("enterprise", 30), _TELEPHONE,
    ), template_rows.members),
    "activist": Template("入党积极分子", (
        _NAME, _BRANCH, _GENDER, _BIRTH, Field("education"), _ID, Field("applied_on", 18, hint=_DATE),
        Field("activist_on", 18, hint=_DATE), Field("contacts", 20, hint="两人用顿号隔开。"), Field("enterprise", 30), _TELEPHONE,
    ), template_rows.activists),
    "development": Template("发展党员台账", (
        _NAME, _BRANCH, _GENDER, Field("birth", hint="写成 1992-03-05，看得出申请时满没满18岁。"), _ID,
        *(Field(name, 16, hint=_EXACT) for name in ("applied_on", "talk_on", "activist_on")), Field("contacts", 20, hint="两人用顿号隔开。"),
        *(Field(name, 16, hint=_EXACT) for name in (
            "candidate_on", "training_from", "training_to", "prereview_on", "joined_on", "approved_on", "oath_on", "confirmed_on", "confirm_approved_on",
        )),
    ), template_rows.developments),
    "appointment": Template("商会班子成员", (
        Field("chamber", 30), Field("post", 14, tuple(post.label for post in CHAMBER_POSTS)), _NAME, Field("politics"),
        Field("enterprise", 30), Field("from", hint=_DATE), _TELEPHONE,
    ), template_rows.leaders),
    "guide_assignment": Template("党建指导员", (
        Field("guide"), Field("post", 40), Field("kind", 12, _labels(GuideKind.choices)), Field("chamber", 30), Field("from", hint=_DATE),
        Field("to", hint=f"聘期的最后一天，没有定期限的空着。{_DATE}"), Field("handed_over", 40), _TELEPHONE,
    ), template_rows.guides),
    "activity": Template("活动台账", (
        Field("date", hint=_DATE), Field("kind", 14, _labels(ActivityType.choices)), Field("name", 40),
        Field("host", 34, hint="几个单位合办的用顿号隔开。"), Field("place", 24), Field("attendance", 10),
    ), template_rows.events),
    "enterprise": Template("会员企业", (
        Field("name", 34), Field("credit_code", 22), Field("representative"), Field("chamber", 30),
        Field("chamber_post", 16, _labels(Rank.choices)), Field("joined_on", hint=_DATE),
    ), template_rows.enterprises),
}


def template(kind: str, *, scope: Scope, day: date, sender: Unit | None = None) -> bytes:
    """The template of a kind, filled with what the scope knows on `day`. Raises KeyError for a kind without one.

    Imported as it is, it changes nothing: numbers of people are left blank, and a blank never overwrites.
    """
    made, target = TEMPLATES[kind], BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_custom_property(MARK, f"{kind} {VERSION}")
    sheet = book.add_worksheet(made.title)
    _head(book, sheet, kind, made, f"填报单位：{sender.name}" if sender else "", f"截止日期：{day.isoformat()}")
    text = book.add_format({"num_format": "@", "font_name": "宋体"})
    last = FIRST
    for last, row in enumerate(made.rows(scope.on(day), day), start=FIRST):
        for place, one in enumerate(made.fields):
            value = row.get(one.name)
            if isinstance(value, int):
                sheet.write_number(last, place, value)
            elif value:
                sheet.write_string(last, place, str(value), text)
    for place, one in enumerate(made.fields):
        sheet.set_column(place, place, one.width, text)
        _guide(sheet, place, last + ROOM, one)
    book.close()
    return target.getvalue()


def _head(book: Any, sheet: Any, kind: str, made: Template, sender: str, day: str) -> None:
    """Title, who and when, headings: frozen, and repeated on each page in print."""
    title = book.add_format({"bold": True, "font_size": 16, "font_name": "宋体", "align": "center"})
    heading = book.add_format({
        "bold": True, "font_name": "宋体", "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1,
        "bg_color": "#F2F2F2",
    })
    end = len(made.fields) - 1
    sheet.merge_range(0, 0, 0, end, made.title, title)
    sheet.write_string(1, 0, sender)
    sheet.write_string(1, end, day)
    for place, one in enumerate(made.fields):
        sheet.write_string(2, place, FIELD_TITLES[kind][one.name].replace("/", ""), heading)
    sheet.set_row(2, 32)
    sheet.freeze_panes(FIRST, 1)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _guide(sheet: Any, place: int, last: int, one: Field) -> None:
    """The drop-down of a column, or the hint shown when one of its cells is entered."""
    if one.choices:
        sheet.data_validation(FIRST, place, last, place, {"validate": "list", "source": list(one.choices), "error_type": "warning"})
    elif one.hint:
        sheet.data_validation(FIRST, place, last, place, {"validate": "any", "input_title": "怎么填", "input_message": one.hint})
