"""How one came to a party post, put right; a contract made anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import UnitKind
from shanghui.ledger.people.models import Appointment, Method
from shanghui.ledger.people.operations import change_appointment, hire_again
from shanghui.web.kit.answers import Crumbs, answer_form
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.posts.forms import HireAgainForm, SourceForm


def _mine(visit: Visit, pk: int) -> Appointment:
    """A party post within one's part of the tree; otherwise 404."""
    rows = Appointment.objects.filter(visit.scope_today().condition("unit_id"), unit__kind=UnitKind.ORGANIZATION)
    return found(rows.select_related("person", "unit"), pk)


def _back(row: Appointment) -> str:
    return address("organization", organization=row.unit_id) or reverse("people")


def _crumbs(row: Appointment, here: str) -> Crumbs:
    return (("党组织", reverse("organizations")), (row.unit.name, _back(row)), (here, ""))


@page(Act.PEOPLE_CHANGE)
def appointment_change(request: HttpRequest, visit: Visit, appointment: int) -> HttpResponse:
    """The title, how one came to the post, the contract and the approval; person, post and days stay."""
    row = _mine(visit, appointment)
    form = SourceForm(request.POST or None, initial={name: getattr(row, name) for name in SourceForm.base_fields})

    def do(cleaned: dict[str, Any]) -> str:
        changed = change_appointment(appointment=row, by=visit.user, at=visit.now, **cleaned)
        messages.success(request, "已保存。" if changed else "没有改动。")
        return _back(row)

    notes = ["换人、换职务的，请结束原来的任职，再登记新的。聘期满了续聘的，用“续聘”，原来的一段会留下。"]
    return answer_form(
        request, visit, form, do=do, heading=f"更正{row.person.name}的{row.title or row.get_post_display()}任职", back=_back(row),
        crumbs=_crumbs(row, "更正任职"), notes=notes, done="",
    )


@page(Act.PEOPLE_CHANGE)
def appointment_renew(request: HttpRequest, visit: Visit, appointment: int) -> HttpResponse:
    """The contract of somebody hired goes on from the day after its last."""
    row = _mine(visit, appointment)
    if row.method != Method.HIRED or row.due_by is None or row.valid_to is not None:
        messages.info(request, "只有在任的、聘任并登记了聘期的才能续聘。没有登记聘期的，请先更正任职。")
        return redirect(_back(row))
    form = HireAgainForm(request.POST or None, after=row.due_by, initial={"approved_by": row.approved_by})

    def do(cleaned: dict[str, Any]) -> str:
        hire_again(appointment=row, by=visit.user, at=visit.now, **cleaned)
        return _back(row)

    notes = [f"现在的聘期：{row.valid_from} 起，到 {row.due_by}。新的聘期从第二天算起，原来的一段留下。"]
    return answer_form(
        request, visit, form, do=do, heading=f"续聘{row.person.name}为{row.title or row.get_post_display()}", back=_back(row),
        crumbs=_crumbs(row, "续聘"), notes=notes, verb="续聘", done="已续聘。这一步可以在人员页的操作记录里撤销。",
    )
