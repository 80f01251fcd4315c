"""Files that were imported hold people too: their originals and rows go when their time is over, or somebody in them is erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet

from shanghui.access.models import User
from shanghui.access.scope import Scope
from shanghui.exchange.models import ImportFile, ImportRow, ImportRun, RunState
from shanghui.exchange.reconciling.models import Comparison, ComparisonLine, ComparisonState
from shanghui.exchange.reconciling.subjects import PEOPLE
from shanghui.kernel.periods import months_later
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import erase
from shanghui.ledger.people.retention import Leaver, leavers, term_on


@dataclass(frozen=True)
class Due:
    """What can be erased on a day: people, and runs and comparisons whose originals have been kept long enough."""

    people: Sequence[Leaver]
    runs: Sequence[ImportRun]
    comparisons: Sequence[Comparison] = ()


@dataclass
class Erased:
    """What was: people, and files removed from the disk."""

    people: int = 0
    runs: int = 0
    comparisons: int = 0
    files: list[str] = field(default_factory=list)


def due(scope: Scope, day: date) -> Due:
    """For the preview: nothing is done."""
    return Due(list(leavers(scope, day)), list(expired_runs(scope, day)), list(expired_comparisons(scope, day)))


def expired_runs(scope: Scope, day: date) -> QuerySet[ImportRun]:
    """Runs that are over and of which an original is still there, kept as long as the rule says."""
    last = months_later(day, -term_on("import", day).months)
    over = ImportRun.objects.within(scope.on(day)).exclude(state__in=(RunState.READING, RunState.PROPOSED, RunState.APPLYING))
    return over.filter(Q(pk__in=ImportFile.objects.exclude(stored="").values("run_id")), created_at__date__lte=last).order_by("pk")


def expired_comparisons(scope: Scope, day: date) -> QuerySet[Comparison]:
    """Comparisons with people whose file is still there, kept as long as the rule says for files that were imported."""
    last = months_later(day, -term_on("import", day).months)
    of_people = Comparison.objects.within(scope.on(day)).filter(subject=PEOPLE).exclude(stored="")
    return of_people.exclude(state__in=(ComparisonState.READING, ComparisonState.OPEN)).filter(made_at__date__lte=last).order_by("pk")


def erase_expired(found: Due, *, by: User | None, at: datetime, reason: str = "") -> Erased:
    """Erases what a preview told: all in one transaction, files of the disk after it has held."""
    done = Erased(len(found.people))
    with transaction.atomic():
        keys = {one.pk for one in found.runs}
        if found.people:
            keys |= {int(run.partition(":")[2]) for run in erase(found.people, by=by, at=at, reason=reason) if run.startswith("import:")}
        done.runs = len(keys)
        done.files = _strip(keys)
        compared = {one.pk for one in found.comparisons} | _compared_with([one.person for one in found.people])
        done.comparisons = len(compared)
        done.files += _strip_comparisons(compared)
    return done


def _strip(runs: Iterable[int]) -> list[str]:
    """Of these runs only names of files, digests and counts stay."""
    files = ImportFile.objects.filter(run_id__in=runs).exclude(stored="")
    storage = ImportFile._meta.get_field("stored").storage
    stored = list(files.values_list("stored", flat=True))
    files.update(stored="")
    ImportRow.objects.filter(run_id__in=runs).delete()
    for run in ImportRun.objects.filter(pk__in=runs):
        run.corrections, run.reading, run.mapping = "", {}, []
        run.save(update_fields=["corrections", "reading", "mapping"])
    for name in stored:
        transaction.on_commit(lambda name=name: storage.delete(name))  # type: ignore[misc]
    return stored


def _compared_with(people: Sequence[Person]) -> set[int]:
    """The comparisons in which these people stand, or somebody of their name. `people`: as they were before."""
    meant = Q(record__in=[one.pk for one in people]) | Q(title__in=[one.name for one in people])
    return set(ComparisonLine.objects.filter(meant, comparison__subject=PEOPLE).values_list("comparison_id", flat=True))


def _strip_comparisons(comparisons: Iterable[int]) -> list[str]:
    """Of these comparisons only the file's name, its digest, counts and acts stay."""
    wanted = Comparison.objects.filter(pk__in=comparisons)
    stored = [name for name in wanted.values_list("stored", flat=True) if name]
    ComparisonLine.objects.filter(comparison__in=wanted.values("pk")).delete()
    wanted.update(stored="")
    for name in stored:
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
    return stored
