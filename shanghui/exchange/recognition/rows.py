"""What each row below a header is: a record, a section, a total, a printed header again, a note, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from shanghui.exchange.recognition.cleaning.plain import visible

TOTAL = re.compile(r"^[（(]?(?:本页|本月|全市|全县|全区|以上)?(?:小\s*计|合\s*计|总\s*计|共\s*计|累\s*计|总\s*数)")
_OF_WHICH = re.compile(r"^[（(]?其\s*中\s*[:：]")
NOTE = re.compile(
    r"^(?:注|备\s*注|说\s*明|填[表报写]说明|注意事项|单位负责人|主要负责人|分管领导|填[表报]人|审[核批]人?|制表人?|联系人|负责人|"
    r"填报单位|填[表报]日期|填[表报]时间|报送单位|本表|经办人|党组织意见|\*)(?:[\s:：\d(（、.．签]|$|[^\s]{6,})"
)
_RATE = re.compile(r"(?:率|占比|比例|比重|百分比|平均数?|均值|同比|环比)[:：]?$")
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[)）、.．]|第[一二三四五六七八九十]+[、部]|\d{1,2}(?:[、．]|\.(?!\d)))\s*"
)
_COLUMN_NUMBER = re.compile(r"^(?:[(（]?\d{1,2}[)）]?(?:\.0)?|[甲乙丙丁戊己庚辛壬癸]|[A-Z]|栏次|列次)$")
_SAMPLE = re.compile(r"^[(（]?(?:填写)?(?:例|示例|样例|范例|举例|例如|样表|案例)[)）]?[:：]?\d?$")
_SAMPLE_NAME = re.compile(r"[(（](?:示例|样例|范例|举例|例)[)）]$|^(?:示例|样例|范例)[:：]")
_GUIDANCE = re.compile(r"^(?:填[写表报](?:说明|要求|规范|格式)|说明|要求|格式|是否必填|数据格式)[:：]?$")
_HOW_TO = re.compile(
    r"^(?:必填|选填|可选|可不填|非必填|自动生成|无需填写|下拉选择)$|^(?:如[:：]?|例[:：]|请|填写|格式)|^[(（].*[)）]$|\d{2}位|[\u4e00-\u9fff]/[\u4e00-\u9fff]"
)
_GUIDED = 4
_COUNTED = re.compile(r"[（(:：]?\s*(?:共|合计)?\s*(\d+)\s*([人名家户个])\s*[)）]?\s*$")
_NAME = re.compile(r"(?:公司|集团|商会|协会|联合会|支部|总支|党委|[厂店社行部会院所校])$|^[\u4e00-\u9fff·]{2,4}$")
_LABEL = re.compile(r"^[^：:]{0,6}(?:名称|单位|支部|商会|党组织|县区|县|区)[：:](?=.)")
_ORDINAL = re.compile(r"^[一二三四五六七八九十]+$")
_SLOW = frozenset("其小合总共累本注备说填单审制联负报经主分（(*以全党 　")
_FAMILY_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,4}$")
_LONG = 44


@dataclass
class Section:
    """A row that names what the rows below it belong to."""

    row: int
    text: str
    stated: int | None
    column: int


@dataclass
class Sorted:
    """The rows of a body by what they are; `section_of` runs along `data`."""

    data: list[int] = field(default_factory=list)
    section_of: list[Section | None] = field(default_factory=list)
    sections: list[tuple[Section, int]] = field(default_factory=list)
    totals: list[tuple[int, int]] = field(default_factory=list)
    others: list[tuple[int, str]] = field(default_factory=list)


def sort_rows(
    rows: list[list[Any]],
    start: int,
    end: int,
    columns: Mapping[int, str | None],
    key: int,
    header: list[Any],
    spanning: Mapping[int, int],
    printed: Set[int] = frozenset(),
) -> Sorted:
    """Sorts rows[start:end]. `key`: the column that names a record; `spanning`: {row: columns its widest merge covers};
    `printed`: rows of a header (and title) printed again.

    A section or a total is kept with the number of records before it.
    """
    found = Sorted()
    section: Section | None = None
    named = [column for column, name in columns.items() if name]
    data, section_of, plain_from = found.data, found.section_of, start + _GUIDED
    for index in range(start, end):
        row = rows[index]
        if index >= plain_from and _is_plain(row, key, header) and index not in printed:
            data.append(index)
            section_of.append(section)
            continue
        filled = [(column, value) for column, value in enumerate(row) if value != "" and value is not None]
        if not filled:
            continue
        if index in printed:
            found.others.append((index, "重复的表头"))
            continue
        if index < plain_from and _is_guidance(row, filled, key):
            found.others.append((index, "填写说明或示例"))
            continue
        why = _why(row, filled, key, named, header, spanning.get(index, 1))
        if (
            why == "data"
            and len(filled) == 1
            and data
            and data[-1] < index - 1
            and not _NAME.search(visible(filled[0][1]))
        ):
            why = "表末说明"
        if why == "data":
            data.append(index)
            section_of.append(section)
        elif why == "section":
            section = _section(index, filled)
            found.sections.append((section, len(found.data)))
            found.others.append((index, "分段行"))
        elif why == "total":
            found.totals.append((index, len(found.data)))
            found.others.append((index, "合计行"))
        else:
            found.others.append((index, why))
    return found


def _at(row: list[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""


def _is_plain(row: list[Any], key: int, header: list[Any]) -> bool:
    """A row that a quick look takes for a record: well filled, and nothing before its name begins like a total or a note."""
    if len(row) - row.count("") < 4:
        return False
    for column in range(key + 1):
        value = row[column]
        if value.__class__ is str and value[:1] in _SLOW:
            named = column == key and _FAMILY_NAME.match(value) and not TOTAL.match(value)
            if not named:
                return False
    return row[key] != "" and row[key] is not None and row[key] != header[key]


def _is_guidance(row: list[Any], filled: list[tuple[int, Any]], key: int) -> bool:
    """Column numbers, a sample, or what to write in each column: rows just below a header."""
    texts = [visible(value) for _, value in filled]
    if _SAMPLE_NAME.search(visible(_at(row, key))):
        return True
    if _SAMPLE.match(texts[0]) or (_GUIDANCE.match(texts[0]) and len(filled) > 3):
        return True
    if len(filled) >= 3 and all(_COLUMN_NUMBER.match(text) for text in texts) and _at(row, key) not in ("", None):
        return True
    return len(filled) >= 3 and sum(1 for text in texts if _HOW_TO.search(text)) * 2 > len(filled)


def _why(
    row: list[Any], filled: list[tuple[int, Any]], key: int, named: list[int], header: list[Any], span: int
) -> str:
    texts = [(column, visible(value)) for column, value in filled]
    if any(TOTAL.match(text) for _, text in texts[:3]):
        return "total"
    if any(_OF_WHICH.match(text) for _, text in texts[:3]):
        return "其中几个的合计行"
    if NOTE.match(texts[0][1]) and len(filled) <= 3 and (len(texts[0][1]) > 4 or len(filled) == 1):
        return "表末说明"
    if sum(1 for column, value in filled if column < len(header) and value == header[column]) * 2 > len(filled) > 1:
        return "重复的表头"
    if len(filled) == 1:
        return _lone(texts[0][0], texts[0][1], key, named, span)
    if len(filled) == 2 and _ORDINAL.match(texts[0][1]) and not _ORDINAL.match(texts[1][1]):
        return "section"
    known = [column for column, _ in filled if column in named]
    if key not in known and _RATE.search(texts[0][1]):
        return "比率行"
    if key in known or (len(known) >= 2 and not any(mark in texts[0][1] for mark in ":：")):
        return "data"
    return "没有名称的行" if known else "不在列内的文字"


def _lone(column: int, text: str, key: int, named: list[int], span: int) -> str:
    if text.replace(".", "").isdigit():
        return "只有序号的空行"
    if len(text) > _LONG or (len(text) > 12 and text[0].isdigit() and _NUMBERED.match(text)):
        return "表末说明"
    if column == key and span <= 2 and not _NUMBERED.match(text) and not _COUNTED.search(text) and len(named) > 1:
        return "section" if re.search(r"(支部|总支|党委)$", text) and len(text) > 5 else "data"
    return "section"


def _section(index: int, filled: list[tuple[int, Any]]) -> Section:
    column, value = filled[-1]
    text = "".join(visible(value).split())
    counted = _COUNTED.search(text)
    stated = int(counted.group(1)) if counted else None
    if counted and counted.start() > 0:
        text = text[: counted.start()]
    text = _LABEL.sub("", _NUMBERED.sub("", text)).strip("：:")
    return Section(index, text, stated, column)
