"""What goes into a package: the manifest, the figures of a unit and of those directly below it, the rows behind them (M46)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shanghui.access.models import Axis, UnitKind
from shanghui.access.queries import children_of
from shanghui.access.scope import whole
from shanghui.exchange.packages.keys import Card
from shanghui.exchange.packages.models import Rows, Submission
from shanghui.indicators.listing import listing
from shanghui.indicators.queries import Figure, matrix, none_of
from shanghui.indicators.registry import Indicator, Population, registry
from shanghui.kernel.records import Records

FORMAT = 1
MANIFEST, FIGURES, ROWS = "manifest.json", "figures.json", "rows.json"
_NEVER = {"id_number", "phone", "remark"}
"""Fields of a person that never travel."""
_BESIDE_A_MASK = {"", "category", "affiliation", "office", "guide"}
"""Fields that may stand beside a masked name."""
_NAMES = {"name", "person", "secretary", "president", "secretary_general", "guide"}


def parts_of(submission: Submission, sender: Card, at: datetime) -> dict[str, Any]:
    """The documents of a package by name. The figures are those of the submission's snapshot."""
    parts: dict[str, Any] = {MANIFEST: _manifest(submission, sender, at), FIGURES: {"nodes": list(_nodes(submission))}}
    if submission.rows != Rows.NONE:
        parts[ROWS] = _rows(submission)
    return parts


def _manifest(submission: Submission, sender: Card, at: datetime) -> dict[str, Any]:
    receiver = submission.receiver
    return {
        "format": FORMAT, "package": str(submission.package), "version": submission.version, "rows": submission.rows,
        "from": {"name": sender.name, "code": sender.code}, "to": {"name": receiver.name, "code": receiver.code, "signing": receiver.signing},
        "unit": {"name": submission.unit.name, "code": submission.unit.code}, "as_at": submission.as_at.isoformat(), "made_at": at.isoformat(),
        "definitions": {one.code: definition_of(one) for one in registry},
    }


def definition_of(indicator: Indicator) -> str:
    """The version of a definition: the same where title, unit and wording are the same."""
    text = f"{indicator.title}|{indicator.unit}|{indicator.definition}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _nodes(submission: Submission) -> Iterable[dict[str, Any]]:
    """The unit's figures as they were checked, then those of the federations directly below it as the same day has them."""
    unit, day = submission.unit, submission.as_at
    assert submission.snapshot is not None
    kept = submission.snapshot.figures.order_by("pk").values_list("code", "title", "unit_of_count", "numerator", "denominator")
    names = ("code", "title", "unit", "numerator", "denominator")
    yield {"code": unit.code, "name": unit.name, "figures": [dict(zip(names, one, strict=True)) for one in kept]}
    table = matrix(whole(day).under(unit), day)
    for child in children_of(unit, axis=Axis.SUPERVISION, day=day).filter(kind=UnitKind.FEDERATION):
        found: Mapping[str, Figure] = none_of() | table.get(child.pk, {})
        yield {"code": child.code, "name": child.name, "figures": [_figure(one) for one in found.values()]}


def _figure(one: Figure) -> dict[str, Any]:
    about = one.indicator
    return {"code": about.code, "title": about.title, "unit": about.unit, "numerator": one.numerator, "denominator": one.denominator}


def _rows(submission: Submission) -> dict[str, Any]:
    """{population: its columns and rows, each with its key}, and for each figure the keys behind its two counts."""
    assert submission.snapshot is not None
    behind = {
        code: {"numerator": numerator, "denominator": denominator}
        for code, numerator, denominator in submission.snapshot.figures.values_list("code", "numerator_rows", "denominator_rows")
    }
    populations = {one.population.code: one.population for one in registry}
    counted = {one.code: one.population.code for one in registry}
    needed: dict[str, set[Any]] = {}
    for code, keys in behind.items():
        needed.setdefault(counted[code], set()).update(keys["numerator"], keys["denominator"])
    tables = {code: _table(populations[code], keys, submission) for code, keys in needed.items()}
    return {"behind": behind, "tables": tables}


def _table(population: Population, keys: set[Any], submission: Submission) -> dict[str, Any]:
    day = submission.as_at
    counted = (
        Records(population.computed.named(sorted(keys))) if population.computed
        else population.rows(day).model._default_manager.filter(pk__in=keys)
    )
    shown = listing(population, counted, whole(day).under(submission.unit), day)
    hidden = submission.rows == Rows.MASKED
    columns = [
        one for one in shown.columns
        if not one.masked and one.about not in _NEVER and (not hidden or one.key in _NAMES or one.about in _BESIDE_A_MASK)
    ]
    names = {one.key for one in columns if hidden and one.about and one.key in _NAMES}
    rows = [[row.pk, *(_masked(one.text(row)) if one.key in names else one.text(row) for one in columns)] for row in shown.rows]
    return {"columns": [one.title for one in columns], "rows": rows}


def _masked(names: Any) -> str:
    """«王*、李**»: the first sign of each name."""
    return "、".join(f"{name[:1]}{'*' * max(1, len(name) - 1)}" for name in str(names).split("、") if name)
