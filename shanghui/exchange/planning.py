"""From recognised records to a plan: kind by kind, phase by phase, over one draft of the ledger (M45)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db.models import Model

from shanghui.access.models import Unit
from shanghui.exchange.drafting.calendar import Calendar
from shanghui.exchange.drafting.directory import Directory
from shanghui.exchange.drafting.draft import Draft, Meant, Planned, Refusal
from shanghui.exchange.drafting.loading import load
from shanghui.exchange.drafting.people import Register
from shanghui.exchange.recognition import Problem, Reading, Record
from shanghui.exchange.spots import Spots
from shanghui.kernel.registry import Registry
from shanghui.kernel.sealing import digests
from shanghui.ledger.people.models import Person


@dataclass(slots=True)
class Desk:
    """What a kind works with: the draft, and the indexes over it."""

    draft: Draft
    directory: Directory
    people: Register
    calendar: Calendar


Step = Callable[[Desk, Record], None]


@dataclass(frozen=True)
class Phase:
    """One step of one kind; steps of all kinds run in the order of their numbers."""

    kind: str
    order: int
    step: Step


phases: Registry[Phase] = Registry("shanghui.exchange.kinds")


def phase(kind: str, order: int) -> Callable[[Step], Step]:
    """Declares that records of `kind` take this step at this place in the order."""

    def declare(step: Step) -> Step:
        phases.add(f"{kind}:{order}", Phase(kind, order, step))
        return step

    return declare


@dataclass
class Plan:
    """What an import would do: the plan of each record, and everything that has to be said."""

    draft: Draft
    planned: list[Planned]
    reading: Reading
    problems: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """Problems that stand in the way of applying the plan."""
        return [problem for problem in self.problems if problem.severity == "error"]


CHUNK = 500


def _digests(records: Iterable[Record]) -> dict[str, list[bytes]]:
    """Every identity number of the files with what it may be found by."""
    numbers = {str(record.fields["id_number"]) for record in records if record.fields.get("id_number")}
    return {number: digests(number) for number in numbers}


def _elsewhere(digests: Iterable[bytes], known: Iterable[int]) -> set[bytes]:
    """Which of these digests of identity numbers belong to people outside the draft."""
    listed, found, inside = sorted(digests), set(), set(known)
    for start in range(0, len(listed), CHUNK):
        rows = Person.objects.filter(id_digest__in=listed[start : start + CHUNK]).values_list("pk", "id_digest")
        found |= {bytes(value) for pk, value in rows if pk not in inside}
    return found


Progress = Callable[[int, int], None]


def plan(
    reading: Reading, *, under: Unit, as_at: date, progress: Progress | None = None, meant: Meant | None = None
) -> Plan:
    """Works out what the reading would do below `under`. `as_at`: the day of a table that names none; `meant`: the people
    whom somebody named for a record.

    Records with an error are left out and their errors reported; so is everything only they would have made.
    """
    spots = Spots(reading)
    bad = {spots.of(problem) for problem in reading.problems if problem.severity == "error"}
    good = [record for record in reading.records if spots.of_record(record) not in bad]
    refused: list[Problem] = []
    digests = _digests(good)
    while True:
        draft = Draft(under, as_at, meant)
        planned, now = _attempt(good, digests, reading, draft, progress)
        if not now:
            break
        refused += [problem for _, problem in now]
        gone = {id(record) for record, _ in now}
        good = [record for record in good if id(record) not in gone]
    _mark_repeats(planned)
    said = [problem for one in planned for problem in one.problems]
    return Plan(draft, planned, reading, [*reading.problems, *refused, *said], refused)


def _mark_repeats(planned: Iterable[Planned]) -> None:
    """A chamber in two lists is one new chamber. Posts are counted one by one: a person may hold several."""
    seen: set[tuple[str, type[Model], int]] = set()
    for one in planned:
        if one.subject is not None and one.subject.is_new and one.record.kind != "appointment":
            key = one.record.kind, one.subject.model, one.subject.pk
            one.again = key in seen
            seen.add(key)


def _attempt(
    records: Sequence[Record], digests: dict[str, list[bytes]], reading: Reading, draft: Draft, progress: Progress | None
) -> tuple[list[Planned], list[tuple[Record, Problem]]]:
    load(draft)
    directory = Directory(draft)
    elsewhere = _elsewhere(chain.from_iterable(digests.values()), draft.shelf(Person).rows)
    desk = Desk(draft, directory, Register(draft, directory, elsewhere, digests), Calendar(draft))
    days = {(table.file, table.sheet, table.kind): table.as_at or draft.run_day for table in reading.tables}
    planned = {id(record): Planned(record) for record in records}
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    refused: dict[int, tuple[Record, Problem]] = {}
    done, total = 0, sum(len(by_kind.get(one.kind, ())) for one in phases)
    for one in sorted(phases, key=lambda each: each.order):
        for record in by_kind.get(one.kind, ()):
            done += 1
            if progress is not None and done % 2000 == 0:
                progress(done, total)
            if id(record) in refused:
                continue
            draft.now = planned[id(record)]
            draft.day = days.get((record.file, record.sheet, record.kind), draft.run_day)
            try:
                one.step(desk, record)
            except Refusal as refusal:
                refused[id(record)] = (record, refusal.problem)
    return list(planned.values()), list(refused.values())
