"""Whom one may ask to hold an activity together: party organizations that one has something in common with, by name only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from shanghui.access.models import Axis, Reach, Unit, UnitKind
from shanghui.kernel.facts import holds_on
from shanghui.ledger.activities.models import Activity, Invitation
from shanghui.ledger.organizations.models import AllianceMember, Coverage, OrganizationKind, OrganizationPeriod


def may_be_invited(activity: Activity, hosts: Sequence[int], day: date) -> QuerySet[Unit]:
    """Organizations in being on `day` below the same party committee as one of these hosts, in an alliance with it, or
    covering a chamber that it covers too; without those that hold the activity already or have not answered yet."""
    chambers = Coverage.objects.on(day).filter(organization__in=hosts).values("chamber_id")
    own = Q(unit__in=hosts) | Q(unit__in=chambers)
    allies = AllianceMember.objects.on(day).filter(alliance__in=AllianceMember.objects.on(day).filter(own).values("alliance_id"))
    covering = Q(chamber_id__in=chambers) | Q(chamber_id__in=allies.values("unit_id"))
    below = Reach.objects.on(day).filter(axis=Axis.PARTY, above__in=_committees(hosts, day)).values("below_id")
    near = Q(pk__in=below) | Q(pk__in=allies.values("unit_id"))
    near |= Q(pk__in=Coverage.objects.on(day).filter(covering).values("organization_id"))
    being = OrganizationPeriod.objects.on(day).values("organization_id")
    asked = Invitation.objects.open().filter(activity=activity).values("unit_id")
    rows = Unit.objects.filter(near, kind=UnitKind.ORGANIZATION, pk__in=being)
    return rows.exclude(pk__in=activity.hosts.values("unit_id")).exclude(pk__in=asked).order_by("name", "pk")


def _committees(hosts: Sequence[int], day: date) -> list[int]:
    """The nearest party committee above each host. One query."""
    rows = Reach.objects.filter(
        holds_on(day), holds_on(day, "above__organization__periods__"), axis=Axis.PARTY, below__in=hosts, depth__gt=0,
        above__organization__periods__kind=OrganizationKind.COMMITTEE,
    )
    nearest: dict[int, int] = {}
    for below, above in rows.order_by("-depth", "pk").values_list("below_id", "above_id"):
        nearest[below] = above
    return list(set(nearest.values()))
