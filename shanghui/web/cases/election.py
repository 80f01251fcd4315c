"""The candidates and the election of a case, with what the articles say of them (regulations §1.3, §1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.candidates import WHOLE, candidate_faults, teller_faults
from shanghui.cases.counting import voters
from shanghui.cases.electing import contest_of, member_names
from shanghui.cases.file import File, file_of
from shanghui.cases.models import Nominee
from shanghui.cases.operations import put_ballot, put_nominees
from shanghui.cases.queries import nominees_of
from shanghui.cases.tallying import tally
from shanghui.cases.voting import meeting_faults, warnings
from shanghui.web.cases.election_form import ElectionSheet
from shanghui.web.cases.page import case_within
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.visits import Visit, page

ASKS = {"nominees", "ballot", "method"}


@page(Act.CASE_WORK)
def case_election(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """Candidates, votes and counts on one page; 404 where the kind asks for none."""
    file = file_of(case_within(visit, case), visit.today)
    if not any(ASKS & set(step.asks) for step in file.kind.steps):
        raise Http404
    if (back := shut_out(request, file, "nominees")) is not None:
        return back
    nominees = list(nominees_of(file))
    sheet = ElectionSheet(file, request.POST or None, nominees)
    if request.method == "POST":
        sheet.is_valid()

    def do(cleaned: dict[str, Any]) -> str:
        with transaction.atomic():
            put_nominees(case=file.case, nominees=sheet.candidates(), by=visit.user, at=visit.now)
            if cleaned:
                put_ballot(case=file.case, by=visit.user, at=visit.now, **sheet.form.values())
        return reverse("case-election", kwargs={"case": case})

    heading = "人选和选举" if sheet.has_ballot else "人选"
    return answer_form(
        request, visit, sheet.form, do=do, heading=heading, lead=file.case.title, back=address_of_case(case),
        crumbs=crumbs(file, heading), done="已保存，核对结果在上面。" if sheet.has_ballot else "人选已保存。", template="cases/election.html",
        context={"file": file, "sheet": sheet} | checked(file, nominees),
    )


def checked(file: File, nominees: Sequence[Nominee]) -> dict[str, Any]:
    """What the articles say of what stands in the case, as at its day. Four questions."""
    if not nominees and not file.has_ballot:
        return {"faults": [], "counted": [], "doubts": [], "found": [], "fit": False}
    count, on = voters(file, file.day), file.day
    contest = contest_of(file, on) if file.case.organization else WHOLE
    counted: list[str] = []
    if file.ballot.present is not None:
        counted = [*teller_faults(file.ballot, member_names(file)), *meeting_faults(file, nominees, count, on, contest)]
    faults, voted = candidate_faults(file, nominees, count, on, contest), any(one.votes is not None for one in nominees)
    return {
        "faults": faults, "counted": counted, "doubts": warnings(file, nominees, on, contest, count), "fit": bool(nominees) and not faults and not voted,
        "found": tally(file, nominees, on, contest.staying) if voted or file.ballot.present is not None else [],
    }
