"""The kinds of document that can have a template: every report, everyday paper and paper of a kind of case, found where they are declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.cases.registry import Kind, Paper, kinds
from shanghui.kernel.refusals import Refused
from shanghui.kernel.word_templates.fields import Field
from shanghui.reports.content import Content
from shanghui.reports.documents.shipped import shipped_letter, shipped_report
from shanghui.reports.registry import ReportKind, registry
from shanghui.reports.word_templates.fields import paper_fields, report_fields
from shanghui.reports.word_templates.forms import Form, forms

REPORTS, FORMS = "报告", "日常文书"


@dataclass(frozen=True)
class Document:
    """A kind of document: `report` is set for a report, `kind` and `paper` for a paper of a case, `form` for an everyday paper."""

    code: str
    title: str
    group: str
    report: ReportKind | None = None
    kind: Kind | None = None
    paper: Paper | None = None
    form: Form | None = None

    def shipped(self) -> bytes:
        """The template that comes with the platform."""
        if self.form is not None:
            return self.form.shipped()
        return shipped_report() if self.report else shipped_letter()

    def fields(self, unit: Unit, day: date) -> tuple[Field, ...]:
        """What a template of the unit may use, by what the platform compiles for it on the day."""
        if self.form is not None:
            return self.form.fields
        if self.kind is not None:
            return paper_fields(self.kind)
        return report_fields(self.example(unit, day))

    def subject(self, unit: Unit, day: date) -> Unit | None:
        """Whom such a report is about: the unit, or the first one below it of the right kind; None where there is none."""
        if self.report is None:
            return None
        if unit.kind in self.report.units:
            return unit
        return whole(day).under(unit).units().filter(kind__in=self.report.units).order_by("pk").first()

    def example(self, unit: Unit, day: date) -> Content | None:
        """The report as it is now; None where there is none."""
        subject = self.subject(unit, day)
        if self.report is None or subject is None:
            return None
        try:
            return self.report.compile(unit=subject, day=self.report.default_day(day), made_on=day, own_text={})
        except Refused:
            return None


def report_code(kind: str) -> str:
    """The code of a report's document."""
    return f"report.{kind}"


def paper_code(kind: str, paper: str) -> str:
    """The code of a paper's document."""
    return f"paper.{kind}.{paper}"


def form_code(form: str) -> str:
    """The code of an everyday paper's document."""
    return f"form.{form}"


def documents() -> list[Document]:
    """All of them: reports first, then everyday papers, then the kinds of case in their order."""
    reports = [Document(report_code(one.code), one.title, REPORTS, report=one) for one in registry]
    papers = [
        Document(paper_code(kind.code, paper.code), paper.title, kind.title, kind=kind, paper=paper) for kind in kinds for paper in kind.papers
    ]
    return [*reports, *(Document(form_code(one.code), one.title, FORMS, form=one) for one in forms), *papers]


def document_of(code: str) -> Document | None:
    """The one with this code."""
    return next((one for one in documents() if one.code == code), None)
