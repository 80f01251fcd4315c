"""A person takes up a post: found within one's part of the tree, or registered in the same step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.ledger.organizations.models import Federation
from shanghui.ledger.people.models import Post
from shanghui.ledger.people.operations import appoint
from shanghui.ledger.people.queries import standing_holder
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.people.picking import PersonChoice
from shanghui.web.posts.forms import AppointmentForm


@page(Act.PEOPLE_CHANGE)
def appointment_new(request: HttpRequest, visit: Visit, unit: int) -> HttpResponse:
    """A post in a chamber or a party organization; a federation's posts are held in its leading committee."""
    row = found(visit.scope_today().units(), unit)
    if row.kind == UnitKind.FEDERATION:
        committee = Federation.objects.get(unit=row).committee_id
        return redirect("appointment-new", unit=committee) if committee is not None else redirect("people")
    choice = PersonChoice(request, visit)
    if choice.onward:
        return redirect(choice.onward)
    back = address("chamber", chamber=row.pk) if row.kind == UnitKind.CHAMBER else address("organization", organization=row.pk)
    form = AppointmentForm(
        choice.sent, unit=row, person=choice.field(), standing=lambda post, since: _standing(row, post, since)
    )

    def do(cleaned: dict[str, Any]) -> str:
        with transaction.atomic():
            appoint(
                person=choice.person(cleaned["person"], row), unit=row, post=Post(cleaned["post"]), since=cleaned["since"].day,
                precision=cleaned["since"].precision, title=cleaned["title"], method=cleaned.get("method", ""), by=visit.user, at=visit.now,
                due_by=cleaned.get("due_by"), approved_by=cleaned.get("approved_by", ""), approval_number=cleaned.get("approval_number", ""),
            )
        return back or reverse("people")

    return answer_form(
        request, visit, form, do=do, heading=f"登记“{row.name}”的任职", back=back or reverse("people"), verb="登记任职", template="people/pick.html",
        crumbs=((row.name, back), ("登记任职", "")), done="已登记任职。", context=choice.context,
    )


def _standing(unit: Unit, post: Post, since: date) -> str:
    """«会长自2019-11-18起是林国平», with the way to end that first; nothing when the post is free."""
    held = standing_holder(unit, post, since)
    if held is None:
        return ""
    end = address("fact-end", kind="appointment", fact=held.pk)
    return format_html(
        "{}自{}起是{}，同一时间只有一位。请先<a href=\"{}\">结束{}的任职</a>，再登记新的。", post.label, held.valid_from, held.person.name, end,
        held.person.name,
    )
