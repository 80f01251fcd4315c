"""A new term of office of a chamber, a party organization or a federation (M08)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.facts import Precision
from shanghui.kernel.partial_dates import last_day
from shanghui.ledger.organizations.archive import OrganizationArchive
from shanghui.ledger.organizations.models import OrganizationKind, PartyOrganization, Term
from shanghui.ledger.organizations.operations import set_term
from shanghui.ledger.organizations.powers import powers_of, term_months
from shanghui.ledger.organizations.queries import kind_on
from shanghui.web.facts.kinds import subject_of_unit
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.links import address_of
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.organizations.forms import TermForm


@page(Act.LEDGER_CHANGE)
def term_new(request: HttpRequest, visit: Visit, unit: int) -> HttpResponse:
    """A new term; an organization whose form has no elections is sent back with the reason."""
    row = found(visit.scope_today().units(), unit)
    subject = subject_of_unit(row)
    back = address_of(subject) or reverse("home")
    if isinstance(subject, PartyOrganization) and not _elects(subject, visit):
        messages.info(request, "功能型和临时党组织没有换届，不登记任期。")
        return redirect(back)
    now = Term.objects.on(visit.today).filter(unit=row).first()
    form = TermForm(request.POST or None, months=_months(subject, visit), initial=_initial(now))

    def do(cleaned: dict[str, Any]) -> str:
        since = cleaned["since"]
        set_term(
            unit=row, subject=subject, since=since.day, precision=since.precision, due_on=cleaned["due"],
            due_by=last_day(cleaned["due"]), by=visit.user, at=visit.now,
        )
        return back

    return answer_form(
        request, visit, form, do=do, heading=f"登记“{row.name}”的任期", back=back, notes=_notes(row, subject, now, visit), verb="登记",
        crumbs=((row.name, back), ("任期", "")), done="已登记任期。",
    )


def _elects(organization: PartyOrganization, visit: Visit) -> bool:
    period = OrganizationArchive(organization, visit.today).period
    return powers_of(period.form if period else "").holds_elections


def _months(subject: Model, visit: Visit) -> int | None:
    return term_months(kind_on(subject, visit.today)) if isinstance(subject, PartyOrganization) else None


def _initial(now: Term | None) -> dict[str, Any]:
    """A term of which only the end is known is completed; otherwise a new one is written."""
    return {"due": now.due_on} if now is not None and now.from_precision == Precision.SEEN else {}


def _notes(row: Unit, subject: Model, now: Term | None, visit: Visit) -> list[str]:
    notes = []
    if now is not None and now.from_precision == Precision.SEEN:
        notes.append(f"台账里只记了届满时间 {now.due_on}，没有记从何时起。填上开始时间，这一届就完整了。")
    elif now is not None:
        notes.append(f"现在这一届：{now.valid_from} 起，到 {now.due_on}。登记新的一届，原来的一届自动结束。")
    if isinstance(subject, PartyOrganization):
        kind = kind_on(subject, visit.today)
        notes.append(f"{OrganizationKind(kind).label}每届 {term_months(kind) // 12} 年；届满前 6 个月提醒（《支部工作条例》第二十一条）。")
    return notes
