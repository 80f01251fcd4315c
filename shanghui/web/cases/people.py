"""Who will belong to the organization of a case. The counts come from the ledger and are never typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.file import file_of
from shanghui.cases.operations import list_at_hand, put_people
from shanghui.kernel.refusals import Refused
from shanghui.web.cases.page import case_within
from shanghui.web.cases.people_form import PeopleForm
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.visits import Visit, page, show


@page(Act.CASE_WORK)
def case_people(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """Lists people: all whom the ledger has at hand («list»), or as chosen; «count» only counts what is chosen now."""
    file = file_of(case_within(visit, case), visit.today)
    if not any("people" in step.asks for step in file.kind.steps):
        raise Http404
    if (back := shut_out(request, file, "people")) is not None:
        return back
    here, sent = reverse("case-people", kwargs={"case": case}), request.POST
    if sent.get("do") == "list":
        try:
            new = list_at_hand(file=file, by=visit.user, at=visit.now)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(address_of_case(case))
        messages.success(request, f"按台账列出，新编入{new}名。" if new else "台账里的都已经编入。")
        return redirect(here)
    form = PeopleForm(sent if sent and not sent.get("do") else None, file=file, visit=visit)
    shown = {"file": file, "counts": form.counts(sent)}
    if sent.get("do") == "count":
        return show(request, "cases/people_count.html", visit, shown)

    def do(cleaned: dict[str, Any]) -> str:
        put_people(case=file.case, people=form.values(), by=visit.user, at=visit.now)
        return here if cleaned["others"] else address_of_case(case)

    return answer_form(
        request, visit, form, do=do, heading="编入党员", lead=file.case.title, back=address_of_case(case),
        crumbs=crumbs(file, "编入党员"), done="编入党员已保存。", template="cases/people.html", context=shown,
    )
