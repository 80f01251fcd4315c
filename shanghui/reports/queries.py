"""What one may ask about reports: their text, what changed since they were frozen, and frozen beside now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shanghui.access.models import AuditEntry, Reach, Unit
from shanghui.access.scope import Scope, whole
from shanghui.indicators.models import SnapshotFigure
from shanghui.indicators.queries import Figure, figures
from shanghui.kernel.rates import Rate
from shanghui.reports.content import Content, from_json
from shanghui.reports.models import Report, ReportQuerySet
from shanghui.reports.operations import content_of

NOT_THE_LEDGER = ("reports_report", "access_user")


def reports(scope: Scope) -> ReportQuerySet:
    """Reports of units within the scope, the latest first."""
    found = Report.objects.within(scope).select_related(
        "unit__federation__committee__unit", "made_by", "snapshot__taken_by", "earlier", "template__unit"
    )
    return found.order_by("-as_at", "-made_at", "-pk")


def frozen_about(unit: Unit, *, since: date) -> QuerySet[Report]:
    """The frozen reports as at `since` or later of this unit or one above it, on any axis on their day; the latest first."""
    reached = Q(valid_to=None) | Q(valid_to__gt=OuterRef("as_at"))
    above = Reach.objects.filter(reached, valid_from__lte=OuterRef("as_at"), above_id=OuterRef("unit_id"), below=unit)
    rows = Report.objects.filter(Exists(above), snapshot__isnull=False, as_at__gte=since)
    return rows.select_related("unit").order_by("-as_at", "-pk")


def read(report: Report) -> Content:
    """What the report says: as frozen, or, for a draft, from the ledger as it is now."""
    return from_json(report.frozen_content) if report.snapshot_id is not None else content_of(report)


def changes_since(report: Report, *, day: date) -> QuerySet[AuditEntry]:
    """Acts after the freezing that changed records of the unit or below it (by the tree of `day`, or of the as-at day).

    Empty for a draft. The report's own entries, accounts and mere views are no changes of the ledger.
    """
    snapshot = report.snapshot
    if snapshot is None:
        return AuditEntry.objects.none()
    within = Q()
    for one in {day, snapshot.as_at}:
        within |= whole(one).under(snapshot.unit_id).condition("unit_id")
    since = AuditEntry.objects.filter(within, pk__gt=snapshot.last_entry)
    views = Q(changes=[]) & ~Q(run__startswith="undo:")
    return since.exclude(subject_table__in=NOT_THE_LEDGER).exclude(views).select_related("by", "unit").order_by("-pk")


@dataclass(frozen=True)
class Compared:
    """A figure of a frozen report beside the same figure now."""

    frozen: SnapshotFigure
    now: Figure | None

    @property
    def frozen_text(self) -> str:
        """«34/40 85.0%» or «28»."""
        return counts_in_words(self.frozen.numerator, self.frozen.denominator)

    @property
    def now_text(self) -> str:
        """The same for now; «—» where the figure is no longer declared."""
        return counts_in_words(self.now.numerator, self.now.denominator) if self.now else "—"

    @property
    def differs(self) -> bool:
        """Whether a count moved."""
        return self.now is None or (self.now.numerator, self.now.denominator) != (self.frozen.numerator, self.frozen.denominator)


def counts_in_words(numerator: int, denominator: int | None) -> str:
    """«34/40 85.0%» or «28»."""
    return str(numerator) if denominator is None else f"{numerator}/{denominator} {Rate(numerator, denominator).percent()}"


def compare(report: Report) -> list[Compared]:
    """Every figure of a frozen report beside what the ledger says now for the same unit and day."""
    snapshot = report.snapshot
    if snapshot is None:
        return []
    now = figures(whole(snapshot.as_at).under(snapshot.unit_id), snapshot.as_at)
    return [Compared(one, now.get(one.code)) for one in snapshot.figures.order_by("pk")]
