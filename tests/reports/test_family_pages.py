"""The family rendered by LibreOffice: the brief on one page, also the fullest one; every kind is made into a PDF."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shanghui.reports.content import Content, Paragraph, Words
from shanghui.reports.documents.one_page import SIZES, Size, size_for
from shanghui.reports.documents.pdf import converter, to_pdf
from shanghui.reports.documents.word import to_word
from tests.reports.test_family import compiled

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")]


def pages_of(content: Content) -> int:
    """How many pages LibreOffice makes of it."""
    return len(re.findall(rb"/Type\s*/Page(?![a-z])", to_pdf(to_word(content))))


def test_the_brief_of_the_worked_city_is_one_page() -> None:
    assert pages_of(compiled("brief")) == 1


@pytest.mark.parametrize("size", SIZES[1:], ids=lambda size: str(size.letters))
def test_the_longest_brief_of_each_size_is_one_page(size: Size) -> None:
    fullest = _fullest(compiled("brief"), size)

    assert size_for(fullest) == size
    assert pages_of(fullest) == 1


def _fullest(content: Content, size: Size) -> Content:
    """With as many paragraphs of one line and a half as the size still holds."""
    place = SIZES.index(size)
    longer = content
    while (found := size_for(_with_more(longer))) is not None and SIZES.index(found) <= place:
        longer = _with_more(longer)
    return longer


def _with_more(content: Content) -> Content:
    part = content.parts[0]
    added = Paragraph((Words("各级党组织认真落实责任，推进组建、规范组织生活、抓好培训，取得85%以上的成效。"),))
    section = replace(part.sections[0], paragraphs=(*part.sections[0].paragraphs, added))
    return replace(content, parts=(replace(part, sections=(section,)), *content.parts[1:]))


@pytest.mark.parametrize("code", ["coverage-map", "chamber-archive"])
def test_tables_and_bars_become_a_pdf(code: str) -> None:
    assert pages_of(compiled(code)) >= 1
