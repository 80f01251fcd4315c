"""Taking a snapshot: every figure of a unit as at a day with the records behind it, kept as they stood (decision 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shanghui.access.models import AuditEntry, Unit, User
from shanghui.access.scope import Scope, whole
from shanghui.indicators.models import Snapshot, SnapshotFigure
from shanghui.indicators.queries import Figure, figures, population_rows
from shanghui.indicators.registry import Indicator, Population
from shanghui.kernel.conditions import holds

Flagged = list[tuple[int | str, dict[str, Any]]]


@transaction.atomic
def take_snapshot(*, unit: Unit, day: date, by: User | None, at: datetime) -> Snapshot:
    """Keeps all figures of what stands below the unit as at the day. The caller writes the audit entry of its own act."""
    scope = whole(day).under(unit)
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    snapshot = Snapshot.objects.create(unit=unit, as_at=day, taken_at=at, taken_by=by, last_entry=last or 0)
    SnapshotFigure.objects.bulk_create(_kept(snapshot, scope, day))
    return snapshot


def _kept(snapshot: Snapshot, scope: Scope, day: date) -> Iterator[SnapshotFigure]:
    flagged: dict[Population, Flagged] = {}
    for code, figure in figures(scope, day).items():
        population = figure.indicator.population
        if population not in flagged:
            flagged[population] = _flagged(population, scope, day)
        yield SnapshotFigure(
            snapshot=snapshot, code=code, title=figure.indicator.title, unit_of_count=figure.indicator.unit,
            numerator=figure.numerator, denominator=figure.denominator,
            **_rows_behind(figure, flagged[population], day),
        )


def _flagged(population: Population, scope: Scope, day: date) -> Flagged:
    """Key and flags of every record of the population: one query for all its figures."""
    if population.computed is not None:
        records = population.computed.records(scope, day)
        return [(one.pk, {name: getattr(one, name) for name in population.flags}) for one in records]
    found = population_rows(population, scope, day).order_by("pk").values_list("pk", *population.flags)
    return [(row[0], dict(zip(population.flags, row[1:], strict=True))) for row in found]


def _rows_behind(figure: Figure, flagged: Flagged, day: date) -> dict[str, list[int | str]]:
    behind = {"numerator_rows": _matching(figure.indicator, "numerator", flagged, day)}
    if figure.indicator.is_rate:
        behind["denominator_rows"] = _matching(figure.indicator, "denominator", flagged, day)
    return behind


def _matching(indicator: Indicator, part: str, flagged: Flagged, day: date) -> list[int | str]:
    condition = indicator.condition(part, day)
    return list(dict.fromkeys(pk for pk, flags in flagged if holds(condition, flags)))
