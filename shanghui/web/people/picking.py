"""Finding somebody for a post or an assignment: a search within one's part of the tree, or a new person by name."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.ledger.people.listing import complete, listed_people
from shanghui.ledger.people.models import Category, Person
from shanghui.ledger.people.operations import register_person
from shanghui.ledger.people.queries import is_number, matching_people
from shanghui.web.kit.addresses import changed
from shanghui.web.kit.days import table_day
from shanghui.web.kit.visits import Visit

NEW = "new"
AT_MOST = 12


class PersonChoice:
    """Who can be chosen: `?person=` names one, `?find=` searches. Nobody outside the visitor's part of the tree is offered.

    The search is posted, so that a number never stands in an address; a name goes on to one (`onward`).
    """

    def __init__(self, request: HttpRequest, visit: Visit, *, but: Person | None = None, offers_new: bool = True) -> None:
        """`but`: who is not offered; `offers_new`: a name that nobody has may be registered."""
        self.visit, self.request, self.but, self.offers_new = visit, request, but, offers_new
        self.asks_only = request.method == "POST" and "find" in request.POST
        self.text = (request.POST if self.asks_only else request.GET).get("find", "").strip()[:40]
        chosen = "" if self.text or self.asks_only else request.GET.get("person") or request.POST.get("person", "")
        self.found = self._rows(chosen)
        self.more = len(self.found) > AT_MOST
        self.found = self.found[:AT_MOST]
        complete(self.found, visit.today)

    def _rows(self, chosen: str) -> list[Person]:
        rows = listed_people(self.visit.scope_today(Act.PEOPLE_VIEW), self.visit.today).without_numbers()
        rows = rows.exclude(pk=self.but.pk) if self.but is not None else rows
        if chosen.isdecimal() and len(chosen) < 15:
            return list(rows.filter(pk=int(chosen)))
        wanted = matching_people(self.text, by_number=self.visit.sight(Act.PEOPLE_VIEW).finds_numbers)
        return list(rows.filter(wanted)[: AT_MOST + 1]) if self.text else []

    @property
    def sent(self) -> QueryDict | None:
        """What the form about the person was sent with; None while only somebody is looked for."""
        return None if self.asks_only else self.request.POST or None

    @property
    def onward(self) -> str:
        """Where a posted search goes on: to the name, or to whom a number belongs; "" when it is answered here."""
        if not self.asks_only or (is_number(self.text) and len(self.found) != 1):
            return ""
        person = self.found[0].pk if is_number(self.text) else None
        return self.request.path + changed(self.request.GET, find="" if person else self.text, person=person)

    @property
    def may_be_new(self) -> bool:
        """Whether the text reads as a name under which somebody new can be registered."""
        return self.offers_new and len(self.text) >= 2 and not any(character.isdigit() or character.isascii() for character in self.text)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """For radio buttons: name, branch, category and posts tell two of one name apart."""
        times = Counter(row.name for row in self.found)
        listed = [(str(row.pk), _words(row, times[row.name] > 1)) for row in self.found]
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


def _words(row: Any, is_namesake: bool) -> str:
    """Two of one name are told apart by birth as well."""
    label = Category(row.category).label if row.category else ""
    born = (f"{table_day(row.birth[:7])}生" if row.birth else "出生年月没有登记") if is_namesake else ""
    return " · ".join(filter(None, (row.name, born, row.branch_name or "", label, row.posts or "", row.workplace if not row.posts else "")))
