"""Which documents have a template, which holds where, the fields one may use, a version with what the check says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.access.queries import federations
from shanghui.kernel.refusals import Refused
from shanghui.kernel.word_templates.checking import Checked, check
from shanghui.kernel.word_templates.fields import Field
from shanghui.reports.word_templates.documents import Document, document_of, documents
from shanghui.reports.word_templates.models import TemplateUse, WordTemplate
from shanghui.reports.word_templates.operations import title_of
from shanghui.reports.word_templates.queries import file_of, uses_in_force, visible
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.word_templates.showing import groups
from shanghui.web.word_templates.sources import example_values, sources

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Listed:
    """A kind of document and the template that holds (None: the platform's)."""

    document: Document
    template: WordTemplate | None


@dataclass(frozen=True)
class Version:
    """A version with the days on which it holds, the latest first."""

    template: WordTemplate
    uses: Sequence[TemplateUse]


def document_with(code: str) -> Document:
    """The kind of document; 404 for none."""
    document = document_of(code)
    if document is None:
        raise Http404
    return document


def owners(visit: Visit) -> QuerySet[Unit]:
    """Who can have templates: the federations within one's scope, and for whoever sits elsewhere the unit of the seat."""
    scope = visit.scope_today()
    offered = federations(scope)
    return offered if offered.exists() else scope.units().filter(pk__in=scope.roots).order_by("pk")


def unit_asked(request: HttpRequest, visit: Visit) -> Unit:
    """Whose templates are shown: `?under=`, else one's own; 404 where there is none."""
    offered, written = owners(visit), request.GET.get("under", "")
    if written:
        if not written.isdecimal() or len(written) > 18:
            raise Http404
        return found(offered, int(written))
    unit = offered.first()
    if unit is None:
        raise Http404
    return unit


def may_change(visit: Visit, unit_id: int | None = None) -> bool:
    """Whether the visitor may bring templates: at all, or for this unit."""
    if not visit.may(Act.TEMPLATES_CHANGE):
        return False
    return unit_id is None or visit.scope_today(Act.TEMPLATES_CHANGE).contains(unit_id)


@page(Act.TEMPLATES_VIEW, methods=("GET",))
def templates_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every kind of document, and which template holds for the unit today."""
    unit = unit_asked(request, visit)
    listed = documents()
    uses = uses_in_force([one.code for one in listed], unit, visit.today)
    grouped: dict[str, list[Listed]] = {}
    for one in listed:
        grouped.setdefault(one.group, []).append(Listed(one, uses.get(one.code)))
    shown = {"grouped": grouped.items(), "unit": unit, "nodes": owners(visit)[:300]}
    return show(request, "word_templates/list.html", visit, shown)


@page(Act.TEMPLATES_VIEW, methods=("GET",))
def template_document(request: HttpRequest, visit: Visit, document: str) -> HttpResponse:
    """One kind: what holds today, every version one may see, how to make one."""
    one, unit = document_with(document), unit_asked(request, visit)
    rows = list(visible(visit.scope_today()).filter(document=one.code).prefetch_related("uses"))
    shown = {
        "document": one, "unit": unit, "template": uses_in_force([one.code], unit, visit.today).get(one.code), "may_change": may_change(visit),
        "versions": [Version(row, sorted(row.uses.all(), key=lambda use: use.valid_from, reverse=True)) for row in rows],
    }
    return show(request, "word_templates/document.html", visit, shown)


@page(Act.TEMPLATES_VIEW, methods=("GET",))
def template_fields(request: HttpRequest, visit: Visit, document: str) -> HttpResponse:
    """The fields to copy, with what stands there now where the visitor may see it."""
    one, unit = document_with(document), unit_asked(request, visit)
    fields = one.fields(unit, visit.today)
    shown = {"document": one, "unit": unit, "groups": groups(fields, example_values(visit, one, unit))}
    return show(request, "word_templates/fields.html", visit, shown)


@page(Act.TEMPLATES_VIEW, methods=("GET",))
def template_shipped(request: HttpRequest, visit: Visit, document: str) -> HttpResponse:
    """The platform's own template, to begin from."""
    one = document_with(document)
    return attachment(one.shipped(), f"{one.title}（系统自带的模板）.docx", WORD)


@page(Act.TEMPLATES_VIEW, methods=("GET",))
def template_page(request: HttpRequest, visit: Visit, template: int) -> HttpResponse:
    """A version: when it holds, which fields it names, what its check says today, with what it can be tried."""
    row = found(visible(visit.scope_today()), template)
    document = document_with(row.document)
    unit = unit_asked(request, visit)
    uses, fields = list(row.uses.order_by("-valid_from")), document.fields(unit, visit.today)
    may = may_change(visit, row.unit_id)
    shown = {
        "template": row, "document": document, "uses": uses, "checked": _check(row, fields), "may_change": may,
        "running": next((one for one in uses if one.valid_to is None), None), "sources": sources(visit, document, unit), "acts": history(row) if may else [],
        "titles": _titles(row, fields), "title": title_of(row),
    }
    return show(request, "word_templates/template.html", visit, shown)


def _check(row: WordTemplate, fields: Sequence[Field]) -> Checked | None:
    """The check as of today: a later version of the platform may know other fields. None where the file is damaged."""
    try:
        return check(file_of(row), fields)
    except Refused:
        return None


def _titles(row: WordTemplate, fields: Sequence[Field]) -> list[tuple[str, str]]:
    """(code, title) of the fields that a version names."""
    known = {one.code: one.title for one in fields}
    return [(code, known[code]) for code in row.fields if code in known]


@page(Act.TEMPLATES_VIEW, methods=("GET",))
def template_file(request: HttpRequest, visit: Visit, template: int) -> HttpResponse:
    """The file as it was uploaded, as a download that a browser does not open."""
    row = found(visible(visit.scope_today()), template)
    try:
        answer = attachment(file_of(row), row.name, row.media_type)
    except Refused as damaged:
        messages.error(request, str(damaged))
        return redirect("template", template=row.pk)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
