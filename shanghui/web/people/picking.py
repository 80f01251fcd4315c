"""Finding somebody for a post or an assignment: a search within one's part of the tree, or a new person by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.ledger.people.listing import complete, listed_people
from shanghui.ledger.people.models import Category, Person
from shanghui.ledger.people.operations import register_person
from shanghui.ledger.people.queries import matching_people
from shanghui.web.kit.visits import Visit

NEW = "new"
AT_MOST = 12


class PersonChoice:
    """Who can be chosen: `?person=` names one, `?find=` searches. Nobody outside the visitor's part of the tree is offered."""

    def __init__(self, request: HttpRequest, visit: Visit) -> None:
        self.visit = visit
        self.text = request.GET.get("find", "").strip()[:40]
        self.found = self._rows(request.GET.get("person", ""))
        self.more = len(self.found) > AT_MOST
        self.found = self.found[:AT_MOST]
        complete(self.found, visit.today)

    def _rows(self, chosen: str) -> list[Person]:
        rows = listed_people(self.visit.scope_today(Act.PEOPLE_VIEW), self.visit.today).without_numbers()
        if chosen.isdecimal() and len(chosen) < 15:
            return list(rows.filter(pk=int(chosen)))
        return list(rows.filter(matching_people(self.text))[: AT_MOST + 1]) if self.text else []

    @property
    def may_be_new(self) -> bool:
        """Whether the text reads as a name under which somebody new can be registered."""
        return len(self.text) >= 2 and not any(character.isdigit() or character.isascii() for character in self.text)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """For radio buttons: name, branch, category and posts tell two of one name apart."""
        listed = [(str(row.pk), _words(row)) for row in self.found]
        return [*listed, (NEW, f"登记新的人：{self.text}")] if self.may_be_new else listed

    def field(self) -> forms.ChoiceField:
        """The field of the form."""
        only = self.choices[0][0] if len(self.choices) == 1 else None
        widget = forms.RadioSelect(attrs={"class": "wide"})
        return forms.ChoiceField(label="人员", choices=self.choices, initial=only, widget=widget)

    def person(self, chosen: str, kept_by: Unit) -> Person:
        """Who was chosen; somebody new is registered, kept by this unit."""
        if chosen == NEW:
            return register_person(kept_by=kept_by, by=self.visit.user, at=self.visit.now, name=self.text)
        return next(row for row in self.found if str(row.pk) == chosen)

    @property
    def context(self) -> dict[str, Any]:
        """For people/pick.html."""
        return {"choice": self, "asks": bool(self.choices)}


def _words(row: Any) -> str:
    label = Category(row.category).label if row.category else ""
    return " · ".join(filter(None, (row.name, row.branch_name or "", label, row.posts or "", row.workplace if not row.posts else "")))
