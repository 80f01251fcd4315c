"""What duties look at, over a window as at a day: each part is read in one question, and only if asked for.

A nation is read in the time of its questions: days come as ISO text, which is compared as it stands, and what is equal is
turned into months once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from shanghui.access.scope import Scope
from shanghui.kernel.facts import Precision, may_have_begun
from shanghui.ledger.people.models import Appointment, Post
from shanghui.rules.months import Window

Masks = dict[int, int]
"""By unit the months."""


Office = tuple[int, int, str, str | None]
"""Somebody was secretary: unit, person, the first day on which he may have been («» where nobody knows), the first day on which
he was no longer, as it stands on the day asked about. Days as ISO text."""


class Reading:
    """The facts of the organizations within a scope, over a window, as at a day."""

    def __init__(self, scope: Scope, day: date, window: Window) -> None:
        self.scope, self.day, self.window = scope.on(day), day, window
        self.everywhere = scope.everything and scope.node is None

    def within(self, column: str) -> Q:
        """The condition that the unit in the column is within the scope; none where the scope is everything."""
        return Q() if self.everywhere else self.scope.condition(column)

    @property
    def known_end(self) -> Case:
        """The end of a fact as it stands on the day: one that comes later is none yet, so that what ends today moves no figure
        of last month."""
        return Case(When(valid_to__lte=self.day, then=as_text("valid_to")), default=None, output_field=CharField())

    @cached_property
    def secretaries(self) -> list[Office]:
        """Who was, or may have been, secretary at some time of the window."""
        return fetched(self._held(Post.SECRETARY).values_list("unit_id", "person_id", *self._when()))

    def committees(self) -> list[tuple[int, str, str | None]]:
        """Where a committee was, or may have been, on record: since when and until when; those who came together told once."""
        return fetched(self._held(Post.COMMITTEE_MEMBER).values_list("unit_id", *self._when()).distinct())

    def _held(self, post: Post) -> QuerySet[Appointment]:
        held = Appointment.objects.filter(may_have_begun(self.day), self.within("unit_id"), post=post)
        return held.exclude(valid_to__lte=self.window.first_day(0)).order_by()

    def _when(self) -> tuple[Case, Case]:
        """Since when it may have been so, and until when it was."""
        possibly = Case(When(from_precision=Precision.SEEN, then=Value("")), default=as_text("valid_from"), output_field=CharField())
        return possibly, self.known_end


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
