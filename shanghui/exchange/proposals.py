"""What a run keeps of a plan: a row for each record and each problem, counts, and a digest to see whether it still holds."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from shanghui.exchange.answers import SEEN, Answer, Place
from shanghui.exchange.concealing import told
from shanghui.exchange.differences import differences
from shanghui.exchange.drafting.draft import Planned
from shanghui.exchange.models import ImportRow, ImportRun, Outcome
from shanghui.exchange.planning import Plan
from shanghui.exchange.recognition import Problem, Reading, Record
from shanghui.exchange.spots import Spot, Spots
from shanghui.kernel import bulk

NOT_KEPT = frozenset({"dues", "transfer"})
"""Kinds that are recognised, and whose rows the ledger does not keep."""
_WORST = ("error", "warning", "info")
_NAMES = ("name", "organization", "guide", "shop", "topic", "chamber", "branch")
_OF_TWO = ("duplicate_person", "duplicate_chamber", "duplicate_row", "duplicate_conflict", "same_name")
_COLUMNS = ("run_id", "file", "sheet", "row", "column", "kind", "outcome", "worst", "title", "organization", "detail")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def counts_of(made: Plan) -> dict[str, dict[str, int]]:
    """{kind: {"new": n, "changed": n, "same": n}} over the records of a plan."""
    counts: dict[str, dict[str, int]] = {}
    for one in made.planned:
        counts.setdefault(one.record.kind, {"new": 0, "changed": 0, "same": 0})[one.outcome] += 1
    return counts


def by_organization(made: Plan) -> list[list[Any]]:
    """[organization, new, changed, same], in the order of names."""
    counts: dict[str, Counter[str]] = {}
    for one in made.planned:
        if one.record.kind not in NOT_KEPT:
            counts.setdefault(one.organization or "其他", Counter())[one.outcome] += 1
    return [[name, c["new"], c["changed"], c["same"]] for name, c in sorted(counts.items())]


def doing_of(made: Plan) -> str:
    """A digest of what a plan would do: for each record whom it is about, how many rows it makes, what it revises. Equal
    when a second look at the same files and ledger shows the same."""
    found = hashlib.sha256()
    for one in made.planned:
        subject = one.subject.pk if one.subject is not None else 0
        revised = [(row.pk, after) for row, _, after in one.revised] if one.revised else ()
        found.update(f"{one.record.row}{one.record.kind}{one.outcome}{subject} {one.unit} {len(one.created)}{revised}".encode())
    return found.hexdigest()


def keep(run: ImportRun, made: Plan) -> dict[str, int]:
    """Replaces the run's rows by those of a plan; returns the open problems by severity, and how many were seen.

    Call inside a transaction. Bare inserts: a roster has a hundred thousand rows.
    """
    run.rows.all().delete()
    found: Counter[str] = Counter()
    bulk.insert(ImportRow, _COLUMNS, ((run.pk, *entry) for entry in _entries(run, made, found)))
    return dict(found)


_NOTHING = _json({"problems": [], "changes": []})
Entry = tuple[Any, ...]


def _entries(run: ImportRun, made: Plan, found: Counter[str]) -> Iterator[Entry]:
    """(file, sheet, row, column, kind, outcome, worst, title, organization, detail) for each record, then for what else
    has to be said; counts open problems into `found`."""
    spots = Spots(made.reading)
    seen = {(one.place, one.problem) for one in run.answers() if one.do == SEEN}
    waiting: dict[Spot, list[Problem]] = {}
    for problem in made.problems:
        waiting.setdefault(spots.of(problem), []).append(problem)
    for one in made.planned:
        record = one.record
        spot = spots.of_record(record)
        problems, worst = _problems(waiting.pop(spot, ()), seen, found if record.kind not in NOT_KEPT else Counter())
        changes = differences(made.draft, one) if one.revised or one.outcome == "changed" else []
        outcome = _outcome(one, worst)
        detail = _json({"problems": problems, "changes": changes}) if problems or changes else _NOTHING
        yield (*spot, record.kind, outcome, worst, one.title[:120], one.organization[:100], detail)
    records = {spots.of_record(record): record for record in made.reading.records} if waiting else {}
    for spot, listed in waiting.items():
        about = records.get(spot)
        problems, worst = _problems(listed, seen, found)
        outcome = {"error": Outcome.ERROR, "warning": Outcome.WARNING}.get(worst, Outcome.SAME)
        title = _named(about) if about else ""
        detail = _json({"problems": problems, "changes": []})
        yield (*spot, about.kind if about else "", outcome.value, worst, title, "", detail)


def _named(record: Record) -> str:
    """What a record that was not planned is about."""
    return next((str(record.fields[name])[:120] for name in _NAMES if record.fields.get(name)), "")


def _problems(
    listed: Sequence[Problem], seen: set[tuple[Place, str]], found: Counter[str]
) -> tuple[list[dict[str, Any]], str]:
    entries, open_now = [], set()
    for problem in listed:
        entry = told(problem)
        if problem.severity != "error" and (_place(problem), problem.kind) in seen:
            entry["seen"] = True
            found["seen"] += 1
        else:
            open_now.add(problem.severity)
            found[problem.severity] += 1
        entries.append(entry)
    return entries, next((level for level in _WORST if level in open_now), "")


def _place(problem: Problem) -> Place:
    return Place(problem.file, problem.sheet or "", problem.row, problem.column)


def _outcome(one: Planned, worst: str) -> str:
    if one.record.kind in NOT_KEPT:
        return Outcome.UNKEPT.value
    return Outcome.WARNING.value if worst == "warning" and one.outcome == "same" else one.outcome


def without(reading: Reading, skipped: Sequence[Answer]) -> Reading:
    """The reading without the records a person left out, and without what was said about them."""
    if not skipped:
        return reading
    gone = {
        (one.place.file, one.place.sheet, one.place.row, "" if one.place.row else one.place.column or "") for one in skipped
    }
    rows = {spot[:3] for spot in gone}
    spots = Spots(reading)
    reading.records = [record for record in reading.records if spots.of_record(record) not in gone]
    reading.problems = [
        p for p in reading.problems
        if spots.of(p) not in gone and not (p.kind in _OF_TWO and (p.file, p.sheet or "", p.other_row) in rows)
    ]
    return reading
