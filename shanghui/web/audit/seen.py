"""Which entries of the journal a visitor sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from shanghui.access.acts import MAY, Act
from shanghui.access.models import AuditEntry, Role
from shanghui.access.queries import audit_within
from shanghui.access.scope import scope_of_seats
from shanghui.web.kit.visits import Visit


def entries_for(visit: Visit) -> QuerySet[AuditEntry]:
    """The entries of one's part of the tree; an administrator, who sees nothing of people, finds those about accounts and the tree."""
    scope = visit.scope_today(Act.AUDIT_VIEW)
    reading = [seat for seat in visit.seats if {Act.AUDIT_VIEW, Act.LEDGER_VIEW} <= MAY[Role(seat.role)]]
    ledgers = scope_of_seats(reading, Act.AUDIT_VIEW, user=visit.user, day=visit.today)
    if ledgers.roots == scope.roots:
        return audit_within(scope)
    return audit_within(scope).filter(Q(subject_table__startswith="access_") | ledgers.condition("unit_id"))
