"""Visits one has agreed on (M06): the day of the last visit to a chamber says when the next one is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from shanghui.access.acts import Act
from shanghui.ledger.activities import queries
from shanghui.ledger.activities.models import Visit as ChamberVisit
from shanghui.ledger.activities.models import VisitQuerySet
from shanghui.web.home import articles
from shanghui.web.home.todo import Item
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

DAYS = 30


def next_visits(visit: Visit) -> VisitQuerySet:
    """One's own visits that named a next day and were followed by none: the latest to each chamber."""
    own = Q(visitor=visit.user) | Q(guide__user=visit.user)
    return queries.visits_due(visit.scope_today(Act.LEDGER_VIEW), visit.today).filter(own)


def visits_due(visit: Visit) -> Iterator[Item]:
    """Those whose day is past or comes within 30 days. One query."""
    for row in next_visits(visit).filter(next_on__lte=visit.today + timedelta(days=DAYS)):
        name, text = row.chamber.unit.name, f"上次 {row.visited_on} 走访时约定的"
        yield Item("visit", row.next_on, f"走访{name}", row.agreed or text, *_where(row), articles.OWN_PLAN)


def _where(row: ChamberVisit) -> tuple[str, str]:
    record = address("visit-new", f"?chamber={row.chamber_id}")
    return (record, "记走访") if record else (address("chamber", chamber=row.chamber_id), "去看")
