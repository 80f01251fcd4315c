"""A receiver's layout as data: what a row is, and where each column comes from. Read and written as JSON; knows no database (M49).

A column's `source`: «number» counts the rows; «fixed:TEXT» says TEXT; «column:KEY» is a column of the ledger; «figure:CODE», «figure:CODE:denominator» and
«figure:CODE:rate» are figures of the row's federation; «asked» is what no ledger holds: asked for once, kept, and used again next time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shanghui.kernel.refusals import Refused

FORMAT = 1
MOST_COLUMNS = 120
NODES = "nodes"
"""What stands for `rows` where a row is a federation: the unit itself, then those directly below it."""
_CODE = re.compile(r"^[a-z][a-z0-9_-]{1,39}$")
_SOURCE = re.compile(r"^(number|asked|fixed:.*|column:[a-z_]+|figure:[a-z_.0-9]+(:denominator|:rate)?)$", re.DOTALL)
RESERVED = {"kept", "burden", "new", "import"}
"""What stands in addresses beside the codes of layouts."""
DATES = {"": "不变", "ymd": "20220630", "ym": "2022-06", "y": "2022"}


class NotALayout(Refused):
    """What is wrong with a layout, and where."""


@dataclass(frozen=True)
class Heading:
    """A column. `codes`: {the ledger's word: the receiver's code}; `dates`: how a date is written; `required`: a blank is told."""

    title: str
    source: str
    codes: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    required: bool = False

    @property
    def kind(self) -> str:
        """number, asked, fixed, column or figure."""
        return self.source.partition(":")[0]

    @property
    def about(self) -> str:
        """What follows the kind: the text, the column's key, the figure."""
        return self.source.partition(":")[2]

    def written(self, value: Any) -> Any:
        """A value as the receiver writes it."""
        if value in ("", None):
            return ""
        if self.codes and str(value) in self.codes:
            return self.codes[str(value)]
        return _date(str(value), self.dates) if self.dates else value


@dataclass(frozen=True)
class Layout:
    """`rows`: the indicator whose records are the rows, or «nodes». `year`: 0 when it holds for any year."""

    code: str
    title: str
    receiver: str
    rows: str
    columns: tuple[Heading, ...]
    year: int = 0
    note: str = ""

    def document(self) -> dict[str, Any]:
        """As the file holds it."""
        return {
            "format": FORMAT, "code": self.code, "title": self.title, "receiver": self.receiver, "year": self.year, "rows": self.rows, "note": self.note,
            "columns": [
                {"title": one.title, "source": one.source}
                | ({"codes": dict(one.codes)} if one.codes else {}) | ({"dates": one.dates} if one.dates else {})
                | ({"required": True} if one.required else {})
                for one in self.columns
            ],
        }

    def text(self) -> str:
        """The file."""
        return json.dumps(self.document(), ensure_ascii=False, indent=1)


def _date(text: str, how: str) -> str:
    parts = text.split("-")
    if not parts[0].isdigit():
        return text
    return {"ymd": "".join(parts), "ym": "-".join(parts[:2]), "y": parts[0]}[how]


def read_layout(content: bytes | str) -> Layout:
    """A layout from its file. Raises NotALayout naming the place."""
    try:
        document = json.loads(content.decode("utf-8-sig") if isinstance(content, bytes) else content)
    except (ValueError, RecursionError) as fault:
        raise NotALayout("这不是版式文件（JSON），或者已经损坏。请重新导出。") from fault
    return layout_of(document)


def layout_of(document: Any) -> Layout:
    """A layout from its document. Raises NotALayout naming the place."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotALayout("版式文件的格式不认识。请双方都升级到同一版本。")
    code, title, rows, receiver, note = (_text(document, key, "版式") for key in ("code", "title", "rows", "receiver", "note"))
    if not _CODE.match(code):
        raise NotALayout(f"版式代码“{code}”不行：用小写字母开头，只用小写字母、数字、- 和 _，2 到 40 个。")
    if not title or len(title) > 80:
        raise NotALayout("版式名称要写，80 字以内。")
    listed = document.get("columns")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_COLUMNS:
        raise NotALayout(f"版式要有 1 到 {MOST_COLUMNS} 列。")
    year = document.get("year", 0)
    if not isinstance(year, int) or not (year == 0 or 1990 <= year <= 2200):
        raise NotALayout("年度写成四位数字，任何年度都用的写 0。")
    columns = tuple(_heading(place, one) for place, one in enumerate(listed, start=1))
    return Layout(code, title, receiver[:80], rows, columns, year, note[:300])


def _text(document: Mapping[str, Any], key: str, where: str) -> str:
    """What is written under a key; nothing for null. Raises NotALayout for what is no text, or has signs that cannot be shown."""
    text = document.get(key)
    if text is not None and not isinstance(text, str):
        raise NotALayout(f"{where}的“{key}”要写成文字。")
    if text and not text.replace("\n", " ").isprintable():
        raise NotALayout(f"{where}的“{key}”里有看不见的字符，请删去再导入。")
    return (text or "").strip()


def refuse_awkward(layout: Layout) -> None:
    """Raises NotALayout for a code that addresses need, and for two columns of one title: what is supplied, and what is compared, goes by it."""
    if layout.code in RESERVED:
        raise NotALayout(f"版式代码“{layout.code}”是平台自己用的，请换一个。")
    places: dict[str, int] = {}
    for place, one in enumerate(layout.columns, start=1):
        if one.title in places:
            raise NotALayout(f"第{places[one.title]}列和第{place}列都叫“{one.title}”。请改成两个名称，比如“{one.title}（二）”。")
        places[one.title] = place


def _heading(place: int, document: Any) -> Heading:
    where = f"第{place}列"
    if not isinstance(document, dict):
        raise NotALayout(f"{where}写得不对。")
    title, source, dates = (_text(document, key, where) for key in ("title", "source", "dates"))
    codes = document.get("codes", {})
    if not title or len(title) > 60:
        raise NotALayout(f"{where}要有标题，60 字以内。")
    if not _SOURCE.match(source):
        raise NotALayout(f"{where}“{title}”的来源“{source}”不认识。")
    if dates not in DATES:
        raise NotALayout(f"{where}“{title}”的日期写法“{dates}”不认识。")
    if not isinstance(codes, dict) or not all(
        isinstance(text, str) and text.isprintable() for pair in codes.items() for text in pair
    ):
        raise NotALayout(f"{where}“{title}”的代码表写得不对。")
    return Heading(title, source, codes, dates, bool(document.get("required", False)))
