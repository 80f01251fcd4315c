"""For which part of one's tree figures are asked: `?under=`, and the federations one can choose from."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from shanghui.access.models import Unit, UnitKind
from shanghui.access.queries import federations
from shanghui.access.scope import Scope
from shanghui.web.kit.visits import Visit


@dataclass(frozen=True)
class Node:
    """What is looked at. `unit` is None for everything within one's seats; `asked` says that `?under=` chose it."""

    unit: Unit | None
    scope: Scope
    asked: bool

    @property
    def name(self) -> str:
        """What to call it."""
        return self.unit.name if self.unit else "席位范围内"

    @property
    def pk(self) -> int | None:
        """The unit to name in addresses."""
        return self.unit.pk if self.unit else None


TODAY = "today"
"""`?tree=`: earlier days by the tree of today."""


def asked_scope(request: HttpRequest, visit: Visit) -> Scope:
    """One's scope by the tree of the as-at day, or by today's for every day with `?tree=today`."""
    return visit.scope_today().pin() if request.GET.get("tree") == TODAY else visit.scope()


def asked_node(request: HttpRequest, visit: Visit, scope: Scope | None = None) -> Node:
    """The unit in `?under=`, when it lies within the scope (one's own on the day; 404 otherwise); else one's own, where there
    is exactly one federation to speak of; else everything within one's seats."""
    scope, written = scope or visit.scope(), request.GET.get("under", "")
    if written:
        unit = scope.units().filter(pk=int(written)).first() if written.isdecimal() and len(written) < 19 else None
        if unit is None:
            raise Http404
        return Node(unit, scope.under(unit), True)
    own = [seat.unit for seat in visit.seats if seat.unit_id in scope.roots]
    if len(scope.roots) == 1 and own[0].kind == UnitKind.FEDERATION:
        return Node(own[0], scope.under(own[0]), False)
    return Node(None, scope, False)


def to_choose(visit: Visit, limit: int = 300) -> QuerySet[Unit]:
    """The federations one can look at, by administrative code."""
    return federations(visit.scope())[:limit]
