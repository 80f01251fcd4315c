"""The form of who will belong to the organization of a case: those whom the ledger has at hand, those listed, and others by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from shanghui.access.acts import Act
from shanghui.cases.counting import DUAL_LIFE, at_hand, form_of
from shanghui.cases.file import File
from shanghui.cases.models import CasePerson
from shanghui.ledger.people.models import MEMBERS, AffiliationKind, Category, MembershipRecord, Person
from shanghui.ledger.people.queries import people
from shanghui.rules.registry import limit
from shanghui.web.activities.people import PeopleField, among, circle_of
from shanghui.web.kit.forms import Form
from shanghui.web.kit.visits import Visit

NO = ""
WAYS = ((NO, "不编入"), (AffiliationKind.HOME.value, "组织关系"), (AffiliationKind.DUAL.value, "双重组织生活"))
PLACES = 3


@dataclass(frozen=True)
class Row:
    """Somebody who can be listed: his category, where he is attached, where his relation is, how he is listed ("" not)."""

    person: Person
    category: str
    unit: str
    home: str
    kind: str = NO

    @property
    def name(self) -> str:
        """The name of his field."""
        return f"kind-{self.person.pk}"


@dataclass(frozen=True)
class Counts:
    """How many are listed, by the ledger. `counted`: full members that count for the form; `least`: what it needs."""

    home: int
    dual: int
    probationary: int
    counted: int
    least: int

    @property
    def lacks(self) -> int:
        """How many full members are missing."""
        return max(self.least - self.counted, 0)


def counts_of(file: File, listed: list[tuple[str, str]]) -> Counts:
    """Takes (category, kind) of everybody listed (ORG-01, ORG-03: full members, by the ledger)."""
    full = [kind for category, kind in listed if category == Category.FULL]
    home, dual = full.count(AffiliationKind.HOME), full.count(AffiliationKind.DUAL)
    probationary = sum(1 for category, kind in listed if category == Category.PROBATIONARY and kind)
    counted = home + (dual if form_of(file) in DUAL_LIFE else 0)
    return Counts(home, dual, probationary, counted, limit("ORG-01", "full_members") if file.kind.makes_branch else 0)


def _no_member(name: str) -> str:
    return f"{name}在台账里不是党员，不能编入。请先核对党籍。"


class PeopleForm(Form):
    """One choice for each person, and places to name others."""

    others = PeopleField(places=PLACES, label="另外编入", help_text="不在上面的党员，写姓名，从列表里选")

    def __init__(self, *args: Any, file: File, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.file = file
        self.listed = {one.person_id: one for one in CasePerson.objects.filter(case=file.case)}
        self.rows = self._rows(visit)
        seen = {one.person.pk for one in self.rows}
        self.kept = [one for one in self.listed.values() if one.person_id not in seen]
        """Those listed whom the visitor may not see: they stay as they are."""
        for row in self.rows:
            self.fields[row.name] = forms.ChoiceField(
                label=row.person.name, choices=WAYS, initial=row.kind, required=False, widget=forms.RadioSelect
            )
        among(self, circle_of(visit))

    def _rows(self, visit: Visit) -> list[Row]:
        units = {one.pk: one.unit.name for one in self.file.chambers}
        near = {one.person.pk: one for one in at_hand(self.file)}
        found: Any = people(visit.scope_today(Act.PEOPLE_VIEW), visit.today).filter(pk__in={*near, *self.listed}).without_numbers()
        order = {one.pk: place for place, one in enumerate(self.file.chambers)}
        rows = []
        for one in found.order_by("initials", "pk"):
            unit = near[one.pk].unit if one.pk in near else 0
            kind = self.listed[one.pk].kind if one.pk in self.listed else NO
            rows.append((order.get(unit, len(order)), Row(one, one.category or "", units.get(unit, ""), one.branch_name or "", kind)))
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]

    @property
    def lines(self) -> list[tuple[Row, forms.BoundField, str]]:
        """Each row with its field and the word of its category."""
        words = dict(Category.choices)
        return [(row, self[row.name], words.get(row.category, "不是党员")) for row in self.rows]

    def chosen(self, sent: Mapping[str, Any]) -> list[tuple[str, str]]:
        """(category, kind) of those who stand in the form as it was sent, or as it begins."""
        known = {value for value, _ in WAYS}
        found = [(row.category, sent.get(row.name, row.kind) if sent else row.kind) for row in self.rows]
        return [(category, kind) for category, kind in found if kind and kind in known]

    def counts(self, sent: Mapping[str, Any]) -> Counts:
        """What is counted of them."""
        return counts_of(self.file, self.chosen(sent))

    def clean(self) -> dict[str, Any]:
        """Members are listed, nobody else."""
        cleaned: dict[str, Any] = super().clean() or {}
        for row in self.rows:
            if cleaned.get(row.name) and row.category not in MEMBERS:
                self.add_error(row.name, _no_member(row.person.name))
        for name in self._no_members(cleaned.get("others") or []):
            self.add_error("others", _no_member(name))
        return cleaned

    def _no_members(self, keys: list[int]) -> list[str]:
        members = MembershipRecord.objects.on(self.file.day).filter(person_id__in=keys, category__in=MEMBERS).values("person_id")
        return list(Person.objects.filter(pk__in=keys).exclude(pk__in=members).values_list("name", flat=True)) if keys else []

    def values(self) -> dict[Person, AffiliationKind]:
        """Who is listed and how: those chosen, those named besides, those outside one's part of the tree as they were."""
        chosen = {row.person.pk: self.cleaned_data[row.name] for row in self.rows if self.cleaned_data[row.name]}
        for one in self.kept:
            chosen[one.person_id] = one.kind
        for pk in self.cleaned_data["others"]:
            chosen.setdefault(pk, AffiliationKind.DUAL if form_of(self.file) in DUAL_LIFE else AffiliationKind.HOME)
        rows = Person.objects.without_numbers().in_bulk(list(chosen))
        return {rows[pk]: AffiliationKind(kind) for pk, kind in chosen.items()}
