"""Reports and papers as Word: by the template in force, otherwise in the layout of the platform (M43)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from docx.oxml.ns import qn

from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.cases.file import File
from shanghui.cases.letters import Letter
from shanghui.cases.registry import Paper
from shanghui.indicators.queries import figures
from shanghui.kernel.word_templates.fields import filled, sample
from shanghui.kernel.word_templates.rendering import drawn_in, fill
from shanghui.reports.content import Bars, Content
from shanghui.reports.documents.layout import printable
from shanghui.reports.documents.letter import letter_to_word
from shanghui.reports.documents.one_page import fit
from shanghui.reports.documents.shipped import finish
from shanghui.reports.documents.tables import add_bars
from shanghui.reports.documents.word import to_word
from shanghui.reports.models import Report
from shanghui.reports.word_templates.documents import Document, form_code, paper_code, report_code
from shanghui.reports.word_templates.fields import (
    Counts,
    charts_of,
    paper_fields,
    paper_values,
    report_fields,
    report_values,
)
from shanghui.reports.word_templates.forms import Content as FormContent
from shanghui.reports.word_templates.forms import Form, forms
from shanghui.reports.word_templates.models import WordTemplate
from shanghui.reports.word_templates.queries import file_of, in_force


def template_of(report: Report, today: date) -> WordTemplate | None:
    """The template of a report: of a frozen one the one it was frozen with, of a draft the one in force today."""
    return report.template if report.snapshot_id is not None else in_force(report_code(report.kind), report.unit_id, today)


def template_of_paper(file: File, paper: Paper, letter: Letter, today: date) -> WordTemplate | None:
    """The template in force on the day of the paper, of one without a day today."""
    return in_force(paper_code(file.kind.code, paper.of or paper.code), file.case.office_id, letter.day or today)


def report_to_word(content: Content, report: Report, template: WordTemplate | None) -> bytes:
    """The file's bytes. Raises Damaged, Unfillable."""
    if template is None:
        return to_word(content)
    return fill_report(file_of(template), content, report, wants_figures(template))


def fill_report(template: bytes, content: Content, report: Report, with_figures: bool = True) -> bytes:
    """A report in the template with these bytes; figures of a frozen one as they were frozen."""
    values = report_values(content, unit=report.unit.name, counts=_counts(report) if with_figures else {})

    def complete(document: Any) -> None:
        _draw(document, charts_of(content))
        if content.one_page:
            fit(document, content)

    return _filled(template, filled(report_fields(content), values), "".join(content.title), content.issuer, complete)


def wants_figures(template: WordTemplate) -> bool:
    """Whether it names figures one by one: only then are they counted."""
    return any(one.startswith("figures.") for one in template.fields)


def _counts(report: Report) -> Counts:
    if report.snapshot is not None:
        return {one.code: (one.numerator, one.denominator) for one in report.snapshot.figures.all()}
    now = figures(whole(report.as_at).under(report.unit), report.as_at)
    return {code: (one.numerator, one.denominator) for code, one in now.items()}


def paper_to_word(letter: Letter, file: File, template: WordTemplate | None, shown: Mapping[str, str]) -> bytes:
    """The file's bytes; `shown`: see `fields.paper_values`. Raises Damaged, Unfillable."""
    return letter_to_word(letter) if template is None else fill_paper(file_of(template), letter, file, shown)


def fill_paper(template: bytes, letter: Letter, file: File, shown: Mapping[str, str]) -> bytes:
    """A paper in the template with these bytes."""
    values = filled(paper_fields(file.kind), paper_values(letter, file, shown))
    return _filled(template, values, letter.title, letter.issuer)


def form_to_word(form: str, content: FormContent, unit: Unit | None, day: date) -> tuple[bytes, WordTemplate | None]:
    """An everyday paper, and the template that it was written with: the one in force for the unit on the day. Raises Damaged, Unfillable."""
    template = in_force(form_code(form), unit, day) if unit is not None else None
    one = next(one for one in forms if one.code == form)
    return (one.plain(content) if template is None else fill_form(file_of(template), one, content)), template


def fill_form(template: bytes, form: Form, content: FormContent) -> bytes:
    """An everyday paper in the template with these bytes."""
    return _filled(template, filled(form.fields, form.values(content)), *form.named(content))


def fill_sample(template: bytes, document: Document, fields: tuple[Any, ...]) -> bytes:
    """The template with the names of its fields in their places."""
    return _filled(template, filled(fields, sample(fields)), document.title, "")


def _filled(template: bytes, values: Mapping[str, Any], title: str, issuer: str, complete: Callable[[Any], None] | None = None) -> bytes:
    def finished(document: Any) -> None:
        finish(document)
        if complete is not None:
            complete(document)
        properties = document.core_properties
        properties.title, properties.author, properties.language = printable(title), printable(issuer), "zh-CN"

    return fill(template, values, finished)


def _draw(document: Any, charts: Sequence[Bars]) -> None:
    """Each chart in the place of the paragraph that asks for it, drawn as in the layout of the platform."""
    body = document.element.body
    for paragraph, number in drawn_in(document):
        before = len(body)
        add_bars(document, charts[number - 1])
        for one in list(body)[before - 1 : -1] if body[-1].tag == qn("w:sectPr") else list(body)[before:]:
            paragraph.addprevious(one)
        paragraph.getparent().remove(paragraph)
