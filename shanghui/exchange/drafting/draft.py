"""The draft of one import: a picture of the ledger below a unit, and what the files would change in it.

Rules that hold everywhere: a blank never overwrites; a fact that differs ends the old one and begins a new one; what is
already so is left alone, so that the same file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from shanghui.access.models import Unit
from shanghui.exchange.drafting.rows import Moment, Row, Shelf
from shanghui.exchange.recognition import Problem, Record
from shanghui.exchange.spots import Spot, Spots
from shanghui.kernel.facts import Precision

Meant = Mapping[Spot, Collection[int]]


@dataclass(slots=True)
class Planned:
    """What one record would do: its subject, the rows it makes or revises, what has to be said about it.

    `again`: an earlier record of its kind registers the same subject already.
    """

    record: Record
    subject: Row | None = None
    title: str = ""
    organization: str = ""
    unit: int | None = None
    created: list[Row] = field(default_factory=list)
    revised: list[tuple[Row, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    again: bool = False

    @property
    def outcome(self) -> str:
        """new / changed / same, as the ledger sees it: what adds to something that the same files make is new with it."""
        if self.subject is not None and self.subject.is_new and not self.again:
            return "new"
        return "changed" if self.created or self.revised else "same"


class Refusal(Exception):
    """A record that cannot be planned; carries the problem to be shown."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Draft:
    """Shelves of rows, and the plan of the record being worked on (`now`)."""

    def __init__(self, under: Unit, day: date, meant: Meant | None = None) -> None:
        """`under`: the federation the files are imported to; `day`: the day the run stands at when a table names none;
        `meant`: the people that somebody named where the ledger leaves it open."""
        self.under, self.run_day, self.meant = under, day, meant or {}
        self.day = day
        self.shelves: dict[type[models.Model], Shelf] = {}
        self.offices: dict[int, int] | None = None
        self._settled: dict[tuple[int, str], Any] = {}
        self.words: dict[tuple[type[models.Model], int], str] = {}
        """How facts that no file speaks of are told: «与“某律师事务所”的结对»."""
        self.now: Planned = Planned(Record(kind="", sheet="", row=None, fields={}))

    def is_meant(self, person: Row) -> bool:
        """Whether somebody said that the present record means this person."""
        return person.pk in self.meant.get(Spots.of_record(self.now.record), ())

    def shelf(self, model: type[models.Model]) -> Shelf:
        """The shelf of a model."""
        found = self.shelves.get(model)
        if found is None:
            found = self.shelves[model] = Shelf(model)
        return found

    def add(self, model: type[models.Model], values: dict[str, Any], pk: int | None = None) -> Row:
        """A new row for the present record."""
        row = self.shelf(model).add(values, pk)
        self.now.created.append(row)
        return row

    def revise(self, row: Row, **values: Any) -> bool:
        """Sets the columns that are given (not None, not blank) and differ; says whether any did.

        What an earlier record of the same files said of a column stands: two rows about one person cannot take turns.
        """
        before = {}
        after = {}
        held = row.values
        for name, value in values.items():
            if value is None or value == "" or self._settled.setdefault((id(row), name), value) != value:
                continue
            if held.get(name) != value:
                before[name], after[name] = held.get(name), value
        if not after:
            return False
        held.update(after)
        if not row.is_new:
            for name, value in before.items():
                row.before.setdefault(name, value)
        self.now.revised.append((row, before, after))
        return True

    def hold(self, model: type[models.Model], key: Hashable, since: Moment, values: dict[str, Any]) -> Row:
        """The fact with this key holds: already so, or from `since` on. A better known beginning replaces «seen»."""
        shelf = self.shelf(model)
        row = shelf.open.get(key)
        if row is None:
            row = self._begin(model, key, since, values)
        elif row.values["from_precision"] == Precision.SEEN and since.precision != Precision.SEEN:
            self.revise(row, valid_from=since.day, from_precision=since.precision)
        return row

    def _begin(self, model: type[models.Model], key: Hashable, since: Moment, values: dict[str, Any]) -> Row:
        row = self.add(
            model, {**values, "valid_from": since.day, "valid_to": None, "from_precision": since.precision}
        )
        self.shelf(model).open[key] = row
        return row

    def become(
        self, model: type[models.Model], key: Hashable, since: Moment, values: dict[str, Any], same: tuple[str, ...]
    ) -> Row:
        """The one open fact of this key becomes `values`: left alone when the columns in `same` agree, else ended and followed.

        A fact that the ledger knows from a later day than the file speaks of is left alone, with a warning.
        """
        shelf = self.shelf(model)
        old = shelf.open.get(key)
        if old is None:
            return self._begin(model, key, since, values)
        if all(old.values.get(name) == values.get(name) for name in same):
            if old.values["from_precision"] == Precision.SEEN and since.precision != Precision.SEEN:
                self.revise(old, valid_from=since.day, from_precision=since.precision)
            return old
        start = since if since.day > old.values["valid_from"] else Moment(self.day, Precision.SEEN)
        if start.day <= old.values["valid_from"]:
            self.warn("", "value_conflict", f"台账里自{old.values['valid_from']}起已有较新的记录，这一项没有改动。请核对后在页面上修改。")
            return old
        self.revise(old, valid_to=start.day)
        return self._begin(model, key, start, values)

    def end(self, model: type[models.Model], key: Hashable, on: date) -> None:
        """Ends the open fact of this key, if there is one that began before `on`."""
        old = self.shelf(model).open.get(key)
        if old is not None and old.values["valid_from"] < on:
            self.revise(old, valid_to=on)
            del self.shelf(model).open[key]

    def problem(self, name: str, kind: str, severity: str, message: str, **more: Any) -> Problem:
        """A problem of the present record at one of its fields."""
        record = self.now.record
        row, column = record.cell_of(name)
        return Problem(
            sheet=record.sheet, row=row, column=column, field=name or None,
            kind=kind, severity=severity, message=self._place(name) + message, file=record.file, **more,
        )

    def _place(self, name: str) -> str:
        row, column = self.now.record.cell_of(name)
        sheet = f"“{self.now.record.sheet}”"
        return sheet + (f"第{row}行" if row else "") + (f"{column}列" if column else "") + "："

    def warn(self, name: str, kind: str, message: str, **more: Any) -> None:
        """Something a person should look at; the record goes on."""
        self.now.problems.append(self.problem(name, kind, "warning", message, **more))

    def refuse(self, name: str, kind: str, message: str, **more: Any) -> Refusal:
        """An error to raise: the record is not taken."""
        return Refusal(self.problem(name, kind, "error", message, **more))
