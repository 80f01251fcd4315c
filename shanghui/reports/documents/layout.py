"""The measures of GB/T 9704-2012 (regulations §8.4) and the ways to reach them in Word."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

PAGE = (Mm(210), Mm(297))
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
CHARACTERS, LINES = 28, 22
LINE = Pt(28.95)
"""The pitch of 22 lines on 225 mm."""
CHARACTER = 15.75
"""Points from character to character: 16 pt less the spacing, 28 of them on 156 mm."""
TIGHTER = -0.25
FOOTER = Mm(25)
"""The page number's dash then stands 7 mm below the text area."""


@dataclass(frozen=True)
class Face:
    """A type face by its official name and its size in points."""

    name: str
    size: float = 16


TITLE = Face("方正小标宋简体", 22)
HEADING = Face("黑体")
SUBHEADING = Face("楷体_GB2312")
BODY = Face("仿宋_GB2312")
PAGE_NUMBER = Face("宋体", 14)


def set_face(properties: Any, face: Face, spacing: float = TIGHTER) -> None:
    """Font for every script, size and spacing of a run or style (its rPr). The hint makes “ ” as wide as a character."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face.name)
    fonts.set(qn("w:hint"), "eastAsia")
    for tag, value in (("w:spacing", round(spacing * 20)), ("w:sz", round(face.size * 2)), ("w:szCs", round(face.size * 2))):
        _set(properties, tag, value)


def _set(properties: Any, tag: str, value: int) -> None:
    for old in properties.findall(qn(tag)):
        properties.remove(old)
    properties.append(_element(tag, val=str(value)))


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def set_grid(section: Any) -> None:
    """The line grid: 22 lines a page. A grid of characters too is read differently by different programs."""
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_element("w:docGrid", type="lines", linePitch=str(round(LINE.pt * 20))))


def set_language(properties: Any) -> None:
    """Chinese for Chinese; Latin stays English, or a line would break between 85 and %."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))


def leave_grid(paragraph: Any) -> None:
    """Lines have an exact pitch already; snapped to the grid too, the line of a title would be twice as high."""
    following = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(_element("w:snapToGrid", val="0"), *following)


def clear_indent(paragraph: Any) -> None:
    """No indent that stands at the paragraph itself."""
    found = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    for name in list(found.attrib) if found is not None else ():
        del found.attrib[name]


def indent(paragraph: Any, **characters: float) -> None:
    """Indents in characters (`firstLine`, `left`, `right`), with the length for programs that read only lengths."""
    properties = paragraph._p.get_or_add_pPr()
    found = properties.get_or_add_ind()
    for name, count in characters.items():
        found.set(qn(f"w:{name}Chars"), str(round(count * 100)))
        found.set(qn(f"w:{name}"), str(round(count * CHARACTER * 20)))


def field(run: Any, instruction: str) -> None:
    """A field (PAGE) in a run."""
    for tag, content in (("begin", None), (None, instruction), ("end", None)):
        if tag:
            run._r.append(_element("w:fldChar", fldCharType=tag))
        else:
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = content
            run._r.append(text)


def width(text: str) -> float:
    """The width in characters: a Latin letter or digit takes half of one."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


def printable(text: str) -> str:
    """Without control characters, which a Word file cannot hold."""
    return "".join(one for one in text if one in "\t\n" or unicodedata.category(one) not in ("Cc", "Cs"))
