"""Invitations to one's own organization to hold an activity together (M12, M21)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.ledger.activities.models import Invitation
from shanghui.web.home.duties import own_units
from shanghui.web.home.todo import Item
from shanghui.web.kit.days import spoken_day
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit


def invitations_due(visit: Visit) -> Iterator[Item]:
    """Those that wait for an answer, the earliest first. One query, and one more where there are any."""
    own = own_units(visit)
    if not own:
        return
    rows = Invitation.objects.open().filter(unit_id__in=own).select_related("activity", "unit")
    for row in rows.prefetch_related("activity__hosts__unit").order_by("invited_on", "pk"):
        hosts = "、".join(host.unit.name for host in row.activity.hosts.all()[:2])
        day = spoken_day(row.activity.held_on, visit.today)
        yield Item(
            "invitation", None, f"{hosts}邀请共同主办", f"“{row.activity.title}”，{day}；确认后计入{row.unit.name}",
            address("invitation", invitation=row.pk), "去答复",
        )
