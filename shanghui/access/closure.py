"""The dated closure of the links (M01): who stands below whom, on which days. Only access.operations and undo write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from shanghui.access.models import Axis, Link, Reach, Unit
from shanghui.kernel.periods import EPOCH


def own_reaches(unit_ids: Iterable[int]) -> list[Reach]:
    """The rows by which new units reach themselves on every axis."""
    return [
        Reach(axis=axis, above_id=pk, below_id=pk, depth=0, valid_from=EPOCH) for pk in unit_ids for axis in Axis.values
    ]


def reaches(above: Unit, below: Unit, axis: Axis, since: date, until: date | None) -> bool:
    found = Reach.objects.filter(axis=axis, above=above, below=below).filter(Q(valid_to=None) | Q(valid_to__gt=since))
    return (found if until is None else found.filter(valid_from__lt=until)).exists()


def _meet(*periods: tuple[date, date | None]) -> tuple[date, date | None] | None:
    first = max(start for start, _ in periods)
    ends = [end for _, end in periods if end is not None]
    last = min(ends) if ends else None
    return None if last is not None and last <= first else (first, last)


def spread(link: Link) -> None:
    """Adds the closure rows that run through a new link: ancestors of the parent × descendants of the child."""
    above = list(Reach.objects.filter(axis=link.axis, below_id=link.parent_id))
    below = list(Reach.objects.filter(axis=link.axis, above_id=link.child_id))
    own = (link.valid_from, link.valid_to)
    rows = []
    for up in above:
        for down in below:
            met = _meet((up.valid_from, up.valid_to), own, (down.valid_from, down.valid_to))
            if met is not None:
                rows.append(
                    Reach(axis=link.axis, above_id=up.above_id, below_id=down.below_id, valid_from=met[0],
                          valid_to=met[1], depth=up.depth + down.depth + 1)
                )
    Reach.objects.bulk_create(rows, batch_size=2000)


Period = tuple[date, date | None]
Row = tuple[int, int, int, date, date | None]
"""above, below, depth, first day, first day no longer."""


def _links(axis: Axis) -> dict[int, list[tuple[int, date, date | None]]]:
    found: dict[int, list[tuple[int, date, date | None]]] = {}
    for child, parent, since, until in Link.objects.filter(axis=axis).values_list(
        "child_id", "parent_id", "valid_from", "valid_to"
    ):
        found.setdefault(child, []).append((parent, since, until))
    return found


def _climb(pk: int, links: dict[int, list[tuple[int, date, date | None]]]) -> Iterator[Row]:
    climbing: list[tuple[int, int, Period]] = [(pk, 0, (EPOCH, None))]
    while climbing:
        current, depth, period = climbing.pop()
        for parent, since, until in links.get(current, ()):
            met = _meet(period, (since, until))
            if met is not None:
                yield parent, pk, depth + 1, met[0], met[1]
                climbing.append((parent, depth + 1, met))


def expected_reaches(axis: Axis) -> set[Row]:
    """What the closure of the axis must be, from the links alone (without each unit's reach of itself)."""
    links = _links(axis)
    return {row for pk in links for row in _climb(pk, links)}


def rebuild_reaches(axis: Axis, unit_ids: Iterable[int]) -> None:
    """Computes the closure anew for everything that ever stood below these units on the axis (after an undo, or bulk work)."""
    below = set(Reach.objects.filter(axis=axis, above__in=unit_ids).values_list("below_id", flat=True)) | set(unit_ids)
    Reach.objects.filter(axis=axis, below__in=below, depth__gt=0).delete()
    links = _links(axis)
    rows = (
        Reach(axis=axis, above_id=above, below_id=under, depth=depth, valid_from=since, valid_to=until)
        for pk in below
        for above, under, depth, since, until in _climb(pk, links)
    )
    Reach.objects.bulk_create(rows, batch_size=2000)
