"""How often full numbers are looked at, by whom: for whoever watches over the journal (PRIV-12, SEC-08)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.queries import audit_within
from shanghui.ledger.people.queries import LOOK
from shanghui.web.kit.visits import Visit, page, show

MANY = 20
"""So many full views a week stand out."""


@page(Act.AUDIT_VIEW, methods=("GET",))
def looks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """By account: full views in seven days, thirty days and a year, and the latest. Of whom and why stands in the journal, for those
    who may see people; an administrator learns the numbers alone. One query."""
    within = audit_within(visit.scope_today()).filter(verb__startswith=LOOK, at__gte=visit.now - timedelta(days=365)).order_by()
    week, month = (Q(at__gte=visit.now - timedelta(days=days)) for days in (7, 30))
    counted = within.values("by__display_name", "by__username").annotate(
        week=Count("pk", filter=week), month=Count("pk", filter=month), year=Count("pk"), people=Count("subject_id", distinct=True),
        last=Max("at"),
    )
    rows = sorted(counted, key=lambda row: (-row["week"], -row["month"], -row["year"], row["by__username"] or ""))
    context = {"rows": rows, "many": MANY, "may_read": visit.may(Act.PEOPLE_VIEW)}
    return show(request, "privacy/looks.html", visit, context)
