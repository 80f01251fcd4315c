"""Both coverages as lower installations reported them, beside those of the ledger: accepted packages only (M46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.access.scope import Scope
from shanghui.exchange.packages.queries import accepted_at, in_words
from shanghui.indicators.models import SnapshotFigure

SHARES = ("coverage.organization", "coverage.work")


@dataclass(frozen=True)
class Share:
    """A coverage in words."""

    title: str
    text: str


@dataclass(frozen=True)
class Reported:
    """The latest accepted package of a unit up to the day."""

    pk: int
    unit: str
    sender: str
    as_at: date
    version: int
    shares: tuple[Share, ...]


def reported(scope: Scope, day: date) -> list[Reported]:
    """The units of the scope that were reported for, by name. Two queries, one where there is none."""
    accepted = accepted_at(scope, day)
    if not accepted:
        return []
    kept: dict[int, dict[str, SnapshotFigure]] = {}
    for one in SnapshotFigure.objects.filter(snapshot__in=[row.snapshot_id for row in accepted.values()], code__in=SHARES):
        kept.setdefault(one.snapshot_id, {})[one.code] = one
    return [
        Reported(row.pk, row.unit.name, row.sender.name, row.as_at, row.version, _shares(kept.get(row.snapshot_id, {})))
        for row in sorted(accepted.values(), key=lambda row: row.unit.name)
    ]


def _shares(kept: dict[str, SnapshotFigure]) -> tuple[Share, ...]:
    return tuple(
        Share(kept[code].title, in_words(kept[code].numerator, kept[code].denominator)) if code in kept else Share(code, "—") for code in SHARES
    )
