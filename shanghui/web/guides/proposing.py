"""A balanced assignment: pick chambers and people, see the proposal, change it by hand, confirm it as one act (M06).

Everything is sent with each step and worked out anew: nothing is kept between steps. `do` says which: «propose», «show» after a
change by hand, «confirm». What has changed meanwhile is told before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from shanghui.access.acts import Act
from shanghui.access.models import AuditEntry
from shanghui.kernel.periods import first_day_after
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.operations import Sending, assign_guides
from shanghui.planning.guides import Assignment
from shanghui.web.figures.nodes import Node, asked_node, to_choose
from shanghui.web.guides import bare
from shanghui.web.guides.bare import Bare, Candidate
from shanghui.web.guides.forms import PlanForm, TermForm
from shanghui.web.kit.visits import Visit, page, show
from shanghui.web.people.changes import office_of

UNCHANGED = "方案和现在一样，没有要改的，什么也没有写。要换人，在“改为”里选另一位；要重新分担，回上一步少勾选几位再提方案。"
CHANGED = "选定以后，有的商会建了党组织、换了指导员或者注销了。下面已按现在的情况重新提方案，请核对后再确认。"


@dataclass(frozen=True)
class Line:
    """A chamber in the proposal: who has it, who is picked, and why he was proposed."""

    chamber: Bare
    picked: int | None
    reasons: tuple[str, ...]


@page(Act.LEDGER_CHANGE)
def guide_plan(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The choice of chambers and people, the proposal, and its confirmation."""
    node = asked_node(request, visit)
    chambers, people = bare.bare_chambers(node.scope, visit.today), bare.candidates(node.scope, visit.today)
    more = len(chambers) > bare.CHAMBERS or len(people) > bare.PEOPLE
    chambers, people = chambers[: bare.CHAMBERS], people[: bare.PEOPLE]
    step = request.POST.get("do", "")
    form = PlanForm(
        request.POST if request.method == "POST" else None, chambers=chambers, people=people, initial=_initial(chambers, people)
    )
    if request.method != "POST" or not form.is_valid():
        return _choosing(request, visit, node, form, more=more)
    chosen = bare.named(chambers, form.cleaned_data["chambers"])
    taken = {int(key) for key in form.cleaned_data["people"]}
    ready, others = [one for one in people if one.person.pk in taken], [one for one in people if one.person.pk not in taken and one.is_guide]
    proposal = bare.propose(chosen, ready, others, form.cleaned_data["most"])
    drawn = _Drawn(request, visit, node, form, chosen, ready, people, proposal)
    if step not in ("show", "confirm"):
        return drawn.answer(_proposed(chosen, proposal), TermForm(initial={"since": visit.today}))
    return _by_hand(drawn, step)


def _initial(chambers: Sequence[Bare], people: Sequence[Candidate]) -> dict[str, Any]:
    """Chambers nobody looks after, all where everybody has a guide; the guides there are."""
    lacking = bare.without_guide(chambers) or chambers
    guides = [one for one in people if one.is_guide] or people
    return {"chambers": [str(one.pk) for one in lacking], "people": [str(one.person.pk) for one in guides], "most": 10}


def _choosing(request: HttpRequest, visit: Visit, node: Node, form: PlanForm, *, more: bool) -> HttpResponse:
    context = {"form": form, "node": node, "nodes": to_choose(visit), "more": more, "back": reverse("guides")}
    return show(request, "guides/plan_choice.html", visit, context, status=422 if form.is_bound else 200)


def _proposed(chosen: Sequence[Bare], proposal: Assignment) -> dict[int, int | None]:
    """Person by chamber."""
    found: dict[int, int | None] = {one.pk: None for one in chosen}
    return found | {int(one.chamber): int(one.guide) for one in proposal.proposals}


@dataclass(frozen=True)
class _Drawn:
    """The proposal with everything it is drawn from."""

    request: HttpRequest
    visit: Visit
    node: Node
    form: PlanForm
    chosen: Sequence[Bare]
    ready: Sequence[Candidate]
    people: Sequence[Candidate]
    proposal: Assignment

    def answer(self, picked: dict[int, int | None], term: TermForm, status: int = 200) -> HttpResponse:
        """The page of the proposal, with who is picked now."""
        why = {one.chamber: one.reasons for one in self.proposal.proposals} | {one.chamber: (one.why,) for one in self.proposal.without}
        context = {
            "node": self.node, "lines": [Line(one, picked.get(one.pk), why.get(one.pk, ())) for one in self.chosen], "people": self.ready,
            "loads": bare.loads(self.chosen, self.people, picked), "term": term, "stamp": bare.stamp_of(self.chosen),
            "most": self.form.cleaned_data["most"], "changes": len(_sendings(self.chosen, picked, self.ready)),
            "back": self.request.get_full_path(), "proposed": _proposed(self.chosen, self.proposal),
        }
        return show(self.request, "guides/plan.html", self.visit, context, status=status)


def _by_hand(drawn: _Drawn, step: str) -> HttpResponse:
    """The proposal as it was changed; confirmed, it is written, unless something has changed since."""
    request, visit = drawn.request, drawn.visit
    term = TermForm(request.POST)
    if request.POST.get("stamp") != bare.stamp_of(drawn.chosen):
        term.is_valid()
        term.add_error(None, CHANGED)
        return drawn.answer(_proposed(drawn.chosen, drawn.proposal), term, 422)
    picked = _picked(request, drawn)
    if step == "show":
        return drawn.answer(picked, TermForm(initial={name: request.POST.get(name) for name in TermForm.base_fields}))
    sendings = _sendings(drawn.chosen, picked, drawn.ready)
    if term.is_valid() and not sendings:
        term.add_error(None, UNCHANGED)
    if not term.is_valid():
        return drawn.answer(picked, term, 422)
    until = first_day_after(term.cleaned_data["until"]) if term.cleaned_data["until"] else None
    try:
        made = assign_guides(
            sendings=sendings, since=term.cleaned_data["since"], until=until, unit=office_of(visit),
            by=visit.user, at=visit.now,
        )
    except Refused as refusal:
        term.add_error(None, str(refusal))
        return drawn.answer(picked, term, 422)
    entry = AuditEntry.objects.filter(by=visit.user).order_by("-pk").first()
    assert entry is not None
    undo = reverse("undo", kwargs={"entry": entry.pk})
    messages.success(request, format_html('已选派：{} 家商会有了新的指导员。办错了可以<a href="{}">撤销这一步</a>。', len(made), undo))
    return redirect("guides")


def _picked(request: HttpRequest, drawn: _Drawn) -> dict[int, int | None]:
    """Who was picked by hand; whoever is not among the people chosen is nobody."""
    allowed = {str(one.person.pk): one.person.pk for one in drawn.ready}
    return {one.pk: allowed.get(request.POST.get(f"guide-{one.pk}", "")) for one in drawn.chosen}


def _sendings(chosen: Sequence[Bare], picked: dict[int, int | None], ready: Sequence[Candidate]) -> list[Sending]:
    """What would be written: only where somebody else than the present guide is picked."""
    people = {one.person.pk: one for one in ready}
    changed = {one.pk: key for one in chosen if (key := picked.get(one.pk)) is not None and key != one.guide}
    rows = Chamber.objects.select_related("unit").in_bulk(list(changed))
    current = {one.pk: one.current for one in chosen}
    return [
        Sending(people[key].person, rows[chamber], duty=people[key].duty, instead=current[chamber]) for chamber, key in changed.items()
    ]
