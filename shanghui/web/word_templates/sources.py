"""Real facts to try a template with: the visitor's own reports, and cases he may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.cases.file import File, files
from shanghui.cases.models import Case
from shanghui.cases.paper_facts import ABOUT_THE_PERSON
from shanghui.cases.registry import Paper
from shanghui.indicators.queries import figures
from shanghui.ledger.people.privacy import field_of
from shanghui.reports.models import Report
from shanghui.reports.queries import read
from shanghui.reports.queries import reports as reports_within
from shanghui.reports.word_templates.documents import Document
from shanghui.reports.word_templates.fields import paper_values, report_values
from shanghui.reports.word_templates.filling import fill_form, fill_paper, fill_report
from shanghui.web.kit.visits import Visit
from shanghui.web.word_templates.form_sources import Subject, content_of, offered

OFFERED = 5


@dataclass(frozen=True)
class Source:
    """What a template can be tried with. `key`: in the address, «now» for a report compiled at once. `unnamed`: the title as the journal
    may tell it to those who see nobody, without the name of a person."""

    key: str
    title: str
    subject: Report | Case | Subject
    unit: Unit
    unnamed: str


NOW = "now"


def sources(visit: Visit, document: Document, unit: Unit) -> list[Source]:
    """The report as it would be now and the latest of the kind, or the latest cases, meetings and so on that have the paper; none where
    the visitor may not see them."""
    if document.form is not None:
        return [Source(str(one.pk), title, one, of, unnamed) for title, unnamed, one, of in offered(visit, document.form, OFFERED)]
    if document.report is None:
        return [Source(str(file.case.pk), file.case.named, file.case, file.case.office, file.case.title) for file, _ in _papers(visit, document)]
    if not visit.may(Act.REPORT_VIEW):
        return []
    rows = reports_within(visit.scope_today(Act.REPORT_VIEW)).filter(kind=document.report.code)[:OFFERED]
    kept = [_report(str(one.pk), f"{one.title}（{one.unit.name}，截至{one.as_at}）", one) for one in rows]
    subject = document.subject(unit, visit.today)
    if subject is None:
        return kept
    draft = Report(kind=document.report.code, unit=subject, as_at=document.report.default_day(visit.today), made_at=visit.now)
    return [_report(NOW, f"{subject.name}现在的台账（截至{draft.as_at}）", draft), *kept]


def _report(key: str, title: str, row: Report) -> Source:
    return Source(key, title, row, row.unit, title)


def _papers(visit: Visit, document: Document) -> Iterator[tuple[File, Paper]]:
    if document.kind is None or document.paper is None or not visit.may(Act.CASE_VIEW):
        return
    within = Case.objects.within(visit.scope_today(Act.CASE_VIEW)).filter(kind=document.kind.code)
    latest = list(within.order_by("-opened_on", "-pk").values_list("pk", flat=True)[:OFFERED])
    for file in files(Case.objects.filter(pk__in=latest).order_by("-opened_on", "-pk"), visit.today) if latest else ():
        for paper in document.paper.drafts(file)[:1]:
            yield file, paper


def filled_with(visit: Visit, document: Document, template: bytes, source: Source) -> bytes:
    """The template filled with the facts of a source. Raises Refused."""
    if isinstance(source.subject, Report):
        return fill_report(template, read(source.subject), source.subject)
    if not isinstance(source.subject, Case):
        assert document.form is not None
        return fill_form(template, document.form, content_of(visit, document.form, source.subject))
    file, paper = next((file, paper) for file, paper in _papers(visit, document) if file.case.pk == source.subject.pk)
    return fill_paper(template, paper.write(file), file, shown_of(visit, file))


def shown_of(visit: Visit, file: File) -> dict[str, str]:
    """What a form may say of the person a case is about, as the visitor sees it; nothing for a case about nobody."""
    person = file.case.person
    if person is None:
        return {}
    sight, found = visit.sight_of(person), {}
    for name in ABOUT_THE_PERSON:
        field = field_of("people_person", name)
        assert field is not None, name
        found[name] = str(sight.shown(field.key, getattr(person, name)) or "")
    return found


def example_values(visit: Visit, document: Document, unit: Unit) -> dict[str, Any]:
    """What stands in the fields now; empty where the visitor may not see it or there is nothing yet."""
    if document.form is not None:
        found = offered(visit, document.form, 1)
        return document.form.values(content_of(visit, document.form, found[0][2])) if found else {}
    if document.report is not None:
        subject = document.subject(unit, visit.today)
        content = document.example(unit, visit.today) if subject and visit.may(Act.REPORT_VIEW) else None
        if subject is None or content is None:
            return {}
        now = figures(whole(content.as_at).under(subject), content.as_at)
        counts = {code: (one.numerator, one.denominator) for code, one in now.items()}
        return report_values(content, unit=subject.name, counts=counts)
    for file, paper in _papers(visit, document):
        return paper_values(paper.write(file), file, shown_of(visit, file))
    return {}
