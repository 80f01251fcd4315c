"""Ends a fact: with its last day, and a reason. Figures of the days before do not move."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.periods import first_day_after
from shanghui.ledger.organizations.operations import end_fact
from shanghui.ledger.people.models import MEMBERS, Affiliation, MembershipRecord
from shanghui.ledger.people.operations import end_affiliation, end_membership
from shanghui.ledger.people.operations.people import BY_STANDING
from shanghui.web.facts.kinds import KINDS
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.forms import DayField, ReasonForm
from shanghui.web.kit.links import address_of
from shanghui.web.kit.spans import began_in_words
from shanghui.web.kit.visits import Visit, found, page


class EndForm(ReasonForm):
    """The last day, and why."""

    last_day = DayField(label="最后一天", help_text="含当日；从第二天起不再算数")

    field_order = ("last_day", "reason")


@page(Act.SIGNED_IN)
def fact_end(request: HttpRequest, visit: Visit, kind: str, fact: int) -> HttpResponse:
    """The act depends on the kind; a fact outside the scope of that act does not exist."""
    known = KINDS.get(kind)
    if known is None:
        raise Http404
    row = found(known.rows(visit.scope_today(known.act)), fact)
    subject = known.subject(row)
    back = address_of(subject) or reverse("home")
    if isinstance(row, MembershipRecord) and row.category in MEMBERS:
        messages.info(request, BY_STANDING.format(name=row.person.name, category=row.get_category_display()))
        return redirect(back)

    def do(cleaned: dict[str, Any]) -> str:
        act: dict[str, Any] = {
            "on": first_day_after(cleaned["last_day"]), "by": visit.user, "at": visit.now, "reason": cleaned["reason"],
        }
        if isinstance(row, Affiliation):
            end_affiliation(affiliation=row, **act)
        elif isinstance(row, MembershipRecord):
            end_membership(record=row, **act)
        else:
            end_fact(fact=row, subject=subject, unit=known.unit(row), **act)
        return back

    since = began_in_words(row)
    consequences = [*([f"它自 {since} 起。"] if since else []), "最后一天及以前各天的数字不变。", *known.consequences]
    form = EndForm(request.POST or None, initial={"last_day": visit.today})
    return answer_question(
        request, visit, question=known.question(row), do=do, back=back, verb="结束", consequences=consequences, form=form,
        cancel_verb="不结束", done="已结束。这一步可以在操作记录里撤销。",
    )
