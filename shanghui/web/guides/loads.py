"""Guides within one's part of the tree: who they are, which chambers they hold, how many each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.ledger.organizations.queries import live_coverages
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.web.kit.visits import Visit, found


def assignments_ever(scope: Scope) -> QuerySet[GuideAssignment]:
    """Assignments to chambers within the scope, ended ones and coming ones too, with their chambers; the newest first."""
    rows = GuideAssignment.objects.filter(scope.condition("chamber__unit_id")).select_related("person", "chamber__unit")
    return rows.order_by("-valid_from", "chamber__unit__name", "pk")


def guide_of(visit: Visit, guide: int) -> Person:
    """Somebody who looks, or looked, after a chamber within one's part of the tree; otherwise 404."""
    here = assignments_ever(visit.scope_today()).filter(person_id=OuterRef("pk")).order_by()
    return found(Person.objects.without_numbers().select_related("kept_by").filter(Exists(here)), guide)


def held_on(scope: Scope, person: Person, day: date) -> QuerySet[GuideAssignment]:
    """What somebody looks after on the day within the scope, by chamber, with `covered`: whether an organization is there."""
    covering = live_coverages(day).filter(chamber_id=OuterRef("chamber_id"))
    rows = assignments_ever(scope).filter(holds_on(day), person=person)
    return rows.annotate(covered=Exists(covering)).order_by("chamber__unit__name", "pk")


def others_with_loads(scope: Scope, day: date, but: int = 0) -> list[tuple[Person, int]]:
    """The guides of the day within the scope, by name, with how many chambers each looks after there. One question."""
    rows: Sequence[GuideAssignment] = list(
        assignments_ever(scope).filter(holds_on(day)).exclude(person_id=but).order_by("person__initials", "person_id")
    )
    found_people: dict[int, tuple[Person, set[int]]] = {}
    for row in rows:
        found_people.setdefault(row.person_id, (row.person, set()))[1].add(row.chamber_id)
    return [(person, len(chambers)) for person, chambers in found_people.values()]
