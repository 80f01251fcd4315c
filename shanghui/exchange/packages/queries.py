"""What one may ask about packages: those sent and received, what differs, the rows behind a figure, the figures accepted below a unit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from shanghui.access.scope import Scope, whole
from shanghui.exchange.packages.container import unpack
from shanghui.exchange.packages.contents import FIGURES, MANIFEST, ROWS, definition_of
from shanghui.exchange.packages.keys import own_keys
from shanghui.exchange.packages.models import (
    Correspondent,
    Got,
    Received,
    ReceivedQuerySet,
    Rows,
    Submission,
    SubmissionQuerySet,
)
from shanghui.indicators.queries import figures
from shanghui.indicators.registry import registry
from shanghui.kernel.rates import Rate


def submissions(scope: Scope) -> SubmissionQuerySet:
    """Submissions about units within the scope, the latest first."""
    return Submission.objects.within(scope).select_related("unit", "receiver", "made_by", "sent_by", "snapshot").order_by("-made_at", "-pk")


def received(scope: Scope) -> ReceivedQuerySet:
    """Packages about units within the scope, the latest first."""
    found = Received.objects.within(scope).select_related("unit", "sender", "received_by", "answered_by", "snapshot")
    return found.order_by("-received_at", "-pk")


def correspondents(scope: Scope) -> QuerySet[Correspondent]:
    """Those we report to, and those that report for units within the scope."""
    units = scope.units().values("pk")
    return (Correspondent.objects.filter(unit=None) | Correspondent.objects.filter(unit__in=units)).select_related("unit").order_by("pk")


def file_of(row: Submission | Received) -> bytes:
    """The file of a package as it was sent or came."""
    with default_storage.open(row.stored) as file:
        return bytes(file.read())


def kept_as(content: bytes) -> Received | None:
    """The received package that is this very file; None for one that did not come before."""
    digest = hashlib.sha256(content).hexdigest()
    return Received.objects.filter(sha256=digest).select_related("unit", "sender", "snapshot").first()


Counts = tuple[int, int | None]


@dataclass(frozen=True)
class Difference:
    """A figure as reported, as last accepted for the same unit and day before, and as our own ledger has it for that day.

    `other_definition`: the sender counts by another wording of the definition.
    """

    code: str
    title: str
    reported: Counts
    before: Counts | None
    live: Counts | None
    other_definition: bool

    @property
    def differs(self) -> bool:
        """Whether it differs from either."""
        return any(other is not None and other != self.reported for other in (self.before, self.live))

    def words(self, which: str) -> str:
        """«34/40 85.0%», «28», or «—» where there is none; `which`: reported, before, live."""
        counts: Counts | None = getattr(self, which)
        return "—" if counts is None else in_words(*counts)

    @property
    def reported_text(self) -> str:
        """As reported."""
        return self.words("reported")

    @property
    def before_text(self) -> str:
        """As last accepted."""
        return self.words("before")

    @property
    def live_text(self) -> str:
        """As our own ledger has it."""
        return self.words("live")

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "code": self.code, "title": self.title, "reported": self.reported_text, "before": self.before_text, "live": self.live_text,
            "other_definition": self.other_definition,
        }


def in_words(numerator: int, denominator: int | None) -> str:
    """«34/40 85.0%» or «28»."""
    return str(numerator) if denominator is None else f"{numerator}/{denominator} {Rate(numerator, denominator).percent()}"


def differences(row: Received) -> list[Difference]:
    """Every figure of a package beside the last accepted one and our own ledger, both for the same unit and day."""
    definitions = unpack(file_of(row), own_keys().sealing).document(MANIFEST)["definitions"]
    ours = {one.code: definition_of(one) for one in registry}
    before = _last_accepted(row)
    live = figures(whole(row.as_at).under(row.unit_id), row.as_at)
    return [
        Difference(
            one.code, one.title, (one.numerator, one.denominator), before.get(one.code),
            (live[one.code].numerator, live[one.code].denominator) if one.code in live else None,
            one.code in ours and definitions.get(one.code) != ours[one.code],
        )
        for one in row.snapshot.figures.order_by("pk")
    ]


def _last_accepted(row: Received) -> dict[str, Counts]:
    found = Received.objects.filter(
        unit=row.unit, as_at=row.as_at, version__lt=row.version, state__in=(Got.ACCEPTED, Got.CORRECTED)
    ).order_by("-version").first()
    if found is None:
        return {}
    return {one.code: (one.numerator, one.denominator) for one in found.snapshot.figures.all()}


@dataclass(frozen=True)
class Behind:
    """The rows behind a reported figure, as the sender had them."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def rows_behind(row: Received, code: str, part: str) -> Behind | None:
    """The rows behind a figure ("numerator" or "denominator") of a package; None when none travelled with it."""
    indicator = registry.get(code)
    if row.rows == Rows.NONE or indicator is None:
        return None
    document = unpack(file_of(row), own_keys().sealing).document(ROWS)
    keys, table = document["behind"].get(code), document["tables"].get(indicator.population.code)
    if keys is None or table is None:
        return None
    wanted = set(keys[part])
    return Behind(table["columns"], [one[1:] for one in table["rows"] if one[0] in wanted])


def nodes_of(row: Received) -> list[dict[str, Any]]:
    """The figures of the federations directly below the reported unit, as the sender had them."""
    nodes: list[dict[str, Any]] = unpack(file_of(row), own_keys().sealing).document(FIGURES)["nodes"]
    return nodes[1:]


def accepted_at(scope: Scope, day: date) -> dict[int, Received]:
    """{unit: the accepted package with the latest as-at day up to `day`} of the units within the scope. One query."""
    found = Received.objects.within(scope).filter(state=Got.ACCEPTED, as_at__lte=day).select_related("unit", "sender").order_by("as_at", "version")
    return {one.unit_id: one for one in found}
