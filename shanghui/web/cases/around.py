"""Cases on the pages of what they are about: those open with their next step, those closed, and which can be opened from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.file import files
from shanghui.cases.models import Case, CaseQuerySet, State
from shanghui.cases.progress import Place, next_places
from shanghui.cases.queries import cases, cases_of_chamber, cases_of_organization
from shanghui.cases.registry import kinds
from shanghui.web.kit.timelines import Entry
from shanghui.web.kit.visits import Visit

OF_CHAMBER = ("establishment", "covering")
ELECTION, BY_ELECTION, APPOINTMENT = "election", "by_election", "secretary_appointment"
OF_ORGANIZATION = (ELECTION, BY_ELECTION, APPOINTMENT, "change-form", "merger", "dissolution")
OF_PERSON = ("development",)
ANSWERS = {
    "branch.small": ("change-form", "merger"), "term.organization": (ELECTION,), "term.preparing": (ELECTION,), "committee.needed": (ELECTION,),
    "organization.size": ("change-form",), "branch.possible": ("establishment",), "committee.vacancy": (BY_ELECTION, APPOINTMENT),
}
"""{rule: the kinds of case by which what it finds is put right}."""


@dataclass(frozen=True)
class Shown:
    """A case with the step that comes next; None where it is closed or waits."""

    case: Case
    kind: str
    place: Place | None


def shown(rows: CaseQuerySet, visit: Visit) -> list[Shown]:
    """These cases, those opened last first. Ten questions at most, one where there is none."""
    found = files(rows.order_by("-opened_on", "-pk"), visit.today)
    return [Shown(file.case, file.kind.title, next(iter(next_places(file)), None)) for file in found]


def of_chamber(chamber: int, visit: Visit) -> list[Shown]:
    """The cases about a chamber that the visitor may see and that were open on the day of the page or before."""
    if not visit.may(Act.CASE_VIEW):
        return []
    return shown(cases_of_chamber(chamber, visit.scope_today(Act.CASE_VIEW)).filter(opened_on__lte=visit.day), visit)


def of_organization(organization: int, visit: Visit) -> list[Shown]:
    """The same for a party organization."""
    if not visit.may(Act.CASE_VIEW):
        return []
    return shown(cases_of_organization(organization, visit.scope_today(Act.CASE_VIEW)).filter(opened_on__lte=visit.day), visit)


def of_person(person: int, visit: Visit) -> list[Shown]:
    """The developments of a person that the visitor may see and that were open on the day of the page or before."""
    if not visit.may(Act.CASE_VIEW):
        return []
    return shown(cases(visit.scope_today(Act.CASE_VIEW)).filter(person=person, opened_on__lte=visit.day), visit)


def told_of_cases(found: Iterable[Shown]) -> Iterator[Entry]:
    """Openings and closings, as entries of a timeline."""
    for one in found:
        url = reverse("case", kwargs={"case": one.case.pk})
        yield Entry(one.case.opened_on, f"立项：{one.case.title}", icon="list-check", url=url, kind="building")
        if one.case.closed_on is not None:
            word = "办结" if one.case.state == State.DONE else "撤回"
            yield Entry(one.case.closed_on, f"{word}：{one.case.title}", one.case.closing, icon="list-check", url=url, kind="building")


def openings(visit: Visit, codes: Sequence[str], query: str, standing: Iterable[Shown] = ()) -> list[tuple[str, str]]:
    """(address, word) of each kind that the visitor may open and that is not under way already."""
    if not visit.may(Act.CASE_WORK):
        return []
    under_way = {one.case.kind for one in standing if one.case.state == State.OPEN}
    found = [kind for code in codes if (kind := kinds.get(code)) is not None and code not in under_way]
    return [(f"{reverse('case-new', kwargs={'case_kind': kind.code})}?{query}", kind.title) for kind in found]
