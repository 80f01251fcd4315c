"""Templates to give to people who have no workbook of their own, filled with what is known."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.access.queries import federations
from shanghui.exchange.templates_out import TEMPLATES, template
from shanghui.web.kit.listing import XLSX, attachment
from shanghui.web.kit.visits import Visit, page


@page(Act.IMPORT, methods=("GET",))
def import_template(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """One template, filled for one's own part of the tree; numbers of people stay blank. The download is noted."""
    if kind not in TEMPLATES:
        raise Http404
    scope = visit.scope_today()
    office = federations(scope).first()
    content = template(kind, scope=scope, day=visit.today, sender=office)
    title = f"{TEMPLATES[kind].title}（模板）"
    note(by=visit.user, at=visit.now, verb="导出", subject=office or visit.user, unit=office, title=title)
    return attachment(content, f"{title}.xlsx", XLSX)
