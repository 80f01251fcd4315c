"""Everyday papers that can have a template: the letter of introduction, the sheet to sign, the record of a meeting, the month of a guide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from shanghui.kernel.word_templates.fields import Blank, Field
from shanghui.reports.content import chinese_day
from shanghui.reports.documents.introduction import Introduction, introduction_to_word
from shanghui.reports.documents.meeting import record_to_word, sheet_to_word
from shanghui.reports.documents.shipped_forms import shipped_introduction, shipped_month, shipped_record, shipped_sheet
from shanghui.reports.documents.visit_month import month_to_word
from shanghui.reports.meetings import Heading, MeetingRecord, SignInSheet
from shanghui.reports.visit_months import ChamberMonth, VisitLine, VisitMonth

Content = Introduction | SignInSheet | MeetingRecord | VisitMonth
TEXT = (Field("text", "文字"),)
PAIR = (Field("label", "名目"), Field("text", "内容"))
_MEETING = (
    Field("title", "活动名称"), Field("kind", "活动类型"), Field("host", "主办"), Field("day", "日期"), Field("details", "时间、地点等各项", of=PAIR),
)
_VISIT = (
    Field("day", "走访日期"), Field("told", "这次走访一句话"), Field("met", "见到谁"), Field("missing", "还差什么"), Field("agreed", "说定什么"),
    Field("help_wanted", "要上级帮什么"), Field("next_on", "下次什么时候"),
)
_CHAMBER = (Field("name", "商会"), Field("standing", "月末情况"), Field("visits", "各次走访", of=_VISIT), Field("changes", "台账变化各条", of=TEXT))
PARTS = Field("parts", "各部分", of=(Field("heading", "带序号的标题"), Field("lines", "各段", of=TEXT)))


@dataclass(frozen=True)
class Form:
    """One kind: its fields, the template that comes with the platform, the layout used without one, what a filled one says.

    `named`: (title, issuer) for the properties of the file.
    """

    code: str
    title: str
    fields: tuple[Field, ...]
    shipped: Callable[[], bytes]
    plain: Callable[[Any], bytes]
    values: Callable[[Any], dict[str, Any]]
    named: Callable[[Any], tuple[str, str]]


def _of_sheet(content: SignInSheet) -> dict[str, Any]:
    rows = [{"number": number, "name": name or Blank(""), "remark": remark or Blank("")} for number, name, remark in content.rows]
    return _of_heading(content.heading, content.heading.facts) | {"rows": rows, "note": content.note or Blank("")}


def _of_record(content: MeetingRecord) -> dict[str, Any]:
    items = [{name: text or Blank("") for name, text in asdict(one).items()} for one in content.items]
    return _of_heading(content.heading, content.facts) | {
        "counts": content.counts, "people": _pairs(one for one in content.people if one[1]), "items": items,
        "minutes": _texts(content.minutes), "parts": _parts(content.parts), "to_sign": content.to_sign,
    }


def _of_heading(heading: Heading, facts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        "title": heading.title, "kind": heading.kind, "host": heading.issuer, "day": chinese_day(heading.day),
        "details": _pairs(one for one in facts if one[1]),
    }


def _of_month(content: VisitMonth) -> dict[str, Any]:
    return {
        "title": content.title, "guide": content.guide, "office": content.office, "month": f"{content.first.year}年{content.first.month}月",
        "as_at": chinese_day(content.last), "summary": content.summary, "parts": _parts(content.parts), "origin": content.origin,
        "visited": [_of_chamber(one) for one in content.visited], "unvisited": [_of_chamber(one) for one in content.unvisited],
    }


def _of_chamber(one: ChamberMonth) -> dict[str, Any]:
    return {"name": one.name, "standing": one.standing, "visits": [_of_visit(each) for each in one.visits], "changes": _texts(one.changes)}


def _of_visit(one: VisitLine) -> dict[str, Any]:
    wanted = {name: getattr(one, name) or Blank("") for name in ("met", "missing", "agreed", "help_wanted")}
    return wanted | {"day": chinese_day(one.day), "told": one.told, "next_on": chinese_day(one.next_on) if one.next_on else Blank("")}


def _parts(parts: Iterable[tuple[str, Iterable[str]]]) -> list[dict[str, Any]]:
    return [{"heading": heading, "lines": _texts(lines)} for heading, lines in parts]


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "text": text} for label, text in pairs]


def _texts(texts: Iterable[str]) -> list[dict[str, str]]:
    return [{"text": one} for one in texts]


forms = (
    Form(
        "introduction", "组织关系介绍信",
        (
            Field("number", "编号"), Field("name", "姓名"), Field("gender", "性别"), Field("age", "年龄"), Field("ethnicity", "民族"),
            Field("category", "正式党员或者预备党员"), Field("id_number", "公民身份号码（遮住中间几位）"), Field("origin", "从哪里转出"),
            Field("destination", "转到哪里"), Field("issuer", "开信单位"), Field("day", "开信日期"), Field("dues_until", "党费交至年月"),
            Field("valid_days", "有效期天数"), Field("until", "有效期到哪一天"), Field("replaces", "代替哪一封（重开的才有，整句）"),
        ),
        shipped_introduction, introduction_to_word, lambda one: asdict(one) | {"replaces": one.replaces or Blank("")},
        lambda one: (f"组织关系介绍信{one.number}", one.issuer),
    ),
    Form(
        "sign-in", "签到表",
        (*_MEETING, Field("rows", "签到各行", of=(Field("number", "序号"), Field("name", "姓名"), Field("remark", "备注"))), Field("note", "表下的说明")),
        shipped_sheet, sheet_to_word, _of_sheet, lambda one: (f"{one.heading.title}签到表", one.heading.issuer),
    ),
    Form(
        "record", "会议记录",
        (
            *_MEETING, Field("counts", "到会情况"), Field("people", "到会、请假、未到、列席的人", of=PAIR),
            Field("items", "各项议程", of=(
                Field("topic", "议题"), Field("decision", "决定"), Field("votes", "表决"), Field("next_step", "谁负责、什么时候办完"),
            )),
            Field("minutes", "会议记录各段", of=TEXT), PARTS, Field("to_sign", "签名的一行"),
        ),
        shipped_record, record_to_word, _of_record, lambda one: (f"{one.heading.title}记录", one.heading.issuer),
    ),
    Form(
        "visit-month", "走访月报",
        (
            Field("title", "标题"), Field("guide", "指导员、联络员"), Field("office", "单位"), Field("month", "月份"), Field("as_at", "数据截至"),
            Field("summary", "开头一句"), Field("visited", "走访了的商会", of=_CHAMBER), Field("unvisited", "没有走访的商会", of=_CHAMBER), PARTS,
            Field("origin", "末尾的说明"),
        ),
        shipped_month, month_to_word, _of_month, lambda one: (one.title, one.office),
    ),
)
