"""The month sheet of a guide: on the page, on paper, as Word and as Excel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.kernel.columns import Column
from shanghui.kernel.periods import months_later
from shanghui.kernel.word_templates.rendering import Unfillable
from shanghui.ledger.people.models import Person
from shanghui.reports.visit_months import ChamberMonth, VisitLine, VisitMonth
from shanghui.reports.word_templates.filling import form_to_word
from shanghui.reports.word_templates.queries import Damaged
from shanghui.web.guides.loads import guide_of
from shanghui.web.guides.month_facts import month_of
from shanghui.web.kit.listing import attachment, workbook
from shanghui.web.kit.visits import Visit, page, show
from shanghui.web.reports.files import WORD, by_template

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Row:
    """A line of the workbook: a visit, or a chamber that was not visited."""

    chamber: ChamberMonth
    visit: VisitLine | None


COLUMNS = (
    Column("chamber", "商会", lambda row: row.chamber.name, width=30),
    Column("visited_on", "走访时间", lambda row: row.visit and row.visit.day),
    Column("met", "见到谁", lambda row: row.visit and row.visit.met, width=20),
    Column("missing", "建组织还差什么", lambda row: row.visit and row.visit.missing, width=30),
    Column("agreed", "商定了什么", lambda row: row.visit and row.visit.agreed, width=36),
    Column("help_wanted", "需要上级帮什么", lambda row: row.visit and row.visit.help_wanted, width=30),
    Column("next_on", "下次什么时候", lambda row: row.visit and row.visit.next_on),
    Column("standing", "月末情况", lambda row: row.chamber.standing, width=34),
    Column("changes", "本月台账变化", lambda row: "；".join(row.chamber.changes), width=44),
)


@page(Act.LEDGER_VIEW, methods=("GET",))
def guide_month(request: HttpRequest, visit: Visit, guide: int, period: str) -> HttpResponse:
    """«2022-06»: the visits of the month by chamber, and what changed at the chambers; `?format=docx` or `xlsx`."""
    person = guide_of(visit, guide)
    first = _first(period, visit.today)
    last = min(months_later(first, 1) - timedelta(days=1), visit.today)
    content = month_of(person, visit.scope_today(), office=visit.seats[0].unit.name, first=first, last=last)
    chosen = request.GET.get("format", "")
    if chosen == "docx":
        return _written(request, visit, person, content)
    if chosen == "xlsx":
        return workbook(visit, content.title, COLUMNS, list(_rows(content)))
    context = {
        "person": person, "content": content, "earlier": _link(person, months_later(first, -1)),
        "later": _link(person, months_later(first, 1)) if months_later(first, 1) <= visit.today else "",
        "may_templates": visit.may(Act.TEMPLATES_VIEW), "running": last < months_later(first, 1) - timedelta(days=1),
    }
    return show(request, "guides/month.html", visit, context)


def _written(request: HttpRequest, visit: Visit, person: Person, content: VisitMonth) -> HttpResponse:
    """The sheet as Word, by the template in force for the visitor's unit today; noted."""
    unit = visit.seats[0].unit
    try:
        written, template = form_to_word("visit-month", content, unit, visit.today)
    except (Damaged, Unfillable) as refusal:
        messages.error(request, str(refusal))
        return redirect("guide-month", guide=person.pk, period=f"{content.first:%Y-%m}")
    note(by=visit.user, at=visit.now, verb="导出", subject=person, unit=unit, title=content.title, reason=f"DOCX{by_template(template)}")
    return attachment(written, f"{content.title}.docx", WORD)


def _first(period: str, today: date) -> date:
    """The first day of the month; 404 for what is no month, or has not come."""
    found = _MONTH.fullmatch(period)
    first = date(int(found[1]), int(found[2]), 1) if found else None
    if first is None or first > today:
        raise Http404
    return first


def _link(person: Person, first: date) -> str:
    return reverse("guide-month", kwargs={"guide": person.pk, "period": f"{first:%Y-%m}"})


def _rows(content: VisitMonth) -> Iterator[Row]:
    for one in content.chambers:
        yield from (Row(one, visit) for visit in one.visits or (None,))
