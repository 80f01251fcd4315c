"""The one door: which units a visitor reaches, for which act, on which day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from shanghui.access.acts import Act, roles_that_may
from shanghui.access.models import Axis, Reach, Seat, Unit, UnitKind, User
from shanghui.access.reached import Reached, apart
from shanghui.kernel.facts import holds_on
from shanghui.kernel.prepared import Prepared

NOBODY = Q(pk__in=())


@dataclass(frozen=True)
class Scope:
    """Rows may be seen when their unit is reached from one of `roots` on `day`; and, if given, from `node` too.

    `everything` is for commands run on the server itself. `user_id` lets members see themselves. `people`: those of the roots
    whose seat may also see people, for records about a person among others.
    Rows of facts as at D are narrowed by the tree of D, so that a chamber that moved away stays in the old figures; `pinned`:
    by the tree of `day`, whatever day the facts are asked for.
    """

    roots: tuple[int, ...]
    day: date
    node: int | None = None
    everything: bool = False
    user_id: int | None = None
    people: tuple[int, ...] = ()
    pinned: bool = False

    @property
    def is_empty(self) -> bool:
        """True when nothing can be reached."""
        return not self.everything and not self.roots

    def on(self, day: date) -> Scope:
        """The same door as at another day; a pinned one keeps its own."""
        return self if self.pinned else replace(self, day=day)

    def pin(self) -> Scope:
        """The same door for facts of any day: earlier figures by the tree of `day`."""
        return replace(self, pinned=True)

    def under(self, unit: Unit | int | None) -> Scope:
        """Narrowed to what stands below `unit` (itself included) on the day."""
        return replace(self, node=unit.pk if isinstance(unit, Unit) else unit)

    def seeing_people(self) -> Scope:
        """Only what is reached from seats that may see people."""
        return replace(self, roots=self.people)

    def condition(self, column: str) -> Q:
        """The condition that the unit in `column` (such as "unit_id") is within this scope."""
        condition = Q()
        if not self.everything:
            condition &= Q(**{f"{column}__in": reached_from(self.roots, self.day)})
        if self.node is not None:
            condition &= Q(**{f"{column}__in": reached_from((self.node,), self.day)})
        return condition

    def reaches(self, column: str) -> Q:
        """The same condition, asked row by row: for walks along an index that stop early, and for single rows."""
        starts = ([] if self.everything else [self.roots]) + ([] if self.node is None else [(self.node,)])
        condition = Q()
        for roots in starts:
            condition &= Q(Reached(_closure, column, day=self.day, roots=roots)) if roots else NOBODY
        return condition

    def few_units(self, at_most: int) -> list[int] | None:
        """The ids of the units within this scope, None when there are more than `at_most`. One cheap query."""
        if self.everything and self.node is None:
            return None
        roots = self.roots if self.node is None else (self.node,)
        found = [pk for (pk,) in _reached_first(at_most + 1)(day=self.day, roots=roots)]
        if len(found) > at_most:
            return None
        if self.node is None or self.everything:
            return found
        return list(self.units().filter(pk__in=found).values_list("pk", flat=True))

    def units(self) -> QuerySet[Unit]:
        """The units within this scope."""
        return Unit.objects.filter(self.condition("id"))

    def contains(self, unit_id: int) -> bool:
        """Whether one unit is within."""
        return self.units().filter(pk=unit_id).exists()


def reached_from(roots: tuple[int, ...], day: date) -> QuerySet[Reach, int]:
    """Ids of the units that `roots` reach on `day`: federations by supervision, party organizations by the party line."""
    return _reaches(roots, day).values_list("below_id", flat=True)


def reached_among(units: Collection[int], day: date) -> set[tuple[int, int]]:
    """Of these units which reaches which on `day`: (above, below)."""
    return set(_reaches(tuple(units), day).filter(below_id__in=units).values_list("above_id", "below_id"))


@cache
def _reached_first(count: int) -> Prepared:
    """So many of the units that `roots` reach on `day`."""
    return Prepared(lambda day, roots: reached_from(tuple(roots), day).distinct()[:count])


@Prepared
def _closure(day: date, roots: Sequence[int], below: int) -> Any:
    return apart(_reaches(tuple(roots), day).filter(below_id=below))


def _reaches(roots: tuple[int, ...], day: date) -> QuerySet[Reach]:
    """The closure rows that start at `roots`. Naming both axes lets the database use the whole index in either direction."""
    by_kind = Q(axis=Axis.SUPERVISION) | Q(above__kind=UnitKind.ORGANIZATION)
    return Reach.objects.filter(holds_on(day), by_kind, axis__in=(Axis.SUPERVISION, Axis.PARTY), above__in=roots)


def whole(day: date) -> Scope:
    """Everything, for commands on the server and for migrations of data."""
    return Scope(roots=(), day=day, everything=True)


def held_seats(user: User, today: date) -> QuerySet[Seat]:
    """The seats a user holds today, with their units."""
    return Seat.objects.on(today).filter(user=user).select_related("unit").order_by("pk")


def scope_of_seats(seats: Iterable[Seat], act: Act, *, user: User, day: date) -> Scope:
    """What these seats reach for the act, by the tree as at `day`; empty when none allows it.

    Members always reach themselves through `user_id`.
    """
    roles = roles_that_may(act)
    held = [seat for seat in seats if seat.role in roles]
    seeing = roles_that_may(Act.PEOPLE_VIEW)
    return Scope(
        roots=tuple(sorted({seat.unit_id for seat in held})), day=day, user_id=user.pk,
        people=tuple(sorted({seat.unit_id for seat in held if seat.role in seeing})),
    )


def scope_of(user: User, act: Act, *, today: date, day: date | None = None) -> Scope:
    """What `user` reaches for `act` with the seats held `today`, by the tree as at `day` (default: today)."""
    return scope_of_seats(held_seats(user, today), act, user=user, day=day or today)


def seats_that_reach(unit_ids: Iterable[int], act: Act, *, day: date) -> QuerySet[Seat]:
    """The seats that allow the act on one of these units on `day`: who sees me, and why."""
    by_kind = Q(axis=Axis.SUPERVISION) | Q(axis=Axis.PARTY, above__kind=UnitKind.ORGANIZATION)
    above = Reach.objects.filter(holds_on(day), by_kind, below__in=list(unit_ids)).values("above_id")
    held = Seat.objects.on(day).filter(role__in=roles_that_may(act), unit_id__in=above, user__is_active=True)
    return held.select_related("user", "unit").order_by("unit__kind", "unit__code", "unit__name", "user__display_name")
