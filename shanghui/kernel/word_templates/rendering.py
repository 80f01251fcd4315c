"""A template filled: docxtpl in a sandbox, gaps marked, and a file that Word opens without a word of complaint."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from shanghui.kernel.refusals import Refused
from shanghui.kernel.word_templates.fields import DRAWN
from shanghui.kernel.word_templates.language import Environment
from shanghui.kernel.word_templates.tidying import roots, text_of, tidied

_GAP = re.compile(r"(【待补充[^】]*】)")
_PLACE = re.compile(f"{DRAWN}([0-9]+){DRAWN}")


class Unfillable(Refused):
    """Why a template cannot be filled."""


class _Strict(DocxTemplate):  # type: ignore[misc]
    """docxtpl mends broken markup in silence; here it is a fault."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml.encode())
        return super().fix_tables(xml)


def fill(content: bytes, values: Mapping[str, Any], finish: Callable[[Any], None] | None = None) -> bytes:
    """The file's bytes. `values` come from `fields.filled`; `finish` may touch the document once more. Raises Unfillable."""
    template = _Strict(io.BytesIO(_plain(content)))
    try:
        template.render(dict(values), Environment(), autoescape=True)
    except (TemplateError, etree.XMLSyntaxError, AttributeError, TypeError, ValueError, RecursionError) as fault:
        raise Unfillable("模板填不出来：循环或条件可能跨了段落、表格。请让 for 和 endfor、if 和 endif 各自单独占一段再试") from fault
    document = template.docx
    for root in roots(document):
        _close_cells(root.element)
        _mark_gaps(root.element)
    if finish is not None:
        finish(document)
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


@lru_cache(maxsize=8)
def _plain(content: bytes) -> bytes:
    return tidied(content)[0]


def drawn_in(document: Any) -> list[tuple[Any, int]]:
    """(paragraph, number) of the pictures that a filled document asks for, in their order; the paragraph stands for the picture."""
    found = ((one, _PLACE.fullmatch(text_of(one).strip())) for one in document.element.body.iter(qn("w:p")))
    return [(one, int(place.group(1))) for one, place in found if place is not None]


def _close_cells(root: Any) -> None:
    """A cell ends with a paragraph, or Word calls the file damaged."""
    for cell in root.iter(qn("w:tc")):
        if not len(cell) or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))


def _mark_gaps(root: Any) -> None:
    """Every 【待补充】 in a run of its own, highlighted."""
    for element in [one for one in root.iter(qn("w:t")) if _GAP.search(one.text or "")]:
        run = element.getparent()
        if run.tag != qn("w:r") or len(run.findall(qn("w:t"))) != 1:
            continue
        for text in [one for one in _GAP.split(element.text) if one]:
            copied = deepcopy(run)
            written = copied.find(qn("w:t"))
            written.text = text
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(copied)
            if _GAP.match(text):
                Run(copied, None).font.highlight_color = WD_COLOR_INDEX.YELLOW  # type: ignore[arg-type]
        run.getparent().remove(run)
