"""Who takes over: the guides there are, with how many chambers each has, or anybody else found by a search."""

from __future__ import annotations

from django.http import HttpRequest

from shanghui.access.models import Unit
from shanghui.ledger.people.models import Person
from shanghui.web.guides.loads import others_with_loads
from shanghui.web.kit.visits import Visit
from shanghui.web.people.picking import PersonChoice


class GuideChoice(PersonChoice):
    """The search of PersonChoice, with the other guides of one's part of the tree offered before anybody was looked for."""

    def __init__(self, request: HttpRequest, visit: Visit, but: Person) -> None:
        self.guides = others_with_loads(visit.scope_today(), visit.today, but.pk)
        super().__init__(request, visit)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Guides first; of people found those that are none yet."""
        listed = [(str(person.pk), f"{person.name} · 现在联系 {load} 家") for person, load in self.guides]
        known = {value for value, _ in listed}
        return [*(one for one in super().choices if one[0] not in known), *listed] if self.text else listed + [
            one for one in super().choices if one[0] not in known
        ]

    def person(self, chosen: str, kept_by: Unit) -> Person:
        """Who was chosen."""
        known = next((person for person, _ in self.guides if str(person.pk) == chosen), None)
        return known or super().person(chosen, kept_by)
