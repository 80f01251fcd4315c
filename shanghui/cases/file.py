"""A case with everything a kind looks at, loaded for one or for many cases in the same number of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Prefetch

from shanghui.cases.models import (
    Ballot,
    Case,
    CaseChamber,
    CaseOrganization,
    CaseQuerySet,
    Design,
    Development,
    Examination,
    Explanation,
    Nominee,
    StepRecord,
)
from shanghui.cases.registry import CHAMBERS, Kind, kinds
from shanghui.ledger.organizations.models import Chamber, ChamberStatus, PartyOrganization, Status, Term
from shanghui.ledger.people.models import Person
from shanghui.rules.models import Excuse
from shanghui.rules.operations import TERM as TERM_RULE

NUMBERS = ("person__id_number", "person__id_digest", "person__phone", "person__phone_digest")
"""Never read with a case."""
MOVING = (Status.PREPARING, Status.REELECTING)
"""A chamber in this state founds or re-elects itself: its own steps stand beside those of the party organization (M05)."""


@dataclass(frozen=True)
class File:
    """A case as its kind sees it, as at `day`.

    `done`: by step the record that counts; `returned`: those that no longer count, oldest first. `moving`: chambers that were
    in founding or 换届 when the case was opened. `closed`: {chamber key: the day since which it is no longer in operation},
    among the chambers of a kind about chambers, as at `day`. `joined`: the other organizations of a merger. `due_by`: the day the
    term of the organization is due that the case found when it was opened; `until`: the later day that the upper level approved
    (COM-10). `proposed`: the posts for which somebody is a candidate, in a case about an organization. `examined`: the days of the
    examinations, in order, and `explained`: the norms of which it is explained why they are not kept to, in a case about a person.
    """

    case: Case
    kind: Kind
    day: date
    chambers: tuple[Chamber, ...]
    done: dict[str, StepRecord]
    returned: tuple[StepRecord, ...] = ()
    moving: frozenset[int] = frozenset()
    closed: dict[int, date] = field(default_factory=dict)
    due_by: date | None = None
    until: date | None = None
    joined: tuple[PartyOrganization, ...] = ()
    proposed: frozenset[str] = frozenset()
    examined: tuple[date, ...] = ()
    explained: frozenset[str] = frozenset()

    @property
    def development(self) -> Development:
        """The details of a development; an empty one where nothing was typed."""
        return getattr(self.case, "development", None) or Development(case=self.case)

    @property
    def person(self) -> Person:
        """Whom the case is about. Raises LookupError for a case about nobody."""
        if self.case.person is None:
            raise LookupError(self.case.pk)
        return self.case.person

    @property
    def design(self) -> Design:
        """What is to be set up; an empty one where nothing was typed."""
        return getattr(self.case, "design", None) or Design(case=self.case)

    @property
    def ballot(self) -> Ballot:
        """The election; an empty one where nothing was typed."""
        return getattr(self.case, "ballot", None) or Ballot(case=self.case)

    @property
    def is_designed(self) -> bool:
        """Whether a design was typed."""
        return not self.design._state.adding

    @property
    def has_ballot(self) -> bool:
        """Whether anything was typed about an election."""
        return not self.ballot._state.adding

    def on(self, step: str) -> date | None:
        """The day a step was done; None while it is not, and when it was skipped."""
        record = self.done.get(step)
        return None if record is None or record.skipped else record.on

    def number(self, step: str) -> str:
        """The 文号 of a step's paper, or ""."""
        record = self.done.get(step)
        return record.number if record else ""

    @property
    def is_open(self) -> bool:
        """Whether the case is worked on, on the day of the file."""
        return self.case.closed_on is None or self.day < self.case.closed_on


def files(rows: CaseQuerySet, day: date) -> list[File]:
    """The files of these cases in their order: seven questions, three more where some are about a party organization, two where
    some are about a person, however many there are. A kind no longer declared is left out."""
    chambers = CaseChamber.objects.select_related("chamber__unit")
    joined = CaseOrganization.objects.select_related("organization__unit")
    one = rows.select_related(
        "office", "organization__unit", "opened_by", "design__upper__unit", "design__target__unit", "ballot", "person",
        "development__approver__unit",
    ).defer(*NUMBERS)
    found = list(one.prefetch_related(
        Prefetch("chambers", chambers), Prefetch("organizations", joined),
        Prefetch("records", StepRecord.objects.select_related("by", "returned_by")),
    ))
    statuses = _statuses({link.chamber_id for case in found for link in case.chambers.all()})
    about = [case for case in found if case.organization_id and not case.person_id]
    terms, proposed = _terms(about), _proposed(about)
    examined, explained = _of_people(rows, any(case.person_id for case in found))
    return [
        replace(
            _with_term(_file(case, kind, day, statuses), terms.get(case.pk)), proposed=frozenset(proposed[case.pk]),
            examined=tuple(examined[case.pk]), explained=frozenset(explained[case.pk]),
        )
        for case in found if (kind := kinds.get(case.kind)) is not None
    ]


def as_at(file: File) -> File:
    """The file as it stood on its day: without what was done, and with what was returned, later."""
    records = [*file.returned, *file.done.values()]
    standing = [one for one in records if one.on <= file.day and (one.returned_on is None or one.returned_on > file.day)]
    returned = tuple(one for one in file.returned if one.returned_on is not None and one.returned_on <= file.day)
    examined = tuple(one for one in file.examined if one <= file.day)
    return replace(file, done={one.step: one for one in standing}, returned=returned, examined=examined)


def file_of(case: Case, day: date) -> File:
    """The file of one case. Raises LookupError when its kind is not declared."""
    found = files(Case.objects.filter(pk=case.pk), day)
    if not found:
        raise LookupError(case.kind)
    return found[0]


def _statuses(chambers: Iterable[int]) -> dict[int, list[ChamberStatus]]:
    found: dict[int, list[ChamberStatus]] = defaultdict(list)
    for row in ChamberStatus.objects.filter(chamber_id__in=chambers).order_by("valid_from"):
        found[row.chamber_id].append(row)
    return found


def _terms(cases: Sequence[Case]) -> dict[int, tuple[date, date | None]]:
    """By case the day the term is due that it found, and the later day approved. A term begun by the case itself is not that one."""
    units = {case.organization_id for case in cases if case.organization_id is not None}
    if not units:
        return {}
    terms = list(Term.objects.filter(unit_id__in=units).order_by("valid_from"))
    delays = {(row.unit_id, row.first): row.until for row in Excuse.objects.filter(unit_id__in=units, rule=TERM_RULE)}
    found: dict[int, tuple[date, date | None]] = {}
    for case in cases:
        began = [one for one in terms if one.unit_id == case.organization_id and one.valid_from <= case.opened_on]
        before = [one for one in began if one.valid_from < case.opened_on and (one.valid_to is None or case.opened_on <= one.valid_to)]
        for one in (before or began)[-1:]:
            found[case.pk] = (one.due_by, delays.get((one.unit_id, one.due_by)))
    return found


def _with_term(file: File, term: tuple[date, date | None] | None) -> File:
    return replace(file, due_by=term[0], until=term[1]) if term else file


def _proposed(cases: Sequence[Case]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    if cases:
        for case, post in Nominee.objects.filter(case__in=cases).values_list("case_id", "post"):
            found[case].add(post)
    return found


def _of_people(rows: CaseQuerySet, some: bool) -> tuple[dict[int, list[date]], dict[int, list[str]]]:
    """By case about a person the days of its examinations, and the norms explained."""
    examined: dict[int, list[date]] = defaultdict(list)
    explained: dict[int, list[str]] = defaultdict(list)
    if some:
        those = {"case__in": rows.order_by().values("pk")}
        for case, day in Examination.objects.filter(**those).order_by("on", "pk").values_list("case_id", "on"):
            examined[case].append(day)
        for case, norm in Explanation.objects.filter(**those).order_by("norm").values_list("case_id", "norm"):
            explained[case].append(norm)
    return examined, explained


def _held(rows: Sequence[ChamberStatus], day: date) -> ChamberStatus | None:
    return next((row for row in rows if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)), None)


def _file(case: Case, kind: Kind, day: date, statuses: dict[int, list[ChamberStatus]]) -> File:
    records = list(case.records.all())
    chambers = tuple(link.chamber for link in case.chambers.all())
    moving, closed = set(), {}
    for chamber in chambers:
        then, now = _held(statuses[chamber.pk], case.opened_on), _held(statuses[chamber.pk], day)
        if then is not None and then.status in MOVING:
            moving.add(chamber.pk)
        if now is not None and now.status == Status.CLOSED and kind.about == CHAMBERS:
            closed[chamber.pk] = now.valid_from
    return File(
        case, kind, day, chambers, {one.step: one for one in records if one.returned_on is None},
        tuple(one for one in records if one.returned_on is not None), frozenset(moving), closed,
        joined=tuple(link.organization for link in case.organizations.all()),
    )
