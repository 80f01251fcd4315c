"""The activities a draft knows, found by day and name, with their hosts and where they count: indexed once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from shanghui.access.scope import reached_from
from shanghui.exchange.drafting.draft import Draft
from shanghui.exchange.drafting.rows import Row, filled
from shanghui.ledger.activities.models import Activity, ActivityHost, Aspect, Attendance, Occasion, Presence
from shanghui.ledger.activities.operations.parts import occasions

TITLE = 120


class Calendar:
    """Activities by what makes them the same: type, day and title, and a host in common."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._hosts = self._by_activity(ActivityHost, "unit_id")
        self._aspects = self._by_activity(Aspect, "type")
        self._rows: dict[tuple[str, date, str], list[Row]] = {}
        self._counted = {
            (one.values["activity_id"], one.values["unit_id"], one.values["type"]) for one in draft.shelf(Occasion).rows.values()
        }
        self._rostered = self._with_roster()
        for row in draft.shelf(Activity).rows.values():
            self._file(row)

    def _by_activity(self, model: Any, name: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        for one in self._draft.shelf(model).rows.values():
            found.setdefault(one.values["activity_id"], []).append(one.values[name])
        return found

    def _with_roster(self) -> set[int]:
        """The activities of which it is kept who was expected and who came. One query."""
        named = Attendance.objects.filter(activity_id=OuterRef("activity_id")).exclude(state=Presence.OBSERVER)
        hosted = ActivityHost.objects.filter(Exists(named), unit__in=reached_from((self._draft.under.pk,), self._draft.day))
        return set(hosted.values_list("activity_id", flat=True))

    def counted_by_name(self, row: Row) -> bool:
        """Whether the numbers of an activity come from its roster: they are then no file's to change."""
        return row.pk in self._rostered

    def _file(self, row: Row) -> None:
        self._rows.setdefault((row.values["type"], row.values["held_on"], row.values["title"]), []).append(row)

    def same(self, type: str, day: date, title: str, units: Sequence[int]) -> Row | None:
        """The activity that is this one, if the ledger or an earlier record has it."""
        for row in self._rows.get((type, day, title[:TITLE]), ()):
            if set(self._hosts.get(row.pk, ())) & set(units):
                return row
        return None

    def add(self, values: dict[str, Any], units: Sequence[int]) -> Row:
        """A new activity with its hosts."""
        row = self._draft.add(Activity, filled(Activity, values))
        for unit in units:
            self._draft.add(ActivityHost, {"activity_id": row.pk, "unit_id": unit})
        self._hosts[row.pk] = list(units)
        self._file(row)
        return row

    def count(self, row: Row) -> None:
        """The occasions of an activity whose attendance and record are in; those that stand already are left alone."""
        values = row.values
        if values["planned"] or not values["present"] or not values["minutes"].strip():
            return
        types = [values["type"], *self._aspects.get(row.pk, ())]
        for wanted in occasions(row.pk, types, self._hosts.get(row.pk, ()), values["held_on"]):
            key = (row.pk, wanted["unit_id"], wanted["type"])
            if key not in self._counted:
                self._counted.add(key)
                self._draft.add(Occasion, wanted)
