"""What a person says to a run before it is written: this cell is, leave this row out, seen; which column is what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from shanghui.exchange import answers
from shanghui.exchange.answers import PERSON, SEEN, Answer
from shanghui.exchange.models import ImportRow, ImportRun, LearnedHeading, RunState
from shanghui.exchange.originals import Originals
from shanghui.exchange.recognition import CHOSEN_KIND, Reading
from shanghui.exchange.recognition.headings import forms_of
from shanghui.exchange.spots import Spot
from shanghui.kernel.refusals import Refused
from shanghui.kernel.workbooks.grids import letter

_LOOKED_AT = 30
Forced = dict[tuple[str, str], dict[str, str | None]]


def _locked(run: ImportRun) -> ImportRun:
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.state not in (RunState.PROPOSED, RunState.FAILED):
        raise Refused("这次导入已经结束，或者正在读取、写入，现在不能改。")
    return current


@transaction.atomic
def answer(*, run: ImportRun, row: ImportRow, number: int, given: Answer) -> None:
    """Keeps the answer to problem `number` of a row, sealed; a problem that was seen is settled at once, any other waits
    until the files are read again. Raises Refused once the run is no longer open."""
    current = _locked(run)
    detail = row.detail
    problem = detail["problems"][number]
    problem["seen" if given.do == SEEN else "answered"] = True
    row.worst = next((w for w in ("error", "warning", "info") if any(_is_open(p, w) for p in detail["problems"])), "")
    row.detail = detail
    row.save(update_fields=["detail", "worst"])
    counts = dict(current.counts.get("problems", {}))
    counts[problem["severity"]] = max(0, counts.get(problem["severity"], 0) - 1)
    counts["seen" if given.do == SEEN else "answered"] = counts.get("seen" if given.do == SEEN else "answered", 0) + 1
    current.counts = {**current.counts, "problems": counts}
    current.corrections = answers.dump(answers.added(current.answers(), given))
    current.save(update_fields=["corrections", "counts"])


def people_meant(given: Iterable[Answer]) -> dict[Spot, set[int]]:
    """The people named for each record whose person the ledger left open."""
    found: dict[Spot, set[int]] = {}
    for one in given:
        if one.do == PERSON:
            spot = one.place.file, one.place.sheet, one.place.row, "" if one.place.row else one.place.column or ""
            found.setdefault(spot, set()).add(int(one.value))
    return found


def _is_open(problem: Mapping[str, Any], severity: str) -> bool:
    return problem["severity"] == severity and not problem.get("seen") and not problem.get("answered")


@transaction.atomic
def leave_errors_out(*, run: ImportRun, chosen: bool) -> None:
    """Rows with errors are left out for now, or are to be put right after all."""
    current = _locked(run)
    current.skip_errors = chosen
    current.save(update_fields=["skip_errors"])


@transaction.atomic
def map_columns(
    *, run: ImportRun, file: str, sheet: str, kind: str, columns: Mapping[str, str | None], headings: Mapping[str, str]
) -> None:
    """Keeps what each named column of a sheet is, and remembers {heading: field} for the sender's next file.

    `kind`: blank leaves it to the headings.
    """
    current = _locked(run)
    others = [entry for entry in current.mapping if (entry["file"], entry["sheet"]) != (file, sheet)]
    chosen = {CHOSEN_KIND: kind} if kind else {}
    current.mapping = [*others, {"file": file, "sheet": sheet, "columns": {**columns, **chosen}}]
    current.save(update_fields=["mapping"])
    learn(sender=current.sender or current.under.name, headings=headings)


def learn(*, sender: str, headings: Mapping[str, str]) -> None:
    """Remembers {heading: field} for this sender's files; blank: the column is left out."""
    for heading, field in headings.items():
        LearnedHeading.objects.update_or_create(sender=sender[:100], heading=heading[:100], defaults={"field": field})


def learned_for(sender: str) -> dict[str, str]:
    """{heading: field} that a person once chose for this sender's files; blank: left out."""
    return dict(LearnedHeading.objects.filter(sender=sender).values_list("heading", "field"))


def heading_key(heading: str) -> str:
    """What a heading (its levels joined by «/») is remembered under."""
    forms = forms_of(tuple(heading.split("/")))
    return forms[0] if forms else ""


def remembered_sheets(reading: Reading, originals: Originals, learned: Mapping[str, str]) -> Forced:
    """Sheets nobody recognises by themselves, whose columns a person once named: most cells of a row are known headings."""
    found: Forced = {}
    for file, sheet, _ in reading.skipped_sheets:
        grid = originals.grids.get((file, sheet))
        for row in grid.rows[:_LOOKED_AT] if grid else ():
            keys = [heading_key(value) if isinstance(value, str) else "" for value in row]
            known: dict[str, str | None] = {letter(c): learned[key] or None for c, key in enumerate(keys) if key in learned}
            if len(known) >= 2 and len(known) * 2 > sum(1 for value in row if value not in ("", None)):
                found[file, sheet] = known
                break
    return found
