"""Periods that one unit missed of one duty, in one row of the list: told together, opened one by one, chosen at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from shanghui.kernel.periods import EPOCH
from shanghui.rules.duties import registry as duties
from shanghui.rules.models import Finding
from shanghui.web.home.missed import ASKED, said_of, short_period
from shanghui.web.home.todo import Part

Key = tuple[Any, ...]
_DUTIES = {one.code: one for one in duties}


@dataclass(frozen=True)
class Told:
    """One row: what it says, the periods it opens into (none where there is but one), and the keys of all of them."""

    said: str
    parts: tuple[Part, ...]
    keys: str


class Together:
    """The rows of a page: of findings about one duty of one unit that stand alike (state, who follows it, what was said) the
    earliest stands for all."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.found: dict[Key, list[Finding]] = {}

    def heads(self, rows: QuerySet[Finding]) -> QuerySet[Finding]:
        """The row that stands for each of them; what concerns no duty stands for itself."""
        apart = Case(When(rule__in=list(_DUTIES), then=Value(EPOCH)), default=F("first"), output_field=DateField())
        alike = (F("unit"), F("rule"), F("state"), F("owner"), F("explanation"), apart)
        return rows.annotate(place=Window(RowNumber(), partition_by=alike, order_by=("first", "pk"))).filter(place=1)

    def read(self, heads: Sequence[Finding]) -> None:
        """What stands behind the rows of a page. One query."""
        found = defaultdict(list)
        asked = {"unit_id__in": {one.unit_id for one in heads}, "rule__in": {one.rule for one in heads} & _DUTIES.keys()}
        for one in Finding.objects.filter(**asked).order_by("first", "pk"):
            found[_key(one)].append(one)
        self.found = found

    def of(self, head: Finding) -> Told:
        """What a row says."""
        rows = self.found.get(_key(head), [head])
        if len(rows) == 1:
            return Told(head.message, (), str(head.pk))
        duty = _DUTIES[head.rule]
        first, last = (short_period(one.first, duty.every, self.today) for one in (rows[0], rows[-1]))
        parts = (Part(short_period(one.first, duty.every, self.today), reverse("finding", kwargs={"finding": one.pk})) for one in rows)
        return Told(f"{said_of(duty.title, first, last, len(rows))}。{ASKED}", tuple(parts), ",".join(str(one.pk) for one in rows))


def _key(one: Finding) -> Key:
    return one.unit_id, one.rule, one.state, one.owner, one.explanation
