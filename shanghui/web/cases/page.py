"""One case: the next step first, then every step in its order, what was typed, the papers, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.scope import scope_of
from shanghui.cases.bodies import effective
from shanghui.cases.file import NUMBERS, File, file_of
from shanghui.cases.models import Case, CasePaper, Posting
from shanghui.cases.operations.locks import APPROVAL, MEETING, settling
from shanghui.cases.operations.papers import REMOVAL
from shanghui.cases.progress import Place, Standing, next_places, pairs, places
from shanghui.cases.queries import changed_since, nominees_of, people_of
from shanghui.cases.registry import Paper, Step
from shanghui.kernel.periods import full_day
from shanghui.rules.norms.regulations import ADMISSION_2026
from shanghui.web.cases.papers_form import PapersForm
from shanghui.web.cases.parts import Link, Parts, parts_of
from shanghui.web.facts.endings import frozen_in_words, held_in_words
from shanghui.web.kit.history import Act as Happened
from shanghui.web.kit.history import history
from shanghui.web.kit.visits import Visit, found, page, show

REVISED = ADMISSION_2026.force_from
"""The first day of the present rules on developing members."""
ENDING = ("dissolution", "merger")
"""The kinds with which an organization ends."""


@dataclass(frozen=True)
class Line:
    """A step as the page shows it: whether the visitor may do it, the papers drafted for it, the forms it leads to, and what still
    stands in its way. `kept`: the papers kept for it. `own`: the visitor reported what is decided here, so that another registers it. `changed`:
    what was typed otherwise since it was reported. `may_date`: it was brought in without its day, which can be given now.
    """

    place: Place
    may: bool
    papers: tuple[Paper, ...]
    forms: list[Link] = field(default_factory=list)
    hindrances: tuple[str, ...] = ()
    kept: tuple[CasePaper, ...] = ()
    own: bool = False
    changed: tuple[str, ...] = ()
    may_date: bool = False

    @property
    def undated(self) -> bool:
        """Whether a step of a development was brought in without its day."""
        return self.place.step.stage != "" and self.place.standing is Standing.SKIPPED


def case_within(visit: Visit, pk: int, act: Act | None = None) -> Case:
    """A case within one's part of the tree for the act; otherwise 404."""
    return found(Case.objects.within(visit.scope_today(act)).select_related("office", "organization__unit", "person").defer(*NUMBERS), pk)


def act_of(place: Place) -> Act:
    """The act a step needs: what the upper level decides is registered by an office."""
    return Act.CASE_DECIDE if place.step.who.decides else Act.CASE_WORK


def may_do(visit: Visit, file: File, place: Place) -> bool:
    """Whether the visitor may do a step of this case."""
    act = act_of(place)
    return visit.may(act) and Case.objects.within(scope_of(visit.user, act, today=visit.today)).filter(pk=file.case.pk).exists()


def changed_word(file: File, step: Step) -> list[str]:
    """What was typed otherwise since the step that this one decides on was registered; nothing for a step that decides on none."""
    asked = file.done.get(step.approves) if step.approves else None
    words = changed_since(file.case, asked.at) if asked is not None and not asked.skipped else []
    return [f"报送（{full_day(asked.on)}）以后改过：{'、'.join(words)}。请核对报送的文件是否还一致。"] if asked is not None and words else []


@page(Act.CASE_VIEW, methods=("GET",))
def case(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """The page of a case."""
    return show_case(request, visit, case_within(visit, case))


def show_case(request: HttpRequest, visit: Visit, row: Case, upload: PapersForm | None = None, status: int = 200) -> HttpResponse:
    """The page; `upload`: the form of its papers as it was sent, with what was refused."""
    file = file_of(row, visit.today)
    people, nominees, papers = list(people_of(file)), list(nominees_of(file)), list(row.papers.all())
    parts = parts_of(file, people, nominees)
    lines = _lines(visit, file, parts, papers)
    ready = {place.step.code for place in next_places(file)}
    may_keep = visit.may(Act.CASE_WORK)
    shown = {
        "file": file, "case": file.case, "kind": file.kind, "lines": lines, "next": [one for one in lines if one.place.step.code in ready],
        "settled": sum(1 for one in lines if one.place.is_settled), "pairs": pairs(file), "people": people, "nominees": nominees,
        "parts": parts, "sees_people": visit.may(Act.PEOPLE_VIEW), "closed": _closed(file),
        "fixed": {"people": APPROVAL in file.done, "election": settling(file, MEETING)} if file.is_open else {},
        "posting": Posting.objects.filter(case=row).select_related("person").first() if "posting" in parts.links else None,
        "warnings": _warnings(visit, file), "may_extend": visit.may(Act.DUTY_EXCUSE),
        "consequences": _consequences(visit, file), "acts": _acts(row, visit), "may_undo": may_keep,
        "may_work": may_keep and file.is_open, "may_reopen": may_keep, "may_take_back": visit.may(Act.CASE_DECIDE), "may_keep": may_keep,
        "papers": [(one, getattr(file.kind.step(one.step), "title", "")) for one in papers],
        "earlier": _earlier(visit, file), "endings": [one for one in file.kind.endings if one.applies(file)] if may_keep and file.is_open else [],
        "upload": upload or (PapersForm(file=file) if may_keep else None),
    }
    return show(request, "cases/case.html", visit, shown, status=status)


def _acts(row: Case, visit: Visit) -> list[Happened]:
    """What happened. Steps are sent back with a reason and not undone here; the removal of a paper is taken back."""
    return [replace(one, undoable=one.undoable and one.entry.verb == REMOVAL) for one in history(row, naming=visit.may(Act.PEOPLE_VIEW), sight=visit.sight())]


def _lines(visit: Visit, file: File, parts: Parts, papers: Sequence[CasePaper]) -> list[Line]:
    """Each step with what the visitor may do; whether a case is within an act's scope is asked once for each act. What stands in
    the way is asked of the few steps that can be done now."""
    allowed: dict[Act, bool] = {}
    found = []
    for place in places(file):
        act = act_of(place)
        if act not in allowed:
            allowed[act] = may_do(visit, file, place)
        asked = file.done.get(place.step.approves) if place.step.approves else None
        own = asked is not None and not asked.skipped and asked.by_id == visit.user.pk
        ready = file.is_open and not file.closed and place.standing is Standing.READY and allowed[act]
        declared = [paper for code in place.step.papers if (paper := file.kind.paper(code)) is not None]
        drafts = tuple(one for paper in declared for one in paper.drafts(file))
        hindrances = tuple(place.step.refuses(file, file.day)) if ready else ()
        changed = tuple(changed_word(file, place.step)) if file.is_open and place.standing is Standing.READY else ()
        kept = tuple(one for one in papers if one.step == place.step.code)
        dates = _may_date(file, place, allowed[act])
        found.append(Line(place, ready and not own, drafts, parts.asked_by(place.step), hindrances, kept, own and ready, changed, dates))
    return found


def _may_date(file: File, place: Place, allowed: bool) -> bool:
    """Whether the day of a step that was brought in without one can be given."""
    return allowed and file.is_open and file.case.person_id is not None and place.standing is Standing.SKIPPED


def _earlier(visit: Visit, file: File) -> list[Place]:
    """The steps of a development that could be registered now for a day before the rules were revised, and that today's version puts
    off: who enters an old road begins there."""
    if file.case.person_id is None or not file.is_open or not visit.may(Act.CASE_WORK):
        return []
    ready = {one.step.code for one in next_places(file)}
    before = next_places(replace(file, day=REVISED - timedelta(days=1)))
    return [one for one in before if one.step.code not in ready and file.case.opened_on < REVISED]


def _consequences(visit: Visit, file: File) -> list[str]:
    """What the ledger will hold; members by name for those who may see them."""
    if not file.is_open:
        return []
    return [*file.kind.consequences(file), *(file.kind.by_name(file) if visit.may(Act.PEOPLE_VIEW) else ())]


def _warnings(visit: Visit, file: File) -> list[str]:
    """What is worth a look; where organizations end on a day gone by, what they held since, and the frozen reports that count them still."""
    if not file.is_open:
        return []
    since, said = effective(file), list(file.kind.warns(file))
    if since is None or since > file.day or file.kind.code not in ENDING:
        return said
    bodies = [one for one in (file.case.organization, *file.joined) if one is not None and one.pk != file.design.target_id]
    return [*said, *(line for one in bodies for line in (*held_in_words(one.unit, since, visit), *frozen_in_words(one.unit, since)))]


def _closed(file: File) -> list[tuple[str, date]]:
    names = {one.pk: one.unit.name for one in file.chambers}
    return [(names[pk], day) for pk, day in file.closed.items()] if file.is_open else []
