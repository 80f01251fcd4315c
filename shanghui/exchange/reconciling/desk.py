"""What is on the desk while accepted fields are written: the draft, and what has to be known besides, asked at once for all of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from shanghui.exchange.drafting.draft import Draft
from shanghui.exchange.drafting.rows import Moment, Row
from shanghui.exchange.reconciling.models import ComparisonCell
from shanghui.kernel.facts import Precision


class Stands(Exception):
    """Why a field is not taken; the message is shown beside it."""


@dataclass
class Desk:
    """The draft and what has to be known besides: asked at once for all that is accepted together.

    `homes`: {name for comparison: organizations that may be a home on the day}; `called`: what organizations are called; `barred`: {person: why nothing
    about membership may be set from a file}; `bound`: {person: why the relation stays}; `taken`: {digest or code: whose it is}.
    """

    draft: Draft
    since: date
    place: str = ""
    homes: dict[str, list[int]] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)
    barred: dict[int, str] = field(default_factory=dict)
    bound: dict[int, str] = field(default_factory=dict)
    taken: dict[object, int] = field(default_factory=dict)
    _by_key: dict[type[models.Model], dict[int, list[Row]]] = field(default_factory=dict)

    def row(self, model: type[models.Model], cell: ComparisonCell) -> Row:
        """The record a cell is about."""
        found = self.draft.shelf(model).rows.get(cell.line.record or 0)
        if found is None:
            raise Stands("这条记录已经不在本单位的台账里。请重新比对")
        return found

    def become(self, model: type[models.Model], key: int, values: dict[str, Any], same: tuple[str, ...]) -> None:
        """The fact holds from the stated day; what the ledger knows from a later day stands."""
        shelf = self.draft.shelf(model)
        later = any(one.values["valid_to"] and one.values["valid_to"] > self.since for one in self._facts(model).get(key, ()))
        if later and key not in shelf.open:
            raise Stands("台账里这一项在那一天以后已有记录。请换一个日期，或者在它自己的页面上改")
        old = shelf.open.get(key)
        if old is not None and not old.is_new and old.values["valid_from"] >= self.since:
            raise Stands(f"台账里这一项自{old.values['valid_from']}起，采用的日期须在其后")
        self.draft.become(model, key, Moment(self.since, Precision.DAY), values, same)

    def _facts(self, model: type[models.Model]) -> dict[int, list[Row]]:
        """The facts of a model by whom they are about; a second branch in which somebody takes part is none."""
        if model not in self._by_key:
            found: dict[int, list[Row]] = defaultdict(list)
            for row in self.draft.shelf(model).rows.values():
                if row.values.get("kind") != "dual":
                    found[next(row.values[name] for name in _KEYS if name in row.values)].append(row)
            self._by_key[model] = found
        return self._by_key[model]


_KEYS = ("person_id", "chamber_id", "organization_id", "unit_id")


def expect(cell: ComparisonCell, now: object) -> None:
    """The ledger still says what was compared: never a blind overwrite."""
    present = "" if now is None else str(now)
    if present != cell.ours:
        raise Stands(f"台账里现在是“{present or '空'}”，和比对时不同。请重新比对")
