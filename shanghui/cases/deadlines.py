"""The steps ahead in many cases about people with their latest days, read in columns: nothing is loaded of a case but its days.

The same as `progress.next_places` says of each, which also tells what a step waits for, its article and its papers; that is asked
only of the cases that are shown.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from types import SimpleNamespace
from typing import NamedTuple, cast

from django.db.models import Q

from shanghui.access.scope import Scope
from shanghui.cases.file import File
from shanghui.cases.models import Case, CaseQuerySet, Examination, StepRecord
from shanghui.cases.progress import latest_day
from shanghui.cases.registry import Kind, Step, applies_always, kinds


class Ahead(NamedTuple):
    """A step that can be done now in the case with the key `case`, and its last day."""

    case: int
    kind: Kind
    step: Step
    due: date | None


class _Done(NamedTuple):
    """A step done, as far as its day goes: what `File.on` looks at."""

    on: date
    skipped: bool


def steps_ahead(scope: Scope, day: date) -> list[Ahead]:
    """What could be done next on `day` in every case about a person that was open then, within the scope, those due first. Three
    questions, whatever their number, one where there is none."""
    rows = Case.objects.about_people(scope).on(day)
    cases = list(rows.values_list("pk", "kind", "opened_on", "development__extended_months"))
    done, examined = (_done(rows, day), _examined(rows, day)) if cases else ({}, {})
    ready: dict[tuple[object, ...], tuple[Step, ...]] = {}
    found = []
    for pk, code, opened_on, extended in cases:
        kind = kinds.get(code)
        if kind is None:
            continue
        details = SimpleNamespace(extended_months=extended)
        case = cast(Case, SimpleNamespace(pk=pk, opened_on=opened_on, development=details))
        file = File(case, kind, day, (), cast("dict[str, StepRecord]", done.get(pk, {})), examined=examined.get(pk, ()))
        found += [Ahead(pk, kind, step, latest_day(file, step)) for step in _ready(file, ready)]
    return sorted(found, key=lambda one: (one.due or date.max, one.case))


def _ready(file: File, known: dict[tuple[object, ...], tuple[Step, ...]]) -> tuple[Step, ...]:
    """The steps that wait for nothing, in the order in which they are told where none has a last day; cases in which the same steps
    are done and apply are asked once."""
    steps = [one for one in file.kind.steps if one.applies is not applies_always]
    left = frozenset(one.code for one in steps if not one.applies(file))
    key = (file.kind.code, frozenset(file.done), left)
    if key not in known:
        applying = {one.code: one for one in file.kind.steps if one.code not in left}
        ready = [one for one in applying.values() if one.code not in file.done and not {*one.after} & (applying.keys() - file.done.keys())]
        known[key] = tuple(sorted(ready, key=lambda one: one.code))
    return known[key]


def _done(rows: CaseQuerySet, day: date) -> dict[int, dict[str, _Done]]:
    """By case what stood as done on `day`: what still counts; for a step that does not, the last that was returned since."""
    found: dict[int, dict[str, _Done]] = defaultdict(dict)
    records = StepRecord.objects.filter(Q(returned_on=None) | Q(returned_on__gt=day), case__in=rows, on__lte=day)
    returned = []
    for pk, case, step, on, skipped, back in records.order_by().values_list("pk", "case_id", "step", "on", "skipped", "returned_on"):
        if back is None:
            found[case][step] = _Done(on, skipped)
        else:
            returned.append((pk, case, step, _Done(on, skipped)))
    for _, case, step, done in sorted(returned, reverse=True):
        found[case].setdefault(step, done)
    return found


def _examined(rows: CaseQuerySet, day: date) -> dict[int, tuple[date, ...]]:
    """By case the days of its examinations until `day`."""
    found: dict[int, list[date]] = defaultdict(list)
    for case, on in Examination.objects.filter(case__in=rows, on__lte=day).order_by("on", "pk").values_list("case_id", "on"):
        found[case].append(on)
    return {case: tuple(days) for case, days in found.items()}
