"""Which fields a report or a paper offers to a template, and what they say: read from what is compiled, never asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shanghui.cases import paper_facts
from shanghui.cases.file import File
from shanghui.cases.letters import Letter
from shanghui.cases.registry import Kind
from shanghui.indicators.registry import registry as indicators
from shanghui.kernel.rates import Rate
from shanghui.kernel.word_templates.fields import Blank, Field, name_of
from shanghui.reports.content import Bars, Block, Content, Table, chinese_day, is_salutation
from shanghui.reports.documents.layout import HEADING, SUBHEADING
from shanghui.reports.documents.letter import face_of, title_lines

Counts = Mapping[str, tuple[int, int | None]]
"""{code of an indicator: (numerator, denominator or None)}."""
TEXT = (Field("text", "文字"),)
CELLS = (Field("cells", "各格", of=TEXT),)
CHART = Field("chart", "图（单独占一段）", drawn=True)
BLOCK = (
    Field("text", "这一段的文字"), Field("own", "是自己写的一段", flag=True), Field("is_salutation", "是称呼“各位代表：”", flag=True),
    Field("is_table", "是一张表", flag=True), Field("title", "表或图的标题"),
    Field("head", "表头各格", of=TEXT), Field("rows", "表的各行", of=CELLS), Field("is_chart", "是一张图", flag=True), CHART,
)
CHARTS = Field("charts", "各张图", of=(Field("title", "图的标题"), CHART))
_REPORT = (
    Field("title", "标题"), Field("title_lines", "标题各行", of=TEXT), Field("unit", "单位"), Field("issuer", "署名"), Field("as_at", "数据截至"),
    Field("made_on", "成文日期"), Field("opening", "开头各段", of=BLOCK),
    Field("parts", "各部分", of=(
        Field("heading", "一级标题"), Field("sections", "各节", of=(Field("heading", "二级标题"), Field("paragraphs", "各段", of=BLOCK))),
    )),
    CHARTS, Field("notes", "附注各条", of=TEXT),
)
_LETTER = (
    Field("title", "标题"), Field("title_lines", "标题各行", of=TEXT), Field("number", "文号"), Field("to", "主送机关"),
    Field("paragraphs", "正文各段", of=(
        Field("text", "这一段的文字"), Field("is_heading", "是“一、”一级标题", flag=True), Field("is_subheading", "是“（一）”二级标题", flag=True),
        Field("is_salutation", "是称呼“各位代表：”", flag=True),
    )),
    Field("table_head", "表头各格", of=TEXT), Field("table", "表的各行", of=CELLS), Field("annexes", "附件说明各行", of=TEXT),
    Field("issuer", "署名"), Field("day", "成文日期"),
)


def report_fields(content: Content | None) -> tuple[Field, ...]:
    """The fields of a report: those of every report, its sections one by one, every indicator. `content`: one compiled, for its sections."""
    sections = [one for part in content.parts for one in part.sections] if content else []
    return (
        *_REPORT,
        *(field for one in sections for field in _section_fields(f"sections.{name_of(one.code)}", one.heading)),
        *(field for one in indicators for field in _figure_fields(one.code, one.title)[: 3 if one.is_rate else 1]),
    )


def _section_fields(begins: str, heading: str) -> Iterable[Field]:
    return Field(f"{begins}.heading", f"{heading}：标题"), Field(f"{begins}.paragraphs", f"{heading}：各段", of=BLOCK)


def _figure_fields(code: str, title: str) -> tuple[Field, Field, Field]:
    """The figure as a report says it; of a rate also its two counts."""
    begins = f"figures.{'.'.join(name_of(part) for part in code.split('.'))}"
    return Field(f"{begins}.text", title), Field(f"{begins}.numerator", f"{title}：分子"), Field(f"{begins}.denominator", f"{title}：分母")


def report_values(content: Content, *, unit: str, counts: Counts) -> dict[str, Any]:
    """What a compiled report says, by the codes of its fields."""
    charts = charts_of(content)
    found: dict[str, Any] = {
        "charts": [{"title": one.title, "chart": place} for place, one in enumerate(charts, start=1)],
        "title": "".join(content.title), "title_lines": _texts(content.title), "unit": unit, "issuer": content.issuer,
        "as_at": chinese_day(content.as_at), "made_on": chinese_day(content.made_on), "opening": _blocks(content.opening, charts),
        "parts": [
            {"heading": part.heading, "sections": [{"heading": one.heading, "paragraphs": _blocks(one.paragraphs, charts)} for one in part.sections]}
            for part in content.parts
        ],
        "notes": _texts(content.notes),
    }
    for section in content.sections():
        begins = f"sections.{name_of(section.code)}"
        found |= {f"{begins}.heading": section.heading, f"{begins}.paragraphs": _blocks(section.paragraphs, charts)}
    for code, (numerator, denominator) in counts.items():
        text, whole, part = (one.code for one in _figure_fields(code, ""))
        rate = Rate(numerator, denominator) if denominator is not None else None
        found |= {text: rate.short_percent() if rate else str(numerator), whole: str(numerator), part: "" if denominator is None else str(denominator)}
    return found


def charts_of(content: Content) -> list[Bars]:
    """The charts of a report in their order: a template holds the place of one by its number, from 1."""
    return [one for section in content.sections() for one in section.paragraphs if isinstance(one, Bars)]


def _blocks(blocks: Iterable[Block], charts: Sequence[Bars]) -> list[dict[str, Any]]:
    return [_block(one, charts) for one in blocks if isinstance(one, Bars) or one.text]


def _block(one: Block, charts: Sequence[Bars]) -> dict[str, Any]:
    """A paragraph, a table or a chart; what the one has, the others leave blank without a gap."""
    found: dict[str, Any] = {"text": Blank(""), "title": Blank(""), "own": one.own}
    if isinstance(one, Bars):
        return found | {"is_chart": True, "title": one.title, "chart": charts.index(one) + 1}
    if isinstance(one, Table):
        rows = [{"cells": _texts(row)} for row in one.texts[1:]]
        return found | {"is_table": True, "title": one.title or Blank(""), "head": _texts(one.heads), "rows": rows}
    return found | {"text": one.text, "is_salutation": is_salutation(one.text)}


def paper_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields of a paper of a kind of case: the letter as it is drafted, and the facts of the case one by one."""
    return (*_LETTER, *(Field(f"facts.{code}", title) for code, title in paper_facts.declared(kind)))


def paper_values(letter: Letter, file: File, shown: Mapping[str, str]) -> dict[str, Any]:
    """What a paper says. `shown`: facts about the person as whoever makes the paper sees them, in place of those of the file."""
    head, *rows = letter.table or ((),)
    facts = {f"facts.{code}": text for code, text in {**paper_facts.values(file), **shown}.items()}
    return letter_values(letter, head, rows) | facts


def letter_values(letter: Letter, head: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What the letter itself says."""
    many = len(letter.annexes) > 1
    return {
        "title": letter.title, "title_lines": _texts(title_lines(letter.title)), "number": letter.number, "to": letter.to, "issuer": letter.issuer,
        "day": chinese_day(letter.day) if letter.day else "", "table_head": _texts(head), "table": [{"cells": _texts(row)} for row in rows],
        "paragraphs": [
            {
                "text": one, "is_heading": face_of(one) == HEADING, "is_subheading": face_of(one) == SUBHEADING,
                "is_salutation": is_salutation(one),
            }
            for one in letter.paragraphs
        ],
        "annexes": _texts(f"{'附件：' if not place else '　　　'}{f'{place + 1}．' if many else ''}{name}" for place, name in enumerate(letter.annexes)),
    }


def _texts(texts: Iterable[str]) -> list[dict[str, str]]:
    return [{"text": one} for one in texts]
