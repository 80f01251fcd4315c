"""A template before it is kept: every placeholder read, every field known, every block closed; what is wrong is said with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import nsmap, qn
from lxml import etree

from shanghui.kernel.word_templates.expressions import Names, Reader
from shanghui.kernel.word_templates.fields import Field, filled, sample, tree
from shanghui.kernel.word_templates.opening import open_word
from shanghui.kernel.word_templates.rendering import Unfillable, fill
from shanghui.kernel.word_templates.tidying import BLOCK, TAG, roots, text_of, tidied

MOST_TOLD = 20
_SHOWN = 60
_CLOSES = {"endfor": "for", "endif": "if"}
_FULL_WIDTH = ("｛｛", "｝｝", "｛%", "%｝", "｛％", "％｝", "{｛", "｛{")
_ENDS = ("{{", "}}", "{%", "%}", "{#", "#}")
_MARKED = " or ".join(f"contains(., '{mark}')" for mark in ("{{", "{%", "{#"))
_STRAY = etree.XPath(f".//text()[not(parent::w:t)][{_MARKED}] | .//@*[{_MARKED}]", namespaces={"w": nsmap["w"]})
_ALONE = {"p": "段", "tr": "行", "tc": "格"}


@dataclass(frozen=True)
class Problem:
    """Why a template cannot be used: what is wrong, and the paragraph where it stands."""

    message: str
    place: str

    def __str__(self) -> str:
        return f"{self.message}（{self.place}）"


@dataclass(frozen=True)
class Checked:
    """What a check found. `used`: the codes of the fields that the template names."""

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    used: frozenset[str]


@dataclass
class _Open:
    """A block that is not closed yet, with the names that held before it."""

    keyword: str
    level: str
    paragraph: Any
    before: Names
    place: str


def check(content: bytes, fields: Sequence[Field]) -> Checked:
    """Reads a template that `opening.look_at` took in, and tries it with sample values and with empty lists."""
    plain, changed = tidied(content)
    document = open_word("模板", plain)
    reader = Reader(tree(fields))
    problems = [one for root in roots(document) for one in _problems(root.title, root.element, reader)]
    if not problems:
        problems += _trial(content, fields)
    warnings = (
        *(["模板里有修订或批注，按“全部接受”处理，批注不印出来。"] if changed else []),
        *([] if reader.used or problems else ["模板里没有一个字段，填出来每份都一样。如果不是有意的，请从“字段”页复制字段放进去。"]),
    )
    return Checked(tuple(problems[:MOST_TOLD]), warnings, frozenset(reader.used))


def _trial(content: bytes, fields: Sequence[Field]) -> Iterator[Problem]:
    for values in (sample(fields), {}):
        try:
            fill(content, filled(fields, values))
        except Unfillable as fault:
            yield Problem(str(fault), "全文")
            return


def _problems(title: str, root: Any, reader: Reader) -> Iterator[Problem]:
    names: Names = {}
    stack: list[_Open] = []
    for paragraph in root.iter(qn("w:p")):
        text = text_of(paragraph)
        place = f"{title}：“{_short(text)}”"
        for message in _braces(text):
            yield Problem(message, place)
        for tag in TAG.findall(text):
            if title == "尾注":
                yield Problem("尾注里不能放字段，请改放到正文或脚注", place)
            elif tag.startswith("{{"):
                for message in reader.printed(tag, names):
                    yield Problem(message, place)
                if reader.draws(tag, names) and (title != "正文" or text.strip() != tag.strip()):
                    yield Problem("图要放在正文里，单独占一段，同一段里不能有别的字", place)
            elif tag.startswith("{%"):
                names, messages = _block(tag, paragraph, names, stack, reader, place)
                for message in messages:
                    yield Problem(message, place)
    for one in stack:
        yield Problem(f"“{one.keyword}”没有结束，后面缺一个 {{% end{one.keyword} %}}", one.place)
    yield from _elsewhere(title, root)


def _block(
    tag: str, paragraph: Any, names: Names, stack: list[_Open], reader: Reader, place: str
) -> tuple[Names, list[str]]:
    """The names that hold after a block tag, and what is wrong with it."""
    found = BLOCK.match(tag)
    level, keyword = (found.group(1) or "", found.group(2)) if found else ("", "")
    said = _alone(level, tag, paragraph) if level else []
    if keyword in ("for", "if"):
        inner, messages = reader.opened(tag, keyword, names)
        stack.append(_Open(keyword, level, paragraph, names, place))
        return inner, said + messages
    if keyword in ("elif", "else", *_CLOSES):
        wanted = _CLOSES.get(keyword, "if" if keyword == "elif" else "")
        if not stack or (wanted and stack[-1].keyword != wanted):
            return names, [*said, f"多了一个“{keyword}”，前面没有和它成对的 {wanted or 'if'}"]
        said += _same_level(stack[-1], level, paragraph, keyword)
        said += reader.asked(tag, names) if keyword == "elif" else []
        return (stack.pop().before if keyword in _CLOSES else names), said
    return names, [*said, f"不认识“{_short(tag)}”。模板里只能用 for、endfor、if、elif、else、endif"]


def _alone(level: str, tag: str, paragraph: Any) -> list[str]:
    """A tag that stands for its paragraph, row or cell takes everything else in it along."""
    tags = {"p": qn("w:p"), "tr": qn("w:tr"), "tc": qn("w:tc")}
    holder = paragraph if level == "p" else next(paragraph.iterancestors(tags[level]), None)
    if holder is None:
        return [f"“{{%{level}”要放在表格里"]
    whole = text_of(paragraph) if level == "p" else "".join(text_of(one) for one in holder.iter(qn("w:p")))
    if whole.strip() != tag.strip():
        return [f"“{_short(tag)}”要单独占一{_ALONE[level]}，同一{_ALONE[level]}里别的字会丢掉"]
    return []


def _same_level(opened: _Open, level: str, paragraph: Any, keyword: str) -> list[str]:
    """A block begins and ends at one level: both within a paragraph, or both alone, in the same place of the text or table."""
    if level == opened.level:
        holders = {"": (paragraph, opened.paragraph), "p": (paragraph.getparent(), opened.paragraph.getparent())}
        table = [next((one.getparent() for one in each.iterancestors(qn(f"w:{level}"))), None) for each in (paragraph, opened.paragraph)] \
            if level in ("tr", "tc") else holders[level]
        if table[0] is table[1]:
            return []
    return [f"“{opened.keyword}”和“{keyword}”要么在同一段里，要么各自单独占一段（表格里各自单独占一行），而且在同一个表格里"]


def _braces(text: str) -> list[str]:
    if any(one in text for one in _FULL_WIDTH):
        return ["花括号或百分号是全角的。请换成英文输入法的 {{ }} 或 {% %}"]
    rest = TAG.sub("", text)
    return ["花括号不成对，“{{”要有“}}”，“{%”要有“%}”，而且在同一段里"] if any(one in rest for one in _ENDS) else []


def _elsewhere(title: str, root: Any) -> Iterator[Problem]:
    """Placeholders where nothing is filled in: names of pictures, formulas, instructions of fields."""
    for text in _STRAY(root):
        yield Problem("字段写在了图片说明、公式或域里，这里填不了。请放到普通文字里", f"{title}：“{_short(str(text))}”")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
