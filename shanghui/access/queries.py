"""What one may ask about the tree, seats and the audit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, When

from shanghui.access.models import AuditEntry, Axis, FeedKey, Link, Reach, Seat, Unit, UnitKind, User
from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on


def unit_with_code(code: str, kind: UnitKind = UnitKind.FEDERATION) -> Unit | None:
    """The unit of a kind with this code, or None."""
    return Unit.objects.filter(kind=kind, code=code).first()


def parents_on(day: date, axis: Axis) -> dict[int, int]:
    """{child id: parent id} of every link on the axis that holds on `day`: the whole tree of that day."""
    return dict(Link.objects.on(day).filter(axis=axis).values_list("child_id", "parent_id"))


def children_of(unit: Unit, *, axis: Axis, day: date) -> QuerySet[Unit]:
    """The units directly below, in the order of their codes and names."""
    below = Link.objects.on(day).filter(axis=axis, parent=unit).values("child_id")
    return Unit.objects.filter(pk__in=below).order_by("code", "name")


def ancestors_of(unit: Unit, *, axis: Axis, day: date) -> list[Unit]:
    """The units above, the topmost first."""
    above = Reach.objects.filter(holds_on(day), axis=axis, below=unit, depth__gt=0).select_related("above")
    return [reach.above for reach in above.order_by("-depth")]


def parent_of(unit: Unit, *, axis: Axis, day: date) -> Unit | None:
    """The unit directly above on that day, or None."""
    link = Link.objects.on(day).filter(axis=axis, child=unit).select_related("parent").first()
    return link.parent if link else None


def federations(scope: Scope) -> QuerySet[Unit]:
    """The federations within the scope: one's own offices first, then in the order of their codes, those without a code last."""
    own = [*scope.roots, *([] if scope.node is None else [scope.node])]
    place = Case(When(pk__in=own, then=0), When(code="", then=2), default=1, output_field=IntegerField())
    return scope.units().filter(kind=UnitKind.FEDERATION).order_by(place, "code", "name", "pk")


def parent_names(day: date, units: Iterable[int]) -> dict[int, str]:
    """{unit id: the name of the unit directly above it on `day` in the federations' tree}. No query for no unit."""
    wanted = list(units)
    links = Link.objects.on(day).filter(axis=Axis.SUPERVISION, child_id__in=wanted) if wanted else Link.objects.none()
    return dict(links.values_list("child_id", "parent__name"))


def seats_within(scope: Scope, day: date) -> QuerySet[Seat]:
    """The seats held on `day` on units within the scope."""
    return Seat.objects.on(day).filter(scope.condition("unit_id")).select_related("user", "unit", "granted_by")


def history_of(table: str, pks: Iterable[int]) -> QuerySet[AuditEntry]:
    """The audit entries about these rows of one table, newest first."""
    return (
        AuditEntry.objects.filter(subject_table=table, subject_id__in=list(pks)).select_related("by").order_by("-id")
    )


def audit_within(scope: Scope) -> QuerySet[AuditEntry]:
    """The audit entries about records of units within the scope, newest first."""
    condition = Q() if scope.everything else scope.condition("unit_id")
    return AuditEntry.objects.filter(condition).select_related("by", "unit").order_by("-id")


def feed_digest(token: str) -> str:
    """What is kept of the secret of a calendar address."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_key(token: str) -> FeedKey | None:
    """The address with this secret, stopped ones too, with its user."""
    return FeedKey.objects.select_related("user").filter(digest=feed_digest(token)).first()


def live_feed_keys(user: User) -> QuerySet[FeedKey]:
    """The addresses of a user that answer, the newest first."""
    return FeedKey.objects.filter(user=user, revoked_at=None).order_by("-made_at", "-pk")


def revisions_of(table: str, pks: Iterable[int]) -> QuerySet[AuditEntry, tuple[int, int, datetime]]:
    """By row of a table: how many entries there are about it, and when the last was made. One query."""
    rows = AuditEntry.objects.filter(subject_table=table, subject_id__in=list(pks)).order_by().values_list("subject_id")
    return rows.annotate(written=Count("pk"), last=Max("at"))


def subjects_changed(scope: Scope, since: datetime) -> QuerySet[AuditEntry, tuple[str, int]]:
    """By table how many records within the scope were changed since then; one changed twice counts once."""
    rows = audit_within(scope).filter(at__gte=since).exclude(changes=[]).order_by()
    return rows.values_list("subject_table").annotate(records=Count("subject_id", distinct=True))
