"""What duties look at, over a window as at a day: each part is read in one question, and only if asked for.

A nation is read in the time of its questions: days come as ISO text, which is compared as it stands, and what is equal is
turned into months once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from shanghui.access.scope import Scope
from shanghui.kernel.facts import Precision, may_have_begun
from shanghui.ledger.people.models import Appointment, Post
from shanghui.rules.months import Window

Masks = dict[int, int]
"""By unit the months."""


class Office(NamedTuple):
    """Somebody was secretary. `since`: the first day on which he may have been, «» where nobody knows; `until`: the first day on
    which he was no longer, as it stands on the day asked about. Both as ISO text."""

    unit: int
    person: int
    since: str
    until: str | None


class Reading:
    """The facts of the organizations within a scope, over a window, as at a day."""

    def __init__(self, scope: Scope, day: date, window: Window) -> None:
        self.scope, self.day, self.window = scope.on(day), day, window
        self.everywhere = scope.everything and scope.node is None

    def within(self, column: str) -> Q:
        """The condition that the unit in the column is within the scope; none where the scope is everything."""
        return Q() if self.everywhere else self.scope.condition(column)

    def known_end(self, ends: str | None) -> str | None:
        """The end of a fact as it stands on the day: one that comes later is none yet, so that what ends today moves no figure
        of last month."""
        return ends if ends is not None and ends <= self._today else None

    @cached_property
    def _today(self) -> str:
        return self.day.isoformat()

    @cached_property
    def secretaries(self) -> list[Office]:
        """Who was, or may have been, secretary at some time of the window."""
        held = fetched(self._held(Post.SECRETARY).values_list("unit_id", "person_id", *self._when()))
        return [
            Office(unit, person, "" if precision == Precision.SEEN else since, self.known_end(ends))
            for unit, person, since, ends, precision in held
        ]

    def committees(self) -> Iterator[tuple[int, str, str | None]]:
        """Where a committee was, or may have been, on record: since when and until when; those who came together told once."""
        held = self._held(Post.COMMITTEE_MEMBER).values_list("unit_id", *self._when()).distinct()
        for unit, since, ends, precision in fetched(held):
            yield unit, "" if precision == Precision.SEEN else since, self.known_end(ends)

    def _held(self, post: Post) -> QuerySet[Appointment]:
        held = Appointment.objects.filter(may_have_begun(self.day), self.within("unit_id"), post=post)
        return held.exclude(valid_to__lte=self.window.first_day(0)).order_by()

    def _when(self) -> tuple[Any, ...]:
        return as_text("valid_from"), as_text("valid_to"), "from_precision"


def fetched(asked: QuerySet[Any, Any]) -> list[Any]:
    """The rows of a question for numbers and text, as the database returns them: there may be half a million, and none needs to
    be converted."""
    try:
        text, values = asked.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        rows: list[Any] = cursor.fetchall()
        return rows


def as_text(column: str) -> Cast:
    """A day as ISO text, as every database here writes it."""
    return Cast(column, CharField())


def as_day(text: str | None) -> date | None:
    """The day that an ISO text names."""
    return None if text is None else date.fromisoformat(text)


class Known(dict[Any, Any]):
    """What was found for a key, found once."""

    def __init__(self, find: Callable[..., Any]) -> None:
        self.find = find

    def __missing__(self, key: Any) -> Any:
        self[key] = found = self.find(*key) if isinstance(key, tuple) else self.find(key)
        return found
